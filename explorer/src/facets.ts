/** Which incidents the filters leave, and what a selection lights up: pure functions of the state. */

import { daysBetween, dayWithin } from "./days";
import type { Entity, Family, Id, Incident } from "./model";
import type { State } from "./state";
import { initial } from "./state";
import type { Index, Scene } from "./view";
import { period, zone } from "./views/timelinelayout";

/** Letters without accents and case, so that "daraa" finds "Darāa". */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words of a search, all of which have to be found. */
export function searched(text: string): string[] {
  return folded(text).split(/\s+/).filter(Boolean);
}

/** What a thing is called, to be searched in. */
export function names({ label, aliases }: Entity): string[] {
  return [label, ...aliases].map(folded);
}

const haystacks = new WeakMap<Index, Map<Id, string>>();

/** The words by which an incident is found: its own, its actors', its figures' and its sentences'. */
function haystack(index: Index): Map<Id, string> {
  let made = haystacks.get(index);
  if (!made) {
    // Code points, as Python counts them.
    const text = [...index.model.text];
    made = new Map(
      index.model.incidents.map((one) => {
        const sentences = one.passages.map((number) => {
          const passage = index.passage(number);
          return passage ? text.slice(passage.start, passage.end).join("") : "";
        });
        const names = [...one.actors.map((actor) => actor.id), ...one.places].map(index.label);
        const tolls = one.tolls.map((toll) => `${toll.outcome} ${toll.wording}`);
        const words = [one.label, one.kindLabel, ...one.placesText, ...names, ...tolls];
        return [one.id, folded([...words, ...sentences].join(" \n "))];
      }),
    );
    haystacks.set(index, made);
  }
  return made;
}

export type Facet = "families" | "kinds" | "sides" | "actor" | "place" | "voice" | "days" | "search";

type Test = (one: Incident) => boolean;

/** A test for each filter that is set; a filter that is not set lets everything through. */
function tests(index: Index, state: State): Map<Facet, Test> {
  const made = new Map<Facet, Test>();
  const { families, kinds, sides, actor, place, voice, days, day } = state;
  if (families.length) made.set("families", (one) => families.includes(one.family));
  if (kinds.length) made.set("kinds", (one) => kinds.includes(one.kind));
  if (sides.length) made.set("sides", (one) => one.sides.some((side) => sides.includes(side)));
  if (actor) {
    const ids = new Set(index.byActor.get(actor));
    made.set("actor", (one) => ids.has(one.id));
  }
  if (place) {
    const ids = new Set(index.site.get(place)?.events ?? index.byPlace.get(place));
    made.set("place", (one) => ids.has(one.id));
  }
  if (voice !== "all")
    made.set("voice", (one) => (one.reportedBy.length === 0) === (voice === "article"));
  if (days) made.set("days", (one) => within(one, days[0], days[1]));
  if (day && !days) made.set("days", (one) => (one.first ?? "") <= day);
  const words = searched(state.search);
  if (words.length) {
    const found = haystack(index);
    made.set("search", (one) => words.every((word) => found.get(one.id)?.includes(word) ?? false));
  }
  return made;
}

/** Whether an incident may have been in these days; one without any bound is not. */
function within(one: Incident, from: string, to: string): boolean {
  if (one.first === null && one.last === null) return false;
  return (one.first ?? "") <= to && (one.last ?? "9999") >= from;
}

