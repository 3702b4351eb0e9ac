/** The engine, on a thread of its own: Oxigraph in WebAssembly over the page's own quads. */

import init, { Store } from "oxigraph/web.js";

import { unpacked, unpackedBytes } from "../slots";

export type Request =
  | { type: "start"; wasm: string; quads: string }
  | { type: "query"; id: number; text: string; base: string; format: string };

export type Reply =
  | { type: "ready"; quads: number }
  | { type: "failed"; message: string }
  | { type: "answer"; id: number; text: string; milliseconds: number }
  | { type: "error"; id: number; message: string };

let store: Store | null = null;

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function start(wasm: string, quads: string): Promise<Reply> {
  await init({ module_or_path: await unpackedBytes(wasm) });
  store = new Store();
  store.load(await unpacked(quads), { format: "application/n-quads" });
  return { type: "ready", quads: store.size };
}

function query(request: Extract<Request, { type: "query" }>): Reply {
  const { id } = request;
  if (!store) return { type: "error", id, message: "The engine has not started." };
  const begun = performance.now();
  try {
    const text: unknown = store.query(request.text, { base_iri: request.base, results_format: request.format });
    return { type: "answer", id, text: String(text), milliseconds: performance.now() - begun };
  } catch (error) {
    return { type: "error", id, message: words(error) };
  }
}

addEventListener("message", (event: MessageEvent<Request>) => {
  const request = event.data;
  if (request.type === "query") postMessage(query(request));
  else
    start(request.wasm, request.quads)
      .then((reply) => postMessage(reply))
      .catch((error: unknown) => postMessage({ type: "failed", message: words(error) } satisfies Reply));
});
