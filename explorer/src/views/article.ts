/** The text as published; what is evidence is underlined in the colour of what it states. */

import "../style/article.css";

import { counted, h } from "../dom";
import { onlyHovered } from "../interaction";
import { familyColour } from "../marks";
import type { Block } from "../model";
import { attributed, freeHeight, stretch } from "../pieces";
import type { State } from "../state";
import type { ViewFactory } from "../view";
import { fieldName, segments } from "./textsegments";

export const article: ViewFactory = (section, context) => {
  const { index, store } = context;
  const { model } = index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const text = h("div", { class: "article-text", lang: model.language, role: "group", "aria-label": "Text with its evidence" });
  body.append(text);

  const headings = model.blocks.filter((block) => block.kind === "heading");
  if (headings.length)
    tools.append(
      h(
        "select",
        {
          class: "field article-jump",
          "aria-label": "Go to a section",
          onchange: (event: Event) => {
            const target = event.target as HTMLSelectElement;
            text.querySelector(`[data-start="${target.value}"]`)?.scrollIntoView({ block: "start" });
          },
        },
        h("option", { value: String(model.blocks[0]?.start ?? 0) }, "Top of the article"),
        ...headings.map((block) => h("option", { value: String(block.start) }, stretch(context, block.start, block.end))),
      ),
    );

  /** The family whose colour underlines a passage: that of the first event it states. */
  function colour(number: number): string {
    const about = index.passage(number)?.about ?? [];
    for (const id of about) {
      const family = index.incident.get(id)?.family;
      if (family) return familyColour(family);
    }
    return "var(--line-strong)";
  }

  function pieces(block: Block): (Node | string)[] {
    return segments(block, model.passages).map((segment) => {
      const words = stretch(context, segment.start, segment.end);
      const first = segment.passages[0];
      if (first === undefined) return words;
      const passage = index.passage(first);
      const silent = passage?.about.length === 0;
      return h(
        "span",
        {
          class: `evidence${passage?.voice ? " evidence-reported" : ""}${silent ? " evidence-silent" : ""}`,
          style: `--kind: ${colour(first)}`,
          role: "button",
          tabindex: -1,
          "aria-pressed": "false",
          "data-passage": first,
          "data-all": segment.passages.join(" "),
          "aria-label": `${words.trim()} (sentence ${first + 1}${passage?.voice ? `, ${passage.voice}` : ""})`,
        },
        words,
      );
    });
  }

  function element(block: Block): HTMLElement {
    const attributes = { "data-start": block.start, dir: "auto" };
    switch (block.kind) {
      case "title":
        return h("h3", { class: "article-title", ...attributes }, ...pieces(block));
      case "heading":
        return h(block.level === 3 ? "h5" : "h4", attributes, ...pieces(block));
      case "field":
        return h("div", { class: "article-field", ...attributes }, h("span", { class: "soft", title: block.name ?? "" }, fieldName(block.name ?? "")), h("span", {}, ...pieces(block)));
      case "item":
        return h("p", { class: "article-item", ...attributes }, ...pieces(block));
      default:
        return h("p", attributes, ...pieces(block));
    }
  }

  const fields = model.blocks.filter((block) => block.kind === "field");
  const flow = model.blocks.filter((block) => block.kind !== "field").map(element);
  const infobox = fields.length ? h("details", { class: "article-infobox" }, h("summary", {}, `Infobox: ${counted(fields.length, "field")}`), ...fields.map(element)) : null;
  if (infobox) flow.splice(flow[0]?.classList.contains("article-title") ? 1 : 0, 0, infobox);
  text.append(...flow, h("p", { class: "soft article-credit" }, ...attributed(model.article), "."));
  if (!model.blocks.length) text.replaceChildren(h("p", { class: "empty" }, "The graph holds no text."));

  const spanOf = (event: Event): HTMLElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLElement>(".evidence") : null;
  const choose = (span: HTMLElement): void => {
    const passage = Number(span.dataset["passage"]);
    const about = index.passage(passage)?.about ?? [];
    const { selected } = store.state;
    store.set({ passage, selected: selected && about.includes(selected) ? selected : null });
  };
  text.addEventListener("click", (event) => {
    const span = spanOf(event);
    if (span && getSelection()?.isCollapsed !== false) choose(span);
  });
  text.addEventListener("pointerover", (event) => {
    const span = spanOf(event);
    store.set({ hovered: span ? (index.passage(Number(span.dataset["passage"]))?.about[0] ?? null) : null });
  });
  text.addEventListener("pointerleave", () => store.set({ hovered: null }));
  text.addEventListener("focusin", (event) => {
    const span = spanOf(event);
    if (!span) return;
    for (const other of text.querySelectorAll('.evidence[tabindex="0"]')) other.setAttribute("tabindex", "-1");
    span.setAttribute("tabindex", "0");
  });
  text.addEventListener("keydown", (event) => {
    const span = spanOf(event);
    if (!span) return;
    const reachable = inSight();
    const at = reachable.indexOf(span);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      reachable[at + step]?.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(span);
    }
  });

  /** Sentences that the keyboard can come to: not those of an infobox that is closed. */
  function inSight(): HTMLElement[] {
    return spans.filter((span) => !span.closest("details:not([open])"));
  }

  function hover(state: State): void {
    for (const span of [...text.getElementsByClassName("hover")]) span.classList.remove("hover");
    if (!state.hovered) return;
    for (const number of index.entity(state.hovered)?.passages ?? [])
      for (const span of spansOf(number)) span.classList.add("hover");
  }

  const spans = [...text.querySelectorAll<HTMLElement>(".evidence")];
  const numbersOf = new Map(spans.map((span) => [span, (span.dataset["all"] ?? "").split(" ").map(Number)]));
  const spansByNumber = new Map<number, HTMLElement[]>();
  for (const [span, numbers] of numbersOf) for (const number of numbers) spansByNumber.set(number, [...(spansByNumber.get(number) ?? []), span]);
  const spansOf = (number: number): HTMLElement[] => spansByNumber.get(number) ?? [];

  function paint(): void {
    const { passages, shown } = context.scene();
    const everything = shown.size === model.incidents.length;
    let first: HTMLElement | null = null;
    for (const [span, numbers] of numbersOf) {
      const chosen = numbers.some((number) => passages.has(number));
      const out = !chosen && !everything && !numbers.some((number) => (index.byPassage.get(number) ?? []).some((id) => shown.has(id)));
      span.classList.toggle("out", out);
      if (span.classList.toggle("chosen", chosen) !== (span.getAttribute("aria-pressed") === "true")) span.setAttribute("aria-pressed", String(chosen));
      if (chosen) first ??= span;
    }
    for (const span of text.querySelectorAll('.evidence[tabindex="0"]')) span.setAttribute("tabindex", "-1");
    const seen = inSight();
    (seen.find((span) => span === first) ?? seen[0])?.setAttribute("tabindex", "0");
  }

  /** Bring the first chosen sentence into sight, unless it is. */
  function reveal(state: State): void {
    const chosen = state.passage !== null ? [...spansOf(state.passage)] : [...text.querySelectorAll<HTMLElement>(".evidence.chosen")];
    // The text itself before the infobox, which is opened only for what stands nowhere else.
    const span = chosen.find((one) => !one.closest("details")) ?? chosen[0];
    if (!span || text.contains(document.activeElement)) return;
    const details = span.closest("details");
    if (details) details.open = true;
    const box = span.getBoundingClientRect();
    const frame = body.getBoundingClientRect();
    const height = freeHeight(body);
    if (box.top < frame.top + 20 || box.bottom > frame.top + height - 20)
      body.scrollTop += box.top - frame.top - Math.max(20, (height - box.height) / 3);
  }

  return {
    draw() {
      paint();
      hover(store.state);
      reveal(store.state);
    },
    update(state, before) {
      if (state.hovered !== before.hovered) hover(state);
      if (onlyHovered(state, before)) return;
      paint();
      if (state.selected !== before.selected || state.passage !== before.passage || state.day !== before.day) requestAnimationFrame(() => reveal(state));
    },
  };
};
