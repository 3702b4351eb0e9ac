import { describe, expect, it } from "vitest";

import { packed, period, rows, sideRow, ticks, zone, type Item } from "../src/views/timelinelayout";
import { daysBetween } from "../src/days";
import { fixture } from "./fixture";

const [shelling, protest, talks] = fixture.incidents;
if (!shelling || !protest || !talks) throw new Error("the fixture has three events");

describe("the timeline", () => {
  it("runs over the days of the conflict", () => {
    expect(period(fixture.incidents, { from: "2030-05-01", to: "2030-05-10" })).toEqual(["2030-05-01", "2030-05-10"]);
  });

  it("runs over the events' days where the conflict has none, and over nothing where they have none", () => {
    expect(period(fixture.incidents, null)).toEqual(["2030-05-03", "2030-05-10"]);
    expect(period([talks], null)).toBeNull();
  });

  it("is not pressed together by what began years before", () => {
    const war = { ...shelling, id: "event/war", first: "2011-03-15", last: "2030-05-03" };
    expect(period([war, shelling], { from: "2030-05-01", to: "2030-05-10" })).toEqual(["2030-05-01", "2030-05-10"]);
  });

  it("puts beside the axis what has no day on it", () => {
    const span: [string, string] = ["2030-05-01", "2030-05-10"];
    expect(zone(shelling, span)).toBe("inside");
    expect(zone(talks, span)).toBe("undated");
    expect(zone(protest, span)).toBe("undated"); // some time in most of the days
    expect(zone({ ...shelling, first: "2018-01-01", last: "2018-12-31" }, span)).toBe("earlier");
    expect(zone({ ...shelling, first: "2018-01-01", last: null }, span)).toBe("earlier");
    expect(zone({ ...shelling, first: "2031-01-01", last: "2031-01-02" }, span)).toBe("later");
  });

  it("has what was over by the first day before it, not on it", () => {
    expect(zone({ ...shelling, first: null, last: "2030-05-01" }, ["2030-05-01", "2030-05-10"])).toBe("earlier");
    expect(zone({ ...shelling, first: null, last: "2030-05-04" }, ["2030-05-01", "2030-05-10"])).toBe("inside");
    const deal = { ...shelling, first: "2018-01-01", last: "2030-05-01" };
    expect(zone({ ...deal, bounds: "inferred" }, ["2030-05-01", "2030-05-10"])).toBe("earlier");
    expect(zone({ ...deal, bounds: "stated" }, ["2030-05-01", "2030-05-10"])).toBe("inside");
    expect(zone({ ...deal, last: "2030-05-09", bounds: "inferred" }, ["2030-05-01", "2030-05-10"])).toBe("undated");
  });

  it("packs marks into lanes without overlap", () => {
    const items: Item[] = [
      { id: "a", row: "r", x: 0, from: 0, to: 10 },
      { id: "b", row: "r", x: 5, from: 5, to: 15 },
      { id: "c", row: "r", x: 14, from: 14, to: 20 },
    ];
    const { items: placed, lanes } = packed(items);
    expect(lanes).toBe(2);
    expect(placed.map((item) => [item.id, item.lane])).toEqual([["a", 0], ["b", 1], ["c", 0]]);
  });

  it("leaves out rows that have nothing, and knows both sides", () => {
    expect(rows([{ id: "a", row: "talk", x: 0, from: 0, to: 1 }], ["fighting", "talk"]).map((row) => row.key)).toEqual(["talk"]);
    expect([sideRow(shelling), sideRow(talks), sideRow({ ...talks, sides: [] })]).toEqual(["side/one", "both", "none"]);
  });

  it("counts days over the end of summer time", () => {
    expect(daysBetween("2021-10-30", "2021-11-01")).toBe(2);
  });

  it("has ticks of days, months or years that fit", () => {
    expect(ticks(["2030-05-01", "2030-05-10"], 800).map((tick) => tick.label)[0]).toBe("1 May");
    expect(ticks(["2028-01-01", "2031-12-31"], 600).map((tick) => tick.day)).toContain("2030-01-01");
    expect(ticks(["1000-01-01", "2030-12-31"], 600).length).toBeLessThan(20);
  });
});
