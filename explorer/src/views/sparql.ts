/** Ask the graph: the catalogue's questions or the reader's own SPARQL, answered inside the page. */

import "../style/sparql.css";

import { counted, h, outward, phone } from "../dom";
import type { Question } from "../model";
import { footnotes, saveFile, thing } from "../pieces";
import { drawChart } from "../sparql/chart";
import { makeChoices } from "../sparql/choices";
import { Engine, EngineError, Stopped } from "../sparql/client";
import { makeEditor, type Editor } from "../sparql/editor";
import { chartOf, columns, csvOf, isNumber, parseTable, sortLists, type Table, type Term } from "../sparql/results";
import { faultAt, filled, form, misreadSum, ParameterFault, resultFormat, withPrefixes } from "../sparql/text";
import type { State } from "../state";
import type { Context, ViewFactory } from "../view";

const FIRST = `SELECT ?kind (COUNT(?event) AS ?events)
WHERE {
  ?event a dkg:Event ; dkg:kind ?kind .
}
GROUP BY ?kind
ORDER BY DESC(?events)
`;
/** Rows drawn at once; the file that can be saved has all of them. */
const PAGE = 200;

export const sparql: ViewFactory = (section, context) => {
  const { index, store } = context;
  const { model } = index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const engine = new Engine();
  const iris = new Map(Object.values(model.entities).map((entity) => [entity.iri, entity.id]));
  const passages = new Map(model.passages.map((passage, number) => [passage.iri, number]));

  const run = h("button", { class: "button button-main", type: "button", onclick: () => void ask(true) }, "▶ Run");
  const stop = h("button", { class: "button", type: "button", hidden: true, onclick: () => engine.stop() }, "■ Stop");
  const status = h("p", { class: "sparql-status", role: "status" });
  tools.append(run, stop, h("span", { class: "soft sparql-key" }, "Ctrl Enter"));
  const choices = makeChoices(model.questions, choose);
  const about = h("div", { class: "sparql-about" });
  const editorBox = h("div", { class: "sparql-editor" });
  const saves = h("div", { class: "sparql-saves" });
  const warning = h(
    "p",
    { class: "sparql-warning", role: "note", hidden: true },
    "This page’s engine reads a − b + c as a − (b + c), and a / b * c as a / (b * c). Write brackets around what belongs together: (a − b) + c.",
  );
  const answer = h("div", { class: "sparql-answer", tabindex: 0, role: "region", "aria-label": "Answer" });
  const told = h("div", { class: "sparql-told" }, h("div", { class: "sparql-bar" }, status, saves), warning, answer);
  const grid = h("div", { class: "sparql-grid" }, choices.root, h("div", { class: "sparql-ask" }, about, editorBox), told);
  body.append(grid);
  const editor: Editor = makeEditor(editorBox, () => void ask(true), (text) => store.set({ query: text }));

  /** The question that stands in the editor unchanged, if any. */
  function question(state: State): Question | null {
    return model.questions.find((one) => one.name === state.question) ?? null;
  }

  function choose(one: Question): void {
    store.set({ question: one.name, query: null, parameters: {} });
    if (phone().matches) {
      choices.fold();
      // Its button is folded away: who goes on by keyboard or screen reader is where the answer will be.
      answer.focus({ preventScroll: true });
    }
    void ask(true);
  }

  /** On a phone all stands below one another: scroll the answer into sight, or a fault and its line. */
  function reveal(): void {
    if (!phone().matches) return;
    const first = status.classList.contains("sparql-fault") ? editorBox : told;
    grid.scrollBy({ top: first.getBoundingClientRect().top - grid.getBoundingClientRect().top });
  }

  function drawAbout(state: State): void {
    const one = question(state);
    choices.mark(one?.name ?? null);
    if (!one) {
      about.replaceChildren(h("p", { class: "soft" }, "Your own question. The usual prefixes (dkg:, kg:, rdfs: …) need no declaration; GRAPH ?why { … } gives the evidence."));
      return;
    }
    about.replaceChildren(
      h("p", {}, h("strong", {}, one.summary), " ", ...marked(one.description)),
      ...one.parameters.map((parameter) =>
        h(
          "label",
          { class: "sparql-parameter" },
          h("span", {}, parameter.summary || parameter.name),
          h("input", {
            class: "field",
            type: parameter.type === "integer" ? "number" : "text",
            placeholder: parameter.type === "date" ? "2021-08-19" : null,
            spellcheck: "false",
            value: state.parameters[parameter.name] ?? parameter.default,
            onchange: (event: Event) => {
              store.set({ parameters: { ...store.state.parameters, [parameter.name]: (event.target as HTMLInputElement).value }, query: null });
              void ask();
            },
          }),
        ),
      ),
    );
  }

  /** A short id, a label or a name of the vocabulary as an IRI. */
  function resolve(id: string, type: string): string | null {
    if (type === "class") return (model.prefixes["dkg"] ?? "") + id.replace(/^dkg:/, "");
    const entity = index.entity(id) ?? Object.values(model.entities).find((one) => one.label === id);
    return entity?.iri ?? (/^https?:\/\//.test(id) ? id : null);
  }

  /** What stands in the editor for a state. */
  function textOf(state: State): string {
    if (state.query !== null) return state.query;
    const one = question(state);
    return one ? filled(one, state.parameters, resolve) : FIRST;
  }

  let asked = 0;
  /** Ask what stands in the editor; `wanted`: the reader has just asked for it, and waits to see it. */
  async function ask(wanted = false): Promise<void> {
    const turn = ++asked;
    const typed = editor.get();
    const one = question(store.state);
    const kind = form(typed);
    const { text, added } = withPrefixes(typed, model.prefixes);
    exchange(run, stop);
    answer.setAttribute("aria-busy", "true");
    status.textContent = "Asking …";
    status.classList.remove("sparql-fault");
    try {
      const { text: told, milliseconds } = await engine.query(text, model.articleBase, resultFormat(kind));
      if (turn !== asked) return;
      editor.fault(null, "");
      warning.hidden = !misreadSum(typed);
      show(told, kind, one, `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms, in this page`);
    } catch (error) {
      if (turn !== asked) return;
      saves.replaceChildren();
      answer.replaceChildren();
      status.classList.add("sparql-fault");
      if (error instanceof Stopped) status.textContent = "Stopped.";
      else if (error instanceof EngineError) {
        const at = faultAt(error.message, added);
        status.textContent = at ? `Line ${at.line}, column ${at.column}: ${error.message.replace(/^.*?\d+:\d+:\s*/, "")}` : error.message;
        editor.fault(at, error.message);
      } else throw error;
    } finally {
      if (turn === asked) {
        exchange(stop, run);
        answer.setAttribute("aria-busy", "false");
        if (wanted) reveal();
      }
    }
  }

  /** One button takes the place of another, and the focus with it. */
  function exchange(from: HTMLElement, to: HTMLElement): void {
    const focused = document.activeElement === from;
    to.hidden = false;
    if (focused) to.focus({ preventScroll: true });
    from.hidden = true;
  }

  /** A term as a reader would say it. */
  function words(term: Term | undefined): string {
    if (term?.type !== "uri") return term?.value ?? "";
    const id = iris.get(term.value);
    return id ? index.label(id) : shortened(term.value, model.prefixes);
  }

  function show(told: string, kind: string | null, one: Question | null, time: string): void {
    const name = one?.name ?? "answer";
    if (kind === "CONSTRUCT" || kind === "DESCRIBE") {
      status.textContent = told.trim() ? `A graph, in ${time}` : `An empty graph: nothing matches. ${time}`;
      saves.replaceChildren(save("Turtle", `${name}.ttl`, "text/turtle", () => told));
      answer.replaceChildren(h("pre", { class: "sparql-graph" }, told));
      return;
    }
    const parsed = parseTable(told);
    if (typeof parsed === "boolean") {
      status.textContent = `${parsed ? "Yes" : "No"}. ${time}`;
      saves.replaceChildren();
      answer.replaceChildren(h("p", { class: "sparql-boolean" }, parsed ? "Yes" : "No"));
      return;
    }
    const table = sortLists(parsed, one?.lists ?? [], one?.ranks ?? []);
    status.textContent = table.rows.length ? `${counted(table.rows.length, "row")} in ${time}` : `No row: nothing in the graph matches all of the pattern. ${time}`;
    const json = (): string => JSON.stringify({ head: { vars: table.vars }, results: { bindings: table.rows } });
    const chart = chartOf(table);
    const turn = chart ? h("button", { class: "button", type: "button", "aria-pressed": "false", onclick: () => swap() }, "Chart") : null;
    const swap = (): void => {
      const on = turn?.getAttribute("aria-pressed") !== "true";
      turn?.setAttribute("aria-pressed", String(on));
      answer.replaceChildren(on && chart ? drawChart(table, chart, Math.max(320, answer.clientWidth - 20), words) : drawTable(context, table, iris, passages));
    };
    saves.replaceChildren(...[turn, save("CSV", `${name}.csv`, "text/csv", () => csvOf(table)), save("JSON", `${name}.json`, "application/sparql-results+json", json)].filter((part) => part !== null));
    answer.replaceChildren(drawTable(context, table, iris, passages));
    answer.scrollTop = 0;
  }

  function save(label: string, file: string, type: string, make: () => string): HTMLElement {
    return h("button", { class: "button", type: "button", "aria-label": `Save as ${label}`, onclick: () => saveFile(file, type, make()) }, label);
  }

  function follow(state: State): void {
    drawAbout(state);
    try {
      editor.set(textOf(state));
    } catch (error) {
      if (!(error instanceof ParameterFault)) throw error;
      status.classList.add("sparql-fault");
      status.textContent = error.message;
    }
  }

  let seen = false;
  return {
    draw() {
      if (seen) return;
      seen = true;
      follow(store.state);
      void ask();
    },
    update(state, before) {
      if (state.question !== before.question || state.query !== before.query || state.parameters !== before.parameters) follow(state);
    },
  };
};

/** Names between backticks, as the catalogue's descriptions have them, as code. */
function marked(text: string): (Node | string)[] {
  return text.split("`").map((part, i) => (i % 2 ? h("code", {}, part) : part));
}

/** A table of terms: things open their cards, passages their sentences, other addresses their page. */
function drawTable(context: Context, table: Table, iris: Map<string, string>, passages: Map<string, number>): HTMLElement {
  const shown = columns(table.vars);
  const cell = (row: Table["rows"][number], column: (typeof shown)[number]): HTMLElement => {
    const term = row[column.name];
    if (!term) return h("td", {});
    return h("td", { class: isNumber(term) ? "number" : term.type === "literal" && term.value.length <= 12 ? "short" : null }, value(term, column.label ? row[column.label]?.value : undefined));
  };
  const value = (term: Term, label: string | undefined): Node | string => {
    if (term.type !== "uri") return h("span", { dir: "auto", lang: term["xml:lang"] ?? null }, term.value);
    const id = iris.get(term.value);
    if (id) return thing(context, id, label ?? context.index.label(id));
    const passage = passages.get(term.value);
    if (passage !== undefined) return footnotes(context, [passage]) ?? "";
    const short = shortened(term.value, context.index.model.prefixes);
    return short !== term.value ? h("span", { title: term.value }, label ?? short) : outward(term.value, label ?? term.value);
  };
  const rows = h("tbody", {}, ...table.rows.slice(0, PAGE).map((row) => h("tr", {}, ...shown.map((column) => cell(row, column)))));
  const box = h("div", {}, h("table", { class: "sparql-table" }, h("thead", {}, h("tr", {}, ...shown.map(({ name }) => h("th", { scope: "col", class: isNumber(table.rows[0]?.[name]) ? "number" : null }, name)))), rows));
  if (table.rows.length > PAGE) {
    const more = h("button", { class: "button", type: "button", onclick: () => {
      const from = rows.children.length;
      rows.append(...table.rows.slice(from, from + 5 * PAGE).map((row) => h("tr", {}, ...shown.map((column) => cell(row, column)))));
      if (rows.children.length === table.rows.length) more.remove();
      else more.textContent = `${(table.rows.length - rows.children.length).toLocaleString("en-GB")} more rows`;
    } }, `${(table.rows.length - PAGE).toLocaleString("en-GB")} more rows`);
    box.append(more);
  }
  return box;
}

function shortened(iri: string, prefixes: Record<string, string>): string {
  for (const [name, start] of Object.entries(prefixes)) {
    const rest = iri.slice(start.length);
    if (iri.startsWith(start) && /^[\w.-]+$/.test(rest)) return name === "dkg" ? rest : `${name}:${rest}`;
  }
  return iri;
}
