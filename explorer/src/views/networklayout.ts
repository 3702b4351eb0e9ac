/** From positions between 0 and 1, which Python computed, to pixels: pure arithmetic. */

import type { Id, Network } from "../model";

type Node = Network["nodes"][number];

/** Free space: left, right (the buttons), above and below (the legend), in pixels. */
const PAD = { left: 34, right: 62, top: 22, bottom: 36 };
/** How much of a node's place is its rank: a dense middle opens, and who is left of whom stays. */
const RANK = { everything: 0.55, actors: 0.35, units: 0 };
/** Pixels between two levels of the order of battle. */
const LEVEL = 150;

/** Each value moved towards its place in the order of all; between 0 and 1. Equal values stay equal. */
export function opened(values: readonly number[], share: number): number[] {
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const rank = new Map(sorted.map((value, i) => [value, i / Math.max(1, sorted.length - 1)]));
  return values.map((value) => (1 - share) * ((value - low) / range) + share * (rank.get(value) ?? 0));
}

/** Where the nodes of a network stand in a box of pixels. */
export function spread(nodes: readonly Node[], view: Network["view"], width: number, height: number): Map<Id, [number, number]> {
  const share = RANK[view];
  const xs = opened(nodes.map((node) => node.x), share);
  const ys = opened(nodes.map((node) => node.y), share);
  const levels = new Set(ys).size;
  const wide = Math.max(1, width - PAD.left - PAD.right);
  const free = Math.max(1, height - PAD.top - PAD.bottom);
  const high = view === "units" ? Math.min(free, LEVEL * Math.max(1, levels - 1)) : free;
  const top = PAD.top + (free - high) / 3;
  return new Map(
    nodes.map((node, i) => [
      node.id,
      nodes.length === 1 ? [width / 2, height / 2] : [PAD.left + (xs[i] ?? 0) * wide, top + (ys[i] ?? 0) * high],
    ]),
  );
}
