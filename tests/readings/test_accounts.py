"""Who says what. The rows of the reference article were written down from its text, sentence by
sentence: whoever "urged", "rejected", "refused", "described", "accused", "offered", "threatened",
"maintained its stance", and whatever was "reported" or "according to" somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daraa_kg.readings.accounts import Accounts, Contradiction
from daraa_kg.why.evidence import Quote

if TYPE_CHECKING:
    import daraa_kg as dk

# Stance, speakers, by whom told if not the article, what is said in the words of the text.
SAID = [
    ("rejection", ["group/militants-who-refused-the-deals"], [], []),
    ("demand", ["kg:actor/russia"], [], ["new reconciliation deals"]),
    ("rejection", ["group/those-who-rejected-the-russian-demand"], [], []),
    ("rejection", ["group/former-fsa-fighters"], [], ["to hand over their weapons"]),
    (
        "claim",
        ["group/syrian-army-sources"],
        [],
        [
            "start of a military operation against hideouts of terrorists",
            "terrorists who thwarted a reconciliation deal",
        ],
    ),
    (
        "claim",
        ["person/pro-government-officer"],
        [],
        [
            "had promised the government forces to peacefully hand over the weapons of local insurgents"
        ],
    ),
    (
        "promise",
        ["group/notables-of-al-balad"],
        ["person/pro-government-officer"],
        ["to peacefully hand over the weapons of local insurgents"],
    ),
    (
        "accusation",
        ["group/pro-opposition-figures"],
        [],
        ["failure to adhere to the agreement", "promises to stay out of al-Balad district"],
    ),
    (
        "promise",
        ["kg:actor/syrian-government"],
        ["group/pro-opposition-figures"],
        ["to stay out of al-Balad district"],
    ),
    ("offer", ["group/ex-rebels"], [], ["new negotiations"]),
    (
        "demand",
        ["kg:actor/syrian-government"],
        [],
        [
            "weaponry had to be handed over",
            "all non-reconciled insurgents had to be transferred to the still rebel-held Idlib Governorate",
        ],
    ),
    ("report", ["group/unstated-reporters-of-rocket-fire"], [], [None]),
    (
        "accusation",
        ["group/unstated-accusers-of-a-civilian"],
        [],
        ["dealing with the military security service and snitching on oppositionists"],
    ),
    (
        "report",
        ["kg:actor/sohr", "kg:actor/pro-government-media"],
        [],
        [
            "a truce and evacuation was agreed",
            "Rebels forces will be allowed to leave Darás toward Syria's North (Idlib)",
            "in turn Syrian Armed forces could enter Daraa al-Balad",
        ],
    ),
    ("report", ["group/unstated-reporters-of-clashes"], [], ["intense clashes"]),
    (
        "threat",
        ["kg:actor/russia"],
        [],
        ["they would take part in a government offensive if they refused to surrender"],
    ),
]


@pytest.fixture(scope="module")
def read(graph: dk.Graph) -> Accounts:
    return graph.accounts()


def test_everything_that_is_not_in_the_articles_own_voice_is_there_in_the_order_of_the_text(
    read: Accounts,
) -> None:
    assert [
        (
            account.stance,
            [name.id for name in account.speakers],
            [name.id for name in account.told_by],
            [said.words for said in account.says],
        )
        for account in read.accounts
    ] == SAID


def test_each_account_has_its_sentence_and_a_link_to_it(read: Accounts) -> None:
    for account in read.accounts:
        quotes = [one for one in account.evidence if isinstance(one, Quote)]
        assert quotes
        assert all(quote.link for quote in quotes)
        for said in account.says:
            assert said.words is None or any(said.words in quote.sentence for quote in quotes)


def test_whom_it_is_said_to_against_whom_and_about_what(read: Accounts) -> None:
    threat = next(account for account in read.accounts if account.stance == "threat")
    assert [name.id for name in threat.addressees] == ["group/rebels"]
    assert threat.says[0].condition == "if they refused to surrender"
    assert threat.span.words == "5 September 2021"
    accusation = next(account for account in read.accounts if account.stance == "accusation")
    assert [name.id for name in accusation.accused] == ["kg:actor/syrian-government"]
    assert [name.id for name in accusation.about] == ["event/agreement-to-end-the-siege"]


def test_where_nobody_says_so_expressly_the_time_is_bounded_by_the_order(read: Accounts) -> None:
    spans = {account.thing.id: account.span.words for account in read.accounts}
    assert spans["event/claim-of-syrian-army-sources"] == "29 July 2021 or later"
    assert spans["event/offer-of-new-negotiations"] == "between 29 and 30 July 2021"
    assert spans["event/account-of-a-pro-government-officer"] == ""


# --- contradictions -------------------------------------------------------------------------------


def row(found: Contradiction) -> tuple[str, str, str | None, str, str | None]:
    return (
        found.ground,
        found.one.voice,
        found.one.words,
        found.other.voice,
        found.other.words,
    )


def test_the_accounts_that_contradict_each_other(read: Accounts) -> None:
    failure = "failure to adhere to the agreement"
    assert list(map(row, read.contradictions)) == [
        (
            "editors",
            "claimed by Syrian Army sources",
            "terrorists who thwarted a reconciliation deal",
            "alleged by Pro-opposition figures",
            failure,
        ),
        (
            "editors",
            "claimed by Pro-government military officer",
            "had promised the government forces to peacefully hand over the weapons of local insurgents",
            "alleged by Pro-opposition figures",
            failure,
        ),
        (
            "figure",
            "the article, Clashes",
            "18 positions",
            "the article, Infobox, Territory",
            "18 checkpoints",
        ),
        (
            "infobox",
            "the article, Infobox, Territory",
            "Syrian and Russian flags raised in the neighborhood",
            "the article, Clashes",
            "hoisting up the Syrian flag in the area",
        ),
    ]


def test_on_what_they_contradict_each_other(read: Accounts) -> None:
    decided, _, figure, infobox = read.contradictions
    assert [difference.matter for difference in decided.differences] == [
        "Agreement to end the siege"
    ]
    assert [(d.matter, d.one, d.other) for d in figure.differences] == [
        ("what is counted", ("positions",), ("checkpoints",)),
        ("who did it", ("Armed locals",), ("Rebels in Daraa",)),
    ]
    assert [difference.matter for difference in infobox.differences] == [
        "what the infobox alone tells"
    ]


def test_what_the_editors_decided_has_their_reason(read: Accounts) -> None:
    for found in read.contradictions:
        assert bool(found.because) == (found.ground == "editors")
    assert read.contradictions[0].because[0].startswith("Sources of the Syrian Army say that")


def test_the_events_that_rest_on_reports_alone(read: Accounts) -> None:
    assert [(report.event.id, report.span.when) for report in read.reports] == [
        ("event/rocket-fire-on-nahtah", "2021-08-05?"),
        ("event/truce-of-25-august", "2021-08-25~"),
        ("event/clashes-of-5-september", "2021-09-05~"),
    ]


# --- another article ------------------------------------------------------------------------------


def test_claimed_figures_and_denials(marsh: dk.Graph) -> None:
    read = marsh.accounts()
    assert [
        (account.stance, account.speakers[0].id, [said.words for said in account.says])
        for account in read.accounts
    ] == [
        ("report", "group/gazette", ["a shell"]),
        ("figure", "group/gazette", ["12 people"]),
        ("figure", "group/herald", ["15"]),
        ("claim", "group/army", ["it had fired the shell"]),
    ]
    assert (read.accounts[3].says[0].negated, read.accounts[3].says[0].alleged) == (True, True)


def test_two_tolls_and_a_contradiction_that_the_article_states(marsh: dk.Graph) -> None:
    denial, toll = marsh.accounts().contradictions
    assert row(denial) == (
        "stated",
        "reported by The Gazette",
        "a shell",
        'claimed by =HYPERLINK("the Army")',
        None,
    )
    assert denial.because == ("The Army denied that it had fired the shell.",)
    assert row(toll) == (
        "figure",
        "claimed by The Gazette",
        "12 people",
        "claimed by The Herald",
        "15",
    )
    assert [(d.matter, d.one, d.other) for d in toll.differences] == [
        ("how many", ("12",), ("15",))
    ]


def test_a_graph_in_which_nobody_speaks_has_no_accounts(empty: dk.Graph) -> None:
    assert not empty.accounts()
    assert empty.accounts() == Accounts()
