/**
 * What Python writes into the page: the graph in the form its views draw.
 * `src/daraa_kg/site/` makes it; `tests/site/` holds it against this file's twin, the JSON Schema
 * `explorer/model.schema.json`. Everything that has a number is counted by the graph's own queries.
 *
 * Ids are the short ones that the command line prints (`event/truce-of-25-august`, `kg:place/daraa`);
 * days are ISO (`2021-08-19`).
 */

export type Id = string;
export type Day = string;

/** Where two numbers are an interval of the article's text: code points, the end exclusive (RFC 5147). */
export interface Stretch {
  start: number;
  end: number;
}

export interface Block extends Stretch {
  kind: "title" | "heading" | "paragraph" | "item" | "line" | "field";
  /** Of a heading: 2 for `==`, 3 for `===` … */
  level?: number;
  /** Of a field of the infobox: its name. */
  name?: string;
}

/** A stretch of the text that states something. */
export interface Passage extends Stretch {
  iri: string;
  section: string;
  /** In whose voice: null is the article's own. */
  voice: string | null;
  /** Opens the live article at these words; null: the article has no address. */
  link: string | null;
  /** How a damaged stretch was read, or why it states nothing. */
  note?: string;
  /** The things that this passage states something of, the most telling first. */
  about: Id[];
}

/** Why a fact is in the graph. */
export type Why =
  | { passage: number }
  | { source: string; because?: string; link?: string }
  | { rule: string; summary: string };

export interface Fact {
  /** As in the vocabulary: `perpetrator`. */
  property: string;
  label: string;
  /** The thing, when the value is one that has a card. */
  id?: Id;
  /** The value in words; a thing's label. */
  text: string;
  /** As it stands in the graph, where that is other than `text`: `2021-08-19`. */
  written?: string;
  /** The value as a link out of the page, where it is one (http and https only). */
  link?: string;
  /** Words of the article, which stand in quotation marks. */
  verbatim?: boolean;
  /** Of a possible event: `planned`, `alleged` … */
  standing?: string;
  /** Added by a rule. */
  inferred?: boolean;
  /** Of a nested fact: missing where it is that of the fact it stands in. */
  why?: Why[];
  /** What is told of a nested thing (a figure, a term, a content). */
  facts?: Fact[];
}

/** Where another thing speaks of this one: "target in" an event, with the figure that counts it. */
export interface Mention {
  label: string;
  id: Id;
  text: string;
  when: string | null;
  figure: string | null;
  standing: string | null;
}

export type EntityKind = "event" | "possible" | "actor" | "place" | "side" | "figure";

/** One of the eight families that share a shape and a colour in every view. */
export type Family =
  | "fighting" // clash, attack, ambush, bombing, shelling, airstrike
  | "killing" // killing, capture of people, destruction
  | "control" // seizure, siege, flag raising, curfew, road block
  | "agreement" // agreement, ceasefire, reconciliation, promise
  | "talk" // negotiation, demand, threat, rejection, accusation, claim
  | "violation"
  | "movement" // deployment, withdrawal, evacuation, surrender, defection, handover
  | "civil"; // protest, hardship and all others

export interface Entity {
  id: Id;
  iri: string;
  type: EntityKind;
  /** The class in the vocabulary: `Bombing`; `kindLabel` in words. */
  kind: string;
  kindLabel: string;
  label: string;
  /** Of a possible event: `promised`, `planned and not done` …; null of everything else. */
  standing: string | null;
  aliases: string[];
  facts: Fact[];
  mentions: Mention[];
  /** Numbers of all passages that state something of it or name it. */
  passages: number[];
}

export interface Toll {
  figure: Id;
  outcome: string; // killed, wounded, …
  /** Whole persons (or `unit`); null: no number is given. */
  atLeast: number | null;
  atMost: number | null;
  unit: string | null;
  wording: string;
  /** Ids of sides that suffered it; empty: not stated. */
  sides: Id[];
  sufferer: string | null;
  civilian: boolean;
  claimedBy: string | null;
  passages: number[];
}

