import { describe, expect, it } from "vitest";

import { counted, h, outward } from "../src/dom";
import { described, tollText } from "../src/interaction";
import { makeIndex } from "../src/index";
import { suggestions } from "../src/search";
import { Store } from "../src/state";
import { dayAfter } from "../src/days";
import { dateParts, footnotes, sufferers, thing } from "../src/pieces";
import type { Context } from "../src/view";
import { segments } from "../src/views/textsegments";
import { fixture } from "./fixture";

const index = makeIndex(fixture);

describe("elements", () => {
  it("keep what a graph says as text", () => {
    expect(h("p", {}, "<script>alert(1)</script>").innerHTML).toBe("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("link to http and https alone", () => {
    expect(outward("javascript:alert(1)", "x").tagName).toBe("SPAN");
    expect(outward("https://example.org", "x").tagName).toBe("A");
  });

  it("count", () => {
    expect([counted(1, "event"), counted(0, "event"), counted(1200, "event")]).toEqual(["1 event", "0 events", "1,200 events"]);
  });
});

describe("the index", () => {
  it("knows no thing by the name of an object's own property", () => {
    expect(index.entity("constructor")).toBeUndefined();
  });

  it("finds incidents by actor, place and passage", () => {
    expect(index.byActor.get("group/army")).toEqual(["event/shelling"]);
    expect(index.byPlace.get("place/oldbridge")).toEqual(["event/shelling"]);
    expect(index.byPassage.get(1)).toEqual(["event/protest"]);
  });
});

describe("words", () => {
  const one = fixture.incidents[0];
  if (!one) throw new Error("the fixture has an event");
  const toll = { figure: "f", outcome: "killed", atLeast: 6, atMost: 6, unit: "persons", wording: "six", sides: [], sufferer: null, civilian: false, claimedBy: null, passages: [] };

  it("describe an event for those who do not see it", () => {
    expect(described(index, "event/shelling")).toBe("shelling: Shelling of Óldbridge, 3 May 2030, Óldbridge");
    expect(described(index, "event/protest")).toContain("reported by a paper");
  });

  it("keep those of a figure without a number", () => {
    expect(tollText(index, { ...one, tolls: [toll, { ...toll, outcome: "wounded", atLeast: null, atMost: null, wording: "several" }] })).toBe("6 killed, “several” wounded");
  });

  it("suggest things by name, the beginning first", () => {
    expect(suggestions(Object.values(fixture.entities), "old").map((entity) => entity.id)).toEqual(["place/oldbridge", "event/shelling"]);
    expect(suggestions(Object.values(fixture.entities), " ")).toEqual([]);
  });

  it("step over the end of a month", () => {
    expect([dayAfter("2021-08-31"), dayAfter("2024-02-28"), dayAfter("2021-01-01", -1)]).toEqual(["2021-09-01", "2024-02-29", "2020-12-31"]);
  });
});

describe("the store", () => {
  it("tells of a change once, and of none not at all", () => {
    const store = new Store();
    let told = 0;
    store.subscribe(() => told++);
    store.set({ search: "a", families: [] });
    store.set({ search: "a" });
    expect(told).toBe(1);
  });
});

describe("text", () => {
  it("is cut where evidence begins and ends, the shortest passage first", () => {
    const base = fixture.passages[0];
    if (!base) throw new Error("the fixture has a passage");
    const found = segments({ start: 0, end: 20 }, [{ ...base, start: 2, end: 12 }, { ...base, start: 5, end: 8 }]);
    expect(found).toEqual([
      { start: 0, end: 2, passages: [] },
      { start: 2, end: 5, passages: [0] },
      { start: 5, end: 8, passages: [1, 0] },
      { start: 8, end: 12, passages: [0] },
      { start: 12, end: 20, passages: [] },
    ]);
  });
});

describe("words in a sentence", () => {
  const store = new Store();
  const context = { index, store } as Context;

  it("break a date between its parts alone", () => {
    const parts = (words: string): (string | null)[] => [...dateParts(words).children].map((part) => part.textContent);
    expect(parts("5 August 2021")).toEqual(["5 August 2021"]);
    expect(parts("between 29 July and 26 August 2021")).toEqual(["between 29 July", "and 26 August 2021"]);
    expect(parts("begun by 29 July 2021, not over before 5 September 2021")).toEqual(["begun by 29 July 2021,", "not over before 5 September 2021"]);
    expect(dateParts("between 29 July and 26 August 2021").textContent).toBe("between 29 July and 26 August 2021");
  });

  it("keep the number of a sentence with the word before it", () => {
    const notes = footnotes(context, [1, 0, 1]);
    expect(notes?.textContent).toBe("\u20601 2");
    // A button is a box, before which a line may break.
    expect(notes?.querySelector("button")).toBeNull();
  });

  it("open what they name, by mouse and by keys", () => {
    const name = thing(context, "event/shelling");
    const press = (key: string): boolean => name.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
    expect([name.getAttribute("role"), name.tabIndex]).toEqual(["button", 0]);
    name.click();
    expect(store.state.selected).toBe("event/shelling");
    for (const key of ["Enter", " "]) {
      store.set({ selected: null });
      // The page does not scroll by it.
      expect(press(key)).toBe(false);
      expect(store.state.selected).toBe("event/shelling");
    }
    store.set({ selected: null });
    expect(press("x")).toBe(true);
    expect(store.state.selected).toBeNull();
    expect(thing(context, "event/nowhere", "words").getAttribute("role")).toBeNull();
  });

  it("call those civilians of whom nothing more is told", () => {
    const toll = { figure: "f", outcome: "killed", atLeast: 1, atMost: 1, unit: null, wording: "one", sides: [], sufferer: null, civilian: true, claimedBy: null, passages: [] };
    expect(sufferers(index, toll)).toBe("civilians");
    expect(sufferers(index, { ...toll, sufferer: "Farmers" })).toBe("Farmers");
    expect(sufferers(index, { ...toll, civilian: false })).toBe("");
  });
});
