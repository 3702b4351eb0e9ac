"""Say of each entry of statements.yaml what became of its stretch in another revision."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..diagnostics import listing
from ..text.article import Field, Sentence, Span
from ..text.coverage import measure_coverage
from ..text.grounding import Passage, occurrences
from ..text.passages import passage_at, times
from .alignment import Alignment, longest_rise
from .numberchanges import DateChange, date_changes, number_changes
from .wordchanges import Comparison, same_typography
from .yamledit import NotEditable, edited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..diagnostics import Location
    from ..statements.entries import Entry, Statements
    from ..text.article import Article
    from .anchors import Anchor
    from .claims import Claim, Claims, Count, Words
    from .numberchanges import NumberChange
    from .yamledit import Setting

__all__ = ["Disputed", "Held", "Holder", "Standing"]

Standing = Literal["unchanged", "retyped", "changed", "unclear", "gone"]
_FOUND = 0.5  # share of a passage's words that have to be there for it to be found again
_LISTED = 4  # lines of a repeated quote; more would bury the sentence


@dataclass(frozen=True, slots=True)
class Disputed:
    """A count of a statement whose number the new text no longer gives."""

    claim: Claim
    count: Count
    change: NumberChange


@dataclass(frozen=True)
class Held:
    """An entry of statements.yaml, and what became of its stretch of text.

    Attributes:
        standing: ``unchanged``; ``retyped``, when white space and the form of quotes and dashes
            alone differ; ``changed``; ``unclear``, when its words are there and which of them are
            meant is not certain; ``gone``.
        old: the stretch in the old text.
        new: what stands for it in the new one; None if nothing does.
        moved: whether it stands in another order or section.
        problem: why it is unclear or gone, or why its anchor cannot be written.
        settings: what to write into the file so that its anchor stands for the new stretch.
    """

    location: Location
    anchor: Anchor
    standing: Standing
    old: Passage
    new: Passage | None
    claims: tuple[Claim, ...]
    because: str | None = None
    moved: bool = False
    problem: str | None = None
    settings: tuple[Setting, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is left for a person to decide."""
        return self.standing in ("unchanged", "retyped") and self.problem is None

    @property
    def found(self) -> bool:
        """Whether the words, or most of them, are in the new text."""
        return self.new is not None and self.comparison.kept >= _FOUND

    @cached_property
    def comparison(self) -> Comparison:
        """The two wordings, word by word."""
        old = " ".join(self.old.exact.split())
        return Comparison(old, " ".join(self.new.exact.split()) if self.new else "")

    @cached_property
    def numbers(self) -> tuple[NumberChange, ...]:
        """The numbers that differ, or are written otherwise."""
        return tuple(number_changes(self.comparison)) if self.new else ()

    @cached_property
    def dates(self) -> DateChange:
        """The dates that only one of the wordings names."""
        return date_changes(self.comparison) if self.new else DateChange()

    @property
    def disputed(self) -> tuple[Disputed, ...]:
        """The counts whose number changed or went; a figure whose words are there keeps its."""
        lost = set(self.lost)
        return tuple(
            Disputed(claim, count, change)
            for change in self.numbers
            if change.how in ("changed", "removed")
            for claim in self.claims
            if not claim.words or lost.intersection(claim.words)
            for count in claim.counts
            if count.value == change.old
        )

    @property
    def lost(self) -> tuple[Words, ...]:
        """The words that its statements repeat and that the new stretch has not."""
        if self.new is None or self.standing == "retyped":
            return ()
        text = " ".join(self.new.exact.split())
        return tuple(w for claim in self.claims for w in claim.words if w.text not in text)


