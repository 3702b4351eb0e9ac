"""Numbers in words, by hand-made tables; and every number to 99,999 read back from its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text.wording import Number, numbers_in

# The words of the article, and what they say.
ARTICLE = [
    ("six Syrian soldiers and militiamen", [(6, "exactly")]),
    ("11,000 Syrian families", [(11000, "exactly")]),
    ("a soldier dead", [(1, "article")]),
    ("six others wounded", [(6, "exactly")]),
    ("a five-phase agreement", [(5, "exactly")]),
    ("one civilian", [(1, "exactly")]),
    ("A civilian", [(1, "article")]),
    ("a member of the Syrian Army's 4th Division", [(1, "article")]),
    ("killed Mohamed Hilal Zatima", []),
    ("26 killed, 40 captured", [(26, "exactly"), (40, "exactly")]),
    ("the injury of several others", [(3, "vague")]),
    ("captured many surprised Syrian Army soldiers", [(3, "vague")]),
    ("seized several checkpoints", [(3, "vague")]),
    ("some four others were wounded", [(4, "about")]),
    ("after several days of tense calm", []),
    ("After a few weeks", []),
    ("a ceasefire for 30–31 July", [(1, "article")]),
    ("29 July – 5 September 2021, ()", []),
    ("the Syrian Army 2018 offensive", []),
    ("the convoy of the 112th Brigade", []),
    (
        "On 27 August six members of the reconciled 5th Corps, including a commander",
        [(6, "exactly"), (1, "article")],
    ),
    (
        "Between 29 and 30 August seven Syrian soldiers were killed along with 12 others wounded",
        [(7, "exactly"), (12, "exactly")],
    ),
]

WORDS = [
    ("one", 1),
    ("twenty-two", 22),
    ("sixty six", 66),
    ("a dozen", 12),
    ("half a dozen", 6),
    ("two dozen", 24),
    ("a couple of men", 2),
    ("both men", 2),
    ("a hundred and five", 105),
    ("two hundred", 200),
    ("nineteen hundred", 1900),
    ("one thousand and one", 1001),
    ("three million", 3_000_000),
    ("2.5 million people", 2_500_000),
    ("3 dozen", 36),
    ("11 000 families", 11000),
    ("1,234,567", 1_234_567),
    ("2018 soldiers were killed", 2018),
    ("no civilians", 0),
    ("no one", 0),
    ("None", 0),
    ("٥ soldiers", 5),
    ("Casualties: 5.", 5),
]

QUALIFIED = [
    ("at least 20", 20, "at least"),
    ("At least a dozen", 12, "at least"),
    ("no fewer than six", 6, "at least"),
    ("20 or more", 20, "at least"),
    ("200+ fighters", 200, "at least"),
    ("over 200", 200, "more than"),
    ("more than a dozen", 12, "more than"),
    ("up to thirty", 30, "at most"),
    ("as many as 30", 30, "at most"),
    ("no more than ten", 10, "at most"),
    ("fewer than 10", 10, "less than"),
    ("some 20 soldiers", 20, "about"),
    ("an estimated 300", 300, "about"),
    ("nearly forty", 40, "about"),
    ("several", 3, "vague"),
    ("many", 3, "vague"),
    ("a few others", 2, "vague"),
    ("some soldiers", 2, "vague"),
    ("dozens", 24, "vague"),
    ("several hundred", 200, "vague"),
    ("tens of thousands of people", 20_000, "vague"),
    ("a number of others", 2, "vague"),
    ("another soldier", 1, "article"),
]

NO_COUNTS = [
    "4th Division",
    "of the 112th Brigade",
    "5th Corps",
    "29 July",
    "July 29, 2021",
    "the 1st of May",
    "in 2018",
    "March 2011",
    "2011–2018",
    "first",
    "twenty-first",
    "two-thirds",
    "T-55 tanks",
    "the M5 highway",
    "105mm shells",
    "5 km",
    "10%",
    "two–three days",
    "at 07:30",
    "$500",
    "5/8/2021",
    "Brigade 112",
    "no longer",
    "one another",
    "20,00",
    "3.5",
    "½",
    "9" * 5000,
    "",
]


def read(text: str) -> list[tuple[int, str]]:
    return [(number.value, number.qualifier) for number in numbers_in(text)]


@pytest.mark.parametrize(("text", "expected"), ARTICLE)
def test_the_article_is_read_as_it_is_meant(text: str, expected: list[tuple[int, str]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "value"), WORDS)
def test_a_number_is_read(text: str, value: int) -> None:
    assert read(text) == [(value, "exactly")]


@pytest.mark.parametrize(("text", "value", "qualifier"), QUALIFIED)
def test_how_a_number_is_meant_is_read(text: str, value: int, qualifier: str) -> None:
    assert read(text) == [(value, qualifier)]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["30–31 soldiers", "between 30 and 31", "30 to 31 men", "30 or 31", "thirty–31"]
)
def test_a_range_gives_both_its_ends(text: str) -> None:
    assert read(text) == [(30, "at least"), (31, "at most")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A comma after an American date ends it where something follows that is counted.
        ("On August 27, 6 members were killed", [(6, "exactly")]),
        ("On August 27th, six members", [(6, "exactly")]),
        ("On Aug. 27, 12 soldiers and 2 civilians", [(12, "exactly"), (2, "exactly")]),
        ("On August 27, 28 soldiers", [(28, "exactly")]),
        ("On August 27, 2021, 6 members", [(6, "exactly")]),
        ("On August 27–28, 6 members", [(6, "exactly")]),
        ("On August 27, 2,000 people", [(2000, "exactly")]),
        ("On August 27, 6 to 7 members", [(6, "at least"), (7, "at most")]),
        # Else it begins another day.
        ("On August 5, 14 and 16, the army", []),
        ("On August 5, 14, and 16 the army", []),
        ("On August 5, 14, 16 and 19 the army", []),
        ("on August 5, 14", []),
        ("on August 5, 14.", []),
    ],
)
def test_the_comma_after_an_american_date(text: str, expected: list[tuple[int, str]]) -> None:
    assert read(text) == expected


def test_and_joins_no_two_numbers() -> None:
    assert read("seven, eight and nine") == [(7, "exactly"), (8, "exactly"), (9, "exactly")]
    assert read("six six") == [(6, "exactly"), (6, "exactly")]


def test_offsets_are_those_of_the_numbers_own_words() -> None:
    text = "an ambush killed at least twenty-two soldiers"
    assert numbers_in(text)[-1] == Number(22, 26, 36, "at least")
    assert text[26:36] == "twenty-two"


ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
ONES += ["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
ONES += ["eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(value: int, *, hyphen: str, joint: str) -> str:
    """Write a number below 100,000 in words, as a person would."""
    if value < 20:
        return ONES[value] or "zero"
    if value < 100:
        tens, ones = divmod(value, 10)
        return TENS[tens - 2] + (hyphen + ONES[ones] if ones else "")
    size, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    many, rest = divmod(value, size)
    head = f"{spelled(many, hyphen=hyphen, joint=joint)} {name}"
    if not rest:
        return head
    between = joint if size == 100 or rest < 100 else " "
    return head + between + spelled(rest, hyphen=hyphen, joint=joint)


@given(st.integers(0, 99_999), st.sampled_from("- ‑"), st.sampled_from([" ", " and "]))
def test_every_spelled_number_is_read_back(value: int, hyphen: str, joint: str) -> None:
    words = spelled(value, hyphen=hyphen, joint=joint)
    assert numbers_in(f"killing {words} soldiers") == [Number(value, 8, 8 + len(words))]


@given(st.integers(0, 99_999))
def test_every_number_in_digits_is_read_back(value: int) -> None:
    assert [n.value for n in numbers_in(f"killing {value:,} soldiers")] == [value]
    assert [n.value for n in numbers_in(f"killing {value} soldiers")] == [value]


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    numbers = numbers_in(text)
    assert all(0 <= n.start < n.end <= len(text) and n.value >= 0 for n in numbers)
    assert [n.start for n in numbers] == sorted(n.start for n in numbers)
