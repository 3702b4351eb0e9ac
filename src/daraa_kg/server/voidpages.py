"""The dataset's description as VoID and DCAT, at the place where crawlers look for it.

The account that the graph gives of itself is completed with what only a server knows: where the
endpoint and the files are. Sizes that the account leaves out are counted (counts.rq).
Source: VoID, sections 3.4 and 7.2; DCAT 3, sections 6.7 to 6.9.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.responses import RedirectResponse
from starlette.routing import Route

from ..graph.formats import FORMATS, ordered
from ..graph.labels import value_of
from ..namespaces import DCAT, DCT, DKG, RDF, VOID
from .answers import Body, answer
from .documents import RDF_TYPES
from .downloads import exports
from .frontpages import VOID_PATH
from .negotiation import choose
from .pages import error_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from .site import Site

__all__ = ["routes"]

_FOAF = "http://xmlns.com/foaf/0.1/"
_PAGE = "text/html"


def routes(site: Site) -> list[BaseRoute]:
    """Give the route of the description.

    Args:
        site: the served graph.
    """
    return [Route(VOID_PATH, Description(site).answer, name="void")]


class Description:
    """The dataset's description.

    Args:
        site: the served graph.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.graph = site.graph
        self._body = cache(self._written)

    def answer(self, request: Request) -> Response:
        """Answer with the description in the format that is asked for, Turtle before others."""
        types = [entry.media_type for entry in RDF_TYPES]
        chosen = choose(request.headers.get("accept"), [*types, _PAGE])
        headers = {"Vary": "Accept"}
        if chosen == _PAGE and self.site.dataset:
            return RedirectResponse(self.site.addresses.thing(self.site.dataset), 303, headers)
        if chosen is None:
            listed = [(entry.title, VOID_PATH) for entry in RDF_TYPES]
            sentence = "The description is not written in the format that was asked for; in these:"
            return error_page(request, 406, "Not acceptable", sentence, listed)
        entry = next((one for one in RDF_TYPES if one.media_type == chosen), RDF_TYPES[0])
        return answer(request, self._body(entry.name), headers)

    def _written(self, name: str) -> Body:
        entry = FORMATS[name]
        charset = "; charset=utf-8" if entry.media_type.startswith("text/") else ""
        data = entry.write(self.graph, quads=self.quads())
        return Body(data, entry.media_type + charset)

    def quads(self) -> list[ox.Quad]:
        """Give the description, sorted, in the default graph."""
        dataset = self.site.dataset
        if dataset is None:
            return []
        described = self.site.documents.describe(dataset)
        found = {quad for quad in described if isinstance(quad.graph_name, ox.DefaultGraph)}
        query = (files(__package__) / "counts.rq").read_text(encoding="utf-8")
        for triple in self.graph.store.query(query):  # type: ignore[union-attr]
            found.add(ox.Quad(triple.subject, triple.predicate, triple.object))
        found.update(ox.Quad(*triple) for triple in self._served(ox.NamedNode(dataset)))
        return ordered(found)

    def _served(
        self, dataset: ox.NamedNode
    ) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
        """Say where the endpoint, the pages and the files are."""
        url = self.site.served.url
        document, endpoint = ox.NamedNode(url(VOID_PATH)), ox.NamedNode(url("/sparql"))
        kind = ox.NamedNode(RDF + "type")
        yield document, kind, ox.NamedNode(VOID + "DatasetDescription")
        yield document, ox.NamedNode(_FOAF + "primaryTopic"), dataset
        yield dataset, ox.NamedNode(VOID + "sparqlEndpoint"), endpoint
        yield dataset, ox.NamedNode(VOID + "uriSpace"), ox.Literal(self.site.served.base)
        yield dataset, ox.NamedNode(VOID + "vocabulary"), ox.NamedNode(DKG)
        yield dataset, ox.NamedNode(DCAT + "landingPage"), ox.NamedNode(url("/"))
        yield endpoint, kind, ox.NamedNode(DCAT + "DataService")
        yield endpoint, ox.NamedNode(DCAT + "endpointURL"), endpoint
        yield endpoint, ox.NamedNode(DCAT + "servesDataset"), dataset
        for main in self._main_events():
            yield dataset, ox.NamedNode(VOID + "exampleResource"), ox.NamedNode(main)
        license_of = self.site.license
        for export in exports(self.graph):
            file = ox.NamedNode(url(export.path))
            yield dataset, ox.NamedNode(DCAT + "distribution"), file
            yield file, kind, ox.NamedNode(DCAT + "Distribution")
            yield file, ox.NamedNode(DCT + "title"), ox.Literal(export.title, language="en")
            yield file, ox.NamedNode(DCAT + "downloadURL"), file
            yield file, ox.NamedNode(DCAT + "mediaType"), ox.Literal(export.entry.media_type)
            if license_of:
                yield file, ox.NamedNode(DCT + "license"), ox.NamedNode(license_of)
            if export.entry.family == "rdf":
                yield dataset, ox.NamedNode(VOID + "dataDump"), file

    def _main_events(self) -> list[str]:
        predicate = ox.NamedNode(DKG + "mainEvent")
        account = self.site.documents.account
        quads = self.graph.store.quads_for_pattern(None, predicate, None, account)
        return sorted(value_of(quad.object) for quad in quads)
