"""Content negotiation: which of several representations a client would rather have.

Source: RFC 9110, sections 12.4.2 (quality values), 12.5.1 (Accept) and 12.5.3 (Accept-Encoding).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["choose", "choose_encoding"]

_RANGE = re.compile(r'(?:[^,"]|"(?:\\.|[^"\\])*")+')
_QUALITY = re.compile(r"\d*\.?\d+|\d+\.")  # Java's own client writes “q=.2”
_ANY = "*"


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Give the media type that an Accept header likes best; of equals, the one offered first.

    Args:
        accept: the header; None or an empty one accepts everything.
        offered: media types without parameters, the server's own favourite first.

    Returns:
        One of `offered`; None if none is acceptable.

    >>> choose("text/turtle;q=0.5, text/html", ["text/html", "text/turtle"])
    'text/html'
    >>> choose("application/*, text/html;q=0.9", ["text/html", "application/ld+json"])
    'application/ld+json'
    >>> choose("image/png", ["text/html"]) is None
    True
    """
    if not (accept or "").strip():
        return offered[0]
    ranges = dict(_weighted(accept or ""))
    return _best({media_type: _quality_of(media_type, ranges) for media_type in offered})


def choose_encoding(accept_encoding: str | None, offered: Iterable[str]) -> str | None:
    """Give the content coding that a client likes best; None for the bytes as they are.

    Args:
        accept_encoding: the header; None or an empty one wants no coding.
        offered: content codings, the best first.

    >>> choose_encoding("gzip, br;q=0.9", ["br", "gzip"])
    'gzip'
    >>> choose_encoding("identity", ["br", "gzip"]) is None
    True
    """
    codings = dict(_weighted(accept_encoding or ""))
    weights = {coding: codings.get(coding, codings.get(_ANY, 0.0)) for coding in offered}
    best = _best(weights)
    plain = codings.get("identity", 0.0)
    return None if best is None or plain > weights[best] else best


def _best(weights: dict[str, float]) -> str | None:
    best = max(weights, key=lambda name: weights[name], default=None)
    return best if best is not None and weights[best] > 0 else None


def _quality_of(media_type: str, ranges: dict[str, float]) -> float:
    """Give the quality of a media type: the most exact range that covers it counts."""
    family = media_type.partition("/")[0]
    for name in (media_type, f"{family}/{_ANY}", f"{_ANY}/{_ANY}", _ANY):
        if name in ranges:
            return ranges[name]
    return 0.0


def _weighted(header: str) -> Iterable[tuple[str, float]]:
    """Split a header into its members and their qualities; of two that are alike, the last counts.

    Other parameters, such as JSON-LD's profile, are wishes that are not granted and do not keep
    the type from being sent.
    """
    for member in _RANGE.findall(header):
        name, *parameters = (part.strip() for part in member.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                known = _QUALITY.fullmatch(value.strip())
                quality = min(float(known[0]), 1.0) if known else 0.0
        yield name.lower(), quality
