/** What happened when: a row for each family of events or each side, dates drawn as exact as they are. */

import "../style/timeline.css";

import { brushX, type D3BrushEvent } from "d3-brush";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";

import { dayAfter, daysBetween } from "../days";
import { makeDayInput, type DayInput } from "../dayinput";
import { h, s } from "../dom";
import { attachMarks, markAttributes, onlyHovered, paintHover, paintMarks, tollText } from "../interaction";
import { FAMILIES, familyColour, familyName, familyPath } from "../marks";
import type { Day, Id, Incident } from "../model";
import { freeHeight, tollNumber } from "../pieces";
import type { State } from "../state";
import type { ViewFactory } from "../view";
import { makePlayer } from "./play";
import { makeCut } from "./timelinecut";
import { familyRow, period, rows, sideRow, ticks, zone, type Item, type Zone } from "./timelinelayout";
import { signs } from "./timelinesigns";

/** Lanes may be as low as this before the rows are scrolled; symbols shrink with them. */
const LANE = 12;
/** Pixels of a letter of a toll. */
const LETTER = 5.7;
/** Pixels between rows where room is short. */
const TIGHT = 4;
const AXIS = 26;
const GUTTER = 74;
/** Pixels of a line that stands for "and on, nobody says how long". */
const STUB = 34;

/** Pixels from a symbol to the toll that stands on its bar. */
const BESIDE = 16;

/** Where the toll begins, for an event that has one. */
type Placed = Item & { words?: number };

