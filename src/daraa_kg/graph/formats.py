"""The formats a graph is written in: one table for writers, file names and the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from ..namespaces import RDF
from ..text.nearest import suggestion
from ..writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .built import Graph

_TYPE = RDF + "type"
_NUMBER = re.compile(r"\d+")

Family = Literal["rdf", "network", "table", "map"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, and the function that writes it, imported when it is used.

    Attributes:
        name: what the command line calls it.
        title: what people call it.
        media_type: its media type (IANA's where it has one).
        extension: the end of a file's name: ``.trig``.
        family: what it is for.
        writer: ``package.module:function``; the function takes the graph, and the options
            by keyword, and gives the file's bytes.
        options: the options that it takes: ``view``, ``table``.
    """

    name: str
    title: str
    media_type: str
    extension: str
    family: Family
    writer: str
    options: tuple[str, ...] = ()

    @property
    def datasets(self) -> bool:
        """Whether named graphs are written; the facts alone otherwise."""
        return self.name in _DATASETS

    @property
    def binary(self) -> bool:
        """Whether the file is no text."""
        return self.extension in _BINARY

    def check(self, options: Iterable[str]) -> None:
        """Raise if the format does not take one of the options.

        Raises:
            NoSuchOption: there is one that it does not take.
        """
        for option in options:
            if option not in (("quads",) if self.family == "rdf" else self.options):
                raise NoSuchOption(self.name, option)

    def write(self, graph: Graph, **options: object) -> bytes:
        """Write a graph, as bytes that end with a newline if they are text.

        Args:
            graph: the graph.
            options: those of `options`; RDF takes ``quads``, to be written in place of the graph's.

        Raises:
            NoSuchOption: the format has no such option.
            NotInstalled: it needs a package that is not there.
        """
        from ..extras import needed_for

        self.check(options)
        module, _, function = self.writer.partition(":")
        with needed_for(f"the export {self.name}"):
            write = getattr(import_module(f"..{module}", __package__), function)
            data: bytes = write(graph, **options)
        return data


class UnknownFormat(ValueError):
    """A format that is not in the table; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        hint = suggestion(name.lstrip("."), FORMATS)
        super().__init__(f"“{name}” is no format that graphs are written in; {hint}")


class NoSuchOption(ValueError):
    """An option that a format does not take; `format_name` and `option` hold the two."""

    def __init__(self, format_name: str, option: str) -> None:
        self.format_name = format_name
        self.option = option
        takers = ", ".join(entry.name for entry in FORMATS.values() if option in entry.options)
        hint = f"; {takers} do" if takers else ""
        super().__init__(f"{format_name} takes no {option}{hint}")


_DATASETS = ("trig", "nq", "jsonld")
_BINARY = (".parquet", ".xlsx")

# Families stand together; of two formats with one extension, a file's name means the first.
FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("trig", "TriG", "application/trig", ".trig", "rdf", "graph.rdffiles:trig"),
        Format("nq", "N-Quads", "application/n-quads", ".nq", "rdf", "graph.rdffiles:nq"),
        Format("ttl", "Turtle", "text/turtle", ".ttl", "rdf", "graph.rdffiles:ttl"),
        Format(
            "jsonld", "JSON-LD", "application/ld+json", ".jsonld", "rdf", "graph.rdffiles:jsonld"
        ),
        Format("rdf", "RDF/XML", "application/rdf+xml", ".rdf", "rdf", "graph.rdffiles:rdf"),
        Format("nt", "N-Triples", "application/n-triples", ".nt", "rdf", "graph.rdffiles:nt"),
        Format(
            "graphml",
            "GraphML",
            "application/graphml+xml",
            ".graphml",
            "network",
            "networks.files:graphml",
            options=("view",),
        ),
        Format(
            "gexf",
            "GEXF (Gephi)",
            "application/gexf+xml",
            ".gexf",
            "network",
            "networks.files:gexf",
            options=("view",),
        ),
        Format(
            "cytoscape",
            "Cytoscape JSON",
            "application/json",
            ".cyjs",
            "network",
            "networks.files:cytoscape",
            options=("view",),
        ),
        Format(
            "node-link",
            "node-link JSON",
            "application/json",
            ".json",
            "network",
            "networks.files:node_link",
            options=("view",),
        ),
        Format(
            "dot",
            "DOT (Graphviz)",
            "text/vnd.graphviz",
            ".dot",
            "network",
            "networks.files:dot",
            options=("view",),
        ),
        Format(
            "csv", "CSV", "text/csv", ".csv", "table", "exports.spreadsheet:csv", options=("table",)
        ),
        Format(
            "parquet",
            "Apache Parquet",
            "application/vnd.apache.parquet",
            ".parquet",
            "table",
            "exports.spreadsheet:parquet",
            options=("table",),
        ),
        Format(
            "xlsx",
            "Excel workbook",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
            "table",
            "exports.spreadsheet:xlsx",
        ),
        Format(
            "geojson",
            "GeoJSON",
            "application/geo+json",
            ".geojson",
            "map",
            "exports.geojson:geojson",
        ),
        Format(
            "crosswalk",
            "Events as ACLED and UCDP GED would code them",
            "text/csv",
            ".csv",
            "table",
            "exports.crosswalk:to_csv",
        ),
        Format(
            "crosswalk-json",
            "The same as JSON, with the rules",
            "application/json",
            ".json",
            "table",
            "exports.crosswalk:to_json",
        ),
    )
}

RDF_FORMATS = tuple(entry.name for entry in FORMATS.values() if entry.family == "rdf")

# What `build` writes; N-Triples are a subset of the N-Quads and are made on request.
BUILD_FORMATS = ("trig", "nq", "ttl", "jsonld", "rdf")


def find_format(name: str) -> Format:
    """Give a format by its name or extension.

    Raises:
        UnknownFormat: there is none of that name.
    """
    wanted = name.lower().lstrip(".")
    if wanted in FORMATS:
        return FORMATS[wanted]
    for entry in FORMATS.values():
        if entry.extension == "." + wanted:
            return entry
    raise UnknownFormat(name)


def ordered(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Sort quads: facts first, then graphs by name (numbers as numbers), nodes, and types first."""
    graphs: dict[object, tuple[str, ...]] = {}

    def key(quad: ox.Quad) -> tuple[tuple[str, ...], str, bool, str, str]:
        graph = quad.graph_name
        place = graphs.get(graph)
        if place is None:
            name = "" if isinstance(graph, ox.DefaultGraph) else graph.value
            place = graphs[graph] = (_NUMBER.sub(lambda m: m.group().zfill(12), name),)
        predicate = quad.predicate.value
        subject = getattr(quad.subject, "value", "")
        return place, subject, predicate != _TYPE, predicate, str(quad.object)

    return sorted(quads, key=key)


