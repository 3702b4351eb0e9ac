/** From positions between 0 and 1, which Python computed, to pixels: pure arithmetic. */

import { zoomIdentity, type ZoomTransform } from "d3-zoom";

import type { Id, Network } from "../model";

type Node = Network["nodes"][number];

/** Free space in pixels: left, right (the buttons; in rows names stand beside them), above and below (besides the legend). */
const PAD = { left: 34, right: 62, rows: 12, top: 22, bottom: 18 };
const TIGHT = { top: 14, bottom: 10 };
/** How much of a node's place is its rank: a dense middle opens, and who is left of whom stays. */
const RANK = { everything: 0.55, actors: 0.35 };
/** Pixels between two rows of the order of battle, at most. */
const ROW = 38;

/** Each value moved towards its place in the order of all; between 0 and 1. Equal values stay equal. */
export function opened(values: readonly number[], share: number): number[] {
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const rank = new Map(sorted.map((value, i) => [value, i / Math.max(1, sorted.length - 1)]));
  return values.map((value) => (1 - share) * ((value - low) / range) + share * (rank.get(value) ?? 0));
}

/** Where the nodes of a network stand in a box of pixels, above its legend. */
export function spread(nodes: readonly Node[], view: Network["view"], width: number, height: number): Map<Id, [number, number]> {
  if (view === "units") {
    const { place } = rows(nodes, width, height);
    return new Map(nodes.map((node) => [node.id, place(node)]));
  }
  const share = RANK[view];
  const xs = opened(nodes.map((node) => node.x), share);
  const ys = opened(nodes.map((node) => node.y), share);
  const [wide, high] = [Math.max(1, width - PAD.left - PAD.right), Math.max(1, height - PAD.top - PAD.bottom)];
  return new Map(
    nodes.map((node, i) => [
      node.id,
      nodes.length === 1 ? [width / 2, height / 2] : [PAD.left + (xs[i] ?? 0) * wide, PAD.top + (ys[i] ?? 0) * high],
    ]),
  );
}

export interface Rows {
  place(spot: { x: number; y: number }): [number, number];
  /** Pixels from row to row. */
  gap: number;
}

/** Where what stands in rows goes in a box of pixels: the order of battle with its captions. */
export function rows(all: readonly { y: number }[], width: number, height: number): Rows {
  const wide = Math.max(1, width - PAD.left - PAD.rows);
  const between = Math.max(1, new Set(all.map(({ y }) => y)).size - 1);
  const high = Math.min(Math.max(1, height - TIGHT.top - TIGHT.bottom), ROW * between);
  return { place: ({ x, y }) => [PAD.left + x * wide, TIGHT.top + y * high], gap: high / between };
}

/** How much room the name of each has to its right: up to what stands in the same row, or to the edge. */
export function roomBeside(spots: readonly (readonly [number, number])[], right: (y: number) => number): number[] {
  return spots.map(([x, y]) => Math.min(right(y), ...spots.flatMap(([ox, oy]) => (ox > x + 1 && Math.abs(oy - y) < 10 ? [ox - 20] : []))) - x);
}

/** What stands in the middle, in shares of the width and the height, and how near; null: the whole is in sight. */
export function lookedAt(transform: ZoomTransform, width: number, height: number): [number, number, number] | null {
  const [x, y] = transform.invert([width / 2, height / 2]);
  const [across, down, near] = [Number((x / width).toFixed(4)), Number((y / height).toFixed(4)), Number(transform.k.toFixed(3))];
  return near === 1 && across === 0.5 && down === 0.5 ? null : [across, down, near];
}

/** The transform that shows this; no nearer and no farther than one may zoom. */
export function shownAt(at: readonly [number, number, number] | null, [least, most]: readonly [number, number], width: number, height: number): ZoomTransform {
  if (!at) return zoomIdentity;
  const [x, y, near] = at;
  return zoomIdentity.translate(width / 2, height / 2).scale(Math.max(least, Math.min(most, near))).translate(-x * width, -y * height);
}
