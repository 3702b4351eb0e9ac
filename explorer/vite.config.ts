import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

import { parts, page } from "./build/page";

const root = dirname(fileURLToPath(import.meta.url));

export default defineConfig({
  root,
  base: "./",
  plugins: [parts(), viteSingleFile({ removeViteModuleLoader: true }), page(root)],
  worker: { format: "iife", plugins: () => [parts()] },
  build: { target: "es2022", modulePreload: false, reportCompressedSize: false },
});
