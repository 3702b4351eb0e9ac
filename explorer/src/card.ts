/** The card of one thing: its facts, each with its why; what names it; what rules added. */

import { counted, h, outward } from "./dom";
import { familyIcon, sideIcon } from "./marks";
import type { Entity, Fact, Id, Incident, Mention, Why } from "./model";
import { footnotes, passageText, sufferers, thing, tollNumber } from "./pieces";
import type { Context } from "./view";

/** Reasons that stand in the card already: the next fact with the same one says so. */
type Told = Set<string>;

export function drawCard(context: Context, id: Id): HTMLElement | null {
  const entity = context.index.entity(id);
  if (!entity) return null;
  const incident = context.index.incident.get(id);
  const told: Told = new Set();
  const stated = entity.facts.filter((fact) => !fact.inferred);
  const inferred = entity.facts.filter((fact) => fact.inferred);
  const named = entity.mentions.length ? mentions(context, entity.mentions) : null;
  return h(
    "article",
    { class: "card", "aria-labelledby": "card-title" },
    heading(context, entity, incident),
    incident ? digest(context, incident) : null,
    // Of an actor or a place the article tells by its events; what registers say of it comes after.
    incident ? null : named,
    stated.length ? factList(context, stated, told) : null,
    evidence(context, entity),
    incident ? named : null,
    inferred.length
      ? h(
          "details",
          { class: "card-inferred" },
          h("summary", {}, `Added by rules: ${counted(inferred.length, "fact")}`),
          factList(context, inferred, told),
        )
      : null,
    h(
      "p",
      { class: "card-iri soft" },
      h("code", {}, entity.id),
      " · ",
      outward(entity.iri, "IRI"),
    ),
  );
}

function heading(context: Context, entity: Entity, incident: Incident | undefined): HTMLElement {
  const own = incident?.sides[0] ?? null;
  const icon = incident
    ? familyIcon(incident.family, 16)
    : context.index.side.has(entity.id)
      ? sideIcon(context.index, entity.id, 16)
      : own
        ? sideIcon(context.index, own, 16)
        : null;
  const status = entity.standing ? `not an event: ${entity.standing}` : null;
  return h(
    "header",
    {},
    h("p", { class: "card-kind soft" }, icon, ` ${entity.kindLabel}`, status ? ` · ${status}` : null),
    h("h3", { id: "card-title", tabindex: -1, dir: "auto" }, entity.label),
    entity.aliases.length
      ? h("p", { class: "soft", dir: "auto" }, `Also: ${entity.aliases.join("; ")}`)
      : null,
  );
}

/** What a reader asks first of an event: when, where, between whom, with what toll, on whose word. */
function digest(context: Context, one: Incident): HTMLElement {
  const lines: (HTMLElement | null)[] = [
    h("p", { class: "card-when" }, one.dateText, one.bounds === "inferred" ? " (from the order of events, or from what is part of what)" : null),
    one.places.length
      ? h("p", {}, ...joined(one.places.map((place, i) => thing(context, place, one.placesText[i]))))
      : h("p", { class: "soft" }, "No place is stated"),
    one.sides.length
      ? h(
          "p",
          { class: "card-sides" },
          h("span", { class: "soft" }, "By: "),
          ...one.sides.flatMap((side) => [sideIcon(context.index, side), thing(context, side), " "]),
        )
      : null,
    one.tolls.length
      ? h(
          "ul",
          { class: "card-tolls" },
          ...one.tolls.map((toll) =>
            h(
              "li",
              {},
              h("strong", {}, tollNumber(toll)),
              ` ${toll.outcome}`,
              sufferers(context.index, toll) ? ` · ${sufferers(context.index, toll)}` : null,
              toll.claimedBy ? ` · says ${toll.claimedBy}` : null,
              h("span", { class: "soft" }, ` “${toll.wording}”`),
              footnotes(context, toll.passages),
            ),
          ),
        )
      : null,
    one.reportedBy.length
      ? h("p", { class: "card-voice" }, `Reported by ${one.reportedBy.join(", ")}; the article does not say so itself.`)
      : null,
  ];
  return h("div", { class: "card-digest" }, ...lines);
}

function joined(nodes: HTMLElement[]): (Node | string)[] {
  return nodes.flatMap((node, i) => (i ? [", ", node] : [node]));
}

/** Facts under the name of their property; a value each line. */
function factList(context: Context, facts: Fact[], told: Told): HTMLElement {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.label);
    if (group) group.push(fact);
    else groups.set(fact.label, [fact]);
  }
  return h(
    "dl",
    { class: "card-facts" },
    ...[...groups].flatMap(([label, group]) => [
      h("dt", {}, label),
      ...group.map((fact) => h("dd", {}, ...value(context, fact, told))),
    ]),
  );
}

