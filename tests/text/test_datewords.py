"""Dates and durations as a sentence says them."""

from __future__ import annotations

import pytest

from daraa_kg.text.datewords import date_in_words, duration_in_words, place_in_time, span_in_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2021-08-19", "19 August 2021"),
        ("2021-08-09", "9 August 2021"),
        ("2011-03", "March 2011"),
        ("2018", "2018"),
        ("2021-08-25~", "about 25 August 2021"),
        ("2021-06?", "perhaps June 2021"),
        ("2021-06%", "perhaps about June 2021"),
        ("2021-08-29/2021-08-30", "29–30 August 2021"),
        ("2021-07-29/2021-09-05", "29 July – 5 September 2021"),
        ("2021-06/2021-07", "June – July 2021"),
        ("2020-12-30/2021-01-02", "30 December 2020 – 2 January 2021"),
        ("2011/2018", "2011 – 2018"),
        ("2021-08-01~/2021-08-05", "about 1 August 2021 to 5 August 2021"),
        ("../2021-06-30", "by 30 June 2021"),
        ("/2021-06-30", "by 30 June 2021"),
        ("2011-03/..", "from March 2011 on"),
        ("2011-03/", "from March 2011, end unknown"),
    ],
)
def test_dates_in_words(edtf: str, words: str) -> None:
    assert date_in_words(edtf) == words


@pytest.mark.parametrize(
    "edtf", ["202X", "2021-XX-05", "2021-13", "soon", "", "202X/2021", "2021/202X", "../202X"]
)
def test_what_has_no_words_stays_as_it_is(edtf: str) -> None:
    assert date_in_words(edtf) == edtf


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("P1D", "1 day"),
        ("P3W", "3 weeks"),
        ("P1Y2M", "1 year 2 months"),
        ("PT6H30M", "6 hours 30 minutes"),
        ("P", "P"),
        ("long", "long"),
    ],
)
def test_durations_in_words(duration: str, words: str) -> None:
    assert duration_in_words(duration) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2021-07-29", "2021-07-30", "29 and 30 July 2021"),
        ("2021-07-29", "2021-09-05", "29 July and 5 September 2021"),
        ("2020-07-29", "2021-07-30", "29 July 2020 and 30 July 2021"),
        ("2020-07", "2020-09", "July and September 2020"),
        ("soon", "2021-07-30", "soon and 30 July 2021"),
    ],
)
def test_two_days_in_words(first: str, last: str, words: str) -> None:
    assert span_in_words(first, last) == words
    assert place_in_time(f"{first} to {last}") == f"between {words}"
