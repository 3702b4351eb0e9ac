"""A network as a picture for print: sides by colour and shape, relations by line, labels apart.

Lengths are in inches.
"""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING, Any

from ..exports.record import FileRecord
from ..networks.analysis import simple
from ..networks.projection import edges_of, to_networkx
from ..networks.slices import within
from ..networks.views import DEFAULT_VIEW
from . import NothingToDraw, matplotlib_needed, picture_format
from .selection import Picture, select

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..graph.built import Graph
    from .selection import Network, Position

    Look = tuple[str, Any, bool]

__all__ = ["draw_network", "save_network"]

# Ties with a negative sign are red, those with a positive one green; the line tells which.
_RED, _GREEN, _GREY = "#b3261e", "#009e73", "#8c959f"
_DASHES, _DOTS, _DASHDOT = (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2))
_DASHDOTS = (0, (7, 2, 1, 2, 1, 2, 1, 2))
# What was done to people and things, apart from blows: taken, or shut in.
_TAKEN, _SHUT, _WORDS, _DEED = "#c2185b", "#4a0d10", "#e8807a", "#7a1f5c"
# Colour and line of the relations that a reader looks for; the others take theirs from the cycle.
_LINES: dict[str, tuple[str, Any]] = {
    "fought": (_RED, "-"),
    "attacked": (_RED, _DASHES),
    "besieged": (_SHUT, _DOTS),
    "captured": (_TAKEN, _DASHDOT),
    "seized from": (_TAKEN, "-"),
    "threatened": (_WORDS, _DASHDOTS),
    "demanded of": (_WORDS, _DASHES),
    "refused": (_WORDS, _DOTS),
    "accused": (_WORDS, "-"),
    "agreed": (_GREEN, "-"),
    "talked": (_GREEN, _DASHES),
    "member of": ("#6e7781", _DOTS),
    "has unit": ("#6e7781", "-"),
    "took part": (_GREY, "-"),
    "part of": (_GREY, _DOTS),
    "before": (_GREY, "-"),
    "in response to": (_RED, "-"),
    "violates": (_RED, _DASHES),
    "within": ("#57a773", "-"),
    "perpetrator": (_DEED, "-"),
    "target": (_DEED, _DASHES),
}
_COLOURS = ("#8250df", "#0969da", "#9a6700", "#1a7f37", "#bf3989")
_STYLES: tuple[Any, ...] = ("-", _DASHES, _DASHDOT)
_OTHER = "another relation"
_KINDS = {
    "Event": ("event", "#e69f00", "D"),
    "PossibleEvent": ("event only spoken of", "#f5d9a0", "D"),
    "Place": ("place", "#009e73", "^"),
    "Figure": ("figure", "#bdbdbd", "v"),
}
_LEFT, _RIGHT, _ABOVE, _BELOW = 1.2, 1.6, 0.4, 0.6
_FOREMOST, _LETTERS, _LEGEND = 5, 22, 9


def draw_network(graph: Graph, view: str = DEFAULT_VIEW) -> Figure:
    """Draw one view of a graph.

    Nodes without a tie are left out and counted in a note; so are ties that hang nearly everything
    on one node, such as that of each event to the offensive that it is part of. Of a network that
    is too large to be read, those with the most ties are drawn.

    Args:
        graph: the graph.
        view: the view; see `networks.projection.to_networkx`.

    Raises:
        UnknownView: there is no such view.
        EmptyNetwork: the graph has nothing that the view shows.
        NothingToDraw: no two nodes of it are tied.
        NotInstalled: matplotlib is not installed.
    """
    picture = _select(graph, view)
    from .page import our_style

    with our_style():
        return _draw(graph, picture)


def save_network(graph: Graph, view: str, path: Path) -> FileRecord:
    """Draw one view into a file, whole or not at all; the same bytes each time.

    Args:
        graph: the graph.
        view: the view; see `networks.projection.to_networkx`.
        path: the file; its extension (``.svg``, ``.png``, ``.pdf``) says the format.

    Raises:
        UnknownPictureFormat: the extension is none of the three.
        OSError: the file cannot be written.
    """
    extension = picture_format(path)
    picture = _select(graph, view)
    from .page import our_style, write_figure

    with our_style():
        figure = _draw(graph, picture)
    size = write_figure(figure, path)
    counts = {
        "nodes": picture.network.number_of_nodes(),
        "edges": picture.network.number_of_edges(),
    }
    return FileRecord(path, extension, size, counts, tuple(picture.notes), {"view": view})


