/** Rows as bars: numbers by name, or numbers by date. */

import { scaleLinear } from "d3-scale";

import { s } from "../dom";
import type { Chart, Table, Term } from "./results";

const MOST = 60;
const COLOURS = ["var(--side-0)", "var(--side-1)", "var(--side-2)", "var(--side-none)"];

/** `name` is a term in words. */
export function drawChart(table: Table, chart: Chart, width: number, name: (term: Term | undefined) => string): SVGSVGElement {
  const rows = table.rows.slice(0, MOST);
  return chart.kind === "bars" ? bars(rows, chart, width, name) : columns(rows, chart, width);
}

type Rows = Table["rows"];

function number(row: Rows[number], name: string): number {
  return Number(row[name]?.value ?? 0);
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

function legend(y: string[]): SVGElement[] {
  if (y.length < 2) return [];
  return y.slice(0, 4).flatMap((name, i) => [
    s("rect", { x: 8 + i * 120, y: 4, width: 10, height: 10, fill: COLOURS[i] ?? "var(--ink-soft)" }),
    s("text", { x: 22 + i * 120, y: 13 }, name),
  ]);
}

function bars(rows: Rows, { x, y }: Chart, width: number, nameOf: (term: Term | undefined) => string): SVGSVGElement {
  const shown = y.slice(0, 4);
  const left = Math.min(260, width * 0.4);
  const each = 8 + 14 * shown.length;
  const most = Math.max(1, ...rows.flatMap((row) => shown.map((name) => number(row, name))));
  const scale = scaleLinear([0, most], [0, width - left - 60]);
  const top = shown.length > 1 ? 24 : 6;
  return s(
    "svg",
    { class: "chart", width, height: top + rows.length * each + 6, role: "img", "aria-label": `${shown.join(", ")} by ${x}` },
    ...legend(shown),
    ...rows.flatMap((row, i) => [
      s("text", { x: left - 8, y: top + i * each + each / 2, dy: "0.3em", "text-anchor": "end" }, shortened(nameOf(row[x]) || "–", Math.floor(left / 6.6))),
      ...shown.flatMap((name, j) => [
        s("rect", { x: left, y: top + i * each + 4 + j * 14, width: Math.max(1, scale(number(row, name))), height: 12, fill: COLOURS[j] ?? "" }),
        s("text", { x: left + Math.max(1, scale(number(row, name))) + 4, y: top + i * each + 14 + j * 14 }, row[name]?.value ?? ""),
      ]),
    ]),
  );
}

function columns(rows: Rows, { x, y }: Chart, width: number): SVGSVGElement {
  const shown = y.slice(0, 4);
  const height = 260;
  const days = rows.map((row) => Date.parse((row[x]?.value ?? "").padEnd(10, "-01").slice(0, 10)));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const across = scaleLinear([first, last === first ? first + 1 : last], [44, width - 30]);
  const most = Math.max(1, ...rows.flatMap((row) => shown.map((name) => number(row, name))));
  const up = scaleLinear([0, most], [height - 24, 26]).nice(4);
  const thick = Math.max(2, Math.min(18, (width - 80) / rows.length / shown.length - 1));
  let until = -Infinity;
  const labels = rows.flatMap((row, i) => {
    const px = across(days[i] ?? first);
    if (px < until) return [];
    until = px + 78;
    return [s("text", { x: px, y: height - 8, "text-anchor": "middle" }, row[x]?.value ?? "")];
  });
  return s(
    "svg",
    { class: "chart", width, height, role: "img", "aria-label": `${shown.join(", ")} by ${x}` },
    ...legend(shown),
    ...up.ticks(4).flatMap((tick) => [
      s("line", { class: "chart-grid", x1: 40, x2: width - 10, y1: up(tick), y2: up(tick) }),
      s("text", { x: 34, y: up(tick), dy: "0.3em", "text-anchor": "end" }, String(tick)),
    ]),
    ...rows.flatMap((row, i) =>
      shown.map((name, j) =>
        s(
          "rect",
          { x: across(days[i] ?? first) - (thick * shown.length) / 2 + j * thick, y: up(number(row, name)), width: thick, height: Math.max(0, height - 24 - up(number(row, name))), fill: COLOURS[j] ?? "" },
          s("title", {}, `${row[x]?.value ?? ""}: ${row[name]?.value ?? ""} ${name}`),
        ),
      ),
    ),
    ...labels,
  );
}
