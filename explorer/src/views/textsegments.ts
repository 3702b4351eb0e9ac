/** The text cut where evidence begins and ends; passages may overlap and lie in one another. */

import type { Passage, Stretch } from "../model";

export interface Segment extends Stretch {
  /** Passages that cover it, the shortest first: that one is meant by a click. */
  passages: number[];
}

/** Segments of a block, in order, without gaps. */
export function segments(block: Stretch, passages: readonly Passage[]): Segment[] {
  const here = passages
    .map((passage, number) => ({ number, start: Math.max(passage.start, block.start), end: Math.min(passage.end, block.end), length: passage.end - passage.start }))
    .filter((one) => one.start < one.end);
  const cuts = [...new Set([block.start, block.end, ...here.flatMap((one) => [one.start, one.end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1] ?? block.end;
    const covering = here.filter((one) => one.start <= start && one.end >= end).sort((a, b) => a.length - b.length || a.number - b.number);
    return { start, end, passages: covering.map((one) => one.number) };
  });
}

/** "Combatant 2" for the parameter `combatant2`, as its template is written. */
export function fieldName(name: string): string {
  if (/^partof$/i.test(name)) return "Part of";
  const words = name.replace(/[_-]+/g, " ").replace(/(\p{L})(\d)/u, "$1 $2").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
