import { describe, expect, it } from "vitest";

import type { Site } from "../src/model";
import { corner, firstLook, placeLabels, quantile, roundLength, tiles } from "../src/views/mapgeometry";

const site = (point: [number, number] | null, events = ["event/a"]): Site => ({ id: String(point), label: "", kindLabel: "", point, line: null, accuracy: null, vicinityOf: null, source: null, events });

describe("the map", () => {
  it("first looks at where events were, not at a place far off", () => {
    const near = [[36, 32], [36.1, 32.1], [36.2, 32.2], [36.1, 32], [36, 32.2]].map((point) => site(point as [number, number]));
    expect(firstLook([...near, site([37.6, 55.7]), site([40, 40], [])])).toHaveLength(5);
  });

  it("looks at nothing where nothing has a point", () => {
    expect(firstLook([site(null)])).toEqual([]);
  });

  it("places no label on another, on a mark or outside", () => {
    const wanted = [
      { x: 50, y: 50, radius: 5, width: 60, height: 14 },
      { x: 56, y: 50, radius: 5, width: 60, height: 14 },
      { x: 5, y: 5, radius: 5, width: 300, height: 14 },
    ];
    const [first, second, third] = placeLabels(wanted, 200, 100);
    expect(first).not.toBeNull();
    expect(third).toBeNull();
    if (first && second) expect(first.x + first.width <= second.x || second.x + second.width <= first.x || first.y + first.height <= second.y || second.y + second.height <= first.y).toBe(true);
  });

  it("has a round scale", () => {
    expect([roundLength(1), roundLength(999), roundLength(12_345), roundLength(50_000)]).toEqual([1, 500, 10_000, 50_000]);
  });

  it("knows the tile of a point and the corner of a tile", () => {
    // https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames: at zoom 0 one tile holds the world.
    expect(tiles([-179, -80], [179, 80], 256)).toEqual([{ z: 0, x: 0, y: 0 }]);
    expect(corner({ z: 1, x: 1, y: 1 })).toEqual([0, 0]);
  });

  it("interpolates quantiles", () => {
    expect([quantile([1, 2, 3, 4], 0.5), quantile([7], 0.25)]).toEqual([2.5, 7]);
  });
});
