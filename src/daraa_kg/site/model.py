"""What is written into the page: the graph in the form in which its views draw it.

The form is that of `explorer/src/model.ts`; `explorer/model.schema.json` says it once more for
programs. Nothing is computed here that another module computes already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import __version__
from ..graph.labels import value_of
from ..namespaces import article_base
from ..networks.nodes import Things
from ..text.datewords import date_in_words
from ..why.evidence import license_name
from .boundaries import boundaries
from .entities import entities
from .incidents import incidents, period
from .networks import networks
from .passages import Passages
from .places import places
from .questions import questions
from .readings import accounts, balances, contradictions, gaps, spans, truces
from .sides import sides
from .text import blocks, excerpts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..graph.built import Graph

    Record = dict[str, Any]

FORMAT = 1


def make_model(graph: Graph, downloads: Iterable[Record] = ()) -> Record:
    """Make the model of a page.

    Args:
        graph: the graph.
        downloads: the files beside the page, each with its `file`, `label` and `bytes`.

    Returns:
        Only texts, numbers, booleans, None, lists and dictionaries, as JSON has them.
    """
    reader = graph.reader
    class_of = Things(graph).class_of
    passages = Passages(graph, reader, class_of)
    found = incidents(graph, reader, passages)
    camps = sides(reader, class_of)
    sites = places(graph, reader.labels, found)
    agreements = graph.truces()
    said = graph.accounts()
    article, sources = _sources(graph)
    span = period(graph, reader)
    maps = boundaries(site["point"] for site in sites)
    if graph.article:
        text, parts, told = graph.article.text, blocks(graph.article), passages.records()
    else:
        text, parts, told = excerpts(article["title"], passages)
    return {
        "format": FORMAT,
        "title": article["title"],
        "subtitle": date_in_words(f"{span['from']}/{span['to']}") if span else "",
        "generator": f"daraa-kg {__version__}",
        "base": graph.base,
        "articleBase": article_base(graph.base, graph.slug),
        "language": "en",
        "article": article,
        "sources": sources,
        "downloads": list(downloads),
        "counts": graph.summary(),
        "period": span,
        "text": text,
        "blocks": parts,
        "passages": told,
        "entities": entities(graph, passages),
        "incidents": found,
        "sides": camps,
        "spans": spans(agreements),
        "sites": sites,
        "networks": networks(graph, passages, camps),
        "questions": questions(reader.labels),
        "prefixes": graph.prefixes,
        "balances": balances(graph, passages),
        "accounts": accounts(said, passages),
        "contradictions": contradictions(said, passages),
        "truces": truces(agreements, passages),
        "gaps": gaps(graph, passages),
        "boundaries": maps,
    }


def _sources(graph: Graph) -> tuple[Record, list[Record]]:
    """Give what is said of the article, and the registers whose facts are in the graph."""
    texts = f"{article_base(graph.base, graph.slug)}text/"
    article: Record = {
        "title": graph.article.title if graph.article else graph.slug,
        "url": "",
        "revision": None,
        "license": "",
        "licenseLabel": "",
        "attribution": "",
    }
    registers = []
    for row in graph.query("sources"):
        known = {name: value_of(term) if term else "" for name, term in row.items()}
        if known["source"].startswith(texts):
            article |= {
                "title": known["sourceLabel"],
                "url": known["url"],
                "license": known["licence"],
                "licenseLabel": license_name(known["licence"]),
                "attribution": known["attribution"],
            }
        else:
            registers.append(
                {
                    "name": known["sourceLabel"],
                    "license": license_name(known["licence"]),
                    "link": known["url"] or None,
                    "attribution": known["attribution"],
                }
            )
    return article, registers
