/** Where it happened: places with how exactly they are known, and beside the map what has no place. */

import "../style/map.css";

import { geoCircle, geoDistance, geoMercator, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";

import { counted, h, s } from "../dom";
import { attachMarks, described, markAttributes, onlyHovered, paintHover, paintMarks } from "../interaction";
import { familyColour, familyPath } from "../marks";
import type { Id, Site } from "../model";
import { freeHeight } from "../pieces";
import type { State } from "../state";
import type { ViewFactory } from "../view";
import { makeBoundaries, type Name } from "./mapboundaries";
import { makeElsewhere } from "./mapelsewhere";
import { boxesAlong, boxOf, corner, firstLook, furniture, nearness, placed, placeLabels, rounded, roundLength, shownAt, spreadOut, tiles, type Wanted } from "./mapgeometry";
import { zoomControls } from "./zooming";

const EARTH = 6_371_008.8;
/** Where a place is known no better than this, its mark is an area and not a dot. */
const VAGUE = 8_000;
/** More places in sight than this are not moved apart: it would take too long, and show nothing. */
const MANY = 200;
const TILES = "https://tile.openstreetmap.org";

export const map: ViewFactory = (section, context) => {
  const { index, store } = context;
  const { model } = index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const located = placed(model.sites).filter((site) => site.point || site.line);
  const siteOf = new Map(located.map((one) => [one.id, one]));
  const boundaries = makeBoundaries(model, located.map((site) => site.label));

  const background = s("g", { class: "map-tiles" });
  const land = s("g", { class: "map-land" });
  const areas = s("g", { class: "map-areas" });
  const marks = s("g", { class: "map-marks", role: "group", "aria-label": "Places" });
  const events = s("g", { class: "map-events" });
  const leaders = s("path", { class: "map-leader" });
  const names = s("g", { class: "map-names", "aria-hidden": "true" });
  const labels = s("g", { class: "map-labels", "aria-hidden": "true" });
  const scale = s("g", { class: "map-scale", "aria-hidden": "true" });
  const svg = s("svg", { class: "map-svg" }, background, land, areas, names, leaders, marks, events, labels, scale);
  const credit = h("p", { class: "map-credit" });
  attachMarks(svg, context);

  const online = h("input", { type: "checkbox", onchange: () => drawTiles() });
  if (located.length)
    tools.append(h("label", { class: "check map-online", title: "Asks tile.openstreetmap.org for pictures of the region" }, online, h("span", {}, "Online", h("span", { class: "wide-word" }, " background"))));
  const elsewhere = makeElsewhere(context, new Set(siteOf.keys()));
  tools.append(elsewhere.root);

  const spots = new Map<Id, [number, number]>();
  /** Names of the land in sight; null: it moved. */
  let lands: Name[] | null = null;
  let projection = geoMercator();
  let transform: ZoomTransform = zoomIdentity;
  let following = false;
  const at = (point: [number, number]): [number, number] => transform.apply(projection(point) ?? [0, 0]);
  const zooming = zoom<SVGSVGElement, unknown>()
    .scaleExtent([0.02, 60])
    .on("zoom", (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      transform = event.transform;
      moveLand();
    })
    .on("end", () => {
      if (!following) store.set({ map: look() });
    });
  if (located.length) body.append(svg, zoomControls(body, svg, zooming, 1.6, "Back to the first look"), credit);
  else body.append(h("p", { class: "empty" }, "No place of this graph has a coordinate."));

  /** Where the map is looked at, as the link has it; as exact as a pixel. */
  function look(): State["map"] {
    const { k, x, y } = transform;
    if (Math.abs(k - 1) < 0.001 && Math.hypot(x, y) < 1) return null;
    const [longitude, latitude] = projection.invert?.(transform.invert([body.clientWidth / 2, body.clientHeight / 2])) ?? [0, 0];
    return rounded([latitude, longitude, nearness(projection.scale() * transform.k)]);
  }

  /** Move to where the link says; that is no gesture of the reader's. */
  function follow(at: State["map"]): void {
    const { clientWidth: width, clientHeight: height } = body;
    following = true;
    select<SVGSVGElement, unknown>(svg).call(zooming.transform, at ? shownAt(at, projection, zooming.scaleExtent(), width, height) : zoomIdentity);
    following = false;
  }

  function draw(): void {
    if (!located.length) return;
    const { clientWidth: width, clientHeight: height } = body;
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height));
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
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
    land.replaceChildren(...boundaries.paths(projection));
    areas.replaceChildren(...located.flatMap(area));
    marks.replaceChildren(...located.map(mark));
    labels.replaceChildren(...located.map((site) => s("text", { "data-label": site.id, class: (site.accuracy ?? 0) > VAGUE ? "map-region" : "" }, site.label)));
    drawCredit();
    countedFor = null;
    const reach = firstLookReach(width, height);
    zooming.scaleExtent([reach, 60]).extent([[0, 0], [width, height]]);
    select<SVGSVGElement, unknown>(svg).call(zooming).on("dblclick.zoom", null);
    paint(store.state);
    follow(store.state.map);
    requestAnimationFrame(() => reveal(store.state.map === null));
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
    if (site.point && site.accuracy) {
      const circle = geoCircle().center(site.point).radius(((site.accuracy / EARTH) * 180) / Math.PI)();
      found.push(s("path", { class: site.vicinityOf ? "map-vicinity" : "map-accuracy", "data-thing": site.id, d: geoPath(projection)(circle) ?? "" }));
    }
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

  /** The events that were counted last; null: not yet, or drawn anew. */
  let countedFor: Set<Id> | null = null;
  const counts = new Map<Id, number>();
  /** How many events are drawn in their own shapes at a place. */
  const used = new Map<Id, number>();
  function radius(id: Id): number {
    const count = counts.get(id) ?? 0;
    return count === 0 ? 3.5 : 7 + Math.min(9, 2 * Math.sqrt(count - 1));
  }

  /** Zoomed: the land moves as one; circles that are larger than the view are not shown. */
  function moveLand(): void {
    const { clientWidth: width, clientHeight: height } = body;
    lands = null;
    land.setAttribute("transform", transform.toString());
    for (const path of areas.children) {
      const site = siteOf.get(path.getAttribute("data-thing") ?? "");
      if (site?.line && path.hasAttribute("data-line")) path.setAttribute("d", `M${site.line.map((point) => at(point).join(",")).join("L")}`);
      else if (site?.accuracy) {
        // A circle larger than the view says nothing that can be seen, and tints all of it.
        const pixels = (site.accuracy / EARTH) * projection.scale() * transform.k;
        path.toggleAttribute("hidden", pixels > 0.35 * Math.min(width, height));
        path.setAttribute("transform", transform.toString());
      }
    }
    drawScale(height);
    drawTiles();
    move();
  }

  /** Everything that has a place on the screen is put there. */
  function move(): void {
    const { clientWidth: width, clientHeight: height } = body;
    settle(width, height);
    for (const group of marks.children) {
      const site = siteOf.get(group.getAttribute("data-thing") ?? "");
      const spot = site ? spots.get(site.id) : null;
      if (spot) group.setAttribute("transform", `translate(${spot.join(",")})`);
    }
    moveTold();
  }

  /** What is told of the selection: its events in their own shapes, and the names of places. */
  function moveTold(): void {
    const { clientWidth: width, clientHeight: height } = body;
    leaders.classList.toggle("faded", context.scene().lit.size > 0);
    for (const group of events.children) {
      const site = siteOf.get(group.getAttribute("data-at") ?? "");
      const spot = site ? middle(site) : null;
      if (spot) group.setAttribute("transform", `translate(${spot[0] + Number(group.getAttribute("data-dx") ?? 0)},${spot[1]})`);
    }
    drawLabels(width, height);
  }

  /** Where marks stand: on their places, or beside them with a line to the place where they would cover each other. */
  function settle(width: number, height: number): void {
    spots.clear();
    const seen = located.flatMap((site) => {
      const [x, y] = home(site);
      spots.set(site.id, [x, y]);
      if (x < -40 || y < -40 || x > width + 40 || y > height + 40) return [];
      // The mark of a vicinity stands on the rim of its area, not on the place that it is near.
      const rim = site.vicinityOf ? (0.7 * (site.accuracy ?? 0) * projection.scale() * transform.k) / EARTH : 0;
      return [{ site, from: [x, y] as [number, number], x: x + rim, y: y - rim, radius: radius(site.id) }];
    });
    const apart = seen.length > MANY ? seen.map(({ x, y }): [number, number] => [x, y]) : spreadOut(seen);
    const lines: string[] = [];
    seen.forEach(({ site, from }, i) => {
      const to = apart[i] ?? from;
      spots.set(site.id, to);
      if (Math.hypot(to[0] - from[0], to[1] - from[1]) > 3 && !site.vicinityOf) lines.push(`M${from.join(",")}L${to.join(",")}`);
    });
    leaders.setAttribute("d", lines.join(""));
  }

  /** Where a place is: its point, or the middle of its line. */
  function home(site: Site): [number, number] {
    if (site.point) return at(site.point);
    const [a, b] = [at(site.line?.[0] ?? [0, 0]), at(site.line?.at(-1) ?? [0, 0])];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  }

  function middle(site: Site): [number, number] {
    return spots.get(site.id) ?? home(site);
  }

  function drawLabels(width: number, height: number): void {
    const { lit } = context.scene();
    const weight = (site: Site): number =>
      (site.id === store.state.selected ? 1e6 : 0) + (lit.has(site.id) ? 1e4 : 0) + (counts.get(site.id) ?? 0);
    const texts = new Map([...labels.children].map((text) => [text.getAttribute("data-label"), text]));
    const order = located
      .filter((site) => {
        const [x, y] = middle(site);
        // Places of no event are named where there is room, unless one looks from afar.
        return x >= 0 && y >= 0 && x <= width && y <= height && (weight(site) > 0 || transform.k >= 0.99);
      })
      .sort((a, b) => weight(b) - weight(a))
      .slice(0, MANY);
    for (const text of labels.children) text.toggleAttribute("hidden", true);
    const wanted = order.map((site): Wanted => {
      const [x, y] = middle(site);
      const told = used.has(site.id) ? 5 + 9 * (used.get(site.id) ?? 1) : radius(site.id);
      return { x, y, radius: told, width: site.label.length * 6.3 + 4, height: 15 };
    });
    lands ??= boundaries.names(projection, transform, width, height);
    const land = lands.map(({ text, x, y, level }): Wanted => ({ x, y, radius: 0, width: text.length * (level === "country" ? 9.5 : 7.5), height: 16, centred: true }));
    const dots = [...spots].map(([id, [x, y]]) => boxOf({ x, y, radius: radius(id) }));
    const routes = located.flatMap((site) => (site.line ? boxesAlong(site.line.map(at), width, height) : []));
    const boxes = placeLabels([...wanted, ...land], width, height, [...furniture(width, height), ...dots, ...routes]);
    names.replaceChildren(
      ...lands.flatMap(({ text, level }, i) => {
        const box = boxes[wanted.length + i];
        return box ? [s("text", { class: `map-name-${level}`, x: box.x + box.width / 2, y: box.y + 12, "text-anchor": "middle" }, text)] : [];
      }),
    );
    boxes.slice(0, wanted.length).forEach((box, i) => {
      const site = order[i];
      const text = site ? texts.get(site.id) : undefined;
      if (!site || !text) return;
      const faded = lit.size > 0 && !lit.has(site.id);
      text.toggleAttribute("hidden", box === null);
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
    const land = whole ? "Boundaries as held: Natural Earth" : "";
    credit.textContent = [online.checked ? "© OpenStreetMap contributors" : "", land].filter(Boolean).join(" · ");
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
    const { shown, current } = context.scene();
    const here = current ?? shown;
    const recount = here !== countedFor;
    if (recount) count(here);
    paintMarks(svg, context, state);
    // The selected event, or the events of the day, in their own shapes where they were.
    const told = state.selected && index.incident.has(state.selected) ? [state.selected] : [...(current ?? [])];
    used.clear();
    for (const place of told.flatMap((id) => index.incident.get(id)?.places ?? [])) used.set(place, (used.get(place) ?? 0) + 1);
    const drawn = new Map<Id, number>();
    events.replaceChildren(
      ...told.flatMap((id) => {
        const one = index.incident.get(id);
        return (one?.places ?? []).flatMap((place) => {
          if (!one || !siteOf.has(place)) return [];
          const nth = drawn.get(place) ?? 0;
          drawn.set(place, nth + 1);
          return [
            s(
              "g",
              { "data-thing": id, "data-at": place, "data-dx": 18 * (nth - ((used.get(place) ?? 1) - 1) / 2), class: "mark-on map-event" },
              s("circle", { r: 13, class: "map-halo" }),
              s("path", { d: familyPath(one.family), "fill-rule": "evenodd", fill: familyColour(one.family) }),
            ),
          ];
        });
      }),
    );
    if (recount) move();
    else moveTold();
  }

  /** How many of these events were at each place; a mark is as large as its number. */
  function count(here: Set<Id>): void {
    countedFor = here;
    counts.clear();
    for (const site of model.sites) {
      const number = site.events.filter((id) => here.has(id)).length;
      if (number) counts.set(site.id, number);
    }
    for (const group of marks.children) {
      const id = group.getAttribute("data-thing") ?? "";
      const number = counts.get(id) ?? 0;
      group.querySelector(".map-dot")?.setAttribute("r", String(radius(id)));
      const text = group.querySelector(".map-count");
      if (text) text.textContent = number ? String(number) : "";
      group.setAttribute("aria-label", `${described(index, id)}, ${counted(number, "event")}`);
      group.classList.toggle("map-quiet", number === 0);
    }
  }

  /** Bring the selection into the free part of the view: when none of it is in sight, or the card of a phone covers it. */
  function reveal(outOfSight: boolean): void {
    if (store.state.selected === null) return;
    const { clientWidth: width, clientHeight: height } = body;
    const spots = [...context.scene().lit].flatMap((id) => {
      const place = siteOf.get(id);
      return place ? [middle(place)] : [];
    });
    const free = freeHeight(body);
    const seen = spots.filter(([x, y]) => x > 0 && y > 0 && x < width && y < height);
    const first = seen[0] ?? spots[0];
    if (!first || seen.some(([, y]) => y < free - 16) || !(seen.length || outOfSight)) return;
    const [x, y] = transform.invert(first);
    select<SVGSVGElement, unknown>(svg).call(zooming.translateTo, x, y, [width / 2, free / 2]);
  }

  return {
    draw,
    update(state, before) {
      if (!located.length) return elsewhere.update();
      if (state.map !== before.map && String(state.map) !== String(look())) follow(state.map);
      if (onlyHovered(state, before)) return paintHover(svg, state);
      elsewhere.update();
      paint(state);
      if (state.selected !== before.selected && state.selected) requestAnimationFrame(() => reveal(true));
    },
  };
};
