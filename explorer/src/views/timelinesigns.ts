/** What the signs of the timeline say, in a list that opens beside its controls. */

import { h, s } from "../dom";
import { popover } from "../popover";

const SOLID = "M0,-7L7,6L-7,6Z";

function sign(...parts: SVGElement[]): SVGSVGElement {
  return s("svg", { width: 46, height: 20, viewBox: "-10 -10 46 20", "aria-hidden": "true" }, ...parts);
}

function symbol(group: string): SVGElement {
  return s("g", { class: group }, s("path", { class: "timeline-symbol", d: SOLID, fill: "var(--ink-soft)", stroke: "var(--ink-soft)" }));
}

function line(kind: string, from = 0, to = 32): SVGElement {
  return s("line", { class: `timeline-span ${kind}`, x1: from, x2: to, y1: 0, y2: 0, stroke: "var(--ink-soft)" });
}

const ROWS: readonly [() => SVGSVGElement, string][] = [
  [() => sign(symbol("")), "on a day that is stated"],
  [() => sign(symbol("inferred")), "its days follow from the order of events or from what is part of what, or only its month is stated"],
  [() => sign(line("around", -10, 16), symbol("")), "around that day"],
  [() => sign(line("interval"), symbol("")), "from one day to another"],
  [() => sign(line("open"), symbol("")), "from that day on, or until it: the other end is not stated"],
  [() => sign(line("vague"), symbol("inferred")), "at some time in these days"],
  [() => sign(line("agreed", 0, 17), line("agreed unsure", 17, 32), s("path", { class: "timeline-broken", d: "M28,-4l8,8m0,-8l-8,8", stroke: "var(--ink-soft)" }), symbol("")), "an agreement, until it was broken or replaced; dotted in the days on which it can have been"],
  [() => sign(line("agreed endless"), symbol("")), "an agreement whose end is not told"],
  [() => sign(symbol(""), s("path", { class: "timeline-reported", d: "M-8,9h16" })), "known only as somebody reports it"],
];

export function signs(): HTMLElement {
  return popover(
    "Signs",
    null,
    h("ul", { class: "timeline-signs" }, ...ROWS.map(([make, words]) => h("li", {}, make(), h("span", {}, words)))),
  ).root;
}
