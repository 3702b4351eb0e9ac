"""What all files of a build together declare, name and refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..namespaces import expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..diagnostics import Location

JsonNode = dict[str, Any]


def with_nested(nodes: Iterable[JsonNode]) -> Iterator[JsonNode]:
    """Give nodes and all that stand inside them."""
    for node in nodes:
        yield node
        for values in node.values():
            if isinstance(values, list):
                yield from with_nested(value for value in values if isinstance(value, dict))


def texts_of(node: JsonNode, key: str) -> list[str]:
    """Give the texts that a node has under a key."""
    return [value for value in node.get(key, []) if isinstance(value, str)]


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that a statement names, and under which key."""

    iri: str
    written: str
    key: str
    location: Location


@dataclass
class Registry:
    """What all files together declare and refer to."""

    types: dict[str, tuple[str, Location]] = field(default_factory=dict)
    subjects: dict[str, list[tuple[str, Location]]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    nested: dict[str, tuple[JsonNode, Location]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)  # sources, and what a fault was found in
    labels: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)  # by the article's own files
    lost: bool = False  # a statement could not be read, and with it what it declares


@dataclass(frozen=True, slots=True)
class Ids:
    """Where ids start, and whether a file may have ids of its own article."""

    base: str
    local: str
    shared_only: bool = False

    def iri(self, written: str) -> str:
        """Give the IRI of an id."""
        return expand(written, self.base, self.local)

    def short(self, iri: str) -> str:
        """Write an IRI of ours as an id; one of others as it is."""
        if iri.startswith(self.local):
            return iri.removeprefix(self.local)
        return "kg:" + iri.removeprefix(self.base) if iri.startswith(self.base) else iri
