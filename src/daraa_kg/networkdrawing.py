"""A network as a picture for print: sides by colour and shape, relations by line, labels apart.

Nodes stand where Kamada and Kawai (1989) put them, so that the distance on paper is the distance in
the network; the order of battle stands in layers. Lengths are in inches.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Any

import networkx as nx

from .extras import needed_for
from .network import edges_of, to_networkx
from .networkanalysis import simple, within
from .networkviews import DEFAULT_VIEW, VIEWS
from .plots import NothingToDraw, picture_format

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .graph import Graph
    from .network import Network

    Position = tuple[float, float]
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
_EDGE, _GAP, _WIDTH, _SIDE = 1.25, 1.1, 13.0, 1.2
_STEPS = 200
_PAIRS, _NAMED, _LETTERS, _LEGEND = 4, 75, 22, 9


@dataclass
class _Picture:
    """What is drawn: nodes with their places, and how many of what are left out."""

    network: Network
    places: dict[str, Position]
    notes: list[str]
    crowded: bool


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

        picture = _select(network)
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


# --- what is drawn, and where --------------------------------------------------------------------


def _select(network: Network) -> _Picture:
    shown, notes = network.copy(), []
    isolates = len(list(nx.isolates(simple(shown))))
    if isolates:
        notes.append(f"Not drawn: {isolates} {_nodes(network)} without a tie.")
    notes += _without_hub(shown)
    plain = simple(shown)
    groups = sorted(map(sorted, nx.connected_components(plain)), key=lambda g: (-len(g), g))
    tied = [group for group in groups if len(group) > 1]
    pairs = [group for group in tied if len(group) == 2]
    if len(pairs) > _PAIRS:
        tied = [group for group in tied if len(group) > 2] or pairs
        if tied is not pairs:
            notes.append(f"Not drawn: {len(pairs)} pairs with a tie to each other alone.")
    layered = network.graph["view"] == VIEWS[2]
    drawn = [
        _layers(shown.subgraph(group)) if layered else _springs(plain, group) for group in tied
    ]
    places = _pack(drawn)
    shown.remove_nodes_from([node for node in network if node not in places])
    return _Picture(shown, places, notes, crowded=len(places) > _NAMED)


def _nodes(network: Network) -> str:
    kinds = {values.get("class") for _, values in network.nodes(data=True)}
    if kinds <= {"Event", "PossibleEvent"}:
        return "events"
    if kinds <= {"Actor", "Side"}:
        return "actors"
    return "actors and events" if kinds <= {"Actor", "Side", "Event"} else "nodes"


def _without_hub(network: Network) -> list[str]:
    """Take out the ties of one relation by which one node holds more than half of the others."""
    held: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for edge, values in edges_of(network):
        if values["relation"] == "part of":
            held[edge[1], values["relation"]].append(edge)
    notes = []
    for (hub, relation), edges in sorted(held.items()):
        if len(edges) > len(network) / 2:
            network.remove_edges_from(edges)
            lonely = sum(not nx.degree(network, edge[0]) for edge in edges)
            label = network.nodes[hub].get("label", hub)
            notes.append(
                f"{len(edges)} are {relation} “{label}”; these ties are not drawn, and so neither "
                f"are {lonely} that have no other."
            )
    return notes


def _springs(plain: Network, group: list[str]) -> dict[str, Position]:
    """Lay out nodes that hang together, tied ones about an inch apart (Kamada and Kawai 1989)."""
    ordered: Network = nx.Graph()
    ordered.add_nodes_from(group)
    ordered.add_edges_from(
        sorted((min(edge), max(edge)) for edge in plain.subgraph(group).edges())
    )
    spread = nx.kamada_kawai_layout(ordered)
    lengths = [math.dist(spread[a], spread[b]) for a, b in ordered.edges()]
    unit = _EDGE * min(1 + len(group) / 60, 1.6) / (sum(lengths) / len(lengths))
    placed = {node: (float(x) * unit, float(y) * unit) for node, (x, y) in spread.items()}
    xs, ys = zip(*placed.values(), strict=True)
    if max(ys) - min(ys) > max(xs) - min(xs):  # a page is wider than it is high
        placed = {node: (y, -x) for node, (x, y) in placed.items()}
    return placed


def _layers(group: Network) -> dict[str, Position]:
    """Lay out a group with each body above those that belong to it."""
    below = nx.DiGraph(group)
    placed = {}
    for depth, layer in enumerate(nx.topological_generations(below)):
        row = sorted(layer)
        for place, node in enumerate(row):
            placed[node] = ((place - (len(row) - 1) / 2) * 1.9, -depth * _EDGE)
    return placed


def _pack(drawn: list[dict[str, Position]]) -> dict[str, Position]:
    """Put groups beside each other: the largest at the left, the others in columns as high."""
    placed: dict[str, Position] = {}
    left = top = width = 0.0
    height = 0.0
    for places in drawn:
        xs, ys = zip(*places.values(), strict=True)
        high, wide = max(ys) - min(ys), max(xs) - min(xs)
        if placed and (top + high > height or top == 0.0):
            left, top, width = left + width + _GAP * 1.6, 0.0, 0.0
        for node, (x, y) in places.items():
            placed[node] = (left + x - min(xs), y - max(ys) - top)
        top += high + _GAP
        width, height = max(width, wide), max(height, high)
    return placed


# --- how it looks --------------------------------------------------------------------------------


def _draw(graph: Graph, picture: _Picture) -> Figure:
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
    _draw_edges(axes, picture, styles)
    marks, drawn = _draw_nodes(axes, graph, picture)
    unnamed = _draw_labels(axes, picture, drawn, scale)
    if unnamed:
        notes.append(f"{unnamed} with the fewest ties are drawn without their names.")
    title = graph.article.title if graph.article else graph.slug
    values = picture.network.graph
    entitle(figure, f"{title}: {values['view']}{_dates(graph, picture.network)}",
            values["summary"], notes)
    _legend(figure, marks, styles, height)
    return figure


def _dates(graph: Graph, network: Network) -> str:
    """Say from when to when, for the title: the main event's days, or those of the edges."""
    from .plots.page import day

    first, last = within(graph)
    if first == date.min:
        days = [d for _, v in edges_of(network) for span in v.get("spells") or () for d in span if d]
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


