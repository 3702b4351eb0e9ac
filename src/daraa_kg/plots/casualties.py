"""Casualties added up day by day, by side, beside the totals that the article itself gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from ..readings.ledger import CIVILIANS, NO_SIDE, PERSONS, NoCasualties
from . import NothingToDraw, Picture
from .page import (
    FAINT,
    NEUTRAL,
    SOFT,
    credit,
    date_axis,
    day,
    entitle,
    new_figure,
    on_axis,
    plain,
    room,
    span,
)
from .sides import side_marks

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..graph.built import Graph
    from ..readings.ledger import Amount, Balance, Entry

_OUTCOMES = ("killed", "wounded")
_UNSURE = "killedOrWounded"
_WIDTH, _HEIGHT, _TITLE, _AXIS = 12.0, 3.5, 0.35, 0.45  # inches
_CIVILIAN = "#5a5a00"
_LINES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
_KEY = (
    "A figure stands on the last day that its event allows. Where the article names no side, none "
    "is given."
)
Steps = dict[str, list[tuple[date, int]]]


@dataclass(frozen=True)
class _Fallen:
    """An entry of the ledger, with whose people it is of and the last day that it allows."""

    balance: Balance
    entry: Entry
    last: date | None
    ordered: bool  # whether that day is known from the order of events alone

    @property
    def drawn(self) -> bool:
        return (
            self.balance.outcome.label in _OUTCOMES
            and self.last is not None
            and self.entry.adds > 0
        )

    @property
    def where(self) -> str:
        """The event in brackets, or the person."""
        return (self.entry.event or self.entry.thing).label


def casualty_plot(graph: Graph) -> Picture:
    """Draw the killed and the wounded of the dated events inside the main one, added up by side.

    What is added is what the ledger adds, so nobody is counted twice.

    Raises:
        NothingToDraw: no figure of it has a number and a day.
    """
    balances, fallen = _read(graph)
    steps = {outcome: _steps(fallen, outcome) for outcome in _OUTCOMES}
    if not any(steps.values()):
        message = "no casualty figure of the graph has a number and a day, so there is none to draw"
        raise NothingToDraw(message)
    colours = {name: mark[0] for name, mark in side_marks(graph).items()}
    civilians = {_whose(balance) for balance in balances if balance.standing == CIVILIANS}
    everybody = dict.fromkeys(whose for series in steps.values() for whose in series)
    styles = {
        whose: (
            colours.get(whose, _CIVILIAN if whose in civilians else NEUTRAL),
            _LINES[position % len(_LINES)],
        )
        for position, whose in enumerate(everybody)
    }
    days = [when for series in steps.values() for points in series.values() for when, _ in points]
    subtitle = (
        f"What the article’s sentences give, {span(min(days), max(days))}; in brackets, the "
        "totals that it gives for the whole"
    )
    left_out = _left_out(fallen)
    notes = [_KEY, *_ordered(fallen), *left_out, credit(graph)]
    above, below = room(_WIDTH, subtitle, notes)
    figure = new_figure(_WIDTH, above + _TITLE + _HEIGHT + _AXIS + below)
    height = figure.get_figheight()
    for outcome, left, width in zip(_OUTCOMES, (0.04, 0.63), (0.33, 0.22), strict=True):
        totals = {_whose(b): b.total for b in balances if b.outcome.label == outcome and b.total}
        axes = figure.add_axes((left, (below + _AXIS) / height, width, _HEIGHT / height))
        _draw(axes, outcome, steps[outcome], totals, styles, (min(days), max(days)))
    title = graph.article.title if graph.article else graph.slug
    heading = f"{title}: killed and wounded in dated events, added up"
    entitle(figure, heading, subtitle, notes)
    return Picture(figure, {"figures": sum(one.drawn for one in fallen)}, tuple(left_out))


def _read(graph: Graph) -> tuple[list[Balance], list[_Fallen]]:
    """Give the balances of the people killed or wounded in the main event, and their entries."""
    try:
        ledger = graph.ledger()
    except NoCasualties:
        return [], []
    balances = [
        balance
        for balance in ledger.balances
        if balance.whole is not None
        and balance.unit.id.rpartition(":")[2] == PERSONS
        and balance.outcome.id.rpartition(":")[2] in (*_OUTCOMES, _UNSURE)
    ]
    fallen = []
    for balance in balances:
        for entry in balance.entries:
            when = entry.span
            last = when.over_by.day if when and when.over_by else None
            fallen.append(_Fallen(balance, entry, last, bool(when and when.when is None)))
    return balances, sorted(fallen, key=lambda one: one.last or date.max)


def _whose(balance: Balance) -> str:
    return f"{balance.who} (no side stated)" if balance.standing == NO_SIDE else balance.who


def _steps(fallen: list[_Fallen], outcome: str) -> Steps:
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for one in fallen:
        if one.drawn and one.last and one.balance.outcome.label == outcome:
            sums[_whose(one.balance)][one.last] += one.entry.adds
    steps: Steps = {}
    for whose, by_day in sums.items():
        total = 0
        steps[whose] = []
        for when in sorted(by_day):
            total += by_day[when]
            steps[whose].append((when, total))
    return dict(sorted(steps.items(), key=lambda item: -item[1][-1][1]))


def _ordered(fallen: list[_Fallen]) -> list[str]:
    said = "; ".join(
        f"{one.entry.adds} {one.balance.what} by {day(one.last)} ({one.where})"
        for one in fallen
        if one.drawn and one.ordered and one.last
    )
    return (
        [f"Dated only by the order of events, or by what is part of what: {said}."] if said else []
    )


def _left_out(fallen: list[_Fallen]) -> list[str]:
    undated = "; ".join(
        f"{one.entry.adds} {one.balance.what} ({one.where})"
        for one in fallen
        if one.entry.adds and not one.drawn
    )
    vague = "; ".join(
        f"“{one.entry.wording}” ({one.where})"
        for one in fallen
        if not one.entry.numbered and one.entry.restates is None
    )
    left_out = [f"Not drawn, for they have no day: {undated}."] if undated else []
    return [*left_out, f"Not drawn, for they have no number: {vague}."] if vague else left_out


def _draw(
    axes: Axes,
    outcome: str,
    steps: Steps,
    totals: dict[str, Amount],
    styles: dict[str, tuple[str, Any]],
    days: tuple[date, date],
) -> None:
    first, last = days[0] - timedelta(days=2), days[1] + timedelta(days=2)
    top = max([points[-1][1] for points in steps.values()] + [1]) * 1.08
    names = _spread({whose: points[-1][1] for whose, points in steps.items()}, top)
    for whose, points in steps.items():
        colour, line = styles[whose]
        xs: list[Any] = [points[0][0], *(when for when, _ in points), last]
        ys = [0, *(n for _, n in points), points[-1][1]]
        axes.step(xs, ys, where="post", color=colour, lw=2, ls=line)
        total = f" (total given: {totals[whose]})" if whose in totals else ""
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
    axes.set_xlim(on_axis(first), on_axis(last))
    axes.set_ylim(0, top)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    date_axis(axes, *days, 5)
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