/** How many incidents each value of a facet would leave, the other filters standing. */
export function counts(index: Index, state: State, facet: Facet): Map<string, number> {
  const others = [...tests(index, state)].filter(([name]) => name !== facet).map(([, test]) => test);
  const found = new Map<string, number>();
  for (const one of index.model.incidents) {
    if (!others.every((test) => test(one))) continue;
    for (const value of values(one, facet)) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
}

function values(one: Incident, facet: Facet): Iterable<string> {
  switch (facet) {
    case "families":
      return [one.family];
    case "kinds":
      return [one.kind];
    case "sides":
      return one.sides;
    case "actor":
      return new Set(one.actors.map((actor) => actor.id));
    case "place":
      return one.places;
    case "voice":
      return [one.reportedBy.length ? "reported" : "article"];
    default:
      return [];
  }
}

/** A filter that is set, in words, and what takes it away. */
export interface Active {
  facet: Facet;
  text: string;
  without: Partial<State>;
}

export function active(index: Index, state: State, familyName: (family: Family) => string): Active[] {
  const found: Active[] = [];
  const kindLabel = new Map(index.model.incidents.map((one) => [one.kind, one.kindLabel]));
  const listed = (list: string[]): string => list.join(", ");
  if (state.search.trim())
    found.push({ facet: "search", text: `“${state.search.trim()}”`, without: { search: "" } });
  if (state.families.length)
    found.push({
      facet: "families",
      text: listed(state.families.map(familyName)),
      without: { families: [] },
    });
  if (state.kinds.length)
    found.push({
      facet: "kinds",
      text: listed(state.kinds.map((kind) => kindLabel.get(kind) ?? kind)),
      without: { kinds: [] },
    });
  if (state.sides.length)
    found.push({
      facet: "sides",
      text: listed(state.sides.map(index.label)),
      without: { sides: [] },
    });
  if (state.actor)
    found.push({ facet: "actor", text: index.label(state.actor), without: { actor: null } });
  if (state.place)
    found.push({ facet: "place", text: index.label(state.place), without: { place: null } });
  if (state.voice !== "all")
    found.push({
      facet: "voice",
      text: state.voice === "article" ? "in the article’s voice" : "as others report",
      without: { voice: "all" },
    });
  if (state.days)
    found.push({ facet: "days", text: daysText(index, state.days), without: { days: null } });
  return found;
}

/** "14 Aug to 20 Aug", as the fields for them have it: with the year only outside the conflict's own. */
function daysText(index: Index, days: readonly [string, string]): string {
  const own = period(index.model.incidents, index.model.period) ?? days;
  return days.map((day, end) => dayWithin(day, (own[end] ?? day).slice(0, 4))).join(" to ");
}

export const noFilters: Partial<State> = {
  search: initial.search,
  families: initial.families,
  kinds: initial.kinds,
  sides: initial.sides,
  actor: initial.actor,
  place: initial.place,
  voice: initial.voice,
  days: initial.days,
  day: initial.day,
  playing: initial.playing,
};

/** What the filters leave: incidents, and other things; null: no filter is set. */
interface Left {
  shown: Set<Id>;
  things: Set<Id> | null;
}

const lastLeft = new WeakMap<Index, { key: string; left: Left }>();

/** The same sets as long as the filters are the same, so that views see that nothing changed. */
function leftBy(index: Index, state: State): Left {
  const { families, kinds, sides, actor, place, voice, days, day, search } = state;
  const key = JSON.stringify([families, kinds, sides, actor, place, voice, days, day, search]);
  const last = lastLeft.get(index);
  if (last?.key === key) return last.left;
  const all = [...tests(index, state).values()];
  const shown = new Set(index.model.incidents.filter((one) => all.every((test) => test(one))).map((one) => one.id));
  const left = { shown, things: all.length ? new Set([...involved(index, shown), ...named(index, search)]) : null };
  lastLeft.set(index, { key, left });
  return left;
}

/** All that has a part in one of these incidents: actors, places, sides, and what a tie made by one joins. */
function involved(index: Index, incidents: ReadonlySet<Id>): Set<Id> {
  const { model } = index;
  const found = new Set<Id>();
  const add = (...ids: Id[]): void => ids.forEach((id) => found.add(id));
  for (const one of model.incidents)
    if (incidents.has(one.id)) add(...one.actors.map((actor) => actor.id), ...one.places, ...one.sides);
  for (const site of model.sites) if (site.events.some((id) => incidents.has(id))) add(site.id);
  for (const { source, target, events } of model.networks.flatMap((one) => one.edges))
    if (events.some((id) => incidents.has(id))) add(source, target);
  return found;
}

/** Things whose own name is searched for; nothing where nothing is. */
function named(index: Index, search: string): Id[] {
  const words = searched(search);
  if (!words.length) return [];
  const entities = Object.values(index.model.entities);
  return entities.filter((one) => names(one).some((name) => words.every((word) => name.includes(word)))).map((one) => one.id);
}

/** How many of these incidents have no day of their own: the timeline draws them beside its days. */
export function undated(index: Index, incidents: ReadonlySet<Id>): number {
  const span = period(index.model.incidents, index.model.period);
  return index.model.incidents.filter((one) => incidents.has(one.id) && (!span || zone(one, span) === "undated")).length;
}

/** The incidents of the day that the play button stands at; null when it is not used. */
function current(index: Index, state: State, left: Set<Id>): Set<Id> | null {
  const { day } = state;
  if (!day) return null;
  const now = index.model.incidents.filter((one) => left.has(one.id) && within(one, day, day));
  // What lasted for weeks, or was at some time in them, is under way on every day: it would light up the
  // whole page whenever the button plays.
  const { period } = index.model;
  const most = period ? Math.max(4, daysBetween(period.from, period.to) / 4) : 10;
  const brief = now.filter((one) => !one.background && one.first !== null && one.last !== null && daysBetween(one.first, one.last) <= most);
  return new Set(brief.map((one) => one.id));
}

/** A thing with all that belongs to it at one remove. */
function neighbours(index: Index, id: Id): Set<Id> {
  const found = new Set<Id>([id]);
  const add = (incident: Incident | undefined): void => {
    if (!incident) return;
    found.add(incident.id);
    for (const actor of incident.actors) found.add(actor.id);
    for (const place of incident.places) found.add(place);
  };
  add(index.incident.get(id));
  for (const event of index.byActor.get(id) ?? []) add(index.incident.get(event));
  for (const event of index.site.get(id)?.events ?? []) add(index.incident.get(event));
  if (index.side.has(id))
    for (const one of index.model.incidents) if (one.sides.includes(id)) found.add(one.id);
  const entity = index.entity(id);
  if (entity && !index.incident.has(id))
    for (const fact of [...entity.facts, ...entity.mentions]) if (fact.id) found.add(fact.id);
  return found;
}

export function makeScene(index: Index, state: State): Scene {
  const { shown, things } = leftBy(index, state);
  const now = current(index, state, shown);
  const passages = new Set<number>();
  let lit = new Set<Id>();
  if (state.passage !== null) {
    passages.add(state.passage);
    for (const id of index.passage(state.passage)?.about ?? []) lit.add(id);
  }
  if (state.selected) {
    lit = new Set([...lit, ...neighbours(index, state.selected)]);
    if (state.passage === null)
      for (const number of index.entity(state.selected)?.passages ?? []) passages.add(number);
  } else if (now && state.passage === null) {
    for (const id of now) {
      for (const near of neighbours(index, id)) lit.add(near);
      for (const number of index.incident.get(id)?.passages ?? []) passages.add(number);
    }
  }
  const present = (id: Id): boolean =>
    index.incident.has(id) ? shown.has(id) : things === null || things.has(id) || lit.has(id);
  return { shown, lit, passages, current: now, present };
}
