/** A small graph for unit tests: three events, two sides, two places. Nothing in it is the article's. */

import type { Entity, Incident, Model, Passage } from "../src/model";

const TEXT = "On 3 May, the army shelled Óldbridge. The mayor protested. Nobody knows when talks began.";

function entity(id: string, type: Entity["type"], label: string, passages: number[]): Entity {
  return { id, iri: `https://example.org/${id}`, type, kind: "Thing", kindLabel: type, label, standing: null, aliases: [], facts: [], mentions: [], passages };
}

function passage(start: number, end: number, about: string[], voice: string | null = null): Passage {
  return { iri: `https://example.org/text#char=${start},${end}`, start, end, section: "lead", voice, link: null, about };
}

const event: Incident = {
  id: "event/shelling",
  family: "fighting",
  kind: "Shelling",
  kindLabel: "shelling",
  label: "Shelling of Óldbridge",
  when: "2030-05-03",
  first: "2030-05-03",
  last: "2030-05-03",
  bounds: "stated",
  precision: "day",
  dateText: "3 May 2030",
  places: ["place/oldbridge"],
  placesText: ["Óldbridge"],
  sides: ["side/one"],
  actors: [{ id: "group/army", role: "perpetrator", side: "side/one" }],
  tolls: [],
  passages: [0],
  reportedBy: [],
  partOf: null,
  background: false,
};

export const fixture: Model = {
  format: 1,
  title: "Shelling of Óldbridge",
  subtitle: "May 2030",
  generator: "daraa-kg",
  base: "https://example.org/",
  articleBase: "https://example.org/",
  language: "en",
  article: { title: "Shelling", url: "https://example.org/wiki", revision: null, license: "https://example.org/l", licenseLabel: "CC", attribution: "Nobody" },
  sources: [],
  downloads: [],
  counts: {},
  period: { from: "2030-05-01", to: "2030-05-10" },
  text: TEXT,
  blocks: [{ kind: "paragraph", start: 0, end: TEXT.length }],
  passages: [passage(0, 37, ["event/shelling"]), passage(38, 58, ["event/protest"], "reported by a paper"), passage(59, TEXT.length, ["event/talks"])],
  entities: Object.fromEntries(
    [
      entity("event/shelling", "event", "Shelling of Óldbridge", [0]),
      entity("event/protest", "event", "Protest of the mayor", [1]),
      entity("event/talks", "event", "Talks", [2]),
      entity("group/army", "actor", "the army", [0]),
      entity("person/mayor", "actor", "Mayor", [1]),
      entity("place/oldbridge", "place", "Óldbridge", [0]),
      entity("side/one", "side", "One side", []),
      entity("side/other", "side", "The other side", []),
    ].map((one) => [one.id, one]),
  ),
  incidents: [
    event,
    { ...event, id: "event/protest", family: "civil", kind: "Protest", kindLabel: "protest", label: "Protest of the mayor", when: null, first: "2030-05-03", last: "2030-05-10", bounds: "inferred", precision: "interval", dateText: "3 to 10 May 2030", places: [], placesText: [], sides: ["side/other"], actors: [{ id: "person/mayor", role: "agent", side: "side/other" }], passages: [1], reportedBy: ["a paper"] },
    { ...event, id: "event/talks", family: "talk", kind: "Negotiation", kindLabel: "negotiation", label: "Talks", when: null, first: null, last: null, bounds: null, precision: "none", dateText: "no date", places: [], placesText: [], sides: ["side/one", "side/other"], actors: [], passages: [2] },
  ],
  sides: [
    { id: "side/one", label: "One side", index: 0 },
    { id: "side/other", label: "The other side", index: 1 },
  ],
  spans: [],
  sites: [{ id: "place/oldbridge", label: "Óldbridge", kindLabel: "town", point: [36, 32], line: null, accuracy: 500, vicinityOf: null, source: null, events: ["event/shelling"] }],
  networks: [],
  questions: [
    {
      name: "between",
      summary: "Between",
      description: "",
      tags: [],
      text: 'SELECT ?e { VALUES ?first { "2030-05-01"^^<http://www.w3.org/2001/XMLSchema#date> } ?e ?p ?first }',
      lists: [],
      ranks: [],
      parameters: [{ name: "first", type: "date", default: "2030-05-01", term: '"2030-05-01"^^<http://www.w3.org/2001/XMLSchema#date>', summary: "the first day" }],
    },
  ],
  prefixes: { dkg: "https://w3id.org/daraa-kg/ontology#", rdfs: "http://www.w3.org/2000/01/rdf-schema#" },
  balances: [],
  accounts: [],
  contradictions: [],
  truces: [],
  gaps: [],
  boundaries: [],
};
