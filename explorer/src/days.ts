/** Days as ISO texts: arithmetic and British words. */

import type { Day } from "./model";

const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function date(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** "19 August 2021" for 2021-08-19. */
export function dayText(day: Day): string {
  return LONG.format(date(day));
}

/** "19 Aug" for 2021-08-19. */
export function shortDay(day: Day): string {
  return SHORT.format(date(day));
}

/** "19 Aug" in a known year, "19 Aug 2022" outside it. */
export function dayWithin(day: Day, year: string): string {
  return day.startsWith(year) ? shortDay(day) : `${shortDay(day)} ${day.slice(0, 4)}`;
}

/** The day a number of days later. */
export function dayAfter(day: Day, days = 1): Day {
  const moved = date(day);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((date(to).getTime() - date(from).getTime()) / 86_400_000);
}
