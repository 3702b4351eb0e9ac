/** Small pieces that cards, tables and the article share: names that open cards, numbers that open sentences. */

import { h, outward } from "./dom";
import type { Id, Incident, Model } from "./model";
import type { Context, Index } from "./view";

/**
 * A button that stands in a sentence like a word.
 *
 * No `<button>`: that is a box, which long words would fill to its edge, so that what follows them would
 * fall to a line of its own; and a line may break before a box, whatever stands there.
 */
function wordButton(attributes: Record<string, string | number>, words: string, open: () => void): HTMLElement {
  const onkeydown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    open();
  };
  return h("span", { role: "button", tabindex: 0, ...attributes, onclick: open, onkeydown }, words);
}

/** A thing's name as a button that opens its card; plain text where it has none. */
export function thing(context: Context, id: Id | undefined, text?: string): HTMLElement {
  const words = text ?? (id ? context.index.label(id) : "");
  if (!id || !context.index.entity(id)) return h("span", {}, words);
  return wordButton({ class: "thing", "data-thing": id }, words, () => context.store.set({ selected: id, passage: null }));
}

/** A date that breaks between its parts alone: "between 29 July | and 26 August 2021". */
export function dateParts(words: string): HTMLElement {
  const parts = words.split(/(?<=,) | (?=(?:and|to|or) )/);
  return h("span", {}, ...parts.flatMap((part, i) => [i ? " " : "", h("span", { class: "unbroken" }, part)]));
}

/** The words of a passage, as published. */
export function passageText(context: Context, number: number): string {
  const passage = context.index.passage(number);
  return passage ? stretch(context, passage.start, passage.end) : "";
}

let codePoints: string[] = [];
let codePointsOf: string | null = null;

/** A stretch of the article's text; offsets count code points, as Python does. */
export function stretch(context: Context, start: number, end: number): string {
  const { text } = context.index.model;
  if (codePointsOf !== text) {
    codePoints = [...text];
    codePointsOf = text;
  }
  return codePoints.slice(start, end).join("");
}

/** Keeps what follows on the line of what comes before (Unicode's word joiner). */
const JOINER = "\u2060";

/** Numbers that open the sentences, in the order of the article; the first stays with the word before it. */
export function footnotes(context: Context, passages: readonly number[]): HTMLElement | null {
  const numbers = [...new Set(passages)].sort((a, b) => a - b);
  if (!numbers.length) return null;
  return h(
    "span",
    { class: "footnotes" },
    JOINER,
    ...numbers.flatMap((number, i) => [
      i ? " " : null,
      wordButton(
        {
          class: "footnote",
          "data-passage": number,
          title: passageText(context, number),
          "aria-label": `Sentence ${number + 1}: ${passageText(context, number)}`,
        },
        String(number + 1),
        () => context.store.set({ passage: number }),
      ),
    ]),
  );
}

/** A file that the reader saves, made in the page. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: url, download: name });
  link.click();
  // The browser reads the blob after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Pixels of a view's height that the card does not cover: on a phone it lies over the view. */
export function freeHeight(body: HTMLElement): number {
  const frame = body.getBoundingClientRect();
  const card = document.querySelector(".card-pane:not([hidden])")?.getBoundingClientRect();
  if (!card || card.left >= frame.right || card.right <= frame.left || card.top >= frame.bottom) return frame.height;
  return Math.max(60, card.top - frame.top);
}

type Toll = Incident["tolls"][number];

/** "6", "at least 3", "3 to 5 families"; "some" where no number is given. */
export function tollNumber(toll: Toll): string {
  const unit = toll.unit && toll.unit !== "persons" ? ` ${toll.unit}` : "";
  const said = (number: number): string => number.toLocaleString("en-GB");
  if (toll.atLeast === null) return toll.atMost === null ? `some${unit}` : `at most ${said(toll.atMost)}${unit}`;
  if (toll.atMost === null) return `at least ${said(toll.atLeast)}${unit}`;
  if (toll.atLeast === toll.atMost) return `${said(toll.atLeast)}${unit}`;
  return `${said(toll.atLeast)} to ${said(toll.atMost)}${unit}`;
}

/** Who suffered it; where nobody is named, on which side, or that they were civilians. */
export function sufferers(index: Index, toll: Toll): string {
  return toll.sufferer ?? (toll.sides.map((side) => index.label(side)).join(", ") || (toll.civilian ? "civilians" : ""));
}

/** An article's attribution, the licence in it as a link; where it does not name its licence, that comes after it. */
export function attributed(article: Model["article"]): (Node | string)[] {
  const { attribution: text, licenseLabel: name, license: address } = article;
  const link = outward(address, /^https?:/.test(name) ? "Licence" : name);
  const at = name ? text.lastIndexOf(name) : -1;
  if (at >= 0) return [text.slice(0, at), link, text.slice(at + name.length)];
  return name ? [text, ". ", link] : [text];
}
