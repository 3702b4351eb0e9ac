"""A map of where it happened: places with their accuracy, roads as lines, the towns named."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from adjustText import adjust_text
from matplotlib.patches import Ellipse

from ..eventtables import records
from . import NothingToDraw
from .page import FAINT, INK, SOFT, entitle, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..graph import Graph

_AREA = 10_000.0  # metres: a place known no better than this is no point on the map
_DEGREE = 111_195.0  # metres of a degree of latitude (IUGG mean radius)
_PAIR = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
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


def map_plot(graph: Graph) -> Figure:
    """Draw the places of the events inside the article's main event.

    Raises:
        NothingToDraw: none of these events has a place with a point or a line.
    """
    sites = _sites(graph)
    if not sites.points and not sites.lines:
        message = "no event of the graph has a place with coordinates, so there is no map to draw"
        raise NothingToDraw(message)
    figure = new_figure(9, 10)
    axes = figure.add_axes((0.02, 0.13, 0.96, 0.78))
    _draw(axes, sites)
    title = graph.article.title if graph.article else graph.slug
    entitle(
        figure,
        f"{title}: where it happened",
        "Dots are as large as the number of events; rings hold the place with its accuracy; lines "
        "are roads whose course is not stated",
        _notes(graph, sites),
    )
    return figure


def _sites(graph: Graph) -> _Sites:
    places = {row["place"]: row for row in records(graph, "places")}
    near = {r["place_label"]: r for r in places.values() if r["latitude"] is not None}
    sites = _Sites()
    for event in records(graph, "events"):
        if not event["during_main"]:
            continue
        ids = (event["place_ids"] or "").split("; ")
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
        sites.ends[label] = [name for name in (place["between"] or "").split("; ") if name]
        for name in sites.ends[label]:
            if name in near:
                sites.towns[name] = (near[name]["longitude"], near[name]["latitude"])
    elif place["latitude"] is not None and (place["accuracy"] or 0) < _AREA:
        sites.points[label] = (place["longitude"], place["latitude"], place["accuracy"] or 0.0)
        sites.count[label] += 1
    else:
        sites.wide[label] += 1


def _notes(graph: Graph, sites: _Sites) -> list[str]:
    notes = []
    if sites.wide:
        said = "; ".join(f"{name} {number}" for name, number in sorted(sites.wide.items()))
        notes.append(f"Events at areas or places without a point of their own, not drawn: {said}.")
    if sites.nowhere:
        notes.append(f"{sites.nowhere} events have no place in the article.")
    registers = sorted(
        {
            name
            for row in records(graph, "places")
            for name in (row["sources"] or "").split("; ")
            if name
        }
    )
    notes.append(
        f"Coordinates: {', '.join(registers)} (daraa-kg query sources has their licences)."
    )
    return _fold(notes)


def _fold(notes: list[str], width: int = 130) -> list[str]:
    return [line for note in notes for line in wrap(note, width)]


def _draw(axes: Axes, sites: _Sites) -> None:
    ends = [end for line in sites.lines.values() for end in line]
    xs, ys = zip(*((x, y) for x, y, *_ in [*sites.points.values(), *ends]), strict=True)
    middle = (min(ys) + max(ys)) / 2
    narrow = math.cos(math.radians(middle))
    axes.set_aspect(1 / narrow)
    margin = max((max(xs) - min(xs)) * narrow, max(ys) - min(ys), 0.02) * 0.16
    axes.set_xlim(min(xs) - margin / narrow, max(xs) + margin / narrow)
    axes.set_ylim(min(ys) - margin, max(ys) + margin)
    texts = []
    for name, line in sites.lines.items():
        axes.plot([x for x, _ in line], [y for _, y in line], color=_ROAD, lw=2, zorder=2)
        x = sum(x for x, _ in line) / len(line)
        y = sum(y for _, y in line) / len(line)
        said = f"({sites.count[name]})"
        if not all(end in name for end in sites.ends[name]):
            said = f"{name} {said}"
        texts.append(axes.text(x, y, said, size=8.5, color=_ROAD, style="italic", zorder=5))
    for name, (x, y, metres) in sites.points.items():
        degrees = 2 * metres / _DEGREE
        ring = Ellipse((x, y), degrees / narrow, degrees, color=_EVENTS, alpha=0.13, lw=0, zorder=1)
        axes.add_patch(ring)
        size = 28 * sites.count[name]
        axes.scatter([x], [y], s=size, color=_EVENTS, edgecolor="white", lw=0.8, zorder=4)
        texts.append(
            axes.text(
                x, y, f"{name} ({sites.count[name]})", size=9.5, color=INK, weight="bold", zorder=5
            )
        )
    for name, (x, y) in sites.towns.items():
        if name not in sites.points:
            axes.scatter([x], [y], s=14, facecolor="white", edgecolor=_TOWN, lw=1, zorder=3)
            texts.append(axes.text(x, y, name, size=8.5, color=_TOWN, zorder=5))
    _scale(axes, narrow)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_color(FAINT)
    adjust_text(
        texts,
        ax=axes,
        expand=(1.25, 1.5),
        iter_lim=300,  # steps and not seconds, so that it is the same everywhere
        arrowprops={"arrowstyle": "-", "color": FAINT, "lw": 0.7},
    )


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
