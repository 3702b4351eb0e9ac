/** Makes the one file: Oxigraph and the licences in slots, empty slots for Python, and a policy. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import type { Plugin } from "vite";

import { licences } from "./licences";

/** Asked only when the reader switches the background of the map on. */
const TILES = "https://tile.openstreetmap.org";

/** Filled by `src/daraa_kg/site/page.py`. */
const EMPTY = [
  '<script type="application/octet-stream" id="daraa-kg-model"></script>',
  '<script type="application/octet-stream" id="daraa-kg-quads"></script>',
  // What is read where nothing else can be: no script, or a browser too old for the rest.
  "<noscript><style>#daraa-kg-plain { display: block !important }</style></noscript>",
  '<div id="daraa-kg-plain" hidden></div>',
];

/** The files that went into the page and into its worker. */
const modules = new Set<string>();

/**
 * Notes what goes in, and keeps Vite from taking in the WASM a second time, as an asset: the page has
 * it in a slot.
 */
export function parts(): Plugin {
  return {
    name: "daraa-kg:parts",
    transform(code, id) {
      modules.add(id);
      if (!/oxigraph[\\/]web\.js/.test(id)) return null;
      const bare = code.replace("new URL('web_bg.wasm', import.meta.url)", "undefined");
      if (bare === code) throw new Error("oxigraph/web.js has changed: look for its WASM anew");
      return { code: bare, map: null };
    },
  };
}

export function page(root: string): Plugin {
  return {
    name: "daraa-kg:page",
    enforce: "post",
    // After the scripts have been put into the page, whose digests are taken.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const notices = licences(root, modules);
        this.emitFile({ type: "asset", fileName: "licences.txt", source: notices });
        const html = bundle["index.html"];
        if (html?.type !== "asset") throw new Error("there is no index.html to finish");
        const slots = [
          slot("application/octet-stream", "daraa-kg-wasm", wasm(root)),
          slot("text/plain", "daraa-kg-licences", notices),
          ...EMPTY,
        ];
        const whole = String(html.source).replace("</body>", () => `${slots.join("\n")}\n</body>`);
        html.source = whole.replace(/<meta charset[^>]*>/i, (meta) => `${meta}\n${policy(whole)}`);
        if (!html.source.includes("Content-Security-Policy")) {
          throw new Error("index.html has no <meta charset> before which nothing stands");
        }
      },
    },
  };
}

function slot(type: string, id: string, content: string): string {
  if (/<\/script/i.test(content)) throw new Error(`what goes into ${id} would end it`);
  return `<script type="${type}" id="${id}">${content}</script>`;
}

function wasm(root: string): string {
  const file = readFileSync(join(root, "node_modules", "oxigraph", "web_bg.wasm"));
  return gzipSync(file, { level: 9 }).toString("base64");
}

/** Allow the very scripts that are in the page, by their digests, and what they need. */
function policy(html: string): string {
  const scripts = [...html.matchAll(/<script(?![^>]*\btype="(?:application|text)\/)[^>]*>([^]*?)<\/script>/g)];
  const digests = scripts.map(
    ([, code]) => `'sha256-${createHash("sha256").update(code ?? "").digest("base64")}'`,
  );
  const rules = [
    "default-src 'none'",
    `script-src ${digests.join(" ")} 'wasm-unsafe-eval' blob:`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    `img-src data: blob: ${TILES}`,
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">`;
}
