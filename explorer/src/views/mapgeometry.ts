/** Geometry of the map without a browser: what to show first, where labels have room, which tiles. */

import type { Site } from "../model";

export type Point = [number, number];

/** Quarter points of sorted numbers, by linear interpolation. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

/**
 * The points that a first look should hold: those of events, without the far-off ones (beyond three
 * times the spread of the middle half, Tukey's far-out fence).
 */
export function firstLook(sites: readonly Site[]): Point[] {
  const points = sites.filter((site) => site.events.length > 0).flatMap((site) => (site.point ? [site.point] : []));
  if (points.length < 4) return points;
  const near = (axis: 0 | 1): ((point: Point) => boolean) => {
    const sorted = points.map((point) => point[axis]).sort((a, b) => a - b);
    const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
    const reach = 3 * Math.max(high - low, 0.05);
    return (point) => point[axis] >= low - reach && point[axis] <= high + reach;
  };
  const [x, y] = [near(0), near(1)];
  return points.filter((point) => x(point) && y(point));
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export interface Wanted {
  /** The mark's centre and radius, and the size of its words, in pixels. */
  x: number;
  y: number;
  radius: number;
  width: number;
  height: number;
}

/**
 * Where each label goes, the first being served first: right, left, below or above its mark; null where
 * it would lie on another label, on a mark or outside.
 */
export function placeLabels(wanted: readonly Wanted[], width: number, height: number): (Box | null)[] {
  const taken: Box[] = wanted.map(({ x, y, radius }) => ({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }));
  return wanted.map((one) => {
    const gap = one.radius + 4;
    const tries: Box[] = [
      { x: one.x + gap, y: one.y - one.height / 2, width: one.width, height: one.height },
      { x: one.x - gap - one.width, y: one.y - one.height / 2, width: one.width, height: one.height },
      { x: one.x - one.width / 2, y: one.y + gap, width: one.width, height: one.height },
      { x: one.x - one.width / 2, y: one.y - gap - one.height, width: one.width, height: one.height },
    ];
    const free = tries.find(
      (box) =>
        box.x >= 2 && box.y >= 2 && box.x + box.width <= width - 2 && box.y + box.height <= height - 2 &&
        !taken.some((other) => overlap(box, other)),
    );
    if (free) taken.push(free);
    return free ?? null;
  });
}

/** A round length for a scale bar: 1, 2 or 5 times a power of ten, at most so many metres. */
export function roundLength(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres));
  return [5, 2, 1].map((times) => times * power).find((length) => length <= metres) ?? power;
}

export interface Tile {
  z: number;
  x: number;
  y: number;
}

/** The tiles of the usual web map (XYZ, Web Mercator) that cover a box of degrees. */
export function tiles([west, south]: Point, [east, north]: Point, width: number): Tile[] {
  const z = Math.max(0, Math.min(17, Math.round(Math.log2((width * 360) / (256 * Math.max(east - west, 1e-6))))));
  const n = 2 ** z;
  const column = (longitude: number): number => Math.floor(((longitude + 180) / 360) * n);
  const row = (latitude: number): number => {
    const phi = (latitude * Math.PI) / 180;
    return Math.floor(((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * n);
  };
  const found: Tile[] = [];
  for (let x = Math.max(0, column(west)); x <= Math.min(n - 1, column(east)); x++)
    for (let y = Math.max(0, row(north)); y <= Math.min(n - 1, row(south)); y++) found.push({ z, x, y });
  return found.slice(0, 64);
}

/** The north-west corner of a tile, in degrees. */
export function corner({ z, x, y }: Tile): Point {
  const n = 2 ** z;
  return [(x / n) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / n))) * 180) / Math.PI];
}
