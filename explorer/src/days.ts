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