def _select(graph: Graph, view: str) -> Picture:
    network = to_networkx(graph, view)
    if not simple(network).number_of_edges():
        message = f"no two things in the view {view} are tied, so there is no network to draw"
        raise NothingToDraw(message)
    with matplotlib_needed("the picture of a network"):
        return select(network)


def _draw(graph: Graph, picture: Picture) -> Figure:
    from .page import credit, entitle, new_figure, room

    xs, ys = zip(*picture.places.values(), strict=True)
    left, right = min(xs) - _LEFT, max(xs) + _RIGHT
    low, high = min(ys) - _BELOW, max(ys) + _ABOVE
    width = max(right - left, 9.5)
    values = picture.network.graph
    notes = [*picture.notes, credit(graph)]
    above, below = room(width, values["summary"], notes)
    above += 0.6
    height = high - low + below + above
    figure = new_figure(width, height)
    axes = figure.add_axes((0, below / height, 1, (height - below - above) / height))
    axes.set_axis_off()
    spare = (width - (right - left)) / 2
    axes.set_xlim(left - spare, right + spare)
    axes.set_ylim(low, high)
    styles = _lines(picture.network)
    lines = _draw_edges(axes, picture, styles)
    marks = _draw_nodes(axes, graph, picture)
    _draw_labels(axes, picture, lines)
    title = graph.article.title if graph.article else graph.slug
    dates = _dates(graph, picture.network)
    entitle(figure, f"{title}: {values['view']}{dates}", values["summary"], notes)
    _legend(figure, marks, styles, above - 0.6)
    return figure


def _dates(graph: Graph, network: Network) -> str:
    """Say from when to when, for the title: the main event's days, unless older things are drawn.

    A picture with things of years ago says the years alone; one without any day says nothing.
    """
    from .page import span

    spells = [(v.get("start"), v.get("end")) for _, v in network.nodes(data=True)]
    spells += [spell for _, values in edges_of(network) for spell in values.get("spells", ())]
    days = [date.fromisoformat(day) for spell in spells for day in spell if day]
    if not days:
        return ""
    first, last = within(graph)
    if first <= min(days) and max(days) <= last and first != date.min:
        return f", {span(first, last)}"
    first, last = min(days), max(days)
    return f", {span(first, last) if first.year == last.year else f'{first.year} to {last.year}'}"


