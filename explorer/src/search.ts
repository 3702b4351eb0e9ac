/** The search box: what is typed filters the events, and the things it names are offered to open. */

import { h } from "./dom";
import { folded, names, searched } from "./facets";
import type { Entity, Id } from "./model";
import type { Context } from "./view";

const MOST = 8;

/** Things whose name holds all the words; names that begin with them first. */
export function suggestions(entities: Iterable<Entity>, typed: string): Entity[] {
  const words = searched(typed);
  if (!words.length) return [];
  const found: { entity: Entity; rank: number }[] = [];
  for (const entity of entities) {
    const own = [...names(entity), folded(entity.id)];
    if (!own.some((name) => words.every((word) => name.includes(word)))) continue;
    const first = words[0] ?? "";
    found.push({ entity, rank: own.some((name) => name.startsWith(first)) ? 0 : 1 });
  }
  found.sort((a, b) => a.rank - b.rank || a.entity.label.localeCompare(b.entity.label, "en"));
  return found.slice(0, MOST).map(({ entity }) => entity);
}

/** The box; `toCard` puts the focus on the card that it opened. */
export function makeSearch(context: Context, toCard: () => void): { root: HTMLElement; input: HTMLInputElement } {
  const list = h("ul", { class: "search-list", id: "search-list", role: "listbox", "aria-label": "Things with this name", hidden: true });
  const input = h("input", {
    class: "field search-input",
    id: "search",
    type: "search",
    role: "combobox",
    placeholder: "Search words, places, actors",
    "aria-label": "Search words, places, actors",
    "aria-expanded": "false",
    "aria-controls": "search-list",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  });
  const root = h("div", { class: "search", role: "search" }, input, h("kbd", { "aria-hidden": "true" }, "/"), list);
  let options: Id[] = [];
  let at = -1;

  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const choose = (id: Id): void => {
    close();
    // The name was typed to open a card; as a filter it would hide the rest.
    context.store.set({ selected: id, passage: null, search: "" });
    toCard();
  };
  const mark = (): void => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `search-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const offer = (): void => {
    const found = suggestions(Object.values(context.index.model.entities), input.value);
    options = found.map((entity) => entity.id);
    at = -1;
    list.replaceChildren(
      ...found.map((entity, i) =>
        h(
          "li",
          {
            role: "option",
            id: `search-${i}`,
            "aria-selected": "false",
            onpointerdown: (event: Event) => {
              event.preventDefault();
              // A finger's keyboard would cover the card, and come again when the card closes.
              input.blur();
              choose(entity.id);
            },
          },
          h("span", { dir: "auto" }, entity.label),
          h("span", { class: "soft" }, entity.kindLabel),
        ),
      ),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
  };

  input.addEventListener("input", () => {
    context.store.set({ search: input.value });
    offer();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      at = (at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length;
      mark();
    } else if (event.key === "Enter") {
      const id = options[at];
      if (id) choose(id);
      else close();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (!list.hidden) close();
      else if (input.value) {
        input.value = "";
        context.store.set({ search: "" });
      } else input.blur();
    }
  });
  context.store.subscribe((state) => {
    if (state.search !== input.value && document.activeElement !== input) input.value = state.search;
    else if (state.search === "" && input.value !== "") input.value = "";
  });
  input.value = context.store.state.search;
  return { root, input };
}
