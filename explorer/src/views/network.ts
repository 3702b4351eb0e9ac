/** Who is tied to whom and by what; where things stand was computed by Python. */

import "../style/network.css";

import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";

import { counted, h, s } from "../dom";
import { attachMarks, markAttributes, onlyHovered, paintHover, paintMarks } from "../interaction";
import { familyColour, familyPath, sideColour, sideIcon, sidePath } from "../marks";
import type { Id, Network } from "../model";
import { freeHeight, thing } from "../pieces";
import { popover } from "../popover";
import type { State } from "../state";
import type { Context, ViewFactory } from "../view";
import { boxOf, overlap, placeLabels, type Box, type Wanted } from "./mapgeometry";
import { spread } from "./networklayout";

/** Labels that are written even where they cover marks. */
const KEY = 7;

type Node = Network["nodes"][number];
type Edge = Network["edges"][number];
const NAMES: Record<Network["view"], string> = { everything: "Everything", actors: "Actors", units: "Order of battle" };
/** A place, a figure, an event only spoken of; events and actors have the shapes of family and side. */
const PLACE = "M0,-7C3.6,-7 6,-4.6 6,-1.6C6,2 0,7 0,7C0,7 -6,2 -6,-1.6C-6,-4.6 -3.6,-7 0,-7Z";
const FIGURE = "M-4,-4H4V4H-4Z";
const POSSIBLE = "M0,-6.5L6.5,0L0,6.5L-6.5,0ZM0,-3.6L-3.6,0L0,3.6L3.6,0Z";