export const timeline: ViewFactory = (section, context) => {
  const { index, store } = context;
  const { model } = index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const span = period(model.incidents, model.period);
  const scroll = h("div", { class: "timeline-scroll" });
  const axis = s("svg", { class: "timeline-axis", height: AXIS });
  const marks = s("svg", { class: "timeline-marks", role: "group", "aria-label": "Events in time" });
  const cut = makeCut(body, scroll);
  scroll.append(marks);
  body.append(scroll, cut.button, axis);
  attachMarks(marks, context);

  const rowChoice = h("div", { role: "group", "aria-label": "Rows" });
  for (const choice of ["kinds", "sides"] as const)
    rowChoice.append(
      h("button", { class: "button", type: "button", "data-rows": choice, onclick: () => store.set({ rows: choice }) }, choice === "kinds" ? "By kind" : "By acting side"),
    );
  tools.append(rowChoice);
  const dayFields: DayInput[] = [];
  const player = span ? makePlayer(context, span, dayInputs()) : null;
  if (player) tools.append(player.root, signs());
  else body.append(h("p", { class: "empty" }, model.incidents.length ? "The article gives no dates." : "The graph has no events."));
  scroll.hidden = axis.hasAttribute("hidden");

  /** Two days to type: the brush for the keyboard. */
  function dayInputs(): HTMLElement {
    const [first, last] = span ?? ["", ""];
    const input = (label: string, end: 0 | 1): HTMLElement => {
      const made = makeDayInput(label, end ? last : first, (day) => {
        if (!day) return store.set({ days: null });
        const days: [Day, Day] = [...(store.state.days ?? [first, last])];
        days[end] = day;
        store.set({ days: days[0] <= days[1] ? days : [day, day], day: null, playing: false });
      });
      dayFields.push(made);
      return made.root;
    };
    return h("span", { class: "timeline-days" }, input("From day", 0), "–", input("To day", 1));
  }

  let x = scaleLinear();
  let scale = 1;
  const at = (day: Day): number => x(span ? daysBetween(span[0], day) : 0);
  /** A day's middle. */
  const middle = (day: Day): number => at(day) + (at(dayAfter(day)) - at(day)) / 2;

  function draw(): void {
    // Its controls are more or fewer: the head, and so the room below it, goes by them.
    player?.update(store.state);
    const width = body.clientWidth;
    for (const button of rowChoice.children)
      button.setAttribute("aria-pressed", String(button.getAttribute("data-rows") === store.state.rows));
    if (!span) return;
    const narrow = width < 520;
    const labels = narrow ? 0 : 132;
    const zones = new Map<Id, Zone>(model.incidents.map((one) => [one.id, zone(one, span)]));
    const has = (which: Zone): boolean => [...zones.values()].includes(which);
    const left = labels + (has("earlier") ? GUTTER : 10);
    const right = width - 12 - (has("undated") || has("later") ? GUTTER : 0);
    x = scaleLinear([0, daysBetween(span[0], span[1]) + 1], [left + 8, right - 8]);

    const column = new Map<string, number>();
    const items = model.incidents.map((one): Placed => {
      const where = zones.get(one.id) ?? "undated";
      const row = rowOf(one);
      const key = `${row} ${where === "earlier"}`;
      const nth = column.get(key) ?? 0;
      if (where !== "inside") column.set(key, nth + 1);
      return where === "inside" ? place(one, row, left, right) : beside(one, row, where === "earlier" ? labels : right, nth);
    });
    const order = store.state.rows === "kinds" ? FAMILIES : [...model.sides.map((side) => side.id), "both", "none"];
    const drawn = rows(items, order);
    const head = narrow ? 14 : 0;
    const lanes = drawn.reduce((sum, row) => sum + row.lanes, 0);
    body.classList.toggle("narrow", narrow);
    // The overview gives the rows the height that they need at least, as far as the other views can spare it;
    // the axis has a line above it.
    const around = section.offsetHeight - body.offsetHeight + AXIS + 1;
    section.parentElement?.style.setProperty("--timeline-height", `${around + 6 + lanes * LANE + drawn.length * TIGHT}px`);
    const height = body.clientHeight - AXIS - 1;
    // Tight where all rows would not be seen otherwise.
    const gap = !narrow && (height - 6 - drawn.length * 8) / Math.max(1, lanes) < 14 ? TIGHT : 8;
    const lane = Math.max(narrow ? 16 : LANE, Math.min(26, (height - 6 - drawn.length * (gap + head)) / Math.max(1, lanes)));
    scale = Math.max(0.78, Math.min(1, lane / 15));
    scroll.style.setProperty("--timeline-letter", `${lane < 14 ? 10 : 11}px`);
    const parts: SVGElement[] = [];
    for (const tick of ticks(span, right - left))
      parts.push(s("line", { class: tick.major ? "timeline-grid timeline-grid-major" : "timeline-grid", x1: at(tick.day), x2: at(tick.day), y1: 0, y2: "100%" }));
    if (has("earlier")) parts.push(s("line", { class: "timeline-edge", x1: left, x2: left, y1: 0, y2: "100%" }));
    if (has("undated") || has("later")) parts.push(s("line", { class: "timeline-edge", x1: right, x2: right, y1: 0, y2: "100%" }));
    let y = 4;
    const groups: SVGElement[] = [];
    const bottoms: number[] = [];
    for (const row of drawn) {
      const name = rowName(row.key);
      const size = row.lanes * lane + gap + head;
      parts.push(s("line", { class: "timeline-row", x1: 0, x2: width, y1: y + size, y2: y + size }));
      parts.push(s("text", { class: "timeline-label", x: 8, y: narrow ? y + 12 : y + gap / 2 + lane / 2, dy: narrow ? 0 : "0.35em" }, clipped(name, narrow ? 60 : 21), s("title", {}, name)));
      for (const item of row.items) {
        const one = index.incident.get(item.id);
        if (one) groups.push(...symbol(one, item, zones.get(item.id) ?? "undated", y + head + gap / 2 + item.lane * lane + lane / 2, right));
      }
      bottoms.push(y + head + gap / 2 + row.lanes * lane);
      y += size;
    }
    marks.setAttribute("width", String(width));
    marks.setAttribute("height", String(Math.max(y, height)));
    // For paper, which has another width.
    marks.setAttribute("viewBox", `0 0 ${width} ${Math.max(y, height)}`);
    axis.setAttribute("viewBox", `0 0 ${width} ${AXIS}`);
    const playhead = s("line", { class: "timeline-playhead", "aria-hidden": "true", y1: 0, y2: Math.max(y, height) });
    marks.replaceChildren(...parts, ...groups, playhead);
    for (const hole of marks.querySelectorAll<SVGRectElement>(".timeline-gap"))
      if (hole.nextElementSibling instanceof SVGTextElement) hole.setAttribute("width", String(hole.nextElementSibling.getComputedTextLength() + 8));
    drawAxis(width, left, right, has);
    cut.update(bottoms);
    paint(store.state);
  }

  function rowName(key: string): string {
    if (store.state.rows === "kinds") return familyName(key as (typeof FAMILIES)[number]);
    return key === "both" ? "By both sides" : key === "none" ? "By no stated side" : `By: ${index.label(key)}`;
  }

  function rowOf(one: Incident): string {
    return store.state.rows === "kinds" ? familyRow(one) : sideRow(one);
  }

  /** What has no day on the axis stands beside it, three to a line, in the order of the model. */
  function beside(one: Incident, row: string, edge: number, nth: number): Item {
    const centre = edge + 16 + (nth % 3) * 21;
    return { id: one.id, row, x: centre, from: centre - 9, to: centre + 9 };
  }

  /** Pixels of an event on the axis: its symbol at its first day, its days, and its toll beside them. */
  function place(one: Incident, row: string, left: number, right: number): Placed {
    const first = one.first ?? one.last ?? "";
    const last = one.last ?? one.first ?? "";
    const begin = span && first < span[0] ? left + 10 : middle(first);
    const finish = Math.max(begin, span && last > span[1] ? right - 10 : middle(last));
    const open = one.last === null ? begin + STUB : begin;
    const end = Math.min(right, Math.max(finish, open, holds(one, begin, right)?.end ?? begin));
    const about = one.precision === "around" ? 16 : 9;
    const from = begin - (one.first === null ? STUB : about);
    const to = Math.max(begin + about, end + 6);
    const item = { id: one.id, row, x: begin, from, to };
    const words = one.tolls.length ? LETTER * shortToll(one).length : 0;
    if (!words) return item;
    if (to + 4 + words <= right) return { ...item, to: to + 4 + words, words: to + 4 };
    // No room at the right edge: on a long bar, which the words interrupt, else before the symbol.
    if (end - begin > words + 40) return { ...item, words: begin + BESIDE };
    return { ...item, from: from - 4 - words, words: from - 4 - words };
  }

  /** Pixels of an agreement: until where it held for sure, where its line ends, and where its cross stands. */
  function holds(one: Incident, begin: number, right: number): { sure: number; end: number; cross: number | null } | null {
    const agreed = index.span.get(one.id);
    if (!agreed || !span) return null;
    const px = (day: Day): number => Math.max(begin, day > span[1] ? right - 4 : middle(day));
    const sure = agreed.to === null ? begin : px(agreed.to);
    if (agreed.by === null) return { sure, end: Math.min(right, sure + STUB), cross: null };
    // A cross of the agreement's own day stands beside its symbol, which would cover it.
    const end = Math.max(px(agreed.by), begin + BESIDE * scale);
    return { sure, end, cross: agreed.end === null ? null : end };
  }

  function shortToll(one: Incident): string {
    const text = tollText(index, one);
    if (text.length <= 26) return text;
    // Half of a toll would be another toll: what has no room is counted, and told on the card.
    const [only] = one.tolls;
    return one.tolls.length === 1 && only ? `${tollNumber(only)} ${only.outcome}` : `${one.tolls.length} figures of casualties`;
  }

  /** The mark of one event: its shape, and its days as what they are. */
  function symbol(one: Incident, item: Placed, where: Zone, y: number, right: number): SVGElement[] {
    const colour = familyColour(one.family);
    const group = s("g", { class: `timeline-event precision-${one.precision}${one.bounds === "inferred" ? " inferred" : ""}`, ...markAttributes(index, one.id) });
    const line = (x1: number, x2: number, kind: string): SVGElement =>
      s("line", { class: `timeline-span ${kind}`, x1, x2, y1: y, y2: y, stroke: colour });
    if (where === "undated" && span && one.first && one.last)
      // Some time in these days: a bar as long as the page would say less than this one, on demand.
      group.append(line(Math.max(at(span[0]), at(one.first)), Math.min(right, at(dayAfter(one.last))), "vague on-demand"));
    if (where === "inside" && span) {
      const first = one.first ?? one.last ?? "";
      const last = one.last ?? one.first ?? "";
      const begin = first < span[0] ? item.x : at(first) + 1;
      const end = last > span[1] ? right - 4 : at(dayAfter(last)) - 1;
      if (one.first === null) group.append(line(item.x - STUB, item.x, "open"));
      else if (one.last === null) group.append(line(item.x, Math.min(item.x + STUB, right), "open"));
      else if (one.precision === "around") group.append(line(item.x - 15, item.x + 15, "around"));
      else if (one.precision === "month" || one.precision === "year") group.append(line(begin, end, "vague"));
      else if (last > first) group.append(line(begin, end, one.bounds === "inferred" ? "vague" : "interval"));
      const held = holds(one, item.x, right);
      if (held) {
        if (held.sure > item.x) group.append(line(item.x, held.sure, "agreed"));
        // Broken on one of these days, or at a time that nobody tells: then its line has no end.
        if (held.end > held.sure) group.append(line(held.sure, held.end, index.span.get(one.id)?.by ? "agreed unsure" : "agreed endless"));
        if (held.cross !== null) group.append(s("path", { class: "timeline-broken", d: `M${held.cross - 4},${y - 4}l8,8m0,-8l-8,8`, stroke: colour }));
      }
    }
    group.append(
      s("circle", { class: "timeline-hit", cx: item.x, cy: y, r: 12 * scale }),
      s("circle", { class: "timeline-halo", cx: item.x, cy: y, r: 11 * scale }),
      s("path", { class: "timeline-symbol", d: familyPath(one.family), "fill-rule": "evenodd", transform: `translate(${item.x},${y}) scale(${scale})`, fill: colour, stroke: colour }),
    );
    if (one.reportedBy.length)
      group.append(s("path", { class: "timeline-reported", d: `M${item.x - 8},${y + 9.5 * scale}h16` }));
    // Beside the mark, not in it: its name has the toll whole, this may be shortened.
    if (item.words === undefined) return [group];
    const toll = shortToll(one);
    // The bar stops at the words; how wide they are is known when they are drawn.
    const gap = s("rect", { class: "timeline-gap", x: item.words - 4, y: y - 5, width: 0, height: 10 });
    const onBar = item.words === item.x + BESIDE;
    // Beside the mark, not in it: its name has the toll whole, this may be shortened.
    const words = s("text", { class: "timeline-toll", "data-thing": one.id, "aria-hidden": "true", x: item.words, y, dy: "0.35em" }, toll);
    return onBar ? [group, gap, words] : [group, words];
  }

  const brush = brushX<null>();
  function drawAxis(width: number, left: number, right: number, has: (which: Zone) => boolean): void {
    if (!span) return;
    axis.setAttribute("width", String(width));
    const labels: SVGElement[] = [];
    let until = -Infinity;
    for (const tick of ticks(span, right - left)) {
      const px = at(tick.day);
      if (px < until + 6 || px + tick.label.length * 6 > right) continue;
      labels.push(s("text", { class: "timeline-tick", x: px, y: 16 }, tick.label));
      until = px + tick.label.length * 6;
    }
    if (has("earlier")) labels.push(s("text", { class: "timeline-tick timeline-beside", x: left - GUTTER / 2, y: 16, "text-anchor": "middle" }, "earlier"));
    if (has("undated") || has("later"))
      labels.push(s("text", { class: "timeline-tick timeline-beside", x: right + GUTTER / 2, y: 16, "text-anchor": "middle" }, has("undated") ? (has("later") ? "later, no day" : "no day") : "later"));
    const layer = s("g", { class: "timeline-brush" });
    axis.replaceChildren(...labels, layer);
    brush
      .extent([[at(span[0]), 1], [at(dayAfter(span[1])), AXIS - 1]])
      .on("end", (event: D3BrushEvent<null>) => {
        if (!event.sourceEvent) return;
        if (!event.selection) return store.set({ days: null });
        const [a, b] = event.selection as [number, number];
        const day = (px: number): Day => dayAfter(span[0], Math.max(0, Math.min(daysBetween(span[0], span[1]), Math.floor(x.invert(px) + 1e-6))));
        store.set({ days: [day(a), day(Math.max(a, b - 1))], day: null, playing: false });
      });
    select<SVGGElement, null>(layer).call(brush);
  }

  function paint(state: State): void {
    paintMarks(marks, context, state);
    for (const mark of [...marks.getElementsByClassName("now")]) mark.classList.remove("now");
    for (const id of context.scene().current ?? []) marks.querySelector(`.timeline-event[data-thing="${CSS.escape(id)}"]`)?.classList.add("now");
    player?.update(state);
    if (!span) return;
    const layer = axis.querySelector<SVGGElement>(".timeline-brush");
    if (layer) {
      const chosen = state.days;
      const inside = chosen && chosen[1] >= span[0] && chosen[0] <= span[1];
      const edges = (days: [Day, Day]): [number, number] => [at(days[0] < span[0] ? span[0] : days[0]), at(dayAfter(days[1] > span[1] ? span[1] : days[1]))];
      select<SVGGElement, null>(layer).call(brush.move, inside ? edges(chosen) : null);
    }
    dayFields.forEach((field, end) => field.set(state.days?.[end] ?? null));
    const head = marks.querySelector(".timeline-playhead");
    head?.classList.toggle("on", state.day !== null);
    if (head && state.day) {
      const px = String(middle(state.day));
      head.setAttribute("x1", px);
      head.setAttribute("x2", px);
    }
  }

  function reveal(): void {
    const box = marks.querySelector(".timeline-event.selected .timeline-symbol")?.getBoundingClientRect();
    if (!box) return;
    const { top } = scroll.getBoundingClientRect();
    const bottom = top + Math.min(scroll.clientHeight, freeHeight(body));
    if (box.top < top + 8) scroll.scrollTop -= top + 8 - box.top;
    else if (box.bottom > bottom - 8) scroll.scrollTop += box.bottom - bottom + 8;
  }

  return {
    draw,
    update(state, before) {
      if (onlyHovered(state, before)) return paintHover(marks, state);
      if (state.rows !== before.rows) return draw();
      paint(state);
      if (state.selected !== before.selected)
        requestAnimationFrame(reveal);
    },
  };
};

function clipped(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}
