"""What an entry of statements.yaml says, for people: its things, their kinds, counts and words."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ..diagnostics import listing
from ..namespaces import shorten
from ..ontology.vocabulary import verbatim_names
from ..statements.registry import texts_of, with_nested

if TYPE_CHECKING:
    from ..diagnostics import Location
    from ..ontology.vocabulary import Vocabulary
    from ..statements.entries import Entry, Statements
    from ..statements.registry import JsonNode

__all__ = ["Claim", "Claims", "Count", "Words"]

_BOUNDS = {"count": "", "atLeast": "at least ", "atMost": "at most "}


@dataclass(frozen=True, slots=True)
class Count:
    """A number that a figure gives: `key` is ``count``, ``atLeast`` or ``atMost``."""

    key: str
    value: int
    location: Location


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the article that a statement repeats: `key` is ``wording``, ``weapon`` or so."""

    key: str
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Claim:
    """What an entry says of one thing.

    Attributes:
        id: the thing, as statements write it.
        label: what it is called, wherever that is said; its id when it has no label.
        kind: its class, as statements write it; None when no file gives one.
        figure: a figure in words: ``6 killed``; None for other things.
        says: the properties that the entry gives it, nested things apart.
    """

    id: str
    label: str
    kind: str | None
    figure: str | None
    says: tuple[str, ...]
    counts: tuple[Count, ...]
    words: tuple[Words, ...]

    def __str__(self) -> str:
        if self.figure is not None:
            return self.figure
        named = self.id if self.label == self.id else f"“{self.label}” ({self.id})"
        return f"{self.kind} {named}" if self.kind else named


class Claims:
    """Reads what entries say.

    Args:
        statements: what was read from all files, for the labels and kinds of things.
        vocabulary: the terms that they use.
    """

    def __init__(self, statements: Statements, vocabulary: Vocabulary) -> None:
        self.statements = statements
        self.vocabulary = vocabulary

    def of(self, entry: Entry) -> tuple[Claim, ...]:
        """Give what an entry says of each thing, in its order, nested things after their own."""
        return tuple(self._claim(entry, node) for node in with_nested(entry.nodes))

    @cached_property
    def _said(self) -> dict[str, JsonNode]:
        """The first label and type of everything, by IRI."""
        said: dict[str, JsonNode] = {}
        for entry in self.statements.entries:
            for node in with_nested(entry.nodes):
                known = said.setdefault(str(node["id"]), {})
                for key in ("label", "ofKind", "type"):
                    if node.get(key):
                        known.setdefault(key, str(node[key][0]))
        return said

    def _claim(self, entry: Entry, node: JsonNode) -> Claim:
        iri = str(node["id"])
        known = self._said.get(iri, {})
        name = shorten(iri, self.statements.base, self.statements.slug)
        counts = tuple(
            Count(key, int(value), self._place(entry, iri, key, value))
            for key in _BOUNDS
            for value in texts_of(node, key)
            if value.isdecimal()
        )
        words = tuple(
            Words(key, " ".join(value.split()), self._place(entry, iri, key, value))
            for key in verbatim_names()
            for value in texts_of(node, key)
        )
        kind = known.get("ofKind") or known.get("type")
        figure = kind in ("Casualties", "Strength", "Figure") or bool(counts)
        return Claim(
            name,
            str(known.get("label", name)),
            kind,
            self._amount(node, counts) if figure else None,
            tuple(key for key in node if key not in ("id", "type")),
            counts,
            words,
        )

    def _amount(self, node: JsonNode, counts: tuple[Count, ...]) -> str:
        numbers = [f"{_BOUNDS[count.key]}{count.value:,}" for count in counts]
        what = [self._term(value) for key in ("unit", "outcome") for value in texts_of(node, key)]
        what = what or ["persons"]
        if numbers:
            return " ".join([listing(numbers, "and"), *what])
        wording = listing([f"“{text}”" for text in texts_of(node, "wording")], "and")
        return f"{' '.join(what)}, no number: {wording}" if wording else f"{' '.join(what)}"

    def _term(self, name: str) -> str:
        concept = self.vocabulary.concepts.get(name)
        return concept.label if concept is not None and concept.label else name

    def _place(self, entry: Entry, iri: str, key: str, value: str) -> Location:
        """Give the place of a value in this entry; the same may stand in others too."""
        term = self.vocabulary.properties[key]
        found = self.statements.source_map.best(iri, term.iri, value)
        start = bisect_left(found, entry.location)
        return found[start] if start < len(found) else entry.location
