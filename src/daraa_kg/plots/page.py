"""What the pictures share: type, colours, titles, notes, and how a figure becomes a file."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from matplotlib import style
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter

from ..writing import write_atomically
from . import picture_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

    from ..graph.built import Graph

INK, SOFT, FAINT = "#1f2328", "#57606a", "#d0d7de"
# Sides by colour and by shape (Okabe and Ito 2008: told apart by colour-blind readers too).
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
SHAPES = ("s", "o", "^", "D", "P", "v")
# Of no side: a ring, for a cross would be read as a death.
NEUTRAL, NEUTRAL_SHAPE = "#6e7781", "o"

_SUBTITLE, _NOTES = 9.5, 7.5  # points
_LETTERS = 140  # that an inch of letters one point high would hold

# An SVG names fonts; Verdana has the widths of ours, which not every machine has.
_OURS, _FONTS = "'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif"
_OUTLINE = "stroke: #fff; stroke-width: 2.2px; stroke-linejoin: round; "

_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": SOFT,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "svg.fonttype": "none",  # names can be searched and edited
    "svg.hashsalt": "daraa-kg",
}


@contextmanager
def our_style() -> Iterator[None]:
    """Draw in our style, whatever the reader's own settings are, and leave those as they were."""
    with style.context(["default", _STYLE]):
        yield


def new_figure(width: float, height: float) -> Figure:
    """Make an empty white figure of so many inches."""
    return Figure(figsize=(width, height), facecolor="white")


def room(width: float, subtitle: str, notes: Iterable[str]) -> tuple[float, float]:
    """Give the inches that title and subtitle take above, and the notes below.

    Args:
        width: of the figure, in inches.
        subtitle: what stands under the title.
        notes: what stands below; each begins a line of its own.
    """
    return (
        0.62 + 0.17 * len(_folded([subtitle], width, _SUBTITLE)),
        0.22 + 0.126 * len(_folded(notes, width, _NOTES)),
    )


def entitle(figure: Figure, title: str, subtitle: str, notes: Iterable[str]) -> None:
    """Write title and subtitle above, and notes below, at the left edge, folded to the width."""
    width, height = figure.get_size_inches()
    under = "\n".join(_folded([subtitle], width, _SUBTITLE))
    below = "\n".join(_folded(notes, width, _NOTES))
    figure.text(0.02, 1 - 0.24 / height, title, size=14, weight="bold", va="top")
    figure.text(0.02, 1 - 0.56 / height, under, size=_SUBTITLE, color=SOFT, va="top")
    figure.text(0.02, 0.12 / height, below, size=_NOTES, color=SOFT, va="bottom")


def _folded(texts: Iterable[str], width: float, size: float) -> list[str]:
    """Fold texts to the width of a figure in inches; their letters are `size` points high."""
    columns = int(0.96 * width * _LETTERS / size)
    return [line for text in texts for line in wrap(text, columns)]


def credit(graph: Graph) -> str:
    """Say whose words a picture rests on, as their licence asks for."""
    rows = graph.query("sources")
    said = getattr(rows[0]["attribution"], "value", graph.slug) if len(rows) else graph.slug
    return f"Source: {said}."


def plain(axes: Axes, *, keep: tuple[str, ...] = ("bottom",)) -> None:
    """Take away the frame but for the named edges, and the marks of the vertical axis."""
    for edge, spine in axes.spines.items():
        spine.set_visible(edge in keep)
    axes.tick_params(axis="y", length=0)


def date_axis(axes: Axes, first: date, last: date, most: int) -> None:
    """Mark days on the horizontal axis, in even steps from the first one, written as people do.

    Args:
        axes: what is marked.
        first: the first day that is drawn.
        last: the last one.
        most: how many marks there may be.
    """
    days = (last - first).days
    step = next((n for n in (1, 2, 7) if days < n * most), 7 * (days // (7 * most) + 1))
    marks = [first + timedelta(days=n) for n in range(0, days + 1, step)]
    one_year = first.year == last.year
    axes.xaxis.set_major_locator(FixedLocator([on_axis(mark) for mark in marks]))
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda x, _: day(num2date(x).date(), year=not one_year))  # type: ignore[no-untyped-call]
    )


def on_axis(when: date) -> float:
    """Give the place of a day on a horizontal axis, in days."""
    return float(date2num(when))  # type: ignore[no-untyped-call]


def day(value: date, *, year: bool = False) -> str:
    """Write a day as people do: ``5 Aug``; with its year if that is wanted."""
    return f"{value.day} {value:%b}{f' {value.year}' if year else ''}"


def span(first: date, last: date) -> str:
    """Write two days with what lies between: ``29 Jul to 5 Sep 2021``."""
    start = day(first, year=first.year != last.year)
    return day(last, year=True) if first == last else f"{start} to {day(last, year=True)}"


def inside(colour: str) -> str:
    """Give the colour that a mark is filled with: its own, but a mark of no side is a ring."""
    return "white" if colour == NEUTRAL else colour


def figure_bytes(figure: Figure, extension: str) -> bytes:
    """Write a figure, without a clock in it.

    Args:
        figure: the figure.
        extension: ``svg``, ``png`` or ``pdf``.
    """
    clock = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[extension]
    data = io.BytesIO()
    with our_style(), _without_outlines(figure, extension):
        figure.savefig(data, format=extension, dpi=200, metadata=clock)
    return _with_texts(data.getvalue()) if extension == "svg" else data.getvalue()


_HALO = re.compile(r'<g id="halo_\d+">.*?</g>', re.DOTALL)
_TEXT = re.compile(r'<text style="')


@contextmanager
def _without_outlines(figure: Figure, extension: str) -> Iterator[None]:
    """Take the white outlines off the labels of an SVG: with them matplotlib writes no text."""
    labels = [t for t in figure.findobj(Text) if t.get_path_effects()] if extension == "svg" else []
    effects = [label.get_path_effects() for label in labels]
    for number, label in enumerate(labels):
        label.set_path_effects([])
        label.set_gid(f"halo_{number}")
    try:
        yield
    finally:
        for label, effect in zip(labels, effects, strict=True):
            label.set_path_effects(effect)
            label.set_gid(None)


def _with_texts(svg: bytes) -> bytes:
    """Put each label's outline below it, and name fonts as wide as ours for who lacks it."""

    def outlined(match: re.Match[str]) -> str:
        label = match[0].partition(">")[2].removesuffix("</g>")
        below = _TEXT.sub(f'<text aria-hidden="true" style="{_OUTLINE}', label)
        return f"<g>{below}{label}</g>"

    text = svg.decode()
    return _HALO.sub(outlined, text).replace(_OURS, _FONTS).encode()


def write_figure(figure: Figure, path: Path) -> int:
    """Write a figure to a file, whole or not at all; give the number of its bytes.

    Raises:
        UnknownPictureFormat: the extension is not svg, png or pdf.
        OSError: the file cannot be written.
    """
    data = figure_bytes(figure, picture_format(path))
    write_atomically(path, data)
    return len(data)
