"""Where each triple is written: file, line and column of every node, key and value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

Key = tuple[str, str, str]  # subject IRI, predicate IRI, and the object's IRI or lexical form


@dataclass
class SourceMap:
    """The places of what is written; a triple or a node may have several."""

    nodes: dict[str, list[Location]] = field(default_factory=dict)
    triples: dict[Key, list[Location]] = field(default_factory=dict)

    def add_node(self, subject: str, location: Location) -> None:
        """Remember that a node is described here."""
        self.nodes.setdefault(subject, []).append(location)

    def add_triple(self, key: Key, location: Location) -> None:
        """Remember that a triple is stated here."""
        self.triples.setdefault(key, []).append(location)

    def drop(self, subjects: Set[str]) -> None:
        """Forget everything about some nodes."""
        for subject in subjects:
            self.nodes.pop(subject, None)
        for key in [key for key in self.triples if key[0] in subjects]:
            del self.triples[key]

    def locations(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> list[Location]:
        """Give the places of a triple, of a property of a node, or of a node; in order, each once.

        Args:
            subject: the node's IRI.
            predicate: the property's IRI; any when not given.
            value: the object's IRI or lexical form; any when not given.
        """
        if predicate is None and value is None:
            return sorted(set(self.nodes.get(subject, [])))
        if predicate is not None and value is not None:
            return sorted(set(self.triples.get((subject, predicate, value), [])))
        return sorted(
            {
                place
                for (s, p, o), places in self.triples.items()
                if s == subject and predicate in (None, p) and value in (None, o)
                for place in places
            }
        )

    def best(
        self, subject: str, predicate: str | None = None, value: str | None = None
    ) -> list[Location]:
        """Give the narrowest places known: of the triple, else the property, else the node."""
        return (
            self.locations(subject, predicate, value)
            or (self.locations(subject, predicate) if predicate else [])
            or self.locations(subject)
        )

    def to_json(self) -> dict[str, object]:
        """Give the map as JSON's types, files as numbers (see `from_json`)."""
        files = sorted(
            {p.file for places in (*self.nodes.values(), *self.triples.values()) for p in places}
        )
        number = {file: position for position, file in enumerate(files)}

        def packed(places: Iterable[Location]) -> list[int]:
            return [n for p in places for n in (number[p.file], p.line, p.column)]

        return {
            "files": files,
            "nodes": [[node, *packed(places)] for node, places in self.nodes.items()],
            "triples": [[*key, *packed(places)] for key, places in self.triples.items()],
        }

    @classmethod
    def from_json(cls, data: dict[str, list[list[str | int]]], files: list[str]) -> SourceMap:
        """Read a map back.

        Args:
            data: what `to_json` gave.
            files: how its files are called now, in the same order.
        """

        def unpacked(numbers: list[str | int]) -> list[Location]:
            whole = [int(n) for n in numbers]
            return [
                Location(files[f], line, column)
                for f, line, column in zip(*[iter(whole)] * 3, strict=True)
            ]

        return cls(
            {str(row[0]): unpacked(row[1:]) for row in data["nodes"]},
            {(str(row[0]), str(row[1]), str(row[2])): unpacked(row[3:]) for row in data["triples"]},
        )
