"""Values of a YAML file changed in place, with every other byte as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.revisions.yamledit import NotEditable, Setting, edited

FILE = """\
# A head with – a dash.
article: {sha256: 'abc', title: "T"}   # –
passages:

  - quote: >-   # folded
      On 27 August – as
        told – six fell.

    # between
    states:
      - {wording: as – told, label: a – b}
  - quote: 'it''s – so'
    nth: 2
    states: []
  - {quote: "a – \\u0062", states: [ ]}
  - quote: |
      x – y
      z
    states: []
"""


def test_words_change_where_they_stand() -> None:
    settings = [
        Setting(("passages", 0, "quote"), "On 27 August - as\n  told – six fell."),
        Setting(("passages", 0, "states", 0, "wording"), "as - told"),
        Setting(("passages", 1, "quote"), "it's - so"),
        Setting(("passages", 3, "quote"), "x - y\nz\n"),
    ]
    expected = (
        FILE.replace("27 August –", "27 August -")
        .replace("as – told", "as - told")
        .replace("it''s –", "it''s -")
        .replace("x – y", "x - y")
    )
    assert edited(FILE, settings) == expected


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_and_byte_order_mark_stay(bom: str, newline: str) -> None:
    text = bom + FILE.replace("\n", newline)
    settings = [
        Setting(("article", "sha256"), "d" * 64),
        Setting(("passages", 1, "nth"), "3"),
        Setting(("passages", 0, "nth"), "1", after="quote"),
    ]
    expected = (
        FILE.replace("'abc'", f"'{'d' * 64}'")
        .replace("nth: 2", "nth: 3")
        .replace("six fell.\n", "six fell.\n    nth: 1\n")
    )
    assert edited(text, settings) == bom + expected.replace("\n", newline)


def test_a_key_is_added_after_its_neighbour() -> None:
    flow = Setting(("passages", 2, "section"), "The city: a history", after="quote")
    assert "\"a – \\u0062\", section: 'The city: a history', states" in edited(FILE, [flow])
    plain = Setting(("passages", 1, "section"), "Clashes", after="quote")
    assert "it''s – so'\n    section: Clashes\n    nth: 2" in edited(FILE, [plain])


def test_a_plain_value_that_would_read_otherwise_is_quoted() -> None:
    text = "- wording: “don't go” he\n    said\n- [“a” b]\n"
    settings = [
        Setting((0, "wording"), '"don\'t go" he said'),
        Setting((1, 0), '"a" b'),
    ]
    assert edited(text, settings) == "- wording: '\"don''t go\" he\n    said'\n- ['\"a\" b']\n"


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (Setting(("passages", 2, "quote"), "a - b"), "passages.2.quote: “b” is written with escapes"),
        (Setting(("passages", 0, "quote"), "shorter"), "passages.0.quote: it is written as a block"),
        (Setting(("passages", 0, "states"), "x"), "passages.0.states: this is not a single value"),
        (Setting(("passages", 1, "section"), "x"), "passages.1.section: there is no place for it"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_in_place_says_so(setting: Setting, sentence: str) -> None:
    with pytest.raises(NotEditable) as error:
        edited(FILE, [setting])
    assert str(error.value) == sentence


WORDS = st.lists(
    st.text(alphabet="aé–'\"#:,{}[]-x ", min_size=1, max_size=8)
    .map(lambda word: " ".join(word.split()))
    .filter(bool),
    min_size=1,
    max_size=6,
)


@given(WORDS, st.sampled_from(["'", '"', ">", "|"]))
def test_dashes_change_and_nothing_else(words: list[str], style: str) -> None:
    if style == "'":
        value = "'" + "\n      ".join(word.replace("'", "''") for word in words) + "'"
    elif style == '"':
        value = '"' + "\n      ".join(word.replace('"', '\\"') for word in words) + '"'
    else:
        value = f"{style}-\n      " + "\n      ".join(words)
    text = f"# – head\nlist:\n  - quote: {value}\n    more: –   # –\n"
    joined = ("\n" if style == "|" else " ").join(words)
    expected = text.replace(value, value.replace("–", "-"))
    assert edited(text, [Setting(("list", 0, "quote"), joined.replace("–", "-"))]) == expected
