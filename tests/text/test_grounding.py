"""Grounding: where quotes and fields are found, and the sentence when they are not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text.article import Article, parse_article, read_article
from daraa_kg.text.grounding import GroundingError, Passage, Reason, ground_field, ground_quote

ROOT = Path(__file__).resolve().parents[2]
DARAA = read_article(ROOT / "data" / "articles" / "2021-daraa-offensive" / "article.txt")
CORPUS = ROOT.parent / "shared" / "corpus" / "articles"

SMALL = parse_article(
    """= The war =

Infobox
- Date: 1 May
- Toll: 3 killed
- Toll: 4 killed
- Note:

Rebels took a town. The truce … held.

== May ==
Rebels took a town in May. Al-Ruba’i’s men fled, and 10,000 families fled.
- Rebels left.

== June ==
Rebels  left a\u00a0town in June. Rebels came back.
=== Toll ===
A “toll” was paid. The end of it came.
| a | toll |
""",
    "small",
)


def fault(
    quote: str, *, article: Article = SMALL, nth: int | None = None, section: str | None = None
) -> GroundingError:
    with pytest.raises(GroundingError) as caught:
        ground_quote(article, quote, nth=nth, section=section)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value) == f"{caught.value.message}; {caught.value.hint}"
    return caught.value


def words(passage: Passage, article: Article = SMALL) -> str:
    assert article.text[passage.start : passage.end] == passage.exact
    return passage.exact


def at(words: str, where: str, nth: int = 1) -> str:
    """The place of the `nth` time that `words` stand in SMALL, as a message names it."""
    start = -1
    for _ in range(nth):
        start = SMALL.text.index(words, start + 1)
    line = len(SMALL.text[:start].split("\n"))
    return f"line {line}, characters {start}–{start + len(words)}, {where}"


# What is found


@pytest.mark.parametrize(
    ("quote", "exact", "section"),
    [
        ("in May", "in May", ("May",)),
        ("  Rebels\n took a  town in", "Rebels took a town in", ("May",)),
        ("Rebels left a town", "Rebels  left a\u00a0town", ("June",)),
        ("Ruba’i’s men", "Ruba’i’s men", ("May",)),
        ("A “toll” was", "A “toll” was", ("June", "Toll")),
        ("| a | toll |", "| a | toll |", ("June", "Toll")),
        ("Rebels left.", "Rebels left.", ("May",)),
    ],
)
def test_a_quote_is_found(quote: str, exact: str, section: tuple[str, ...]) -> None:
    passage = ground_quote(SMALL, quote)
    assert (words(passage), passage.section, passage.field) == (exact, section, None)


def test_a_heading_can_be_quoted() -> None:
    passage = ground_quote(SMALL, "June", nth=1)
    assert passage.start == SMALL.text.index("== June") + 3
    assert passage.section == ("June",)


def test_nth_and_section_choose_among_repeats() -> None:
    text = SMALL.text
    first = text.index("Rebels took")
    second = text.index("Rebels took", first + 1)
    assert ground_quote(SMALL, "Rebels took a town", nth=1).start == first
    assert ground_quote(SMALL, "Rebels took a town", nth=2).start == second
    assert ground_quote(SMALL, "Rebels took a town", section="May").start == second
    assert ground_quote(SMALL, "Rebels took a town", section="lead").start == first
    assert ground_quote(SMALL, "Rebels", section="June", nth=2).start == text.index("Rebels came")


@pytest.mark.parametrize("section", ["Toll", "June > Toll", " June  >  Toll ", "June"])
def test_a_section_holds_its_subsections(section: str) -> None:
    assert ground_quote(SMALL, "was paid", section=section).section == ("June", "Toll")


def test_overlapping_repeats_are_all_seen() -> None:
    article = parse_article("= T =\nno no no\n", "t")
    assert [(p.start, p.end) for p in fault("no no", article=article).candidates] == [
        (6, 11),
        (9, 14),
    ]


def test_a_word_inside_another_is_no_repeat() -> None:
    article = parse_article("= T =\nattacks, attack, attacked\n", "t")
    assert ground_quote(article, "attack").start == 15


# …


def test_an_ellipsis_matches_itself_first() -> None:
    assert words(ground_quote(SMALL, "The truce … held")) == "The truce … held"


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("Rebels took … town.", "Rebels took a town."),
        ("Rebels took … in May", "Rebels took a town in May"),
        ("Al-Ruba’i’s…families", "Al-Ruba’i’s men fled, and 10,000 families"),
        ("took a town. … held.", "took a town. The truce … held."),
        ("took … truce … held.", "took a town. The truce … held."),
    ],
)
def test_an_ellipsis_spans_words_of_one_block(quote: str, exact: str) -> None:
    assert words(ground_quote(SMALL, quote)) == exact


def test_nth_and_section_choose_among_spans() -> None:
    article = parse_article("= T =\nA b c.\n== S ==\nA d c.\n", "t")
    assert fault("A … c", article=article).reason == "repeated"
    assert ground_quote(article, "A … c", nth=2).exact == "A d c"
    assert ground_quote(article, "A … c", section="lead").exact == "A b c"


SPANNING_NOTHING: list[tuple[str, Reason, str]] = [
    (
        "Rebels … back",
        "ambiguous-gap",
        "the “…” in the quote “Rebels … back” is ambiguous: its start “Rebels” is there twice in"
        f" one paragraph: ({at('Rebels', '“June”', 4)}), ({at('Rebels', '“June”', 5)});"
        " write more of the start, until it is there once",
    ),
    (
        "Al-Ruba’i’s … fled",
        "ambiguous-gap",
        "the “…” in the quote “Al-Ruba’i’s … fled” is ambiguous: its end “fled” is there twice in"
        f" one paragraph: ({at('fled', '“May”')}), ({at('fled', '“May”', 2)});"
        " write more of the end, until it is there once",
    ),
    (
        "in May … in June",
        "several-blocks",
        "the “…” in the quote “in May … in June” crosses a paragraph: its start is there"
        f" ({at('in May', '“May”')}), its end there ({at('in June', '“June”')});"
        " a … spans words of one paragraph or list item, so make a passage of each",
    ),
    (
        "families fled … in May",
        "bad-gap",
        "in the quote “families fled … in May” the end"
        f" ({at('in May', '“May”')}) does not come after the start"
        f" ({at('families fled', '“May”')}); write the two parts in the order of the article",
    ),
    (
        "… in May",
        "bad-gap",
        "the quote “… in May” begins or ends with “…”;"
        " write words of the article on both sides of it",
    ),
    (
        "Rebels … May … fled",
        "bad-gap",
        "the quote “Rebels … May … fled” has more than one “…”;"
        " write its first words, one … and its last words",
    ),
    (
        "families … in Mai",
        "not-found",
        "the end of the quote, “in Mai”, is not in the article; the nearest stretch is"
        f" “in May” ({at('in May', '“May”')}): the quote has “Mai” where the article has “May”",
    ),
    (
        "ebels … in May",
        "inside-word",
        f"the start of the quote, “ebels”, starts inside a word ({at('Rebels', 'the lead')});"
        " extend it to whole words: “Rebels”",
    ),
]


@pytest.mark.parametrize(("quote", "reason", "message"), SPANNING_NOTHING)
def test_an_ellipsis_that_spans_nothing(quote: str, reason: Reason, message: str) -> None:
    error = fault(quote)
    assert (str(error), error.reason) == (message, reason)


def test_the_parts_of_an_ellipsis_keep_to_the_section() -> None:
    assert str(fault("in May … fled", section="June")) == (
        "the start of the quote, “in May”, is not in the section “June”, but there:"
        f" ({at('in May', '“May”')}); write section: May, or leave section out"
    )


# What is not found


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ("", "the quote is empty; copy the words of the article that state it"),
        (" \n", "the quote is empty; copy the words of the article that state it"),
        ("—", "the quote “—” has no words; copy the words of the article that state it"),
    ],
)
def test_an_empty_quote(quote: str, message: str) -> None:
    error = fault(quote)
    assert (str(error), error.reason, error.quote) == (message, "empty", quote)


@pytest.mark.parametrize(
    ("quote", "nearest", "where", "difference"),
    [
        (
            "Rebels tok a town in May",
            "Rebels took a town in May",
            "“May”",
            "the quote has “tok” where the article has “took”",
        ),
        (
            'A "toll" was paid',
            "A “toll” was paid",
            "“June > Toll”",
            'in ““toll”” the quote has " (QUOTATION MARK) for “ (LEFT DOUBLE QUOTATION MARK)',
        ),
        (
            "Al-Ruba'i’s men",
            "Al-Ruba’i’s men",
            "“May”",
            "in “Al-Ruba’i’s” the quote has ' (APOSTROPHE) for ’ (RIGHT SINGLE QUOTATION MARK)",
        ),
        (
            "Rebels took the a town in May.",
            "Rebels took a town in May.",
            "“May”",
            "the quote has “the”, which the article has not",
        ),
        (
            "Rebels took a in May.",
            "Rebels took a town in May.",
            "“May”",
            "the article has “town”, which the quote leaves out",
        ),
    ],
)
def test_the_nearest_stretch_is_shown(
    quote: str, nearest: str, where: str, difference: str
) -> None:
    error = fault(quote)
    assert str(error) == (
        f"the quote “{quote}” is not in the article;"
        f" the nearest stretch is “{nearest}” ({at(nearest, where)}): {difference}"
    )
    assert error.reason == "not-found"
    assert error.nearest is not None
    assert words(error.nearest) == nearest


def test_nothing_is_near() -> None:
    error = fault("xyzzy plugh")
    assert str(error) == (
        "the quote “xyzzy plugh” is not in the article;"
        " nothing in the article is like it: copy the words of the article"
    )
    assert error.nearest is None


def test_a_quote_that_is_there_twice_shows_both() -> None:
    error = fault("Rebels took a town")
    quoted = "Rebels took a town"
    assert str(error) == (
        f"the quote “{quoted}” is there twice:"
        f" ({at(quoted, 'the lead')}: “Rebels took a town. The truce … held.”),"
        f" ({at(quoted, '“May”', 2)}: “Rebels took a town in May. Al-Ruba’i’s men …”);"
        " add nth: 1 or nth: 2, or section: lead"
    )
    assert error.reason == "repeated"
    assert [p.section for p in error.candidates] == [(), ("May",)]


def test_a_quote_that_is_there_often_shows_three() -> None:
    error = fault("Rebels")
    assert error.message.startswith(
        f"the quote “Rebels” is there five times: ({at('Rebels', 'the lead')}: “"
    )
    assert error.message.count("line ") == 3
    assert error.message.endswith(") and 2 more")
    assert error.hint == "add nth: 1 up to nth: 5, or section: lead"
    assert len(error.candidates) == 5


def test_no_section_is_offered_that_would_not_choose() -> None:
    article = parse_article("= T =\n== A ==\nIt is so.\n=== B ===\nIt is so. It is so.\n", "t")
    assert fault("It is", article=article).hint == "add nth: 1 up to nth: 3"


@pytest.mark.parametrize(
    ("quote", "nth", "section", "message"),
    [
        ("in May", 2, None, "nth is 2, but the quote “in May” is there once; leave nth out"),
        (
            "Rebels",
            0,
            None,
            "nth is 0, but the quote “Rebels” is there five times; write a number from 1 to 5",
        ),
        (
            "Rebels",
            3,
            "June",
            "nth is 3, but the quote “Rebels” is there twice in the section “June”;"
            " write a number from 1 to 2",
        ),
    ],
)
def test_nth_out_of_range(quote: str, nth: int, section: str | None, message: str) -> None:
    error = fault(quote, nth=nth, section=section)
    assert (str(error), error.reason) == (message, "bad-nth")


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("june", "the article has no section “june”; did you mean “June”?"),
        ("Junne > Toll", "the article has no section “Junne > Toll”; did you mean “June > Toll”?"),
        ("Reactions", "the article has no section “Reactions”; it has lead, May, June, Toll"),
    ],
)
def test_an_unknown_section(section: str, message: str) -> None:
    error = fault("Rebels", section=section)
    assert (str(error), error.reason) == (message, "unknown-section")


def test_of_many_sections_twenty_are_named() -> None:
    headings = "".join(f"== Part {n} ==\nSo.\n" for n in range(25))
    error = fault("So", article=parse_article(f"= T =\n{headings}", "t"), section="xyz")
    assert error.hint.endswith("Part 17, Part 18 and 6 more")


def test_a_quote_in_another_section() -> None:
    error = fault("in May", section="June")
    assert str(error) == (
        "the quote “in May” is not in the section “June”, but there:"
        f" ({at('in May', '“May”')}); write section: May, or leave section out"
    )
    assert error.reason == "not-found"


@pytest.mark.parametrize(
    ("quote", "how", "place", "whole"),
    [
        ("ebels took", "starts", at("Rebels took", "the lead"), "Rebels took"),
        ("Al-Ruba’i", "ends", at("Al-Ruba’i’s", "“May”"), "Al-Ruba’i’s"),
        ("000 famil", "starts and ends", at("10,000 families", "“May”"), "10,000 families"),
    ],
)
def test_a_quote_that_cuts_a_word(quote: str, how: str, place: str, whole: str) -> None:
    error = fault(quote)
    assert str(error) == (
        f"the quote “{quote}” {how} inside a word ({place}); extend it to whole words: “{whole}”"
    )
    assert error.reason == "inside-word"
    assert error.nearest is not None
    assert words(error.nearest) == whole


PLAIN = parse_article("= T =\nTen families fled.\n\nRebels left.\n", "t")


def test_a_quote_over_two_blocks() -> None:
    error = fault("families fled. Rebels left.", article=PLAIN)
    assert str(error) == (
        "the quote “families fled. Rebels left.” runs over the end of a paragraph (lines 2–4);"
        " a quote lies in one paragraph, list item or heading, so make a passage of each"
    )
    assert error.reason == "several-blocks"


def test_a_quote_of_the_infobox() -> None:
    error = fault("3 killed")
    assert str(error) == (
        "the quote “3 killed” is not in the text, but in the infobox;"
        " write infobox: Toll in place of the quote"
    )
    assert error.reason == "in-infobox"
    assert error.candidates[0].field == "Toll"


def test_the_title_is_no_body() -> None:
    assert fault("The war").reason == "not-found"


# Fields


def test_a_field_is_found_whole() -> None:
    # 12 characters for the title's line, 1 for the empty one, 8 for "Infobox", 8 for "- Date: ".
    assert ground_field(SMALL, "Date") == Passage(29, 34, "1 May", ("Infobox",), "Date")
    assert ground_field(SMALL, "Toll", nth=2).exact == "4 killed"


@pytest.mark.parametrize(
    ("key", "nth", "reason", "message"),
    [
        ("Tol", None, "unknown-field", "the infobox has no field “Tol”; did you mean “Toll”?"),
        ("date", None, "unknown-field", "the infobox has no field “date”; did you mean “Date”?"),
        ("XY", None, "unknown-field", "the infobox has no field “XY”; it has Date, Toll, Note"),
        (
            "Toll",
            None,
            "repeated",
            "the infobox field “Toll” is there twice:"
            f" ({at('3 killed', '“Infobox”')}: “3 killed”),"
            f" ({at('4 killed', '“Infobox”')}: “4 killed”); add nth: 1 or nth: 2",
        ),
        (
            "Date",
            2,
            "bad-nth",
            "nth is 2, but the infobox field “Date” is there once; leave nth out",
        ),
        ("Note", None, "empty", "the infobox field “Note” is empty; leave this entry out"),
    ],
)
def test_fields_that_are_not_found(key: str, nth: int | None, reason: Reason, message: str) -> None:
    with pytest.raises(GroundingError) as caught:
        ground_field(SMALL, key, nth=nth)
    assert (str(caught.value), caught.value.reason) == (message, reason)


def test_no_infobox() -> None:
    with pytest.raises(GroundingError) as caught:
        ground_field(PLAIN, "Date")
    assert str(caught.value) == (
        "the article has no infobox, so there is no field “Date”; quote words of the text"
    )
    assert caught.value.reason == "no-infobox"


# Properties

PARAGRAPHS = st.lists(
    st.lists(
        st.sampled_from(["Daraa", "the", "rebels", "al-Balad", "1.5", "’tis", "é"]), min_size=1
    ),
    min_size=1,
    max_size=5,
)


@given(PARAGRAPHS, st.data())
def test_whole_words_ground_back_to_themselves(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    article = parse_article("= T =\n" + "\n\n".join(map(" ".join, paragraphs)), "t")
    chosen = data.draw(st.sampled_from(range(len(paragraphs))))
    first = data.draw(st.integers(0, len(paragraphs[chosen]) - 1))
    last = data.draw(st.integers(first + 1, len(paragraphs[chosen])))
    wanted = paragraphs[chosen][first:last]
    # The oracle counts words, not characters.
    expected = [
        (number, index)
        for number, paragraph in enumerate(paragraphs)
        for index in range(len(paragraph))
        if paragraph[index : index + len(wanted)] == wanted
    ]
    quote = data.draw(st.sampled_from([" ", "\n", "  \t"])).join(wanted)
    spans = [_span_of(article, paragraphs, place, len(wanted)) for place in expected]
    for nth, span in enumerate(spans, start=1):
        passage = ground_quote(article, quote, nth=nth)
        assert (passage.start, passage.end) == span
    if len(spans) == 1:
        assert (ground_quote(article, quote).start, ground_quote(article, quote).end) == spans[0]
    else:
        assert [(p.start, p.end) for p in fault(quote, article=article).candidates] == spans


def _span_of(
    article: Article, paragraphs: list[list[str]], place: tuple[int, int], count: int
) -> tuple[int, int]:
    number, index = place
    start = article.blocks[number + 1].start + sum(len(w) + 1 for w in paragraphs[number][:index])
    return start, start + len(" ".join(paragraphs[number][index : index + count]))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_quote_is_found_or_refused(quote: str) -> None:
    try:
        passage = ground_quote(DARAA, quote)
    except GroundingError:
        return
    assert passage.exact.split() == quote.split()


# Real articles


def test_every_sentence_of_the_reference_article_grounds_to_itself() -> None:
    for sentence in DARAA.sentences:
        passage = ground_quote(DARAA, DARAA.text[sentence.start : sentence.end])
        assert (passage.start, passage.end) == (sentence.start, sentence.end)
        assert passage.section == sentence.section


def test_a_passage_of_the_reference_article_by_hand() -> None:
    passage = ground_quote(DARAA, "On 19 August, an IED … including a brigadier.")
    assert passage.exact.startswith("On 19 August, an IED targeted a Syrian army convoy")
    assert passage.exact.endswith("soldiers and militiamen, including a brigadier.")
    assert passage.section == ("Clashes",)


@pytest.mark.skipif(
    not CORPUS.is_dir(),
    reason="the corpus of articles that this was tried on is not distributed with the source",
)
def test_long_articles_are_searched_quickly() -> None:
    path = max(CORPUS.glob("*.txt"), key=lambda file: file.stat().st_size)
    article = read_article(path)
    assert len(article.text) > 100_000
    chosen = article.sentences[:: len(article.sentences) // 20]
    began = time.perf_counter()
    for sentence in chosen:
        exact = article.text[sentence.start : sentence.end]
        error = fault(exact.replace("e", "3", 1) + " Xyz", article=article)
        assert error.reason == "not-found"
        if len(exact) > 60:
            assert error.nearest is not None
            assert error.nearest.start == sentence.start
    assert time.perf_counter() - began < 30