export const network: ViewFactory = (section, context) => {
  const { index, store } = context;
  const { model } = index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const choices = h("div", { role: "group", "aria-label": "Which network" });
  for (const one of model.networks)
    choices.append(h("button", { class: "button", type: "button", "data-view": one.view, onclick: () => store.set({ network: one.view }) }, NAMES[one.view]));
  const alone = popover("", null);
  alone.body.classList.add("network-alone");
  tools.append(choices, alone.root);

  const background = s("g", { class: "network-edges" });
  const pointed = s("g", { class: "network-pointed", "aria-hidden": "true" });
  const told = s("g", { class: "network-told" });
  const marks = s("g", { class: "network-marks", role: "group", "aria-label": "Network" });
  const labels = s("g", { class: "network-labels", "aria-hidden": "true" });
  const arrow = s("marker", { id: "network-arrow", viewBox: "0 0 8 8", refX: 14, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, s("path", { d: "M0,0L8,4L0,8Z" }));
  const svg = s("svg", { class: "network-svg" }, s("defs", {}, arrow), background, told, pointed, marks, labels);
  const legend = h("p", { class: "network-legend soft" });
  const button = (label: string, text: string, act: () => void): HTMLElement =>
    h("button", { class: "button", type: "button", "aria-label": label, title: label, onclick: act }, text);
  const controls = h(
    "div",
    { class: "map-controls" },
    button("Zoom in", "+", () => select<SVGSVGElement, unknown>(svg).call(zooming.scaleBy, 1.5)),
    button("Zoom out", "−", () => select<SVGSVGElement, unknown>(svg).call(zooming.scaleBy, 1 / 1.5)),
    button("Back to the whole network", "⌂", () => select<SVGSVGElement, unknown>(svg).call(zooming.transform, zoomIdentity)),
  );
  const empty = h("p", { class: "empty", hidden: true });
  body.append(svg, controls, legend, empty);
  attachMarks(svg, context);
  told.addEventListener("click", (event) => {
    const edge = event.target instanceof Element ? event.target.closest("[data-edge]") : null;
    const passage = edge?.getAttribute("data-sentence");
    if (passage) store.set({ passage: Number(passage) });
  });

  let nodes: Node[] = [];
  let edges: Edge[] = [];
  const spots = new Map<Id, [number, number]>();
  const nodeMarks = new Map<Id, SVGElement>();
  const ties = new Map<Id, Edge[]>();
  /** The events for which the edges were drawn last; null: they moved. */
  let drawnFor: Set<Id> | null = null;
  /** At the other end of the selected thing's ties. */
  const near = new Set<Id>();
  let size = 1;
  let transform: ZoomTransform = zoomIdentity;
  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.6, 14])
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      transform = event.transform;
      move();
    });

  function draw(): void {
    const view = model.networks.find((one) => one.view === store.state.network) ?? model.networks[0];
    for (const one of choices.children) one.setAttribute("aria-pressed", String(one.getAttribute("data-view") === view?.view));
    const { clientWidth: width, clientHeight: height } = body;
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    edges = view?.edges ?? [];
    const tied = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    const all = view?.nodes ?? [];
    nodes = all.filter((node) => tied.has(node.id));
    drawAlone(all.filter((node) => !tied.has(node.id)));
    empty.hidden = nodes.length > 0;
    empty.textContent = all.length ? "None of these is tied to another." : "The graph has nothing to tie.";
    drawLegend(view?.view ?? "everything");
    spots.clear();
    for (const [id, spot] of spread(nodes, view?.view ?? "everything", width, height)) spots.set(id, spot);
    size = Math.max(0.65, Math.min(1.1, Math.sqrt((width * height) / Math.max(1, nodes.length)) / 36));
    ties.clear();
    for (const edge of edges)
      for (const end of [edge.source, edge.target]) {
        const own = ties.get(end);
        if (own) own.push(edge);
        else ties.set(end, [edge]);
      }
    nodeMarks.clear();
    for (const node of nodes) nodeMarks.set(node.id, symbol(context, node, size));
    marks.replaceChildren(...nodeMarks.values());
    labels.replaceChildren();
    zooming.extent([[0, 0], [width, height]]).translateExtent([[-width, -height], [2 * width, 2 * height]]);
    select<SVGSVGElement, unknown>(svg).call(zooming).on("dblclick.zoom", null);
    move();
    paint(store.state);
  }

  function drawAlone(untied: Node[]): void {
    alone.root.hidden = untied.length === 0;
    alone.summary.textContent = `${untied.length} not tied`;
    alone.body.replaceChildren(
      h("p", { class: "soft" }, `${counted(untied.length, "thing")} without a tie in this network.`),
      h("ul", {}, ...untied.map((node) => h("li", {}, thing(context, node.id)))),
    );
  }

  const at = (id: Id): [number, number] => transform.apply(spots.get(id) ?? [0, 0]);

  /** Zoomed or drawn anew: all that has a place on the screen is put there; symbols keep their size. */
  function move(): void {
    drawnFor = null;
    for (const mark of marks.children) mark.setAttribute("transform", `translate(${at(mark.getAttribute("data-thing") ?? "").join(",")}) scale(${mark.getAttribute("data-scale") ?? 1})`);
    drawEdges();
    drawLabels();
    drawPointed(store.state.hovered);
  }

  function present(id: Id): boolean {
    return !index.incident.has(id) || context.scene().shown.has(id);
  }

  function drawEdges(): void {
    const { lit } = context.scene();
    const { selected } = store.state;
    const unit = store.state.network === "units";
    const whole = selected && spots.has(selected) ? (ties.get(selected) ?? []) : null;
    const own = whole ?? (lit.size ? edges.filter((edge) => lit.has(edge.source) && lit.has(edge.target)) : []);
    told.replaceChildren(...own.filter(drawable).map(toldEdge));
    background.classList.toggle("faded", lit.size > 0);
    // What is tied to what does not change with a selection, only with the filters and the zoom.
    const { shown } = context.scene();
    if (drawnFor === shown) return;
    drawnFor = shown;
    const paths: Record<string, string[]> = { hostile: [], friendly: [], neither: [] };
    const arrows: SVGElement[] = [];
    for (const edge of edges) {
      if (!drawable(edge)) continue;
      const [x1, y1] = at(edge.source);
      const [x2, y2] = at(edge.target);
      if (unit) arrows.push(s("line", { class: "network-edge", x1, y1, x2, y2, "marker-end": "url(#network-arrow)" }));
      else paths[kindOf(edge)]?.push(`M${x1.toFixed(1)},${y1.toFixed(1)}L${x2.toFixed(1)},${y2.toFixed(1)}`);
    }
    background.replaceChildren(...arrows, ...Object.entries(paths).map(([kind, parts]) => s("path", { class: `network-edge ${kind}`, d: parts.join("") })));
  }

  function drawable(edge: Edge): boolean {
    return spots.has(edge.source) && spots.has(edge.target) && present(edge.source) && present(edge.target);
  }

  /** The card's own name; long ones are cut, but not that of the selected thing. */
  function shortName(node: Node): string {
    const name = index.label(node.id);
    return name.length > 32 && node.id !== store.state.selected ? `${name.slice(0, 31).trimEnd()}…` : name;
  }

  function kindOf(edge: Edge): "hostile" | "friendly" | "neither" {
    return edge.sign < 0 ? "hostile" : edge.sign > 0 ? "friendly" : "neither";
  }

  /** An edge of the selection, with its sentence behind it. */
  function toldEdge(edge: Edge): SVGElement {
    const [x1, y1] = at(edge.source);
    const [x2, y2] = at(edge.target);
    const text = `${index.label(edge.source)} – ${edge.roles.join(", ")} – ${index.label(edge.target)}`;
    return s(
      "g",
      { class: `network-own ${kindOf(edge)}`, "data-edge": text, "data-sentence": edge.passages[0] ?? null },
      s("title", {}, text),
      s("line", { class: "network-hit", x1, y1, x2, y2 }),
      s("line", { class: "network-edge", x1, y1, x2, y2 }),
    );
  }

  /** The roles of edges in their middles, where there is room. */
  function roleTexts(which: readonly Edge[], taken: Box[]): SVGElement[] {
    return which.flatMap((edge) => {
      const [x1, y1] = at(edge.source);
      const [x2, y2] = at(edge.target);
      const role = edge.roles.join(", ");
      const width = role.length * 5.4;
      if (Math.hypot(x2 - x1, y2 - y1) < 36) return [];
      for (const share of [0.5, 0.36, 0.64]) {
        const x = x1 + share * (x2 - x1);
        const y = y1 + share * (y2 - y1);
        const box = { x: x - width / 2, y: y - 7, width, height: 13 };
        if (taken.some((other) => overlap(box, other))) continue;
        taken.push(box);
        return [s("text", { class: "network-role", x, y: y + 3.5 }, role)];
      }
      return [];
    });
  }

  /** What a hovered thing is tied to, without touching the rest. */
  function drawPointed(id: Id | null): void {
    if (!id || id === store.state.selected || !spots.has(id)) return pointed.replaceChildren();
    const own = (ties.get(id) ?? []).filter(drawable);
    const boxes = own.flatMap((edge) => [edge.source, edge.target]).map((end) => boxOf({ x: at(end)[0], y: at(end)[1], radius: 7 }));
    const written = store.state.network === "actors" && !store.state.selected;
    pointed.replaceChildren(...own.map(toldEdge), ...(written ? [] : roleTexts(own, boxes)));
  }

  function drawLabels(): void {
    const { clientWidth: width, clientHeight: height } = body;
    const { lit } = context.scene();
    const { selected } = store.state;
    const chosen = (id: Id): boolean => lit.size === 0 || lit.has(id) || near.has(id);
    const weight = (node: Node): number =>
      (node.id === selected ? 1e6 : 0) + (near.has(node.id) ? 1e5 : 0) + (lit.has(node.id) ? 1e4 : 0) + (node.type === "actor" || node.type === "side" ? 3 : 1) * node.weight;
    const seen = nodes.filter((node) => {
      const [x, y] = at(node.id);
      return present(node.id) && x > 0 && y > 0 && x < width && y < height;
    });
    const order = seen.filter((node) => chosen(node.id)).sort((a, b) => weight(b) - weight(a));
    const few = order.slice(0, Math.max(10, Math.round((width * height) / 7000)));
    const words = few.map(shortName);
    const wanted = few.map((node, i): Wanted => {
      const [x, y] = at(node.id);
      return { x, y, radius: node.id === selected ? 11 : 8 * size, width: (words[i]?.length ?? 0) * 6 + 4, height: 14 };
    });
    // With a selection the rest is pale and may be written over.
    const others = lit.size ? [] : seen.map((node) => boxOf({ x: at(node.id)[0], y: at(node.id)[1], radius: 5 * size }));
    others.push({ x: width - 52, y: 0, width: 52, height: 132 }); // the buttons
    const boxes = placeLabels(wanted, width, height, others);
    // In the thick of it no label has room of its own: the few that matter most are written all the same.
    const first = placeLabels(wanted.slice(0, KEY), width, height, boxes.filter((box) => box !== null));
    const placed = boxes.map((box, i) => box ?? first[i] ?? null);
    const found = placed.flatMap((box, i) => {
      const node = few[i];
      if (!box || !node) return [];
      return [s("text", { x: box.x, y: box.y + 11, class: node.id === selected ? "lit" : "" }, words[i] ?? "")];
    });
    const taken = [...placed.filter((box) => box !== null), ...wanted.map(boxOf), ...others];
    const named = selected && spots.has(selected) ? (ties.get(selected) ?? []) : store.state.network === "actors" ? edges : [];
    labels.replaceChildren(...roleTexts(named.filter(drawable), taken), ...found);
  }

  function drawLegend(view: Network["view"]): void {
    const sides = model.sides.flatMap((side) => [sideIcon(index, side.id, 12), h("span", {}, side.label)]);
    const words = {
      everything: [],
      actors: [lineSign("hostile"), h("span", {}, "fought, attacked, threatened"), lineSign("friendly"), h("span", {}, "talked, agreed, belongs")],
      units: [h("span", {}, "An arrow points to the unit of a larger one.")],
    }[view];
    legend.replaceChildren(...sides, ...(model.sides.length ? [sideIcon(index, null, 12), h("span", {}, "no side")] : []), ...words);
  }

  function paint(state: State): void {
    paintMarks(marks, context, state);
    near.clear();
    for (const edge of ties.get(state.selected ?? "") ?? []) near.add(edge.source === state.selected ? edge.target : edge.source);
    for (const mark of [...marks.getElementsByClassName("near")]) mark.classList.remove("near");
    for (const id of near) nodeMarks.get(id)?.classList.add("near");
    drawEdges();
    drawLabels();
    drawPointed(state.hovered);
  }

  /** Bring the selected thing into sight, where it is not. */
  function reveal(): void {
    const { selected } = store.state;
    const spot = selected ? spots.get(selected) : undefined;
    if (!spot) return;
    const [x, y] = transform.apply(spot);
    const free = freeHeight(body);
    if (x > 8 && y > 8 && x < body.clientWidth - 8 && y < free - 8) return;
    select<SVGSVGElement, unknown>(svg).call(zooming.translateTo, ...spot, [body.clientWidth / 2, free / 2]);
  }

  return {
    draw,
    update(state, before) {
      if (state.hovered !== before.hovered) drawPointed(state.hovered);
      if (onlyHovered(state, before)) return paintHover(marks, state);
      if (state.network !== before.network) {
        select<SVGSVGElement, unknown>(svg).call(zooming.transform, zoomIdentity);
        return draw();
      }
      paint(state);
      if (state.selected !== before.selected) requestAnimationFrame(reveal);
    },
  };
};

/** How a tie of the signed network is drawn. */
function lineSign(kind: string): SVGSVGElement {
  return s("svg", { width: 26, height: 10, "aria-hidden": "true" }, s("g", { class: kind }, s("line", { class: "network-edge", x1: 2, x2: 24, y1: 5, y2: 5 })));
}

/** A node's mark: events by family, actors by side, the rest by what they are. */
function symbol(context: Context, node: Node, size: number): SVGElement {
  const { index } = context;
  const scale = size * Math.min(1.7, 0.75 + Math.sqrt(node.weight) / 7);
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
