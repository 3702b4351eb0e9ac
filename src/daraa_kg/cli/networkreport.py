"""Draw what was measured of a network: its size, a table of the foremost, groups, go-betweens."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text as Line

from ..diagnostics import counted, listing
from ..text.grid import printable
from .console import console, say, show
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..graph.built import Graph
    from ..networks.analysis import Mediation, NetworkReport, Standing
    from ..networks.slices import Slice

_SHOWN = 15
_MARKS = "■●▲◆✚▼"  # the shapes of the sides in pictures, in the order of their names
_NO_SIDE, _SEVERAL = "·", "⬢"
_WIDE = 100  # columns from which headings stand on one line
_TABLE = 64  # columns without which the table breaks its words
_GROUPS = 10
_MEMBERS = 12  # of a community; json has all


def print_report(graph: Graph, report: NetworkReport) -> None:
    """Print what an analyst asks first."""
    width = console().width
    _heading(graph, report.view, report.summary)
    show(_grid(_size(report)))
    if not report.standings:
        return
    say()
    marks = _marks(report.standings)
    show(_standings(report, marks, width))
    if legend := _legend(report, marks):
        show(legend)
    say()
    say(Line("communities (Louvain)", style="heading"))
    show(_grid(_communities(report)))
    if report.view == "actors":
        say()
        say(Line("who stands between the sides", style="heading"))
        show(_grid(_between(report)))
        _print_pairs(report)


def print_slices(graph: Graph, view: str, period: str, cut: Sequence[Slice]) -> None:
    """Print the slices over time, one a line."""
    _heading(graph, view, f"The ties that were at work in each {period}.")
    drawn = table(period, ("nodes", "right"), ("edges", "right"), "relations", "most ties")
    drawn.columns[0].no_wrap = True
    for one in cut:
        drawn.add_row(
            _stretch(one),
            str(one.nodes),
            str(one.edges),
            ", ".join(f"{name} {number}" for name, number in one.relations.items()) or "–",
            ", ".join(map(printable, one.foremost)),
        )
    show(drawn)


def _heading(graph: Graph, view: str, summary: str) -> None:
    title = graph.article.title if graph.article else graph.slug
    say(Line(f"{printable(title)}: {view}", style="heading"))
    show(Line(summary, style="aside"))
    say()


def _stretch(one: Slice) -> str:
    if one.first == one.last:
        return one.first
    return f"{one.first} – {one.last[5:] if one.first[:4] == one.last[:4] else one.last}"


def _grid(rows: Iterable[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="property", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, text in rows:
        grid.add_row(name, text)
    return grid


def _size(report: NetworkReport) -> Iterator[tuple[str, str]]:
    tied = report.nodes - report.alone
    yield "nodes", f"{report.nodes:,}; {tied:,} of them have a tie" if report.alone else str(tied)
    relations = ", ".join(f"{name} {number}" for name, number in report.relations.items())
    yield "edges", f"{report.edges:,}; {relations}" if relations else "none"
    if report.components:
        sizes = Counter(report.components)
        words = [f"{size}" if n == 1 else f"{size} ({n} times)" for size, n in sizes.items()]
        total = len(report.components)
        yield "components", f"{total}, of {listing(words, 'and')} nodes" if total > 1 else "1"
        yield "density", f"{report.density:.3f} among the nodes that have a tie"


def _marks(standings: Iterable[Standing]) -> dict[str, str]:
    names = sorted({name for one in standings for name in (one.side or "").split("; ") if name})
    return {name: _MARKS[number % len(_MARKS)] for number, name in enumerate(names)}


def _mark(one: Standing, marks: dict[str, str]) -> str:
    if one.type == "Side":
        return marks.get(one.label, _NO_SIDE)
    if one.type != "Actor":
        return ""
    return marks.get(one.side, _SEVERAL) if one.side else _NO_SIDE


def _standings(report: NetworkReport, marks: dict[str, str], width: int) -> Table | Line:
    shown = report.standings[:_SHOWN]
    if width < _TABLE:
        return Line("\n").join(Line(f"{one.degree:>3}  {printable(one.label)}") for one in shown)
    breaks = ("betweenness", "community") if width >= _WIDE else ("between-\nness", "com-\nmunity")
    rest = len(report.standings) - len(shown)
    drawn = table(
        f"the foremost {len(shown)} of {len(report.standings)}" if rest else "all that have a tie",
        *((name, "right") for name in ("degree", "strength", breaks[0], "PageRank", breaks[1])),
    )
    for one in shown:
        drawn.add_row(
            _named(one, marks),
            str(one.degree),
            f"{one.strength:g}",
            f"{one.betweenness:.3f}",
            f"{one.pagerank:.3f}",
            str(one.community),
        )
    return drawn


def _named(one: Standing, marks: dict[str, str]) -> Line | Table:
    if not marks:
        return Line(printable(one.label))
    cell = Table.grid(padding=(0, 1))
    cell.add_column(no_wrap=True, width=1)
    cell.add_column(overflow="fold")
    cell.add_row(_mark(one, marks), printable(one.label))
    return cell


def _legend(report: NetworkReport, marks: dict[str, str]) -> Line | None:
    if not marks:
        return None
    shown = {_mark(one, marks) for one in report.standings[:_SHOWN]}
    names = {**{mark: name for name, mark in marks.items()}, _SEVERAL: "several sides"}
    names[_NO_SIDE] = "no side stated"
    words = [f"{mark} {printable(name)}" for mark, name in names.items() if mark in shown]
    return Line("   ".join(words), style="aside")


def _communities(report: NetworkReport) -> Iterator[tuple[str, str]]:
    members: dict[int, list[str]] = {}
    for one in report.standings:  # those with the most ties come first
        members.setdefault(one.community, []).append(printable(one.label))
    for number, names in sorted(members.items())[:_GROUPS]:
        rest = len(names) - _MEMBERS
        more = f" and {rest} more" if rest > 0 else ""
        yield f"{number:>3}", ", ".join(names[:_MEMBERS]) + more
    if len(members) > _GROUPS:
        yield "", f"and {counted(len(members) - _GROUPS, 'smaller ones')} (json has all)"


def _between(report: NetworkReport) -> Iterator[tuple[str, str]]:
    """Say who talks to several sides, as stated; and who mediated, with what follows from it."""
    if not report.brokers:
        yield (
            "talks to several sides",
            "stated of nobody" + ("; who mediated stands below" if report.mediators else ""),
        )
    for broker in report.brokers:
        partners = "; ".join(f"{side}: {', '.join(who)}" for side, who in broker.sides.items())
        yield "talks to several sides", printable(f"{broker.label} ({partners})")
        yield "", _events(broker.events)
    mediations = {one.id: one for mediator in report.mediators for one in mediator.mediated}
    for one in mediations.values():
        who = [mediator.label for mediator in report.mediators if one in mediator.mediated]
        yield "mediated", f"{printable(listing(who, 'and'))}: {_events({one.id: one.label})}"
        yield "  between", _parties(one)
    for mediator in report.mediators:
        for part in mediator.others:
            what = f"{mediator.label} as {part.role}"
            what += f" toward {listing(part.toward, 'and')}" if part.toward else ""
            yield "otherwise stated", f"{printable(what)}: {_events({part.id: part.label})}"
    if not report.pairs:
        yield "fight and negotiate", "stated of no two"


def _parties(mediation: Mediation) -> str:
    if not mediation.parties:
        return "not stated"
    parties = printable(listing(list(mediation.parties.values()), "and"))
    if not mediation.inferred:
        return parties
    return f"{parties} (inferred: the parties of what followed, {_events(mediation.stated)})"


def _events(events: dict[str, str]) -> str:
    """Name events, each with its id, by which `why` gives its sentences."""
    return "; ".join(f"{printable(label)}, {event}" for event, label in events.items())


def _print_pairs(report: NetworkReport) -> None:
    for pair in report.pairs:
        say()
        heading = f"{pair.first} and {pair.second} both fight and negotiate"
        show(Line(printable(heading), style="heading"))
        rows = [("violence", pair.hostile), ("talked or agreed", pair.talks)]
        show(
            _grid(
                (what if not number else "", _events({event: label}))
                for what, events in rows
                for number, (event, label) in enumerate(events.items())
            )
        )
