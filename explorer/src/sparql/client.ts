/** The page's end of the engine: started when first asked, stopped for good by ending its thread. */

import type { Reply, Request } from "./worker";
import EngineWorker from "./worker?worker&inline";

export interface Answer {
  text: string;
  milliseconds: number;
}

/** A query's own fault, or the engine's; the message is the engine's. */
export class EngineError extends Error {}

/** The reader pressed Stop. */
export class Stopped extends Error {}

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class Engine {
  #worker: Worker | null = null;
  #ready: Promise<number> | null = null;
  #fail: ((error: Error) => void) | null = null;
  #waiting = new Map<number, Waiting>();
  #last = 0;

  /** Start it, and load the quads; says how many there are. */
  start(): Promise<number> {
    this.#ready ??= new Promise<number>((resolve, reject) => {
      if (typeof WebAssembly === "undefined" || typeof Worker === "undefined")
        return reject(new EngineError("This browser has no WebAssembly, which the engine needs; all other views work without it."));
      const slot = (id: string): string => document.getElementById(id)?.textContent?.trim() ?? "";
      this.#fail = reject;
      this.#worker = new EngineWorker();
      this.#worker.addEventListener("message", (event: MessageEvent<Reply>) => {
        const reply = event.data;
        if (reply.type === "ready") resolve(reply.quads);
        else if (reply.type === "failed") reject(new EngineError(`The engine did not start: ${reply.message}`));
        else this.#settle(reply);
      });
      this.#worker.addEventListener("error", (event) => reject(new EngineError(`The engine did not start: ${event.message}`)));
      this.#worker.postMessage({ type: "start", wasm: slot("daraa-kg-wasm"), quads: slot("daraa-kg-quads") } satisfies Request);
    });
    return this.#ready;
  }

  #settle(reply: Extract<Reply, { id: number }>): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.type === "answer") waiting?.resolve({ text: reply.text, milliseconds: reply.milliseconds });
    else waiting?.reject(new EngineError(reply.message));
  }

  /** Ask; `format` is a media type of SPARQL results or of RDF. */
  async query(text: string, base: string, format: string): Promise<Answer> {
    await this.start();
    const id = ++this.#last;
    return new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker?.postMessage({ type: "query", id, text, base, format } satisfies Request);
    });
  }

  /** End the thread, and with it whatever it computes; the next question starts another. */
  stop(): void {
    this.#worker?.terminate();
    this.#fail?.(new Stopped());
    for (const waiting of this.#waiting.values()) waiting.reject(new Stopped());
    this.#waiting.clear();
    this.#worker = null;
    this.#ready = null;
  }
}
