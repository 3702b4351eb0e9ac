"""Check statements against the words they rest on: verbatim words, and counts that agree with them.

These are the checks that no shape over the facts can make, for facts do not hold the passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from math import inf
from typing import TYPE_CHECKING

from ..diagnostics import Fault, listing, with_article
from ..text.article import Span, section_name
from ..text.nearest import difference, nearest_stretch
from ..text.passages import shorten
from ..text.wordbreaks import is_inside_word
from ..text.wording import numbers_in
from .registry import texts_of, with_nested

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..diagnostics import Location
    from ..ontology.vocabulary import Vocabulary
    from ..text.article import Article
    from ..text.passages import Passage
    from ..text.wording import Number
    from .entries import Entry, Statements
    from .registry import JsonNode

_BOUNDS = ("count", "atLeast", "atMost")

_SUBSET = re.compile(r"\b(?:including|among (?:them|whom)|(?:one|two|some) of (?:them|whom))\b")
_NEXT_PHRASE = re.compile(r"[^\w\s’'-]|\b(?:of|from|in|at|on|by|with|and|or|were|was|to)\b|\d")
_NEAR = 3  # words after a number in which the thing counted is looked for


def check_statements(statements: Statements, vocabulary: Vocabulary) -> list[Fault]:
    """Check each passage's statements against its words.

    Args:
        statements: what was read; entries of sources are left alone, their words are elsewhere.
        vocabulary: the terms they use.

    Returns:
        The faults, in no particular order.
    """
    article = statements.article
    if article is None:
        return []
    faults = list(_check_main_event(statements, vocabulary))
    damage = _Damage(statements)
    for entry in statements.passages:
        reader = _Entry(statements, article, entry, vocabulary, damage)
        for node in with_nested(entry.nodes):
            faults.extend(reader.check(node))
    return faults


def _check_main_event(statements: Statements, vocabulary: Vocabulary) -> Iterator[Fault]:
    declared = statements.registry.types.get(statements.main_event or "")
    if declared is None or declared[0] not in vocabulary.classes:
        return
    event = vocabulary.classes.get("Event")
    above = vocabulary.ancestors(vocabulary.classes[declared[0]].iri)
    if event is not None and event.iri not in above:
        written = [
            r
            for r in statements.registry.references
            if r.key == "about" and r.iri == statements.main_event
        ]
        for reference in written[:1]:
            yield Fault(
                reference.location,
                f"an article is about an event, and “{reference.written}” is "
                f"{with_article(declared[0])}",
                "write the id of its main event",
            )


class _Damage:
    """Where faults were found before, so that nothing is said that only follows from them."""

    def __init__(self, statements: Statements) -> None:
        self.lines = {(f.location.file, f.location.line) for f in statements.faults}
        self.starts = sorted(
            {(p.file, p.line) for places in statements.source_map.nodes.values() for p in places}
        )

    def in_line(self, place: Location) -> bool:
        """Tell whether there is one in a line."""
        return (place.file, place.line) in self.lines

    def in_node(self, place: Location) -> bool:
        """Tell whether there is one between the place of a node and the next node."""
        here = place.file, place.line
        after = bisect_right(self.starts, here)
        end = self.starts[after] if after < len(self.starts) else (place.file, inf)
        return any(here <= line < end for line in self.lines)


class _Entry:
    """The checks of one passage's statements."""

    def __init__(
        self,
        statements: Statements,
        article: Article,
        entry: Entry,
        vocabulary: Vocabulary,
        damage: _Damage,
    ) -> None:
        assert entry.passage is not None  # noqa: S101 - only passages are checked
        self.article = article
        self.passage: Passage = entry.passage
        self.entry = entry
        self.statements = statements
        self.vocabulary = vocabulary
        self.words = " ".join(self.passage.exact.split())
        self.damage = damage
        self.copied = vocabulary.verbatim

    def check(self, node: JsonNode) -> Iterator[Fault]:
        verbatim = not self._damaged(node)
        for key in self.copied:
            for value in texts_of(node, key):
                if self.damage.in_line(self._place(node, key, value)):
                    continue  # what was read of it may be cut short
                fault = self._check_words(node, key, value)
                if fault is not None:
                    yield fault
                    verbatim = verbatim and key != "wording"
        if verbatim and any(key in node for key in _BOUNDS):
            yield from self._check_numbers(node)

    def _damaged(self, node: JsonNode) -> bool:
        """Tell whether a part of the node could not be read, on which its numbers may depend."""
        found = self.statements.source_map.locations(str(node["id"]))
        start = bisect_left(found, self.entry.location)
        return start < len(found) and self.damage.in_node(found[start])

    def _place(self, node: JsonNode, key: str, value: str) -> Location:
        """Give the place of a value in this entry; the same may stand in others too."""
        term = self.vocabulary.properties[key]
        found = self.statements.source_map.best(str(node["id"]), term.iri, value)
        start = bisect_left(found, self.entry.location)
        return found[start] if start < len(found) else self.entry.location

    # --- verbatim words --------------------------------------------------------------------------

    def _check_words(self, node: JsonNode, key: str, value: str) -> Fault | None:
        wanted = " ".join(value.split())
        if _holds(self.words, wanted) or (self.entry.repair and wanted in self.words):
            return None  # where the text is damaged, words may have run together
        return Fault(
            self._place(node, key, value),
            f"the words “{shorten(wanted)}” of “{key}” are not in this passage",
            self._where_else(key, wanted),
        )

    def _where_else(self, key: str, wanted: str) -> str:
        for block in self.article.blocks:
            text = self.article.text[block.start : block.end]
            if block.kind != "title" and _holds(" ".join(text.split()), wanted):
                line = self.article.line_of(block.start)
                name = f"“{section_name(block.section)}”" if block.section else "the lead"
                return f"they are in line {line} of the article ({name}): state them there"
        here = Span(self.passage.start, self.passage.end)
        too_long = len(wanted) > 2 * (here.end - here.start)
        found = None if too_long else nearest_stretch(self.article.text, [here], wanted)
        if found is None:
            return f"copy them from the {'field' if self.passage.field else 'quote'}"
        nearest = " ".join(self.article.text[found[0] : found[1]].split())
        return f"the nearest stretch is “{nearest}”; {difference(wanted, nearest, f'“{key}”')}"

    # --- counts ----------------------------------------------------------------------------------

    def _check_numbers(self, node: JsonNode) -> Iterator[Fault]:
        wordings = [" ".join(text.split()) for text in texts_of(node, "wording")]
        if not wordings:
            return  # a shape says so of every figure
        people = len(node.get("includesPerson", []))
        for key in _BOUNDS:
            for value in texts_of(node, key):
                problem = disagreement(key, value, wordings, people)
                if problem is not None:
                    yield Fault(self._place(node, key, value), *problem)
                elif (unit := self._other_unit(node, value, wordings)) is not None:
                    counted = listing([f"“{text}”" for text in wordings], "and")
                    yield Fault(
                        self._place(node, key, value),
                        f"{counted} counts {unit}, and “{key}” stands for "
                        f"{texts_of(node, 'unit')[0] if 'unit' in node else 'persons'}",
                        f"write unit: {unit}",
                    )

    def _other_unit(self, node: JsonNode, value: str, wordings: list[str]) -> str | None:
        """Give the unit that the words count, if it is not the one stated."""
        units = self.vocabulary.values_of(self.vocabulary.properties["unit"])
        stated = (texts_of(node, "unit") or ["persons"])[0]
        for wording in wordings:
            for number in numbers_in(wording):
                counted = _counted(wording, number, units)
                if str(number.value) == value and counted not in (None, stated):
                    return counted
        return None


