"""The vocabulary: a reference page, the ontology in every format, and the files beside it.

The IRI of the ontology names a document, so it is answered at once, without 303.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.responses import RedirectResponse
from starlette.routing import Route

from ..assets import asset
from ..graph.formats import FORMATS
from ..ontology.vocabulary import load_vocabulary
from .addresses import ONTOLOGY
from .answers import Body, answer
from .documents import RDF_TYPES
from .negotiation import choose
from .pages import error_page, show
from .served import HOME
from .terms import read_sections

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..graph.formats import Format
    from .site import Site

__all__ = ["routes"]

_PAGE = "text/html"
_MAIN = "daraa-kg.ttl"
_TYPES = {
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".json": "application/schema+json",
    ".rq": "application/sparql-query",
}
_LIBRARIES = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}


def routes(site: Site) -> list[BaseRoute]:
    """Give the routes of the vocabulary: the page, its formats, and the files beside it.

    The shapes and alignments have IRIs of their own beside that of the ontology
    (``https://w3id.org/daraa-kg/shapes``); these lead to the files.

    Args:
        site: the served graph.
    """
    pages = Ontology(site)
    beside: list[BaseRoute] = []
    for name in pages.files:
        stem = PurePosixPath(name).stem
        beside.append(Route(f"{ONTOLOGY}/{name}", pages.file))
        if "/" not in name and name != _MAIN:
            own = stem if name.endswith(".ttl") else name
            beside += [Route(f"/{own}{end}", _to(f"{ONTOLOGY}/{name}")) for end in pages.versions]
    return [
        Route(ONTOLOGY, pages.ontology, name="ontology"),
        Route(f"{ONTOLOGY}.html", pages.page),
        *(Route(f"{ONTOLOGY}{entry.extension}", pages.data) for entry in RDF_TYPES),
        Route(f"{ONTOLOGY}{pages.versions[1]}", _to(ONTOLOGY)),
        *beside,
        Route("/codes/{rest:path}", pages.code),
    ]


def _to(path: str) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        del request
        return RedirectResponse(path, 303)

    return endpoint


class Ontology:
    """The vocabulary's page and data.

    Args:
        site: the served graph.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        folder = asset("ontology")
        self.folder = folder
        self.files = tuple(
            path.relative_to(folder).as_posix()
            for path in sorted(folder.rglob("*"))
            if path.suffix in _TYPES
        )
        self.version = load_vocabulary().version
        self.versions = ("", f"/{self.version}")  # what may stand behind the name of an ontology
        self.offered = [_PAGE, *(entry.media_type for entry in RDF_TYPES)]
        self._file = cache(self._read)
        self._data = cache(self._written)

    def ontology(self, request: Request) -> Response:
        """Answer with the vocabulary as a page or as data, as is asked."""
        chosen = choose(request.headers.get("accept"), self.offered)
        if chosen is None:
            links = [(entry.title, ONTOLOGY + entry.extension) for entry in RDF_TYPES]
            sentence = "The vocabulary is not written in the format that was asked for; in these:"
            return error_page(request, 406, "Not acceptable", sentence, links)
        entry = next((one for one in RDF_TYPES if one.media_type == chosen), None)
        place = f"{ONTOLOGY}{entry.extension if entry else '.html'}"
        headers = {"Vary": "Accept", "Content-Location": place}
        return self._answer(request, entry, headers)

    def page(self, request: Request) -> Response:
        """Answer with the reference page."""
        return self._answer(request, None, {})

    def data(self, request: Request) -> Response:
        """Answer in the format of the path's extension."""
        extension = request.url.path.removeprefix(ONTOLOGY)
        entry = next(one for one in RDF_TYPES if one.extension == extension)
        return self._answer(request, entry, {})

    def _answer(self, request: Request, entry: Format | None, headers: dict[str, str]) -> Response:
        links = [f'<{ONTOLOGY}.html>; rel="alternate"; type="{_PAGE}"'] + [
            f'<{ONTOLOGY}{one.extension}>; rel="alternate"; type="{one.media_type}"'
            for one in RDF_TYPES
        ]
        sent = {**headers, "Link": ", ".join(links)}
        if entry is not None:
            return answer(request, self._data(entry.name), sent)
        return show(request, self._page, sent)

    @cached_property
    def _page(self) -> Body:
        values = {
            "sections": read_sections(),
            "version": self.version,
            "files": [name for name in self.files if "/" not in name and name != _MAIN],
            "rules": [name for name in self.files if name.startswith("rules/")],
            "formats": RDF_TYPES,
            "home": HOME,
        }
        return self.site.page("ontology.html", values)

    def _written(self, name: str) -> Body:
        """Write the ontology; Turtle as it stands, for it was written to be read."""
        entry = FORMATS[name]
        if name == "ttl":
            return self._file(_MAIN)
        path = self.folder / _MAIN
        data = ox.Dataset(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)  # names that stay the same
        quads = sorted(data, key=str)
        items = quads if entry.datasets else [quad.triple for quad in quads]
        written = ox.serialize(items, format=_LIBRARIES[name]) or b""
        return Body(written, entry.media_type)

    # --- files ------------------------------------------------------------------------------------

    def file(self, request: Request) -> Response:
        """Answer with a file of the ontology: shapes, context, rules and so on."""
        name = request.url.path.removeprefix(f"{ONTOLOGY}/")
        return answer(request, self._file(name))

    def _read(self, name: str) -> Body:
        path = self.folder / name
        return Body(path.read_bytes(), _TYPES[path.suffix])

    def code(self, request: Request) -> Response:
        """Lead from a code of another scheme to where the alignments name it."""
        if choose(request.headers.get("accept"), self.offered) == _PAGE:
            return RedirectResponse(f"{ONTOLOGY}#{request.url.path.strip('/')}", 303)
        return RedirectResponse(f"{ONTOLOGY}/alignments.ttl", 303)
