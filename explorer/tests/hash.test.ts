import { describe, expect, it } from "vitest";

import { decode, encode } from "../src/hash";
import { initial, type State } from "../src/state";
import { fixture } from "./fixture";

describe("the hash", () => {
  it("is empty where nothing is chosen", () => {
    expect(encode(initial)).toBe("");
    expect(decode("", fixture)).toEqual({ state: initial, unknown: [] });
  });

  it("gives back every part of a state", () => {
    const state: State = {
      ...initial,
      selected: "event/shelling",
      passage: 2,
      search: "a & b=c#d “é”",
      families: ["fighting", "talk"],
      kinds: ["Shelling", "Protest"],
      sides: ["side/one"],
      actor: "group/army",
      place: "place/oldbridge",
      voice: "reported",
      days: ["2030-05-01", "2030-05-03"],
      day: "2030-05-02",
      focus: "sparql",
      rows: "sides",
      network: "units",
      networkAt: [0.4321, -0.05, 2.25],
      map: [32.618, 36.1, 11.345],
      analysis: "truces",
      question: "between",
      query: "SELECT * { ?s ?p \"#\" }\n# 100% | done",
      parameters: { first: "2030-05-02" },
    };
    expect(decode(`#${encode(state)}`, fixture)).toEqual({ state, unknown: [] });
  });

  it("keeps hovering, playing and the theme out of a link", () => {
    expect(encode({ ...initial, hovered: "event/shelling", playing: true, theme: "dark" })).toBe("");
  });

  it.each([
    ["selected=event/none", "event/none"],
    ["passage=99", "passage 99"],
    ["passage=-1", "passage -1"],
    ["families=fighting|war", "war"],
    ["focus=cinema", "focus=cinema"],
    ["days=yesterday..today", "yesterday"],
    ["question=none", "none"],
    ["voice=mine", "voice=mine"],
    ["map=32.6,36.1", "map=32.6,36.1"],
    ["map=north,36.1,11", "map=north,36.1,11"],
    ["map=91,36.1,11", "map=91,36.1,11"],
    ["map=32.6,36.1,1e9", "map=32.6,36.1,1e9"],
    ["networkAt=0.5,0.5,0", "networkAt=0.5,0.5,0"],
    ["networkAt=0.5,,2", "networkAt=0.5,,2"],
  ])("says what it does not know: %s", (hash, unknown) => {
    expect(decode(hash, fixture).unknown).toContain(unknown);
  });

  it("says where map and network are looked at in a few letters, and ignores what is no place", () => {
    expect(encode({ ...initial, map: [32.618, 36.1, 11.345], networkAt: [0.5, 0.25, 2] })).toBe("networkAt=0.5,0.25,2&map=32.618,36.1,11.345");
    expect(decode("map=91,36.1,11&networkAt=a,b,c", fixture).state).toEqual(initial);
  });

  it("turns reversed days round", () => {
    expect(decode("days=2030-05-03..2030-05-01", fixture).state.days).toEqual(["2030-05-01", "2030-05-03"]);
  });
});