def _draw_edges(axes: Axes, picture: _Picture, styles: dict[str, Look]) -> None:
    from matplotlib.patches import FancyArrowPatch

    drawn: Counter[tuple[str, ...]] = Counter()
    for (source, target, *_), values in edges_of(picture.network):
        if source == target:
            continue
        colour, style, _ = styles[values["relation"]]
        pair = tuple(sorted((source, target)))
        bend = (0.0, 0.22, -0.22, 0.4, -0.4)[min(drawn[pair], 4)]
        drawn[pair] += 1
        arrow = picture.network.is_directed() and not values.get("mutual")
        patch = FancyArrowPatch(
            picture.places[source],
            picture.places[target],
            arrowstyle="-|>" if arrow else "-",
            mutation_scale=9,
            connectionstyle=f"arc3,rad={bend if source < target else -bend}",
            shrinkA=5,
            shrinkB=6,
            color=colour,
            linestyle=style,
            lw=1.0 + 0.7 * min(values.get("weight", 1) - 1, 4),
            alpha=0.45 if picture.crowded else 0.85,
            zorder=1,
        )
        axes.add_patch(patch)


def _draw_nodes(
    axes: Axes, graph: Graph, picture: _Picture
) -> tuple[dict[str, tuple[str, str]], list[Any]]:
    """Draw the nodes; give colour and shape of what the legend has to name, and the marks."""
    from .plots.sides import mark_of, side_marks

    sides = side_marks(graph)
    degrees = dict(simple(picture.network).degree())
    legend: dict[str, tuple[str, str]] = {}
    drawn = []
    for node, (x, y) in picture.places.items():
        values = picture.network.nodes[node]
        if values.get("class") in _KINDS:
            name, colour, shape = _KINDS[values["class"]]
        else:
            side = values["label"] if values.get("class") == "Side" else values.get("side")
            name, colour, shape = mark_of(side, sides)
        legend[name] = (colour, shape)
        size = 30 + 12 * min(degrees[node], 20)
        drawn.append(
            axes.scatter([x], [y], s=size, c=colour, marker=shape, ec="white", lw=0.8, zorder=3)
        )
    return dict(sorted(legend.items())), drawn


def _draw_labels(axes: Axes, picture: _Picture, drawn: list[Any], scale: float) -> int:
    """Write the names of the foremost nodes, moved apart; give how many have none."""
    from adjustText import adjust_text
    from matplotlib.patheffects import withStroke

    from .plots.page import FAINT

    degrees = dict(simple(picture.network).degree())
    order = sorted(picture.places, key=lambda node: (-degrees[node], node))
    texts = []
    for node in order[:_NAMED]:
        x, y = picture.places[node]
        foremost = degrees[node] >= 5
        text = axes.text(
            x,
            y - (0.06 + 0.02 * math.sqrt(degrees[node])) / scale,
            fill(picture.network.nodes[node].get("label", node), _LETTERS),
            size=8.5 if foremost else 7.5,
            weight="bold" if foremost else "normal",
            ha="center",
            va="top",
            linespacing=0.95,
            zorder=5,
            path_effects=[withStroke(linewidth=2.2, foreground="white")],
        )
        texts.append(text)
    if picture.network.graph["view"] != VIEWS[2]:  # its layers leave room for the names
        adjust_text(
            texts,
            objects=drawn,
            ax=axes,
            expand=(1.06, 1.18),
            iter_lim=_STEPS,  # and no time, so that it is the same everywhere
            prevent_crossings=False,
            arrowprops={"arrowstyle": "-", "color": FAINT, "lw": 0.6},
        )
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
