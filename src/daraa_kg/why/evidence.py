"""The sentence, the source or the rule behind a fact, and in whose voice the sentence speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from ..diagnostics import listing
from ..graph.labels import Labels, value_of
from ..namespaces import DCT, DKG, OA, RDFS, about_graph, ontology_graph, rule_graph, source_graph
from .standings import UTTERED, hearsay, local_kind, standing

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store, Triple

    from ..text.article import Article

__all__ = [
    "Archive",
    "Decision",
    "Definition",
    "Evidence",
    "Inference",
    "Quote",
    "license_name",
    "told_once",
]

ARTICLE_VOICE = "the article"

_LICENSE = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/([\d.]+)/(igo/)?$")
_SPAN = re.compile(r"#char=(\d+),(\d+)$")


@dataclass(frozen=True)
class Quote:
    """A passage of the article, with what stands before and after it in its sentences.

    Attributes:
        iri: the passage, which is also the graph of what it states.
        section: the headings above it; ``lead`` before the first one.
        field: the infobox field it is the value of.
        voice: who says so: ``the article``, ``reported by …``, ``said by …``.
        link: the address that opens the live article at these words.
        repair: how a damaged text was read.
        because: why it states nothing, where it does not.
    """

    iri: str
    exact: str
    before: str = ""
    after: str = ""
    section: str = "lead"
    field: str | None = None
    voice: str = ARTICLE_VOICE
    link: str | None = None
    repair: str | None = None
    because: str | None = None

    @property
    def where(self) -> str:
        """The section, or the infobox and its field."""
        return f"{self.section}, {self.field}" if self.field else self.section

    @property
    def whole(self) -> bool:
        """Whether the stretch is the whole sentence, but for the mark at its end."""
        return not self.before.strip() and not self.after.strip(" .,;")

    @property
    def sentence(self) -> str:
        """The whole sentence or sentences, the stretch among them."""
        return self.before + self.exact + self.after


@dataclass(frozen=True)
class Decision:
    """A register or the editors, and why they say what they say of a thing.

    `editors` tells whether these are the data's editors, who name things and decide who is who.
    """

    iri: str
    label: str
    editors: bool
    because: tuple[str, ...] = ()
    license: str | None = None
    attribution: str | None = None
    url: str | None = None
    retrieved: str | None = None

    @property
    def head(self) -> str:
        """Who says so: ``decided by the editors``, ``from GeoNames, CC BY 4.0``."""
        if self.editors:
            return "decided by the editors" if self.because else "named by the editors"
        if self.license:
            return f"from {self.label}, {license_name(self.license)}"
        return f"from {self.label}"


@dataclass(frozen=True)
class Inference:
    """An inference rule: its name, and what it says in a sentence."""

    iri: str
    name: str
    summary: str


@dataclass(frozen=True)
class Definition:
    """The vocabulary itself, which rules read."""

    iri: str


Evidence = Quote | Decision | Inference | Definition


class Archive:
    """Where each fact of a graph comes from.

    Args:
        store: the graph.
        labels: what its things are called.
        article: the text; without it, a passage is shown without the words around it.
    """

    def __init__(self, store: Store, labels: Labels, article: Article | None = None) -> None:
        self.store = store
        self.labels = labels
        self.article = article
        self._about = NamedNode(about_graph(labels.base))
        self._editors = source_graph(labels.base, "editors")

    # --- graphs ----------------------------------------------------------------------------------

    def graphs(self, triple: Triple) -> tuple[str, ...]:
        """Give the passages, sources and rules that a fact comes from, in the order of the text."""
        found = {
            value_of(quad.graph_name)
            for quad in self.store.quads_for_pattern(
                triple.subject, triple.predicate, triple.object, None
            )
            if isinstance(quad.graph_name, NamedNode)
        }
        found -= {self._about.value, ontology_graph(self.labels.base)}
        return tuple(sorted(found, key=self.order))

    def order(self, graph: str) -> tuple[int, int, int, str]:
        """Sort passages by where they stand, then sources, then rules."""
        span = _SPAN.search(graph)
        if span:
            return 0, int(span[1]), int(span[2]), graph
        return (2 if self.is_rule(graph) else 1), 0, int(graph.startswith(self._editors)), graph

    def is_rule(self, graph: str) -> bool:
        """Say whether a graph is that of a rule."""
        return graph.startswith(rule_graph(self.labels.base, ""))

    def evidence(self, graph: str, subject: str | None = None) -> Evidence:
        """Describe a passage, a source or a rule.

        Args:
            graph: its IRI.
            subject: the thing whose fact is to be explained, for the voice it is told in.
        """
        if graph == ontology_graph(self.labels.base):
            return Definition(graph)
        if self.is_rule(graph):
            name = graph.removeprefix(rule_graph(self.labels.base, ""))
            return Inference(graph, name, self._text(graph, DCT + "description") or "")
        if _SPAN.search(graph):
            return self._quote(graph, subject)
        return self._decision(graph)

    def _quote(self, iri: str, subject: str | None) -> Quote:
        span = _SPAN.search(iri)
        start, end = (int(span[1]), int(span[2])) if span else (0, 0)
        exact = self._exact.get(iri, "")
        before, after = self._around(start, end, exact)
        return Quote(
            iri,
            exact,
            before,
            after,
            section=self._text(iri, DKG + "section") or "lead",
            field=self._text(iri, DKG + "field"),
            voice=self.voice(subject, iri) if subject else ARTICLE_VOICE,
            link=self._text(iri, DKG + "textFragment"),
            repair=self._text(iri, DKG + "repair"),
            because=self._text(iri, DKG + "because"),
        )

    @cached_property
    def _exact(self) -> dict[str, str]:
        """The words of each passage, by its IRI."""
        words = {
            value_of(quad.subject): value_of(quad.object)
            for quad in self._described(None, OA + "exact")
            if isinstance(quad.object, Literal)
        }
        return {
            value_of(quad.subject): words[value_of(quad.object)]
            for quad in self._described(None, OA + "hasSelector")
            if value_of(quad.object) in words
        }

    def _around(self, start: int, end: int, exact: str) -> tuple[str, str]:
        """Give what stands in the passage's sentences before and after it."""
        article = self.article
        if article is None or article.text[start:end] != exact:
            return "", ""
        sentences = article.sentences_in(start, end)
        if not sentences:
            return "", ""
        first, last = min(sentences[0].start, start), max(sentences[-1].end, end)
        return article.text[first:start], article.text[end:last]

    def _decision(self, graph: str) -> Decision:
        """Describe a source; an entry of it that gives a reason has a graph of its own."""
        because = self._text(graph, DKG + "because")
        source = self._link(graph, DCT + "isPartOf") or graph
        return Decision(
            graph,
            self._text(source, RDFS + "label") or self.labels.id(source),
            editors=source == self._editors,
            because=(because,) if because else (),
            license=self._link(source, DCT + "license"),
            attribution=self._text(source, DKG + "attribution"),
            url=self._link(source, DCT + "source"),
            retrieved=self._text(source, DKG + "retrieved"),
        )

    # --- the account -----------------------------------------------------------------------------

    def _described(self, subject: str | None, predicate: str) -> list[Quad]:
        node = NamedNode(subject) if subject else None
        return list(self.store.quads_for_pattern(node, NamedNode(predicate), None, self._about))

    def _text(self, subject: str, predicate: str) -> str | None:
        texts = [value_of(q.object) for q in self._described(subject, predicate)]
        return min(texts) if texts else None

    _link = _text

    # --- in whose voice --------------------------------------------------------------------------

    def voice(self, thing: str, passage: str | None = None) -> str:
        """Say in whose voice a thing is told: the article's own, or that of those whom it names.

        A figure is told in the voice of those who claim it, else of its event; what is promised,
        demanded or alleged in that of the speaker; a term in that of the agreement. What came of
        a promise is no part of it: the passage that tells this speaks in the article's voice; but
        of a promise that is itself only claimed, it can speak on that account alone.
        """
        told = self._voice(thing, frozenset()) or ARTICLE_VOICE
        if passage is not None and self._tells_outcome(passage, thing):
            return f"{ARTICLE_VOICE}, on what was {told}" if self._claimed(thing) else ARTICLE_VOICE
        return told

    def on_account(self, thing: str, passage: str) -> bool:
        """Say whether a passage tells what came of something that is itself only claimed."""
        return self._claimed(thing) and self._tells_outcome(passage, thing)

    def _claimed(self, thing: str) -> bool:
        return hearsay(self.labels, thing) is not None

    def _tells_outcome(self, passage: str, thing: str) -> bool:
        return any(
            next(
                iter(
                    self.store.quads_for_pattern(NamedNode(thing), node, None, NamedNode(passage))
                ),
                None,
            )
            for node in (NamedNode(DKG + "notRealized"), NamedNode(DKG + "realizedBy"))
        )

    def _voice(self, thing: str, seen: frozenset[str]) -> str | None:
        if thing in seen:
            return None
        seen |= {thing}
        claimed = self.labels.values(thing, "claimedBy")
        if claimed:
            return f"claimed by {self._names(claimed)}"
        told = self._utterance(thing)
        for parent in self._parents(thing):
            said = self._voice(parent, seen)
            if said:
                told = f"{told}, {said}" if told else said
                break
        reporters = self.labels.values(thing, "reportedBy")
        if reporters:
            reported = f"reported by {self._names(reporters)}"
            return f"{told}, {reported}" if told else reported
        return told

    def _parents(self, thing: str) -> list[str]:
        """Give what a thing hangs on: its event, or what was said or agreed."""
        local = ("casualties", "figure", "strength", "content", "term")
        return [parent for name in local for parent in self.labels.subjects(name, thing)]

    def _utterance(self, thing: str) -> str | None:
        for act in self.labels.subjects("content", thing):
            speakers = self.labels.values(act, "speaker")
            kind = self.local_kind(act)
            how = UTTERED.get(kind, "said")
            return f"{how} by {self._names(speakers)}" if speakers else how
        for act in self.labels.subjects("term", thing):
            return f"agreed in “{self.labels.label(act)}”"
        return None

    # --- how it stands to what happened -----------------------------------------------------------

    def standing(self, thing: str) -> str | None:
        """Say how a possible event stands to what happened; None for everything else."""
        return standing(self.labels, thing)

    def holder(self, thing: str) -> str:
        """Give what a nested figure belongs to; any other thing stands for itself."""
        for name in ("casualties", "figure", "strength"):
            for parent in self.labels.subjects(name, thing):
                return self.holder(parent)
        return thing

    def local_kind(self, thing: str) -> str:
        """Give the local name of a thing's kind, such as ``Promise``; empty if it has none."""
        return local_kind(self.labels, thing)

    def _names(self, iris: list[str]) -> str:
        return listing([self.labels.label(iri) for iri in iris], "and")


def told_once(evidence: Evidence, given: set[str]) -> Evidence:
    """Leave out the reasons that a card has given already.

    Args:
        evidence: a passage, a source or a rule.
        given: the reasons so far; those of this evidence are added.
    """
    if not isinstance(evidence, Decision):
        return evidence
    fresh = tuple(because for because in evidence.because if because not in given)
    told = len(fresh) < len(evidence.because)
    given.update(fresh)
    return replace(evidence, because=(*fresh, "as above") if told else fresh)


def license_name(address: str) -> str:
    """Give the usual name of a Creative Commons licence; any other address as it is.

    >>> license_name("https://creativecommons.org/licenses/by-sa/4.0/")
    'CC BY-SA 4.0'
    """
    found = _LICENSE.fullmatch(address)
    if found is None:
        return address
    return f"CC {found[1].upper()} {found[2]}{' IGO' if found[3] else ''}"
