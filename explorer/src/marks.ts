/** One shape and one colour for each family of events and each side, the same in every view. */

import { s } from "./dom";
import type { Family, Id } from "./model";
import type { Index } from "./view";

export const FAMILIES: readonly Family[] = [
  "fighting",
  "killing",
  "control",
  "agreement",
  "talk",
  "violation",
  "movement",
  "civil",
];

const NAMES: Record<Family, string> = {
  fighting: "Fighting",
  killing: "Killing and capture",
  control: "Control of places",
  agreement: "Agreements",
  talk: "Talks and words",
  violation: "Violations",
  movement: "Movements",
  civil: "Civil life",
};

export function familyName(family: Family): string {
  return NAMES[family];
}

/** Paths in a box from -8 to 8. Talk is hollow; its hole is cut by the even-odd rule. */
const SHAPES: Record<Family, string> = {
  fighting: "M0,-7L7,6L-7,6Z",
  killing: "M-6,-3.6L-3.6,-6L0,-2.4L3.6,-6L6,-3.6L2.4,0L6,3.6L3.6,6L0,2.4L-3.6,6L-6,3.6L-2.4,0Z",
  control: "M-5.6,-5.6H5.6V5.6H-5.6Z",
  agreement: "M6.4,0A6.4,6.4 0 1 1 -6.4,0A6.4,6.4 0 1 1 6.4,0Z",
  talk: "M6.6,0A6.6,6.6 0 1 1 -6.6,0A6.6,6.6 0 1 1 6.6,0ZM3.6,0A3.6,3.6 0 1 0 -3.6,0A3.6,3.6 0 1 0 3.6,0Z",
  violation: "M0,-7.4L7.4,0L0,7.4L-7.4,0ZM-1.2,-4.4V1.2H1.2V-4.4ZM-1.2,2.6V4.8H1.2V2.6Z",
  movement: "M-6.5,-5.5L-1,-5.5L7,0L-1,5.5L-6.5,5.5L-1.5,0Z",
  civil: "M0,7L7,-6L-7,-6Z",
};

export function familyPath(family: Family): string {
  return SHAPES[family];
}

export function familyColour(family: Family): string {
  return `var(--${family})`;
}

/** The mark of a family as an icon of its own, hidden from screen readers: words stand beside it. */
export function familyIcon(family: Family, size = 14): SVGSVGElement {
  return s(
    "svg",
    { class: "mark", width: size, height: size, viewBox: "-8 -8 16 16", "aria-hidden": "true" },
    s("path", { d: SHAPES[family], "fill-rule": "evenodd", fill: familyColour(family) }),
  );
}

/** Circle, square, diamond, hexagon: the first, second, third side and all after; a bar for none. */
const SIDE_SHAPES = [
  "M6.6,0A6.6,6.6 0 1 1 -6.6,0A6.6,6.6 0 1 1 6.6,0Z",
  "M-5.8,-5.8H5.8V5.8H-5.8Z",
  "M0,-7.4L7.4,0L0,7.4L-7.4,0Z",
  "M6.8,0L3.4,5.9L-3.4,5.9L-6.8,0L-3.4,-5.9L3.4,-5.9Z",
] as const;
const NO_SIDE =
  "M6.6,0A6.6,6.6 0 1 1 -6.6,0A6.6,6.6 0 1 1 6.6,0ZM4.6,0A4.6,4.6 0 1 0 -4.6,0A4.6,4.6 0 1 0 4.6,0Z";

function place(index: Index, side: Id | null): number | null {
  return side === null ? null : (index.side.get(side)?.index ?? null);
}

export function sidePath(index: Index, side: Id | null): string {
  const at = place(index, side);
  return at === null ? NO_SIDE : (SIDE_SHAPES[Math.min(at, 3)] ?? NO_SIDE);
}

export function sideColour(index: Index, side: Id | null): string {
  const at = place(index, side);
  return at === null ? "var(--side-none)" : `var(--side-${Math.min(at, 2)})`;
}

export function sideIcon(index: Index, side: Id | null, size = 14): SVGSVGElement {
  return s(
    "svg",
    { class: "mark", width: size, height: size, viewBox: "-8 -8 16 16", "aria-hidden": "true" },
    s("path", { d: sidePath(index, side), "fill-rule": "evenodd", fill: sideColour(index, side) }),
  );
}
