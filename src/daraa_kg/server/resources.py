"""The things of a graph and their documents: 303, content negotiation, pages and data.

Source: Cool URIs for the Semantic Web, section 4.2 (303 URIs forwarding to different documents);
RFC 6892 (describes), RFC 4946 (license), RFC 8288 (Link).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.routing import Route

from ..graph.jsonld import ConfusedIRI
from . import downloads, explorerpage, frontpages, ontologypages, questionpages, voidpages
from .addresses import DOCUMENTS
from .answers import Body, answer
from .cardpages import card_values
from .documents import RDF_TYPES
from .negotiation import choose
from .pages import error_page, show
from .recordpages import Records
from .site import Site

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..graph.formats import Format
    from .served import Served

__all__ = ["routes", "site_routes"]

_KEPT = 512  # documents that are kept as they were written; each is at most some 100 kB
_IRI = ":/?@!$&()*+,;=~-._%"  # what stays as it is when an IRI goes into a header
_PAGE = "text/html"
_ALIASES = {"application/json": "application/ld+json"}  # what people ask JSON-LD with


def routes(served: Served) -> list[BaseRoute]:
    """Give the routes of everything but the SPARQL protocol.

    The last of them takes every path below that of the things, which is the root of the server if
    the base has no path: other routes have to stand before it.

    Args:
        served: the graph and its addresses.
    """
    return site_routes(Site(served))


def site_routes(site: Site) -> list[BaseRoute]:
    """Give the routes of a site; see `routes`."""
    resources = Resources(site)
    return [
        *frontpages.routes(site),
        *questionpages.routes(site),
        *ontologypages.routes(site),
        *voidpages.routes(site),
        *downloads.routes(site),
        *explorerpage.routes(site.served),
        Route(DOCUMENTS + "{rest:path}", resources.document, name="document"),
        Route(site.addresses.things + "{rest:path}", resources.thing, name="thing"),
    ]


@dataclass(frozen=True)
class Alternative:
    """A document in one format, as a page links to it."""

    title: str
    media_type: str
    extension: str
    path: str


class Resources:
    """Answers for things and documents.

    Args:
        site: the served graph.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.addresses = site.addresses
        self.documents = site.documents
        self.records = Records(site.documents)
        self.by_type = {entry.media_type: entry for entry in RDF_TYPES}
        self.by_extension = {entry.extension: entry for entry in RDF_TYPES}
        self.offered = [_PAGE, *self.by_type, *_ALIASES]
        # The graph does not change while it is served, so what was written once stays right.
        self._body = lru_cache(_KEPT)(self._written)
        self._page = lru_cache(_KEPT)(self._drawn)

    # --- things -----------------------------------------------------------------------------------

    def thing(self, request: Request) -> Response:
        """Lead from a thing to its document, in the format that is asked for."""
        for iri in self.addresses.asked(request, self.addresses.things):
            document, mark, fragment = iri.partition("#")
            if document == self.documents.vocabulary.value:
                return RedirectResponse("/ontology", 303)
            if document in self.documents:
                return self._see_other(request, document, mark + quote(fragment, safe="/?=,;:@"))
        return self.site.missing(request, str(request.path_params["rest"]))

    def _see_other(self, request: Request, document: str, fragment: str) -> Response:
        chosen = self._choose(request)
        if chosen is None:
            return self._not_acceptable(request, document)
        path = self.addresses.document(document, _extension(chosen))
        headers = {"Vary": "Accept", "Link": self._links(document, "describedby")}
        return RedirectResponse(path + fragment, 303, headers)

    # --- documents --------------------------------------------------------------------------------

    def document(self, request: Request) -> Response:
        """Answer with a document: in the format of its extension, else in the one asked for."""
        for iri in self.addresses.asked(request, DOCUMENTS):
            if iri in self.documents:
                return self._negotiated(request, iri)
            stem, dot, extension = iri.rpartition(".")
            entry = self.by_extension.get(dot + extension)
            if stem in self.documents and (entry or extension == "html"):
                return self._answer(request, stem, entry, {})
        return self.site.missing(request, str(request.path_params["rest"]))

    def _negotiated(self, request: Request, document: str) -> Response:
        chosen = self._choose(request)
        if chosen is None:
            return self._not_acceptable(request, document)
        entry = self.by_type.get(chosen)
        place = self.addresses.document(document, _extension(chosen))
        return self._answer(request, document, entry, {"Content-Location": place, "Vary": "Accept"})

    def _choose(self, request: Request) -> str | None:
        chosen = choose(request.headers.get("accept"), self.offered)
        return _ALIASES.get(chosen, chosen) if chosen else None

    def _answer(
        self, request: Request, document: str, entry: Format | None, headers: dict[str, str]
    ) -> Response:
        """Answer with a document as data; as a page if there is no format."""
        sent = {**headers, "Link": self._links(document, "alternate")}
        if entry is None:
            return show(request, self._page(document), sent)
        try:
            return answer(request, self._body(document, entry), sent)
        except ConfusedIRI as error:
            return self._not_acceptable(request, document, f"{error}.")

    def _written(self, document: str, entry: Format) -> Body:
        charset = "; charset=utf-8" if entry.media_type.startswith("text/") else ""
        return Body(self.documents.write(document, entry), entry.media_type + charset)

    def _drawn(self, document: str) -> Body:
        shared = {"formats": self.alternatives(document), "iri": document}
        if document in self.documents.facts_of:
            values = card_values(self.documents, document)
            return self.site.page("card.html", {**values, **shared})
        values = self.records.values(document)
        return self.site.page("record.html", {**values, **shared})

    # --- other formats ----------------------------------------------------------------------------

    def alternatives(self, document: str) -> list[Alternative]:
        """Give the formats of a document, data only."""
        return [
            Alternative(
                entry.title,
                entry.media_type,
                entry.extension,
                self.addresses.document(document, entry.extension),
            )
            for entry in RDF_TYPES
        ]

    def _links(self, document: str, relation: str) -> str:
        """Write the Link header: the other formats, what is described, and the licence."""
        page = Alternative("HTML", _PAGE, ".html", self.addresses.document(document, ".html"))
        found = [
            f'<{one.path}>; rel="{relation}"; type="{one.media_type}"'
            for one in (page, *self.alternatives(document))
        ]
        if relation == "alternate":
            found.append(f'<{quote(document, safe=_IRI)}>; rel="describes"')
        if self.site.license:
            found.append(f'<{quote(self.site.license, safe=_IRI)}>; rel="license"')
        return ", ".join(found)

    def _not_acceptable(self, request: Request, document: str, why: str = "") -> Response:
        """Say in which formats a document can be had (RFC 9110, section 15.5.7)."""
        page = ("HTML (text/html)", self.addresses.document(document, ".html"))
        others = [
            (f"{one.title} ({one.media_type})", one.path) for one in self.alternatives(document)
        ]
        sentence = why or "None of the formats that were asked for is written here; these are."
        return error_page(request, 406, "Not acceptable", sentence, [page, *others])


def _extension(media_type: str) -> str:
    return next((one.extension for one in RDF_TYPES if one.media_type == media_type), ".html")
