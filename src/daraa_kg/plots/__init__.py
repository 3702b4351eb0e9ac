"""Pictures of a graph for print: its timeline, its casualties, its map.

Each is a matplotlib Figure made without a display, so it can be saved as SVG, PNG or PDF.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..diagnostics import listing
from ..exports.record import FileRecord
from ..extras import needed_for
from ..text.nearest import suggestion
from ..writing import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from matplotlib.figure import Figure

    from ..graph.built import Graph

__all__ = [
    "PLOTS",
    "NothingToDraw",
    "Picture",
    "UnknownPictureFormat",
    "UnknownPlot",
    "draw",
    "matplotlib_needed",
    "picture_bytes",
    "picture_format",
    "save_plot",
]

EXTENSIONS = ("svg", "png", "pdf")
# Each picture, and what it shows.
PLOTS = {
    "timeline": "what happened, day by day, by kind and side",
    "casualties": "killed and wounded, added up day by day, by side",
    "map": "where it happened, with the towns named",
}


class UnknownPlot(ValueError):
    """A picture that there is not; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"“{name}” is no picture; {suggestion(name, PLOTS)}")


class UnknownPictureFormat(ValueError):
    """A file whose extension is none that pictures have; `name` is what was asked for."""

    def __init__(self, path: Path) -> None:
        self.name = path.suffix or path.name or str(path)
        super().__init__(
            f"“{self.name}” is no format that pictures are written in; end the file's name in "
            f"{listing([f'.{name}' for name in EXTENSIONS])}"
        )


class NothingToDraw(LookupError):
    """A graph that lacks what a picture shows; the message says what."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was drawn.

    Attributes:
        figure: what was drawn.
        counts: how many events or figures stand in it.
        left_out: what does not, and why, a sentence each; the picture's notes have them too.
    """

    figure: Figure
    counts: dict[str, int]
    left_out: tuple[str, ...]


def picture_format(path: Path) -> str:
    """Give the format that a file's extension says: svg, png or pdf.

    Raises:
        UnknownPictureFormat: it is none of the three.
    """
    name = path.suffix.lower().lstrip(".")
    if name not in EXTENSIONS:
        raise UnknownPictureFormat(path)
    return name


@contextmanager
def matplotlib_needed(what: str) -> Iterator[None]:
    """Import matplotlib, whatever the reader's own settings are, for what the block does.

    An unknown ``MPLBACKEND`` stops the import, and a faulty ``matplotlibrc`` is complained about
    before each picture; ours use neither. Settings that matplotlib can read stay for whoever draws
    with pyplot in the same program.

    Args:
        what: what is being drawn: ``the picture map``.

    Raises:
        NotInstalled: matplotlib, or another package that drawing needs, is not installed.
    """
    with needed_for(what):
        if sys.modules.get("matplotlib") is None:
            _import_matplotlib()
        yield


def _import_matplotlib() -> None:
    log = logging.getLogger("matplotlib")
    level, backend = log.level, os.environ.pop("MPLBACKEND", None)
    log.setLevel(logging.CRITICAL)
    try:
        import matplotlib as mpl
        import matplotlib.figure

        if backend:
            with suppress(ValueError):
                mpl.rcParams["backend"] = backend
    finally:
        log.setLevel(level)
        if backend is not None:
            os.environ["MPLBACKEND"] = backend


def draw(graph: Graph, name: str) -> Picture:
    """Draw a picture.

    Args:
        graph: the graph.
        name: ``timeline``, ``casualties`` or ``map``.

    Raises:
        UnknownPlot: there is no such picture.
        NothingToDraw: the graph has no dated event, no dated figure, or no place with a point.
        NotInstalled: matplotlib is not installed.
    """
    if name not in PLOTS:
        raise UnknownPlot(name)
    with matplotlib_needed(f"the picture {name}"):
        from .page import our_style

        drawer = _drawer(name)
    with our_style():
        return drawer(graph)


def _drawer(name: str) -> Callable[[Graph], Picture]:
    if name == "timeline":
        from .timeline import timeline_plot

        return timeline_plot
    if name == "casualties":
        from .casualties import casualty_plot

        return casualty_plot
    from .map import map_plot

    return map_plot


def picture_bytes(graph: Graph, name: str, extension: str) -> tuple[bytes, FileRecord]:
    """Draw a picture and write it: the same bytes each time, and what they hold.

    Args:
        graph: the graph.
        name: ``timeline``, ``casualties`` or ``map``.
        extension: ``svg``, ``png`` or ``pdf``.

    Raises:
        UnknownPlot: there is no such picture.
        NothingToDraw: the graph lacks what it shows.
    """
    if name not in PLOTS:
        raise UnknownPlot(name)
    with matplotlib_needed(f"the picture {name}"):
        from .page import figure_bytes
    picture = draw(graph, name)
    data = figure_bytes(picture.figure, extension)
    return data, FileRecord(None, extension, len(data), picture.counts, picture.left_out)


def save_plot(graph: Graph, name: str, path: Path) -> FileRecord:
    """Draw a picture into a file, whole or not at all; the same bytes each time.

    Args:
        graph: the graph.
        name: ``timeline``, ``casualties`` or ``map``.
        path: the file; its extension (``.svg``, ``.png``, ``.pdf``) says the format.

    Raises:
        UnknownPlot: there is no such picture.
        NothingToDraw: the graph lacks what it shows.
        UnknownPictureFormat: the extension is none of the three.
        OSError: the file cannot be written.
    """
    if name not in PLOTS:
        raise UnknownPlot(name)
    data, record = picture_bytes(graph, name, picture_format(path))
    write_atomically(path, data)
    return replace(record, path=path)
