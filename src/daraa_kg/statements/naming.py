"""Names of things: the ids people write, and those nested nodes get from what identifies them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from ..namespaces import PREFIXES, forbidden

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"[\w.~-]+(?:/[\w.~-]+)*(?:#[\w.~-]+(?:/[\w.~-]+)*)?")
# A web address without what RFC 3986 keeps out of it, letters of any script allowed (RFC 3987).
_PATH = r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"
_QUERY = _PATH.replace(":@/", ":@/?")
WEB_ADDRESS = re.compile(
    rf"[a-z]+://[\w.~-]+(?::[0-9]+)?(?:/{_PATH})?(?:\?{_QUERY})?(?:#{_QUERY})?"
)
_PLAIN = "use letters, digits, “-”, “_”, “.” and “~” only"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GAP = re.compile(r"[^\w.~]+|_+")


def slug(text: str) -> str:
    """Write a value as a part of a name: its last path segment, lower-case, with hyphens.

    >>> slug("kg:actor/112th-brigade"), slug("WeaponsHandover"), slug("Al-Ruba’i checkpoint")
    ('112th-brigade', 'weapons-handover', 'al-ruba-i-checkpoint')
    """
    tail = re.split(r"[/#:]", text.rstrip("/#:"))[-1]
    plain = unicodedata.normalize("NFC", _HUMP.sub("-", tail)).lower()
    return _GAP.sub("-", plain).strip("-")


def camel(name: str) -> str:
    """Write a name as the keys of our JSON are written.

    >>> camel("old_words"), camel("named graphs"), camel("id")
    ('oldWords', 'namedGraphs', 'id')
    """
    return re.sub(r"[_ ]([a-z])", lambda found: found[1].upper(), name)


def nested_name(parent: str, key: str, parts: Iterable[str]) -> str:
    """Name a node that stands inside another and has no id.

    Args:
        parent: the IRI of the node around it.
        key: the property that leads to it.
        parts: the values that identify it, in the order of the property's `dkg:nodeKey`.

    >>> nested_name("event/ied", "casualties", ["killed", "kg:actor/112th-brigade"])
    'event/ied#casualties-killed-112th-brigade'
    >>> nested_name("event/deal#term-withdrawal", "casualties", [])
    'event/deal#term-withdrawal/casualties'
    """
    joint = "/" if "#" in parent else "#"
    return parent + joint + "-".join([slug(key), *filter(None, map(slug, parts))])


def id_problem(written: str) -> tuple[str, str | None] | None:
    """Say what keeps a text from being an id, and what to write instead, or None.

    Args:
        written: ``event/x``, ``kg:place/x`` or a whole IRI.
    """
    bad = forbidden(written)
    if bad == " ":
        return f"the id “{written}” has a space in it", f"write {'-'.join(written.split())}"
    if bad is not None:
        return f"the id “{written}” has the character {bad!r} in it, which no IRI may have", _PLAIN
    if (composed := unicodedata.normalize("NFC", written)) != written:
        return f"the id “{written}” has accents apart from their letters", f"write {composed}"
    head, colon, tail = written.partition(":")
    if colon and tail.startswith("//"):
        return (
            None if WEB_ADDRESS.fullmatch(written) else (f"“{written}” is no web address", _PLAIN)
        )
    if colon and head != "kg" and head not in PREFIXES:
        return (
            f"“{head}:” is no prefix of ours, so “{written}” names nothing",
            f"write {head}/{tail}",
        )
    local = tail if colon else written
    if not _ID.fullmatch(local) or ".." in local.split("/"):
        return (
            f"the id “{written}” is not made of names with “/” between them",
            _PLAIN,
        )
    return None
