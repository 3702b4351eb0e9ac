"""Say an EDTF date in words: ``2021-08-29/2021-08-30`` is 29–30 August 2021."""

from __future__ import annotations

import re
from calendar import month_name

__all__ = ["date_in_words", "duration_in_words", "place_in_time", "span_in_words"]

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)")
_ROUGH = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_ROUGHLY = re.compile(r"(\S+) or (later|earlier)")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_UNITS = ("year", "month", "week", "day", "hour", "minute")

_Parts = tuple[str, str, str]  # day, month, year; "" where the date does not go that far


def date_in_words(edtf: str) -> str:
    """Write an EDTF date or interval as a sentence does; what has no such words stays as it is.

    >>> date_in_words("2021-08-29/2021-08-30")
    '29–30 August 2021'
    >>> date_in_words("../2021-06-30")
    'by 30 June 2021'
    """
    if "/" not in edtf:
        return _one(edtf) or edtf
    first, last = edtf.split("/", 1)
    if first in ("", ".."):
        end = _one(last)
        return f"by {end}" if end else edtf
    if last in ("", ".."):
        start = _one(first)
        tail = " on" if last == ".." else ", end unknown"
        return f"from {start}{tail}" if start else edtf
    return _interval(first, last) or edtf


def place_in_time(text: str) -> str:
    """Say when something was, as the timeline has it: a date of EDTF, or bounds, or nothing.

    >>> place_in_time("2021-08-26 or earlier")
    '26 August 2021 or earlier'
    """
    if not text:
        return "without a date"
    found = _ROUGHLY.fullmatch(text)
    if found is not None:
        return f"{date_in_words(found[1])} or {found[2]}"
    first, between, last = text.partition(" to ")
    return f"between {span_in_words(first, last)}" if between else date_in_words(text)


def span_in_words(first: str, last: str) -> str:
    """Say two days as a sentence does after “between”.

    >>> span_in_words("2021-07-29", "2021-09-05")
    '29 July and 5 September 2021'
    """
    one, other = _split(first), _split(last)
    if one is None or other is None:
        return f"{date_in_words(first)} and {date_in_words(last)}"
    day, month, year = one[0]
    if year == other[0][2]:
        year, month = "", "" if month == other[0][1] else month
    return f"{_joined((day, month, year))} and {_one(last)}"


def _split(text: str) -> tuple[_Parts, str] | None:
    found = _DATE.fullmatch(text)
    if found is None or (found[2] and not 1 <= int(found[2]) <= 12):
        return None
    day = str(int(found[3])) if found[3] else ""
    month = month_name[int(found[2])] if found[2] else ""
    return (day, month, found[1]), found[4]


def _one(text: str) -> str | None:
    parts = _split(text)
    return None if parts is None else _ROUGH[parts[1]] + _joined(parts[0])


def _joined(parts: _Parts) -> str:
    return " ".join(filter(None, parts))


def _interval(first: str, last: str) -> str | None:
    one, other = _split(first), _split(last)
    if one is None or other is None:
        return None
    start, end = one[0], other[0]
    if one[1] or other[1]:
        return f"{_one(first)} to {_one(last)}"
    if start[1:] == end[1:] and start[0] and end[0]:
        return f"{start[0]}–{_joined(end)}"
    if start[2] == end[2]:
        return f"{_joined((start[0], start[1], ''))} – {_joined(end)}"
    return f"{_joined(start)} – {_joined(end)}"


def duration_in_words(text: str) -> str:
    """Write an xsd:duration in words; what has no such words is given back as it is.

    >>> duration_in_words("P1D")
    '1 day'
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        return text
    said = [
        f"{number} {unit}" if number == "1" else f"{number} {unit}s"
        for number, unit in zip(found.groups(), _UNITS, strict=True)
        if number
    ]
    return " ".join(said) or text
