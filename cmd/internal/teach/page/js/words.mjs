// Words: the texts of one language, and its numbers. A text is a string, or an
// object of plural forms ("one", "other") chosen by the value called n. What is not
// translated yet is said in English.

import { get } from "./api.mjs";

const locales = { en: "en-GB", fi: "fi-FI", sv: "sv-SE" };

export const languages = Object.keys(locales);

/** The first language the page has among those wished for, English otherwise. */
export function pickLanguage(wished) {
  for (const tag of wished) {
    const short = String(tag).toLowerCase().split("-")[0];
    if (languages.includes(short)) return short;
  }
  return "en";
}

/** The words of a language; events are the kinds that the start of the lesson lists, told by their meaning where no text tells them. */
export async function load(lang, events = []) {
  const texts = (l) => get(`/static/i18n/${l}.json`);
  const [table, english] = await Promise.all([texts(lang), lang === "en" ? {} : texts("en")]);
  return new Words(lang, table, { ...meanings(events), ...english });
}

/** Texts for events that have none of their own. */
export function meanings(events) {
  return Object.fromEntries(
    events.flatMap(({ name, doc }) => [
      ["event." + name, doc[0].toUpperCase() + doc.slice(1) + "."],
      ["count." + name, "{n} × " + doc],
    ]),
  );
}

export class Words {
  constructor(lang, table, english = {}) {
    Object.assign(this, { lang, table, english });
    this.locale = locales[lang] ?? locales.en;
    this.plural = new Intl.PluralRules(this.locale);
  }

  has(key) {
    return key in this.table || key in this.english;
  }

  /** The language of a key's text where it is not that of the page, else null. */
  tongue(key) {
    return this.lang !== "en" && !(key in this.table) && key in this.english ? "en" : null;
  }

  /** Writes the text of a key into an element, and marks it where it is not in the language of the page. */
  write(el, key) {
    el.textContent = this.t(key);
    el.lang = this.tongue(key) ?? this.lang;
  }

  /** The text of a key. {name} stands for a value; numbers are written as the language does, and k€ stays on their line. */
  t(key, values = {}) {
    let text = this.table[key] ?? this.english[key];
    if (text === undefined) return key;
    if (typeof text === "object") text = text[this.plural.select(values.n)] ?? text.other;
    return text.replaceAll(" k€", "\u00a0k€").replace(/\{(\w+)\}/g, (whole, name) => {
      const v = values[name];
      if (v === undefined) return whole;
      return typeof v === "number" ? this.number(v) : String(v);
    });
  }

  /** A number with so many decimals; thousands are parted by a thin space, as the command line does. */
  number(x, decimals = 0) {
    if (x === null || x === undefined || Number.isNaN(x)) return "–";
    const f = new Intl.NumberFormat(this.locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: "always",
    });
    return f
      .formatToParts(Object.is(Math.round(x * 10 ** decimals), -0) ? 0 : x)
      .map((p) => (p.type === "group" ? "\u202f" : p.type === "minusSign" ? "−" : p.value))
      .join("");
  }

  /** A number with the decimals it has, at most two. */
  plain(x) {
    return this.number(x, Math.min(2, (String(x).split(".")[1] ?? "").length));
  }

  percent(share, decimals = 0) {
    return this.number(100 * share, decimals) + "\u00a0%";
  }

  /** "a, b and c" in the language. */
  list(names) {
    return new Intl.ListFormat(this.locale, { type: "conjunction" }).format(names);
  }
}