def _holds(text: str, wanted: str) -> bool:
    """Tell whether a text has some words, whole; both with single spaces."""
    start = text.find(wanted)
    while start >= 0:
        if not is_inside_word(text, start) and not is_inside_word(text, start + len(wanted)):
            return True
        start = text.find(wanted, start + 1)
    return False


def _counted(wording: str, number: Number, units: list[str]) -> str | None:
    rest = _NEXT_PHRASE.split(wording[number.end :].replace("-", " "), maxsplit=1)[0]
    words = [word.lower() for word in rest.split()[:_NEAR]]
    return next((unit for unit in units if unit in words), None)


def disagreement(
    key: str, value: str, wordings: list[str], people: int
) -> tuple[str, str | None] | None:
    """Say how a number differs from its words, and what to write, or None.

    Args:
        key: ``count``, ``atLeast`` or ``atMost``.
        value: the whole number as written.
        wordings: the words of the text for it, with single spaces.
        people: how many persons are listed by name.
    """
    if value.startswith("-"):
        return None  # a shape says that it is no number of things
    shown = listing([f"“{shorten(text)}”" for text in wordings], "and")
    numbers = [(text, number) for text in wordings for number in numbers_in(text)]
    wanted = int(value) if len(value) < 16 else None
    if not numbers:
        if key != "count" or wanted in (1, people):
            return None if key == "count" else _no_number(key, value, shown)
        return _no_number(key, value, shown)
    if any(_supports(key, wanted, number) for _, number in numbers) or (
        key == "count" and wanted in {_sum(text) for text in wordings}
    ):
        return None
    message = f"“{key}” is {value}, and its words {shown} say {_said(numbers)}"
    return message, _advice(key, wanted, [number for _, number in numbers])


