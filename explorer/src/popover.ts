/** A list that opens below its button, and closes by Esc or a click elsewhere. */

import { h } from "./dom";

export interface Popover {
  root: HTMLDetailsElement;
  summary: HTMLElement;
  body: HTMLElement;
}

/** `fill` puts the list together when it is opened: nobody waits for what nobody sees. */
export function popover(label: string, fill: (() => void) | null, ...content: (Node | string)[]): Popover {
  const summary = h("summary", { class: "button" }, label);
  const body = h("div", { class: "popover-body" }, ...content);
  const root = h("details", { class: "popover" }, summary, body);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.open) return;
    event.stopPropagation();
    root.open = false;
    summary.focus();
  });
  // The list is fixed to the window, so that no panel cuts it off.
  root.addEventListener("toggle", () => {
    if (!root.open) return;
    fill?.();
    const box = summary.getBoundingClientRect();
    const below = innerHeight - box.bottom - 12;
    body.style.maxHeight = `${Math.max(120, Math.min(360, below))}px`;
    body.style.top = `${box.bottom + 4}px`;
    body.style.left = `${Math.max(8, Math.min(box.left, innerWidth - body.offsetWidth - 8))}px`;
  });
  document.addEventListener("pointerdown", (event) => {
    if (root.open && event.target instanceof Node && !root.contains(event.target)) root.open = false;
  });
  return { root, summary, body };
}
