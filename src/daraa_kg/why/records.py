"""Cards, evidence and explanations as plain records: for JSON, and for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..graph.labels import Name
from .cards import Text
from .evidence import Decision, Inference, Quote, license_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..graph.labels import Labels
    from .cards import Block, Card, Fact
    from .evidence import Evidence
    from .explanation import Explanation, Reason, Statement

    Record = dict[str, Any]
    WhyRecord = Callable[[Evidence], Record]

__all__ = [
    "card_record",
    "evidence_record",
    "explanation_record",
    "fact_records",
    "mention_records",
]


def card_record(card: Card, labels: Labels) -> Record:
    """Give a card as JSON has it: each fact with its evidence in full.

    Args:
        card: the card.
        labels: the names of the graph.
    """
    return {
        "id": card.subject.id,
        "iri": card.subject.iri,
        "label": card.subject.label,
        "kind": card.kind,
        "standing": card.standing,
        "voice": card.voice,
        "facts": fact_records(card, labels, evidence_record),
        "mentions": mention_records(card),
    }


def evidence_record(evidence: Evidence) -> Record:
    """Give a passage with its sentence, a source with its reason, or a rule with what it says."""
    if isinstance(evidence, Quote):
        return {
            "passage": evidence.iri,
            "exact": evidence.exact,
            "sentence": " ".join(evidence.sentence.split()),
            "section": evidence.where,
            "voice": evidence.voice,
            "link": evidence.link,
        }
    if isinstance(evidence, Inference):
        return {"rule": evidence.name, "summary": evidence.summary}
    if isinstance(evidence, Decision):
        return source_record(evidence)
    return {"vocabulary": evidence.iri}


def source_record(decision: Decision) -> Record:
    """Give a register or the editors; what is not known is left out."""
    known = {
        "because": " ".join(" ".join(decision.because).split()),
        "license": license_name(decision.license) if decision.license else "",
        "link": decision.url or "",
    }
    return {"source": decision.label, **{name: text for name, text in known.items() if text}}


def fact_records(card: Card, labels: Labels, why: WhyRecord) -> list[Record]:
    """Give the facts of a card, those of nested things inside the fact that leads to them.

    Args:
        card: the card.
        labels: the names of the graph.
        why: makes the record of a fact's evidence.
    """
    found: list[Record] = []
    nested: dict[str, Record] = {}
    apart: list[tuple[str, Record, str]] = []
    for block in card.blocks:
        for fact, record in _stated(block, labels, why, nested):
            if fact.about is None:
                found.append(record)
            else:
                apart.append((fact.about.iri, record, fact.about.label))
    for owner, record, label in apart:
        if owner in nested:
            nested[owner].setdefault("facts", []).append(record)
        else:
            found.append({**record, "label": f"{record['label']} of {label}"})
    found += [
        {**_fact(fact, labels, nested), "inferred": True, "why": list(map(why, fact.rules))}
        for fact in card.inferred
    ]
    return found


def _stated(
    block: Block, labels: Labels, why: WhyRecord, nested: dict[str, Record]
) -> Iterable[tuple[Fact, Record]]:
    """Give the facts of a block that stand by themselves, and note where nested things stand."""
    reasons = list(map(why, block.evidence))
    for fact in block.facts:
        yield fact, {**_fact(fact, labels, nested), "why": reasons}


def _fact(fact: Fact, labels: Labels, nested: dict[str, Record]) -> Record:
    value = fact.value
    record: Record = {"property": labels.id(fact.property).rpartition(":")[2], "label": fact.label}
    if isinstance(value, Text):
        record["text"] = value.text
        if value.written != value.text:
            record["written"] = value.written
        if value.verbatim:
            record["verbatim"] = True
        if value.written.startswith(("https://", "http://")):
            record["link"] = value.written
    elif isinstance(value, Name):
        record |= {"id": value.id, "text": value.label}
        nested.setdefault(value.iri, record)
    if fact.standing:
        record["standing"] = fact.standing
    if fact.inside:
        # Their evidence is that of the fact they stand in.
        record["facts"] = [_fact(one, labels, nested) for one in fact.inside]
    return record


def mention_records(card: Card) -> list[Record]:
    """Give where else a thing has a part, in the order of time."""
    return [
        {
            "label": mention.heading,
            "id": mention.thing.id,
            "text": mention.thing.label,
            "when": mention.when,
            "figure": mention.figure,
            "standing": mention.standing,
        }
        for mention in card.mentions
    ]


# --- why ------------------------------------------------------------------------------------------


def explanation_record(explanation: Explanation) -> Record:
    """Give a fact with the ways in which it comes about, each down to its sentences."""
    return {
        **_statement_record(explanation.statement),
        "reasons": list(map(_reason_record, explanation.reasons)),
        "more": explanation.more,
        "places": list(explanation.places),
    }


def _statement_record(statement: Statement) -> Record:
    value = statement.value
    named = {"id": value.id, "text": value.label} if isinstance(value, Name) else {"text": value}
    return {
        "subject": {"id": statement.subject.id, "label": statement.subject.label},
        "property": statement.property,
        "label": statement.label,
        "value": named,
    }


def _reason_record(reason: Reason) -> Record:
    record = evidence_record(reason.evidence)
    if reason.premises:
        record["premises"] = [
            {**_statement_record(premise.statement), "reason": _reason_record(premise)}
            for premise in reason.premises
        ]
    return record
