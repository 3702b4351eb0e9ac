"""Dates: bounds worked out by hand, agreement with the library, and every refusal's sentence."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text.dates import EXAMPLES, DateError, bounds

VALID = [
    # a day, a month, a year
    ("2021-08-19", "2021-08-19", "2021-08-19"),
    ("2021-08", "2021-08-01", "2021-08-31"),
    ("2021", "2021-01-01", "2021-12-31"),
    ("2021-02", "2021-02-01", "2021-02-28"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),  # 1900 was no leap year
    ("2000-02", "2000-02-01", "2000-02-29"),  # 2000 was one
    ("2020-02-29", "2020-02-29", "2020-02-29"),
    ("0001-01-01", "0001-01-01", "0001-01-01"),
    ("9999", "9999-01-01", "9999-12-31"),
    # doubt does not widen strict bounds
    ("2021-06~", "2021-06-01", "2021-06-30"),
    ("2021-06?", "2021-06-01", "2021-06-30"),
    ("2021-06%", "2021-06-01", "2021-06-30"),
    ("2021~", "2021-01-01", "2021-12-31"),
    ("2021-08-19?", "2021-08-19", "2021-08-19"),
    ("2021-~06", "2021-06-01", "2021-06-30"),
    ("2021-06~-12", "2021-06-12", "2021-06-12"),
    ("?2021-06", "2021-06-01", "2021-06-30"),
    # parts left open
    ("2021-08-XX", "2021-08-01", "2021-08-31"),
    ("2021-02-XX", "2021-02-01", "2021-02-28"),
    ("2021-XX", "2021-01-01", "2021-12-31"),
    ("2021-XX-XX", "2021-01-01", "2021-12-31"),
    ("2021-XX-19", "2021-01-19", "2021-12-19"),
    ("202X", "2020-01-01", "2029-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    # intervals
    ("2021-08-29/2021-08-30", "2021-08-29", "2021-08-30"),
    ("2021-08-29/2021-08-29", "2021-08-29", "2021-08-29"),
    ("2011/2018", "2011-01-01", "2018-12-31"),
    ("2021-06/2021-07", "2021-06-01", "2021-07-31"),
    ("2021-06~/2021-07", "2021-06-01", "2021-07-31"),
    ("2021-08-XX/2021-09", "2021-08-01", "2021-09-30"),
    ("2021-08-20/2021-08", "2021-08-20", "2021-08-31"),  # until some day of that month
    ("2021-08/2021-08-15", "2021-08-01", "2021-08-15"),  # from some day of that month
    # open and unknown ends
    ("2011-03/..", "2011-03-01", None),
    ("2011-03/", "2011-03-01", None),
    ("../2011-03", None, "2011-03-31"),
    ("/2011-03", None, "2011-03-31"),
    ("2021-06-25~/..", "2021-06-25", None),
]

INVALID = [
    ("", f"the date is empty; {EXAMPLES}"),
    (" ", f"the date is empty; {EXAMPLES}"),
    (" 2021", "“ 2021” has space around it; write 2021"),
    ("2021-08-19\n", "“2021-08-19\n” has space around it; write 2021-08-19"),
    (
        "2021-08-19T10:00:00",
        "“2021-08-19T10:00:00” has a time of day, and dates end at the day; write 2021-08-19",
    ),
    (
        "2021-08-19 10:00",
        "“2021-08-19 10:00” has a time of day, and dates end at the day; write 2021-08-19",
    ),
    ("[2021,2022]", "“[2021,2022]” is a set of dates; write the interval they span"),
    ("{2021,2022}", "“{2021,2022}” is a set of dates; write the interval they span"),
    ("2021/2022/2023", f"“2021/2022/2023” is neither one date nor an interval of two; {EXAMPLES}"),
    ("/", f"“/” has neither a start nor an end; {EXAMPLES}"),
    ("../..", f"“../..” has neither a start nor an end; {EXAMPLES}"),
    ("..", f"“..” is no date in EDTF; {EXAMPLES}"),
    ("2021/2020", "“2021/2020” ends before it starts; write 2020/2021"),
    (
        "2021-08-30/2021-08-29",
        "“2021-08-30/2021-08-29” ends before it starts; write 2021-08-29/2021-08-30",
    ),
    ("2021-09/2021-08~", "“2021-09/2021-08~” ends before it starts; write 2021-08~/2021-09"),
    (
        "2021-21",
        "“2021-21” is a season, whose days depend on who counts;"
        " write the months, such as 2021-06/2021-08",
    ),
    (
        "2021-22/2021-09",
        "“2021-22” in “2021-22/2021-09” is a season, whose days depend on who counts;"
        " write the months, such as 2021-06/2021-08",
    ),
    ("2021-02-29", f"“2021-02-29” has a day 29, and 2021-02 ends on day 28; {EXAMPLES}"),
    ("2021-04-31", f"“2021-04-31” has a day 31, and 2021-04 ends on day 30; {EXAMPLES}"),
    ("2021-08-32", f"“2021-08-32” has a day 32, and no month has it; {EXAMPLES}"),
    ("2021-08-00", f"“2021-08-00” has a day 00, and no month has it; {EXAMPLES}"),
    ("2021-13", f"“2021-13” has a month 13, and no year has it; {EXAMPLES}"),
    ("2021-00", f"“2021-00” has a month 00, and no year has it; {EXAMPLES}"),
    ("0000", f"“0000” is in the year 0, which the calendar does not have; {EXAMPLES}"),
    ("00XX", f"“00XX” has no bounds in the calendar; {EXAMPLES}"),
    ("202X-02-29", f"“202X-02-29” has no bounds in the calendar; {EXAMPLES}"),
    (
        "2021-08-1X",
        "“2021-08-1X” leaves one digit of the day open; write 2021-08-10/2021-08-19",
    ),
    (
        "2021-08-0X",
        "“2021-08-0X” leaves one digit of the day open; write 2021-08-01/2021-08-09",
    ),
    (
        "2021-08-3X",
        "“2021-08-3X” leaves one digit of the day open; write 2021-08-30/2021-08-31",
    ),
    (
        "2021-02-2X",
        "“2021-02-2X” leaves one digit of the day open; write 2021-02-20/2021-02-28",
    ),
    ("2021-02-3X", f"“2021-02-3X” is no date in EDTF; {EXAMPLES}"),  # no February has it
    (
        "2021-06?~",
        f"“2021-06?~” is no date in EDTF; {EXAMPLES}",
    ),
    (
        "2021?-06~",
        "“2021?-06~” has more than one of the marks ?, ~ and %;"
        " write 2021-06%, which is uncertain and approximate",
    ),
    ("2021-0X", "“2021-0X” leaves one digit of the month open; write 2021-01/2021-09"),
    ("2021-1X", "“2021-1X” leaves one digit of the month open; write 2021-10/2021-12"),
    ("2021-3X", f"“2021-3X” is no date in EDTF; {EXAMPLES}"),
    ("2021-8-1", "“2021-8-1” lacks a leading zero; write 2021-08-01"),
    ("2021-8", "“2021-8” lacks a leading zero; write 2021-08"),
    ("2021-8/2021-09", "“2021-8” in “2021-8/2021-09” lacks a leading zero; write 2021-08"),
    ("19 August 2021", f"“19 August 2021” is no date in EDTF; {EXAMPLES}"),
    ("20210819", f"“20210819” is no date in EDTF; {EXAMPLES}"),
    ("unknown", f"“unknown” is no date in EDTF; {EXAMPLES}"),
    ("199u", f"“199u” is no date in EDTF; {EXAMPLES}"),
    ("-0100", f"“-0100” is no date in EDTF; {EXAMPLES}"),
    ("Y20210", f"“Y20210” is no date in EDTF; {EXAMPLES}"),
    ("1950S2", f"“1950S2” is no date in EDTF; {EXAMPLES}"),
    ("٢٠٢١", f"“٢٠٢١” is no date in EDTF; {EXAMPLES}"),
    ("2021–08", f"“2021–08” is no date in EDTF; {EXAMPLES}"),
    ("2021-08-19..2021-08-20", f"“2021-08-19..2021-08-20” is no date in EDTF; {EXAMPLES}"),
]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(("text", "earliest", "latest"), VALID)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    assert bounds(text) == (_day(earliest), _day(latest))


@pytest.mark.parametrize(("text", "message"), INVALID)
def test_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        bounds(text)
    assert str(caught.value) == message
    assert caught.value.text == text
    assert f"{caught.value.problem}; {caught.value.hint}" == message


@pytest.mark.parametrize(
    "hint", [message.partition("; write ")[2] for _, message in INVALID if "; write 2" in message]
)
def test_what_a_refusal_suggests_is_accepted(hint: str) -> None:
    for suggestion in hint.partition(", which ")[0].replace(" or ", ", ").split(", "):
        bounds(suggestion)


def test_examples_are_all_accepted() -> None:
    examples = EXAMPLES.removeprefix("write ").replace(" or ", ", ").split(", ")
    assert len(examples) == 4
    for example in examples:
        bounds(example)


def test_a_date_error_is_a_value_error() -> None:
    assert issubclass(DateError, ValueError)


_days = st.dates(min_value=date(1, 1, 1))
_dates = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    _days,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)


_marked = [
    text[:at] + mark + text[at:]
    for text in ("2021", "2021-06", "2021-06-12")
    for at in range(len(text) + 1)
    for mark in "?~%"
]


@pytest.mark.parametrize("text", _marked)
def test_a_mark_stands_where_the_library_reads_it(text: str) -> None:
    from edtf import EDTFParseException, parse_edtf  # slow to import

    try:
        parsed = parse_edtf(text)
    except EDTFParseException:
        with pytest.raises(DateError):
            bounds(text)
    else:
        ends = (parsed.lower_strict(), parsed.upper_strict())
        assert bounds(text) == tuple(date(*end[:3]) for end in ends)


@given(_dates)
def test_agrees_with_the_strict_bounds_of_the_library(text: str) -> None:
    from edtf import parse_edtf

    parsed = parse_edtf(text)
    expected = tuple(date(*end[:3]) for end in (parsed.lower_strict(), parsed.upper_strict()))
    assert bounds(text) == expected


@given(_dates, _dates)
def test_an_interval_spans_its_ends_or_is_reversed(first: str, last: str) -> None:
    earliest, latest = bounds(first)[0], bounds(last)[1]
    assert earliest is not None
    assert latest is not None
    if earliest <= latest:
        assert bounds(f"{first}/{last}") == (earliest, latest)
    else:
        with pytest.raises(DateError, match="ends before it starts"):
            bounds(f"{first}/{last}")


@given(st.text(alphabet="0123456789-/.X~?%TZ[]{},SYu ", max_size=24) | st.text(max_size=12))
def test_any_text_has_ordered_bounds_or_is_refused(text: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            earliest, latest = bounds(text)
        except DateError:
            earliest = latest = date.min
    assert earliest or latest
    assert earliest is None or latest is None or earliest <= latest
    assert printed.getvalue() == ""  # the library prints when it fails


def test_plain_dates_do_not_import_the_library() -> None:
    code = (
        "import sys; from daraa_kg.text.dates import bounds; bounds('2021-08-29/2021-09~');"
        "assert 'edtf' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