def _no_number(key: str, value: str, shown: str) -> tuple[str, str]:
    return (
        f"“{key}” is {value}, and its words {shown} have no number",
        f"copy the words that say how many, or leave {key} out",
    )


def _supports(key: str, wanted: int | None, number: Number) -> bool:
    """Tell whether a number in words says what `key` does with `wanted`."""
    if wanted is None:
        return False
    value, qualifier = number.value, number.qualifier
    if key == "count":
        return wanted == value and qualifier in ("exactly", "article", "about")
    if key == "atLeast":
        if qualifier == "vague":
            return 0 < wanted <= value
        exact = wanted == value and qualifier not in ("at most", "less than")
        return exact or (qualifier == "more than" and wanted == value + 1)
    exact = wanted == value and qualifier not in ("vague", "at least", "more than")
    return exact or (qualifier == "less than" and wanted == value - 1)


def _sum(wording: str) -> int | None:
    """Add up the exact numbers of a wording, without those that “including” takes from them."""
    counted = _SUBSET.split(wording, maxsplit=1)[0]
    exact = [n.value for n in numbers_in(counted) if n.qualifier in ("exactly", "article")]
    return sum(exact) if exact else None


def _said(numbers: list[tuple[str, Number]]) -> str:
    """Say what the words say: ``7``, ``at least 20``, ``only “several”``."""
    said = []
    for text, number in numbers:
        words = text[number.start : number.end]
        if number.qualifier == "vague":
            said.append(f"only “{words}”")
        elif number.qualifier in ("exactly", "article"):
            said.append(str(number.value))
        else:
            said.append(f"{number.qualifier} {number.value}")
    return listing(list(dict.fromkeys(said)), "and")


def _advice(key: str, wanted: int | None, numbers: list[Number]) -> str:
    same = [n for n in numbers if n.value == wanted]
    for number in same:
        if number.qualifier in ("at least", "more than"):
            least = number.value + (number.qualifier == "more than")
            return f"write atLeast: {least}"
        if number.qualifier in ("at most", "less than"):
            return f"write atMost: {number.value - (number.qualifier == 'less than')}"
    if all(number.qualifier == "vague" for number in numbers):
        return f"leave {key} out: the words stay"
    return "correct the one or the other"
