"""Sentence splitting: hand-made expectations and the properties that every split has."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text import sentences
from daraa_kg.text.sentences import split_sentences


def split(block: str) -> list[str]:
    return [block[start:end] for start, end in split_sentences(block)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("One. Two. Three.", ["One.", "Two.", "Three."]),
        ("No end sign", ["No end sign"]),
        ("  Spaces around.  Two.  ", ["Spaces around.", "Two."]),
        ("Who won? Nobody! So it was.", ["Who won?", "Nobody!", "So it was."]),
        ("“Who won?” he asked. None.", ["“Who won?” he asked.", "None."]),
    ],
)
def test_plain_ends(block: str, expected: list[str]) -> None:
    assert split(block) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Lt. Col. Ali Hasan met Brig. Gen. Omar and Maj.-Gen. Zaid.",
        "The pilot was 1Lt. Ghadir Eid.",
        "It was reported by J. R. Smith and George H.W. Bush.",
        "U.S. Army troops and U.N. Supervision Mission monitors left.",
        "The deal of c. 1500 men covered No. 5 Company (vol. 3, p. 7).",
        "It measured 1.5 km and cost 2.750 lira.",
        "It was the 4th Division vs. Reconciled rebels, i.e. Opposition.",
        "Dr. Hasan of St. Mary's and Mr. Sergei Lavrov spoke.",
        "Al-Ruba’i’s men held al-Ruba’i checkpoint at 4:56 p.m. Damascus time.",
        "He spoke of hideouts [...] Of terrorists (...) and left.",
        "Casualties (est. 40) rose by Dec. 2012 to Jan. 2013.",
        "Fighters entered (at 97 mi.) and left.",
        "Barack Obama, Jr. Smith and Acme Inc. Holdings were named.",
        "He waited... and left.",
        "He waited… and left.",
        "See www.example.org/a.b for details.",
        "In Republic of Armenia v. Republic of Azerbaijan it ruled.",
    ],
)
def test_no_end_inside(sentence: str) -> None:
    assert split(sentence) == [sentence]
    assert split(f"{sentence} The rest followed.") == [sentence, "The rest followed."]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("He said “we left.” They did.", ["He said “we left.”", "They did."]),
        ('He said "we left." They did.', ['He said "we left."', "They did."]),
        ('It was "over". They left.', ['It was "over".', "They left."]),
        ("It was ‘over.’ They left.", ["It was ‘over.’", "They left."]),
        ("He left. “We stayed.”", ["He left.", "“We stayed.”"]),
        ("It (the SDF) won (at last). It left.", ["It (the SDF) won (at last).", "It left."]),
        ("It won.[12] It left.[3][4] End.", ["It won.[12]", "It left.[3][4]", "End."]),
        ("They went to the U.S. The rest stayed.", ["They went to the U.S.", "The rest stayed."]),
        ("It was in the U.S.” Rebels fled.", ["It was in the U.S.”", "Rebels fled."]),
        ("It was World War I. In 1919 it ended.", ["It was World War I.", "In 1919 it ended."]),
        ("The town fell. al-Nusra withdrew.", ["The town fell.", "al-Nusra withdrew."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("It rose in the 1960s. Rebels came.", ["It rose in the 1960s.", "Rebels came."]),
        ("They fought over it. Rebels came.", ["They fought over it.", "Rebels came."]),
        ("Tanks, guns, etc. Rebels came.", ["Tanks, guns, etc.", "Rebels came."]),
        ("It ended in 2018. 5 towns fell.", ["It ended in 2018.", "5 towns fell."]),
        ("It waited... The town fell.", ["It waited...", "The town fell."]),
        ("It waited… The town fell.", ["It waited…", "The town fell."]),
        ("The town fell. *Reuters* confirmed.", ["The town fell.", "*Reuters* confirmed."]),
        ("1. The first. Second.", ["1. The first.", "Second."]),
        ("Öl brennt. İbrahim kam.", ["Öl brennt.", "İbrahim kam."]),
        ("It left. ... The end.", ["It left. ...", "The end."]),
        ("... We know. He left.", ["... We know.", "He left."]),
        ("A man (called Abu. ) Left. He fled.", ["A man (called Abu. ) Left.", "He fled."]),
        ("Albania 23 ? Angola 5 ?", ["Albania 23 ? Angola 5 ?"]),
    ],
)
def test_ends_and_marks(block: str, expected: list[str]) -> None:
    assert split(block) == expected


@pytest.mark.parametrize("block", ["", " ", "\t \u00a0"])
def test_nothing_to_split(block: str) -> None:
    assert split_sentences(block) == ()


MARKS = [" ", "  ", "\u00a0", "\t", "…", ".", ". ", "! ", "?” ", ".” ", "“", "(", ") ", "... "]
WORDS = ["Lt", "U.S", "J", "Daraa", "al-Ruba’i", "5", "1.5", "no", "etc", "[1]", "The", "é"]
PIECES = st.sampled_from([*MARKS, *WORDS])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_sentences_tile_the_block(block: str) -> None:
    spans = split_sentences(block)
    covered = "".join(block[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(block.split())
    assert all(block[start:end].strip() == block[start:end] != "" for start, end in spans)
    ends = [0, *(end for _, end in spans)]
    assert all(
        end <= start and not block[end:start].strip()
        for end, (start, _) in zip(ends, spans, strict=False)
    )


def test_examples_of_the_docstrings_run() -> None:
    assert doctest.testmod(sentences).attempted > 0
    assert doctest.testmod(sentences).failed == 0
