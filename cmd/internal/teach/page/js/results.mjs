// Results: what ensembles came to, asked for once and kept. A chapter's picture
// is either the first deals of one ensemble, or a sweep: an outcome over values
// of a control, an ensemble each.

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

  /** The ensemble of a chapter's group, with some settings changed: each(line). */
  group(state, chapter, set, each, signal, evenings = eveningsOf(state, chapter)) {
    return this.ensemble(this.bodyOf(state, chapter, set, evenings), each, signal);
  }

  /** The same where it has run before, whole. */
  known(state, chapter, set, evenings) {
    return this.kept.get(JSON.stringify(this.bodyOf(state, chapter, set, evenings)));
  }

  bodyOf(state, chapter, set, replications) {
    return {
      what: whatOf(state, chapter, this.served, set),
      forms: formsOf(state, chapter, this.served),
      replications,
      seed: state.seed,
    };
  }

  /** The series of a chapter's picture as it grows: each({series, done, all, n, line}). */
  async chart(state, chapter, each, signal) {
    if (chapter.chart.kind !== "first") return this.sweep(state, chapter, each, signal);
    const all = eveningsOf(state, chapter);
    await this.group(
      state,
      chapter,
      {},
      (line) => each({ series: line.forms.map((f) => firstSeries(f, line.horizon)), n: line.replications, all, done: line.done, line }),
      signal,
    );
  }

  async sweep(state, chapter, each, signal) {
    const { chart } = chapter;
    const { key, xs } = chart;
    const points = new Map();
    for (const x of sweepOrder(xs)) {
      const line = await this.group(state, chapter, { ...settingsAt(chart, xs.indexOf(x)), [key]: String(x) }, () => {}, signal);
      points.set(x, line);
      each({
        series: sweepSeries(points, chart),
        n: points.size,
        all: xs.length,
        done: points.size === xs.length,
        line: points.get(x),
      });
    }
  }
}

/** How many evenings a chapter's pictures stand for. */
export function eveningsOf(state, chapter) {
  return state.replications || (chapter.chart.kind === "first" ? replicationsOfAll : replicationsOfSweep);
}

/** How many evenings a suspect is judged by: a difference must stand out from luck. */
export const eveningsOfTrial = (state) => state.replications || replicationsOfAll;

/** What is set along with the control at a place of a sweep. */
export const settingsAt = (chart, k) => Object.fromEntries(Object.entries(chart.with ?? {}).map(([key, values]) => [key, String(values[k])]));

/** The outcome that a sweep shows of a form: {mean, low, high}, and weeks as years. */
export function outcomeOf(chart, form) {
  const found = form.outcomes[chart.outcome];
  return chart.y === "years" ? { mean: found.mean / 52, low: found.low / 52, high: found.high / 52 } : found;
}

/** The weeks of the first deals of a form, null for none; those that only come if the project goes on; and by when half of the groups have one, in years. */
export function firstSeries(form, horizon) {
  const times = form.stopped.first_deal,
    on = form.goes_on.first_deal;
  return {
    key: form.key,
    times,
    later: on.filter((w, r) => w !== null && times[r] === null).sort((a, b) => a - b),
    half: halfOf(form, horizon),
  };
}

/** By when half of a form's groups have sold something, in years, with its interval; the horizon means not by then. */
export function halfOf(form, horizon) {
  const { mean, low, high } = form.outcomes.first_deal_week;
  const years = (week) => (week === null ? horizon : week / 52);
  return { mean: years(mean), low: years(low ?? mean), high: years(high) };
}

/** The share of the sales by the horizon, if the project goes on, that is closed by the end of each of the years. */
export function shareSeries(line, xs) {
  return line.forms.map((f) => ({ key: f.key, points: xs.flatMap((x) => f.seen.filter((p) => p.years === x).map((p) => ({ ...p, x }))) }));
}

/** Value closed by the end of each year if the project goes on, and week by week where it stops, k€. */
export function moneySeries(line, xs) {
  return line.forms.flatMap((f) => {
    const on = f.goes_on.curve,
      stopped = f.stopped.curve;
    const points = xs.map((x) => on.week.indexOf(Math.round(52 * x))).map((k, i) => ({ x: xs[i], mean: on.mean[k], low: on.low[k], high: on.high[k] }));
    const after = stopped.week.flatMap((w, k) => (w >= 52 * line.own && w / 52 <= xs.at(-1) ? [{ x: w / 52, mean: stopped.mean[k] }] : []));
    return [
      { key: f.key, points },
      { key: f.key, dashed: true, points: line.own < line.horizon ? after : [] },
    ];
  });
}

export function sweepSeries(points, chart) {
  const first = points.values().next().value;
  return first.forms.map((f, k) => ({
    key: f.key,
    points: chart.xs.filter((x) => points.has(x)).map((x) => ({ x, ...outcomeOf(chart, points.get(x).forms[k]) })),
  }));
}

/** The ends first, then between: the shape of a curve is seen early. */
export function sweepOrder(xs) {
  const rest = xs.slice(1, -1);
  return [xs[0], xs.at(-1), ...rest.filter((_, k) => k % 2), ...rest.filter((_, k) => k % 2 === 0)];
}
