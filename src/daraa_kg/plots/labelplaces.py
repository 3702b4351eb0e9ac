"""Where labels stand beside their marks: on no other label, no mark, and few lines.

Each label in turn takes the best of the places around its mark (as cartographers do; Imhof 1975),
so that the result is the same each time. Lengths are in pixels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.text import Text
    from numpy.typing import NDArray

    Point = tuple[float, float]

_AROUND = 16  # directions from a mark
_STEPS = (0.0, 7.0, 16.0, 28.0, 44.0)  # from the nearest place outwards
_LEADER = 16.0  # a label farther off than this gets a line to its mark
_SAMPLE = 4.0  # between the points that stand for a line


class Mark(NamedTuple):
    """A mark on the page: its middle and its radius."""

    x: float
    y: float
    radius: float


class _Box(NamedTuple):
    left: float
    low: float
    right: float
    high: float

    def overlap(self, other: _Box) -> float:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.high, other.high) - max(self.low, other.low)
        return wide * high if wide > 0 and high > 0 else 0.0


def place_labels(
    axes: Axes,
    texts: Sequence[tuple[Text, Mark]],
    marks: Sequence[Mark],
    lines: Sequence[tuple[Point, Point, float]],
) -> list[tuple[Point, Point]]:
    """Move each text to the best place beside its mark, the first ones first.

    Args:
        axes: what they are drawn in.
        texts: the texts, set from their left edge and their middle, each with its mark.
        marks: all marks.
        lines: the ends and the bend of all lines (as matplotlib's arc3 has it).

    Returns:
        The lines to be drawn from marks to labels that stand far off, in data coordinates.
    """
    renderer = FigureCanvasAgg(axes.figure.figure).get_renderer()  # type: ignore[no-untyped-call]
    page = axes.get_window_extent(renderer)
    points = np.vstack([np.empty((0, 2)), *(_sample(*line) for line in lines)])
    taken: list[_Box] = []
    obstacles = [
        _Box(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius) for m in marks
    ]
    back = axes.transData.inverted()
    leaders = []
    for text, mark in texts:
        extent = text.get_window_extent(renderer)
        best, far = None, 0.0
        least = math.inf
        for box, away, penalty in _candidates(mark, extent.width + 4, extent.height + 1):
            cost = (
                penalty + 12 * sum(map(box.overlap, taken)) + 4 * sum(map(box.overlap, obstacles))
            )
            if cost >= least:
                continue
            outside = box.left < page.x0 + 4 or box.right > page.x1 - 4
            outside |= box.low < page.y0 + 2 or box.high > page.y1 - 2
            cost += 1e5 * outside + 14 * _inside(points, box)
            if cost < least:
                best, far, least = box, away, cost
        assert best is not None  # noqa: S101 - every place has a finite cost
        taken.append(best)
        middle = (best.low + best.high) / 2
        text.set_position(tuple(back.transform((best.left, middle))))
        if far > _LEADER:
            end = (
                min(max(mark.x, best.left), best.right),
                min(max(mark.y, best.low), best.high),
            )
            leaders.append((tuple(back.transform((mark.x, mark.y))), tuple(back.transform(end))))
    return leaders


def _candidates(mark: Mark, width: float, height: float) -> Iterator[tuple[_Box, float, float]]:
    """Give the places around a mark, each with its distance and what it costs."""
    for away in _STEPS:
        for number in range(_AROUND):
            angle = 2 * math.pi * number / _AROUND
            across, up = math.cos(angle), math.sin(angle)
            gap = mark.radius + 3 + away
            x = mark.x + across * gap + (across - 1) / 2 * width
            y = mark.y + up * gap + (up - 1) / 2 * height
            if abs(up) > 0.99:  # above or below, in the middle
                x = mark.x - width / 2
            side = 0.0 if up == 0 else 3.0 if abs(across) < 0.01 else 5.0
            yield _Box(x, y, x + width, y + height), away, side + 1.6 * away


def _sample(start: Point, end: Point, bend: float) -> NDArray[np.float64]:
    """Give points along a line, which is a quadratic Bézier curve when it bends."""
    count = max(int(math.dist(start, end) / _SAMPLE), 2)
    share = np.linspace(0, 1, count)[:, None]
    a, b = np.array(start), np.array(end)
    dx, dy = b - a
    middle = (a + b) / 2 + bend * np.array((dy, -dx))
    curve: NDArray[np.float64] = (
        (1 - share) ** 2 * a + 2 * share * (1 - share) * middle + share**2 * b
    )
    return curve


def _inside(points: NDArray[np.float64], box: _Box) -> int:
    x, y = points[:, 0], points[:, 1]
    return int(np.count_nonzero((x > box.left) & (x < box.right) & (y > box.low) & (y < box.high)))
