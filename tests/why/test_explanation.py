"""Why a fact is in the graph, as plain data."""

from __future__ import annotations

from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.graph.labels import Name, NoSuchFact, NoSuchThing
from daraa_kg.namespaces import DKG
from daraa_kg.why.evidence import Decision, Definition, Inference, Quote
from daraa_kg.why.explanation import Explanation, Reason, explain

HILLFORD = Path(__file__).parents[1] / "fixtures" / "hillford"


@pytest.fixture(scope="module")
def hillford() -> dk.Graph:
    return dk.build(HILLFORD, validate=False)


def only(found: list[Explanation]) -> Explanation:
    assert len(found) == 1
    return found[0]


def ends(reason: Reason) -> list[str]:
    """Give the passages that a reason goes back to."""
    if not reason.premises:
        return [reason.evidence.exact] if isinstance(reason.evidence, Quote) else []
    return [end for premise in reason.premises for end in ends(premise)]


def test_a_stated_fact_has_its_sentence_and_the_place_it_is_written_at(hillford: dk.Graph) -> None:
    found = only(explain(hillford, "event/truce", "when"))
    assert str(found.statement) == "Truce of June · when · about 5 June 2030"
    (reason,) = found.reasons
    assert isinstance(reason.evidence, Quote)
    assert reason.evidence.exact == "On 5 June, the Gazette reported that a truce was agreed."
    assert reason.evidence.voice == "reported by The Gazette"
    assert not found.more
    (place,) = found.places
    file, line, column = place.rsplit(":", 2)
    text = Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert text[int(column) - 1 :] == "2030-06-05~"


def test_a_label_is_named_by_the_editors(hillford: dk.Graph) -> None:
    found = only(explain(hillford, "event/truce", "label"))
    (reason,) = found.reasons
    assert isinstance(reason.evidence, Decision)
    assert reason.evidence.editors


def test_a_register_has_its_name_and_licence(hillford: dk.Graph) -> None:
    (reason,) = only(explain(hillford, "place/hillford", "latitude")).reasons
    assert isinstance(reason.evidence, Decision)
    assert (reason.evidence.label, reason.evidence.editors) == ("Almanac of Hillford", False)


def test_an_inferred_fact_is_followed_down_to_its_sentence(hillford: dk.Graph) -> None:
    found = only(explain(hillford, "event/mine", "during whole", "Clashes at Hillford"))
    (reason,) = found.reasons
    assert isinstance(reason.evidence, Inference)
    assert reason.evidence.name == "super-property"
    assert ends(reason) == [
        "On 2 June, a mine hit a convoy of the Army on the Hillford road, killing four soldiers, "
        "including a captain."
    ]
    assert any(isinstance(premise.evidence, Definition) for premise in reason.premises)
    stated = [p for p in reason.premises if not isinstance(p.evidence, Definition)]
    assert [str(p.statement) for p in stated] == [
        "Mine on the Hillford road · part of · Clashes at Hillford"
    ]


def test_without_a_property_all_facts_are_explained(hillford: dk.Graph) -> None:
    found = explain(hillford, "event/truce")
    labels = [explanation.statement.label for explanation in found]
    assert {"kind", "when", "party", "reported by", "label", "earliest", "participant"} <= set(
        labels
    )
    assert labels == sorted(labels)
    assert all(explanation.reasons for explanation in found)


@pytest.mark.parametrize("prop", ["partOf", "dkg:partOf", "part of", "PartOf", DKG + "partOf"])
def test_a_property_is_found_by_each_of_its_names(hillford: dk.Graph, prop: str) -> None:
    assert only(explain(hillford, "event/mine", prop)).statement.label == "part of"


@pytest.mark.parametrize("value", ["event/clashes", "Clashes at Hillford", "clashes at hillford"])
def test_a_value_is_found_by_id_and_label(hillford: dk.Graph, value: str) -> None:
    named = only(explain(hillford, "event/mine", "partOf", value)).statement.value
    assert isinstance(named, Name)
    assert named.id == "event/clashes"