def serialize(graph: Graph, name: str, **options: object) -> bytes:
    """Write a graph in a format, as bytes that end with a newline if they are text.

    Args:
        graph: the graph.
        name: the format.
        options: what the format takes: ``view``, ``table``.

    Raises:
        UnknownFormat: there is no such format.
        NoSuchOption: the format does not take the option.
    """
    entry = find_format(name)
    data = entry.write(graph, **options)
    return data if entry.binary or data.endswith(b"\n") else data + b"\n"


def save(graph: Graph, path: str | Path, name: str | None = None, **options: object) -> Path:
    """Write a graph to a file, whole or not at all.

    Args:
        graph: the graph.
        path: the file.
        name: the format; the file's extension when not given.
        options: what the format takes: ``view``, ``table``.

    Raises:
        UnknownFormat: there is no such format.
        NoSuchOption: the format does not take the option.
        OSError: the file cannot be written.
    """
    path = Path(path)
    write_atomically(path, serialize(graph, name or path.suffix or path.name, **options))
    return path


def file_name(slug: str, name: str) -> str:
    """Give the file of a format: ``<slug>.csv``, and ``<slug>-crosswalk.csv`` for a second one.

    What a format's name says of its extension is not said twice: ``<slug>-crosswalk.json``.

    Args:
        slug: the article.
        name: the format.
    """
    entry = find_format(name)
    first = find_format(entry.extension) is entry
    second = entry.name.removesuffix(f"-{entry.extension[1:]}")
    return f"{slug}{'' if first else f'-{second}'}{entry.extension}"


def write_all(graph: Graph, folder: str | Path, names: Iterable[str] = BUILD_FORMATS) -> list[Path]:
    """Write a graph in several formats, each to its `file_name`.

    Args:
        graph: the graph.
        folder: where to; it is made when it is not there.
        names: the formats.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [save(graph, folder / file_name(graph.slug, name), name) for name in names]


def check_all(graph: Graph, folder: str | Path, names: Iterable[str] = BUILD_FORMATS) -> list[Path]:
    """Give the files of `write_all` that are missing or are not what would be written now."""
    stale = []
    for name in names:
        path = Path(folder) / file_name(graph.slug, name)
        try:
            current = path.read_bytes()
        except OSError:
            current = None
        if current != serialize(graph, name):
            stale.append(path)
    return stale
