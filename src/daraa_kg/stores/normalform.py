"""Literals as we write them, made of those that stores have written otherwise.

A store may keep a value and lose its spelling (RDF 1.1 Concepts, section 3.3: literals of one value
are still several terms). What is undone here was seen in Virtuoso 7.2; docs/stores.md lists it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..namespaces import GEO, XSD

if TYPE_CHECKING:
    from ..queries.results import Term

__all__ = ["normal"]

_BOOLEANS = {"1": "true", "0": "false"}
_WKT = ox.NamedNode(GEO + "wktLiteral")
_GEOMETRY = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
_COMMA = re.compile(r"\s*,\s*")
_SECONDS = re.compile(r"\d+(\.0+)?")
_DAY = 86_400


def normal(term: Term | None) -> Term | None:
    """Give a term of a store's answer in the spelling that the dataset has.

    >>> str(normal(ox.Literal("1", datatype=ox.NamedNode(XSD + "boolean"))).value)
    'true'
    """
    if not isinstance(term, ox.Literal) or term.language:
        return term
    datatype, value = term.datatype.value, term.value
    if datatype == XSD + "boolean" and value in _BOOLEANS:
        return ox.Literal(_BOOLEANS[value], datatype=term.datatype)
    if datatype in (_GEOMETRY, _WKT.value):
        return ox.Literal(_COMMA.sub(", ", value), datatype=_WKT)
    if datatype == XSD + "duration" and _SECONDS.fullmatch(value):
        return ox.Literal(_duration(int(float(value))), datatype=term.datatype)
    return term


def _duration(seconds: int) -> str:
    """Write seconds as the dataset writes durations: ``P1D``, ``PT3H``."""
    days, left = divmod(seconds, _DAY)
    parts = (("H", left // 3600), ("M", left % 3600 // 60), ("S", left % 60))
    time = "".join(f"{number}{unit}" for unit, number in parts if number)
    day = f"{days}D" if days else ""
    return f"P{day}T{time}" if time else f"P{day or 'T0S'}"
