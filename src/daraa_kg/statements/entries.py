"""What the files of a build state: entries, sources and the header, and their JSON-LD document."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .registry import Registry
from .sourcemap import SourceMap

if TYPE_CHECKING:
    from ..diagnostics import Fault, Location
    from ..text.article import Article
    from ..text.grounding import Passage
    from .registry import JsonNode


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of text or a source's entry, and what it states.

    Attributes:
        graph: the IRI of the graph its statements go to: the passage's, the source's, or, where
            the entry gives a reason, one of its own below the source's.
        nodes: the statements as JSON-LD nodes with full ids.
        triples: what conversion must give, as subject, predicate and object (IRI or lexical form).
        passage: where it stands in the article; None for a source's entry.
        shared: whether it is for all articles, and taken over as far as one names its things.
    """

    graph: str
    nodes: tuple[JsonNode, ...]
    triples: frozenset[tuple[str, str, str]]
    location: Location
    passage: Passage | None = None
    because: str | None = None
    repair: str | None = None
    source: str | None = None
    shared: bool = False

    @property
    def subjects(self) -> tuple[str, ...]:
        """The IRIs of the things it describes, nested ones aside."""
        return tuple(str(node["id"]) for node in self.nodes)

    def about(self, subjects: set[str]) -> Entry:
        """Give the part of the entry that describes some things."""
        return replace(
            self,
            nodes=tuple(node for node in self.nodes if node["id"] in subjects),
            triples=frozenset(triple for triple in self.triples if triple[0] in subjects),
        )


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A register or the editors: its IRI, and what is said about it."""

    iri: str
    facts: tuple[tuple[str, str], ...]
    location: Location

    def get(self, key: str) -> str | None:
        """Give one of its facts, such as ``label``, ``url`` or ``license``."""
        return dict(self.facts).get(key)


@dataclass
class Statements:
    """All that the files of one build state."""

    base: str
    slug: str
    article: Article | None
    header: dict[str, str] = field(default_factory=dict)
    sources: dict[str, SourceInfo] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    registry: Registry = field(default_factory=Registry)
    source_map: SourceMap = field(default_factory=SourceMap)
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    grounded: bool = True  # every entry stands for a stretch, so that coverage can be judged

    @property
    def passages(self) -> list[Entry]:
        """The entries that are stretches of the article, in the order of the file."""
        return [entry for entry in self.entries if entry.passage is not None]

    @property
    def main_event(self) -> str | None:
        """The IRI of the event the article is about."""
        return self.header.get("about")

    def keep_named(self) -> None:
        """Leave out what shared files say of things that the article never comes to.

        They are registers for all articles; a graph takes from them what the article's own files
        name, and what that leads to in turn (the governorate of a town).
        """
        leads: dict[str, set[str]] = {}
        for entry in self.entries:
            if entry.shared:
                for subject, _, value in entry.triples:
                    leads.setdefault(subject, set()).add(value)
        reached: set[str] = set()
        waiting = list(self.registry.named)
        while waiting:
            if (here := waiting.pop()) not in reached:
                reached.add(here)
                waiting.extend(leads.get(here, ()))
        self.entries = [entry.about(reached) if entry.shared else entry for entry in self.entries]
        self.source_map.drop(leads.keys() - reached)

    def document(self) -> list[dict[str, Any]]:
        """Give the statements as a JSON-LD graph of named graphs, without context."""
        graphs: dict[str, list[JsonNode]] = {}
        for entry in self.entries:
            if entry.nodes:
                graphs.setdefault(entry.graph, []).extend(entry.nodes)
        return [{"id": graph, "states": nodes} for graph, nodes in graphs.items()]

    def expected(self) -> dict[str, set[tuple[str, str, str]]]:
        """Give the triples that conversion must make, by graph."""
        graphs: dict[str, set[tuple[str, str, str]]] = {}
        for entry in self.entries:
            if entry.triples:
                graphs.setdefault(entry.graph, set()).update(entry.triples)
        return graphs