def _lines(network: Network) -> dict[str, Look]:
    """Give colour, line and whether it has an arrow for each relation, the commonest first.

    Where there are more relations than a legend can hold, the rare ones share one line.
    """
    count: Counter[str] = Counter()
    mutual: dict[str, bool] = {}
    for _, values in edges_of(network):
        relation = values["relation"]
        count[relation] += 1
        both = bool(values.get("mutual")) or not network.is_directed()
        mutual[relation] = mutual.get(relation, True) and both
    looks: dict[str, Look] = {}
    fresh = 0
    order = sorted(count, key=lambda relation: (-count[relation], relation))
    for relation in order if len(order) <= _LEGEND else order[: _LEGEND - 1]:
        look = _LINES.get(relation)
        if look is None:
            colour = _COLOURS[fresh % len(_COLOURS)]
            look = (colour, _STYLES[fresh // len(_COLOURS) % len(_STYLES)])
            fresh += 1
        looks[relation] = (*look, not mutual[relation])
    if len(looks) < len(order):
        looks[_OTHER] = ("#d4a373", "-", network.is_directed())
    return looks


def _draw_edges(axes: Axes, picture: Picture, styles: dict[str, Look]) -> list[Any]:
    """Draw the edges; give their ends and bends."""
    from matplotlib.patches import FancyArrowPatch

    drawn: Counter[tuple[str, ...]] = Counter()
    degrees = dict(simple(picture.network).degree())
    lines = []
    for (source, target, *_), values in edges_of(picture.network):
        if source == target:
            continue
        colour, style, _ = styles.get(values["relation"]) or styles[_OTHER]
        pair = tuple(sorted((source, target)))
        bend = (0.0, 0.22, -0.22, 0.4, -0.4)[min(drawn[pair], 4)]
        drawn[pair] += 1
        bend = bend if source < target else -bend
        bend = bend or _around(picture.places, source, target)
        lines.append((source, target, bend))
        arrow = picture.network.is_directed() and not values.get("mutual")
        patch = FancyArrowPatch(
            picture.places[source],
            picture.places[target],
            arrowstyle="-|>" if arrow else "-",
            mutation_scale=9,
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=_mark_size(degrees[source]) / 2 + 1,
            shrinkB=_mark_size(degrees[target]) / 2 + 1,
            color=colour,
            linestyle=style,
            lw=1.0 + 0.7 * min(values.get("weight", 1) - 1, 4),
            alpha=0.85,
            zorder=1,
        )
        axes.add_patch(patch)
    return lines


def _around(places: dict[str, Position], source: str, target: str) -> float:
    """Bend a line to the left where a node of the same column stands between its ends."""
    (x, start), (other, end) = places[source], places[target]
    low, high = sorted((start, end))
    if x == other and any(low < b < high for a, b in places.values() if a == x):
        return 0.35 if start > end else -0.35
    return 0.0


def _draw_nodes(axes: Axes, graph: Graph, picture: Picture) -> dict[str, tuple[str, str]]:
    """Draw the nodes; give colour and shape of what the legend has to name."""
    from .page import inside
    from .sides import mark_of, side_marks

    sides = side_marks(graph)
    degrees = dict(simple(picture.network).degree())
    legend: dict[str, tuple[str, str]] = {}
    for node, (x, y) in picture.places.items():
        values = picture.network.nodes[node]
        if values.get("class") in _KINDS:
            name, colour, shape = _KINDS[values["class"]]
        else:
            side = values["label"] if values.get("class") == "Side" else values.get("side")
            name, colour, shape = mark_of(side, sides)
        legend[name] = (colour, shape)
        size = _mark_size(degrees[node])
        fill = inside(colour)
        edge = ("white", 0.8) if fill == colour else (colour, 1.4)
        axes.plot([x], [y], marker=shape, ms=size, c=fill, mec=edge[0], mew=edge[1], zorder=3)
    return dict(sorted(legend.items()))


def _mark_size(degree: int) -> float:
    """Give the width of a mark in points, whose area grows with the number of ties."""
    return math.sqrt(34 + 12 * min(degree, 20))


def _draw_labels(axes: Axes, picture: Picture, lines: list[Any]) -> None:
    """Write the names of the nodes, clear of each other, those with the most ties first."""
    from matplotlib.patheffects import withStroke

    from .labelplaces import Mark, place_labels
    from .page import SOFT

    degrees = dict(simple(picture.network).degree())
    pixels = axes.figure.figure.dpi / 72
    on_page: dict[str, Position] = {
        node: tuple(axes.transData.transform(xy).tolist()) for node, xy in picture.places.items()
    }
    marks = {
        node: Mark(x, y, _mark_size(degrees[node]) / 2 * pixels) for node, (x, y) in on_page.items()
    }
    texts = []
    for node in sorted(picture.places, key=lambda node: (-degrees[node], node)):
        foremost = degrees[node] >= _FOREMOST
        label = str(picture.network.nodes[node].get("label", node))
        text = axes.text(
            *picture.places[node],
            fill(label, _LETTERS, break_on_hyphens=False),
            size=8.5 if foremost else 7.5,
            weight="bold" if foremost else "normal",
            ha="left",
            va="center",
            linespacing=1.1,
            zorder=5,
            path_effects=[withStroke(linewidth=2.2, foreground="white")],
        )
        texts.append((text, marks[node]))
    drawn = [(on_page[source], on_page[target], bend) for source, target, bend in lines]
    for ends in place_labels(axes, texts, list(marks.values()), drawn):
        axes.plot(*zip(*ends, strict=True), color=SOFT, lw=0.6, ls=(0, (1, 2)), zorder=2)


def _legend(
    figure: Figure, marks: dict[str, tuple[str, str]], styles: dict[str, Look], top: float
) -> None:
    """Name marks and lines, in rows as wide as the figure, so many inches below its top."""
    from matplotlib.lines import Line2D

    from .page import inside

    handles = [
        Line2D([], [], ls="", marker=shape, color=colour, mfc=inside(colour), ms=7, label=name)
        for name, (colour, shape) in marks.items()
    ]
    for relation, (colour, style, arrow) in styles.items():
        label = relation + (" →" if arrow else "")
        handles.append(Line2D([], [], color=colour, ls=style, lw=1.6, label=label))
    letters = sum(len(str(handle.get_label())) + 7 for handle in handles)
    rows = math.ceil(letters / (figure.get_figwidth() * 13))
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.008, 1 - top / figure.get_figheight()),
        ncols=math.ceil(len(handles) / rows),
        frameon=False,
        fontsize=8.5,
        handletextpad=0.5,
        handlelength=3.4,
        columnspacing=1.4,
    )
