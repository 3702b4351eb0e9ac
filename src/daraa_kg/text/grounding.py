"""Ground quotes: find the one stretch of an article that a quote or an infobox field stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .article import INFOBOX, Article, Block, BlockKind, section_name
from .fragment import deep_link
from .nearest import difference, nearest_stretch
from .passages import (
    GroundingError,
    Passage,
    Reason,
    Request,
    choose,
    listed,
    passage_at,
    place,
    shorten,
    suggest,
    times,
    under,
)
from .wordbreaks import has_word, is_inside_word, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "GroundingError",
    "Passage",
    "Reason",
    "deep_link",
    "ground_field",
    "ground_quote",
    "occurrences",
]

GAP = "…"
_KINDS: dict[BlockKind, str] = {"item": "list item", "heading": "heading", "line": "line"}


def ground_quote(
    article: Article, quote: str, *, nth: int | None = None, section: str | None = None
) -> Passage:
    """Find the verbatim stretch of the body that a quote stands for.

    The body is the paragraphs, list items, headings and table rows; a stretch lies in one of them
    and begins and ends at words. White space in the quote matches any white space. A `…` matches
    itself first; where the article does not have it, it spans the words between a start and an end
    that are each unique in one block.

    Args:
        article: where to look.
        quote: words of the article.
        nth: which of several stretches, from 1, in the order of the text.
        section: a heading, a path (`2012 > Battle of Raqqa city`) or `lead`, to look only there.

    Raises:
        GroundingError: if the quote stands for no stretch, or for several.
    """
    flat = " ".join(quote.split())
    if not has_word(flat):
        message = f"the quote “{flat}” has no words" if flat else "the quote is empty"
        hint = "copy the words of the article that state it"
        raise GroundingError(message, hint, reason="empty", quote=quote)
    if len(flat) > len(article.text):
        message = f"the quote “{shorten(flat)}” is longer than the article"
        raise GroundingError(
            message, "copy words of one paragraph", reason="not-found", quote=quote
        )
    return _Search(article, flat, nth, section).run()


def occurrences(article: Article, words: str) -> list[Passage]:
    """Give all stretches of the body that read just so, in the order of the text.

    A stretch lies in one block and begins and ends at words; white space matches any white space.

    Args:
        article: where to look.
        words: the words; a `…` stands for itself.
    """
    return _Search(article, " ".join(words.split()), None, None).everywhere()


def ground_field(article: Article, key: str, *, nth: int | None = None) -> Passage:
    """Take the whole value of an infobox field.

    Args:
        article: where to look.
        key: the field's key, as the infobox has it.
        nth: which of several fields with that key, from 1.

    Raises:
        GroundingError: if there is no infobox, no such field, or several and no `nth`, or if the
            field is empty.
    """
    subject = f"the infobox field “{key}”"
    if not article.fields:
        message = f"the article has no infobox, so there is no field “{key}”"
        hint = "quote words of the text"
        raise GroundingError(message, hint, reason="no-infobox", quote=key)
    found = [_field_passage(article, i) for i, f in enumerate(article.fields) if f.key == key]
    if not found:
        message = f"the infobox has no field “{key}”"
        hint = suggest(key, [field.key for field in article.fields])
        raise GroundingError(message, hint, reason="unknown-field", quote=key)
    passage = choose(article, found, Request(key, subject, nth))
    if not passage.exact:
        message, hint = f"{subject} is empty", "leave this entry out"
        raise GroundingError(message, hint, reason="empty", quote=key)
    return passage


def _field_passage(article: Article, index: int) -> Passage:
    field = article.fields[index]
    return Passage(field.start, field.end, field.value, INFOBOX, field.key)


class _Search:
    """One quote, with single spaces, on its way through the article."""

    def __init__(self, article: Article, quote: str, nth: int | None, section: str | None) -> None:
        self.article = article
        self.quote = quote
        self.section = section
        self.subject = f"the quote “{shorten(quote)}”"
        self.wanted = Request(quote, self.subject, nth, section)

    def run(self) -> Passage:
        self._check_section()
        everywhere = self._whole(self.quote)
        found = self._in_section(everywhere)
        if not found and GAP in self.quote and not everywhere:
            found = self._across_gaps()
        if found:
            return choose(self.article, found, self.wanted)
        raise self._elsewhere(everywhere) if everywhere else self._not_found()

    def everywhere(self) -> list[Passage]:
        """All places of the quote as it stands."""
        return self._whole(self.quote) if self.quote else []

    def _fault(self, message: str, hint: str, reason: Reason, *found: Passage) -> GroundingError:
        return GroundingError(message, hint, reason=reason, quote=self.quote, candidates=found)

    def _check_section(self) -> None:
        sections = [path for path in self.article.sections if path != INFOBOX]
        if self.section is None or any(under(path, self.section) for path in sections):
            return
        names = ["lead", *(name for path in sections for name in path)]
        hint = suggest(self.section, names, [section_name(path) for path in sections])
        message = f"the article has no section “{self.section}”"
        raise self._fault(message, hint, "unknown-section")

    def _whole(self, words: str) -> list[Passage]:
        """All places of `words` that lie in one block and begin and end at words."""
        text = self.article.text
        return [
            passage_at(self.article, start, end)
            for start, end in _matches(self.article, words)
            if not is_inside_word(text, start) and not is_inside_word(text, end)
        ]

    def _in_section(self, passages: Iterable[Passage]) -> list[Passage]:
        return [p for p in passages if self.section is None or under(p.section, self.section)]

    # With a gap

    def _across_gaps(self) -> list[Passage]:
        """The stretches that the quote spans; of several `…`, one is a gap, the others verbatim."""
        found: dict[tuple[int, int], Passage] = {}
        faults: list[GroundingError] = []
        for gap in re.finditer(GAP, self.quote):
            head, tail = self.quote[: gap.start()].rstrip(), self.quote[gap.end() :].lstrip()
            try:
                found.update(((p.start, p.end), p) for p in self._spans(head, tail))
            except GroundingError as fault:
                faults.append(fault)
        if found:
            return [found[span] for span in sorted(found)]
        if len(faults) > 1:
            message = f"{self.subject} has more than one “…”"
            hint = "write its first words, one … and its last words"
            raise self._fault(message, hint, "bad-gap")
        raise faults[0]

    def _spans(self, head: str, tail: str) -> Iterator[Passage]:
        """The stretches from `head` to `tail` inside one block, at most one a block."""
        if not has_word(head) or not has_word(tail):
            message = f"{self.subject} begins or ends with “…”"
            raise self._fault(message, "write words of the article on both sides of it", "bad-gap")
        heads, tails = self._part(head, "start"), self._part(tail, "end")
        joined = False
        for block in _body(self.article):
            here = [p for p in heads if block.start <= p.start < block.end]
            there = [p for p in tails if block.start <= p.start < block.end]
            if any(h.end <= t.start for h in here for t in there):
                joined = True
                self._check_unique(here, "start", head, block)
                self._check_unique(there, "end", tail, block)
                yield passage_at(self.article, here[0].start, there[0].end)
        if not joined:
            raise self._not_joined(heads[0], tails[0])

    def _part(self, words: str, name: str) -> list[Passage]:
        part = _Search(self.article, words, None, self.section)
        part.subject = f"the {name} of the quote, “{shorten(words)}”,"
        everywhere = part._whole(words)
        found = part._in_section(everywhere)
        if not found:
            raise part._elsewhere(everywhere) if everywhere else part._not_found()
        return found

    def _check_unique(self, found: Sequence[Passage], name: str, words: str, block: Block) -> None:
        if len(found) == 1:
            return
        message = (
            f"the “…” in {self.subject} is ambiguous: its {name} “{shorten(words)}” is there "
            f"{times(len(found))} in one {_kind(block)}: {listed(self.article, found)}"
        )
        hint = f"write more of the {name}, until it is there once"
        raise self._fault(message, hint, "ambiguous-gap", *found)

    def _not_joined(self, head: Passage, tail: Passage) -> GroundingError:
        first, last = place(self.article, head), place(self.article, tail)
        if self.article.block_at(head.start) == self.article.block_at(tail.start):
            message = f"in {self.subject} the end ({last}) does not come after the start ({first})"
            hint = "write the two parts in the order of the article"
            return self._fault(message, hint, "bad-gap", head, tail)
        message = (
            f"the “…” in {self.subject} crosses a paragraph: "
            f"its start is there ({first}), its end there ({last})"
        )
        hint = "a … spans words of one paragraph or list item, so make a passage of each"
        return self._fault(message, hint, "several-blocks", head, tail)

    # When there is nothing

    def _elsewhere(self, found: Sequence[Passage]) -> GroundingError:
        message = (
            f"{self.subject} is not in the section “{self.section}”, "
            f"but there: {listed(self.article, found)}"
        )
        hint = f"write section: {section_name(found[0].section)}, or leave section out"
        return self._fault(message, hint, "not-found", *found)

    def _not_found(self) -> GroundingError:
        """Say why there is no stretch: the most telling reason first."""
        for start, end in _matches(self.article, self.quote):
            return self._inside_word(start, end)
        pattern = _pattern(self.quote)
        for index, field in enumerate(self.article.fields):
            if pattern.search(field.value):
                message = f"{self.subject} is not in the text, but in the infobox"
                hint = f"write infobox: {field.key} in place of the quote"
                passage = _field_passage(self.article, index)
                return self._fault(message, hint, "in-infobox", passage)
        blocks = _body(self.article)
        start = blocks[0].start if blocks else len(self.article.text)
        if match := pattern.search(self.article.text, start):
            return self._several_blocks(*match.span())
        return self._unlike(blocks)

    def _inside_word(self, start: int, end: int) -> GroundingError:
        left, right = whole_words(self.article.text, start, end)
        whole = passage_at(self.article, left, right)
        ends = [*(["starts"] if left < start else []), *(["ends"] if right > end else [])]
        message = (
            f"{self.subject} {' and '.join(ends)} inside a word ({place(self.article, whole)})"
        )
        hint = f"extend it to whole words: “{shorten(whole.exact)}”"
        return GroundingError(message, hint, reason="inside-word", quote=self.quote, nearest=whole)

    def _several_blocks(self, start: int, end: int) -> GroundingError:
        first, last = self.article.line_of(start), self.article.line_of(end - 1)
        message = f"{self.subject} runs over the end of a paragraph (lines {first}–{last})"
        hint = "a quote lies in one paragraph, list item or heading, so make a passage of each"
        return self._fault(message, hint, "several-blocks")

    def _unlike(self, blocks: Sequence[Block]) -> GroundingError:
        message = f"{self.subject} is not in the article"
        found = nearest_stretch(self.article.text, blocks, self.quote)
        if found is None:
            hint = "nothing in the article is like it: copy the words of the article"
            return self._fault(message, hint, "not-found")
        nearest = passage_at(self.article, *found)
        words = shorten(" ".join(nearest.exact.split()), 200)
        hint = (
            f"the nearest stretch is “{words}” ({place(self.article, nearest)}): "
            f"{difference(self.quote, nearest.exact)}"
        )
        return GroundingError(message, hint, reason="not-found", quote=self.quote, nearest=nearest)


def _kind(block: Block) -> str:
    return _KINDS.get(block.kind, "paragraph")


def _body(article: Article) -> list[Block]:
    return [block for block in article.blocks if block.kind not in ("title", "field")]


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def _matches(article: Article, words: str) -> Iterator[tuple[int, int]]:
    """All places of `words` inside one body block, overlapping ones too, whatever is around."""
    pattern = _pattern(words)
    position = 0
    while match := pattern.search(article.text, position):
        position = match.start() + 1
        block = article.block_at(match.start())
        if block is not None and block.kind not in ("title", "field") and match.end() <= block.end:
            yield match.span()
