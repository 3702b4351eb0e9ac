/** Who is tied to whom and by what; where things stand was computed by Python. */

import "../style/network.css";

import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";

import { counted, h, s } from "../dom";
import { attachMarks, onlyHovered, paintHover, paintMarks } from "../interaction";
import type { Id, Network } from "../model";
import { freeHeight, thing } from "../pieces";
import { popover } from "../popover";
import type { State } from "../state";
import type { ViewFactory } from "../view";
import { boxOf, overlap, placeLabels, type Box, type Wanted } from "./mapgeometry";
import { lookedAt, roomBeside, rows, shownAt, spread } from "./networklayout";
import { apart, course, edgesOf, part, sentence, tiesOf, words, type Course, type Edge, type Kind, type Tie } from "./networkties";
import { signs, symbol } from "./networksigns";
import { zoomControls } from "./zooming";

/** Pixels that a letter takes, and the buttons. */
const LETTER = 6;
const BUTTONS = { width: 52, height: 132 };
/** Where the words of a tie are tried: on their spot, along the line, above and below it. */
const BESIDE = [[0, 0], [-0.12, 0], [0.12, 0], [0, -11], [0, 11]] as const;

function short(name: string, most: number): string {
  return name.length > most ? `${name.slice(0, Math.max(1, most - 1)).trimEnd()}…` : name;
}

/** Labels that are written even where they cover marks. */
const KEY = 7;
/** How far and how near one may zoom. */
const NEAR: [number, number] = [0.6, 14];