function value(context: Context, fact: Fact, told: Told): (Node | string | null)[] {
  const words = fact.verbatim ? `“${fact.text}”` : fact.text;
  const shown = fact.link
    ? outward(fact.link, words)
    : fact.id
      ? thing(context, fact.id, words)
      : h("span", { dir: "auto" }, words);
  const standing = fact.standing ? h("span", { class: "soft" }, ` · ${fact.standing}`) : null;
  return [shown, standing, ...whys(context, fact.why ?? [], told), fact.facts?.length ? factList(context, fact.facts, told) : null];
}

function whys(context: Context, why: Why[], told: Told): (Node | string | null)[] {
  const passages = why.flatMap((one) => ("passage" in one ? [one.passage] : []));
  const others = why.flatMap((one) => {
    if ("source" in one) {
      const again = one.because !== undefined && told.has(one.because);
      if (one.because) told.add(one.because);
      return [
        h(
          "span",
          { class: "card-source soft" },
          one.link ? outward(one.link, one.source) : one.source,
          again ? ", for the same reason" : one.because ? `: ${one.because}` : null,
        ),
      ];
    }
    if ("rule" in one)
      return [h("span", { class: "card-source soft", title: one.summary }, `by the rule ${one.rule}`)];
    return [];
  });
  return [footnotes(context, passages), ...others];
}

/** The sentences themselves, with section, voice and the way to the live article. */
function evidence(context: Context, entity: Entity): HTMLElement | null {
  if (!entity.passages.length) return null;
  const items = entity.passages.map((number) => {
    const passage = context.index.passage(number);
    if (!passage) return null;
    return h(
      "li",
      { "data-passage": number },
      h("blockquote", { class: "quote", dir: "auto" }, passageText(context, number)),
      h(
        "p",
        { class: "soft" },
        footnotes(context, [number]),
        ` ${passage.section} · ${passage.voice ?? "the article"}`,
        passage.link ? " · " : null,
        passage.link ? outward(passage.link, "in the live article") : null,
      ),
      passage.note ? h("p", { class: "soft" }, passage.note) : null,
    );
  });
  const few = items.slice(0, 3);
  const rest = items.slice(3);
  return h(
    "section",
    { class: "card-evidence" },
    h("h4", {}, entity.passages.length === 1 ? "The sentence that says so" : "The sentences that say so"),
    h("ol", {}, ...few),
    rest.length
      ? h("details", {}, h("summary", {}, `${counted(rest.length, "more sentence")}`), h("ol", {}, ...rest))
      : null,
  );
}

/** Where other things name it, under what they name it as: "target in" … */
function mentions(context: Context, all: Mention[]): HTMLElement {
  const groups = new Map<string, Mention[]>();
  for (const mention of all) {
    const group = groups.get(mention.label);
    if (group) group.push(mention);
    else groups.set(mention.label, [mention]);
  }
  return h(
    "details",
    { class: "card-mentions", open: all.length <= 12 },
    h("summary", {}, `Named in ${counted(all.length, "other fact")}`),
    h(
      "dl",
      { class: "card-facts" },
      ...[...groups].flatMap(([label, group]) => [
        h("dt", {}, label),
        ...group.map((one) =>
          h(
            "dd",
            {},
            thing(context, one.id, one.text),
            ...[one.when, one.figure, one.standing].map((words) => (words ? h("span", { class: "soft" }, ` · ${words}`) : null)),
          ),
        ),
      ]),
    ),
  );
}

/** Another sentence's own card: what it states, as plain facts. */
export function drawSentence(context: Context, number: number): HTMLElement | null {
  const passage = context.index.passage(number);
  if (!passage) return null;
  const stated = passage.about.flatMap((id) => {
    const entity = context.index.entity(id);
    if (!entity) return [];
    const facts = entity.facts.filter((fact) =>
      fact.why?.some((one) => "passage" in one && one.passage === number),
    );
    return facts.length ? [{ id, facts }] : [];
  });
  return h(
    "article",
    { class: "card", "aria-labelledby": "card-title" },
    h("p", { class: "card-kind soft" }, `Sentence ${number + 1} · ${passage.section} · ${passage.voice ?? "the article’s own voice"}`),
    h("h3", { id: "card-title", tabindex: -1, class: "visually-hidden" }, "What this sentence states"),
    h("blockquote", { class: "quote", dir: "auto" }, passageText(context, number)),
    passage.note ? h("p", { class: "soft" }, passage.note) : null,
    passage.link ? h("p", {}, outward(passage.link, "Read it in the live article")) : null,
    h("h4", {}, stated.length ? "What this sentence states" : "It states nothing that the graph does not have from elsewhere"),
    ...stated.map(({ id, facts }) =>
      h("section", { class: "card-stated" }, h("h5", {}, thing(context, id)), factList(context, facts, new Set())),
    ),
  );
}
