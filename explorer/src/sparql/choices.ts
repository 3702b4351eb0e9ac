/** The catalogue's questions, by subject, with a search among them; on a phone they fold away. */

import { counted, h, phone } from "../dom";
import type { Question } from "../model";

export interface Choices {
  root: HTMLElement;
  /** Say which question is asked; null: the reader's own. */
  mark(name: string | null): void;
  /** Make room for the answer, where the list would take it. */
  fold(): void;
}

export function makeChoices(questions: readonly Question[], choose: (one: Question) => void): Choices {
  const bySubject = new Map<string, Question[]>();
  for (const one of questions) {
    const subject = one.tags[0] ?? "other";
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), one]);
  }
  const entry = (one: Question): HTMLElement =>
    h(
      "li",
      { "data-words": `${one.name} ${one.summary} ${one.description} ${one.tags.join(" ")}`.toLowerCase() },
      h("button", { class: "sparql-question", type: "button", "data-question": one.name, title: one.description, onclick: () => choose(one) }, one.summary),
    );
  const items = h(
    "div",
    {},
    ...[...bySubject]
      .sort(([a], [b]) => a.localeCompare(b, "en"))
      .map(([subject, own]) => h("section", {}, h("h3", { class: "sparql-subject" }, subject), h("ul", {}, ...own.map(entry)))),
  );
  const none = h("p", { class: "soft", hidden: true }, "No question has these words.");
  const filter = h("input", {
    class: "field",
    type: "search",
    placeholder: `Among ${counted(questions.length, "question")}`,
    "aria-label": "Search the questions",
    oninput: () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const item of items.querySelectorAll<HTMLElement>("[data-words]"))
        item.hidden = !words.every((word) => item.getAttribute("data-words")?.includes(word));
      for (const group of items.querySelectorAll<HTMLElement>("section"))
        group.hidden = group.querySelector("li:not([hidden])") === null;
      none.hidden = items.querySelector("li:not([hidden])") !== null;
    },
  });
  const folder = h("details", { class: "sparql-folder" }, h("summary", { class: "button" }, counted(questions.length, "question")), filter, none, items);
  // A desk has room for the list, and shows no way to fold it.
  const unfold = (): void => void (folder.open = !phone().matches);
  phone().addEventListener("change", unfold);
  unfold();

  return {
    root: h("nav", { class: "sparql-list", "aria-label": "Questions" }, folder),
    mark(name) {
      for (const button of items.querySelectorAll("[data-question]"))
        button.setAttribute("aria-current", String(button.getAttribute("data-question") === name));
    },
    fold: unfold,
  };
}
