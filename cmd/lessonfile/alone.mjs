// The page without a server. It has brought the program along, compiled for browsers,
// and runs it in workers: one that answers, and helpers that run the replications. Each
// has its processor and its memory; what they say goes through ports.

import { use } from "../internal/teach/page/js/door.mjs";

/** What stands in the page itself: all of a single file; of a site, nothing. */
const brought = (id) => document.getElementById(id)?.textContent;

const files = JSON.parse(brought("files") ?? "{}");

const mostHelpers = 4;

class Workers {
  asked = new Map(); // by number, who hears the answer
  last = 0;

  constructor() {
    this.ready = this.start();
    this.ready.catch(() => {}); // told to whoever asks
  }

  async start() {
    const module = await program();
    const helpers = Array.from({ length: Math.min(mostHelpers, Math.max(1, navigator.hardwareConcurrency ?? 2)) }, () => {
      const { port1, port2 } = new MessageChannel();
      this.begin({ module, jobs: port2 }, [port2]);
      return port1;
    });
    const { port1, port2 } = new MessageChannel();
    this.begin({ module, requests: port2, helpers }, [port2, ...helpers]);
    this.port = port1;
    port1.onmessage = ({ data }) => this.asked.get(data.id)?.hear(data);
  }

  begin(given, ports) {
    const worker = new Worker(workerAddress());
    worker.onerror = (e) => this.fail(new Error(e.message || "a worker of this page could not be started"));
    worker.postMessage(given, ports);
  }

  /** No answer will come any more. */
  fail(error) {
    this.failed = error;
    for (const a of this.asked.values()) a.fail(error);
    this.asked.clear();
  }

  /** As fetch: the answer comes as it grows, and can be given up. */
  async ask(request, body, signal) {
    await this.ready;
    signal?.throwIfAborted();
    if (this.failed) throw this.failed;
    const id = ++this.last;
    const end = () => {
      this.asked.delete(id);
      signal?.removeEventListener("abort", abort);
    };
    const leave = () => {
      end();
      this.port.postMessage({ id });
    };
    const abort = () => {
      leave();
      fail(signal.reason);
    };
    let fail;
    return new Promise((resolve, reject) => {
      let into, begun = false;
      const stream = new ReadableStream({ start: (c) => (into = c), cancel: leave });
      const hear = ({ status, packed, text, last }) => {
        if (!begun) resolve(new Response(packed ? stream.pipeThrough(new DecompressionStream("gzip")) : stream, { status }));
        begun = true;
        if (text.length) into.enqueue(text);
        if (!last) return;
        into.close();
        end();
      };
      fail = (error) => (begun ? into.error(error) : reject(error));
      this.asked.set(id, { hear, fail });
      signal?.addEventListener("abort", abort);
      this.port.postMessage({ id, request, body });
    });
  }
}

/** The program, compiled once for all workers. */
async function program() {
  const packed = brought("program");
  let bytes = packed ? undense(packed) : new Uint8Array(await (await file("lesson.bin")).arrayBuffer());
  if (bytes[0] === 0x1f) bytes = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  return WebAssembly.compile(bytes);
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&_>()[]{}@%$#";

/** The bytes of a text: their number, and after a space four in five characters. */
function undense(text) {
  const worth = new Uint8Array(128);
  for (let k = 0; k < digits.length; k++) worth[digits.charCodeAt(k)] = k;
  const from = text.indexOf(" ") + 1;
  const bytes = new Uint8Array(4 * Math.ceil((text.length - from) / 5));
  const view = new DataView(bytes.buffer);
  for (let k = from, at = 0; k < text.length; k += 5, at += 4) {
    let n = 0;
    for (let d = 0; d < 5; d++) n = 85 * n + worth[text.charCodeAt(k + d)];
    view.setUint32(at, n);
  }
  return bytes.subarray(0, Number(text.slice(0, from)));
}

function workerAddress() {
  const source = brought("worker");
  return source ? URL.createObjectURL(new Blob([source], { type: "text/javascript" })) : "worker.js";
}

/** A file of a site, by its address there. */
async function file(path, init) {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return response;
}

const workers = new Workers();

use(async (path, { method = "GET", body, signal } = {}) => {
  if (path.startsWith("/api/")) return workers.ask(`${method} ${path}`, body ?? "", signal);
  if (path in files) return new Response(JSON.stringify(files[path]));
  return file(path.slice(1), { signal });
});