export interface Incident {
  id: Id;
  family: Family;
  kind: string;
  kindLabel: string;
  label: string;
  /** As stated (EDTF); null when only its order is known, or nothing. */
  when: string | null;
  /**
   * Bounds, and whether they are stated or follow from the order of events or from what is
   * part of what. Where that tells only by when it had begun, `last` is that day, and `dateText` says so.
   */
  first: Day | null;
  last: Day | null;
  bounds: "stated" | "inferred" | null;
  /** How exact: a day, an interval, a month, a year, around a day, open at an end. */
  precision: "day" | "interval" | "month" | "year" | "around" | "open" | "none";
  dateText: string;
  places: Id[];
  placesText: string[];
  /** Those that act in it or are party to it: a mark's colour. Who merely suffered is in `actors`. */
  sides: Id[];
  actors: { id: Id; role: string; side: Id | null }[];
  tolls: Toll[];
  passages: number[];
  /** By whose report alone it is known; empty: in the article's own voice. */
  reportedBy: string[];
  partOf: Id | null;
  /** Before the conflict's own period: background. */
  background: boolean;
}

/** An agreement as a span of time. */
export interface Span {
  event: Id;
  from: Day | null;
  /** The first and the last day on which it can have ended; null: not bounded. */
  to: Day | null;
  by: Day | null;
  /** What ended it, and when: "broken by … (between …)", "replaced by …"; null: the article does not say. */
  end: string | null;
  endedBy: Id[];
}

export interface Side {
  id: Id;
  label: string;
  /** 0 the first belligerent, 1 the second …: picks colour and shape. */
  index: number;
}

export interface Site {
  id: Id;
  label: string;
  kindLabel: string;
  /** Longitude, latitude in degrees (WGS 84); null: no coordinate known. */
  point: [number, number] | null;
  /** Of a route: its line. */
  line: [number, number][] | null;
  /** Metres, of the point; a vicinity has that of the place it is near, and more. */
  accuracy: number | null;
  vicinityOf: Id | null;
  source: string | null;
  /** Ids of events there. */
  events: Id[];
}

export interface Network {
  view: "everything" | "actors" | "units";
  nodes: {
    id: Id;
    label: string;
    type: EntityKind;
    kind: string;
    side: Id | null;
    /** Between 0 and 1, made by Python: the page runs no force layout. */
    x: number;
    y: number;
    weight: number;
    family?: Family;
  }[];
  edges: {
    source: Id;
    target: Id;
    /** A role or a relation: `perpetrator`, `besieged`, `has unit`, `on this side`. */
    relation: string;
    /** 1 friendly, -1 hostile, 0 neither. */
    sign: number;
    /** Whether it has no direction: both fought, both agreed. */
    mutual: boolean;
    events: Id[];
    passages: number[];
  }[];
  /** Of the order of battle: words above what hangs under no side. */
  captions?: { text: string; x: number; y: number }[];
}

export interface Question {
  name: string;
  summary: string;
  description: string;
  tags: string[];
  /** The query with its parameters' defaults in it; `parameters` tells where to put others. */
  text: string;
  /** Columns that list several values with "; " between them, to be sorted after it has run. */
  lists: string[];
  /** Words by which the values of these columns go before they go by their letters. */
  ranks: string[];
  parameters: {
    name: string;
    type: string;
    default: string;
    /** The SPARQL term of the default, as it stands in `VALUES ?name { … }` of the text. */
    term: string;
    summary: string;
  }[];
}

export interface Named {
  id: Id;
  label: string;
}

/** A number that opens its sentences. */
export interface Entry {
  text: string;
  number: number | null;
  /** How much of it counts: 0 where another figure covers it. */
  adds: number;
  /** How many figures cover it. */
  depth: number;
  /** What it counts: its event's label, or a dead person's name. */
  label: string;
  wording: string | null;
  event: Id | null;
  figure: Id | null;
  date: string;
  passages: number[];
  note: string | null;
}

