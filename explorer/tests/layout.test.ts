import { describe, expect, it } from "vitest";

import { parseDay } from "../src/dayinput";
import { placed, placeLabels, spreadOut } from "../src/views/mapgeometry";
import { lookedAt, opened, shownAt, spread } from "../src/views/networklayout";
import { fieldName } from "../src/views/textsegments";
import type { Site } from "../src/model";

describe("a typed day", () => {
  it.each([
    ["2021-08-19", "2021-08-19"],
    ["19 Aug", "2021-08-19"],
    [" 1 Sept ", "2021-09-01"],
    ["19. August 2011", "2011-08-19"],
    ["31 June", null],
    ["2021-13-01", null],
    ["19 Foo", null],
    ["yesterday", null],
  ])("%s is %s", (text, day) => {
    expect(parseDay(text, "2021")).toBe(day);
  });
});

const town: Site = { id: "place/town", label: "Town", kindLabel: "town", point: [36, 33], line: null, accuracy: 2000, vicinityOf: null, source: null, events: [] };

describe("places on the map", () => {
  it("gives a vicinity the spot of the place it is near, as a wider area", () => {
    const near: Site = { ...town, id: "place/near-town", point: null, accuracy: null, vicinityOf: "place/town" };
    const nowhere: Site = { ...near, id: "place/nowhere", vicinityOf: "place/none" };
    expect(placed([town, near, nowhere]).map((site) => [site.point, site.accuracy])).toEqual([
      [[36, 33], 2000],
      [[36, 33], 4000],
      [null, null],
    ]);
  });

  it("moves marks apart until they do not cover each other, and lets the others be", () => {
    const [a, b, c] = spreadOut([
      { x: 10, y: 10, radius: 8 },
      { x: 10, y: 10, radius: 6 },
      { x: 200, y: 10, radius: 6 },
    ]) as [[number, number], [number, number], [number, number]];
    expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(15.9);
    expect(c).toEqual([200, 10]);
  });

  it("writes no label over a mark, another label or the buttons", () => {
    const word = { x: 100, y: 50, radius: 5, width: 40, height: 14 };
    const [right] = placeLabels([word], 200, 200);
    expect(right?.x).toBe(109);
    const [left] = placeLabels([word], 200, 200, [{ x: 109, y: 40, width: 40, height: 20 }]);
    expect(left?.x).toBe(51);
    expect(placeLabels([word], 200, 200, [{ x: 0, y: 0, width: 200, height: 200 }])).toEqual([null]);
  });
});

describe("the network", () => {
  it("opens a dense middle and keeps the order", () => {
    const wide = opened([0, 0.5, 0.51, 1], 0.5);
    expect(wide[0]).toBe(0);
    expect(wide[3]).toBe(1);
    expect((wide[2] ?? 0) - (wide[1] ?? 0)).toBeGreaterThan(0.15);
    expect(opened([2, 2], 0.5)).toEqual([0, 0]);
  });

  it("stays in its box, and puts a single thing in the middle", () => {
    const node = { id: "a", label: "A", type: "actor" as const, kind: "Person", side: null, x: 0.3, y: 0.9, weight: 1 };
    expect([...spread([node], "actors", 400, 300).values()]).toEqual([[200, 150]]);
    for (const [x, y] of spread([node, { ...node, id: "b", x: 0.9, y: 0.1 }], "actors", 400, 300).values()) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(400);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(300);
    }
  });
});

describe("a look at the network", () => {
  const near: [number, number] = [0.6, 14];
  it("is what stands in the middle, however large the view", () => {
    const to = shownAt([0.25, 0.75, 2], near, 800, 400);
    expect(to.apply([200, 300])).toEqual([400, 200]);
    expect(lookedAt(to, 800, 400)).toEqual([0.25, 0.75, 2]);
    expect(shownAt([0.25, 0.75, 2], near, 400, 200).apply([100, 150])).toEqual([200, 100]);
  });

  it("is nothing where the whole is in sight, and no nearer than one may zoom", () => {
    expect(lookedAt(shownAt(null, near, 800, 400), 800, 400)).toBeNull();
    expect(shownAt([0.5, 0.5, 90], near, 800, 400).k).toBe(14);
  });
});

describe("a field of an infobox", () => {
  it.each([
    ["combatant2", "Combatant 2"],
    ["partof", "Part of"],
    ["date", "Date"],
    ["native_name", "Native name"],
  ])("%s is written %s", (name, words) => {
    expect(fieldName(name)).toBe(words);
  });
});
