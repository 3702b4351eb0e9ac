"""The graph in which the dataset describes itself: passages, text, sources, rules, sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..namespaces import (
    BASE,
    DCAT,
    DCT,
    DKG,
    OA,
    OWL,
    PROV,
    RDF,
    RDFS,
    VOID,
    XSD,
    about_graph,
    article_base,
    rule_graph,
    source_graph,
)
from ..text.article import section_name
from ..text.fragment import deep_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..ontology.rules import Rule
    from ..statements.entries import Entry, SourceInfo, Statements
    from ..text.article import Article

_EDTF_SUMMARY = "A date in EDTF has an earliest and a latest day."
_LICENSE = "https://creativecommons.org/licenses/by-sa/4.0/"
_RULES = "https://w3id.org/daraa-kg/ontology/rules/"


class Account:
    """Gathers the quads of `graph/about`; every node has an IRI, and no clock is read."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base
        self.graph = ox.NamedNode(about_graph(base))
        self.quads: set[ox.Quad] = set()

    def _add(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        self.quads.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, self.graph))

    def _type(self, subject: str, *classes: str) -> None:
        for name in classes:
            self._add(subject, RDF + "type", ox.NamedNode(name))

    def _link(self, subject: str, predicate: str, target: str | None) -> None:
        if target:
            self._add(subject, predicate, ox.NamedNode(target))

    def _words(
        self, subject: str, predicate: str, text: str | None, language: str | None = None
    ) -> None:
        if text:
            self._add(subject, predicate, ox.Literal(text, language=language))

    def _number(self, subject: str, predicate: str, number: int, datatype: str) -> None:
        self._add(
            subject, predicate, ox.Literal(str(number), datatype=ox.NamedNode(XSD + datatype))
        )

    # --- what is described -----------------------------------------------------------------------

    def describe(
        self,
        statements: Statements,
        rules: Iterable[Rule],
        version: str,
        *,
        kept: set[str],
        sources: set[str],
    ) -> None:
        """Describe everything that is known before rules run.

        Args:
            statements: what was read.
            rules: the inference rules.
            version: the version of daraa-kg.
            kept: the IRIs of the things that the graph says something about.
            sources: the IRIs of the sources that say something in it.
        """
        article = statements.article
        if article is not None:
            self._article(article, statements)
            for entry in statements.passages:
                self._passage(article, entry, statements.header.get("url"))
        self._sources([s for s in statements.sources.values() if s.iri in sources])
        for entry in statements.entries:
            if entry.source and entry.because:
                subjects = [subject for subject in entry.subjects if subject in kept]
                source = statements.sources.get(entry.source)
                label = source.get("label") if source else None
                self._decision(entry, entry.source, label, subjects)
        for rule in rules:
            self._rule(rule.name, rule.summary)
        self._rule("edtf", _EDTF_SUMMARY)
        self._dataset(statements, version, sources)

    def _article(self, article: Article, statements: Statements) -> None:
        text = text_iri(self.base, article)
        header = statements.header
        self._type(text, DKG + "Article", PROV + "Entity")
        self._words(text, DCT + "title", header.get("title", article.title), "en")
        self._link(text, DCT + "source", header.get("url"))
        self._link(text, DCT + "license", header.get("license"))
        self._words(text, DKG + "attribution", header.get("attribution"))
        self._words(text, DKG + "sha256", article.sha256)
        self._link(text, DKG + "mainEvent", header.get("about"))

    def _passage(self, article: Article, entry: Entry, url: str | None) -> None:
        passage = entry.passage
        if passage is None:
            return
        iri, text = entry.graph, text_iri(self.base, article)
        span = f"{passage.start},{passage.end}"
        quote, position = f"{text}#quote={span}", f"{text}#position={span}"
        self._type(iri, DKG + "Passage", OA + "SpecificResource")
        self._link(iri, OA + "hasSource", text)
        self._link(iri, OA + "hasSelector", quote)
        self._link(iri, OA + "hasSelector", position)
        self._type(quote, OA + "TextQuoteSelector")
        self._words(quote, OA + "exact", passage.exact)
        self._type(position, OA + "TextPositionSelector")
        self._number(position, OA + "start", passage.start, "nonNegativeInteger")
        self._number(position, OA + "end", passage.end, "nonNegativeInteger")
        self._words(iri, DKG + "section", section_name(passage.section))
        self._words(iri, DKG + "field", passage.field)
        self._words(iri, DKG + "because", entry.because)
        self._words(iri, DKG + "repair", entry.repair)
        if url:
            # A live page draws its infobox anew: of what stands around a value it shows nothing.
            if passage.field:
                link = deep_link(url, passage.exact)
            else:
                link = deep_link(url, passage.exact, text=article.text, start=passage.start)
            self._add(
                iri, DKG + "textFragment", ox.Literal(link, datatype=ox.NamedNode(XSD + "anyURI"))
            )

    def _sources(self, sources: list[SourceInfo]) -> None:
        editors = source_graph(
            self.base, "editors"
        )  # labels go there whether or not it is described
        if all(source.iri != editors for source in sources):
            self._type(editors, DKG + "Source", PROV + "Entity")
            self._words(editors, RDFS + "label", "Editors", "en")
        for source in sources:
            self._type(source.iri, DKG + "Source", PROV + "Entity")
            self._words(source.iri, RDFS + "label", source.get("label"), "en")
            self._link(source.iri, DCT + "source", source.get("url"))
            self._link(source.iri, DCT + "license", source.get("license"))
            self._words(source.iri, DKG + "attribution", source.get("attribution"))
            self._words(source.iri, DKG + "retrieved", source.get("retrieved"))
            self._words(source.iri, DCT + "description", source.get("note"), "en")

    def _decision(self, entry: Entry, source: str, label: str | None, subjects: list[str]) -> None:
        """Describe an entry of a source that gives its reason, and what it speaks of."""
        if not subjects:
            return
        iri, because = entry.graph, entry.because
        self._type(iri, DKG + "Source", PROV + "Entity")
        self._words(iri, RDFS + "label", label, "en")
        self._link(iri, DCT + "isPartOf", source)
        self._words(iri, DKG + "because", because)
        for subject in subjects:
            self._link(iri, DCT + "subject", subject)

    def _rule(self, name: str, summary: str) -> None:
        iri = rule_graph(self.base, name)
        self._type(iri, DKG + "Rule", PROV + "Entity")
        self._words(iri, RDFS + "label", name, "en")
        self._words(iri, DCT + "description", summary, "en")
        if name != "edtf":
            self._link(iri, RDFS + "seeAlso", f"{_RULES}{name}.rq")

    def _dataset(self, statements: Statements, version: str, sources: set[str]) -> None:
        dataset, software = dataset_iri(self.base, statements.slug), self.base + "software/daraa-kg"
        self._type(software, PROV + "SoftwareAgent")
        self._words(software, RDFS + "label", "daraa-kg", "en")
        self._words(software, OWL + "versionInfo", version)
        self._type(dataset, DCAT + "Dataset", VOID + "Dataset")
        title = statements.header.get("title", statements.slug)
        self._words(dataset, DCT + "title", f"{title}: linked data", "en")
        self._words(
            dataset,
            DCT + "description",
            f"What the article “{title}” states, each fact in the graph of the passage, source or "
            "rule that it comes from.",
            "en",
        )
        self._link(dataset, DCT + "license", statements.header.get("license", _LICENSE))
        self._words(dataset, DKG + "attribution", statements.header.get("attribution"))
        self._link(dataset, PROV + "wasAttributedTo", software)
        if statements.article is not None:
            self._link(dataset, PROV + "wasDerivedFrom", text_iri(self.base, statements.article))
        for iri in sources:
            self._link(dataset, PROV + "wasDerivedFrom", iri)

    def sizes(self, slug: str, facts: int, graphs: Mapping[str, int]) -> set[ox.Quad]:
        """Describe how many triples the facts and each named graph hold; give the new quads.

        Args:
            slug: the article.
            facts: the size of the default graph.
            graphs: the size of each named graph, by its IRI; this graph itself is left out.
        """
        before = set(self.quads)
        dataset = dataset_iri(self.base, slug)
        self._number(dataset, VOID + "triples", facts, "integer")
        for iri, size in graphs.items():
            if iri != self.graph.value:
                self._link(dataset, VOID + "subset", iri)
                self._number(iri, VOID + "triples", size, "integer")
        return self.quads - before


def text_iri(base: str, article: Article) -> str:
    """Give the IRI of an article's very text; its digest keeps revisions apart."""
    return article.passage_iri(base, 0, 0).partition("#")[0]


def dataset_iri(base: str, slug: str) -> str:
    """Give the IRI of the dataset made from an article."""
    return article_base(base, slug) + "dataset"
