/** Ties as they are drawn: one line for all of one kind between two, with who did it to whom at its ends. */

import type { Id, Network } from "../model";

export type Edge = Network["edges"][number];
export type Kind = "hostile" | "friendly" | "neither" | "unit" | "side";
type Point = readonly [number, number];

export interface Tie {
  ends: readonly [Id, Id];
  kind: Kind;
  /** What the first did to the second, the second to the first, and what has no direction. */
  there: Edge[];
  back: Edge[];
  both: Edge[];
  /** Lines between the same two lie beside each other: how far, in lines. */
  aside: number;
}

/** Of everything, a role says who has it: only between actors and in the order of battle is there a direction. */
export function tiesOf(edges: readonly Edge[], view: Network["view"]): Tie[] {
  const found = new Map<string, Tie>();
  const pairs = new Map<string, Tie[]>();
  for (const edge of edges) {
    const { source, target } = edge;
    const kind = kindOf(edge, view);
    const ends = source < target ? ([source, target] as const) : ([target, source] as const);
    const pair = ends.join(" ");
    let tie = found.get(`${kind} ${pair}`);
    if (!tie) {
      tie = { ends, kind, there: [], back: [], both: [], aside: 0 };
      found.set(`${kind} ${pair}`, tie);
      pairs.set(pair, [...(pairs.get(pair) ?? []), tie]);
    }
    (view === "everything" || edge.mutual ? tie.both : source === ends[0] ? tie.there : tie.back).push(edge);
  }
  for (const beside of pairs.values()) beside.forEach((tie, i) => (tie.aside = i - (beside.length - 1) / 2));
  return [...found.values()];
}

function kindOf(edge: Edge, view: Network["view"]): Kind {
  if (view === "units") return edge.relation === "on this side" ? "side" : "unit";
  return edge.sign < 0 ? "hostile" : edge.sign > 0 ? "friendly" : "neither";
}

/** The tie with only some of its edges; null when none is left. */
export function part(tie: Tie, keep: (edge: Edge) => boolean): Tie | null {
  const [there, back, both] = [tie.there.filter(keep), tie.back.filter(keep), tie.both.filter(keep)];
  return there.length || back.length || both.length ? { ...tie, there, back, both } : null;
}

export function edgesOf(tie: Tie): Edge[] {
  return [...tie.there, ...tie.back, ...tie.both];
}

/** Units that stand on a side on which nothing stands that they are a unit of. */
export function apart(nodes: Network["nodes"], ties: readonly Tie[]): Set<Id> {
  const sides = new Map(nodes.map((node) => [node.id, node.side]));
  const bodies = new Map<Id, Id[]>();
  for (const { source, target } of ties.filter((tie) => tie.kind === "unit").flatMap(edgesOf)) bodies.set(target, [...(bodies.get(target) ?? []), source]);
  return new Set(nodes.filter(({ id, side }) => side && bodies.get(id)?.every((body) => sides.get(body) !== side)).map((node) => node.id));
}

function names(edges: readonly Edge[]): string {
  return [...new Set(edges.map((edge) => edge.relation))].join(", ");
}

/** "Rebels – captured → Army; Army – attacked → Rebels; Army – fought – Rebels". */
export function sentence(tie: Tie, label: (id: Id) => string): string {
  const [a, b] = tie.ends;
  const said = (from: Id, edges: readonly Edge[], sign: string, to: Id): string[] =>
    edges.length ? [`${label(from)} – ${names(edges)} ${sign} ${label(to)}`] : [];
  // Of what has no direction the graph names one first, and so do we.
  const [first, second] = [tie.both[0]?.source ?? a, tie.both[0]?.target ?? b];
  return [...said(a, tie.there, "→", b), ...said(b, tie.back, "→", a), ...said(first, tie.both, "–", second)].join("; ");
}

/** The words of a tie, and how far along it they stand: what was done to somebody nearer to its arrowhead. */
export function words(tie: Tie): { text: string; share: number }[] {
  const sole = [tie.there, tie.back, tie.both].filter((edges) => edges.length).length === 1;
  return [
    { text: names(tie.there), share: sole ? 0.55 : 0.7 },
    { text: names(tie.both), share: 0.5 },
    { text: names(tie.back), share: sole ? 0.45 : 0.3 },
  ].filter(({ text }) => text);
}

/** Pixels: an arrowhead's length and half its width; between two lines of the same two. */
const HEAD = { length: 8, half: 3.6 };
const BESIDE = 7;

/** A triangle with its tip at a point; the direction is one of length 1. */
export function head([x, y]: Point, [dx, dy]: Point): string {
  const [bx, by] = [x - HEAD.length * dx, y - HEAD.length * dy];
  const at = (px: number, py: number): string => `${px.toFixed(1)},${py.toFixed(1)}`;
  return `M${at(x, y)}L${at(bx - HEAD.half * dy, by + HEAD.half * dx)}L${at(bx + HEAD.half * dy, by - HEAD.half * dx)}Z`;
}

export interface Course {
  line: string;
  /** Arrowheads, as one path, empty without any; and their middles. */
  heads: string;
  tips: [number, number][];
  /** The point that lies so far along it. */
  at(share: number): [number, number];
}

/** How a tie runs between two marks of these radii; of the order of battle down and then to the right. */
export function course(tie: Tie, from: Point, to: Point, radii: Point): Course {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const far = Math.hypot(dx, dy) || 1;
  const along: Point = [dx / far, dy / far];
  const back: Point = [-along[0], -along[1]];
  const [up, down, radius] = tie.there.length ? [from, to, radii[1]] : [to, from, radii[0]];
  if ((tie.kind === "unit" || tie.kind === "side") && up[0] < down[0] && up[1] < down[1]) {
    const tip = down[0] - radius;
    const pointed = tie.kind === "unit" && tip - up[0] > HEAD.length;
    return {
      line: `M${up[0].toFixed(1)},${up[1].toFixed(1)}V${down[1].toFixed(1)}H${(tip - (pointed ? HEAD.length : 0)).toFixed(1)}`,
      heads: pointed ? head([tip, down[1]], [1, 0]) : "",
      tips: [],
      at: (share) => [up[0], up[1] + share * (down[1] - up[1])],
    };
  }
  const shift: Point = [-along[1] * BESIDE * tie.aside, along[0] * BESIDE * tie.aside];
  const point = (gap: number): [number, number] => [from[0] + shift[0] + gap * along[0], from[1] + shift[1] + gap * along[1]];
  // Where marks nearly touch there is no room for a head.
  const room = far > radii[0] + radii[1] + HEAD.length;
  const heads = tie.kind !== "side" && room;
  const [first, last] = [heads && tie.back.length ? radii[0] : 0, far - (heads && tie.there.length ? radii[1] : 0)];
  const [start, end] = [point(first && first + HEAD.length), point(last < far ? last - HEAD.length : last)];
  return {
    line: `M${start[0].toFixed(1)},${start[1].toFixed(1)}L${end[0].toFixed(1)},${end[1].toFixed(1)}`,
    heads: `${last < far ? head(point(last), along) : ""}${first ? head(point(first), back) : ""}`,
    tips: [...(last < far ? [point(last - HEAD.length / 2)] : []), ...(first ? [point(first + HEAD.length / 2)] : [])],
    at: (share) => point(share * far),
  };
}
