/** The land below the marks: boundaries of countries and provinces, and their names where there is room. */

import { geoContains, geoMercator, geoPath, type GeoProjection } from "d3-geo";
import type { ZoomTransform } from "d3-zoom";
import type { Feature, Geometry } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

import { s } from "../dom";
import { folded } from "../facets";
import type { Model } from "../model";

type Shape = Feature<Geometry, { name?: string }>;

/** A name is written where its country has at least this share of what is seen. */
const SHARE = { country: 0.05, province: 0.03 };

export interface Name {
  text: string;
  level: "country" | "province";
  x: number;
  y: number;
}

/** "Dar`a" and "Daraa Governorate" begin alike. */
function plain(name: string): string {
  return folded(name).replace(/[^\p{L}]/gu, "").replace(/(.)\1+/gu, "$1");
}

export interface Boundaries {
  paths(projection: GeoProjection): SVGElement[];
  /** Names in the middle of what is seen of their shapes; countries first, larger ones before smaller. */
  names(projection: GeoProjection, transform: ZoomTransform, width: number, height: number): Name[];
}

/** `taken` are labels of places: a province of the same name is not written twice. */
export function makeBoundaries(model: Model, taken: readonly string[]): Boundaries {
  const known = taken.map(plain);
  const points = model.sites.flatMap((site) => (site.point ? [site.point] : []));
  // The first is of countries, neighbours too; each after it of the provinces of one of them.
  const layers = model.boundaries.flatMap((one, i) => {
    const topology = one.topology as Topology;
    const object = topology.objects[one.object] as GeometryCollection<{ name?: string }> | undefined;
    if (!object) return [];
    const level = i === 0 ? ("country" as const) : ("province" as const);
    const shapes = feature(topology, object).features as Shape[];
    // Of provinces only what lies between two of them: their outer line is the country's, drawn by another hand.
    const lines = mesh(topology, object, level === "country" ? undefined : (a, b) => a !== b);
    // Whose land a disputed stretch is, a map of another country's war need not say: a neighbour has no name.
    const named = new Set(shapes.filter((shape) => level === "province" || points.some((point) => geoContains(shape, point))));
    return [{ level, shapes, lines, named, units: object.geometries.length > 1 && one.label !== "" }];
  });

  return {
    paths(projection) {
      const path = geoPath(projection);
      return [
        ...layers.map(({ shapes, units }) => s("path", { class: units ? "map-country" : "map-else", d: path({ type: "FeatureCollection", features: shapes }) ?? "" })),
        ...layers.map(({ level, lines }) => s("path", { class: `map-border map-border-${level}`, d: path(lines) ?? "" })),
      ];
    },
    names(projection, transform, width, height) {
      const [tx, ty] = projection.translate();
      const seen = geoMercator()
        .scale(projection.scale() * transform.k)
        .translate(transform.apply([tx, ty]))
        .center(projection.center())
        .clipExtent([[0, 0], [width, height]]);
      const path = geoPath(seen);
      return layers.flatMap(({ level, named }) =>
        [...named]
          .map((shape) => ({ shape, area: path.area(shape) }))
          .filter(({ area }) => area > SHARE[level] * width * height)
          .sort((a, b) => b.area - a.area)
          .flatMap(({ shape }) => {
            const text = shape.properties.name ?? "";
            const [x, y] = path.centroid(shape);
            const own = plain(text);
            if (!own || !Number.isFinite(x) || known.some((one) => one.startsWith(own))) return [];
            return [{ text, level, x, y }];
          }),
      );
    },
  };
}
