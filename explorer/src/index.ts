/** What every view looks up in the model, made once. */

import type { Entity, Id, Incident, Model, Passage } from "./model";
import type { Index } from "./view";

function push<K>(map: Map<K, Id[]>, key: K, id: Id): void {
  const ids = map.get(key);
  if (!ids) map.set(key, [id]);
  else if (ids.at(-1) !== id) ids.push(id);
}

export function makeIndex(model: Model): Index {
  const incident = new Map<Id, Incident>(model.incidents.map((one) => [one.id, one]));
  const site = new Map(model.sites.map((one) => [one.id, one]));
  const side = new Map(model.sides.map((one) => [one.id, one]));
  const span = new Map(model.spans.map((one) => [one.event, one]));
  const byActor = new Map<Id, Id[]>();
  const byPlace = new Map<Id, Id[]>();
  const byPassage = new Map<number, Id[]>();
  for (const one of model.incidents) {
    for (const actor of one.actors) push(byActor, actor.id, one.id);
    for (const place of one.places) push(byPlace, place, one.id);
    for (const passage of one.passages) push(byPassage, passage, one.id);
  }
  const entities = model.entities;
  const entity = (id: Id): Entity | undefined =>
    Object.hasOwn(entities, id) ? entities[id] : undefined;
  return {
    model,
    incident,
    site,
    side,
    span,
    byActor,
    byPlace,
    byPassage,
    entity,
    label: (id: Id): string => entity(id)?.label ?? incident.get(id)?.label ?? id,
    passage: (number: number): Passage | undefined => model.passages[number],
  };
}