export interface Balance {
  who: string;
  /** What the total is told of; null: outside of the main event. */
  of: string | null;
  /** `on no side`, `not part of …`; empty of the sides and of civilians. */
  group: string;
  side: Id | null;
  outcome: string;
  unit: string;
  /** What the figures of the whole give together. */
  total: { text: string; number: number | null } | null;
  /** The figures told of the whole itself. */
  totals: Entry[];
  explained: number;
  unexplained: number | null;
  excess: number;
  entries: Entry[];
  /** Figures with no number: at least, never added. */
  unnumbered: Entry[];
}

export interface Account {
  id: Id;
  label: string;
  stance: string;
  speakers: Named[];
  /** Who tells that they said so, where that is not the article itself. */
  toldBy: Named[];
  addressees: Named[];
  /** Whom they blame. */
  accused: Named[];
  /** Of what happening they speak. */
  about: Named[];
  says: Said[];
  words: string | null;
  date: string;
  passages: number[];
  contradicts: { id: Id; label: string; on: string }[];
}

/** One thing that is said. */
export interface Said {
  id: Id;
  label: string;
  words: string | null;
  /** What it is made to depend on, without its "if". */
  condition: string | null;
  /** Whether they say that it did not happen. */
  denied: boolean;
}

/** Two accounts that contradict each other, and on what. */
export interface Contradiction {
  /** `stated` (by the article), `editors` (by them alone), `figure` or `infobox` (found by a query). */
  ground: string;
  one: Version;
  other: Version;
  differences: { matter: string; one: string[]; other: string[] }[];
  because: string[];
}

export interface Version {
  id: Id;
  label: string;
  voice: string;
  words: string | null;
  passages: number[];
}

export interface Truce {
  id: Id;
  label: string;
  kindLabel: string | null;
  made: string;
  /** The days for which it was to hold, where they are told. */
  inForce: string | null;
  parties: Named[];
  /** False: one party is told, and not with whom it agreed. */
  withWhom: boolean;
  mediators: Named[];
  reporters: Named[];
  /** `words` are those of the text, where it has any for a term. */
  terms: { id: Id; label: string; words: string | null; fate: string | null; by: Named | null; passages: number[] }[];
  /** How it went, in the words of the text. */
  course: { text: string; passages: number[] }[];
  /** What came with it, such as weapons handed over. */
  parts: { id: Id; label: string; passages: number[] }[];
  held: string;
  brokenBy: Ending[];
  replacedBy: Ending[];
  /** Breaches that somebody alleges. */
  alleged: { id: Id; label: string; by: Named[]; passages: number[] }[];
  passages: number[];
}

/** What broke or replaced an agreement. */
export interface Ending {
  id: Id;
  label: string;
  date: string;
  passages: number[];
}

export interface Gap {
  /** `unnamed`, `undated` …; what that means in `kindLabel`. */
  kind: string;
  kindLabel: string;
  question: string;
  id: Id | null;
  passages: number[];
}

export interface Model {
  format: 1;
  title: string;
  subtitle: string;
  generator: string;
  base: string;
  /** Against which relative IRIs in a query are resolved. */
  articleBase: string;
  language: string;
  article: {
    title: string;
    url: string;
    revision: string | null;
    license: string;
    licenseLabel: string;
    attribution: string;
  };
  /** Attributions of the registers and of the map. */
  sources: { name: string; license: string; link: string | null; attribution: string }[];
  downloads: { file: string; label: string; bytes: number }[];
  counts: Record<string, number>;
  /** The days the offensive itself lasted, when known. */
  period: { from: Day; to: Day } | null;
  text: string;
  blocks: Block[];
  passages: Passage[];
  entities: Record<Id, Entity>;
  incidents: Incident[];
  sides: Side[];
  spans: Span[];
  sites: Site[];
  networks: Network[];
  questions: Question[];
  prefixes: Record<string, string>;
  balances: Balance[];
  accounts: Account[];
  contradictions: Contradiction[];
  truces: Truce[];
  gaps: Gap[];
  /** Boundaries as TopoJSON, simplified, with their attribution; null where none is bundled. */
  boundaries: { topology: unknown; object: string; attribution: string; label: string }[];
}
