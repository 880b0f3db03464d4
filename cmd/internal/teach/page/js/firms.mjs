// The firms' names in the language of the page: those of the shipped groups, and
// those that the model makes up. A name in a file of one's own stays as it is.

function nameIn(words, name) {
  if (words.has("firm." + name)) return words.t("firm." + name);
  const made = /^SME (\S+)$/.exec(name);
  return made ? words.t("firm", { name: made[1] }) : name;
}

/** The forms of a dance with all names in the language of the page. */
export function inLanguage(words, forms) {
  const name = (n) => n && nameIn(words, n);
  const event = (e) => ({ ...e, ...(e.sme && { sme: name(e.sme) }), ...(e.other && { other: name(e.other) }), ...(e.team && { team: e.team.map(name) }) });
  return forms.map((f) => ({
    ...f,
    names: f.names.map(name),
    weeks: f.weeks.map((w) => (w.n ? { ...w, n: w.n.map(name) } : w)),
    events: f.events.map(event),
  }));
}
