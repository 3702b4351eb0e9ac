/** The frame of the page: header, the views' sections, the card, the keyboard, the theme. */

import { aboutDialog, keysDialog } from "./dialogs";
import { counted, h, phone } from "./dom";
import { drawCard, drawSentence } from "./card";
import { makeFilters } from "./filters";
import { makeSearch } from "./search";
import type { State, Store, ViewName } from "./state";
import type { Context, View, ViewFactory } from "./view";

const TITLES: Record<ViewName, string> = {
  timeline: "Timeline",
  map: "Map",
  network: "Network",
  article: "Article",
  sparql: "SPARQL",
  analysis: "Analysis",
};
export const VIEW_NAMES = Object.keys(TITLES) as ViewName[];

/** What stands together on a desk when no view is chosen. */
const OVERVIEW: readonly ViewName[] = ["timeline", "map", "network", "article"];

interface Panel {
  section: HTMLElement;
  body: HTMLElement;
  view: View;
  /** Changed while it could not be seen. */
  stale: boolean;
}

export function makeShell(
  root: HTMLElement,
  context: Context,
  factories: Record<ViewName, ViewFactory>,
): void {
  const { index, store } = context;
  const { model } = index;
  const narrow = phone();
  /** Whence the card was opened: there the focus goes back when it closes. */
  let opener: Element | null = null;
  const search = makeSearch(context, () => {
    if (document.activeElement === search.input) opener = search.input;
    toCard();
  });
  const keys = keysDialog();
  const about = aboutDialog(model);

  const tabs = new Map<ViewName | null, HTMLButtonElement>();
  const nav = h("nav", { class: "tabs", "aria-label": "Views" });
  for (const name of [null, ...VIEW_NAMES]) {
    const tab = h(
      "button",
      { class: "tab", type: "button", onclick: () => store.set({ focus: name }) },
      name ? TITLES[name] : "Overview",
    );
    tabs.set(name, tab);
    nav.append(tab);
  }
  const theme = h("button", { class: "button button-plain", type: "button", onclick: () => turnTheme(store) });
  const header = h(
    "header",
    { class: "top" },
    h(
      "div",
      { class: "brand" },
      h("h1", { dir: "auto" }, model.title),
      h("p", { class: "soft", dir: "auto" }, model.subtitle),
    ),
    search.root,
    nav,
    h(
      "div",
      { class: "top-tools" },
      theme,
      h("button", { class: "button button-plain keys-button", type: "button", onclick: () => keys.showModal() }, "Keys"),
      h("button", { class: "button button-plain", type: "button", onclick: () => about.showModal() }, "About", h("span", { class: "about-word" }, " and files")),
    ),
  );
  const main = h("main", { class: "views", id: "views" });
  const spoken = h("p", { class: "visually-hidden", role: "status" });
  const card = h("aside", { class: "card-pane", "aria-label": "Card", hidden: true });
  root.replaceChildren(
    h("a", { class: "skip button", href: "#views", onclick: skipTo(main) }, "To the views"),
    header,
    makeFilters(context),
    main,
    spoken,
    keys,
    about,
  );

  const panels = new Map<ViewName, Panel>();
  for (const name of VIEW_NAMES) {
    const body = h("div", { class: "panel-body" });
    const section = h(
      "section",
      { class: "panel", id: `view-${name}`, "aria-labelledby": `title-${name}`, hidden: true },
      h(
        "header",
        { class: "panel-head" },
        h("h2", { id: `title-${name}`, tabindex: -1 }, TITLES[name]),
        h("div", { class: "panel-tools" }),
      ),
      body,
    );
    main.append(section);
    panels.set(name, { section, body, view: factories[name](section, context), stale: true });
  }
  main.append(card);

  /** The size that each view was drawn for. */
  const sizes = new WeakMap<Element, string>();
  const sizeOf = (body: HTMLElement): string => `${body.clientWidth}×${body.clientHeight}`;
  const visible = (panel: Panel): boolean => !panel.section.hidden && panel.body.clientWidth > 0;
  const draw = (panel: Panel): void => {
    if (!visible(panel)) {
      panel.stale = true;
      return;
    }
    panel.stale = false;
    sizes.set(panel.body, sizeOf(panel.body));
    panel.view.draw();
  };

  /** Which sections stand, for the state and the size of the window. */
  const arrange = (state: State): void => {
    const beside: readonly ViewName[] = narrow.matches ? [] : ["article"];
    const wanted = state.focus
      ? [state.focus, ...beside]
      : narrow.matches
        ? ["timeline" as const]
        : OVERVIEW;
    main.dataset["focus"] = state.focus ?? "overview";
    for (const [name, panel] of panels) panel.section.hidden = !wanted.includes(name);
    for (const [name, tab] of tabs) {
      const on = name === state.focus || (narrow.matches && name === "timeline" && !state.focus);
      tab.setAttribute("aria-current", String(on));
    }
    for (const panel of panels.values()) if (panel.stale) draw(panel);
  };

  const goBack = (): void => {
    if (document.activeElement !== document.body && document.activeElement?.isConnected && !card.contains(document.activeElement)) return;
    const id = opener?.getAttribute("data-thing");
    const there = opener?.isConnected
      ? opener
      : id
        ? main.querySelector(`.panel:not([hidden]) [data-thing="${CSS.escape(id)}"][role]`)
        : null;
    if (there instanceof HTMLElement || there instanceof SVGElement) there.focus({ preventScroll: true });
    opener = null;
  };

  const toCard = (): void => card.querySelector<HTMLElement>("#card-title")?.focus({ preventScroll: true });

  const drawPane = (state: State, before: State | null): void => {
    const content =
      state.passage !== null
        ? drawSentence(context, state.passage)
        : state.selected
          ? drawCard(context, state.selected)
          : null;
    if (content && card.hidden) opener = document.activeElement;
    const focused = card.contains(document.activeElement);
    card.hidden = content === null;
    main.classList.toggle("with-card", content !== null);
    spoken.textContent = content ? `Card: ${state.passage !== null ? `sentence ${state.passage + 1}` : index.label(state.selected ?? "")}` : before && (before.selected || before.passage !== null) ? "The card is closed" : "";
    if (!content) return goBack();
    const back =
      state.passage !== null && state.selected
        ? h("button", { class: "button", type: "button", onclick: () => store.set({ passage: null }) }, `‹ ${index.label(state.selected)}`)
        : null;
    const bar = h(
      "div",
      { class: "card-bar" },
      back ?? stepper(context, state),
      h("button", { class: "button", type: "button", "aria-label": "Close the card", onclick: () => store.set({ selected: null, passage: null }) }, "×"),
    );
    // A new box to scroll begins at its top without being asked, which would lay out the page in between.
    card.replaceChildren(bar, h("div", { class: "card-scroll" }, content));
    // What had the focus was in the card before this one, or is gone.
    if (before && (focused || document.activeElement === document.body)) toCard();
  };

  store.subscribe((state, before) => {
    const selecting = state.selected !== before.selected || state.passage !== before.passage;
    if (selecting) performance.mark("daraa-kg:select-start");
    if (state.theme !== before.theme) showTheme(state.theme, theme);
    if (selecting) drawPane(state, before);
    if (state.focus !== before.focus) arrange(state);
    for (const panel of panels.values()) {
      if (visible(panel) && !panel.stale) panel.view.update(state, before);
      else panel.stale = true;
    }
    if (selecting)
      // A task after the next frame's: what was selected is painted by then.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          performance.measure("daraa-kg:select", "daraa-kg:select-start");
          port1.close();
        };
        port2.postMessage(null);
      });
  });

  narrow.addEventListener("change", () => arrange(store.state));
  // One frame's changes of size are drawn once; a view of no width is not drawn at all.
  const resized = new Set<Panel>();
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const panel = [...panels.values()].find((one) => one.body === entry.target);
      if (panel && visible(panel) && sizes.get(panel.body) !== sizeOf(panel.body)) resized.add(panel);
    }
    if (resized.size)
      requestAnimationFrame(() => {
        for (const panel of resized) draw(panel);
        resized.clear();
      });
  });
  for (const panel of panels.values()) observer.observe(panel.body);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const panel of panels.values()) draw(panel);
  });

  printing(main);
  keyboard(store, search.input, keys, nav);
  showTheme(store.state.theme, theme);
  drawPane(store.state, null);
  arrange(store.state);
}

