/**
 * What every mark does in every view: hovering tells its name, Enter and click open its card, arrows
 * go to the next mark in their direction. A view with marks is one stop of the tab key (roving tabindex).
 */

import { dayText } from "./days";
import { h } from "./dom";
import type { Id, Incident } from "./model";
import { sufferers, tollNumber } from "./pieces";
import type { State } from "./state";
import type { Context, Index } from "./view";

/** A mark of a thing: `data-thing` says of which. `off` marks are filtered away. */
const MARK = "[data-thing].mark-on";

/** "bombing: IED attack on a convoy, 19 August 2021, al-Shabrouq road, 6 killed". */
export function described(index: Index, id: Id): string {
  const incident = index.incident.get(id);
  if (!incident) {
    const entity = index.entity(id);
    return entity ? `${entity.label}, ${entity.kindLabel}` : index.label(id);
  }
  const parts = [incident.dateText, incident.placesText.join(", "), tollText(index, incident)];
  const reported = incident.reportedBy.length ? `reported by ${incident.reportedBy.join(", ")}` : "";
  return [`${incident.kindLabel}: ${incident.label}`, ...parts, endText(index, id), reported].filter(Boolean).join(", ");
}

/** Of an agreement: what ended it, or that nobody says. */
function endText(index: Index, id: Id): string {
  const span = index.span.get(id);
  if (!span) return "";
  if (span.end) return span.end;
  return span.to ? `until ${dayText(span.to)}` : "its end is not told";
}

/** "6 killed, 2 wounded"; of whom, where one outcome is told of several; no number keeps its words. */
export function tollText(index: Index, incident: Incident): string {
  const { tolls } = incident;
  const shared = (outcome: string): boolean => tolls.filter((toll) => toll.outcome === outcome).length > 1;
  return tolls
    .map((toll) => {
      const numbered = toll.atLeast !== null || toll.atMost !== null;
      const whose = shared(toll.outcome) ? sufferers(index, toll) : "";
      return `${numbered ? tollNumber(toll) : `“${toll.wording}”`} ${toll.outcome}${whose ? ` (${whose})` : ""}`;
    })
    .join(", ");
}

let tip: HTMLElement | null = null;