type Node = Network["nodes"][number];
const NAMES: Record<Network["view"], string> = { everything: "Everything", actors: "Actors", units: "Order of battle" };
export const network: ViewFactory = (section, context) => {
  const { index, store } = context;
  const { model } = index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const choices = h("div", { role: "group", "aria-label": "Which network" });
  for (const one of model.networks)
    choices.append(h("button", { class: "button", type: "button", "data-view": one.view, onclick: () => store.set({ network: one.view, networkAt: null }) }, NAMES[one.view]));
  const alone = popover("", null);
  alone.body.classList.add("network-alone");
  tools.append(choices, alone.root);

  const background = s("g", { class: "network-edges" });
  const pointed = s("g", { class: "network-pointed", "aria-hidden": "true" });
  const told = s("g", { class: "network-told" });
  const marks = s("g", { class: "network-marks", role: "group", "aria-label": "Network" });
  const labels = s("g", { class: "network-labels", "aria-hidden": "true" });
  const svg = s("svg", { class: "network-svg" }, background, told, pointed, marks, labels);
  const legend = h("p", { class: "network-legend soft" });
  const empty = h("p", { class: "empty", hidden: true });
  attachMarks(svg, context);
  told.addEventListener("click", (event) => {
    const edge = event.target instanceof Element ? event.target.closest("[data-edge]") : null;
    const passage = edge?.getAttribute("data-sentence");
    if (passage) store.set({ passage: Number(passage) });
  });

  let nodes: Node[] = [];
  let captions: NonNullable<Network["captions"]> = [];
  /** What can be seen of them depends on the filters: their events. */
  let all: Tie[] = [];
  const spots = new Map<Id, [number, number]>();
  const nodeMarks = new Map<Id, SVGElement>();
  const radii = new Map<Id, number>();
  /** Units that stand on another side than what they are units of. */
  let bySides = new Set<Id>();
  const ties = new Map<Id, Tie[]>();
  /** The events for which the edges were drawn last; null: they moved. */
  let drawnFor: Set<Id> | null = null;
  /** At the other end of the selected thing's ties. */
  const near = new Set<Id>();
  let size = 1;
  /** Pixels above the legend. */
  let above = 1;
  let transform: ZoomTransform = zoomIdentity;
  let following = false;
  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent(NEAR)
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      transform = event.transform;
      move();
    })
    .on("end", () => {
      if (!following) store.set({ networkAt: look() });
    });
  body.append(svg, zoomControls(body, svg, zooming, 1.5, "Back to the whole network"), legend, empty);

  const look = (): State["networkAt"] => lookedAt(transform, body.clientWidth, body.clientHeight);

  /** Move to where the link says; that is no gesture of the reader's. */
  function follow(at: State["networkAt"]): void {
    following = true;
    select<SVGSVGElement, unknown>(svg).call(zooming.transform, shownAt(at, NEAR, body.clientWidth, body.clientHeight));
    following = false;
  }

  function draw(): void {
    const view = model.networks.find((one) => one.view === store.state.network) ?? model.networks[0];
    for (const one of choices.children) one.setAttribute("aria-pressed", String(one.getAttribute("data-view") === view?.view));
    const { clientWidth: width, clientHeight: height } = body;
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const kind = view?.view ?? "everything";
    const edges = view?.edges ?? [];
    const tied = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    const every = view?.nodes ?? [];
    captions = view?.captions ?? [];
    // The order of battle has a place for each: below its side, or where no side is stated.
    nodes = kind === "units" ? every : every.filter((node) => tied.has(node.id));
    drawAlone(kind === "units" ? [] : every.filter((node) => !tied.has(node.id)));
    empty.hidden = nodes.length > 0;
    empty.textContent = every.length ? "None of these is tied to another." : "The graph has nothing to tie.";
    legend.replaceChildren(...signs(index, kind));
    above = height - legend.offsetHeight;
    spots.clear();
    for (const [id, spot] of spread(nodes, kind, width, above)) spots.set(id, spot);
    // In rows marks must not touch those above and below.
    const most = kind === "units" ? rows([...nodes, ...captions], width, above).gap / 17 : Infinity;
    size = Math.max(0.65, Math.min(1.1, Math.sqrt((width * height) / Math.max(1, nodes.length)) / 36));
    all = tiesOf(edges, kind);
    bySides = apart(nodes, all);
    ties.clear();
    for (const tie of all)
      for (const end of tie.ends) {
        const own = ties.get(end);
        if (own) own.push(tie);
        else ties.set(end, [tie]);
      }
    nodeMarks.clear();
    for (const node of nodes) {
      const scale = Math.min(most, size * Math.min(1.7, 0.75 + Math.sqrt(kind === "units" ? 1 : node.weight) / 7));
      radii.set(node.id, 8 * scale + 2);
      nodeMarks.set(node.id, symbol(index, node, scale));
    }
    marks.replaceChildren(...nodeMarks.values());
    labels.replaceChildren();
    zooming.extent([[0, 0], [width, height]]).translateExtent([[-width, -height], [2 * width, 2 * height]]);
    select<SVGSVGElement, unknown>(svg).call(zooming).on("dblclick.zoom", null);
    follow(store.state.networkAt);
    paint(store.state);
    requestAnimationFrame(() => reveal(store.state.networkAt === null));
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
    return context.scene().present(id);
  }

  /** Whether the filters leave it: one of its events, or it is of none. */
  function stands({ events }: Edge): boolean {
    const { shown } = context.scene();
    return events.length === 0 || events.some((event) => shown.has(event));
  }

  /** What can be drawn of ties: both ends are there, and an event that the filters leave. */
  function drawable(which: readonly Tie[]): Tie[] {
    return which.flatMap((tie) => {
      if (!tie.ends.every((end) => spots.has(end) && present(end))) return [];
      return part(tie, stands) ?? [];
    });
  }

  function run(tie: Tie): Course {
    const [a, b] = tie.ends;
    return course(tie, at(a), at(b), [radii.get(a) ?? 8, radii.get(b) ?? 8]);
  }

  /** The ties of the selected thing, of the selected event, or of the events of the day. */
  function chosen(): Tie[] {
    const { lit, current } = context.scene();
    const { selected } = store.state;
    if (selected && spots.has(selected)) return ties.get(selected) ?? [];
    const events = selected ? (index.incident.has(selected) ? new Set([selected]) : null) : current;
    if (events) return all.flatMap((tie) => part(tie, (edge) => edge.events.some((event) => events.has(event))) ?? []);
    return lit.size ? all.filter((tie) => tie.ends.every((end) => lit.has(end))) : [];
  }

  function drawEdges(): void {
    const { lit, shown, current } = context.scene();
    told.replaceChildren(...drawable(chosen()).map(toldTie));
    background.classList.toggle("faded", lit.size > 0 || current !== null);
    // What is tied to what does not change with a selection, only with the filters and the zoom.
    if (drawnFor === shown) return;
    drawnFor = shown;
    const paths = new Map<Kind, { line: string[]; heads: string[] }>();
    for (const tie of drawable(all)) {
      const { line, heads } = run(tie);
      const own = paths.get(tie.kind) ?? { line: [], heads: [] };
      paths.set(tie.kind, own);
      own.line.push(line);
      own.heads.push(heads);
    }
    background.replaceChildren(
      ...[...paths].flatMap(([kind, { line, heads }]) => [
        s("path", { class: `network-edge ${kind}`, d: line.join("") }),
        s("path", { class: `network-head ${kind}`, d: heads.join("") }),
      ]),
    );
  }

  /** A tie of the selection, with its sentence behind it. */
  function toldTie(tie: Tie): SVGElement {
    const { line, heads } = run(tie);
    const text = sentence(tie, index.label);
    return s(
      "g",
      { class: `network-own ${tie.kind}`, "data-edge": text, "data-sentence": edgesOf(tie).flatMap((edge) => edge.passages)[0] ?? null },
      s("title", {}, text),
      s("path", { class: "network-hit", d: line }),
      s("path", { class: "network-edge", d: line }),
      s("path", { class: "network-head", d: heads }),
    );
  }

  /** What two do to each other, along their tie, where there is room. */
  function roleTexts(which: readonly Tie[], taken: Box[]): SVGElement[] {
    return which.flatMap((tie) => {
      const { at: along } = run(tie);
      const [start, end] = [along(0), along(1)];
      if (Math.hypot(end[0] - start[0], end[1] - start[1]) < 36) return [];
      return words(tie).flatMap(({ text, share }) => {
        const width = text.length * 5.4;
        for (const [aside, lift] of BESIDE) {
          const [x, on] = along(share + aside);
          const y = on + lift;
          const box = { x: x - width / 2, y: y - 7, width, height: 13 };
          if (taken.some((other) => overlap(box, other))) continue;
          taken.push(box);
          return [s("text", { class: "network-role", x, y: y + 3.5 }, text)];
        }
        return [];
      });
    });
  }

  /** What a hovered thing is tied to, without touching the rest. */
  function drawPointed(id: Id | null): void {
    if (!id || id === store.state.selected || !spots.has(id)) return pointed.replaceChildren();
    const own = drawable(ties.get(id) ?? []);
    const boxes = own.flatMap((tie) => tie.ends).map((end) => boxOf({ x: at(end)[0], y: at(end)[1], radius: 7 }));
    const written = store.state.network === "units" || (store.state.network === "actors" && !store.state.selected);
    pointed.replaceChildren(...own.map(toldTie), ...(written ? [] : roleTexts(own, boxes)));
  }

  function drawLabels(): void {
    const { clientWidth: width, clientHeight: height } = body;
    const { lit } = context.scene();
    const { selected } = store.state;
    if (store.state.network === "units") return labels.replaceChildren(...rowTexts(width));
    labels.style.fontSize = "";
    const wished = (id: Id): boolean => lit.size === 0 || lit.has(id) || near.has(id);
    const weight = (node: Node): number =>
      (node.id === selected ? 1e6 : 0) + (near.has(node.id) ? 1e5 : 0) + (lit.has(node.id) ? 1e4 : 0) + (node.type === "actor" || node.type === "side" ? 3 : 1) * node.weight;
    const seen = nodes.filter((node) => {
      const [x, y] = at(node.id);
      return present(node.id) && x > 0 && y > 0 && x < width && y < height;
    });
    const order = seen.filter((node) => wished(node.id)).sort((a, b) => weight(b) - weight(a));
    const few = order.slice(0, Math.max(10, Math.round((width * height) / 7000)));
    const names = few.map((node) => (node.id === selected ? index.label(node.id) : short(index.label(node.id), 32)));
    const wanted = few.map((node, i): Wanted => {
      const [x, y] = at(node.id);
      return { x, y, radius: node.id === selected ? 11 : 8 * size, width: (names[i]?.length ?? 0) * 6 + 4, height: 14 };
    });
    // With a selection the rest is pale and may be written over.
    const others = lit.size ? [] : seen.map((node) => boxOf({ x: at(node.id)[0], y: at(node.id)[1], radius: 5 * size }));
    others.push({ ...BUTTONS, x: width - BUTTONS.width, y: 0 });
    const own = chosen();
    if (store.state.network === "actors")
      for (const [x, y] of drawable(lit.size ? own : all).flatMap((tie) => run(tie).tips)) others.push(boxOf({ x, y, radius: 4 }));
    const boxes = placeLabels(wanted, width, height, others);
    // In the thick of it no label has room of its own: the few that matter most are written all the same.
    const first = placeLabels(wanted.slice(0, KEY), width, height, boxes.filter((box) => box !== null));
    const placed = boxes.map((box, i) => box ?? first[i] ?? null);
    const found = placed.flatMap((box, i) => {
      const node = few[i];
      if (!box || !node) return [];
      return [s("text", { x: box.x, y: box.y + 11, class: node.id === selected ? "lit" : "" }, names[i] ?? "")];
    });
    const taken = [...placed.filter((box) => box !== null), ...wanted.map(boxOf), ...others];
    const actors = store.state.network === "actors";
    const named = own.length && (actors || spots.has(selected ?? "")) ? own : actors && !lit.size ? all : [];
    labels.replaceChildren(...roleTexts(drawable(named), taken), ...found);
  }

  /** Names of the order of battle: each to the right of its mark, cut where there is no more room. */
  function rowTexts(width: number): SVGElement[] {
    const { lit } = context.scene();
    const { place, gap: row } = rows([...nodes, ...captions], width, above);
    const high = Math.max(9.5, Math.min(11.5, row * transform.k - 1));
    labels.style.fontSize = `${high}px`;
    const letter = (LETTER * high) / 11.5;
    const heads = captions.map((caption) => transform.apply(place(caption)));
    const places = nodes.map((node) => at(node.id));
    const room = roomBeside([...places, ...heads], (y) => width - (y < BUTTONS.height + 8 ? BUTTONS.width : 8));
    const taken: Box[] = [];
    const texts = nodes.flatMap((node, i) => {
      const [x, y] = places[i] ?? [0, 0];
      const gap = (radii.get(node.id) ?? 8) + 4;
      const most = Math.floor(((room[i] ?? 0) - gap) / letter);
      const name = short(`${index.label(node.id)}${bySides.has(node.id) ? ` (${index.label(node.side ?? "")})` : ""}`, most);
      const box = { x: x + gap, y: y - high / 2, width: name.length * letter, height: high };
      if (most < 3 || taken.some((other) => overlap(box, other))) return [];
      taken.push(box);
      const faded = lit.size > 0 && !lit.has(node.id) && !near.has(node.id);
      const strong = node.id === store.state.selected || node.type === "side";
      return [s("text", { x: box.x, y: y + 4, class: !present(node.id) ? "faded" : strong ? "lit" : faded ? "faded" : "" }, name)];
    });
    return [...heads.map(([x, y], i) => s("text", { x: x - 6, y: y + 4, class: "network-caption" }, captions[i]?.text ?? "")), ...texts];
  }

  function paint(state: State): void {
    paintMarks(marks, context, state);
    near.clear();
    for (const { ends } of chosen()) for (const end of ends) if (end !== state.selected) near.add(end);
    for (const mark of [...marks.getElementsByClassName("near")]) mark.classList.remove("near");
    for (const id of near) nodeMarks.get(id)?.classList.add("near");
    drawEdges();
    drawLabels();
    drawPointed(state.hovered);
  }

  /** Bring the selected thing, or what its ties join, into the free part: from out of sight, or from behind the card of a phone. */
  function reveal(outOfSight: boolean): void {
    const { selected } = store.state;
    if (!selected) return;
    const wanted = (spots.has(selected) ? [selected] : [...near]).flatMap((id) => [spots.get(id)].filter((spot) => spot !== undefined));
    const free = freeHeight(body);
    const seen = wanted.map((spot) => transform.apply(spot)).filter(([x, y]) => x > 8 && y > 8 && x < body.clientWidth - 8 && y < body.clientHeight - 8);
    if (!wanted.length || seen.some(([, y]) => y < free - 16) || !(seen.length || outOfSight)) return;
    const mean = (axis: 0 | 1): number => wanted.reduce((sum, spot) => sum + spot[axis], 0) / wanted.length;
    select<SVGSVGElement, unknown>(svg).call(zooming.translateTo, mean(0), mean(1), [body.clientWidth / 2, free / 2]);
  }

  return {
    draw,
    update(state, before) {
      if (state.hovered !== before.hovered) drawPointed(state.hovered);
      if (state.network !== before.network) return draw();
      if (state.networkAt !== before.networkAt && String(state.networkAt) !== String(look())) follow(state.networkAt);
      if (onlyHovered(state, before)) return paintHover(marks, state);
      paint(state);
      if (state.selected !== before.selected) requestAnimationFrame(() => reveal(true));
    },
  };
};
