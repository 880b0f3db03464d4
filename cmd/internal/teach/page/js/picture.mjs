// The picture of a chapter's question: a chart, or the time line of first deals.

import { Chart } from "./chart.mjs";
import { Timeline } from "./timeline.mjs";

/** options are those of a chart, with the axes of axesOf among them. */
export function picture(box, options) {
  return options.kind === "first" ? new Timeline(box, options) : new Chart(box, options);
}
