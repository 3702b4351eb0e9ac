/** Who is tied to whom and by what; where things stand was computed by Python. */

import "../style/network.css";

import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";

import { counted, h, s } from "../dom";
import { attachMarks, markAttributes, onlyHovered, paintHover, paintMarks } from "../interaction";
import { familyColour, familyPath, sideColour, sidePath } from "../marks";
import type { Id, Network } from "../model";
import { thing } from "../pieces";
import type { State } from "../state";
import type { Context, ViewFactory } from "../view";
import { placeLabels, type Wanted } from "./mapgeometry";

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
  const alone = h("details", { class: "map-elsewhere" });
  tools.append(choices, alone);

  const background = s("g", { class: "network-edges" });
  const told = s("g", { class: "network-told" });
  const marks = s("g", { class: "network-marks", role: "group", "aria-label": "Network" });
  const labels = s("g", { class: "network-labels", "aria-hidden": "true" });
  const arrow = s("marker", { id: "network-arrow", viewBox: "0 0 8 8", refX: 14, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, s("path", { d: "M0,0L8,4L0,8Z" }));
  const svg = s("svg", { class: "network-svg" }, s("defs", {}, arrow), background, told, marks, labels);
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
    edges = view?.edges ?? [];
    const tied = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    const all = view?.nodes ?? [];
    nodes = all.filter((node) => tied.has(node.id));
    drawAlone(all.filter((node) => !tied.has(node.id)));
    empty.hidden = nodes.length > 0;
    empty.textContent = all.length ? "None of these is tied to another." : "The graph has nothing to tie.";
    legend.textContent = view?.view === "actors" ? "— fought, attacked, threatened   ··· talked, agreed, belongs" : view?.view === "units" ? "The arrow points to the unit." : "";
    // Stretched to the box, but never by more than a third: nearness should stay nearness.
    const xs = nodes.map((node) => node.x);
    const ys = nodes.map((node) => node.y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const pad = 34;
    const kx = (width - 2 * pad) / Math.max(right - left, 1e-6);
    const ky = (height - 2 * pad) / Math.max(bottom - top, 1e-6);
    const [sx, sy] = [Math.min(kx, ky * 1.6), Math.min(ky, kx * 1.6)];
    spots.clear();
    for (const node of nodes)
      spots.set(node.id, [
        nodes.length === 1 ? width / 2 : width / 2 + (node.x - (left + right) / 2) * sx,
        nodes.length === 1 ? height / 2 : height / 2 + (node.y - (top + bottom) / 2) * sy,
      ]);
    marks.replaceChildren(...nodes.map((node) => symbol(context, node)));
    labels.replaceChildren();
    zooming.extent([[0, 0], [width, height]]).translateExtent([[-width, -height], [2 * width, 2 * height]]);
    select<SVGSVGElement, unknown>(svg).call(zooming).on("dblclick.zoom", null);
    paint(store.state);
  }

  function drawAlone(untied: Node[]): void {
    alone.hidden = untied.length === 0;
    alone.replaceChildren(
      h("summary", { class: "button" }, `${untied.length} not tied`),
      h("div", { class: "map-list" }, h("p", { class: "soft" }, `${counted(untied.length, "thing")} without a tie in this network.`), h("ul", {}, ...untied.map((node) => h("li", {}, thing(context, node.id))))),
    );
  }

  const at = (id: Id): [number, number] => transform.apply(spots.get(id) ?? [0, 0]);

  /** All that has a place on the screen is put there; symbols keep their size. */
  function move(): void {
    for (const mark of marks.children) mark.setAttribute("transform", `translate(${at(mark.getAttribute("data-thing") ?? "").join(",")}) scale(${mark.getAttribute("data-scale") ?? 1})`);
    drawEdges();
    drawLabels();
  }

  function present(id: Id): boolean {
    return !index.incident.has(id) || context.scene().shown.has(id);
  }

  function drawEdges(): void {
    const { lit } = context.scene();
    const { selected } = store.state;
    const paths: Record<string, string[]> = { hostile: [], friendly: [], neither: [] };
    const near: SVGElement[] = [];
    const unit = store.state.network === "units";
    for (const edge of edges) {
      if (!spots.has(edge.source) || !spots.has(edge.target) || !present(edge.source) || !present(edge.target)) continue;
      const [x1, y1] = at(edge.source);
      const [x2, y2] = at(edge.target);
      const kind = edge.sign < 0 ? "hostile" : edge.sign > 0 ? "friendly" : "neither";
      const own = selected ? edge.source === selected || edge.target === selected : lit.has(edge.source) && lit.has(edge.target);
      if (lit.size && own) near.push(...toldEdge(edge, kind, x1, y1, x2, y2));
      else if (unit) near.push(s("line", { class: "network-edge", x1, y1, x2, y2, "marker-end": "url(#network-arrow)" }));
      else paths[kind]?.push(`M${x1.toFixed(1)},${y1.toFixed(1)}L${x2.toFixed(1)},${y2.toFixed(1)}`);
    }
    background.replaceChildren(...Object.entries(paths).map(([kind, parts]) => s("path", { class: `network-edge ${kind}${lit.size ? " faded" : ""}`, d: parts.join("") })));
    told.replaceChildren(...near);
  }

  /** An edge of the selection: with its role, and its sentence behind it. */
  function toldEdge(edge: Edge, kind: string, x1: number, y1: number, x2: number, y2: number): SVGElement[] {
    const role = edge.roles.join(", ");
    const text = `${index.label(edge.source)} – ${role} – ${index.label(edge.target)}`;
    return [
      s(
        "g",
        { class: `network-own ${kind}`, "data-edge": text, "data-sentence": edge.passages[0] ?? null },
        s("title", {}, text),
        s("line", { class: "network-hit", x1, y1, x2, y2 }),
        s("line", { class: "network-edge", x1, y1, x2, y2 }),
        Math.hypot(x2 - x1, y2 - y1) > 60 ? s("text", { class: "network-role", x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, role) : null,
      ),
    ];
  }

  function drawLabels(): void {
    const { clientWidth: width, clientHeight: height } = body;
    const { lit } = context.scene();
    const { selected } = store.state;
    const weight = (node: Node): number => (node.id === selected ? 1e6 : 0) + (lit.has(node.id) ? 1e4 : 0) + (node.type === "actor" ? 2 : 1) * node.weight;
    const order = nodes.filter((node) => present(node.id) && (lit.size === 0 || lit.has(node.id))).sort((a, b) => weight(b) - weight(a));
    const most = Math.round((width * height) / 9000);
    const few = order.slice(0, Math.max(8, most));
    const words = few.map((node) => (node.label.length > 34 && node.id !== selected ? `${node.label.slice(0, 33).trimEnd()}…` : node.label));
    const wanted = few.map((node, i): Wanted => {
      const [x, y] = at(node.id);
      return { x, y, radius: 8, width: (words[i]?.length ?? 0) * 6.1 + 4, height: 14 };
    });
    const found = placeLabels(wanted, width, height).flatMap((box, i) => {
      const node = few[i];
      if (!box || !node) return [];
      return [s("text", { x: box.x, y: box.y + 11, class: node.id === selected ? "lit" : "" }, words[i] ?? "")];
    });
    labels.replaceChildren(...found);
  }

  function paint(state: State): void {
    paintMarks(marks, context, state);
    move();
  }

  return {
    draw,
    update(state, before) {
      if (onlyHovered(state, before)) return paintHover(marks, state);
      if (state.network !== before.network) {
        select<SVGSVGElement, unknown>(svg).call(zooming.transform, zoomIdentity);
        return draw();
      }
      paint(state);
    },
  };
};

/** A node's mark: events by family, actors by side, the rest by what they are. */
function symbol(context: Context, node: Node): SVGElement {
  const { index } = context;
  const scale = Math.min(1.7, 0.75 + Math.sqrt(node.weight) / 7);
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
