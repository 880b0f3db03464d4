// The state of the page, as it stands in the URL's fragment: a link opens the
// lesson where it was copied. What equals the default is left out.

import { languages } from "./words.mjs";

export const chaptersOwn = "chapter";
export const steps = ["prologue", "predict", "watch", "compare", "cause", "meaning", "ministry"];
const usualSteps = ["predict", "watch", "compare", "cause", "meaning"];

/** The steps of a chapter, of those that the page can show. */
export function stepsOf(chapter, shown) {
  return (chapter.steps ?? usualSteps).filter((s) => shown(s) && (s !== "cause" || chapter.suspects));
}

/**
 * scenario "" is the served group or else each chapter's own, chaptersOwn the
 * latter even where one is served; file is the name of a dropped file, toml its
 * text. step "" is the first of the chapter. replications 0 are as many as each
 * picture usually takes. ministry is what the ministry funds, as it writes it.
 */
export function emptyState() {
  return {
    chapter: "",
    step: "",
    lang: "",
    scenario: "",
    set: {},
    toml: "",
    file: "",
    seed: 1,
    replication: 0,
    replications: 0,
    ministry: "",
    prediction: null,
  };
}

/** Reads a fragment. What cannot be understood, or is longer than any that the page writes, is left at its default: a bad link still opens the page. */
export async function readFragment(fragment) {
  const s = emptyState();
  const q = new URLSearchParams(fragment.replace(/^#/, ""));
  for (const [key, value] of q) {
    if (key === "z" && value.length <= longestPacked) s.toml = await unpack(value).catch(() => "");
    else if (key.length > longestText || value.length > longestText) continue;
    else if (key === "c") s.chapter = value;
    else if (key === "step" && steps.includes(value)) s.step = value;
    else if (key === "lang" && languages.includes(value)) s.lang = value;
    else if (key === "s") s.scenario = value;
    else if (key === "f") s.file = value;
    else if (key === "seed" && /^\d{1,15}$/.test(value)) s.seed = Number(value);
    else if (key === "r" && /^\d{1,9}$/.test(value)) s.replication = Number(value);
    else if (key === "n" && /^\d{1,5}$/.test(value)) s.replications = Number(value);
    else if (key === "fund" && /^[mcs\d.,]*$/.test(value)) s.ministry = value;
    else if (key === "p") s.prediction = readNumbers(value);
    else if (key.startsWith("set.")) s.set[key.slice(4)] = value;
  }
  return s;
}

export async function writeFragment(s) {
  const q = new URLSearchParams();
  const put = (key, value, usual) => {
    if (value !== usual && value !== "" && value !== null) q.set(key, String(value));
  };
  put("c", s.chapter, "");
  put("step", s.step, "");
  put("lang", s.lang, "");
  put("s", s.toml ? "" : s.scenario, "");
  put("f", s.file || (s.toml ? "scenario.toml" : ""), ""); // of a file that was lost the name stays
  put("seed", s.seed, 1);
  put("r", s.replication, 0);
  put("n", s.replications, 0);
  put("fund", s.ministry, "");
  if (s.prediction) q.set("p", s.prediction.map((x) => String(Number(x.toPrecision(6)))).join(","));
  for (const key of Object.keys(s.set).sort()) q.set("set." + key, s.set[key]);
  if (s.toml) {
    const z = await pack(s.toml);
    if (z.length <= longestPacked) q.set("z", z);
  }
  return "#" + q;
}

// Links much longer than this do not survive mail programs and chats.
const longestPacked = 6000;

const longestText = 255; // of a name or a value

export const largestFile = 65536; // bytes: what the server takes

function readNumbers(text) {
  const xs = text.split(",").map(Number);
  return text && xs.length <= 20 && xs.every((x) => Number.isFinite(x) && x >= 0) ? xs : null;
}

async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}

export async function pack(text) {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

export async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = await through(bytes, new DecompressionStream("deflate-raw"));
  if (text.length > largestFile) throw new RangeError(`${text.length} bytes`); // a little link can unpack to much
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
}

/** The code of the class in the address of its page. */
export function codeIn(path) {
  const code = path.split("/").pop();
  try {
    return decodeURIComponent(code);
  } catch {
    return code; // no UTF-8: no class has it
  }
}

/**
 * The addresses of the server that students may find it at, the one that the
 * class was told first: it cannot know from which net they come.
 */
export function addressesOf(classURL, urls) {
  const told = new URL("..", classURL).href;
  return [told, ...urls.filter((u) => u !== told && !/\/\/(localhost|127\.|\[::1\])/.test(u))];
}

/** The group that is shown: a file's, the one chosen or served, or the chapter's own, which alone comes with the chapter's settings. */
function groupOf(state, chapter, served) {
  if (state.toml) return { toml: state.toml, file: state.file || undefined };
  if (state.scenario && state.scenario !== chaptersOwn) return { scenario: state.scenario };
  if (served && !state.scenario) return served;
  return { scenario: chapter.scenario, set: chapter.set };
}

/** What the API is asked for: the group, and over its settings the user's own. */
export function whatOf(state, chapter, served, more = {}) {
  const group = groupOf(state, chapter, served);
  return { ...group, set: { ...group.set, ...state.set, ...more } };
}

/** The forms that are compared: the pure ones, and those of another group, or of a mix that one has chosen, with that mix too; none named are all. */
export function formsOf(state, chapter, served) {
  return isForeign(state, chapter, served) || !Number.isInteger(2 * (state.set["group.focus"] ?? 0)) ? undefined : ["market", "customer", "system"];
}

/** Whether another group than the chapter's own is shown: the chapter's texts are not about it. */
export function isForeign(state, chapter, served) {
  const group = groupOf(state, chapter, served);
  return group.scenario !== chapter.scenario || group.set !== chapter.set;
}
