"""Reads statements files into entries: every key, name, quote and id is checked on the way."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ..diagnostics import Location, listing
from ..namespaces import article_base
from ..text.grounding import GroundingError, Passage, ground_field, ground_quote
from ..text.nearest import nearest
from .entries import Entry, SourceInfo, Statements
from .form import FormReader
from .naming import id_problem, slug
from .nodes import NodeReader
from .registry import Ids, Reference
from .yamlsource import Mapping, Sequence, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from ..ontology.vocabulary import Vocabulary
    from ..text.article import Article
    from .registry import JsonNode
    from .yamlsource import Node

_HEADER = ("title", "url", "license", "attribution", "sha256", "about")
_OPTIONAL = ("sha256",)
_PASSAGE = ("quote", "infobox", "nth", "section", "states", "because", "repair")
_SOURCE = ("id", "label", "url", "license", "attribution", "retrieved", "note")
_ENTRY = ("source", "states", "because")

# Reasons for which a quote does not stand for one stretch, and yet shows which it means.
_MEANT = frozenset({"bad-nth", "inside-word", "not-found", "repeated"})


class Reader(FormReader):
    """Reads the files of one build, one after the other, into one `Statements`."""

    def __init__(
        self, vocabulary: Vocabulary, base: str, slug: str, article: Article | None
    ) -> None:
        self.vocabulary = vocabulary
        super().__init__(Statements(base, slug, article))
        self.ids = Ids(base, article_base(base, slug))
        self.stretches: dict[str, Location] = {}
        self.unread = False  # a file that could not be read at all

    def read_statements(self, path: Path, display: str | None = None) -> None:
        """Read a ``statements.yaml``."""
        root = self._open(path, display, ("article", "passages"))
        if root is None:
            return
        header = root.get("article")
        if header is None:
            self.fault(
                root.location,
                "the header “article” is missing",
                f"begin with article: and its {listing(_HEADER, 'and')}",
            )
        elif self.is_mapping(header, "article"):
            self._read_header(header)
        passages = root.get("passages")
        if passages is None:
            self.fault(
                root.location,
                "the list “passages” is missing",
                "write passages: and one “- quote: …” for each stretch",
            )
        else:
            read = 0
            for item in self.items(passages, "passages"):
                self._read_passage(item)
                read += 1
            if isinstance(passages, Sequence) and read < len(passages.items):
                self.statements.grounded = False

    def read_entries(self, path: Path, display: str | None = None, *, shared: bool) -> None:
        """Read a ``places.yaml`` or ``actors.yaml``; `shared` files have no ids of an article."""
        root = self._open(path, display, ("sources", "entries"))
        if root is None:
            return
        sources, entries = root.get("sources"), root.get("entries")
        if sources is not None:
            for item in self.items(sources, "sources"):
                self._read_source(item)
        if entries is None:
            self.fault(
                root.location,
                "the list “entries” is missing",
                "write entries: and one “- source: …” for each",
            )
        else:
            ids = Ids(self.ids.base, self.ids.local, shared_only=shared)
            for item in self.items(entries, "entries"):
                self._read_entry(item, ids)

    def finish(self) -> Statements:
        """Check what only all files together show, and give the statements."""
        statements = self.statements
        registry = statements.registry
        declared = {*registry.types, *registry.known}
        names = {self.ids.short(iri): iri for iri in declared}
        for reference in registry.references:
            if reference.iri not in declared and reference.iri.startswith(self.ids.base):
                if reference.iri in registry.subjects:
                    continue  # it is described without a type, which is said once, below
                self._undeclared(reference, names)
        for iri, mentions in registry.subjects.items():
            if iri not in declared and iri.startswith(self.ids.base) and not self.unread:
                written, place = mentions[0]
                close = nearest(written, names, 0.85)
                self.fault(
                    place,
                    f"“{written}” has no type in any file",
                    f"did you mean {close}?"
                    if close
                    else "write type: … where it is first described",
                )
        return statements

    # --- files -----------------------------------------------------------------------------------

    def _open(self, path: Path, display: str | None, keys: tuple[str, ...]) -> Mapping | None:
        document = read_yaml(path, display)
        self.statements.faults.extend(document.faults)
        if document.root is None or not self.is_mapping(document.root, "the file", quoted=False):
            self.unread = True
            return None
        assert isinstance(document.root, Mapping)  # noqa: S101 - tells mypy what is_mapping has found
        self.check_keys(document.root, keys)
        return document.root

    def _undeclared(self, reference: Reference, names: dict[str, str]) -> None:
        close = nearest(reference.written, names)
        if self.unread or (self.statements.registry.lost and not close):
            return  # what could not be read may declare it
        self.fault(
            reference.location,
            f"nothing declares “{reference.written}”",
            f"did you mean {close}?" if close else f"describe it: id: {reference.written}, type: …",
        )

    # --- statements.yaml -------------------------------------------------------------------------

    def _read_header(self, header: Node) -> None:
        assert isinstance(header, Mapping)  # noqa: S101 - see _open
        self.check_keys(header, _HEADER)
        for key in _HEADER:
            text = self.text(header, key)
            if text is not None:
                self.statements.header[key] = text
            elif header.get(key) is None and key not in _OPTIONAL:
                self.fault(header.location, f"the header has no “{key}”", f"write {key}: …")
        if about := self.statements.header.get("about"):
            place = header.get("about")
            assert place is not None  # noqa: S101 - its text has just been read
            problem = id_problem(about)
            if problem:
                self.fault(place.location, *problem)
            else:
                iri = self.ids.iri(about)
                self.statements.header["about"] = iri
                self.statements.registry.references.append(
                    Reference(iri, about, "about", place.location)
                )
        self._check_title(header)
        self._check_digest(header)

    def _check_title(self, header: Mapping) -> None:
        title, article = self.statements.header.get("title"), self.statements.article
        if title and article and title != article.title:
            place = header.get("title") or header
            self.fault(
                place.location,
                f"the title of article.txt is “{article.title}”",
                "copy it, or put the statements beside their own article",
            )

    def _check_digest(self, header: Mapping) -> None:
        pinned, article = self.statements.header.get("sha256"), self.statements.article
        if pinned and article and pinned.lower() != article.sha256:
            place = header.get("sha256") or header
            self.fault(
                place.location,
                f"article.txt is not the text pinned here: its SHA-256 is {article.sha256}",
                "read the statements again beside the new text, then write its digest",
            )

    def _read_passage(self, item: Mapping) -> None:
        self.check_keys(item, _PASSAGE)
        known = len(self.statements.spans)
        passage = self._ground(item)
        if passage is None and len(self.statements.spans) == known:
            self.statements.grounded = False
        states = item.get("states")
        because = self.text(item, "because")
        repair = self.text(item, "repair")
        reader = NodeReader(
            self.vocabulary, self.ids, self.statements.registry, self.statements.source_map
        )
        if states is None:
            self._read_over(passage)
            self.fault(
                item.location,
                "this passage has no “states”",
                "write states: and what it states, or states: [] and because: …",
            )
            return
        nodes = reader.read_states(states)
        self.statements.faults.extend(reader.faults)
        silent = isinstance(states, Sequence) and not states.items
        if silent and all(
            key.value in _PASSAGE and key.value != "because" for key, _ in item.pairs
        ):
            self.fault(
                states.location,
                "this passage states nothing and does not say why",
                "write because: …",
            )
        if passage is None or self.statements.article is None:
            return
        iri = self.statements.article.passage_iri(self.ids.base, passage.start, passage.end)
        before = self.stretches.setdefault(iri, item.location)
        if before != item.location:
            self.statements.grounded = False
            self.fault(
                item.location,
                f"this stretch already has an entry in line {before.line}",
                "put the statements of both into one",
            )
            return
        self.statements.spans.append((passage.start, passage.end, len(nodes)))
        self.statements.entries.append(
            Entry(
                iri,
                tuple(nodes),
                frozenset(reader.triples),
                item.location,
                passage,
                because,
                repair,
            )
        )

    def _ground(self, item: Mapping) -> Passage | None:
        quote, infobox = self.text(item, "quote"), self.text(item, "infobox")
        if item.get("quote") is None and item.get("infobox") is None:
            self.fault(
                item.location,
                "this entry names no stretch of the article",
                "write quote: >- and its words, or infobox: and a key",
            )
        elif item.get("quote") is not None and item.get("infobox") is not None:
            self.fault(
                item.location, "this entry has both “quote” and “infobox”", "make two entries"
            )
            return None
        article = self.statements.article
        nth = self._nth(item)
        section = self.text(item, "section")
        place = item.get("quote") or item.get("infobox") or item
        unread = item.get("nth") is not None and nth is None
        if article is None or unread or (quote is None and infobox is None):
            return None
        try:
            if quote is not None:
                return ground_quote(article, quote, nth=nth, section=section)
            return ground_field(article, str(infobox), nth=nth)
        except GroundingError as error:
            self.fault(place.location, error.message, error.hint)
            if error.reason in _MEANT:
                self._read_over(error.nearest, *error.candidates)
            return None

    def _read_over(self, *passages: Passage | None) -> None:
        """Count stretches that a faulty entry means as read: one mistake is one fault."""
        self.statements.spans.extend((p.start, p.end, 0) for p in passages if p is not None)

    def _nth(self, item: Mapping) -> int | None:
        text = self.text(item, "nth")
        if text is None:
            return None
        if not text.isdecimal() or int(text) < 1:
            place = item.get("nth") or item
            self.fault(place.location, f"“nth” takes a number from 1, and this is “{text}”")
            return None
        return int(text)

    # --- places.yaml, actors.yaml ----------------------------------------------------------------

    def _read_source(self, item: Mapping) -> None:
        self.check_keys(item, _SOURCE)
        iri = self._source_iri(item, "id")
        if iri is None:
            return
        facts = tuple(
            (key, text) for key in _SOURCE[1:] if (text := self.text(item, key)) is not None
        )
        if item.get("label") is None:
            self.fault(item.location, "this source has no label", "write label: …")
        before = self.statements.sources.setdefault(iri, SourceInfo(iri, facts, item.location))
        if before.facts != facts:
            self.fault(
                item.location,
                f"“{self.ids.short(iri)}” is described differently in {before.location}",
                "describe it the same way, or once",
            )
        self.statements.registry.known.add(iri)

    def _source_iri(self, item: Mapping, key: str) -> str | None:
        written = self.text(item, key)
        place = item.get(key) or item
        if written is None:
            if item.get(key) is None:
                self.fault(item.location, f"“{key}” is missing", f"write {key}: kg:source/…")
            return None
        problem = id_problem(written)
        if problem:
            self.fault(place.location, *problem)
            return None
        if not written.startswith("kg:source/"):
            self.fault(place.location, f"“{written}” is no name of a source", "write kg:source/…")
            return None
        return self.ids.iri(written)

    def _read_entry(self, item: Mapping, ids: Ids) -> None:
        self.check_keys(item, _ENTRY)
        iri = self._source_iri(item, "source")
        because = self.text(item, "because")
        states = item.get("states")
        if states is None:
            self.fault(
                item.location,
                "this entry has no “states”",
                "write states: and what the source says",
            )
            return
        reader = NodeReader(
            self.vocabulary, ids, self.statements.registry, self.statements.source_map
        )
        nodes = reader.read_states(states)
        self.statements.faults.extend(reader.faults)
        if iri is None:
            return
        if iri == self.ids.iri("kg:source/editors") and item.get("because") is None:
            self.fault(
                item.location,
                "the editors decide something here and do not say why",
                "write because: …",
            )
        place = item.get("source") or item
        self.statements.registry.references.append(
            Reference(iri, self.ids.short(iri), "source", place.location)
        )
        self.statements.entries.append(
            Entry(
                self._decision(iri, because, nodes) if because and nodes else iri,
                tuple(nodes),
                frozenset(reader.triples),
                item.location,
                because=because,
                source=iri,
                shared=ids.shared_only,
            )
        )

    def _decision(self, source: str, because: str, nodes: list[JsonNode]) -> str:
        """Name the graph of an entry that gives a reason, so that each fact keeps its own.

        It is named after the first thing described; a second reason about the same thing takes
        a piece of its own digest with it.
        """
        first = str(nodes[0]["id"]).removeprefix(self.ids.local).removeprefix(self.ids.base)
        name = f"{source}#{slug(first.replace('/', '-').replace('#', '-'))}"
        taken = {entry.graph: entry.because for entry in self.statements.entries}
        if taken.get(name, because) == because:
            return name
        return f"{name}-{hashlib.sha256(because.encode()).hexdigest()[:8]}"
