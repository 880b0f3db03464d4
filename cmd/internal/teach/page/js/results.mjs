// Results: what ensembles came to, asked for once and kept. A chart of a
// chapter is either the share closed by the end of each year, from one
// ensemble, or a sweep: an outcome over values of a control, one each.

import { lines, postJSON } from "./api.mjs";
import { whatOf, formsOf } from "./state.mjs";

const replicationsOfAll = 300;
const replicationsOfSweep = 100;

export class Results {
  constructor(served) {
    this.served = served;
    this.kept = new Map();
  }

  /** An ensemble; each(line) hears of every stage, the kept last one included. */
  async ensemble(body, each, signal) {
    const key = JSON.stringify(body);
    if (this.kept.has(key)) {
      each(this.kept.get(key));
      return this.kept.get(key);
    }
    const last = await lines("/api/ensemble", body, each, signal);
    if (last?.done) {
      this.kept.set(key, last);
      if (this.kept.size > 60) this.kept.delete(this.kept.keys().next().value);
    }
    return last;
  }

  async scenario(what, signal) {
    const key = "scenario " + JSON.stringify(what);
    if (!this.kept.has(key)) this.kept.set(key, await postJSON("/api/scenario", what, signal));
    return this.kept.get(key);
  }

  /** The series of a chapter's chart, as it grows: each({series, done, all, n, line}). */
  async chart(state, chapter, years, more, each, signal) {
    return chapter.chart.kind === "closed"
      ? this.closed(state, chapter, years, more, each, signal)
      : this.sweep(state, chapter, years, more, each, signal);
  }

  async closed(state, chapter, years, more, each, signal) {
    const body = {
      what: whatOf(state, chapter, this.served, more.set),
      forms: formsOf(state, chapter, this.served),
      years: [longestOf(chapter, years)],
      replications: state.replications || more.replications || replicationsOfAll,
      seed: state.seed,
    };
    await this.ensemble(
      body,
      (line) =>
        each({
          series: line.forms.map((f) => closedSeries(f)),
          n: line.replications,
          all: body.replications,
          done: line.done,
          line,
        }),
      signal,
    );
  }

  async sweep(state, chapter, years, more, each, signal) {
    const { key, xs, outcome } = chapter.chart;
    const points = new Map();
    for (const x of sweepOrder(xs)) {
      const body = {
        what: whatOf(state, chapter, this.served, { ...more.set, [key]: String(x) }),
        forms: formsOf(state, chapter, this.served),
        years: [years],
        replications: eveningsOf(state, chapter),
        seed: state.seed,
      };
      const line = await this.ensemble(body, () => {}, signal);
      points.set(x, line);
      each({
        series: sweepSeries(points, xs, outcome),
        n: points.size,
        all: xs.length,
        done: points.size === xs.length,
        line: points.get(x),
      });
    }
  }
}

/** The project that shares are of: the chapter's longest, or the group's own when that is longer. */
export function longestOf(chapter, years) {
  const { chart } = chapter;
  return chart ? Math.max(chart.xs.at(-1), chart.kind === "closed" ? years : 0) : years;
}

/** How many evenings a chapter's pictures stand for. */
export function eveningsOf(state, chapter) {
  return state.replications || (chapter.chart.kind === "closed" ? replicationsOfAll : replicationsOfSweep);
}

function closedSeries(form) {
  return {
    key: form.key,
    points: form.closed_by_year.map((p) => ({ x: p.years, mean: p.mean, low: p.low, high: p.high })),
  };
}

export function sweepSeries(points, xs, outcome) {
  const first = points.values().next().value;
  return first.forms.map((f, k) => ({
    key: f.key,
    points: xs.filter((x) => points.has(x)).map((x) => ({ x, ...points.get(x).forms[k].outcomes[outcome] })),
  }));
}

/** The ends first, then between: the shape of a curve is seen early. */
export function sweepOrder(xs) {
  const rest = xs.slice(1, -1);
  return [xs[0], xs.at(-1), ...rest.filter((_, k) => k % 2), ...rest.filter((_, k) => k % 2 === 0)];
}
