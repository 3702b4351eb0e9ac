"""A network as a picture for print: sides by colour and shape, relations by line, labels apart.

Lengths are in inches.
"""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Any

from .extras import needed_for
from .network import edges_of, to_networkx
from .networkanalysis import simple
from .networkselection import Picture, select
from .networkslices import within
from .networkviews import DEFAULT_VIEW
from .plots import NothingToDraw, picture_format

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .graph import Graph
    from .networkselection import Network, Position

    Look = tuple[str, Any, bool]

__all__ = ["draw_network", "save_network"]

_RED, _GREEN = "#b3261e", "#1a7f37"
# Colour and line of the relations that a reader looks for; the others take theirs from the cycle.
_LINES: dict[str, tuple[str, Any]] = {
    "fought": (_RED, "-"),
    "attacked": (_RED, (0, (5, 2))),
    "agreed": (_GREEN, "-"),
    "talked": (_GREEN, (0, (5, 2))),
    "member of": ("#6e7781", (0, (1.5, 1.5))),
    "has unit": ("#6e7781", "-"),
    "took part": ("#8c959f", "-"),
    "part of": ("#8c959f", (0, (1.5, 1.5))),
    "before": ("#8c959f", "-"),
    "in response to": (_RED, "-"),
    "violates": (_RED, (0, (5, 2))),
    "within": ("#8c959f", "-"),
}
_COLOURS = ("#8250df", "#1a7f37", "#9a6700", "#0969da", "#bf3989")
_STYLES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (6, 2, 1.5, 2)))
_KINDS = {
    "Event": ("event", "#e69f00", "D"),
    "PossibleEvent": ("event only spoken of", "#f5d9a0", "D"),
    "Place": ("place", "#009e73", "^"),
    "Figure": ("figure", "#bdbdbd", "v"),
}
_WIDTH, _SIDE = 15.0, 1.2
_NAMED, _FOREMOST, _LETTERS, _LEGEND = 90, 5, 22, 9


def draw_network(graph: Graph, view: str = DEFAULT_VIEW) -> Figure:
    """Draw one view of a graph.

    Nodes without a tie are left out and counted in a note; so are ties that hang nearly everything
    on one node, such as that of each event to the offensive that it is part of.

    Args:
        graph: the graph.
        view: the view; see `network.to_networkx`.

    Raises:
        UnknownView: there is no such view.
        EmptyNetwork: the graph has nothing that the view shows.
        NothingToDraw: no two nodes of it are tied.
        NotInstalled: matplotlib is not installed.
    """
    network = to_networkx(graph, view)
    if not simple(network).number_of_edges():
        message = f"no two things in the view {view} are tied, so there is no network to draw"
        raise NothingToDraw(message)
    with needed_for("the picture of a network"):
        from .plots.page import our_style

        picture = select(network)
    with our_style():
        return _draw(graph, picture)


def save_network(graph: Graph, view: str, path: Path) -> Path:
    """Draw one view into a file, whole or not at all; the same bytes each time.

    Args:
        graph: the graph.
        view: the view; see `network.to_networkx`.
        path: the file; its extension (``.svg``, ``.png``, ``.pdf``) says the format.

    Raises:
        UnknownPictureFormat: the extension is none of the three.
        OSError: the file cannot be written.
    """
    picture_format(path)
    figure = draw_network(graph, view)
    from .plots.page import write_figure

    return write_figure(figure, path)


def _draw(graph: Graph, picture: Picture) -> Figure:
    from .plots.page import entitle, new_figure

    xs, ys = zip(*picture.places.values(), strict=True)
    scale = min(1.0, (_WIDTH - 2 * _SIDE) / (max(xs) - min(xs) or 1.0))
    left, right = min(xs) - _SIDE / scale, max(xs) + _SIDE / scale
    low, high = min(ys) - _SIDE / 2 / scale, max(ys) + _SIDE / 3 / scale
    width = max((right - left) * scale, 9.5)
    notes = [line for note in picture.notes for line in wrap(note, int(width * 15))]
    below, above = 0.3 + 0.17 * len(notes), 1.3
    height = (high - low) * scale + below + above
    figure = new_figure(width, height)
    axes = figure.add_axes((0, below / height, 1, (height - below - above) / height))
    axes.set_axis_off()
    spare = (width / scale - (right - left)) / 2
    axes.set_xlim(left - spare, right + spare)
    axes.set_ylim(low, high)
    styles = _lines(picture.network)
    lines = _draw_edges(axes, picture, styles)
    marks = _draw_nodes(axes, graph, picture)
    unnamed = _draw_labels(axes, picture, lines)
    if unnamed:
        notes.append(f"{unnamed} with the fewest ties are drawn without their names.")
    title = graph.article.title if graph.article else graph.slug
    values = picture.network.graph
    entitle(
        figure,
        f"{title}: {values['view']}{_dates(graph, picture.network)}",
        values["summary"],
        notes,
    )
    _legend(figure, marks, styles, height)
    return figure


def _dates(graph: Graph, network: Network) -> str:
    """Say from when to when, for the title: the main event's days, or those of the edges."""
    from .plots.page import day

    first, last = within(graph)
    if first == date.min:
        days = [
            d for _, v in edges_of(network) for span in v.get("spells") or () for d in span if d
        ]
        if not days:
            return ""
        first, last = (date.fromisoformat(d) for d in (min(days), max(days)))
    begin = day(first) if first.year == last.year else f"{day(first)} {first.year}"
    return f", {begin} to {day(last)} {last.year}" if first != last else f", {begin} {last.year}"