class Holder:
    """Holds the entries of one file against another text.

    Args:
        statements: what was read, grounded in the old text.
        new: the other text.
        anchors: the anchors of the entries, by where these begin.
        claims: reads what entries say.
        text: the file itself.
    """

    def __init__(
        self,
        statements: Statements,
        new: Article,
        anchors: dict[Location, Anchor],
        claims: Claims,
        text: str,
    ) -> None:
        assert statements.article is not None  # noqa: S101 - a passage is grounded in one
        self.old = statements.article
        self.new = new
        self.entries = statements.passages
        self.anchors = anchors
        self.claims = claims
        self.text = text
        self.alignment = Alignment(self.old, new)
        self.flat = " ".join(new.text.split())
        self.claimed: set[tuple[int, int]] = set()

    def run(self) -> list[Held]:
        """Give all entries, in the order of the file."""
        targets = [self._target(entry) for entry in self.entries]
        for entry, target in zip(self.entries, targets, strict=True):
            if target is not None and same_typography(_passage(entry).exact, target.exact):
                self.claimed.add((target.start, target.end))
        pairs = zip(self.entries, targets, strict=True)
        held = [self._hold(entry, target) for entry, target in pairs]
        return self._writable(self._with_moves(held))

    # --- where it stands now ---------------------------------------------------------------------

    def _target(self, entry: Entry) -> Passage | None:
        """Find the stretch that stands in the place of an entry's."""
        passage = _passage(entry)
        if passage.field is not None:
            return self._field(passage)
        found = self.alignment.project(passage.start, passage.end)
        return None if found is None else passage_at(self.new, found.start, found.end)

    def _field(self, passage: Passage) -> Passage | None:
        """Find the field of the same key: in place if there are as many, else by its value."""
        before = [field for field in self.old.fields if field.key == passage.field]
        now = [field for field in self.new.fields if field.key == passage.field]
        if len(now) == len(before):
            found = now[[field.start for field in before].index(passage.start)]
        else:
            same = [field for field in now if _flat(field.value) == _flat(passage.exact)]
            if len(same) != 1:
                return None
            found = same[0]
        return _field_passage(found) if found.value else None

    def _hold(self, entry: Entry, target: Passage | None) -> Held:
        passage = _passage(entry)
        anchor = self.anchors[entry.location]
        held = Held(
            entry.location,
            anchor,
            "gone",
            passage,
            target,
            self.claims.of(entry),
            entry.because,
        )
        if target is None:
            if passage.field is not None:
                return replace(held, problem=self._no_field(passage))
            return self._elsewhere(held)
        if _flat(passage.exact) == _flat(target.exact):
            return self._anchored(replace(held, standing="unchanged"))
        if same_typography(passage.exact, target.exact):
            return self._anchored(replace(held, standing="retyped"))
        return replace(held, standing="changed")

    def _elsewhere(self, held: Held) -> Held:
        """Look for the words of a stretch whose own sentence is gone."""
        places = [
            place
            for place in self._places(held.old.exact)
            if (place.start, place.end) not in self.claimed
        ]
        if not places:
            problem = "nothing in the new text stands for it"
            return replace(held, standing="gone", problem=problem)
        if len(places) > 1:
            return replace(held, standing="unclear", problem=self._several(places))
        self.claimed.add((places[0].start, places[0].end))
        return self._anchored(replace(held, standing="unchanged", new=places[0]))

    def _places(self, words: str) -> list[Passage]:
        # Counting in the flat text is a hundred times as fast, and most words are not there twice.
        return occurrences(self.new, words) if _flat(words) in self.flat else []

    def _several(self, places: Sequence[Passage]) -> str:
        lines = [str(self.new.line_of(place.start)) for place in places[:_LISTED]]
        more = len(places) - _LISTED
        listed = f"{', '.join(lines)} and {more} more" if more > 0 else listing(lines, "and")
        return (
            f"its words stand {times(len(places))} in the new text (lines {listed}), and which of "
            "them are meant is not certain"
        )

    def _no_field(self, passage: Passage) -> str:
        same = [f for f in self.new.fields if f.key == passage.field]
        if len(same) > 1:
            return f"the infobox has “{passage.field}” {times(len(same))}, with other values"
        if same:
            return f"the infobox field “{passage.field}” is empty"
        known = {field.key for field in self.old.fields}
        now = [
            f.key
            for f in self.new.fields
            if f.key not in known and _flat(f.value) == _flat(passage.exact)
        ]
        said = f"the infobox has no field “{passage.field}”"
        return f"{said}, but “{now[0]}” has its words" if now else said

    # --- what is certain -------------------------------------------------------------------------

    def _anchored(self, held: Held) -> Held:
        """Add what to write so that the anchor stands for the new stretch, if that is certain."""
        assert held.new is not None  # noqa: S101 - it stands somewhere
        if held.new.field is None and not self._is_certain(held.old, held.new):
            places = self._places(held.new.exact)
            return replace(held, standing="unclear", problem=self._several(places))
        if self._stands_alone(held):
            return held
        settings = held.anchor.settings(self.new, held.new, held.old.exact)
        if settings is None:
            return replace(held, problem="no quote, nth or section that we could write finds it")
        if held.standing == "retyped":
            settings += held.anchor.repeated(held.old.exact, held.new.exact)
        return replace(held, settings=tuple(settings))

    def _stands_alone(self, held: Held) -> bool:
        """Tell whether a quote is whole, unchanged and there once, as nearly all of them are."""
        anchor = held.anchor
        if anchor.quote is None or anchor.nth is not None or anchor.section is not None:
            return False
        words = _flat(anchor.quote)
        whole = held.new is not None and words == _flat(held.new.exact)
        return whole and self.flat.count(words) == 1

    def _is_certain(self, old: Passage, new: Passage) -> bool:
        """Tell whether words that may stand several times are meant just here."""
        if self.flat.count(_flat(new.exact)) < 2:
            return True
        now = occurrences(self.new, new.exact)
        if len(now) < 2 or len(now) == len(occurrences(self.old, old.exact)):
            return True
        around = " ".join(
            " ".join(self.new.text[s.start : s.end].split())
            for s in self.new.sentences_in(new.start, new.end)
        )
        return len(around) > len(_flat(new.exact)) and self.flat.count(around) == 1

    def _writable(self, held: list[Held]) -> list[Held]:
        """Take back what cannot be written into the file, and say so."""
        settings = [one for entry in held if entry.settled for one in entry.settings]
        if not settings or self._can_write(settings):
            return held
        return [
            replace(
                entry, settings=(), problem="its YAML cannot be changed in place: write it anew"
            )
            if entry.settings and not self._can_write(entry.settings)
            else entry
            for entry in held
        ]

    def _can_write(self, settings: Sequence[Setting]) -> bool:
        try:
            edited(self.text, settings)
        except NotEditable:
            return False
        return True

    # --- order -----------------------------------------------------------------------------------

    def _with_moves(self, held: list[Held]) -> list[Held]:
        """Mark what stands in another order, or in another section that both texts have."""
        common = set(self.old.sections) & set(self.new.sections)
        moved: set[int] = set()
        placed: list[tuple[int, int, int]] = []
        for number, h in enumerate(held):
            if h.new is None or h.old.field is not None:
                continue
            sections = {h.old.section, h.new.section}
            if len(sections) == 2 and sections <= common:
                moved.add(number)
            else:
                placed.append((h.old.start, h.new.start, number))
        placed.sort()
        in_order = longest_rise([new for _, new, _ in placed])
        moved |= {place[2] for index, place in enumerate(placed) if index not in in_order}
        return [replace(h, moved=number in moved) for number, h in enumerate(held)]

    # --- what is new -----------------------------------------------------------------------------

    def new_units(self, held: Sequence[Held]) -> tuple[tuple[Sentence, ...], tuple[Field, ...]]:
        """Give the sentences and infobox fields of the new text that no entry stands for."""
        spans = [(h.new.start, h.new.end, 1) for h in held if h.new is not None]
        coverage = measure_coverage(self.new, spans)
        same = {group.new.start for group in self.alignment.groups if group.same}
        known = Counter((f.key, _flat(f.value)) for f in self.old.fields)
        used = Counter((h.old.field, _flat(h.old.exact)) for h in held if h.old.field is not None)
        return (
            tuple(s for s in coverage.sentences if s.start not in same),
            tuple(
                f
                for f in coverage.fields
                if (key := (f.key, _flat(f.value))) not in known or key in used
            ),
        )

    def new_words(self, held: Sequence[Held]) -> Iterator[Span]:
        """Give new words inside sentences that have passages, which no passage holds."""
        spans = sorted((h.new.start, h.new.end) for h in held if h.new is not None)
        starts = [start for start, _ in spans]
        for group in self.alignment.groups:
            low = bisect_left(starts, group.new.start)
            high = bisect_left(starts, group.new.end)
            around = spans[max(0, low - 1) : high]
            if group.same or not any(e > group.new.start and s < group.new.end for s, e in around):
                continue
            comparison = self.alignment.compare(group)
            for tag, _, _, c, d in comparison.opcodes:
                free = [
                    Span(group.new.start + token.start, group.new.start + token.end)
                    for token in comparison.new_tokens[c:d]
                    if tag in ("insert", "replace") and token.is_word
                ]
                free = [w for w in free if not any(s <= w.start and w.end <= e for s, e in around)]
                if free:
                    yield Span(free[0].start, free[-1].end)


def _passage(entry: Entry) -> Passage:
    assert entry.passage is not None  # noqa: S101 - only passages are held
    return entry.passage


def _field_passage(field: Field) -> Passage:
    from ..text.article import INFOBOX

    return Passage(field.start, field.end, field.value, INFOBOX, field.key)


def _flat(text: str) -> str:
    return " ".join(text.split())
