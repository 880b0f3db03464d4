// The program's API. Every request can be given up; what is wrong with the
// user's input comes as Refused.

import { ask } from "./door.mjs";

export class Refused extends Error {
  constructor(problems) {
    super(problems.map((p) => p.text).join("\n"));
    this.problems = problems;
  }
}

/** What the program says in its own language, English, with the status that says what kind it is. */
export class Failed extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

async function answer(response) {
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  if (told.problems) throw new Refused(told.problems);
  throw new Failed(response.status, told.error ?? `${response.status} ${response.statusText}`);
}

export async function get(path, signal) {
  return (await answer(await ask(path, { signal }))).json();
}

async function post(path, body, signal) {
  const response = await ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  return answer(response);
}

export async function postJSON(path, body, signal) {
  return (await post(path, body, signal)).json();
}

/** Hands over each line of a growing answer; the last one is returned. */
export async function lines(path, body, each, signal) {
  const response = await post(path, body, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "",
    last = null;
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? "";
    const parts = rest.split("\n");
    rest = done ? "" : parts.pop();
    for (const part of parts) {
      if (!part.trim()) continue;
      last = JSON.parse(part);
      if (last.problems) throw new Refused(last.problems);
      if (last.error) throw new Error(last.error);
      each(last);
    }
    if (done) return last;
  }
}

/** Only the latest of some requests matters: starting one gives up the one before. */
export class Latest {
  start() {
    this.controller?.abort();
    this.controller = new AbortController();
    return this.controller.signal;
  }
}

export const givenUp = (error) => error?.name === "AbortError";

const excuses = { 403: "student.out", 404: "student.nocode", 409: "class.closed", 429: "student.busy", 503: "student.away", 504: "student.busy" };

/** What went wrong in class, in the student's language: the server speaks English only. */
export function excuse(words, error, code) {
  if (error instanceof Refused) return words.t("student.trouble");
  return words.t(error instanceof Failed ? (excuses[error.status] ?? "student.trouble") : "student.away", { code });
}
