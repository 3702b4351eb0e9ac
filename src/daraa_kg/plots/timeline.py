"""The timeline: kinds as rows, days across, sides by colour and shape, tolls beside the marks."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D

from ..diagnostics import listing
from ..exports.eventtables import records
from ..queries.results import SEPARATOR
from . import NothingToDraw, Picture
from .page import (
    FAINT,
    INK,
    SOFT,
    credit,
    date_axis,
    day,
    entitle,
    inside,
    new_figure,
    on_axis,
    plain,
    room,
    span,
)
from .sides import acting_sides, mark_of, side_marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..graph.built import Graph

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OUTCOMES = ("killed", "wounded", "captured", "missing", "besieged")
_WIDTH, _ROW, _AXIS, _LEGEND = 11.0, 0.36, 0.45, 0.35  # inches
_LEFT, _SHARE = 0.13, 0.85  # of the width: where the rows begin, and what they take
_MARGIN = 2  # days before the first and after the last
_REACH, _GAP = 0.35, 0.13  # inches: an arrow, and from a mark to its toll
_TOLL = 8  # points
_COLUMNS = 56  # code points in a line of a toll
_LINES = 2  # of a toll that a row holds
_KEY = (
    "Colour and shape: the sides that act in it or are party to it. Hollow: the day is likely, "
    "that of a report, or known only from the order of events or from what is part of what; a mark "
    "of no side then has no dot. "
    "Bar: from one day to another. Arrow: on or after, on or before, the day. "
    "Dotted: some time between."
)


@dataclass(frozen=True)
class _Mark:
    """An event on the timeline: its first and last day, and how sure they are."""

    kind: str
    first: date
    last: date
    how: str  # "sure", "unsure", "later", "earlier" or "between"
    sides: str | None
    toll: tuple[str, ...]  # lines

    @property
    def deadly(self) -> bool:
        return any("killed" in line for line in self.toll)

    @property
    def style(self) -> dict[str, Any]:
        """How its toll is written."""
        weight = "bold" if self.deadly else "normal"
        return {"size": _TOLL, "weight": weight, "color": INK if self.deadly else SOFT}

    def ends(self, inch: float) -> tuple[float, float]:
        """Give where the mark with its arrow begins and ends; `inch` is one in days of the axis."""
        left, right = on_axis(self.first), on_axis(self.last)
        return (
            left - (_REACH * inch if self.how == "earlier" else 0),
            right + (_REACH * inch if self.how == "later" else 0),
        )


@dataclass(frozen=True)
class _Place:
    """Where a mark stands: the row of its kind, and the side on which its toll is."""

    level: int
    rows: int
    left: bool


def timeline_plot(graph: Graph) -> Picture:
    """Draw what happened during the article's main event, day by day.

    Raises:
        NothingToDraw: no event of it has a day.
    """
    result = graph.query("timeline")
    marks, undated = [], 0
    acting = acting_sides(graph)
    for row in result:
        texts = {name: result.text(row[name]) for name in result.variables}
        made = _mark({**texts, "sides": acting.get(str(getattr(row["event"], "value", "")), "")})
        undated += made is None
        marks.extend([made] if made else [])
    if not marks:
        message = "no event inside the main one has a day, so there is no timeline to draw"
        raise NothingToDraw(message)
    first, last = min(m.first for m in marks), max(m.last for m in marks)
    subtitle = (
        f"{span(first, last)}; each mark is an event, with its toll where the article gives one"
    )
    left_out = _left_out(graph, first, last, undated)
    notes = [_KEY, *left_out, credit(graph)]
    days = (first - timedelta(days=_MARGIN), last + timedelta(days=_MARGIN))
    inch = (days[1] - days[0]).days / (_WIDTH * _SHARE)
    places, heights = _arrange(marks, _widths(marks), inch, on_axis(days[1]))
    above, below = room(_WIDTH, subtitle, notes)
    inches = _ROW * sum(heights.values())
    figure = new_figure(_WIDTH, above + _LEGEND + inches + _AXIS + below)
    height = figure.get_figheight()
    axes = figure.add_axes((_LEFT, (below + _AXIS) / height, _SHARE, inches / height))
    axes.set_xlim(*map(on_axis, days))
    _draw(axes, inch, list(zip(marks, places, strict=True)), heights, side_marks(graph))
    date_axis(axes, first, last, 9)
    title = graph.article.title if graph.article else graph.slug
    entitle(figure, f"{title}: what happened, day by day", subtitle, notes)
    return Picture(figure, {"events": len(marks)}, tuple(left_out))


def _left_out(graph: Graph, first: date, last: date, undated: int) -> list[str]:
    events = records(graph, "events")
    main = listing([row["event_label"] for row in events if row["main"]], "and")
    outside = [
        f"{row['event_label']} ({day(row['earliest'])})"
        for row in events
        if row["when"] and not row["main"] and not row["during_main"]
        if row["earliest"] and row["latest"]
        if first <= row["earliest"] and row["latest"] <= last
    ]
    left_out = []
    if outside:
        left_out.append(
            f"In these days, but not told as part of “{main}”, and not drawn: {'; '.join(outside)}."
        )
    if undated:
        said = "1 event has" if undated == 1 else f"{undated} events have"
        drawn = "is" if undated == 1 else "are"
        left_out.append(f"{said} no day and no order to one, and {drawn} not drawn.")
    return left_out


def _mark(row: dict[str, str]) -> _Mark | None:
    days = [date.fromisoformat(text) for text in _DAY.findall(row["date"])]
    if not days:
        return None
    how = "unsure" if row["date"].endswith(("?", "~")) else "sure"
    for word, name in ((" or later", "later"), (" or earlier", "earlier"), (" to ", "between")):
        if word in row["date"]:
            how = name
    toll = _toll(row["casualties"])
    return _Mark(row["kind"], days[0], days[-1], how, row["sides"] or None, toll)


def _toll(casualties: str) -> tuple[str, ...]:
    """Give the lines of a toll: the killed first, then the wounded, and so on."""

    def rank(figure: str) -> int:
        said = figure.partition("“")[0]  # without the article's own words
        return min((i for i, name in enumerate(_OUTCOMES) if name in said), default=len(_OUTCOMES))

    figures = sorted(casualties.split(SEPARATOR), key=rank)
    whole = SEPARATOR.join(figures)
    if len(whole) <= _COLUMNS:
        return (whole,) if whole else ()
    parted = (f"{figure};" for figure in figures[:-1])
    return tuple(line for figure in (*parted, figures[-1]) for line in wrap(figure, _COLUMNS))


def _widths(marks: list[_Mark]) -> list[float]:
    """Measure the tolls as they will be drawn, in inches."""
    figure = new_figure(_WIDTH, 1)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]

    def width(mark: _Mark) -> float:
        text = figure.text(0, 0, "\n".join(mark.toll), **mark.style)
        return text.get_window_extent(renderer).width / figure.dpi

    return [width(mark) if mark.toll else 0.0 for mark in marks]


def _arrange(
    marks: list[_Mark], widths: list[float], inch: float, edge: float
) -> tuple[list[_Place], dict[str, int]]:
    """Give each mark a place in its kind's rows, none on another; and the kinds' heights in rows.

    Args:
        marks: the marks.
        widths: of their tolls, in inches.
        inch: one in days of the axis.
        edge: the right end of the axis; a toll that does not fit before it stands on the left.
    """
    places = []
    taken: dict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
    heights: dict[str, int] = defaultdict(int)
    for mark, width in zip(marks, widths, strict=True):
        start, end = mark.ends(inch)
        gap = _GAP * inch
        wide = width * inch + gap if width else 0.0
        left = end + wide > edge
        extent = (start - gap - wide, end + gap) if left else (start - gap, end + gap + wide)
        rows = max(-(-len(mark.toll) // _LINES), 1)
        level = 0
        while any(
            extent[0] < other[1] and other[0] < extent[1]
            for row in range(level, level + rows)
            for other in taken[mark.kind, row]
        ):
            level += 1
        for row in range(level, level + rows):
            taken[mark.kind, row].append(extent)
        places.append(_Place(level, rows, left))
        heights[mark.kind] = max(heights[mark.kind], level + rows)
    return places, dict(heights)


def _draw(
    axes: Axes,
    inch: float,
    marks: list[tuple[_Mark, _Place]],
    heights: dict[str, int],
    styles: dict[str, tuple[str, str]],
) -> None:
    tops, top = {}, 0
    for kind, height in heights.items():
        tops[kind] = top
        top += height
        axes.axhline(-top + 0.5, color=FAINT, lw=0.6, zorder=0)
    legend = {}
    for mark, place in marks:
        name, colour, shape = mark_of(mark.sides, styles)
        legend[name] = (colour, shape)
        y = -(tops[mark.kind] + place.level + (place.rows - 1) / 2)
        _one(axes, mark, y, (colour, shape), inch)
        if mark.toll:
            start, end = mark.ends(inch)
            x = start - _GAP * inch if place.left else end + _GAP * inch
            _write(axes, mark, x, y, "right" if place.left else "left")
    axes.set_yticks([-(tops[k] + (heights[k] - 1) / 2) for k in heights], list(heights))
    axes.set_ylim(-top + 0.5, 0.5)
    axes.grid(axis="x", color=FAINT, lw=0.5, zorder=0)
    axes.set_axisbelow(True)
    plain(axes)
    axes.legend(
        handles=[
            Line2D([], [], ls="", marker=shape, color=colour, mfc=inside(colour), ms=7, label=name)
            for name, (colour, shape) in sorted(legend.items())
        ],
        loc="lower left",
        bbox_to_anchor=(-0.135, 1.0),
        ncols=len(legend),
        frameon=False,
        fontsize=8.5,
        handletextpad=0.2,
    )


def _one(axes: Axes, mark: _Mark, y: float, look: tuple[str, str], inch: float) -> None:
    colour, shape = look
    x, end = on_axis(mark.first), on_axis(mark.last)
    if mark.how == "between":
        axes.plot([x, end], [y, y], color=colour, lw=1.2, ls=":", zorder=2)
    elif end > x:
        axes.plot([x, end], [y, y], color=colour, lw=5, alpha=0.35, solid_capstyle="butt", zorder=2)
    if mark.how in ("later", "earlier"):
        reach = _REACH * inch * (1 if mark.how == "later" else -1)
        arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1.1, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (x + reach, y), (x, y), arrowprops=arrow)
    sure = mark.how == "sure"
    fill = inside(colour) if sure else "white"
    axes.plot([x], [y], marker=shape, ms=8, mew=1.4, color=colour, mfc=fill, zorder=3)
    if sure and fill != colour:  # a ring is always hollow: a dot stands for its filling
        axes.plot([x], [y], marker=".", ms=5, color=colour, mew=0, zorder=3)


def _write(axes: Axes, mark: _Mark, x: float, y: float, side: str) -> None:
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # no line runs through it
    lines = "\n".join(mark.toll)
    axes.text(x, y, lines, ha=side, va="center", linespacing=1.1, bbox=paper, **mark.style)
