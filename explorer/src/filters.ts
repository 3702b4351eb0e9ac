/** The filters: families as chips, the rest in a panel; what is set, how much it leaves, the way back. */

import { shortDay } from "./days";
import { counted, h } from "./dom";
import type { Facet } from "./facets";
import { active, counts, noFilters, undated } from "./facets";
import { FAMILIES, familyIcon, familyName, sideIcon } from "./marks";
import type { Day, Family, Id } from "./model";
import type { State } from "./state";
import type { Context } from "./view";

/** "35 of 70 events by 14 Aug, 17 without a day": what has no day may have been by any. */
function byDay(day: Day, left: number, without: number, all: string): string {
  const said = (number: number): string => number.toLocaleString("en-GB");
  return `${said(left - without)} of ${all} by ${shortDay(day)}${without ? `, ${said(without)} without a day` : ""}`;
}

function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}

export function makeFilters(context: Context): HTMLElement {
  const { index, store } = context;
  const present = FAMILIES.filter((family) => index.model.incidents.some((one) => one.family === family));
  const chips = new Map<Family, HTMLButtonElement>();
  for (const family of present)
    chips.set(
      family,
      h(
        "button",
        {
          class: "button chip",
          type: "button",
          "aria-pressed": "false",
          onclick: () => store.set({ families: toggled(store.state.families, family) }),
        },
        familyIcon(family),
        h("span", {}, familyName(family)),
        h("span", { class: "chip-count soft" }),
      ),
    );
  const more = moreFilters(context);
  const status = h("p", { class: "filter-status", role: "status" });
  const set = h("span", { class: "filter-active" });
  const root = h(
    "section",
    { class: "filters", "aria-label": "Filters" },
    h("div", { class: "chips" }, ...chips.values(), more.root),
    h("div", { class: "filter-line" }, status, set),
  );

  const update = (state: State): void => {
    const found = counts(index, state, "families");
    for (const [family, chip] of chips) {
      chip.setAttribute("aria-pressed", String(state.families.includes(family)));
      const count = chip.querySelector(".chip-count");
      if (count) count.textContent = String(found.get(family) ?? 0);
    }
    const { shown } = context.scene();
    const left = shown.size;
    const all = index.model.incidents.length;
    status.textContent =
      left === 0 && all > 0
        ? "No event fits all of these:"
        : state.day && !state.days
          ? byDay(state.day, left, undated(index, shown), counted(all, "event"))
          : left === all
            ? counted(all, "event")
            : `${left.toLocaleString("en-GB")} of ${counted(all, "event")}`;
    root.classList.toggle("filters-empty", left === 0 && all > 0);
    const filters = active(index, state, familyName);
    set.replaceChildren(
      ...filters.map((one) =>
        h(
          "button",
          {
            class: "button chip chip-active",
            type: "button",
            "aria-label": `Remove the filter ${one.text}`,
            onclick: () => store.set(one.without),
          },
          h("span", { dir: "auto" }, one.text),
          h("span", { "aria-hidden": "true" }, "×"),
        ),
      ),
      filters.length
        ? h("button", { class: "button chip", type: "button", onclick: () => store.set(noFilters) }, "Clear all")
        : "",
    );
    more.update(state);
  };
  store.subscribe((state, before) => {
    const { hovered: _a, ...rest } = state;
    const { hovered: _b, ...past } = before;
    if (JSON.stringify(rest) !== JSON.stringify(past)) update(state);
  });
  update(store.state);
  return root;
}

/** Kinds, sides, actors, places and voice, in a panel that opens below its button. */
function moreFilters(context: Context): { root: HTMLElement; update(state: State): void } {
  const { index, store } = context;
  const body = h("div", { class: "more-body", id: "more-filters" });
  const button = h("summary", { class: "button chip" }, "More filters");
  const root = h("details", { class: "more" }, button, body);

  const checkboxes = (
    legend: string,
    facet: Facet & ("kinds" | "sides"),
    entries: { value: string; label: string; icon?: SVGSVGElement }[],
    state: State,
  ): HTMLElement => {
    const found = counts(index, state, facet);
    return h(
      "fieldset",
      {},
      h("legend", {}, legend),
      ...entries.map(({ value, label, icon }) =>
        h(
          "label",
          { class: "check" },
          h("input", {
            type: "checkbox",
            checked: state[facet].includes(value),
            onchange: () => store.set({ [facet]: toggled(store.state[facet], value) }),
          }),
          icon ?? null,
          h("span", {}, label),
          h("span", { class: "soft" }, String(found.get(value) ?? 0)),
        ),
      ),
    );
  };
  const choice = (
    label: string,
    facet: "actor" | "place",
    ids: Id[],
    state: State,
  ): HTMLElement => {
    const found = counts(index, state, facet);
    const sorted = [...ids].sort((a, b) => index.label(a).localeCompare(index.label(b), "en"));
    return h(
      "label",
      { class: "choice" },
      h("span", {}, label),
      h(
        "select",
        {
          class: "field",
          onchange: (event: Event) =>
            store.set({ [facet]: (event.target as HTMLSelectElement).value || null }),
        },
        h("option", { value: "" }, "any"),
        ...sorted.map((id) =>
          h("option", { value: id, selected: state[facet] === id }, `${index.label(id)} (${found.get(id) ?? 0})`),
        ),
      ),
    );
  };

  const update = (state: State): void => {
    if (!root.open) return;
    const focus = document.activeElement instanceof HTMLElement && body.contains(document.activeElement)
      ? [...body.querySelectorAll("input, select")].indexOf(document.activeElement)
      : -1;
    const kinds = new Map(index.model.incidents.map((one) => [one.kind, one.kindLabel]));
    const voices = counts(index, state, "voice");
    body.replaceChildren(
      checkboxes(
        "Side",
        "sides",
        index.model.sides.map((side) => ({ value: side.id, label: side.label, icon: sideIcon(index, side.id) })),
        state,
      ),
      h(
        "fieldset",
        {},
        h("legend", {}, "Voice"),
        ...(["all", "article", "reported"] as const).map((voice) =>
          h(
            "label",
            { class: "check" },
            h("input", {
              type: "radio",
              name: "voice",
              checked: state.voice === voice,
              onchange: () => store.set({ voice }),
            }),
            h("span", {}, { all: "any", article: "the article’s own", reported: "as others report" }[voice]),
            voice === "all" ? null : h("span", { class: "soft" }, String(voices.get(voice) ?? 0)),
          ),
        ),
      ),
      choice("Actor", "actor", [...index.byActor.keys()], state),
      choice("Place", "place", [...index.byPlace.keys()], state),
      checkboxes(
        "Kind",
        "kinds",
        [...kinds].sort((a, b) => a[1].localeCompare(b[1], "en")).map(([value, label]) => ({ value, label })),
        state,
      ),
    );
    if (focus >= 0) [...body.querySelectorAll<HTMLElement>("input, select")][focus]?.focus();
  };
  root.addEventListener("toggle", () => update(store.state));
  document.addEventListener("pointerdown", (event) => {
    if (root.open && event.target instanceof Node && !root.contains(event.target)) root.open = false;
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !root.open) return;
    event.stopPropagation();
    root.open = false;
    button.focus();
  });
  return { root, update };
}
