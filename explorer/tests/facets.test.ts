import { describe, expect, it } from "vitest";

import { active, counts, folded, makeScene, noFilters, undated } from "../src/facets";
import { makeIndex } from "../src/index";
import { familyName } from "../src/marks";
import { initial, type State } from "../src/state";
import { fixture } from "./fixture";

const index = makeIndex(fixture);
const state = (change: Partial<State>): State => ({ ...initial, ...change });
const shown = (change: Partial<State>): string[] => [...makeScene(index, state(change)).shown].sort();

describe("filters", () => {
  it("leave all events where none is set", () => {
    expect(shown({})).toEqual(["event/protest", "event/shelling", "event/talks"]);
  });

  it.each<[string, Partial<State>, string[]]>([
    ["a family", { families: ["civil"] }, ["event/protest"]],
    ["a kind", { kinds: ["Negotiation"] }, ["event/talks"]],
    ["a side, and what both do", { sides: ["side/other"] }, ["event/protest", "event/talks"]],
    ["an actor", { actor: "group/army" }, ["event/shelling"]],
    ["a place", { place: "place/oldbridge" }, ["event/shelling"]],
    ["the article's voice", { voice: "article" }, ["event/shelling", "event/talks"]],
    ["others' voices", { voice: "reported" }, ["event/protest"]],
    ["days, by what may have been in them", { days: ["2030-05-04", "2030-05-06"] }, ["event/protest"]],
    ["words without their accents", { search: "oldbridge SHELLING" }, ["event/shelling"]],
    ["words of a sentence", { search: "nobody knows" }, ["event/talks"]],
    ["two filters at once", { families: ["civil"], voice: "article" }, []],
    ["what was until the day that plays", { day: "2030-05-02" }, ["event/talks"]],
  ])("leave %s", (_name, change, left) => {
    expect(shown(change)).toEqual(left);
  });

  it("leave what has an open end on every day that it may have been", () => {
    const open = makeIndex({ ...fixture, incidents: fixture.incidents.map((one) => ({ ...one, first: null, last: "2030-05-05" })) });
    const left = (days: [string, string]): number => makeScene(open, state({ days })).shown.size;
    expect([left(["2030-05-01", "2030-05-02"]), left(["2030-05-06", "2030-05-07"])]).toEqual([3, 0]);
  });

  it("leave of other things what an event left involves, or what is searched for", () => {
    const things = Object.keys(fixture.entities).filter((id) => !id.startsWith("event/"));
    const present = (change: Partial<State>): string[] => things.filter(makeScene(index, state(change)).present);
    expect(present({})).toEqual(things);
    expect(present({ families: ["fighting"] })).toEqual(["group/army", "place/oldbridge", "side/one"]);
    expect(present({ search: "zzzz" })).toEqual([]);
    expect(present({ search: "mayor", families: ["talk"] })).toEqual(["person/mayor"]);
    // What is selected shows with what belongs to it.
    expect(present({ search: "zzzz", selected: "place/oldbridge" })).toEqual(["group/army", "place/oldbridge"]);
  });

  it("tell what has no day from what was by the day", () => {
    const { shown } = makeScene(index, state({ day: "2030-05-03" }));
    // The shelling was on 3 May; the protest some time in the week after, the talks nobody knows when.
    expect([shown.size, undated(index, shown)]).toEqual([3, 2]);
  });

  it("write days as their fields do, with a year that is not the conflict's", () => {
    const days = (from: string, to: string): string | undefined => active(index, state({ days: [from, to] }), familyName)[0]?.text;
    expect(days("2030-05-01", "2030-05-09")).toBe("1 May to 9 May");
    expect(days("2029-12-31", "2030-05-09")).toBe("31 Dec 2029 to 9 May");
  });

  it("are each named, with what takes them away", () => {
    const all = state({ search: "x", families: ["civil"], kinds: ["Protest"], sides: ["side/one"], actor: "group/army", place: "place/oldbridge", voice: "reported", days: ["2030-05-01", "2030-05-02"] });
    const found = active(index, all, familyName);
    expect(found.map((one) => one.facet)).toEqual(["search", "families", "kinds", "sides", "actor", "place", "voice", "days"]);
    const without = found.reduce((left, one) => ({ ...left, ...one.without }), all);
    expect(active(index, without, familyName)).toEqual([]);
    expect(active(index, { ...all, ...noFilters }, familyName)).toEqual([]);
  });

  it("count what each value of a facet would leave, the other filters standing", () => {
    expect(counts(index, state({ families: ["civil"] }), "families")).toEqual(new Map([["fighting", 1], ["civil", 1], ["talk", 1]]));
    expect(counts(index, state({ families: ["civil"] }), "sides")).toEqual(new Map([["side/other", 1]]));
  });
});

describe("the scene", () => {
  it("lights an event with its actors and places, and chooses its sentences", () => {
    const scene = makeScene(index, state({ selected: "event/shelling" }));
    expect([...scene.lit].sort()).toEqual(["event/shelling", "group/army", "place/oldbridge"]);
    expect([...scene.passages]).toEqual([0]);
  });

  it("lights a place with what happened there and who took part", () => {
    const scene = makeScene(index, state({ selected: "place/oldbridge" }));
    expect([...scene.lit].sort()).toEqual(["event/shelling", "group/army", "place/oldbridge"]);
  });

  it("chooses one sentence where one is chosen, and lights what it states", () => {
    const scene = makeScene(index, state({ selected: "event/shelling", passage: 1 }));
    expect([...scene.passages]).toEqual([1]);
    expect(scene.lit.has("event/protest")).toBe(true);
  });

  it("has the events of the day that plays", () => {
    expect([...(makeScene(index, state({ day: "2030-05-03" })).current ?? [])]).toEqual(["event/shelling"]);
    // "Some time from the 3rd to the 10th" is under way on each of these days, and says nothing of one.
    expect([...(makeScene(index, state({ day: "2030-05-04" })).current ?? [])]).toEqual([]);
    expect(makeScene(index, state({})).current).toBeNull();
  });
});

it("folds accents and case", () => {
  expect(folded("Darāʿa ÉCOLE")).toBe("daraʿa ecole");
});
