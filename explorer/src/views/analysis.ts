/** The ledger, the accounts, the truces and the gaps as tables whose numbers open their sentences. */

import "../style/analysis.css";

import { counted, h } from "../dom";
import { sideIcon } from "../marks";
import type { Account, Balance, Contradiction, Ending, Entry, Gap, Named, Said, Truce } from "../model";
import { dateParts, footnotes, freeHeight, thing } from "../pieces";
import type { State } from "../state";
import type { Context, ViewFactory } from "../view";

const TABS: readonly [State["analysis"], string][] = [
  ["ledger", "Ledger"],
  ["accounts", "Accounts"],
  ["truces", "Truces"],
  ["gaps", "Gaps"],
];

export const analysis: ViewFactory = (section, context) => {
  const { store } = context;
  const { model } = context.index;
  const body = section.querySelector<HTMLElement>(".panel-body") ?? section;
  const sheets = h("div", { role: "group", "aria-label": "Sheets" });
  const tools = section.querySelector<HTMLElement>(".panel-tools") ?? section;
  const sheet = h("div", { class: "analysis-sheet" });
  body.append(sheet);
  for (const [name, title] of TABS)
    sheets.append(h("button", { class: "button", type: "button", "data-sheet": name, onclick: () => store.set({ analysis: name }) }, title));

  tools.append(sheets);

  const makers: Record<State["analysis"], () => HTMLElement[]> = {
    ledger: () => ledger(context, model.balances),
    accounts: () => accounts(context, model.accounts, model.contradictions),
    truces: () => truces(context, model.truces),
    gaps: () => gaps(context, model.gaps),
  };
  let drawn: State["analysis"] | null = null;
  /** The selected thing whose rows were looked for last on this sheet. */
  let sought: State["selected"] = null;

  function draw(): void {
    const { analysis: name } = store.state;
    for (const button of sheets.children) button.setAttribute("aria-pressed", String(button.getAttribute("data-sheet") === name));
    if (drawn !== name) {
      sheet.replaceChildren(...makers[name]());
      body.scrollTop = 0;
      drawn = name;
      sought = null;
    }
    paint(store.state);
    // What stands beside the sheet is drawn in the same frame, and may move it.
    if (sought !== store.state.selected) requestAnimationFrame(reveal);
  }

  /** Bring the selected thing's first row into sight. */
  function reveal(): void {
    sought = store.state.selected;
    // At the top where the card of a phone covers the rest.
    sheet.querySelector(".analysis-chosen")?.scrollIntoView({ block: freeHeight(body) < body.clientHeight ? "start" : "nearest" });
  }

  /** The numbers of the chosen sentence, and the rows of the selected thing. */
  function paint(state: State): void {
    const { passages } = context.scene();
    for (const note of sheet.querySelectorAll(".footnote")) {
      const number = Number(note.getAttribute("data-passage"));
      note.setAttribute("aria-pressed", String(state.passage === null ? passages.has(number) : state.passage === number));
    }
    for (const row of sheet.querySelectorAll("[data-event]")) row.classList.toggle("analysis-chosen", row.getAttribute("data-event") === state.selected);
  }

  return {
    draw,
    update(state, before) {
      if (state.analysis !== before.analysis) draw();
      else if (state.selected !== before.selected || state.passage !== before.passage) {
        paint(state);
        // Who chose it in the sheet looks at it already.
        if (sheet.contains(document.activeElement)) sought = state.selected;
        else if (state.selected !== before.selected) reveal();
      }
    },
  };
};

function nothing(words: string): HTMLElement[] {
  return [h("p", { class: "empty" }, words)];
}

function ledger(context: Context, balances: Balance[]): HTMLElement[] {
  if (!balances.length) return nothing("The article gives no figures of casualties.");
  return [
    h("p", { class: "analysis-lead" }, "How much of each total do the single events explain that the article tells? Nothing is counted twice; a figure without a number adds nothing."),
    ...balances.map((one) => balance(context, one)),
  ];
}

function balance(context: Context, one: Balance): HTMLElement {
  const unit = one.unit === "persons" ? "" : ` ${one.unit}`;
  const total = one.total?.number ?? null;
  const share = total ? Math.min(100, (100 * one.explained) / total) : 0;
  return h(
    "section",
    { class: "balance" },
    h(
      "h3",
      {},
      one.side ? sideIcon(context.index, one.side) : null,
      ` ${one.who}, ${one.outcome}${unit}`,
      one.group ? h("span", { class: "aside" }, ` · ${one.group}`) : null,
    ),
    one.total === null
      ? one.entries.length
        ? h("p", {}, "No total is given. ", h("strong", {}, one.explained.toLocaleString("en-GB")), " in single events.")
        : h("p", {}, "No total and no number are given.")
      : h(
          "p",
          {},
          h("strong", {}, one.total.text),
          " in all (",
          ...one.totals.flatMap((given, i) => [i ? "; " : "", ...totalWords(context, given)]),
          "): ",
          h("strong", {}, one.explained.toLocaleString("en-GB")),
          " explained, ",
          h("strong", {}, (one.unexplained ?? 0).toLocaleString("en-GB")),
          " not explained",
          one.unnumbered.length ? `, but for ${counted(one.unnumbered.length, "figure")} without a number` : null,
          one.excess ? `; the events have ${one.excess.toLocaleString("en-GB")} more than the total` : null,
          ".",
        ),
    total
      ? h("div", { class: "balance-bar", role: "img", "aria-label": `${one.explained} of ${total} explained` }, h("span", { style: `width: ${share}%` }))
      : null,
    one.entries.length ? entryTable(context, "What explains it", one.entries) : null,
    one.unnumbered.length ? entryTable(context, "Without a number", one.unnumbered) : null,
  );
}

