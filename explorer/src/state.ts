/**
 * What the reader has chosen, as one plain value, and the store that tells the views of changes.
 * All of it is in the URL's hash (`hash.ts`), so a link reproduces the view.
 */

import type { Day, Family, Id } from "./model";

export type ViewName = "timeline" | "map" | "network" | "article" | "sparql" | "analysis";

export interface State {
  /** The thing whose card is open. */
  selected: Id | null;
  /** A passage that was chosen in the article, by its number. */
  passage: number | null;
  /** Only a mark: never in the hash. */
  hovered: Id | null;
  search: string;
  families: Family[];
  /** Classes of the vocabulary. */
  kinds: string[];
  sides: Id[];
  actor: Id | null;
  place: Id | null;
  voice: "all" | "article" | "reported";
  /** Inclusive days. */
  days: [Day, Day] | null;
  /** The day that the play button stands at; null: it is not used. */
  day: Day | null;
  playing: boolean;
  /** Which view a phone shows, or fills the desk. null: all of them. */
  focus: ViewName | null;
  rows: "kinds" | "sides";
  network: "everything" | "actors" | "units";
  /** What stands in the middle of the map (degrees north and east) and how near (as of web maps: 0 shows the world); null: the first look. */
  map: [number, number, number] | null;
  /** What stands in the middle of the network (shares of its width and height) and how near; null: the whole. */
  networkAt: [number, number, number] | null;
  analysis: "ledger" | "accounts" | "truces" | "gaps";
  /** A question of the catalogue, or the reader's own text. */
  question: string | null;
  query: string | null;
  parameters: Record<string, string>;
  theme: "auto" | "light" | "dark";
}

export const initial: State = {
  selected: null,
  passage: null,
  hovered: null,
  search: "",
  families: [],
  kinds: [],
  sides: [],
  actor: null,
  place: null,
  voice: "all",
  days: null,
  day: null,
  playing: false,
  focus: null,
  rows: "kinds",
  network: "everything",
  map: null,
  networkAt: null,
  analysis: "ledger",
  question: null,
  query: null,
  parameters: {},
  theme: "auto",
};

export type Listener = (state: State, before: State) => void;

export class Store {
  #state: State;
  #listeners = new Set<Listener>();

  constructor(state: State = initial) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  /** Change some of the state; views hear of it once, and only when something differs. */
  set(change: Partial<State>): void {
    const before = this.#state;
    const changed = (Object.keys(change) as (keyof State)[]).some(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(change[key]),
    );
    if (!changed) return;
    this.#state = { ...before, ...change };
    for (const listener of this.#listeners) listener(this.#state, before);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
