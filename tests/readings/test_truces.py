"""Agreements. What is expected was worked out from the article's sentences: the reconciliation
deals follow the defeat of 2018 and are told in the Background, which ends where the offensive
begins; the agreement precedes the shelling of 29 July ("Despite the agreement"); the ceasefire is
for 30–31 July, after an offer that follows that shelling; the truce of 1 September "was soon
broken, with intense clashes reported on 5 September", and on 5 September there is "another truce",
so it held from 1 September to between 1 and 5 September: four days at most. Of no other does the
article say that it ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from daraa_kg.graph.labels import Name
from daraa_kg.readings.reader import Bound, Span
from daraa_kg.readings.truces import Ending, Held, Truce, _held
from daraa_kg.why.evidence import Quote

if TYPE_CHECKING:
    import daraa_kg as dk

REBELS = "group/rebels"
BETWEEN = "between 1 January 2018 and 29 July 2021"


@pytest.fixture(scope="module")
def truces(graph: dk.Graph) -> tuple[Truce, ...]:
    return graph.truces()


@pytest.fixture(scope="module")
def by_id(truces: tuple[Truce, ...]) -> dict[str, Truce]:
    return {truce.agreement.id: truce for truce in truces}


def ids(names: tuple[Name, ...]) -> list[str]:
    return [name.id for name in names]


def test_all_agreements_in_the_order_in_which_they_were_made(truces: tuple[Truce, ...]) -> None:
    assert [
        (truce.agreement.id, truce.made.words, truce.held.words, ids(truce.parties))
        for truce in truces
    ] == [
        ("event/reconciliation-in-daraa", BETWEEN, "not said", [REBELS]),
        ("event/reconciliation-in-nawa", BETWEEN, "not said", [REBELS]),
        (
            "event/agreement-to-end-the-siege",
            "29 July 2021 or earlier",
            "not said",
            ["kg:actor/syrian-government", "kg:actor/negotiation-committees-of-daraa"],
        ),
        (
            "event/ceasefire-of-30-july",
            "between 29 and 30 July 2021",
            "not said; meant for 2 days",
            ["side/government", "side/rebels"],
        ),
        (
            "event/truce-of-25-august",
            "about 25 August 2021",
            "not said",
            [REBELS, "kg:actor/syrian-armed-forces"],
        ),
        ("event/truce-of-1-september", "1 September 2021", "at most 4 days", [REBELS]),
        ("event/truce-of-5-september", "5 September 2021", "not said", [REBELS]),
    ]


def test_who_brokered_and_who_reported(by_id: dict[str, Truce]) -> None:
    ceasefire = by_id["event/ceasefire-of-30-july"]
    assert ids(ceasefire.mediators) == ["kg:actor/ahmad-al-awda", "kg:actor/russia"]
    assert ceasefire.course == (
        "On 31 July, the situation remained tense, but most areas adhered to the ceasefire",
    )
    reported = by_id["event/truce-of-25-august"]
    assert ids(reported.reporters) == ["kg:actor/sohr", "kg:actor/pro-government-media"]
    assert not any(by_id[name].reporters for name in by_id if name != reported.agreement.id)


def test_the_terms_in_the_order_of_the_text_and_that_their_fate_is_not_told(
    by_id: dict[str, Truce],
) -> None:
    assert [term.words for term in by_id["event/agreement-to-end-the-siege"].terms] == [
        "all roads will be reopened",
        "rebel light weapons will be handed over",
        "the government can keep three checkpoints in the city",
    ]
    terms = [term for truce in by_id.values() for term in truce.terms]
    assert len(terms) == 9  # 1 + 1 + 3 + 0 + 2 + 1 + 1
    assert {term.fate for term in terms} == {None}


def test_what_broke_and_what_replaced_the_truce_of_1_september(by_id: dict[str, Truce]) -> None:
    truce = by_id["event/truce-of-1-september"]
    (breach,) = truce.broken_by
    assert (breach.event.id, breach.span.words) == (
        "event/breach-of-the-truce-of-1-september",
        "between 1 and 5 September 2021",
    )
    assert [one.sentence for one in breach.evidence if isinstance(one, Quote)] == [
        "The truce was soon broken, with intense clashes reported on 5 September."
    ]
    assert [ending.event.id for ending in truce.replaced_by] == ["event/truce-of-5-september"]
    assert truce.held == Held(0, 4, ended=True)
    assert [name.id for name in by_id["event/truce-of-5-september"].parts] == [
        "event/handover-of-weapons-by-60-militants"
    ]


def test_an_alleged_breach_breaks_nothing(by_id: dict[str, Truce]) -> None:
    agreement = by_id["event/agreement-to-end-the-siege"]
    assert agreement.broken_by == ()
    assert agreement.held == Held()
    (alleged,) = agreement.alleged
    assert ids(alleged.by) == ["group/pro-opposition-figures"]


def test_each_has_its_sentences(truces: tuple[Truce, ...]) -> None:
    assert all(isinstance(one, Quote) for truce in truces for one in truce.evidence)
    assert all(truce.evidence for truce in truces)


# --- another article ------------------------------------------------------------------------------


def test_exact_rough_and_unknown_lengths(marsh: dk.Graph) -> None:
    assert [(truce.agreement.id, truce.held.words) for truce in marsh.truces()] == [
        ("event/first-truce", "3 days"),  # 1 to 4 March
        ("event/second-truce", "about 3 days"),  # about 6 to 9 March
        ("event/third-truce", "ended, when is not said"),
    ]


def test_what_came_of_the_terms(marsh: dk.Graph) -> None:
    first = marsh.truces()[0]
    assert [(term.words, term.fate, term.by.id if term.by else None) for term in first.terms] == [
        ("prisoners will be freed", "came to pass", "event/prisoners-freed"),
        ("the bridge will be opened", "did not come to pass", None),
    ]


def test_a_graph_without_agreements_has_none(empty: dk.Graph) -> None:
    assert empty.truces() == ()


# --- how long it held -----------------------------------------------------------------------------


def span(first: str | None, last: str | None, when: str | None = None) -> Span:
    def bound(day: str | None) -> Bound | None:
        return Bound(date.fromisoformat(day), when or day) if day else None

    return Span(when, bound(first), bound(last))


def ending(first: str | None, last: str | None) -> Ending:
    return Ending(Name("x", "x", "x"), span(first, last), ())


@pytest.mark.parametrize(
    ("start", "broken", "replaced", "words"),
    [
        (("2030-03-01", "2030-03-01"), ("2030-03-01", "2030-03-01"), None, "less than a day"),
        (("2030-03-01", "2030-03-01"), ("2030-03-02", "2030-03-02"), None, "1 day"),
        (("2030-03-01", "2030-03-02"), ("2030-03-05", "2030-03-06"), None, "3 to 5 days"),
        (("2030-03-01", "2030-03-01"), ("2030-03-05", None), None, "at least 4 days"),
        ((None, "2030-03-02"), ("2030-03-05", "2030-03-06"), None, "at least 3 days"),
        (("2030-03-01", None), ("2030-03-05", "2030-03-06"), None, "at most 5 days"),
        (("2030-03-01", "2030-03-01"), (None, None), None, "ended, when is not said"),
        ((None, None), (None, None), None, "ended, when is not said"),
        # What replaced it bounds when it was broken.
        (
            ("2030-03-01", "2030-03-01"),
            (None, None),
            ("2030-03-05", "2030-03-05"),
            "at most 4 days",
        ),
        # Dates that contradict each other bound nothing.
        (
            ("2030-03-05", "2030-03-05"),
            ("2030-03-01", "2030-03-01"),
            None,
            "ended, when is not said",
        ),
        (("2030-03-01", "2030-03-01"), None, None, "not said"),
    ],
)
def test_bounds_are_as_tight_as_the_dates_and_no_tighter(
    start: tuple[str | None, str | None],
    broken: tuple[str | None, str | None] | None,
    replaced: tuple[str | None, str | None] | None,
    words: str,
) -> None:
    held = _held(
        span(*start),
        (ending(*broken),) if broken else (),
        (ending(*replaced),) if replaced else (),
        None,
    )
    assert held.words == words
