import { geoMercator } from "d3-geo";
import { describe, expect, it } from "vitest";

import type { Site } from "../src/model";
import { boxesAlong, corner, firstLook, nearness, placeLabels, quantile, rounded, roundLength, shownAt, tiles } from "../src/views/mapgeometry";

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

  it("writes a route's name askew of its line, and covers the line with boxes as far as it is seen", () => {
    const line = boxesAlong([[20, 20], [180, 100]], 200, 120);
    expect(line.some((box) => box.x <= 100 && box.x + box.width >= 100 && box.y <= 60 && box.y + box.height >= 60)).toBe(true);
    expect(boxesAlong([[20, 20], [20, 4000]], 200, 120).every((box) => box.y < 120)).toBe(true);
    const [box] = placeLabels([{ x: 100, y: 60, radius: 5, width: 80, height: 14 }], 200, 120, line);
    // The line falls to the right: below it is room on the left.
    expect(box).toEqual({ x: 16, y: 69, width: 80, height: 14 });
  });

  it("has a round scale", () => {
    expect([roundLength(1), roundLength(999), roundLength(12_345), roundLength(50_000)]).toEqual([1, 500, 10_000, 50_000]);
  });

  it("knows the tile of a point and the corner of a tile", () => {
    // https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames: at zoom 0 one tile holds the world.
    expect(tiles([-179, -80], [179, 80], 256)).toEqual([{ z: 0, x: 0, y: 0 }]);
    expect(corner({ z: 1, x: 1, y: 1 })).toEqual([0, 0]);
  });

  it("writes below its mark, from the edge on, what has no room beside it", () => {
    const [box] = placeLabels([{ x: 20, y: 50, radius: 5, width: 80, height: 14 }], 200, 100, [{ x: 25, y: 40, width: 175, height: 18 }]);
    expect(box).toEqual({ x: 2, y: 59, width: 80, height: 14 });
  });

  it("shows in the middle what a link says, as near as it says", () => {
    const projection = geoMercator().scale(40_000).translate([300, 200]).center([36, 32.6]);
    const to = shownAt([32.7, 36.2, 11], projection, [0.02, 60], 800, 500);
    const [x, y] = to.apply(projection([36.2, 32.7]) ?? [0, 0]);
    expect([x, y].map(Math.round)).toEqual([400, 250]);
    expect(nearness(projection.scale() * to.k)).toBeCloseTo(11, 6);
    // At zoom 1 the world is two tiles of 256 pixels wide.
    expect(nearness(512 / (2 * Math.PI))).toBeCloseTo(1, 6);
    // No nearer than one may zoom.
    expect(shownAt([32.7, 36.2, 24], projection, [0.02, 60], 800, 500).k).toBe(60);
  });

  it("says a place as exactly as a pixel", () => {
    expect(rounded([32.617778, 36.106389, 10.123456])).toEqual([32.618, 36.106, 10.123]);
    expect(rounded([32.617778, 36.106389, 0])).toEqual([33, 36, 0]);
    expect(rounded([89.9, -181, 3])).toEqual([85, -180, 3]);
    // At zoom 16 a pixel is 0.00002° wide.
    expect(rounded([32.617778, 36.106389, 16])).toEqual([32.61778, 36.10639, 16]);
  });

  it("interpolates quantiles", () => {
    expect([quantile([1, 2, 3, 4], 0.5), quantile([7], 0.25)]).toEqual([2.5, 7]);
  });
});
