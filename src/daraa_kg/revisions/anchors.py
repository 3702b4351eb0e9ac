"""The anchors of statements.yaml: what ties each entry to the text, and how to tie it to another.

Only what is certain is ever written: the quote's quotes and dashes, its `nth` and its `section`,
and the words that statements repeat from it, where nothing but such signs has changed.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from ..ontology.vocabulary import verbatim_names
from ..statements.yamlsource import Mapping, Scalar, Sequence
from ..text.article import section_name
from ..text.grounding import GroundingError, ground_field, ground_quote
from ..text.nearest import same_signs
from .yamledit import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..diagnostics import Location
    from ..statements.yamlsource import Node
    from ..text.article import Article
    from ..text.grounding import Passage

__all__ = ["Anchor", "anchors_of", "retyped"]

_MOST = 50  # places of one quote that `nth` is looked for among


class Anchor:
    """What ties an entry to the text: its quote or infobox key, `nth` and `section`.

    Attributes:
        quote: the words as the file has them, folded to one line; None for an infobox field.
        field: the key of an infobox field; None for a quote.
    """

    def __init__(self, item: Mapping, place: int) -> None:
        self.item = item
        self.path: tuple[str | int, ...] = ("passages", place)
        self.quote = _text(item, "quote")
        self.field = _text(item, "infobox")
        self.section = _text(item, "section")
        nth = _text(item, "nth")
        self.nth = int(nth) if nth is not None and nth.isdecimal() else None

    @property
    def location(self) -> Location:
        """Where the entry begins, as its statements have it."""
        return self.item.location

    def settings(self, article: Article, wanted: Passage, exact: str) -> list[Setting] | None:
        """Give what to write so that the anchor stands for a stretch of another text.

        Args:
            article: the other text.
            wanted: the stretch, whose words are the old ones but for signs.
            exact: the old words.

        Returns:
            Nothing when the anchor stands for it as it is; None when no anchor does.
        """
        if self.field is not None:
            return self._field_settings(article, wanted)
        if self.quote is None:
            return None
        quote = retyped(self.quote, exact, wanted.exact)
        if quote is None:
            return None
        settings = [Setting((*self.path, "quote"), quote)] if quote != self.quote else []
        choice = self._choice(article, quote, wanted)
        return None if choice is None else [*settings, *choice]

    def _choice(self, article: Article, quote: str, wanted: Passage) -> list[Setting] | None:
        """Find the `section` and `nth` with which a quote stands for a stretch."""
        sections = [self.section]
        if self.section is not None:
            sections.append(section_name(wanted.section))
        for section in sections:
            for nth in (self.nth, *range(1, _MOST + 1)):
                try:
                    found = ground_quote(article, quote, nth=nth, section=section)
                except GroundingError as error:
                    if error.reason == "repeated" or nth == self.nth:
                        continue
                    break  # there are no more places
                if (found.start, found.end) == (wanted.start, wanted.end):
                    return list(self._choosing("quote", nth, section))
        return None

    def _choosing(self, after: str, nth: int | None, section: str | None) -> Iterator[Setting]:
        if nth is not None and nth != self.nth:
            yield Setting((*self.path, "nth"), str(nth), after)
        if section is not None and section != self.section:
            yield Setting((*self.path, "section"), section, after)

    def _field_settings(self, article: Article, wanted: Passage) -> list[Setting] | None:
        for nth in (self.nth, *range(1, _MOST + 1)):
            try:
                found = ground_field(article, str(self.field), nth=nth)
            except GroundingError as error:
                if error.reason == "repeated" or nth == self.nth:
                    continue
                break
            if found == wanted:
                return list(self._choosing("infobox", nth, None))
        return None

    def repeated(self, exact: str, new: str) -> Iterator[Setting]:
        """Give what to write for words that statements repeat, when the text's signs changed.

        Args:
            exact: the old words of the passage.
            new: its new ones.
        """
        states = self.item.get("states")
        if states is not None:
            yield from _repeated(states, (*self.path, "states"), exact, new)


def anchors_of(root: Node | None) -> dict[Location, Anchor]:
    """Give the anchors of a statements.yaml, by where their entries begin."""
    passages = root.get("passages") if isinstance(root, Mapping) else None
    if not isinstance(passages, Sequence):
        return {}
    return {
        item.location: Anchor(item, place)
        for place, item in enumerate(passages.items)
        if isinstance(item, Mapping)
    }


def _text(item: Mapping, key: str) -> str | None:
    node = item.get(key)
    return node.value if isinstance(node, Scalar) and not node.null else None


def _repeated(node: Node, path: tuple[str | int, ...], exact: str, new: str) -> Iterator[Setting]:
    if isinstance(node, Sequence):
        for place, item in enumerate(node.items):
            yield from _repeated(item, (*path, place), exact, new)
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            here = (*path, key.value)
            if key.value in verbatim_names() and not isinstance(value, Mapping):
                yield from _verbatim(value, here, exact, new)
            elif not isinstance(value, Scalar):
                yield from _repeated(value, here, exact, new)


def _verbatim(node: Node, path: tuple[str | int, ...], exact: str, new: str) -> Iterator[Setting]:
    values = enumerate(node.items) if isinstance(node, Sequence) else [(None, node)]
    for place, value in values:
        if isinstance(value, Scalar):
            words = retyped(value.value, exact, new)
            if words is not None and words != value.value:
                yield Setting(path if place is None else (*path, place), words)


def retyped(words: str, exact: str, new: str) -> str | None:
    """Write words of a passage with the signs that it has now.

    >>> retyped("“talks” … truce", "a day of “talks” and a truce", 'a day of "talks" and a truce')
    '"talks" … truce'

    Args:
        words: words of the old passage, or its beginning and end with a `…` between.
        exact: the old passage.
        new: the new one, which differs in white space and the form of signs alone.

    Returns:
        The words; None if they are not in the passage, or it has them in two ways.
    """
    ours, theirs = _flat(exact), _flat(new)
    flat = _flat(words)
    if flat not in ours and "…" in flat:
        parts = [part.strip() for part in flat.split("…")]
        changed = [retyped(part, exact, new) for part in parts]
        if changed == parts:
            return words
        if None in changed:
            return None
        return (" … " if " … " in flat else "…").join(map(str, changed))
    if len(ours) != len(theirs) or same_signs(ours) != same_signs(theirs):
        return None
    found = set()
    start = ours.find(flat)
    while start >= 0:
        found.add(theirs[start : start + len(flat)])
        start = ours.find(flat, start + 1)
    if len(found) != 1:
        return None
    there = found.pop()
    return words if there == flat else there


def _flat(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