function showTip(index: Index, id: Id, box: DOMRect): void {
  tip ??= document.body.appendChild(h("div", { class: "tip", "aria-hidden": "true" }));
  const incident = index.incident.get(id);
  tip.replaceChildren(
    h("strong", { dir: "auto" }, index.label(id)),
    h("span", {}, incident?.kindLabel ?? index.entity(id)?.kindLabel ?? ""),
    ...(incident
      ? [incident.dateText, incident.placesText.join(", "), tollText(index, incident), endText(index, id)]
          .filter(Boolean)
          .map((line) => h("span", { dir: "auto" }, line))
      : []),
  );
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(4, Math.min(box.left + box.width / 2 - width / 2, innerWidth - width - 4));
  const above = box.top - height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 4 ? above : Math.min(box.bottom + 8, innerHeight - height - 4)}px`;
}

function hideTip(): void {
  if (tip) tip.hidden = true;
}

/** Whether a box lies in the arrow's direction, and how far; sideways counts double. */
function distance(key: string, from: DOMRect, to: DOMRect): number {
  const x = to.left + to.width / 2 - (from.left + from.width / 2);
  const y = to.top + to.height / 2 - (from.top + from.height / 2);
  const level = key === "ArrowRight" || key === "ArrowLeft";
  const forward = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  const ahead = forward * (level ? x : y);
  const aside = level ? y : x;
  return ahead > 0.5 ? ahead + 2 * Math.abs(aside) : Infinity;
}

/** Give the marks inside a container their behaviour; call once, whatever is drawn in it later. */
export function attachMarks(container: Element, context: Context): void {
  const { index, store } = context;
  const markOf = (event: Event): Element | null =>
    event.target instanceof Element ? event.target.closest(MARK) : null;
  const idOf = (mark: Element | null): Id | null => mark?.getAttribute("data-thing") ?? null;

  container.addEventListener("click", (event) => {
    const id = idOf(markOf(event));
    if (id) store.set({ selected: id, passage: null });
  });
  const point = (event: Event): void => {
    const mark = markOf(event);
    const id = idOf(mark);
    store.set({ hovered: id });
    if (mark && id) showTip(index, id, mark.getBoundingClientRect());
    else hideTip();
  };
  container.addEventListener("pointerover", point);
  container.addEventListener("pointerleave", () => {
    store.set({ hovered: null });
    hideTip();
  });
  container.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (!mark) return;
    for (const other of container.querySelectorAll('[data-thing][tabindex="0"]'))
      other.setAttribute("tabindex", "-1");
    mark.setAttribute("tabindex", "0");
    point(event);
  });
  container.addEventListener("focusout", hideTip);
  container.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    const mark = markOf(event);
    if (!mark) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      store.set({ selected: idOf(mark), passage: null });
    } else if (event.key === "Escape" && tip && !tip.hidden) {
      hideTip();
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const from = mark.getBoundingClientRect();
      const frame = container.getBoundingClientRect();
      let best: { mark: Element; far: number } | null = null;
      for (const other of container.querySelectorAll(`${MARK}[role]`)) {
        if (other === mark) continue;
        const box = other.getBoundingClientRect();
        // A map or a network may have been moved so that a mark is out of sight: it cannot be pointed at either.
        if (box.right < frame.left || box.left > frame.right || box.bottom < frame.top || box.top > frame.bottom) continue;
        const far = distance(event.key, from, box);
        if (far < (best?.far ?? Infinity)) best = { mark: other, far };
      }
      if (best?.mark instanceof HTMLElement || best?.mark instanceof SVGElement) best.mark.focus();
    }
  });
}

/** The attributes of a mark: one stop of the tab key in its view, named for screen readers. */
export function markAttributes(index: Index, id: Id): Record<string, string> {
  return { "data-thing": id, role: "button", tabindex: "-1", "aria-label": described(index, id) };
}

/**
 * Put the state onto the marks of a view without drawing anew: `mark-on`/`off` for the filters, `lit`
 * and `faded` for the selection, `selected`, `hover`.
 */
export function paintMarks(container: Element, context: Context, state: State): void {
  const { lit, current, present } = context.scene();
  // On a day of which nothing is told, nothing is bright.
  const dim = lit.size > 0 || (current !== null && state.selected === null && state.passage === null);
  const byId = new Map<Id, Element[]>();
  let stop: Element | null = null;
  for (const mark of container.querySelectorAll("[data-thing]")) {
    const id = mark.getAttribute("data-thing") ?? "";
    const others = byId.get(id);
    if (others) others.push(mark);
    else byId.set(id, [mark]);
    const on = present(id);
    const chosen = id === state.selected;
    const looks = (on ? 1 : 0) | (lit.has(id) ? 2 : dim ? 4 : 0) | (chosen ? 8 : 0);
    // Of thousands of marks few change.
    if (painted.get(mark) !== looks) {
      painted.set(mark, looks);
      const list = mark.classList;
      list.toggle("mark-on", on);
      list.toggle("off", !on);
      list.toggle("lit", (looks & 2) > 0);
      list.toggle("faded", (looks & 4) > 0);
      list.toggle("selected", chosen);
      if (mark.hasAttribute("role")) mark.setAttribute("aria-pressed", String(chosen));
    }
    if (on && (stop === null || chosen) && mark.hasAttribute("role")) stop = mark;
  }
  marksOf.set(container, byId);
  paintHover(container, state);
  for (const mark of container.querySelectorAll('[data-thing][tabindex="0"]')) mark.setAttribute("tabindex", "-1");
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  (focused?.matches(MARK) ? focused : stop)?.setAttribute("tabindex", "0");
}

/** How each mark was painted last, and the marks of each thing in a container. */
const painted = new WeakMap<Element, number>();
const marksOf = new WeakMap<Element, Map<Id, Element[]>>();

/** Only hovering changed: two marks, not all of them. */
export function paintHover(container: Element, state: State): void {
  for (const mark of [...container.getElementsByClassName("hover")]) mark.classList.remove("hover");
  if (state.hovered) for (const mark of marksOf.get(container)?.get(state.hovered) ?? []) mark.classList.add("hover");
}

/** What no view has to be painted anew for: a hover, and where the map and the network have been moved to. */
const PASSING: readonly (keyof State)[] = ["hovered", "map", "networkAt"];

/** Whether two states differ in nothing but what is hovered, or where the map and the network are looked at. */
export function onlyHovered(state: State, before: State): boolean {
  return (Object.keys(state) as (keyof State)[]).every((key) => PASSING.includes(key) || state[key] === before[key]);
}
