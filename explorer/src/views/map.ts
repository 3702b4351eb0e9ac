/** Where it happened: places with how exactly they are known, and beside the map what has no place. */

import "../style/map.css";

import { geoCircle, geoDistance, geoMercator, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

import { counted, h, s } from "../dom";
import { attachMarks, markAttributes, onlyHovered, paintHover, paintMarks } from "../interaction";
import { familyColour, familyPath } from "../marks";
import type { Id, Site } from "../model";
import { thing } from "../pieces";
import type { State } from "../state";
import type { ViewFactory } from "../view";
import { corner, firstLook, placeLabels, roundLength, tiles, type Wanted } from "./mapgeometry";

const EARTH = 6_371_008.8;
/** Where a place is known no better than this, its mark is an area and not a dot. */
const VAGUE = 8_000;
const TILES = "https://tile.openstreetmap.org";

export const map: ViewFactory = (section, context) => {
  const { index, store } = context;
  const { model } = index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const located = model.sites.filter((site) => site.point || site.line);

  const background = s("g", { class: "map-tiles" });
  const land = s("g", { class: "map-land" });
  const areas = s("g", { class: "map-areas" });
  const marks = s("g", { class: "map-marks", role: "group", "aria-label": "Places" });
  const events = s("g", { class: "map-events" });
  const labels = s("g", { class: "map-labels", "aria-hidden": "true" });
  const scale = s("g", { class: "map-scale", "aria-hidden": "true" });
  const svg = s("svg", { class: "map-svg" }, background, land, areas, marks, events, labels, scale);
  const credit = h("p", { class: "map-credit" });
  const button = (label: string, text: string, act: () => void): HTMLElement =>
    h("button", { class: "button", type: "button", "aria-label": label, title: label, onclick: act }, text);
  const controls = h(
    "div",
    { class: "map-controls" },
    button("Zoom in", "+", () => select<SVGSVGElement, unknown>(svg).call(zooming.scaleBy, 1.6)),
    button("Zoom out", "−", () => select<SVGSVGElement, unknown>(svg).call(zooming.scaleBy, 1 / 1.6)),
    button("Back to the first look", "⌂", () => select<SVGSVGElement, unknown>(svg).call(zooming.transform, zoomIdentity)),
  );
  if (located.length) body.append(svg, controls, credit);
  else body.append(h("p", { class: "empty" }, "No place of this graph has a coordinate."));
  attachMarks(svg, context);

  const online = h("input", { type: "checkbox", onchange: () => drawTiles() });
  if (located.length)
    tools.append(h("label", { class: "check map-online", title: "Asks tile.openstreetmap.org for pictures of the region" }, online, h("span", {}, "Online background")));
  const elsewhere = h("details", { class: "map-elsewhere" });
  tools.append(elsewhere);
  drawElsewhere();

  let projection = geoMercator();
  let transform: ZoomTransform = zoomIdentity;
  const at = (point: [number, number]): [number, number] => transform.apply(projection(point) ?? [0, 0]);
  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.02, 60])
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      transform = event.transform;
      move();
    });

  /** What the map cannot show, counted and listed. */
  function drawElsewhere(): void {
    const { shown } = context.scene();
    const points = new Set(located.map((site) => site.id));
    const without = model.incidents.filter((one) => shown.has(one.id) && !one.places.some((place) => points.has(place)));
    const none = without.filter((one) => one.places.length === 0);
    elsewhere.hidden = without.length === 0;
    elsewhere.replaceChildren(
      h("summary", { class: "button" }, `${without.length} not on the map`),
      h(
        "div",
        { class: "map-list" },
        h("p", { class: "soft" }, `${counted(none.length, "event")} with no place stated, ${without.length - none.length} at places without a coordinate.`),
        h("ul", {}, ...without.map((one) => h("li", {}, thing(context, one.id), h("span", { class: "soft" }, ` ${one.placesText.join(", ") || "no place"}`)))),
      ),
    );
  }
  elsewhere.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !elsewhere.open) return;
    event.stopPropagation();
    elsewhere.open = false;
    elsewhere.querySelector("summary")?.focus();
  });

  function draw(): void {
    if (!located.length) return;
    const { clientWidth: width, clientHeight: height } = body;
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    const points = firstLook(model.sites);
    const shown = points.length ? points : located.flatMap((site) => (site.point ? [site.point] : site.line ?? []));
    const pad = Math.min(48, width / 8, height / 8);
    projection = geoMercator();
    // A single point has no extent: a circle of some ten kilometres around each gives it one.
    const around: GeoPermissibleObjects = {
      type: "FeatureCollection",
      features: shown.map((point) => ({ type: "Feature", properties: {}, geometry: geoCircle().center(point).radius(0.05)() })),
    };
    projection.fitExtent([[pad, pad * 0.8], [width - pad, height - pad * 0.8]], around);
    land.replaceChildren();
    const path = geoPath(projection);
    for (const one of model.boundaries) {
      const topology = one.topology as Topology;
      const object = topology.objects[one.object] as GeometryCollection<{ name?: string }> | undefined;
      if (!object) continue;
      const shapes = feature(topology, object);
      const units = object.geometries.length > 1 && one.label !== "";
      land.append(s("path", { class: units ? "map-country" : "map-else", d: path(shapes) ?? "" }));
      land.append(s("path", { class: "map-border", d: path(mesh(topology, object)) ?? "" }));
    }
    areas.replaceChildren(...located.flatMap(area));
    marks.replaceChildren(...located.filter((site) => site.point).map(mark));
    labels.replaceChildren(...located.map((site) => s("text", { "data-label": site.id, class: (site.accuracy ?? 0) > VAGUE ? "map-region" : "" }, site.label)));
    drawCredit();
    const reach = firstLookReach(width, height);
    zooming.scaleExtent([reach, 60]).extent([[0, 0], [width, height]]);
    select<SVGSVGElement, unknown>(svg).call(zooming).on("dblclick.zoom", null);
    paint(store.state);
  }

  /** How far out one may zoom: until all places fit. */
  function firstLookReach(width: number, height: number): number {
    const spots = located.flatMap((site) => (site.point ? [projection(site.point) ?? [0, 0]] : []));
    const spread = (axis: 0 | 1): number => Math.max(...spots.map((spot) => spot[axis] ?? 0)) - Math.min(...spots.map((spot) => spot[axis] ?? 0));
    return Math.min(1, (0.5 * width) / Math.max(1, spread(0)), (0.5 * height) / Math.max(1, spread(1)));
  }

  /** Routes as lines; how exactly a place is known, and what "near" means, as circles. */
  function area(site: Site): SVGElement[] {
    const found: SVGElement[] = [];
    if (site.line) found.push(s("path", { class: "map-route", "data-thing": site.id, "data-line": site.id }));
    if (site.point && site.accuracy) found.push(s("path", { class: site.vicinityOf ? "map-vicinity" : "map-accuracy", "data-thing": site.id, "data-circle": site.id }));
    return found;
  }

  function mark(site: Site): SVGElement {
    return s(
      "g",
      { class: `map-place${(site.accuracy ?? 0) > VAGUE ? " map-vague" : ""}`, ...markAttributes(index, site.id) },
      s("circle", { class: "map-hit", r: 12 }),
      s("circle", { class: "map-dot", r: 5 }),
      s("text", { class: "map-count", dy: "0.35em" }),
    );
  }

  const counts = new Map<Id, number>();
  function radius(id: Id): number {
    const count = counts.get(id) ?? 0;
    return count === 0 ? 3.5 : 7 + Math.min(9, 2 * Math.sqrt(count - 1));
  }

  /** Zooming and painting end here: everything that has a place on the screen is put there. */
  function move(): void {
    const { clientWidth: width, clientHeight: height } = body;
    land.setAttribute("transform", transform.toString());
    const screen = geoPath(projection);
    for (const path of areas.children) {
      const site = index.site.get(path.getAttribute("data-thing") ?? "");
      if (!site) continue;
      if (path.hasAttribute("data-line") && site.line)
        path.setAttribute("d", `M${site.line.map((point) => at(point).join(",")).join("L")}`);
      else if (site.point && site.accuracy) {
        // A circle larger than the view says nothing that can be seen, and tints all of it.
        const pixels = (site.accuracy / EARTH) * projection.scale() * transform.k;
        path.toggleAttribute("hidden", pixels > 0.35 * Math.min(width, height) && store.state.selected !== site.id);
        const circle = geoCircle().center(site.point).radius(((site.accuracy / EARTH) * 180) / Math.PI)();
        path.setAttribute("d", screen(circle) ?? "");
        path.setAttribute("transform", transform.toString());
      }
    }
    for (const group of marks.children) {
      const site = index.site.get(group.getAttribute("data-thing") ?? "");
      if (site?.point) group.setAttribute("transform", `translate(${at(site.point).join(",")})`);
    }
    for (const group of events.children) {
      const site = index.site.get(group.getAttribute("data-at") ?? "");
      const spot = site ? middle(site) : null;
      if (spot) group.setAttribute("transform", `translate(${spot[0] + Number(group.getAttribute("data-dx") ?? 0)},${spot[1]})`);
    }
    drawLabels(width, height);
    drawScale(height);
    drawTiles();
  }

  function middle(site: Site): [number, number] | null {
    if (site.point) return at(site.point);
    const line = site.line;
    if (!line?.length) return null;
    const [a, b] = [at(line[0] ?? [0, 0]), at(line.at(-1) ?? [0, 0])];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  }

  function drawLabels(width: number, height: number): void {
    const { lit } = context.scene();
    const weight = (site: Site): number =>
      (site.id === store.state.selected ? 1e6 : 0) + (lit.has(site.id) ? 1e4 : 0) + (counts.get(site.id) ?? 0);
    const texts = new Map([...labels.children].map((text) => [text.getAttribute("data-label"), text]));
    const order = [...located].filter((site) => middle(site)).sort((a, b) => weight(b) - weight(a));
    const wanted = order.map((site): Wanted => {
      const [x, y] = middle(site) ?? [0, 0];
      return { x, y, radius: site.point ? radius(site.id) : 2, width: site.label.length * 6.3 + 4, height: 15 };
    });
    placeLabels(wanted, width, height).forEach((box, i) => {
      const site = order[i];
      const text = site ? texts.get(site.id) : undefined;
      if (!site || !text) return;
      const faded = lit.size > 0 && !lit.has(site.id);
      text.toggleAttribute("hidden", box === null || (weight(site) === 0 && transform.k < 2));
      text.classList.toggle("faded", faded);
      text.classList.toggle("lit", lit.has(site.id));
      if (!box) return;
      text.setAttribute("x", String(box.x));
      text.setAttribute("y", String(box.y + 11.5));
    });
  }

  function drawScale(height: number): void {
    const invert = (x: number): [number, number] => projection.invert?.(transform.invert([x, height - 20])) ?? [0, 0];
    const metres = geoDistance(invert(10), invert(110)) * EARTH;
    if (!Number.isFinite(metres) || metres <= 0) return;
    const long = roundLength(metres);
    const width = (100 * long) / metres;
    scale.replaceChildren(
      s("path", { d: `M10,${height - 22}v6h${width}v-6` }),
      s("text", { x: 14 + width, y: height - 15 }, long >= 1000 ? `${long / 1000} km` : `${long} m`),
    );
  }

  /** In short on the map; "About and files" has the whole. */
  function drawCredit(): void {
    const whole = [...new Set(model.boundaries.map((one) => one.attribution))].join(" · ");
    credit.textContent = online.checked ? "© OpenStreetMap contributors" : whole ? "Boundaries: Natural Earth" : "";
    credit.title = whole;
  }

  function drawTiles(): void {
    drawCredit();
    background.replaceChildren();
    svg.classList.toggle("online", online.checked);
    if (!online.checked) return;
    const { clientWidth: width, clientHeight: height } = body;
    const geo = (x: number, y: number): [number, number] => projection.invert?.(transform.invert([x, y])) ?? [0, 0];
    for (const tile of tiles(geo(0, height), geo(width, 0), width)) {
      const [x, y] = at(corner(tile));
      const [right, bottom] = at(corner({ z: tile.z, x: tile.x + 1, y: tile.y + 1 }));
      background.append(s("image", { href: `${TILES}/${tile.z}/${tile.x}/${tile.y}.png`, x, y, width: right - x + 0.5, height: bottom - y + 0.5 }));
    }
  }

  function paint(state: State): void {
    const { shown, lit, current } = context.scene();
    counts.clear();
    for (const site of model.sites) {
      const here = current ?? shown;
      const count = site.events.filter((id) => here.has(id)).length;
      if (count) counts.set(site.id, count);
    }
    paintMarks(svg, context, state, (id) => lit.has(id) || site(id)?.events.length === 0 || (site(id)?.events.some((event) => shown.has(event)) ?? false));
    for (const group of marks.children) {
      const id = group.getAttribute("data-thing") ?? "";
      const count = counts.get(id) ?? 0;
      group.querySelector(".map-dot")?.setAttribute("r", String(radius(id)));
      const text = group.querySelector(".map-count");
      if (text) text.textContent = count ? String(count) : "";
      group.classList.toggle("map-quiet", count === 0);
    }
    // The selected event, or the events of the day, in their own shapes where they were.
    const told = state.selected && index.incident.has(state.selected) ? [state.selected] : [...(current ?? [])];
    const used = new Map<Id, number>();
    events.replaceChildren(
      ...told.flatMap((id) => {
        const one = index.incident.get(id);
        return (one?.places ?? []).flatMap((place) => {
          if (!one || !index.site.has(place)) return [];
          const nth = used.get(place) ?? 0;
          used.set(place, nth + 1);
          return [
            s(
              "g",
              { "data-thing": id, "data-at": place, "data-dx": nth * 18, class: "mark-on map-event" },
              s("circle", { r: 13, class: "map-halo" }),
              s("path", { d: familyPath(one.family), "fill-rule": "evenodd", fill: familyColour(one.family) }),
            ),
          ];
        });
      }),
    );
    move();
  }
  const site = (id: Id): Site | undefined => index.site.get(id);

  /** Bring the selection into sight, when none of it is. */
  function reveal(): void {
    const { clientWidth: width, clientHeight: height } = body;
    const spots = [...context.scene().lit].flatMap((id) => {
      const place = index.site.get(id);
      const spot = place ? middle(place) : null;
      return spot ? [spot] : [];
    });
    const inside = spots.some(([x, y]) => x > 0 && y > 0 && x < width && y < height);
    const first = spots[0];
    if (!first || inside) return;
    const [x, y] = transform.invert(first);
    select<SVGSVGElement, unknown>(svg).call(zooming.translateTo, x, y);
  }

  return {
    draw,
    update(state, before) {
      if (!located.length) return drawElsewhere();
      if (onlyHovered(state, before)) return paintHover(svg, state);
      drawElsewhere();
      paint(state);
      if (state.selected !== before.selected && state.selected) reveal();
    },
  };
};
