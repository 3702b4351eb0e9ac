"""The front page, the search, and the files that every page uses."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from starlette.responses import RedirectResponse
from starlette.routing import Route

from ..graph.labels import value_of
from ..namespaces import DKG, OA, RDF, RDFS, SKOS
from ..text.datewords import place_in_time
from ..text.nearest import fold
from .answers import Body, answer
from .documents import RDF_TYPES, document_of
from .negotiation import choose
from .pages import show, template_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..graph.labels import Name
    from .site import Site

__all__ = ["VOID_PATH", "routes"]

VOID_PATH = "/.well-known/void"
_STATIC = {"style.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_ROBOTS = Body(b"User-agent: *\nDisallow: /sparql\n", "text/plain; charset=utf-8")
_LONGEST = 200  # characters of what is searched for
_MOST = 100  # things and passages that a search shows
_NAMES = (RDFS + "label", SKOS + "altLabel")


def routes(site: Site) -> list[BaseRoute]:
    """Give the routes of the pages that lead to all others.

    Args:
        site: the served graph.
    """
    front = Front(site)
    return [
        Route("/", front.front, name="front"),
        Route("/search", front.search, name="search"),
        *(Route(f"/static/{name}", _static(name), name=name) for name in _STATIC),
        # What is asked for without any page naming it.
        Route("/favicon.ico", _static("icon.svg"), name="favicon"),
        Route("/robots.txt", _robots, name="robots"),
    ]


def _static(name: str) -> Callable[[Request], Response]:
    body = Body(template_file(name), _STATIC[name])

    def endpoint(request: Request) -> Response:
        return answer(request, body)

    return endpoint


def _robots(request: Request) -> Response:
    """Tell programs that read all pages to leave the questions alone (RFC 9309)."""
    return answer(request, _ROBOTS)


class Front:
    """The pages that lead to all others.

    Args:
        site: the served graph.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.graph = site.graph
        self.labels = site.graph.labels

    # --- the front page ---------------------------------------------------------------------------

    def front(self, request: Request) -> Response:
        """Answer with the front page; who asks for data is led to the dataset's description."""
        offered = ["text/html", *(entry.media_type for entry in RDF_TYPES)]
        if choose(request.headers.get("accept"), offered) not in ("text/html", None):
            return RedirectResponse(VOID_PATH, 303, {"Vary": "Accept"})
        return show(request, self._front, {"Vary": "Accept"})

    @cached_property
    def _front(self) -> Body:
        days = list(self._days())
        told = {event["thing"].iri for _, events in days for event in events}
        others = [name for name in self._things("Event") if name.iri not in told]
        values = {
            "numbers": self.graph.summary(),
            "texts": self._records("Article"),
            "days": days,
            "others": others,
            "actors": _by_kind(self._things("Actor")),
            "places": _by_kind(self._things("Place")),
            "sides": self._things("Side"),
            "records": [*self._records("Source"), *self._records("Rule")],
            "dataset": self.site.dataset,
        }
        return self.site.page("front.html", values)

    def _days(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Give the timeline: by date, what happened, where and with what toll."""
        days: dict[str, list[dict[str, Any]]] = {}
        result = self.graph.query("timeline")
        for row in result:
            event = {
                "thing": self.labels.name(value_of(row["event"])),
                "places": result.text(row["places"]),
                "casualties": result.text(row["casualties"]),
            }
            days.setdefault(place_in_time(result.text(row["date"])), []).append(event)
        yield from days.items()

    def _things(self, local: str) -> list[Name]:
        """Give the things of a class that have a page of their own, by name."""
        pattern = (None, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + local), ox.DefaultGraph())
        names = {value_of(quad.subject) for quad in self.graph.store.quads_for_pattern(*pattern)}
        found = [self.labels.name(iri) for iri in names if document_of(iri) == iri]
        return sorted(found, key=lambda name: (fold(name.label), name.iri))

    def _records(self, local: str) -> list[tuple[str, str]]:
        """Give the records of the account of a class that have a page: names and IRIs."""
        pattern = (None, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + local))
        quads = self.graph.store.quads_for_pattern(*pattern, self.site.documents.account)
        iris = {value_of(quad.subject) for quad in quads}
        records = {iri: self.site.documents.name(iri) for iri in iris if document_of(iri) == iri}
        return sorted((name, iri) for iri, name in records.items())

    # --- search -----------------------------------------------------------------------------------

    def search(self, request: Request) -> Response:
        """List the things and the passages that have in their names or words what is sought."""
        asked = request.query_params.get("q", "").strip()[:_LONGEST]
        sought = fold(asked)
        found = self._named(sought) if sought else []
        passages = self._worded(sought) if sought else []
        values = {
            "asked": asked,
            "things": found[:_MOST],
            "passages": passages[:_MOST],
            "more": max(len(found) - _MOST, 0) + max(len(passages) - _MOST, 0),
            "suggestions": self.site.suggest(asked) if not found and not passages else [],
        }
        return show(request, self.site.page("search.html", values))

    @cached_property
    def _known(self) -> list[tuple[str, Name]]:
        """All names by which things are called, folded, and their things."""
        words: dict[str, set[str]] = {}
        for predicate in _NAMES:
            pattern = (None, ox.NamedNode(predicate), None, ox.DefaultGraph())
            for quad in self.graph.store.quads_for_pattern(*pattern):
                words.setdefault(value_of(quad.subject), set()).add(fold(value_of(quad.object)))
        known = [("\n".join(sorted(said)), self.labels.name(iri)) for iri, said in words.items()]
        return sorted(known, key=lambda pair: (fold(pair[1].label), pair[1].iri))

    def _named(self, sought: str) -> list[Name]:
        return [name for words, name in self._known if sought in words]

    @cached_property
    def _words(self) -> list[tuple[str, str, str]]:
        """The words of each passage, folded and as they are, and its IRI."""
        account = self.site.documents.account
        store = self.graph.store
        found = []
        for passage in self.graph.passages:
            pattern = (ox.NamedNode(passage), ox.NamedNode(OA + "hasSelector"), None, account)
            for selector in store.quads_for_pattern(*pattern):
                if isinstance(selector.object, ox.NamedNode):
                    exact = ox.NamedNode(OA + "exact")
                    for quad in store.quads_for_pattern(selector.object, exact, None, account):
                        text = value_of(quad.object)
                        found.append((fold(text), text, passage))
        return found

    def _worded(self, sought: str) -> list[tuple[str, str]]:
        return [(text, passage) for folded, text, passage in self._words if sought in folded]


def _by_kind(names: list[Name]) -> list[tuple[str, list[Name]]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        found.setdefault(name.kind or "of no stated kind", []).append(name)
    return sorted(found.items())
