/** Geometry of the map without a browser: what to show first, where labels have room, which tiles. */

import type { GeoProjection } from "d3-geo";
import { zoomIdentity, type ZoomTransform } from "d3-zoom";

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

/**
 * Sites with the spot they are drawn at. A vicinity has no point of its own: it is an area around the
 * place it is near, twice as wide as that is uncertain, for nobody says how near.
 */
export function placed(sites: readonly Site[]): Site[] {
  const byId = new Map(sites.map((site) => [site.id, site]));
  return sites.map((site) => {
    const base = site.vicinityOf ? byId.get(site.vicinityOf) : undefined;
    if (site.point || site.line || !base?.point) return site;
    return { ...site, point: base.point, accuracy: 2 * (base.accuracy ?? 1000) };
  });
}

export interface Spot {
  x: number;
  y: number;
  radius: number;
}

/** Spots moved apart until they do not cover each other, none farther than `most` pixels (deterministic). */
export function spreadOut(spots: readonly Spot[], gap = 2, most = 30): [number, number][] {
  const now = spots.map(({ x, y }): [number, number] => [x, y]);
  for (let round = 0; round < 16; round++) {
    let moved = false;
    for (let i = 0; i < spots.length; i++)
      for (let j = i + 1; j < spots.length; j++) {
        const [a, b] = [now[i], now[j]];
        const [one, other] = [spots[i], spots[j]];
        if (!a || !b || !one || !other) continue;
        const wanted = one.radius + other.radius + gap;
        let dx = b[0] - a[0];
        let dy = b[1] - a[1];
        const far = Math.hypot(dx, dy);
        if (far >= wanted - 0.01) continue;
        // On the very same spot there is no direction: each pair takes another one.
        if (far < 0.01) [dx, dy] = [Math.cos(2.4 * j), Math.sin(2.4 * j)];
        const push = (wanted - far) / 2 / (Math.hypot(dx, dy) || 1);
        now[i] = [a[0] - dx * push, a[1] - dy * push];
        now[j] = [b[0] + dx * push, b[1] + dy * push];
        moved = true;
      }
    if (!moved) break;
  }
  return now.map((spot, i) => {
    const { x, y } = spots[i] ?? { x: spot[0], y: spot[1] };
    const far = Math.hypot(spot[0] - x, spot[1] - y);
    return far <= most ? spot : [x + ((spot[0] - x) * most) / far, y + ((spot[1] - y) * most) / far];
  });
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The box around a round mark. */
export function boxOf({ x, y, radius }: Spot): Box {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Boxes that cover a line, as far as it is in sight. */
export function boxesAlong(line: readonly Point[], width: number, height: number, side = 6): Box[] {
  return line.slice(1).flatMap((b, i) => {
    const a = line[i] ?? b;
    const steps = Math.min(1000, Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / side)));
    return Array.from({ length: steps + 1 }, (_, n): Box => {
      const [x, y] = [a[0] + ((b[0] - a[0]) * n) / steps, a[1] + ((b[1] - a[1]) * n) / steps];
      return { x: x - side / 2, y: y - side / 2, width: side, height: side };
    }).filter((box) => overlap(box, { x: 0, y: 0, width, height }));
  });
}

/** What stands on the map: the scale, the attribution, the buttons. */
export function furniture(width: number, height: number): Box[] {
  return [
    { x: 6, y: height - 28, width: 170, height: 28 },
    { x: width - 150, y: height - 20, width: 150, height: 20 },
    { x: width - 48, y: 0, width: 48, height: 122 },
  ];
}

export interface Wanted {
  /** Words that stand on their spot, not beside a mark. */
  centred?: boolean;
  /** The mark's centre and radius, and the size of its words, in pixels. */
  x: number;
  y: number;
  radius: number;
  width: number;
  height: number;
}

/**
 * Where each label goes, the first being served first: right, left, below, above or askew of its mark; null where
 * it would lie on another label, on a mark, on an obstacle or outside.
 */
export function placeLabels(wanted: readonly Wanted[], width: number, height: number, obstacles: readonly Box[] = []): (Box | null)[] {
  const taken: Box[] = [...obstacles];
  taken.push(...wanted.filter((one) => !one.centred).map(boxOf));
  return wanted.map((one) => {
    const gap = one.radius + 4;
    const middle = { x: one.x - one.width / 2, width: one.width, height: one.height };
    // Below or above a mark at the edge, words begin or end at it.
    const inside = { ...middle, x: Math.max(2, Math.min(width - 2 - one.width, middle.x)) };
    const tries: Box[] = one.centred ? [0, -20, 20, -44, 44].map((shift) => ({ ...middle, y: one.y - one.height / 2 + shift })) : [
      { x: one.x + gap, y: one.y - one.height / 2, width: one.width, height: one.height },
      { x: one.x - gap - one.width, y: one.y - one.height / 2, width: one.width, height: one.height },
      { ...inside, y: one.y + gap },
      { ...inside, y: one.y - gap - one.height },
      // Askew: free of a line that goes through the mark.
      ...[gap, -gap - one.height].flatMap((down) => [4, -4 - one.width].map((aside) => ({ ...middle, x: one.x + aside, y: one.y + down }))),
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

/** How near one looks, as web maps count it: 0 shows the world in a square of 256 pixels, and each step is twice as near. */
export function nearness(scale: number): number {
  return Math.log2((2 * Math.PI * scale) / 256);
}

/** A look at the map with as many digits as a pixel is worth. */
export function rounded([latitude, longitude, near]: [number, number, number]): [number, number, number] {
  const digits = Math.max(0, Math.ceil(Math.log10((256 * 2 ** near) / 360)));
  const within = (value: number, most: number): number => Number(Math.max(-most, Math.min(most, value)).toFixed(digits));
  // Farther north and south the map of Mercator has no end.
  return [within(latitude, 85), within(longitude, 180), Number(near.toFixed(3))];
}

/** The transform by which a projection shows a place in the middle, so near; within how far one may zoom. */
export function shownAt(
  [latitude, longitude, near]: readonly [number, number, number],
  projection: GeoProjection,
  [least, most]: readonly [number, number],
  width: number,
  height: number,
): ZoomTransform {
  const k = Math.max(least, Math.min(most, (256 * 2 ** near) / (2 * Math.PI * projection.scale())));
  const [x, y] = projection([longitude, latitude]) ?? [width / 2, height / 2];
  return zoomIdentity.translate(width / 2, height / 2).scale(k).translate(-x, -y);
}