/** A figure told of the whole: its words, what is to be noted of it, its sentences. */
function totalWords(context: Context, given: Entry): (Node | string | null)[] {
  return [
    given.wording ? `“${given.wording}”` : given.text,
    given.note ? h("span", { class: "soft" }, ` (${given.note})`) : null,
    footnotes(context, given.passages),
  ];
}

function entryTable(context: Context, caption: string, entries: Entry[]): HTMLElement {
  return h(
    "table",
    { class: "ledger-table" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, ...["Number", "Date", "Event", "In the article’s words", "Sentence"].map((name) => h("th", { scope: "col" }, name)))),
    h(
      "tbody",
      {},
      ...entries.map((entry) =>
        h(
          "tr",
          { "data-event": entry.event, class: entry.depth > 0 ? "entry-within" : null },
          h("td", { class: "number" }, entry.text === "no number" ? "–" : entry.text, entry.number !== null && entry.adds !== entry.number ? h("span", { class: "soft" }, ` (adds ${entry.adds || "none"})`) : null),
          h("td", {}, dateParts(entry.date)),
          h("td", {}, entry.event ? thing(context, entry.event) : entry.label, entry.note ? h("span", { class: "soft block" }, entry.note) : null),
          h("td", { dir: "auto" }, entry.wording ? `“${entry.wording}”` : ""),
          h("td", {}, footnotes(context, entry.passages)),
        ),
      ),
    ),
  );
}

function names(context: Context, people: Named[]): (Node | string)[] {
  return people.flatMap((one, i) => [...(i ? [", "] : []), thing(context, one.id, one.label)]);
}

function accounts(context: Context, all: Account[], contradictions: Contradiction[]): HTMLElement[] {
  if (!all.length) return nothing("Everything is told in the article’s own voice.");
  return [
    h("p", { class: "analysis-lead" }, "What was said, asked, promised, refused or reported, and by whom; and where two accounts differ."),
    contradictions.length ? h("h3", {}, `${counted(contradictions.length, "difference")} between accounts`) : null,
    ...contradictions.map((one) =>
      h(
        "section",
        { class: "contradiction" },
        ...[one.one, one.other].map((version) =>
          h(
            "div",
            {},
            h("p", { class: "soft" }, version.voice),
            h("p", {}, thing(context, version.id, version.label), footnotes(context, version.passages)),
            version.words ? h("blockquote", { class: "quote", dir: "auto" }, `“${version.words}”`) : null,
          ),
        ),
        h("p", { class: "contradiction-on" }, "On: ", one.differences.map(difference).join("; "), h("span", { class: "soft" }, ` · ${GROUNDS[one.ground] ?? one.ground}`)),
        ...one.because.map((words) => h("p", { class: "soft" }, words)),
      ),
    ),
    h("h3", {}, counted(all.length, "account")),
    h(
      "table",
      { class: "accounts-table" },
      h("thead", {}, h("tr", {}, ...["Who", "What", "In words", "Date", "Sentence"].map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...all.map((one) =>
          h(
            "tr",
            { "data-event": one.id },
            h("td", {}, ...(one.speakers.length ? names(context, one.speakers) : ["not said who"]), h("span", { class: "soft block" }, one.stance)),
            h(
              "td",
              {},
              thing(context, one.id, one.label),
              ...one.says.map((said) => saying(context, said)),
              ...circumstance(context, "to", one.addressees),
              ...circumstance(context, "against", one.accused),
              ...circumstance(context, "about", one.about),
              ...circumstance(context, "as told by", one.toldBy),
            ),
            h("td", { dir: "auto" }, one.words ? `“${one.words}”` : ""),
            h("td", {}, one.date ? dateParts(one.date) : "no date given"),
            h("td", {}, footnotes(context, one.passages)),
          ),
        ),
      ),
    ),
    ...reports(context, all),
  ].filter((part): part is HTMLElement => part !== null);
}

/** How it is known that two accounts differ. */
const GROUNDS: Record<string, string> = {
  stated: "the article says so",
  editors: "the editors say so",
  figure: "one figure, told in two ways",
  infobox: "the infobox alone tells one of them",
};

function difference(one: Contradiction["differences"][number]): string {
  const versions = [one.one.join(", "), one.other.join(", ")].filter(Boolean).join(" against ");
  return versions ? `${one.matter}: ${versions}` : one.matter;
}

/** What is said, in the words of the text; under what condition; and whether it is denied. */
function saying(context: Context, said: Said): HTMLElement {
  return h(
    "span",
    { class: "block", dir: "auto" },
    thing(context, said.id, said.words ? `“${said.words}”` : said.label),
    said.condition ? `, if ${said.condition}` : null,
    said.denied ? h("span", { class: "soft" }, " · denied") : null,
  );
}

function circumstance(context: Context, how: string, people: Named[]): HTMLElement[] {
  return people.length ? [h("span", { class: "soft block" }, `${how} `, ...names(context, people))] : [];
}

/** The events that the article tells of by somebody's report alone. */
function reports(context: Context, all: Account[]): (HTMLElement | null)[] {
  const found = all.filter((one) => one.stance === "report" && context.index.incident.has(one.id));
  if (!found.length) return [];
  return [
    h("h3", {}, "Known from reports alone"),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...["Reported by", "Event", "Date", "Sentence"].map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...found.map((one) =>
          h(
            "tr",
            { "data-event": one.id },
            h("td", {}, ...names(context, one.speakers)),
            h("td", {}, thing(context, one.id, one.label)),
            h("td", {}, one.date ? dateParts(one.date) : "no date given"),
            h("td", {}, footnotes(context, one.passages)),
          ),
        ),
      ),
    ),
  ];
}

