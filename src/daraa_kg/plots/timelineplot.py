"""The timeline: kinds as rows, days across, sides by colour and shape, tolls beside the marks."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from matplotlib.dates import date2num
from matplotlib.lines import Line2D

from . import NothingToDraw
from .page import FAINT, INK, SOFT, date_axis, day, entitle, new_figure, plain
from .sides import acting_sides, mark_of, side_marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..graph import Graph

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEAR = 2  # days within which marks would touch
_LETTER = 0.28  # days that a letter of a toll takes
_WORDS = 48  # code points of a toll in words


@dataclass(frozen=True)
class _Mark:
    """An event on the timeline: its first and last day, and how sure they are."""

    kind: str
    first: date
    last: date
    how: str  # "sure", "unsure", "later", "earlier" or "between"
    sides: str | None
    toll: str


def timeline_plot(graph: Graph) -> Figure:
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
        message = "no event of the graph has a day, so there is no timeline to draw"
        raise NothingToDraw(message)
    levels, heights = _arrange(marks)
    rows = sum(heights.values())
    figure = new_figure(11, 2.1 + 0.36 * rows)
    height = figure.get_figheight()
    axes = figure.add_axes((0.13, 0.95 / height, 0.85, (height - 2.1) / height))
    _draw(axes, marks, levels, heights, side_marks(graph))
    first, last = min(m.first for m in marks), max(m.last for m in marks)
    title = graph.article.title if graph.article else graph.slug
    entitle(
        figure,
        f"{title}: what happened, day by day",
        f"{day(first)} to {day(last)} {last.year}; each mark is an event, with its toll where the "
        "article gives one",
        [
            "Colour and shape: the sides that act in it or are party to it. Hollow: the day is "
            "likely or that of a report. Bar: from one day to another. Arrow: on or after, on or "
            "before, the day. Dotted: some time between.",
            f"{undated} events have no day and no order to one, and are not drawn. "
            f"Source: {_credit(graph)}.",
        ],
    )
    return figure


def _credit(graph: Graph) -> str:
    rows = graph.query("sources")
    return str(getattr(rows[0]["attribution"], "value", graph.slug)) if len(rows) else graph.slug


def _mark(row: dict[str, str]) -> _Mark | None:
    days = [date.fromisoformat(text) for text in _DAY.findall(row["date"])]
    if not days:
        return None
    how = "unsure" if row["date"].endswith(("?", "~")) else "sure"
    for word, name in ((" or later", "later"), (" or earlier", "earlier"), (" to ", "between")):
        if word in row["date"]:
            how = name
    toll = row["casualties"]
    if len(toll) > _WORDS:
        toll = toll[: _WORDS - 1].rstrip() + "…"
    return _Mark(row["kind"], days[0], days[-1], how, row["sides"] or None, toll)


def _arrange(marks: list[_Mark]) -> tuple[dict[int, int], dict[str, int]]:
    """Give each mark a level in its kind's row, none on another; and the rows' heights."""
    levels: dict[int, int] = {}
    ends: dict[tuple[str, int], date] = {}
    heights: dict[str, int] = defaultdict(int)
    for number, mark in enumerate(marks):
        width = timedelta(days=_NEAR + len(mark.toll) // 4)
        level = 0
        while mark.first <= ends.get((mark.kind, level), date.min):
            level += 1
        levels[number] = level
        ends[mark.kind, level] = mark.last + width
        heights[mark.kind] = max(heights[mark.kind], level + 1)
    return levels, dict(heights)


def _draw(
    axes: Axes,
    marks: list[_Mark],
    levels: dict[int, int],
    heights: dict[str, int],
    styles: dict[str, tuple[str, str]],
) -> None:
    tops, top = {}, 0
    for kind, height in heights.items():
        tops[kind] = top
        top += height
        axes.axhline(-top + 0.5, color=FAINT, lw=0.6, zorder=0)
    first = min(m.first for m in marks)
    last = max(_shift(m.last, 3 + round(len(m.toll) * _LETTER)) for m in marks)
    axes.set_xlim(*(cast("Any", date2num)(d) for d in (_shift(first, -2), last)))
    legend = {}
    for number, mark in enumerate(marks):
        name, colour, shape = mark_of(mark.sides, styles)
        legend[name] = (colour, shape)
        _one(axes, mark, -(tops[mark.kind] + levels[number]), colour, shape)
    axes.set_yticks([-(tops[k] + (heights[k] - 1) / 2) for k in heights], list(heights))
    axes.set_ylim(-top + 0.5, 0.6)
    weeks = max((last - first).days // 7, 1)
    date_axis(axes, max(weeks * 7 // 8, 1))
    axes.grid(axis="x", color=FAINT, lw=0.5, zorder=0)
    axes.set_axisbelow(True)
    plain(axes)
    axes.legend(
        handles=[
            Line2D([], [], ls="", marker=shape, color=colour, ms=7, label=name)
            for name, (colour, shape) in sorted(legend.items())
        ],
        loc="lower left",
        bbox_to_anchor=(-0.135, 1.0),
        ncols=len(legend),
        frameon=False,
        fontsize=8.5,
        handletextpad=0.2,
    )


def _one(axes: Axes, mark: _Mark, y: float, colour: str, shape: str) -> None:
    x, end = (cast("Any", date2num)(d) for d in (mark.first, mark.last))
    if mark.how == "between":
        axes.plot([x, end], [y, y], color=colour, lw=1.2, ls=":", zorder=2)
    elif end > x:
        axes.plot([x, end], [y, y], color=colour, lw=5, alpha=0.35, solid_capstyle="butt", zorder=2)
    if mark.how in ("later", "earlier"):
        reach = 1.6 if mark.how == "later" else -1.6
        arrow = {"arrowstyle": "-|>", "color": colour, "lw": 1.1, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (x + reach, y), (x, y), arrowprops=arrow)
    filled = mark.how == "sure"
    axes.plot(
        [x],
        [y],
        marker=shape,
        ms=8,
        mew=1.4,
        color=colour,
        mfc=colour if filled else "white",
        zorder=3,
    )
    if mark.toll:
        ahead = 2.0 if mark.how == "later" else 0.6
        deadly = "killed" in mark.toll
        axes.text(
            end + ahead,
            y,
            mark.toll,
            va="center",
            size=8,
            color=INK if deadly else SOFT,
            weight="bold" if deadly else "normal",
        )


def _shift(day_: date, days: int) -> date:
    return day_ + timedelta(days=days)
