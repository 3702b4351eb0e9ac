/** The state as the URL's hash, so that a link reproduces the view. */

import { FAMILIES } from "./marks";
import type { Id, Model } from "./model";
import type { State, ViewName } from "./state";
import { initial } from "./state";

const VIEWS: readonly ViewName[] = ["timeline", "map", "network", "article", "sparql", "analysis"];
const DAY = /^-?\d{4,}-\d{2}-\d{2}$/;

type Key = Exclude<keyof State, "hovered" | "playing" | "theme">;

/** The order in which parts stand in the hash. */
const ORDER: readonly Key[] = [
  "focus",
  "selected",
  "passage",
  "search",
  "families",
  "kinds",
  "sides",
  "actor",
  "place",
  "voice",
  "days",
  "day",
  "rows",
  "network",
  "networkAt",
  "map",
  "analysis",
  "question",
  "query",
  "parameters",
];

/** What stands between the values of a list. */
const BETWEEN: Partial<Record<Key, string>> = { days: "..", map: ",", networkAt: "," };

/** The bounds of three numbers: the middle of the map and of the network, and how near. */
const MAP: Bounds = [[-85, 85], [-180, 180], [-2, 24]];
const NETWORK: Bounds = [[-2, 3], [-2, 3], [0.1, 100]];
type Bounds = readonly [Bound, Bound, Bound];
type Bound = readonly [number, number];

export function encode(state: State): string {
  const parts = new URLSearchParams();
  for (const key of ORDER) {
    const value = state[key];
    if (JSON.stringify(value) === JSON.stringify(initial[key])) continue;
    if (key === "parameters")
      for (const [name, set] of Object.entries(state.parameters)) parts.append(`set.${name}`, set);
    else if (Array.isArray(value)) parts.set(key, value.join(BETWEEN[key] ?? "|"));
    else parts.set(key, String(value));
  }
  // Slashes and colons are common in ids, commas in places; they need no escape in a fragment.
  return parts.toString().replace(/%2F/g, "/").replace(/%3A/g, ":").replace(/%2C/g, ",");
}

export interface Decoded {
  state: State;
  /** What the hash names and this graph does not have. */
  unknown: string[];
}

export function decode(hash: string, model: Model): Decoded {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const state: State = { ...initial };
  const unknown: string[] = [];
  const known = (id: string): boolean => Object.hasOwn(model.entities, id);
  const id = (key: "selected" | "actor" | "place"): Id | null => {
    const value = parts.get(key);
    if (!value) return null;
    if (known(value)) return value;
    unknown.push(value);
    return null;
  };
  const oneOf = <T extends string>(key: Key, values: readonly T[], fallback: T): T => {
    const value = parts.get(key);
    if (value === null) return fallback;
    const found = values.find((one) => one === value);
    if (!found) unknown.push(`${key}=${value}`);
    return found ?? fallback;
  };
  const list = (key: Key, holds: (value: string) => boolean): string[] => {
    const values = (parts.get(key) ?? "").split("|").filter(Boolean);
    unknown.push(...values.filter((value) => !holds(value)));
    return values.filter(holds);
  };
  const day = (value: string | undefined): string | null => {
    if (value === undefined) return null;
    if (DAY.test(value)) return value;
    unknown.push(value);
    return null;
  };

  const spot = (key: "map" | "networkAt", bounds: Bounds): [number, number, number] | null => {
    const value = parts.get(key);
    if (value === null) return null;
    const numbers = value.split(",").map((one) => (/^-?\d{1,3}(\.\d{1,8})?$/.test(one) ? Number(one) : NaN));
    const [x, y, near] = numbers;
    const within = bounds.every(([low, high], i) => (numbers[i] ?? NaN) >= low && (numbers[i] ?? NaN) <= high);
    if (numbers.length === 3 && within && x !== undefined && y !== undefined && near !== undefined) return [x, y, near];
    unknown.push(`${key}=${value}`);
    return null;
  };

  state.selected = id("selected");
  state.actor = id("actor");
  state.place = id("place");
  const passage = parts.get("passage");
  if (passage !== null) {
    if (/^\d+$/.test(passage) && model.passages[Number(passage)]) state.passage = Number(passage);
    else unknown.push(`passage ${passage}`);
  }
  state.search = parts.get("search") ?? "";
  state.families = FAMILIES.filter((family) =>
    list("families", (value) => (FAMILIES as readonly string[]).includes(value)).includes(family),
  );
  const kinds = new Set(model.incidents.map((one) => one.kind));
  state.kinds = list("kinds", (value) => kinds.has(value));
  state.sides = list("sides", (value) => model.sides.some((side) => side.id === value));
  state.voice = oneOf("voice", ["all", "article", "reported"] as const, initial.voice);
  state.rows = oneOf("rows", ["kinds", "sides"] as const, initial.rows);
  state.network = oneOf("network", ["everything", "actors", "units"] as const, initial.network);
  state.networkAt = spot("networkAt", NETWORK);
  state.map = spot("map", MAP);
  state.analysis = oneOf(
    "analysis",
    ["ledger", "accounts", "truces", "gaps"] as const,
    initial.analysis,
  );
  state.focus = parts.has("focus") ? oneOf<ViewName>("focus", VIEWS, "timeline") : null;
  const days = parts.get("days")?.split("..");
  if (days) {
    const [from, to] = [day(days[0]), day(days[1])];
    if (from && to) state.days = from <= to ? [from, to] : [to, from];
  }
  state.day = day(parts.get("day") ?? undefined);
  const question = parts.get("question");
  if (question !== null) {
    if (model.questions.some((one) => one.name === question)) state.question = question;
    else unknown.push(question);
  }
  state.query = parts.get("query");
  for (const [key, value] of parts)
    if (key.startsWith("set.")) state.parameters = { ...state.parameters, [key.slice(4)]: value };
  return { state, unknown };
}