function truces(context: Context, all: Truce[]): HTMLElement[] {
  if (!all.length) return nothing("The article tells of no agreement.");
  return all.map((one) =>
    h(
      "section",
      { class: "truce", "data-event": one.id },
      h("h3", {}, thing(context, one.id, one.label), one.kindLabel ? h("span", { class: "aside" }, ` · ${one.kindLabel}`) : null, footnotes(context, one.passages)),
      h(
        "dl",
        { class: "card-facts" },
        ...line("made", one.made || "not said"),
        ...line("to hold", one.inForce),
        ...line(one.parties.length === 1 ? "agreed by" : "between", ...(one.parties.length ? names(context, one.parties) : ["not said whom"]), one.withWhom ? null : "; with whom is not said"),
        ...line("mediated by", ...names(context, one.mediators)),
        ...line("reported by", ...names(context, one.reporters)),
        ...(one.terms.length ? [h("dt", {}, "terms"), ...one.terms.map((term) => termValue(context, term))] : line("terms", "not said")),
        ...one.parts.flatMap((part) => line("came with it", thing(context, part.id, part.label), footnotes(context, part.passages))),
        ...one.course.flatMap((words) => line("how it went", h("span", { dir: "auto" }, `“${words.text}”`), footnotes(context, words.passages))),
        ...line("held", one.held),
        ...one.brokenBy.flatMap((ending) => line("broken by", ...ended(context, ending))),
        ...one.alleged.flatMap((breach) => line("breach alleged", thing(context, breach.id, breach.label), breach.by.length ? ", by " : null, ...names(context, breach.by), footnotes(context, breach.passages))),
        ...one.replacedBy.flatMap((ending) => line("replaced by", ...ended(context, ending))),
      ),
    ),
  );
}

function termValue(context: Context, term: Truce["terms"][number]): HTMLElement {
  return h(
    "dd",
    { dir: "auto" },
    thing(context, term.id, term.words ? `“${term.words}”` : term.label),
    h("span", { class: "soft" }, term.fate ? ` · ${term.fate}${term.by ? " by " : ""}` : " · what came of it is not said"),
    term.fate && term.by ? thing(context, term.by.id, term.by.label) : null,
    footnotes(context, term.passages),
  );
}

function ended(context: Context, ending: Ending): (Node | string | null)[] {
  return [thing(context, ending.id, ending.label), ending.date ? h("span", { class: "soft" }, ` · ${ending.date}`) : null, footnotes(context, ending.passages)];
}

function line(name: string, ...content: (Node | string | null)[]): HTMLElement[] {
  const said = content.filter((part): part is Node | string => part !== null && part !== "");
  return said.length ? [h("dt", {}, name), h("dd", {}, ...said)] : [];
}

function gaps(context: Context, all: Gap[]): HTMLElement[] {
  if (!all.length) return nothing("Nothing is left open.");
  const kinds = new Map<string, { label: string; gaps: Gap[] }>();
  for (const gap of all) {
    const kind = kinds.get(gap.kind) ?? { label: gap.kindLabel, gaps: [] };
    kind.gaps.push(gap);
    kinds.set(gap.kind, kind);
  }
  return [
    h("p", { class: "analysis-lead" }, "What the article leaves open, as questions whose answers would fill it."),
    ...[...kinds.values()].map((kind, i) =>
      h(
        "details",
        { class: "gaps", open: i === 0 },
        h("summary", {}, `${kind.gaps.length} ${kind.label}`),
        h("ul", {}, ...kind.gaps.map((gap) => h("li", { "data-event": gap.id }, gap.question, " ", gap.id ? thing(context, gap.id, "card") : null, footnotes(context, gap.passages)))),
      ),
    ),
  ];
}
