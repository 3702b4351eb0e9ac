/** What each view is given, and what it has to be. */

import type { Entity, Id, Incident, Model, Passage, Side, Site, Span } from "./model";
import type { State, Store } from "./state";

/** The model with what every view looks up in it, made once by `index.ts`. */
export interface Index {
  model: Model;
  incident: Map<Id, Incident>;
  site: Map<Id, Site>;
  side: Map<Id, Side>;
  /** Agreements by their event: how long they held. */
  span: Map<Id, Span>;
  /** Incidents by an actor, a place, a side, a passage's number. */
  byActor: Map<Id, Id[]>;
  byPlace: Map<Id, Id[]>;
  byPassage: Map<number, Id[]>;
  entity(id: Id): Entity | undefined;
  label(id: Id): string;
  passage(number: number): Passage | undefined;
}

/** What follows from the state for all views alike, computed once a change (`facets.ts`). */
export interface Scene {
  /** Incidents that the filters leave. */
  shown: Set<Id>;
  /** Things that go with the selection: itself, its actors, places, events. Empty: nothing selected. */
  lit: Set<Id>;
  /** Passages of the selection, by number. */
  passages: Set<number>;
  /** Incidents of the day that the play button stands at; null: it is not used. */
  current: Set<Id> | null;
  /** Whether the filters leave a thing: an incident itself, anything else by its incidents or its name. */
  present(id: Id): boolean;
}

export interface Context {
  index: Index;
  store: Store;
  scene(): Scene;
}

/** A view draws itself into its section; it is never told to draw while its section is hidden. */
export interface View {
  /** Draw everything anew: first sight, new size, new theme. */
  draw(): void;
  /** The state changed: move marks, do not rebuild. */
  update(state: State, before: State): void;
}

export type ViewFactory = (section: HTMLElement, context: Context) => View;
