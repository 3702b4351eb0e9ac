"""The cards of a page: what is said of each thing, each fact with the numbers of its passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..why.cards import CardMaker
from ..why.evidence import Quote
from ..why.records import evidence_record, fact_records, mention_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..graph.built import Graph
    from ..why.evidence import Evidence
    from .passages import Passages

    Record = dict[str, Any]

# What the model calls the widest classes.
TYPES = {
    "Event": "event",
    "PossibleEvent": "possible",
    "Actor": "actor",
    "Side": "side",
    "Place": "place",
    "Figure": "figure",
}


def entities(graph: Graph, passages: Passages) -> dict[str, Record]:
    """Give the record of every thing, by its id, sorted."""
    maker = CardMaker(graph)
    labels = maker.labels

    def why(evidence: Evidence) -> Record:
        if isinstance(evidence, Quote):
            return {"passage": passages.number[evidence.iri]}
        record = evidence_record(evidence)
        record.pop("license", None)  # the page lists the licences of all sources once
        return record

    def made() -> Iterator[tuple[str, Record]]:
        for iri in passages.class_of:
            card = maker.card(iri)
            facts = fact_records(card, labels, why)
            yield (
                card.subject.id,
                {
                    "id": card.subject.id,
                    "iri": iri,
                    "type": TYPES[passages.class_of[iri]],
                    "kind": maker.archive.local_kind(iri) or passages.class_of[iri],
                    "kindLabel": card.kind or passages.class_of[iri],
                    "label": card.subject.label,
                    "standing": card.standing,
                    "aliases": sorted({f["text"] for f in facts if f["property"] == "altLabel"}),
                    "facts": facts,
                    "mentions": mention_records(card),
                    "passages": passages.naming(iri),
                },
            )

    return dict(sorted(made()))
