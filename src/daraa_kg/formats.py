"""The formats a graph is written in: one table for writers, file names and the command line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .namespaces import RDF, article_base, prefixes

if TYPE_CHECKING:
    from .graph import Graph

_TYPE = RDF + "type"
_KIND = re.compile("[a-z]+")
_NUMBER = re.compile(r"\d+")

Writer = Callable[["Graph", Sequence[ox.Quad]], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, which is the file's extension too, and how it is written.

    Attributes:
        datasets: whether named graphs are written; the facts alone otherwise.
    """

    name: str
    title: str
    media_type: str
    datasets: bool
    write: Writer

    @property
    def extension(self) -> str:
        """The end of a file's name: ``.trig``."""
        return "." + self.name


class UnknownFormat(ValueError):
    """A format that is not in the table; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        from .vocabulary import nearest

        self.name = name
        close = nearest(name.lstrip("."), FORMATS)
        hint = f"did you mean {close}?" if close else f"write one of {', '.join(FORMATS)}"
        super().__init__(f"“{name}” is no format that graphs are written in; {hint}")


def _rdf(rdf_format: ox.RdfFormat, *, bound: bool = True) -> Writer:
    """Make the writer of a format that pyoxigraph writes."""

    def write(graph: Graph, quads: Sequence[ox.Quad]) -> bytes:
        names = short_names(quads, graph.base, graph.slug) if bound else None
        items: Iterable[ox.Quad] | Iterable[ox.Triple] = quads
        if not rdf_format.supports_datasets:
            items = [quad.triple for quad in quads]
        return _in_order(ox.serialize(items, format=rdf_format, prefixes=names) or b"")

    return write


def _in_order(data: bytes) -> bytes:
    """Sort the prefixes at the head of Turtle, which pyoxigraph writes as they fall."""
    end = 0
    while data.startswith(b"@prefix ", end):
        end = data.index(b"\n", end) + 1
    return b"".join(sorted(data[:end].splitlines(keepends=True))) + data[end:]


def short_names(quads: Iterable[ox.Quad], base: str, slug: str) -> dict[str, str]:
    """Give the prefixes to write quads with: ours, and one for each kind of id, such as `event:`.

    Args:
        quads: what is to be written.
        base: where IRIs start.
        slug: the article, whose own ids get prefixes too where a shared kind has not taken them.
    """
    names = prefixes(base)
    local = article_base(base, slug)
    nodes = {getattr(quad.subject, "value", "") for quad in quads}
    for start in (base, local):
        heads = {iri[len(start) :].partition("/") for iri in nodes if iri.startswith(start)}
        for kind in sorted({head for head, slash, _ in heads if slash}):
            if _KIND.fullmatch(kind) and start + kind + "/" != local:
                names.setdefault(kind, f"{start}{kind}/")
    return names


def _jsonld(graph: Graph, quads: Sequence[ox.Quad]) -> bytes:
    from .jsonld import compact, dumps
    from .vocabulary import load_context

    return dumps(compact(quads, load_context(), graph.base, graph.slug))


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("trig", "TriG", "application/trig", True, _rdf(ox.RdfFormat.TRIG)),
        Format(
            "nq", "N-Quads", "application/n-quads", True, _rdf(ox.RdfFormat.N_QUADS, bound=False)
        ),
        Format("ttl", "Turtle", "text/turtle", False, _rdf(ox.RdfFormat.TURTLE)),
        Format("jsonld", "JSON-LD", "application/ld+json", True, _jsonld),
        Format("rdf", "RDF/XML", "application/rdf+xml", False, _rdf(ox.RdfFormat.RDF_XML)),
        Format(
            "nt",
            "N-Triples",
            "application/n-triples",
            False,
            _rdf(ox.RdfFormat.N_TRIPLES, bound=False),
        ),
    )
}

# What `build` writes; N-Triples are a subset of the N-Quads and are made on request.
BUILD_FORMATS = ("trig", "nq", "ttl", "jsonld", "rdf")


def find_format(name: str) -> Format:
    """Give a format by its name or extension.

    Raises:
        UnknownFormat: there is none of that name.
    """
    try:
        return FORMATS[name.lower().lstrip(".")]
    except KeyError:
        raise UnknownFormat(name) from None


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


def serialize(graph: Graph, name: str) -> bytes:
    """Write a graph in a format, as bytes that end with a newline.

    Raises:
        UnknownFormat: there is no such format.
    """
    entry = find_format(name)
    quads = graph.quads() if entry.datasets else graph.facts()
    data = entry.write(graph, quads)
    return data if data.endswith(b"\n") else data + b"\n"


def save(graph: Graph, path: str | Path, name: str | None = None) -> Path:
    """Write a graph to a file, whole or not at all.

    Args:
        graph: the graph.
        path: the file.
        name: the format; the file's extension when not given.

    Raises:
        UnknownFormat: there is no such format.
        OSError: the file cannot be written.
    """
    path = Path(path)
    write_atomically(path, serialize(graph, name or path.suffix or path.name))
    return path


def write_all(graph: Graph, folder: str | Path, names: Iterable[str] = BUILD_FORMATS) -> list[Path]:
    """Write a graph in several formats, as ``<slug>.<format>``.

    Args:
        graph: the graph.
        folder: where to; it is made when it is not there.
        names: the formats.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        save(graph, folder / (graph.slug + find_format(name).extension), name) for name in names
    ]


def check_all(graph: Graph, folder: str | Path, names: Iterable[str] = BUILD_FORMATS) -> list[Path]:
    """Give the files of `write_all` that are missing or are not what would be written now."""
    stale = []
    for name in names:
        path = Path(folder) / (graph.slug + find_format(name).extension)
        try:
            current = path.read_bytes()
        except OSError:
            current = None
        if current != serialize(graph, name):
            stale.append(path)
    return stale


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is never seen half-written: beside it first, then renamed.

    Raises:
        OSError: the file cannot be written; its name is that of the path, not of the file beside.
    """
    try:
        _write_beside(path, data)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


def _write_beside(path: Path, data: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Give the mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
