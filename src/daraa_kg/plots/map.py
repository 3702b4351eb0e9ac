"""A map of where it happened: places with their accuracy, roads as lines, the towns named."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Ellipse
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ..exports.eventtables import records
from ..queries.results import SEPARATOR
from . import NothingToDraw, Picture
from .labelplaces import Mark, place_labels
from .page import FAINT, INK, SOFT, credit, entitle, new_figure, room

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from ..graph.built import Graph

_AREA = 10_000.0  # metres: a place known no better than this is no point on the map
_DEGREE = 111_195.0  # metres of a degree of latitude (IUGG mean radius)
_PAIR = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
_WIDEST, _HIGHEST, _LEAST = 9.0, 7.6, 7.4  # inches: of the map at most, of the page at least
_FRAME = 0.62  # inches at the left and below the map for its degrees
_DOT, _TOWN_DOT = 28.0, 14.0  # square points: of one event, of a town that ends a road
_EVENTS, _ROAD, _TOWN = "#b35900", "#8250df", "#57606a"


@dataclass
class _Sites:
    """Where events are: points and lines with their number, and what has neither."""

    points: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    lines: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    ends: dict[str, list[str]] = field(default_factory=dict)
    towns: dict[str, tuple[float, float]] = field(default_factory=dict)
    count: Counter[str] = field(default_factory=Counter)
    wide: Counter[str] = field(default_factory=Counter)
    nowhere: int = 0


def map_plot(graph: Graph) -> Picture:
    """Draw the places of the events inside the article's main event.

    Raises:
        NothingToDraw: none of these events has a place with a point or a line.
    """
    sites = _sites(graph)
    if not sites.points and not sites.lines:
        message = (
            "no event inside the main one has a place with coordinates, so there is no map to draw"
        )
        raise NothingToDraw(message)
    west, east, south, north = _extent(sites)
    narrow = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * narrow, north - south
    inches = min(_WIDEST / wide, _HIGHEST / high)  # of a degree of latitude
    width = max(wide * inches + _FRAME + 0.3, _LEAST)
    subtitle = (
        "Dots: places of events, as large as their number, which stands in brackets. Pale rings "
        "hold the place as exactly as it is known. Lines: roads, whose course is not stated; "
        "hollow dots: the towns that they join"
    )
    left_out = _left_out(sites)
    notes = [*left_out, _registers(graph), credit(graph)]
    above, below = room(width, subtitle, notes)
    height = above + high * inches + _FRAME + below
    figure = new_figure(width, height)
    axes = figure.add_axes(
        (
            (width - wide * inches + _FRAME - 0.3) / 2 / width,
            (below + _FRAME) / height,
            wide * inches / width,
            high * inches / height,
        )
    )
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    _draw(axes, sites, narrow)
    title = graph.article.title if graph.article else graph.slug
    entitle(figure, f"{title}: where it happened", subtitle, notes)
    counts = {"places": len(sites.points), "roads": len(sites.lines)}
    return Picture(figure, counts, tuple(left_out))


def _extent(sites: _Sites) -> tuple[float, float, float, float]:
    """Give west, east, south and north of the map in degrees, with a margin."""
    ends = [end for line in sites.lines.values() for end in line]
    xs, ys = zip(*((x, y) for x, y, *_ in [*sites.points.values(), *ends]), strict=True)
    narrow = math.cos(math.radians((min(ys) + max(ys)) / 2))
    margin = max((max(xs) - min(xs)) * narrow, max(ys) - min(ys), 0.02) * 0.12
    return (
        min(xs) - margin / narrow,
        max(xs) + margin / narrow,
        min(ys) - margin,
        max(ys) + margin,
    )


def _sites(graph: Graph) -> _Sites:
    places = {row["place"]: row for row in records(graph, "places")}
    near = {r["place_label"]: r for r in places.values() if r["latitude"] is not None}
    sites = _Sites()
    for event in records(graph, "events"):
        if not event["during_main"]:
            continue
        ids = (event["place_ids"] or "").split(SEPARATOR)
        found = [places[name] for name in ids if name in places]
        sites.nowhere += not found
        for place in found:
            _put(sites, place, near)
    return sites


def _put(sites: _Sites, place: dict[str, Any], near: dict[str, dict[str, Any]]) -> None:
    label = place["place_label"] or place["place"]
    if place["lines"]:
        ends = [(float(x), float(y)) for x, y in _PAIR.findall(place["lines"])]
        sites.lines[label] = ends
        sites.count[label] += 1
        sites.ends[label] = [name for name in (place["between"] or "").split(SEPARATOR) if name]
        for name in sites.ends[label]:
            if name in near:
                sites.towns[name] = (near[name]["longitude"], near[name]["latitude"])
    elif place["latitude"] is not None and (place["accuracy"] or 0) < _AREA:
        sites.points[label] = (place["longitude"], place["latitude"], place["accuracy"] or 0.0)
        sites.count[label] += 1
    else:
        sites.wide[label] += 1


def _left_out(sites: _Sites) -> list[str]:
    left_out = []
    if sites.wide:
        said = "; ".join(f"{name} {number}" for name, number in sorted(sites.wide.items()))
        left_out.append(
            f"Events at areas or places without a point of their own, not drawn: {said}."
        )
    if sites.nowhere:
        events = "1 event has" if sites.nowhere == 1 else f"{sites.nowhere} events have"
        left_out.append(f"{events} no place in the article.")
    return left_out


def _registers(graph: Graph) -> str:
    names = {
        name for row in records(graph, "places") for name in (row["sources"] or "").split(SEPARATOR)
    }
    said = ", ".join(sorted(filter(None, names)))
    return f"Coordinates: {said} (daraa-kg query sources has their licences)."


def _draw(axes: Axes, sites: _Sites, narrow: float) -> None:
    pixels = axes.figure.figure.dpi / 72
    labels: list[tuple[Text, Mark]] = []
    lines: list[tuple[tuple[float, float], tuple[float, float], float]] = []
    for name, (x, y, metres) in sites.points.items():
        degrees = 2 * metres / _DEGREE
        ring = Ellipse((x, y), degrees / narrow, degrees, color=_EVENTS, alpha=0.13, lw=0, zorder=1)
        axes.add_patch(ring)
        size = _DOT * sites.count[name]
        axes.scatter([x], [y], s=size, color=_EVENTS, edgecolor="white", lw=0.8, zorder=4)
        mark = _mark(axes, x, y, math.sqrt(size) / 2 * pixels)
        labels.append((_label(axes, x, y, f"{name} ({sites.count[name]})", _EVENTS), mark))
    for name, (x, y) in sites.towns.items():
        if name not in sites.points:
            axes.scatter([x], [y], s=_TOWN_DOT, facecolor="white", edgecolor=_TOWN, lw=1, zorder=3)
            mark = _mark(axes, x, y, math.sqrt(_TOWN_DOT) / 2 * pixels)
            labels.append((_label(axes, x, y, name, _TOWN), mark))
    marks = [mark for _, mark in labels]
    for name, line in sites.lines.items():
        axes.plot([x for x, _ in line], [y for _, y in line], color=_ROAD, lw=2, zorder=2)
        x = sum(x for x, _ in line) / len(line)
        y = sum(y for _, y in line) / len(line)
        called = "road" if all(end in name for end in sites.ends[name]) else name
        said = f"{called} ({sites.count[name]})"
        labels.append((_label(axes, x, y, said, _ROAD), _mark(axes, x, y, 3.0)))
        lines += [
            (_pixels(axes, *start), _pixels(axes, *end), 0.0) for start, end in pairwise(line)
        ]
    for ends in place_labels(axes, labels, marks, lines):
        axes.plot(*zip(*ends, strict=True), color=SOFT, lw=0.6, ls=(0, (1, 2)), zorder=2)
    _scale(axes, narrow)
    _degrees(axes)


def _pixels(axes: Axes, x: float, y: float) -> tuple[float, float]:
    across, up = axes.transData.transform((x, y)).tolist()
    return across, up


def _mark(axes: Axes, x: float, y: float, radius: float) -> Mark:
    return Mark(*_pixels(axes, x, y), radius)


def _label(axes: Axes, x: float, y: float, words: str, colour: str) -> Text:
    foremost = colour == _EVENTS
    return axes.text(
        x,
        y,
        words,
        size=9.5 if foremost else 8.5,
        color=INK if foremost else colour,
        weight="bold" if foremost else "normal",
        style="italic" if colour == _ROAD else "normal",
        ha="left",
        va="center",
        zorder=5,
        path_effects=[withStroke(linewidth=2.2, foreground="white")],
    )


def _degrees(axes: Axes) -> None:
    """Name a few degrees along the edges, so that the map can be found on another."""
    for axis, (plus, minus) in ((axes.xaxis, "EW"), (axes.yaxis, "NS")):
        axis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
        axis.set_major_formatter(
            FuncFormatter(
                lambda value, _, plus=plus, minus=minus: (
                    f"{abs(round(value, 4)):g}° {plus if value >= 0 else minus}"
                )
            )
        )
    axes.tick_params(length=3, color=FAINT, labelcolor=SOFT, labelsize=7.5)
    for spine in axes.spines.values():
        spine.set_color(FAINT)


def _scale(axes: Axes, narrow: float) -> None:
    """Draw a bar of a round number of kilometres, and where north is."""
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    wide = (east - west) * narrow * _DEGREE / 1000 / 5
    power = 10 ** math.floor(math.log10(wide))
    kilometres = max(n * power for n in (1, 2, 5) if n * power <= wide)
    length = kilometres * 1000 / _DEGREE / narrow
    x, y = west + 0.04 * (east - west), south + 0.03 * (north - south)
    axes.plot([x, x + length], [y, y], color=INK, lw=2, solid_capstyle="butt")
    axes.text(
        x + length / 2, y, f"{kilometres:g} km", ha="center", va="bottom", size=8.5, color=SOFT
    )
    axes.annotate(
        "N",
        (0.965, 0.985),
        (0.965, 0.93),
        xycoords="axes fraction",
        ha="center",
        color=SOFT,
        arrowprops={"arrowstyle": "-|>", "color": SOFT},
    )