def test_ways_are_limited_and_say_so(graph: dk.Graph) -> None:
    found = only(explain(graph, "kg:place/daraa-al-balad", "inside", "kg:place/syria", limit=1))
    assert len(found.reasons) == 1
    assert found.more
    everything = only(
        explain(graph, "kg:place/daraa-al-balad", "inside", "kg:place/syria", limit=50)
    )
    assert len(everything.reasons) > 1
    assert everything.reasons[0] == found.reasons[0]


def test_what_is_not_stated_says_what_is(hillford: dk.Graph) -> None:
    with pytest.raises(NoSuchFact) as error:
        explain(hillford, "side/army", "place")
    assert str(error.value) == (
        "nothing is stated about the place of “The Army's side”; "
        "it has commander, kind, label, sideIn, sideMember and sideUnit"
    )


@pytest.mark.parametrize(
    ("thing", "prop", "value", "sentence"),
    [
        (
            "event/mine",
            "weapn",
            None,
            "“weapn” is no property of “Mine on the Hillford road”; did you mean weapon?",
        ),
        (
            "event/mine",
            "weapon",
            "a min",
            "“a min” is no such value of “Mine on the Hillford road”; did you mean “a mine”?",
        ),
        (
            "event/mine",
            "weapon",
            "xyz",
            "“xyz” is no such value of “Mine on the Hillford road”; it has a mine",
        ),
    ],
)
def test_a_misspelt_property_or_value_gets_a_suggestion(
    hillford: dk.Graph, thing: str, prop: str, value: str | None, sentence: str
) -> None:
    with pytest.raises(NoSuchFact) as error:
        explain(hillford, thing, prop, value)
    assert str(error.value) == sentence


def test_a_thing_that_is_not_there(hillford: dk.Graph) -> None:
    with pytest.raises(NoSuchThing, match="nothing here is called “event/nothing-at-all”"):
        explain(hillford, "event/nothing-at-all")


def test_an_explanation_reads_as_text(hillford: dk.Graph) -> None:
    (found,) = hillford.why("event/mine", "duringWhole", "event/clashes")
    assert str(found) == (
        "Mine on the Hillford road · during whole · Clashes at Hillford\n"
        "  by the rule super-property: What stands in a relation stands in the wider relation above it.\n"
        "    Mine on the Hillford road · part of · Clashes at Hillford\n"
        "      “On 2 June, a mine hit a convoy of the Army on the Hillford road, killing four soldiers, "
        "including a captain.”\n"
        "      Events · the article"
    )
    (placed,) = hillford.why("place/hillford", "latitude")
    assert str(placed) == "Hillford · latitude · 10.5\n  from Almanac of Hillford, CC BY 3.0 IGO"
    (named,) = hillford.why("group/soldiers", "altLabel", "the Army")
    assert str(named) == (
        "Soldiers of the Army · alternative label · the Army\n"
        "  decided by the editors\n"
        "  because: The Army's soldiers are one group; the article tells no units apart."
    )


def test_the_graph_gives_cards(hillford: dk.Graph) -> None:
    assert hillford.card("event/mine").subject.id == "event/mine"


def test_every_fact_has_a_why_that_ends_in_passages_or_sources(graph: dk.Graph) -> None:
    facts = {(str(q.subject), q.predicate.value, str(q.object)) for q in graph.facts()}
    explained: list[Explanation] = []
    for subject in sorted({subject.strip("<>") for subject, _, _ in facts}):
        explained += explain(graph, subject, limit=1)
    assert len(explained) == len(facts)
    for found in explained:
        assert found.reasons, str(found.statement)
        for reason in found.reasons:
            kinds = {type(leaf.evidence) for leaf in _leaves(reason)}
            assert kinds - {Definition}, str(found.statement)
            assert kinds <= {Quote, Decision, Definition}, str(found.statement)


def _leaves(reason: Reason) -> list[Reason]:
    if not reason.premises:
        return [reason]
    return [leaf for premise in reason.premises for leaf in _leaves(premise)]
