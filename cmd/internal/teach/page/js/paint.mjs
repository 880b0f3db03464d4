// What pictures on canvas share: the colours of the page, and a size in pixels
// of the screen.

/** The colours that the style sheet gives an element, by names that begin with --c-: dark mode and forced colours are settled there. */
export function colours(el, names) {
  const style = getComputedStyle(el);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue("--c-" + name).trim()]));
}

/** Calls back when the page's colours change. Returns what ends that. */
export function onColours(callback) {
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((q) => matchMedia(q));
  for (const q of queries) q.addEventListener("change", callback);
  return () => queries.forEach((q) => q.removeEventListener("change", callback));
}

/** Makes a canvas as many pixels as its box has on the screen: {w, h} in CSS pixels and their ratio. */
export function fit(canvas, w, h) {
  const ratio = Math.min(3, devicePixelRatio || 1);
  const [width, height] = [Math.max(1, Math.round(w * ratio)), Math.max(1, Math.round(h * ratio))];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  return { w, h, ratio };
}

/** A canvas that is never shown, drawn once and copied often. */
export function layer(w, h, ratio, draw) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: Math.max(1, Math.round(w * ratio)), height: Math.max(1, Math.round(h * ratio)) });
  const c = canvas.getContext("2d");
  c.scale(ratio, ratio);
  draw(c);
  return canvas;
}
