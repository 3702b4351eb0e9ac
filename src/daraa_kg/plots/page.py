"""What the pictures share: type, colours, titles, notes, and how a figure becomes a file."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from matplotlib import style
from matplotlib.dates import DayLocator, num2date
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from ..formats import write_atomically
from . import picture_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from matplotlib.axes import Axes

INK, SOFT, FAINT = "#1f2328", "#57606a", "#d0d7de"
# Sides by colour and by shape (Okabe and Ito 2008: told apart by colour-blind readers too).
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
SHAPES = ("s", "o", "^", "D", "P", "v")
NEUTRAL, NEUTRAL_SHAPE = "#6e7781", "X"

_STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": SOFT,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "svg.fonttype": "path",
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


def entitle(figure: Figure, title: str, subtitle: str, notes: Iterable[str]) -> None:
    """Write title and subtitle above, and notes below, at the left edge."""
    height = figure.get_figheight()
    figure.text(0.02, 1 - 0.24 / height, title, size=14, weight="bold", va="top")
    figure.text(0.02, 1 - 0.56 / height, subtitle, size=9.5, color=SOFT, va="top")
    figure.text(0.02, 0.12 / height, "\n".join(notes), size=7.5, color=SOFT, va="bottom")


def plain(axes: Axes, *, keep: tuple[str, ...] = ("bottom",)) -> None:
    """Take away the frame but for the named edges, and the marks of the vertical axis."""
    for edge, spine in axes.spines.items():
        spine.set_visible(edge in keep)
    axes.tick_params(axis="y", length=0)


def date_axis(axes: Axes, interval: int) -> None:
    """Mark every so many days on the horizontal axis, written as people do."""
    axes.xaxis.set_major_locator(DayLocator(interval=interval))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: day(num2date(x).date())))  # type: ignore[no-untyped-call]


def day(text: object) -> str:
    """Write a day as people do: ``5 Aug``."""
    from datetime import date

    value = text if isinstance(text, date) else date.fromisoformat(str(text))
    return f"{value.day} {value:%b}"


def write_figure(figure: Figure, path: Path) -> Path:
    """Write a figure to a file, whole or not at all, without a clock in it.

    Raises:
        UnknownPictureFormat: the extension is not svg, png or pdf.
        OSError: the file cannot be written.
    """
    name = picture_format(path)
    clock = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[name]
    data = io.BytesIO()
    with our_style():
        figure.savefig(data, format=name, dpi=200, metadata=clock)
    write_atomically(path, data.getvalue())
    return path
