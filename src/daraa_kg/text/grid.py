"""Columns of text: how wide each is, where its lines break, and how the rows are set."""

from __future__ import annotations

import unicodedata

__all__ = ["Cell", "cells_of", "grid", "printable", "share", "wrap"]

Cell = str  # a cell's text; a line break in it is kept

_GAP = 2
# Words up to so long are kept whole where there is room for that; 21 is an interval of two days.
_LONGEST_WORDS = (21, 16, 11)
_RULE = "─"


def printable(text: str) -> str:
    """Replace what could steer a terminal; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def cells_of(text: str) -> int:
    """Count the columns of a terminal that a text takes.

    Source: Unicode Standard Annex 11 (East Asian Width).
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, *, whole: bool = False) -> list[str]:
    """Break a text into lines of at most so many columns, between words where that is possible.

    Args:
        text: the text.
        width: in columns of the terminal.
        whole: whether an address is left whole, however long, so that it can be opened and copied.

    >>> wrap("Attack on an army vehicle", 12)
    ['Attack on an', 'army vehicle']
    >>> wrap("2021-07-30/2021-07-31", 12)
    ['2021-07-30/', '2021-07-31']
    """
    found: list[str] = []
    for line in text.split("\n"):
        current, used = "", 0
        for long in line.split():
            for word in [long] if whole and "://" in long else _pieces(long, width):
                size = cells_of(word)
                if current and used + 1 + size <= width:
                    current, used = f"{current} {word}", used + 1 + size
                    continue
                if current:
                    found.append(current)
                current, used = word, size
        found.append(current)
    return found


def _pieces(word: str, width: int) -> list[str]:
    """Break a word that is longer than a line: after a slash that parts it, else anywhere."""
    if cells_of(word) <= width:
        return [word]
    first, slash, second = word.partition("/")
    if slash and "/" not in second and max(cells_of(first) + 1, cells_of(second)) <= width:
        return [first + slash, second]
    pieces, current, used = [], "", 0
    for character in word:
        size = _cells(character)
        if current and used + size > width:
            pieces.append(current)
            current, used = "", 0
        current, used = current + character, used + size
    return [*pieces, current]


def grid(
    titles: list[str], numbers: list[bool], rows: list[list[Cell]], width: int
) -> tuple[list[str], list[str]] | None:
    """Set rows in columns, under their titles.

    Args:
        titles: of the columns.
        numbers: for each column, whether it is set to the right.
        rows: the cells of each row.
        width: in columns of the terminal.

    Returns:
        The lines of the titles and those of the rows; None if the columns have no room.
    """
    widths = _widths(titles, rows, width)
    if widths is None:
        return None
    head = _set([wrap(title, n) for title, n in zip(titles, widths, strict=True)], widths, numbers)
    rule = _RULE * (sum(widths) + _GAP * (len(widths) - 1))
    body = []
    for row in rows:
        wrapped = [wrap(text, size) for text, size in zip(row, widths, strict=True)]
        body.extend(_set(wrapped, widths, numbers))
    return [*head, rule], body


def _set(cells: list[list[str]], widths: list[int], numbers: list[bool]) -> list[str]:
    lines = []
    for number in range(max(map(len, cells))):
        parts = []
        for cell, width, right in zip(cells, widths, numbers, strict=True):
            text = cell[number] if number < len(cell) else ""
            fill = " " * (width - cells_of(text))
            parts.append(fill + text if right else text + fill)
        lines.append((" " * _GAP).join(parts).rstrip())
    return lines


def _widths(titles: list[str], rows: list[list[Cell]], width: int) -> list[int] | None:
    """Share the terminal's columns out, more to what has more to say; None if there are too few."""
    least, most, weight = [], [], []
    for index, title in enumerate(titles):
        texts = [title, *(row[index] for row in rows)]
        sizes = [cells_of(line) for text in texts for line in text.splitlines()]
        least.append(max((cells_of(word) for text in texts for word in text.split()), default=1))
        most.append(max(sizes, default=1))
        weight.append(sum(sizes) + 1)
    room = width - _GAP * (len(titles) - 1)
    for longest in _LONGEST_WORDS:
        widths = [min(number, longest) for number in least]
        if sum(widths) <= room:
            share(room - sum(widths), widths, most, weight)
            return widths
    return None


def share(spare: int, widths: list[int], most: list[int], weight: list[int]) -> None:
    """Give spare columns to those that want them, in proportion to how much text they have.

    Args:
        spare: how many there are to give.
        widths: what each column has; changed in place.
        most: what each could use.
        weight: how much text each has.
    """
    while spare > 0:
        wanting = [i for i in range(len(widths)) if widths[i] < most[i]]
        if not wanting:
            return
        total = sum(weight[i] for i in wanting)
        shares = {i: max(1, spare * weight[i] // total) for i in wanting}
        for i in wanting:
            extra = min(shares[i], most[i] - widths[i], spare)
            widths[i] += extra
            spare -= extra
