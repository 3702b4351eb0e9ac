"""Built graphs kept between runs, so that a question costs no build.

The key is a digest over everything a build reads, the program itself among it; a cached graph that
cannot be read, or is not whole, is built anew. Nothing needs the cache to be right.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from .. import __version__
from ..assets import asset
from ..diagnostics import Fault, Location
from ..namespaces import BASE, check_base
from ..writing import write_atomically
from .built import Graph
from .inputs import display, find_inputs

if TYPE_CHECKING:
    from ..statements.sourcemap import SourceMap
    from ..text.article import Article
    from .inputs import Inputs

_LAYOUT = 1  # of the file: a line of JSON, N-Quads, JSON
# The packages that a build runs through; the others only ask what was built.
_PROGRAM = (".", "text", "ontology", "statements", "graph")
_KEPT = 8  # graphs; each takes about 2 MB


def cache_folder() -> Path | None:
    """Give the folder for cached graphs; None when `DARAA_KG_CACHE` is ``off``.

    Source: XDG Base Directory Specification 0.8; elsewhere the platform's own place.
    """
    told = os.environ.get("DARAA_KG_CACHE", "")
    if told.lower() == "off":
        return None
    if told:
        return Path(told)
    if sys.platform == "win32":
        start = os.environ.get("LOCALAPPDATA")
        home = Path(start) if start else Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Caches"
    else:
        start = os.environ.get("XDG_CACHE_HOME")
        home = Path(start) if start else Path.home() / ".cache"
    return home / "daraa-kg"


def load(folder: str | Path | None = None, *, base: str = BASE) -> Graph:
    """Give the graph of an article, not validated, from the cache where that is current.

    Args:
        folder: where article.txt and statements.yaml are; the shipped article when not given.
        base: where the IRIs of its things start.

    Raises:
        BaseError: names cannot be put after the base.
        CheckFailed: the statements do not hold.
    """
    check_base(base)
    inputs = find_inputs(folder)
    place = _place(inputs, base)
    cached = _read(place, inputs, base) if place else None
    if cached is not None:
        return cached
    from .builder import build

    graph = build(folder, base=base, validate=False)
    if place:
        _write(place, graph, inputs)
    return graph


def _place(inputs: Inputs, base: str) -> Path | None:
    folder = _usable(cache_folder)
    if folder is None:
        return None
    try:
        return folder / f"{_digest(inputs, base)}.graph"
    except OSError:  # a file is missing: building says which, in a sentence
        return None


def _usable(find: Any) -> Path | None:  # noqa: ANN401 - a function
    try:
        found: Path | None = find()
    except RuntimeError:  # no home directory
        return None
    return found


def _digest(inputs: Inputs, base: str) -> str:
    """Digest all a build reads; the program too: a checkout changes without a new version."""
    digest = hashlib.sha256()
    whole = [__version__, ox.__version__, str(_LAYOUT), base, inputs.slug]
    digest.update("\0".join(whole).encode())
    ontology = asset("ontology")
    terms = [ontology / name for name in ("daraa-kg.ttl", "alignments.ttl", "context.jsonld")]
    package = Path(__file__).parents[1]
    program = sorted(path for name in _PROGRAM for path in (package / name).glob("*.py"))
    files = [*inputs.files, *filter(Path.exists, terms), *sorted((ontology / "rules").glob("*.rq"))]
    for file in (*files, *program):
        data = file.read_bytes()
        digest.update(f"\0{file.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


# --- the file ------------------------------------------------------------------------------------


def _read(place: Path, inputs: Inputs, base: str) -> Graph | None:
    try:
        head, _, body = place.read_bytes().partition(b"\n")
        header = json.loads(head)
        if header["sha256"] != hashlib.sha256(body).hexdigest():
            return None
        quads, extras = body[: header["quads"]], body[header["quads"] :]
        store = ox.Store()
        # Written by ourselves and digested: its IRIs need no second check, which is half the time.
        store.load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        return None
    return Graph(
        store,
        base=base,
        slug=inputs.slug,
        article=partial(_article, inputs),
        source_map=partial(_source_map, extras, inputs),
        faults=tuple(_fault(row, inputs) for row in header["faults"]),
    )


def _article(inputs: Inputs) -> Article | None:
    from ..text.article import read_article

    return read_article(inputs.folder / "article.txt", inputs.slug) if inputs.folder else None


def _source_map(extras: bytes, inputs: Inputs) -> SourceMap:
    from ..statements.sourcemap import SourceMap

    data = json.loads(extras)
    return SourceMap.from_json(data, [_name(file, inputs) for file in data["files"]])


def _fault(row: list[Any], inputs: Inputs) -> Fault:
    file, line, column, message, hint, severity = row
    return Fault(Location(_name(file, inputs), line, column), message, hint, severity)


def _name(file: int | str, inputs: Inputs) -> str:
    """Name a file as seen from here; the cache knows the build's own files by number."""
    return display(inputs.files[file]) if isinstance(file, int) else file


def _write(place: Path, graph: Graph, inputs: Inputs) -> None:
    numbers = {display(file): number for number, file in enumerate(inputs.files)}

    def number(file: str) -> int | str:
        return numbers.get(file, file)

    extras = graph.source_map.to_json()
    extras["files"] = [number(str(file)) for file in extras["files"]]  # type: ignore[attr-defined]
    quads = ox.serialize(graph.quads(), format=ox.RdfFormat.N_QUADS) or b""
    body = quads + json.dumps(extras, ensure_ascii=False).encode()
    header = {
        "sha256": hashlib.sha256(body).hexdigest(),
        "quads": len(quads),
        "faults": [
            [
                number(f.location.file),
                f.location.line,
                f.location.column,
                f.message,
                f.hint,
                f.severity,
            ]
            for f in graph.faults
        ],
    }
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, json.dumps(header, ensure_ascii=False).encode() + b"\n" + body)
        _forget(place.parent)
    except OSError:  # a full or read-only disk costs time, not the answer
        return


def _forget(folder: Path) -> None:
    """Keep the newest few graphs."""
    graphs = sorted(folder.glob("*.graph"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in graphs[_KEPT:]:
        old.unlink(missing_ok=True)
