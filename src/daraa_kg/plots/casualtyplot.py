"""Casualties added up day by day, by side, beside the totals that the article itself gives."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from matplotlib.dates import date2num
from matplotlib.ticker import MaxNLocator

from ..eventtables import records
from ..readings import Reader
from . import NothingToDraw
from .page import FAINT, NEUTRAL, SOFT, date_axis, day, entitle, new_figure, plain
from .sides import side_marks

if TYPE_CHECKING:
    from datetime import date

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..graph import Graph

_OUTCOMES = ("killed", "wounded")
_CIVILIANS, _CIVILIAN = "Civilians", "#5a5a00"
_LINES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
Steps = dict[str, list[tuple["date", int]]]


def casualty_plot(graph: Graph) -> Figure:
    """Draw the killed and the wounded of the dated events inside the main one, added up by side.

    Raises:
        NothingToDraw: no figure of it has a number and a day.
    """
    rows = [row for row in records(graph, "figures") if row["unit"] == "persons"]
    _bound(graph, rows)
    steps = {outcome: _steps(rows, outcome) for outcome in _OUTCOMES}
    if not any(steps.values()):
        message = "no casualty figure of the graph has a number and a day, so there is none to draw"
        raise NothingToDraw(message)
    styles = {name: mark[0] for name, mark in side_marks(graph).items()}
    figure = new_figure(12, 6)
    days = [when for series in steps.values() for points in series.values() for when, _ in points]
    for outcome, left, width in zip(_OUTCOMES, (0.04, 0.63), (0.33, 0.22), strict=True):
        axes = figure.add_axes((left, 0.22, width, 0.58))
        _draw(axes, outcome, steps[outcome], _totals(rows, outcome), styles, (min(days), max(days)))
    title = graph.article.title if graph.article else graph.slug
    entitle(
        figure,
        f"{title}: killed and wounded in dated events, added up",
        "What the article's sentences give, day by day; beside it, the infobox's totals",
        _notes(rows),
    )
    return figure


def _bound(graph: Graph, rows: list[dict[str, Any]]) -> None:
    """Give a figure whose event has no day the last one that its order among others allows."""
    reader = Reader(graph)
    for row in rows:
        span = None if row["latest"] else reader.order_span(graph.iri(row["event"]))
        row["ordered"] = bool(span and span.last)
        if span and span.last:
            row["latest"] = span.last.day


def _whose(row: dict[str, Any]) -> str:
    if row["civilian"] and not row["side"]:
        return _CIVILIANS
    return row["side_label"] or f"{row['suffered_by'] or 'not said who'} (no side stated)"


def _number(row: dict[str, Any]) -> int | None:
    number = row["count"] if row["count"] is not None else row["at_least"]
    return None if number is None else int(number)


def _counts(row: dict[str, Any]) -> bool:
    """Say whether a figure is of an event inside the main one, and in no other figure."""
    return bool(row["during_main"]) and not row["included_in"] and not row["claimed_by"]


def _steps(rows: list[dict[str, Any]], outcome: str) -> Steps:
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        number = _number(row)
        if row["outcome"] == outcome and _counts(row) and number and row["latest"]:
            sums[_whose(row)][row["latest"]] += number
    steps: Steps = {}
    for whose, by_day in sums.items():
        total = 0
        steps[whose] = []
        for when in sorted(by_day):
            total += by_day[when]
            steps[whose].append((when, total))
    return dict(sorted(steps.items(), key=lambda item: -item[1][-1][1]))


def _totals(rows: list[dict[str, Any]], outcome: str) -> dict[str, int]:
    found = {}
    for row in rows:
        number = _number(row)
        if row["main"] and row["outcome"] == outcome and number is not None:
            found[_whose(row)] = number
    return found


def _notes(rows: list[dict[str, Any]]) -> list[str]:
    outcomes = (*_OUTCOMES, "killed or wounded")
    inside = [row for row in rows if _counts(row) and row["outcome"] in outcomes]
    undated = [row for row in inside if _number(row) and not row["latest"]]
    ordered = [row for row in inside if _number(row) and row["ordered"]]
    vague = [row for row in inside if not _number(row)]
    notes = [
        "A figure stands on the last day that its event allows. Where the article names no side, "
        "none is given."
    ]
    if ordered:
        figures = (
            f"{_number(row)} {row['outcome']} by {day(row['latest'])} ({row['event_label']})"
            for row in ordered
        )
        notes.append(f"Dated by the order of events alone: {'; '.join(figures)}.")
    if undated:
        figures = (f"{_number(row)} {row['outcome']} ({row['event_label']})" for row in undated)
        said = "; ".join(figures)
        notes.append(f"Not drawn, for they have no day: {said}.")
    if vague:
        said = "; ".join(f"“{row['wording']}” ({row['event_label']})" for row in vague)
        notes.append(f"Not drawn, for they have no number: {said}.")
    return notes


def _draw(
    axes: Axes,
    outcome: str,
    steps: Steps,
    totals: dict[str, int],
    styles: dict[str, str],
    days: tuple[date, date],
) -> None:
    first, last = days[0] - timedelta(days=2), days[1] + timedelta(days=2)
    top = max([points[-1][1] for points in steps.values()] + [1]) * 1.08
    names = _spread({whose: points[-1][1] for whose, points in steps.items()}, top)
    for number, (whose, points) in enumerate(steps.items()):
        colour = styles.get(whose, _CIVILIAN if whose == _CIVILIANS else NEUTRAL)
        xs: list[Any] = [first, *(when for when, _ in points), last]
        ys = [0, *(n for _, n in points), points[-1][1]]
        axes.step(xs, ys, where="post", color=colour, lw=2, ls=_LINES[number % len(_LINES)])
        total = f" (infobox: {totals[whose]})" if whose in totals else ""
        axes.annotate(
            f"{_folded(whose)}: {points[-1][1]}{total}",
            (1, names[whose] / top),
            (8, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            va="center",
            color=colour,
            size=8.5,
            weight="bold",
            annotation_clip=False,
        )
    if not steps:
        axes.text(
            0.5, 0.5, "no figure with a day", transform=axes.transAxes, ha="center", color=SOFT
        )
    axes.set_title(outcome, loc="left", size=11, weight="bold")
    axes.set_xlim(*(date2num(day) for day in (first, last)))  # type: ignore[no-untyped-call]
    axes.set_ylim(0, top)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    date_axis(axes, max((last - first).days // 4, 1))
    axes.grid(axis="y", color=FAINT, lw=0.5)
    axes.set_axisbelow(True)
    plain(axes)


def _folded(whose: str) -> str:
    return whose.replace(" (no side stated)", "\n(no side stated)")


def _spread(ends: dict[str, int], top: float) -> dict[str, float]:
    """Move the names beside lines that end close to each other apart, in their order."""
    gap = top * 0.085
    placed: dict[str, float] = {}
    below = -gap
    for whose, end in sorted(ends.items(), key=lambda item: item[1]):
        below = placed[whose] = max(float(end), below + gap)
    return placed
