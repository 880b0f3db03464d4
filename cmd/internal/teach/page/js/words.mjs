// Words: the texts of one language, and its numbers. A text is a string, or an
// object of plural forms ("one", "other") chosen by the value called n.

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

export class Words {
  constructor(lang, table) {
    this.lang = lang;
    this.table = table;
    this.locale = locales[lang] ?? locales.en;
    this.plural = new Intl.PluralRules(this.locale);
  }

  has(key) {
    return key in this.table;
  }

  /** The text of a key. {name} stands for a value; numbers are written as the language does, and k€ stays on their line. */
  t(key, values = {}) {
    let text = this.table[key];
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
