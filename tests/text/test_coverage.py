"""Coverage: which sentences and fields have no passage, and the share of words that state."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text.article import parse_article, read_article
from daraa_kg.text.coverage import SectionCoverage, measure_coverage

ROOT = Path(__file__).resolve().parents[2]
DARAA = read_article(ROOT / "data" / "articles" / "2021-daraa-offensive" / "article.txt")

SMALL = parse_article(
    """= The war =

Infobox
- Date: 1 May
- Mark: ()
- Note:

It began there. It soon ended.

== Toll ==
11,000 families fled. …
- The rebels' list.
| a | b |
""",
    "small",
)


def span(words: str, states: int = 1) -> tuple[int, int, int]:
    start = SMALL.text.index(words)
    return start, start + len(words), states


def test_without_passages_everything_with_words_is_missing() -> None:
    coverage = measure_coverage(SMALL, [])
    assert [field.key for field in coverage.fields] == ["Date"]
    assert [SMALL.text[s.start : s.end] for s in coverage.sentences] == [
        "It began there.",
        "It soon ended.",
        "11,000 families fled. …",
        "The rebels' list.",
        "| a | b |",
    ]
    assert coverage.unread == (*coverage.fields, *coverage.sentences)
    assert not coverage.complete
    assert coverage.share == 0
    # Sentences or fields without words ask for nothing, so they count as read.
    assert coverage.sections == (
        SectionCoverage(("Infobox",), 2, 0, 0, 3, 2),
        SectionCoverage((), 6, 0, 0, 2, 0),
        SectionCoverage(("Toll",), 8, 0, 0, 3, 0),
    )


def test_passages_count_as_read_and_those_with_states_as_stated() -> None:
    passages = [
        span("1 May"),
        span("It began there. It"),
        span("began", 0),
        span("11,000 families", 0),
        span("The rebels'"),
        span("a | b", 2),
    ]
    coverage = measure_coverage(SMALL, passages)
    assert coverage.complete
    assert coverage.unread == ()
    assert coverage.sections == (
        SectionCoverage(("Infobox",), 2, 2, 2, 3, 3),
        SectionCoverage((), 6, 4, 4, 2, 2),
        SectionCoverage(("Toll",), 8, 6, 4, 3, 3),
    )
    assert coverage.total == SectionCoverage((), 16, 12, 10, 8, 8)
    assert coverage.share == 10 / 16
    assert coverage.sections[1].share == pytest.approx(2 / 3)


def test_a_word_that_is_cut_counts_for_nothing_but_its_sentence() -> None:
    start = SMALL.text.index("ended")
    coverage = measure_coverage(SMALL, [(start + 1, start + 3, 1)])
    assert coverage.total.words_read == 0
    assert "It soon ended." not in [SMALL.text[s.start : s.end] for s in coverage.sentences]


def test_passages_that_meet_hold_what_lies_across_them() -> None:
    start = SMALL.text.index("11,000")
    coverage = measure_coverage(SMALL, [(start, start + 3, 1), (start + 3, start + 6, 1)])
    assert coverage.total.words_stated == 1


def test_the_marks_between_two_sentences_belong_to_neither() -> None:
    start = SMALL.text.index(" It soon")
    assert len(measure_coverage(SMALL, [(start, start + 1, 1)]).sentences) == 5


def test_an_article_without_words_is_covered() -> None:
    coverage = measure_coverage(parse_article("= T =\n", "t"), [])
    assert (coverage.share, coverage.complete, coverage.sections) == (1.0, True, ())


def test_the_whole_reference_article() -> None:
    everything = measure_coverage(DARAA, [(0, len(DARAA.text), 1)])
    assert everything.complete
    assert everything.share == 1
    nothing = measure_coverage(DARAA, [])
    assert (len(nothing.sentences), len(nothing.fields)) == (54, 14)


SPANS = st.lists(
    st.tuples(st.integers(0, 8443), st.integers(0, 400), st.integers(0, 2)).map(
        lambda t: (t[0], min(8443, t[0] + t[1]), t[2])
    ),
    max_size=30,
)


@given(SPANS)
def test_coverage_agrees_with_a_map_of_characters(spans: list[tuple[int, int, int]]) -> None:
    coverage = measure_coverage(DARAA, spans)
    held = {i for start, end, _ in spans for i in range(start, end)}
    for unit in (*DARAA.sentences, *DARAA.fields):
        letters = {i for i in range(unit.start, unit.end) if DARAA.text[i].isalnum()}
        assert (unit in coverage.unread) == (not letters & held)
    total = coverage.total
    assert 0 <= total.words_stated <= total.words_read <= total.words
    assert total.units - total.units_read == len(coverage.unread)
    assert measure_coverage(DARAA, spans[::-1]) == coverage