/** The event before and after in time, among those shown. */
function stepper(context: Context, state: State): HTMLElement {
  const order = context.index.model.incidents.map((one) => one.id).filter((id) => context.scene().shown.has(id));
  const at = state.selected ? order.indexOf(state.selected) : -1;
  const to = (i: number): (() => void) => () => context.store.set({ selected: order[i] ?? null, passage: null });
  if (at < 0) return h("span", { class: "soft" }, "");
  return h(
    "span",
    { class: "card-steps" },
    h("button", { class: "button", type: "button", disabled: at === 0, onclick: to(at - 1), "aria-label": "The event before" }, "‹"),
    h("span", { class: "soft" }, `${at + 1} of ${counted(order.length, "event")}`),
    h("button", { class: "button", type: "button", disabled: at === order.length - 1, onclick: to(at + 1), "aria-label": "The event after" }, "›"),
  );
}

/** On paper nothing can be opened: what is folded in the article and the card is printed too. */
function printing(main: HTMLElement): void {
  let folded: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    folded = [...main.querySelectorAll<HTMLDetailsElement>("details:not([open]):not(.popover)")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
}

const THEMES = ["auto", "light", "dark"] as const;
const THEME_NAMES = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" };

const THEME_SIGNS = { auto: "◐", light: "○", dark: "●" };

function turnTheme(store: Store): void {
  store.set({ theme: THEMES[(THEMES.indexOf(store.state.theme) + 1) % THEMES.length] ?? "auto" });
}

function showTheme(theme: State["theme"], button: HTMLElement): void {
  if (theme === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  button.replaceChildren(h("span", { "aria-hidden": "true" }, THEME_SIGNS[theme]), h("span", { class: "theme-word" }, THEME_NAMES[theme]));
  button.setAttribute("aria-label", THEME_NAMES[theme]);
  button.title = THEME_NAMES[theme];
}

function skipTo(main: HTMLElement): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    main.querySelector<HTMLElement>(".panel:not([hidden]) h2")?.focus();
  };
}

/** `/` searches, Esc steps back, `?` tells the keys; the single keys can be switched off (WCAG 2.1.4). */
function keyboard(store: Store, search: HTMLInputElement, keys: HTMLDialogElement, nav: HTMLElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing =
      event.target instanceof Element &&
      event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
    if (event.key === "Escape" && !typing && !document.querySelector("dialog[open]")) {
      if (store.state.passage !== null && store.state.selected) store.set({ passage: null });
      else if (store.state.passage !== null || store.state.selected) store.set({ selected: null, passage: null });
      else if (store.state.day) store.set({ day: null, playing: false });
      return;
    }
    if (typing || !keys.querySelector<HTMLInputElement>("input")?.checked) return;
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "?") {
      keys.showModal();
    } else if (/^[1-7]$/.test(event.key)) {
      nav.querySelectorAll<HTMLButtonElement>("button")[Number(event.key) - 1]?.click();
    }
  });
}
