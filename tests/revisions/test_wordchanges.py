"""Two wordings side by side: what is marked, and what stands for what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.revisions.wordchanges import Comparison, marked, same_typography


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("six soldiers", "6 soldiers", "[-six-] soldiers", "{+6+} soldiers"),
        ("The demand was rejected.", "It was rejected.", "[-The demand-] was rejected.", "{+It+} was rejected."),
        ("Therefore, it was", "Therefore it was", "Therefore[-,-] it was", "Therefore it was"),
        ("a brigadier", "a Brigadier", "a [-brigadier-]", "a {+Brigadier+}"),
        ("al-Ruba’i road", "al-Ruba'i road", "[-al-Ruba’i-] road", "{+al-Ruba'i+} road"),
        ("", "all new", "", "{+all new+}"),
        ("the same", "the same", "the same", "the same"),
    ],
)  # fmt: skip
def test_words_are_marked_on_both_sides(old: str, new: str, was: str, now: str) -> None:
    assert tuple(map(marked, Comparison(old, new).sides())) == (was, now)


@given(st.text(alphabet="ab ,.’'-1", max_size=40), st.text(alphabet="ab ,.’'-1", max_size=40))
def test_the_pieces_of_a_side_make_up_its_wording(old: str, new: str) -> None:
    ours, theirs = Comparison(old, new).sides()
    assert "".join(piece.text for piece in ours) == old
    assert "".join(piece.text for piece in theirs) == new
    assert {piece.mark for piece in ours} <= {"kept", "removed"}
    assert {piece.mark for piece in theirs} <= {"kept", "added"}


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("two\n  lines", "two lines", True),
        ("“No”", '"No"', True),
        ("30–31 July", "30-31 July", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("* , ** 4th", "*, ** 4th", True),
        ("Therefore, it", "Therefore it", False),
        ("a brigadier", "a Brigadier", False),
        ("six", "6", False),
    ],
)
def test_typography_is_white_space_and_the_form_of_signs(old: str, new: str, same: bool) -> None:
    assert same_typography(old, new) is same
    assert same_typography(new, old) is same


def test_half_a_sentence_takes_what_stands_for_it() -> None:
    old = "Deals were made in Daraa, where they had to return their arms and in Nawa, where they stayed."
    new = "Deals were made and they stayed."
    comparison = Comparison(old, new)
    words = [old[t.start : t.end] for t in comparison.old_tokens]
    cut = words.index("and")
    theirs = [new[t.start : t.end] for t in comparison.new_tokens]
    low, high = comparison.counterpart(0, cut)
    assert theirs[low:high] == ["Deals", "were", "made"]
    low, high = comparison.counterpart(cut, len(words))
    assert theirs[low:high] == ["and", "they", "stayed", "."]


def test_what_is_inserted_between_two_halves_goes_to_the_first() -> None:
    comparison = Comparison("A met B and C left", "A met B today and C left")
    assert comparison.counterpart(0, 3) == (0, 4)
    assert comparison.counterpart(3, 6) == (4, 7)


def test_the_share_of_words_kept_counts_words_alone() -> None:
    assert Comparison("one, two, three four", "one two five").kept == 0.5
    assert Comparison("…", "words").kept == 1.0
