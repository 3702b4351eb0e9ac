// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { crateNotices, crates } from "../build/crates";
import { licences } from "../build/licences";
import lock from "../package-lock.json";

const ROOT = join(import.meta.dirname, "..");
const TEXTS = new Map([
  ["MIT", "MIT License\n\nCopyright (c) 1999 Nobody\n\nPermission is hereby granted, and so on.\n"],
  ["ISC", "Copyright 1999 Nobody\n\nPermission to use, and so on.\n"],
]);
const named = new Set(crates.crates.map(({ name, version }) => `${name} ${version}`));

describe("the list of crates", () => {
  it("is of the version of oxigraph that is locked", () => {
    expect(crates.oxigraph).toBe(lock.packages["node_modules/oxigraph"].version);
  });

  it("gives each crate a licence that it offers, and a holder where the licence asks for one", () => {
    expect(crates.crates.length).toBeGreaterThan(100);
    for (const { name, licence, taken, authors, copyright } of crates.crates) {
      expect(licence.split(" OR "), name).toContain(taken);
      if (taken !== "Apache-2.0") expect(copyright, name).toBeDefined();
      expect(JSON.stringify({ authors, copyright }), name).not.toContain("@");
    }
  });

  // In the places of its messages: `…/regex-1.12.4/src/…` of a registry, `lib/oxttl/src/…` of its own.
  it("has every crate that the WebAssembly names, and the standard library it names", () => {
    const wasm = readFileSync(join(ROOT, "node_modules", "oxigraph", "web_bg.wasm"), "latin1");
    const places = [...wasm.matchAll(/\/([a-zA-Z][\w-]*)-(\d+\.\d+\.\d+(?:[-+][\w.]+)?)\/src\//g)];
    const found = new Set(places.map(([, name, version]) => `${name} ${version}`));
    expect(found.size).toBeGreaterThan(30);
    expect([...found].filter((one) => !named.has(one))).toEqual([]);
    const own = new Set([...wasm.matchAll(/\blib\/([a-z]+)\/src\//g)].map(([, name]) => name));
    expect(own.size).toBeGreaterThan(5);
    expect([...own].filter((name) => !crates.crates.some((one) => one.name === name))).toEqual([]);
    expect([...named]).toContain(`rust-std ${/rustc.(\d+\.\d+\.\d+) \(/.exec(wasm)?.[1]}`);
  });
});

describe("the notices of the crates", () => {
  it("name each crate, and have each text once", () => {
    const text = crateNotices(crates.oxigraph, TEXTS);
    const words = text.replaceAll("\n", " ");
    for (const one of named) expect(words).toContain(` ${one}`);
    expect(text).toContain("\naho-corasick 1.1.4: Copyright (c) 2015 Andrew Gallant\n");
    expect(text).toContain("\nfloat_next_after 1.0.0: Bronson Brown-deVost\n");
    expect(text.match(/^Permission .*$/gm)).toEqual([
      "Permission to use, and so on.",
      "Permission is hereby granted, and so on.",
    ]);
    expect(text).not.toContain("Nobody");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("stand behind those of the packages, where oxigraph is one of them", () => {
    const module = (name: string) => join(ROOT, "node_modules", name, "index.js");
    const packages = ["oxigraph", "d3-zoom", "@codemirror/view"].map(module);
    expect(licences(ROOT, packages)).toContain("\nUnder Apache-2.0, whose text stands above with oxigraph:\n");
    expect(licences(ROOT, packages.slice(1))).not.toContain("crates");
  });

  it("are refused for another version, and without a text", () => {
    expect(() => crateNotices("9.9.9", TEXTS)).toThrow(
      `build/crates.json is of oxigraph ${crates.oxigraph}, and 9.9.9 is installed: run python docs/make_crates.py`,
    );
    expect(() => crateNotices(crates.oxigraph, new Map())).toThrow("no package in the page has the text of ISC");
  });
});
