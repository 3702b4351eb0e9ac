/** Where each event stands on the timeline: pure arithmetic, tested without a browser. */

import type { Day, Family, Id, Incident } from "../model";
import { dayAfter, daysBetween } from "../days";

/** Days of the page's own period: that of the conflict if it is known, else all events that are not background. */
export function period(incidents: readonly Incident[], own: { from: Day; to: Day } | null): [Day, Day] | null {
  const near = incidents.filter((one) => !one.background);
  const days = (near.length ? near : incidents)
    .flatMap((one) => [one.first, one.last])
    .filter((day): day is Day => day !== null)
    .sort();
  // What lasts for years (a war) would press a month's events into a line: the conflict's own days win.
  const [first, last] = own
    ? [own.from, own.to]
    : [days[0], days.at(-1)];
  if (!first || !last) return null;
  if (!own) return [first, last];
  const lead = dayAfter(first, -Math.max(7, Math.round(daysBetween(first, last) / 2)));
  const tail = dayAfter(last, Math.max(7, Math.round(daysBetween(first, last) / 2)));
  const inside = days.filter((day) => day >= lead && day <= tail);
  return [inside[0] && inside[0] < first ? inside[0] : first, maximum([last, ...inside])];
}

function maximum(days: Day[]): Day {
  return days.reduce((a, b) => (a > b ? a : b));
}

export type Zone = "earlier" | "inside" | "later" | "undated";

/** Whether an event is drawn on the axis, or beside it. */
export function zone(one: Incident, [from, to]: [Day, Day]): Zone {
  const first = one.first ?? one.last;
  const last = one.last ?? one.first;
  if (first === null || last === null) return "undated";
  // What comes before the conflict was over by its first day.
  const over = last <= from && (one.first === null || (one.bounds === "inferred" && first < from));
  if (over || last < from || (one.last === null && first < from)) return "earlier";
  // "Some time in the offensive" is no day of it.
  if (one.bounds === "inferred" && one.first !== null && one.last !== null && daysBetween(first, last) > 0.6 * daysBetween(from, to)) return "undated";
  if (first > to) return "later";
  return "inside";
}

export interface Item {
  id: Id;
  row: string;
  /** Pixels: of the symbol, and of all that is drawn with it (its words too). */
  x: number;
  from: number;
  to: number;
}

export interface Row {
  key: string;
  items: (Item & { lane: number })[];
  lanes: number;
}

/** Put items into as few lanes as their widths allow, the earliest first (first fit). */
export function packed(items: readonly Item[], gap = 3): { items: (Item & { lane: number })[]; lanes: number } {
  const ends: number[] = [];
  const placed = [...items]
    .sort((a, b) => a.from - b.from || a.to - b.to || a.id.localeCompare(b.id))
    .map((item) => {
      let lane = ends.findIndex((end) => end + gap <= item.from);
      if (lane < 0) lane = ends.push(0) - 1;
      ends[lane] = item.to;
      return { ...item, lane };
    });
  return { items: placed, lanes: Math.max(1, ends.length) };
}

/** Rows in the order given, without those that have nothing. */
export function rows(items: readonly Item[], order: readonly string[]): Row[] {
  return order
    .map((key) => {
      const own = items.filter((item) => item.row === key);
      return { key, ...packed(own) };
    })
    .filter((row) => row.items.length > 0);
}

/** The row of an event when rows are sides: its one side, both, or none. */
export function sideRow(one: Incident): Id | "both" | "none" {
  if (one.sides.length > 1) return "both";
  return one.sides[0] ?? "none";
}

export function familyRow(one: Incident): Family {
  return one.family;
}

/** Ticks a reader can use: days, weeks, months or years, about one each 80 pixels. */
export function ticks([from, to]: [Day, Day], width: number): { day: Day; label: string; major: boolean }[] {
  const days = daysBetween(from, to) + 1;
  const wanted = Math.max(2, width / 80);
  const each = days / wanted;
  const step = [1, 2, 7, 14].find((size) => size >= 0.7 * each);
  const found: { day: Day; label: string; major: boolean }[] = [];
  const year = from.slice(0, 4) === to.slice(0, 4);
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "UTC",
    ...(step ? { day: "numeric", month: "short" } : { month: "short" }),
    ...(year && step ? {} : { year: "numeric" }),
  } as Intl.DateTimeFormatOptions);
  if (step) {
    for (let day = from; day <= to; day = dayAfter(day, step))
      found.push({ day, label: format.format(new Date(`${day}T00:00:00Z`)), major: false });
    return found;
  }
  const months = Math.max(1, Math.ceil(each / 30.4));
  const stride = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((size) => size >= months) ?? 1200;
  const start = new Date(`${from.slice(0, 4)}-01-01T00:00:00Z`);
  for (let i = 0; i < 10_000; i += stride) {
    const date = new Date(start);
    date.setUTCMonth(i);
    const day = date.toISOString().slice(0, 10);
    if (day > to) break;
    if (day >= from)
      found.push({ day, label: stride >= 12 ? day.slice(0, 4) : format.format(date), major: day.endsWith("-01-01") });
  }
  return found;
}
