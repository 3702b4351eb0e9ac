"""The page of a thing: what `daraa-kg show` prints, with links and a place for every part."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from ..why.cards import make_card
from ..why.evidence import ARTICLE_VOICE, told_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..graph.labels import Name
    from ..why.cards import Card, Fact
    from ..why.evidence import Inference
    from .documents import Documents

__all__ = ["Anchors", "card_values"]

_T = TypeVar("_T")
_K = TypeVar("_K")


class Anchors:
    """The places in a page that the IRIs with a # lead to, each given out once.

    Args:
        document: the IRI of what the page is about.
        iris: the things that it describes.
    """

    def __init__(self, document: str, iris: Iterable[str]) -> None:
        self.start = f"{document}#"
        self.free = [iri for iri in iris if iri.startswith(self.start)]

    def take(self, iri: str) -> str | None:
        """Give the id of an element for an IRI; None if it has one already or needs none."""
        if iri not in self.free:
            return None
        self.free.remove(iri)
        return iri.removeprefix(self.start)

    def rest(self) -> list[str]:
        """Give the IRIs that have no place yet."""
        return list(self.free)


def card_values(documents: Documents, document: str) -> dict[str, Any]:
    """Give what the template of a card needs.

    Args:
        documents: the documents of a graph.
        document: the thing's IRI.
    """
    card = make_card(documents.graph, document)
    given: set[str] = set()
    blocks = [
        (_runs(block.facts), [told_once(one, given) for one in block.evidence])
        for block in card.blocks
    ]
    nodes = [node.value for node in documents.nodes(document)]
    return {
        "card": card,
        "blocks": blocks,
        "voice": card.voice if card.voice != ARTICLE_VOICE else None,
        "inferred": _inferred(card),
        "mentions": _grouped(card.mentions, lambda mention: mention.heading),
        "anchors": Anchors(document, nodes),
        "name_of": documents.graph.labels.name,
    }


def _runs(facts: Iterable[Fact]) -> list[tuple[Name | None, list[Fact]]]:
    """Put facts of one nested thing that follow each other under its name."""
    return [(about, list(run)) for about, run in groupby(facts, key=lambda fact: fact.about)]


def _inferred(card: Card) -> list[tuple[str, list[Fact], tuple[Inference, ...]]]:
    """Put the values together that the same rules gave to one property."""
    found = _grouped(card.inferred, lambda fact: (fact.label, fact.rules))
    return [(label, facts, rules) for (label, rules), facts in found]


def _grouped(items: Iterable[_T], key: Callable[[_T], _K]) -> list[tuple[_K, list[_T]]]:
    """Group items by a key, the groups in the order of their first members."""
    groups: dict[_K, list[_T]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return list(groups.items())
