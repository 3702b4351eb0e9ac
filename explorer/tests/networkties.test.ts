import { describe, expect, it } from "vitest";

import type { Network } from "../src/model";
import { roomBeside, rows, spread } from "../src/views/networklayout";
import { apart, course, head, part, sentence, tiesOf, words, type Edge } from "../src/views/networkties";

const edge = (source: string, target: string, relation: string, more: Partial<Edge> = {}): Edge => ({
  source,
  target,
  relation,
  sign: -1,
  mutual: false,
  events: [],
  passages: [],
  ...more,
});
const label = (id: string): string => id.toUpperCase();

const WAR = [
  edge("rebels", "army", "captured", { events: ["event/capture"] }),
  edge("rebels", "army", "attacked", { events: ["event/ambush"] }),
  edge("army", "rebels", "attacked", { events: ["event/shelling"] }),
  edge("army", "rebels", "fought", { mutual: true }),
  edge("army", "rebels", "agreed", { mutual: true, sign: 1 }),
];

describe("ties", () => {
  it("are one line for all hostile acts of two, and another beside it for the friendly ones", () => {
    const [hostile, friendly, ...rest] = tiesOf(WAR, "actors");
    expect(rest).toEqual([]);
    expect([hostile?.kind, friendly?.kind]).toEqual(["hostile", "friendly"]);
    expect(hostile?.ends).toEqual(["army", "rebels"]);
    expect(hostile?.there.map((one) => one.relation)).toEqual(["attacked"]);
    expect(hostile?.back.map((one) => one.relation)).toEqual(["captured", "attacked"]);
    expect(hostile?.both.map((one) => one.relation)).toEqual(["fought"]);
    expect([hostile?.aside, friendly?.aside]).toEqual([-0.5, 0.5]);
  });

  it("say who did what to whom, each relation by its own name", () => {
    const [hostile] = tiesOf(WAR, "actors");
    expect(hostile && sentence(hostile, label)).toBe("ARMY – attacked → REBELS; REBELS – captured, attacked → ARMY; ARMY – fought – REBELS");
    // What was done to somebody stands nearer to its arrowhead.
    expect(hostile && words(hostile)).toEqual([
      { text: "attacked", share: 0.7 },
      { text: "fought", share: 0.5 },
      { text: "captured, attacked", share: 0.3 },
    ]);
  });

  it("lose what the filters leave no event of", () => {
    const [hostile] = tiesOf(WAR, "actors");
    const left = hostile && part(hostile, (one) => one.events.includes("event/capture"));
    expect(left && sentence(left, label)).toBe("REBELS – captured → ARMY");
    expect(hostile && part(hostile, () => false)).toBeNull();
  });

  it("have a head at each end to which something was done, and none where it was mutual", () => {
    const [hostile, friendly] = tiesOf(WAR, "actors");
    const heads = (tie: typeof hostile): number => (tie ? course(tie, [0, 0], [100, 0], [8, 8]).tips.length : -1);
    expect(heads(hostile)).toBe(2);
    expect(heads(friendly)).toBe(0);
    const [one] = tiesOf([edge("army", "families", "besieged")], "actors");
    expect(one && course(one, [0, 0], [100, 0], [8, 8])).toMatchObject({ line: "M0.0,0.0L84.0,0.0", tips: [[88, 0]] });
    // The tip is at the rim of the mark of who was besieged, and so it is the other way round.
    expect(one && course(one, [0, 0], [100, 0], [8, 8]).heads).toMatch(/^M92\.0,0\.0L/);
    const [other] = tiesOf([edge("families", "army", "besieged")], "actors");
    expect(other && course(other, [100, 0], [0, 0], [8, 8]).tips).toEqual([[88, 0]]);
  });

  it("of everything have no direction", () => {
    const [tie] = tiesOf([edge("event/siege", "army", "perpetrator", { sign: 0 })], "everything");
    expect(tie && sentence(tie, label)).toBe("EVENT/SIEGE – perpetrator – ARMY");
    expect(tie && course(tie, [0, 0], [100, 0], [8, 8]).heads).toBe("");
  });
});

describe("an arrowhead", () => {
  it("has its tip where it points", () => {
    expect(head([10, 20], [1, 0])).toBe("M10.0,20.0L2.0,23.6L2.0,16.4Z");
  });
});

describe("the order of battle", () => {
  const node = (id: string, side: string | null, x: number, y: number): Network["nodes"][number] => ({ id, label: id, type: "actor", kind: "unit", side, x, y, weight: 1 });
  const units = [
    edge("army", "brigade", "has unit", { sign: 0 }),
    edge("side/one", "army", "on this side", { sign: 0 }),
    edge("corps", "deserters", "has unit", { sign: 0 }),
  ];

  it("tells a unit of a body from one that is on a side", () => {
    const ties = tiesOf(units, "units");
    expect(ties.map((tie) => tie.kind)).toEqual(["unit", "side", "unit"]);
    const [unit, side] = ties.map((tie) => course(tie, [0, 0], tie.ends[0] === "army" ? [40, 30] : [-40, -30], [6, 6]));
    // Down, then to the right; only a unit has a head.
    expect(unit?.line).toBe("M0.0,0.0V30.0H26.0");
    expect(unit?.heads).not.toBe("");
    expect(side?.heads).toBe("");
  });

  it("names the side of a unit that does not stand on that of its body", () => {
    const nodes = [node("side/one", "side/one", 0, 0), node("army", "side/one", 0.1, 0.2), node("brigade", "side/one", 0.2, 0.4), node("corps", null, 0.5, 0.2), node("deserters", "side/one", 0.6, 0.4)];
    expect([...apart(nodes, tiesOf(units, "units"))]).toEqual(["deserters"]);
  });

  it("keeps its rows apart, as far as there is room, and within its box", () => {
    const nodes = [0, 0.25, 0.5, 0.75, 1].map((y, i) => node(`unit/${i}`, null, 0.1, y));
    expect(rows(nodes, 400, 1000).gap).toBe(38);
    expect(rows(nodes, 400, 104).gap).toBe(20);
    for (const [x, y] of spread(nodes, "units", 400, 104).values()) expect(x > 0 && x < 400 && y > 0 && y < 104).toBe(true);
  });

  it("gives a name the room up to what stands beside it", () => {
    expect(roomBeside([[10, 10], [110, 14], [10, 50]], () => 300)).toEqual([80, 190, 290]);
  });
});
