// The state of the page, as it stands in the URL's fragment: a link opens the
// lesson where it was copied. What equals the default is left out.

export const chaptersOwn = "chapter";
export const steps = ["predict", "watch", "compare", "cause", "meaning"];

/**
 * scenario "" is the served group or else each chapter's own, chaptersOwn the
 * latter even where one is served; file is the name of a dropped file, toml its
 * text. replications 0 are as many as each picture usually takes.
 */
export function emptyState() {
  return {
    chapter: "",
    step: "predict",
    lang: "",
    scenario: "",
    set: {},
    toml: "",
    file: "",
    seed: 1,
    replication: 0,
    replications: 0,
    prediction: null,
  };
}

/** Reads a fragment. What cannot be understood is left at its default: a bad link still opens the page. */
export async function readFragment(fragment) {
  const s = emptyState();
  const q = new URLSearchParams(fragment.replace(/^#/, ""));
  for (const [key, value] of q) {
    if (key === "c") s.chapter = value;
    else if (key === "step" && steps.includes(value)) s.step = value;
    else if (key === "lang") s.lang = value;
    else if (key === "s") s.scenario = value;
    else if (key === "f") s.file = value;
    else if (key === "seed" && /^\d{1,15}$/.test(value)) s.seed = Number(value);
    else if (key === "r" && /^\d{1,9}$/.test(value)) s.replication = Number(value);
    else if (key === "n" && /^\d{1,5}$/.test(value)) s.replications = Number(value);
    else if (key === "p") s.prediction = readNumbers(value);
    else if (key.startsWith("set.")) s.set[key.slice(4)] = value;
    else if (key === "z") s.toml = await unpack(value).catch(() => "");
  }
  return s;
}

export async function writeFragment(s) {
  const q = new URLSearchParams();
  const put = (key, value, usual) => {
    if (value !== usual && value !== "" && value !== null) q.set(key, String(value));
  };
  put("c", s.chapter, "");
  put("step", s.step, "predict");
  put("lang", s.lang, "");
  put("s", s.toml ? "" : s.scenario, "");
  put("f", s.toml ? s.file || "scenario.toml" : "", "");
  put("seed", s.seed, 1);
  put("r", s.replication, 0);
  put("n", s.replications, 0);
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
  return new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw")));
}

/** The group that is shown: a file's, the one chosen or served, or the chapter's own, which alone comes with the chapter's settings. */
export function groupOf(state, chapter, served) {
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

/** Whether another group than the chapter's own is shown: the chapter's texts are not about it. */
export function isForeign(state, chapter, served) {
  const group = groupOf(state, chapter, served);
  return group.scenario !== chapter.scenario || group.set !== chapter.set;
}
