"""Downloads: every export of the table of formats as a file, written when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.routing import Route

from ..exports.eventtables import TABLES, EmptyTable
from ..extras import NotInstalled
from ..graph.formats import FORMATS, file_name, serialize
from ..graph.jsonld import ConfusedIRI
from ..networks.views import VIEWS
from .answers import Body, answer
from .pages import error_page, show

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..graph.built import Graph
    from ..graph.formats import Format
    from .site import Site

__all__ = ["DOWNLOADS", "Export", "exports", "routes"]

DOWNLOADS = "/download/"
_FAMILIES = {"rdf": "Linked data", "network": "Networks", "table": "Tables", "map": "Maps"}
_CHOICES = {"view": VIEWS, "table": tuple(TABLES)}  # of each option, what it can be


@dataclass(frozen=True)
class Export:
    """A file that can be downloaded.

    Attributes:
        entry: the format.
        options: what the format is told: ``{"table": "places"}``.
        name: the file's name.
        variant: the view or table, where there are several.
    """

    entry: Format
    options: tuple[tuple[str, str], ...]
    name: str
    variant: str | None

    @property
    def title(self) -> str:
        """What the file is, in words."""
        return f"{self.entry.title}: {self.variant}" if self.variant else self.entry.title

    @property
    def path(self) -> str:
        """Where on the server the file is."""
        return DOWNLOADS + quote(self.name)


def exports(graph: Graph) -> list[Export]:
    """Give every export of a graph; the first view or table of a format has its plain name.

    Args:
        graph: the graph.
    """
    found = []
    for entry in FORMATS.values():
        name = file_name(graph.slug, entry.name)
        stem = name.removesuffix(entry.extension)
        if not entry.options:
            found.append(Export(entry, (), name, None))
        for option in entry.options:
            for number, choice in enumerate(_CHOICES[option]):
                own = f"{stem}-{choice}{entry.extension}" if number else name
                found.append(Export(entry, ((option, choice),), own, choice))
    return found


def routes(site: Site) -> list[BaseRoute]:
    """Give the routes of the downloads and of the page that lists them.

    Args:
        site: the served graph.
    """
    downloads = Downloads(site)
    return [
        Route(DOWNLOADS, downloads.listing, name="downloads"),
        Route(DOWNLOADS + "{name}", downloads.file, name="download"),
    ]


class Downloads:
    """The files of a graph; each is written once and kept.

    Args:
        site: the served graph.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.graph = site.graph
        self.exports = {export.name: export for export in exports(site.graph)}
        self._locks = {name: Lock() for name in self.exports}
        self._bodies: dict[str, Body] = {}

    def listing(self, request: Request) -> Response:
        """List the files, by what they are for."""
        families: dict[str, dict[str, list[Export]]] = {}
        for export in self.exports.values():
            kinds = families.setdefault(_FAMILIES[export.entry.family], {})
            kinds.setdefault(export.entry.title, []).append(export)
        return show(request, self.site.page("downloads.html", {"families": families}))

    def file(self, request: Request) -> Response:
        """Answer with a file."""
        name = str(request.path_params["name"])
        if name not in self.exports:
            return self._missing(request, name)
        try:
            body = self._body(name)
        except (NotInstalled, EmptyTable, ConfusedIRI, ValueError) as error:
            sentence = f"This file cannot be written: {error}."
            return error_page(request, 404, "No such file", sentence, self._like(name))
        disposition = f"attachment; filename*=UTF-8''{quote(name)}"
        return answer(request, body, {"Content-Disposition": disposition})

    def _body(self, name: str) -> Body:
        with self._locks[name]:  # two who ask at once wait for one writer
            if name not in self._bodies:
                export = self.exports[name]
                data = serialize(self.graph, export.entry.name, **dict(export.options))
                kind = export.entry.media_type
                charset = "; charset=utf-8" if kind.startswith("text/") else ""
                self._bodies[name] = Body(data, kind + charset, packed=export.entry.binary)
            return self._bodies[name]

    def _missing(self, request: Request, name: str) -> Response:
        if name == "":
            return RedirectResponse(DOWNLOADS, 303)
        sentence = f"There is no file “{name[:200]}” here; these there are."
        return error_page(request, 404, "No such file", sentence, self._like(name))

    def _like(self, name: str) -> list[tuple[str, str]]:
        """Give the files of the same extension, else all that are linked data."""
        end = name.rpartition(".")[2]
        alike = [one for one in self.exports.values() if one.name.endswith(f".{end}")]
        found = alike or [one for one in self.exports.values() if one.entry.family == "rdf"]
        return [(one.name, one.path) for one in found if one.name != name]
