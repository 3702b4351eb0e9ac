/** The signs of the network: what its marks and lines look like, and the legend that says so. */

import { h, s } from "../dom";
import { markAttributes } from "../interaction";
import { familyColour, familyPath, sideColour, sideIcon, sidePath } from "../marks";
import type { Network } from "../model";
import type { Index } from "../view";
import { head, type Kind } from "./networkties";

type Node = Network["nodes"][number];
/** A place, a figure, an event only spoken of; events and actors have the shapes of family and side. */
const PLACE = "M0,-7C3.6,-7 6,-4.6 6,-1.6C6,2 0,7 0,7C0,7 -6,2 -6,-1.6C-6,-4.6 -3.6,-7 0,-7Z";
const FIGURE = "M-4,-4H4V4H-4Z";
const POSSIBLE = "M0,-6.5L6.5,0L0,6.5L-6.5,0ZM0,-3.6L-3.6,0L0,3.6L3.6,0Z";

/** What the legend of a view says, sign by sign. */
export function signs(index: Index, view: Network["view"]): HTMLElement[] {
  const { sides } = index.model;
  const entry = (sign: SVGSVGElement | null, text: string): HTMLElement => h("span", { class: "network-sign" }, sign, text);
  const words = {
    everything: [],
    actors: [
      entry(lineSign("hostile"), "violence, threats"),
      entry(lineSign("friendly"), "talked, agreed, belongs"),
      entry(null, "Arrows lead from who did it; without one it was mutual."),
    ],
    units: [entry(lineSign("unit"), "has this unit"), entry(lineSign("side"), "on this side, not part of it")],
  }[view];
  // The order of battle has each side by its name.
  if (view === "units") return words;
  return [...sides.map((side) => entry(sideIcon(index, side.id, 12), side.label)), ...(sides.length ? [entry(sideIcon(index, null, 12), "no side")] : []), ...words];
}

/** How a tie of the signed network is drawn. */
function lineSign(kind: Kind): SVGSVGElement {
  const tip = kind === "side" || kind === "friendly" ? "" : head([25, 5], [1, 0]);
  return s("svg", { width: 28, height: 10, "aria-hidden": "true" }, s("g", { class: kind }, s("line", { class: "network-edge", x1: 2, x2: tip ? 17 : 24, y1: 5, y2: 5 }), s("path", { class: "network-head", d: tip })));
}

/** A node's mark: events by family, actors by side, the rest by what they are. */
export function symbol(index: Index, node: Node, scale: number): SVGElement {
  const [path, colour] =
    node.type === "event" && node.family
      ? [familyPath(node.family), familyColour(node.family)]
      : node.type === "actor" || node.type === "side"
        ? [sidePath(index, node.side), sideColour(index, node.side)]
        : node.type === "place"
          ? [PLACE, "var(--ink-soft)"]
          : node.type === "possible"
            ? [POSSIBLE, "var(--talk)"]
            : [FIGURE, "var(--line-strong)"];
  return s(
    "g",
    { class: "network-node", "data-scale": scale.toFixed(2), ...markAttributes(index, node.id) },
    s("circle", { class: "network-halo", r: 11 }),
    s("path", { d: path, "fill-rule": "evenodd", fill: colour }),
  );
}
