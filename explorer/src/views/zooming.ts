/** Zooming and moving by buttons and by keys: alike for the map and for the network. */

import { select } from "d3-selection";
import { zoomIdentity, zoomTransform, type ZoomBehavior } from "d3-zoom";

import { h } from "../dom";

/** Pixels that one press of an arrow moves. */
const STEP = 60;

/**
 * Three buttons; and wherever in the view the focus is, + and − zoom, 0 goes back, Shift and an arrow
 * move (an arrow alone goes from mark to mark).
 */
export function zoomControls(
  body: HTMLElement,
  svg: SVGSVGElement,
  zooming: ZoomBehavior<SVGSVGElement, unknown>,
  factor: number,
  whole: string,
): HTMLElement {
  const picture = select<SVGSVGElement, unknown>(svg);
  const nearer = (): void => void picture.call(zooming.scaleBy, factor);
  const farther = (): void => void picture.call(zooming.scaleBy, 1 / factor);
  const back = (): void => void picture.call(zooming.transform, zoomIdentity);
  const moved = (x: number, y: number) => (): void => {
    const { k } = zoomTransform(svg);
    picture.call(zooming.translateBy, x / k, y / k);
  };
  const keys: Record<string, () => void> = {
    "+": nearer,
    "=": nearer,
    "-": farther,
    "0": back,
    "Shift ArrowLeft": moved(STEP, 0),
    "Shift ArrowRight": moved(-STEP, 0),
    "Shift ArrowUp": moved(0, STEP),
    "Shift ArrowDown": moved(0, -STEP),
  };
  // Before the marks hear of it, which an arrow takes to the next one.
  body.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = keys[event.key.startsWith("Arrow") && event.shiftKey ? `Shift ${event.key}` : event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    true,
  );
  const button = (label: string, key: string, text: string, act: () => void): HTMLElement =>
    h("button", { class: "button", type: "button", "aria-label": label, "aria-keyshortcuts": key, title: `${label} (${text === "⌂" ? key : text})`, onclick: act }, text);
  return h(
    "div",
    { class: "map-controls" },
    button("Zoom in", "+", "+", nearer),
    button("Zoom out", "-", "−", farther),
    button(whole, "0", "⌂", back),
  );
}