def _lines(network: Network) -> dict[str, Look]:
    """Give colour, line and whether it has an arrow for each relation, the commonest first."""
    count: Counter[str] = Counter()
    mutual: dict[str, bool] = {}
    for _, values in edges_of(network):
        relation = values["relation"]
        count[relation] += 1
        both = bool(values.get("mutual")) or not network.is_directed()
        mutual[relation] = mutual.get(relation, True) and both
    looks: dict[str, Look] = {}
    fresh = 0
    for relation, _ in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        look = _LINES.get(relation)
        if look is None:
            colour = _COLOURS[fresh % len(_COLOURS)]
            look = (colour, _STYLES[fresh // len(_COLOURS) % len(_STYLES)])
            fresh += 1
        looks[relation] = (*look, not mutual[relation])
    return looks


def _draw_edges(axes: Axes, picture: Picture, styles: dict[str, Look]) -> list[Any]:
    """Draw the edges; give their ends and bends."""
    from matplotlib.patches import FancyArrowPatch

    drawn: Counter[tuple[str, ...]] = Counter()
    lines = []
    for (source, target, *_), values in edges_of(picture.network):
        if source == target:
            continue
        colour, style, _ = styles[values["relation"]]
        pair = tuple(sorted((source, target)))
        bend = (0.0, 0.22, -0.22, 0.4, -0.4)[min(drawn[pair], 4)]
        drawn[pair] += 1
        bend = bend if source < target else -bend
        lines.append((source, target, bend))
        arrow = picture.network.is_directed() and not values.get("mutual")
        patch = FancyArrowPatch(
            picture.places[source],
            picture.places[target],
            arrowstyle="-|>" if arrow else "-",
            mutation_scale=9,
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=5,
            shrinkB=6,
            color=colour,
            linestyle=style,
            lw=1.0 + 0.7 * min(values.get("weight", 1) - 1, 4),
            alpha=0.45 if picture.crowded else 0.85,
            zorder=1,
        )
        axes.add_patch(patch)
    return lines


def _draw_nodes(axes: Axes, graph: Graph, picture: Picture) -> dict[str, tuple[str, str]]:
    """Draw the nodes; give colour and shape of what the legend has to name."""
    from .plots.sides import mark_of, side_marks

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
        axes.plot([x], [y], marker=shape, ms=size, c=colour, mec="white", mew=0.8, zorder=3)
    return dict(sorted(legend.items()))


def _mark_size(degree: int) -> float:
    """Give the width of a mark in points, whose area grows with the number of ties."""
    return math.sqrt(34 + 12 * min(degree, 20))


def _draw_labels(axes: Axes, picture: Picture, lines: list[Any]) -> int:
    """Write the names of the foremost nodes, clear of each other; give how many have none."""
    from matplotlib.patheffects import withStroke

    from .plots.labelplaces import Mark, place_labels
    from .plots.page import SOFT

    degrees = dict(simple(picture.network).degree())
    order = sorted(picture.places, key=lambda node: (-degrees[node], node))
    pixels = axes.figure.figure.dpi / 72
    on_page: dict[str, Position] = {
        node: tuple(axes.transData.transform(xy).tolist()) for node, xy in picture.places.items()
    }
    marks = {
        node: Mark(x, y, _mark_size(degrees[node]) / 2 * pixels) for node, (x, y) in on_page.items()
    }
    texts = []
    for node in order[:_NAMED]:
        foremost = degrees[node] >= _FOREMOST
        label = str(picture.network.nodes[node].get("label", node))
        text = axes.text(
            *picture.places[node],
            fill(label, _LETTERS, break_on_hyphens=False),
            size=8.5 if foremost else 7.5,
            weight="bold" if foremost else "normal",
            ha="left",
            va="center",
            linespacing=1.0,
            zorder=5,
            path_effects=[withStroke(linewidth=2.2, foreground="white")],
        )
        texts.append((text, marks[node]))
    drawn = [(on_page[source], on_page[target], bend) for source, target, bend in lines]
    for ends in place_labels(axes, texts, list(marks.values()), drawn):
        axes.plot(*zip(*ends, strict=True), color=SOFT, lw=0.6, ls=(0, (1, 2)), zorder=2)
    return max(len(order) - _NAMED, 0)


def _legend(
    figure: Figure,
    marks: dict[str, tuple[str, str]],
    styles: dict[str, Look],
    height: float,
) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], ls="", marker=shape, color=colour, ms=7, label=name)
        for name, (colour, shape) in marks.items()
    ]
    for relation, (colour, style, arrow) in list(styles.items())[:_LEGEND]:
        label = f"{relation} →" if arrow else relation
        handles.append(Line2D([], [], color=colour, ls=style, lw=1.6, label=label))
    if len(styles) > _LEGEND:
        rest = f"and {len(styles) - _LEGEND} other relations"
        handles.append(Line2D([], [], ls="", label=rest))
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0.008, 1 - 0.78 / height),
        ncols=math.ceil(len(handles) / (1 if len(handles) < 9 else 2)),
        frameon=False,
        fontsize=8.5,
        handletextpad=0.5,
        columnspacing=1.4,
    )
