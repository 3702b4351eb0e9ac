/** A day to type: the browser's own date field follows the reader's system, not the page's language. */

import { dayWithin, shortDay } from "./days";
import { h } from "./dom";
import type { Day } from "./model";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** "2021-08-19", "19 August 2021" or, in a known year, "19 Aug" as a day; null for anything else. */
export function parseDay(text: string, year: string): Day | null {
  const typed = text.trim().toLowerCase();
  const iso = /^\d{4}-\d{2}-\d{2}$/.exec(typed);
  const words = /^(\d{1,2})\.?\s+([a-z]{3,9})\.?,?(?:\s+(\d{4}))?$/.exec(typed);
  const month = words ? MONTHS.indexOf((words[2] ?? "").slice(0, 3)) + 1 : 0;
  const day = iso
    ? typed
    : words && month
      ? `${words[3] ?? year}-${String(month).padStart(2, "0")}-${(words[1] ?? "").padStart(2, "0")}`
      : null;
  if (!day) return null;
  // The 31st of June is no day.
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}

export interface DayInput {
  root: HTMLInputElement;
  set(day: Day | null): void;
}

/** A field for a day of a period; `example` stands in it as long as nothing is typed. */
export function makeDayInput(label: string, example: Day, onSet: (day: Day | null) => void): DayInput {
  const year = example.slice(0, 4);
  const hint = `Write a day such as ${shortDay(example)} ${year} or ${example}`;
  const root = h("input", {
    class: "field day-input",
    type: "text",
    "aria-label": label,
    title: hint,
    placeholder: dayWithin(example, year),
    autocomplete: "off",
    spellcheck: "false",
    onchange: () => {
      const day = parseDay(root.value, year);
      root.setCustomValidity(root.value.trim() && !day ? hint : "");
      root.setAttribute("aria-invalid", String(!root.checkValidity()));
      if (root.reportValidity()) onSet(day);
    },
  });
  return {
    root,
    set(day) {
      if (document.activeElement === root && root.getAttribute("aria-invalid") === "true") return;
      root.value = day ? dayWithin(day, year) : "";
      root.setCustomValidity("");
      root.setAttribute("aria-invalid", "false");
    },
  };
}
