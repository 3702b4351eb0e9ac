"""Cards: every fact of a thing under the evidence that states it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import DefaultGraph, NamedNode

import daraa_kg as dk
from daraa_kg.graph.builtfile import read_built
from daraa_kg.graph.labels import Labels, Name, NoSuchThing, value_of
from daraa_kg.namespaces import DKG, RDF, RDFS
from daraa_kg.why.cards import Block, Card, Fact, Text, make_card
from daraa_kg.why.evidence import Archive, Decision, Inference, Quote, license_name

if TYPE_CHECKING:
    from collections.abc import Iterator

HILLFORD = Path(__file__).parents[1] / "fixtures" / "hillford"
MINE = (
    "On 2 June, a mine hit a convoy of the Army on the Hillford road, killing four soldiers, "
    "including a captain."
)


@pytest.fixture(scope="module")
def hillford() -> dk.Graph:
    return dk.build(HILLFORD, validate=False)


def said(fact: Fact) -> tuple[str, str]:
    return fact.label, fact.value.text if isinstance(fact.value, Text) else fact.value.label


def quotes(block: Block) -> list[Quote]:
    return [evidence for evidence in block.evidence if isinstance(evidence, Quote)]


def every_fact(facts: tuple[Fact, ...]) -> Iterator[Fact]:
    for fact in facts:
        yield fact
        yield from every_fact(fact.inside)


def block_of(card: Card, label: str) -> Block:
    found = [
        block for block in card.blocks if any(f.label == label for f in every_fact(block.facts))
    ]
    assert len(found) == 1, f"{label} stands in {len(found)} blocks"
    return found[0]


def test_facts_stand_with_the_sentence_that_states_them(hillford: dk.Graph) -> None:
    card = make_card(hillford, "event/mine")
    assert card.subject.label == "Mine on the Hillford road"
    assert (card.kind, card.standing, card.voice) == ("bombing", None, "the article")
    (block,) = card.blocks
    assert [said(fact) for fact in block.facts] == [
        ("kind", "bombing"),
        ("when", "2 June 2030"),
        ("part of", "Clashes at Hillford"),
        ("place", "Hillford road"),
        ("target", "Soldiers of the Army"),
        ("target in words", "a convoy of the Army"),
        ("weapon", "a mine"),
        ("casualties", "4 killed"),
    ]
    (quote,) = quotes(block)
    assert quote.exact == quote.sentence == MINE
    assert quote.whole
    assert (quote.section, quote.field, quote.voice) == ("Events", None, "the article")
    assert quote.link is not None
    assert quote.link.startswith(
        "https://example.org/wiki/Clashes_at_Hillford#:~:text=On%202%20June"
    )


def test_a_figure_brings_its_own_facts_along(hillford: dk.Graph) -> None:
    toll = make_card(hillford, "event/mine").blocks[0].facts[-1]
    assert [said(fact) for fact in toll.inside] == [
        ("wording", "four soldiers"),
        ("suffered by", "Soldiers of the Army"),
        ("side", "The Army's side"),
        ("includes person", "Unnamed captain"),
    ]
    assert toll.inside[0].value == Text("four soldiers", "four soldiers", verbatim=True)


def test_dates_are_said_and_kept_as_written(hillford: dk.Graph) -> None:
    card = make_card(hillford, "event/truce")
    when = next(f for block in card.blocks for f in block.facts if f.label == "when")
    assert when.value == Text("about 5 June 2030", "2030-06-05~")


def test_facts_of_different_passages_stand_apart_in_the_order_of_the_text(
    hillford: dk.Graph,
) -> None:
    card = make_card(hillford, "event/clashes")
    assert [[quote.section for quote in quotes(block)] for block in card.blocks] == [
        ["Infobox"],
        ["lead"],
    ]
    assert ("casualties", "9 killed") in map(said, card.blocks[0].facts)
    assert ("casualties", "wounded, number not given") in map(said, card.blocks[1].facts)


def test_a_fact_that_two_passages_state_stands_with_both(graph: dk.Graph) -> None:
    block = block_of(make_card(graph, "event/offensive"), "part of")
    assert [(q.section, q.field) for q in quotes(block)] == [("Infobox", "Partof"), ("lead", None)]


def test_a_quote_keeps_the_words_around_it(hillford: dk.Graph) -> None:
    (quote,) = quotes(block_of(make_card(hillford, "event/demand"), "speaker"))
    assert quote.before == "The rebels then offered talks, "
    assert quote.exact == "but the Army demanded that they leave Hillford."
    assert quote.after == ""
    assert not quote.whole


def test_reported_events_and_their_terms_have_the_voice_of_the_reporters(
    hillford: dk.Graph,
) -> None:
    card = make_card(hillford, "event/truce")
    assert card.voice == "reported by The Gazette"
    assert len(card.blocks) == 2
    assert {quote.voice for block in card.blocks for quote in quotes(block)} == {card.voice}


def test_what_came_of_a_reported_promise_is_told_in_the_articles_voice(hillford: dk.Graph) -> None:
    card = make_card(hillford, "event/promise")
    (promised,) = quotes(block_of(card, "speaker"))
    assert promised.voice == "reported by An officer"
    block = block_of(card, "what came of it")
    (outcome,) = quotes(block)
    assert outcome.exact == "This did not come to pass."
    assert outcome.voice == "the article"
    assert block.facts[0].about is not None
    assert block.facts[0].about.label == "Handover of weapons"


def test_what_came_of_a_promise_that_is_only_claimed_is_in_doubt(graph: dk.Graph) -> None:
    """The officer tells of the promise; "However, this transfer did not come to pass" names nobody."""
    card = make_card(graph, "event/account-of-a-pro-government-officer")
    block = block_of(card, "what came of it")
    (outcome,) = quotes(block)
    assert (
        outcome.exact
        == "However, this transfer did not come to pass, and disputes devolved into fighting."
    )
    assert outcome.voice == (
        "the article, on what was promised by Notables in al-Balad district, "
        "claimed by Pro-government military officer"
    )
    (told,) = [fact.value for fact in block.facts if fact.label == "what came of it"]
    assert told == Text("said not to have come to pass", "true")
    promised = make_card(graph, "event/handover-promised-by-the-notables")
    assert promised.standing == "promised, as claimed; said not to have come to pass"


def test_yes_and_no_are_told_in_words(graph: dk.Graph) -> None:
    def told(thing: str, label: str) -> list[Name | Text]:
        facts = [f for block in make_card(graph, thing).blocks for f in every_fact(block.facts)]
        assert not {"civilian", "negated", "not realized"} & {fact.label for fact in facts}
        return [fact.value for fact in facts if fact.label == label]

    # "the death of two civilians and the injury of several others"
    assert told("event/bombardment-of-tafas", "people") == [Text("civilians", "true")]
    # "promises to stay out of al-Balad district"
    assert told("event/alleged-promise-to-stay-out", "what is said") == [
        Text("that there will be no deployment", "true")
    ]
    # "the Syrian Army was not able to deploy troops across the entire province"
    assert told("event/deployment-across-the-province", "what came of it") == [
        Text("did not come to pass", "true")
    ]


def test_what_is_said_has_the_voice_of_the_speaker(hillford: dk.Graph) -> None:
    card = make_card(hillford, "event/promised-handover")
    assert card.kind == "weapons handover"
    assert card.standing == "promised and not done"
    assert card.voice == "promised by Elders, reported by An officer"


@pytest.mark.parametrize(
    ("event", "standing"),
    [
        ("event/truce", "agreed"),
        ("event/demand", "demanded"),
        ("event/offer", "offered"),
        ("event/promise", "promised and not done"),
    ],
)
def test_possible_events_say_how_they_stand_to_what_happened(
    hillford: dk.Graph, event: str, standing: str
) -> None:
    card = make_card(hillford, event)
    assert [f.standing for block in card.blocks for f in block.facts if f.standing] == [standing]
    assert card.standing is None


def test_only_possible_events_have_a_standing(graph: dk.Graph) -> None:
    for name, wanted in (("Event", False), ("PossibleEvent", True)):
        things = list(
            graph.store.quads_for_pattern(
                None, NamedNode(RDF + "type"), NamedNode(DKG + name), DefaultGraph()
            )
        )
        assert things
        assert {
            make_card(graph, value_of(quad.subject)).standing is not None for quad in things
        } == {wanted}


def test_editors_decisions_come_with_their_reason(hillford: dk.Graph) -> None:
    card = make_card(hillford, "group/soldiers")
    (decision,) = block_of(card, "alternative label").evidence
    assert isinstance(decision, Decision)
    assert decision.editors
    assert decision.because == (
        "The Army's soldiers are one group; the article tells no units apart.",
    )


def test_registers_come_with_their_licence(hillford: dk.Graph) -> None:
    block = block_of(make_card(hillford, "place/hillford"), "latitude")
    assert [said(fact) for fact in block.facts] == [
        ("latitude", "10.5"),
        ("longitude", "20.25"),
        ("accuracy", "500 m"),
    ]
    (source,) = block.evidence
    assert isinstance(source, Decision)
    assert (source.editors, source.label, source.because) == (False, "Almanac of Hillford", ())
    assert source.license == "https://creativecommons.org/licenses/by/3.0/igo/"
    assert source.url == "https://example.org/almanac"


def test_repairs_of_the_infobox_are_told(hillford: dk.Graph) -> None:
    (quote,) = quotes(block_of(make_card(hillford, "side/army"), "commander"))
    assert quote.field == "Commander1"
    assert (
        quote.repair
        == '"Unnamed CaptainKIA" is read as an unnamed captain marked killed in action.'
    )


def test_inferred_facts_stand_apart_with_their_rules(hillford: dk.Graph) -> None:
    card = make_card(hillford, "event/mine")
    inferred = {said(fact): [rule.name for rule in fact.rules] for fact in card.inferred}
    assert inferred["during whole", "Clashes at Hillford"] == ["super-property"]
    assert inferred["earliest", "2 June 2030"] == ["edtf"]
    assert inferred["also", "attack"] == ["class-hierarchy"]
    assert all(rule.summary for fact in card.inferred for rule in fact.rules)


def test_actors_have_what_names_them_in_the_order_of_time(hillford: dk.Graph) -> None:
    card = make_card(hillford, "group/soldiers")
    assert [(m.heading, m.thing.id, m.figure, m.when) for m in card.mentions] == [
        ("suffered by this", "event/clashes", "wounded, number not given", "June 2030"),
        ("suffered by this", "event/mine", "4 killed", "2 June 2030"),
        ("target in", "event/mine", None, "2 June 2030"),
        ("party in", "event/truce", None, "about 5 June 2030"),
        ("speaker in", "event/demand", None, None),
        ("unit of side in", "side/soldiers", None, None),
        ("unit of side in", "side/army", None, None),
    ]


def test_a_place_has_what_happened_there(hillford: dk.Graph) -> None:
    card = make_card(hillford, "place/hillford")
    assert [(m.heading, m.thing.id) for m in card.mentions] == [
        ("place of", "event/clashes"),
        ("between this", "place/hillford-road"),
    ]


def test_geometries_are_shown_as_text(hillford: dk.Graph) -> None:
    card = make_card(hillford, "place/hillford")
    assert ("has geometry", "POINT(20.25 10.5)") in map(said, card.inferred)


def test_every_stated_fact_of_everything_is_on_its_card(graph: dk.Graph) -> None:
    labels = Labels(graph.store, graph.base, graph.slug)
    archive = Archive(graph.store, labels)
    left_out = {RDFS + "label"}
    for iri in labels.things:
        card = make_card(graph, iri)
        shown = sum(1 for block in card.blocks for fact in block.facts if fact.about is None)
        quads = graph.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
        stated = [
            quad
            for quad in quads
            if quad.predicate.value not in left_out
            and not archive.is_rule(archive.graphs(quad.triple)[0])
        ]
        assert shown == len(stated), iri


def test_every_block_has_evidence(graph: dk.Graph) -> None:
    for iri in Labels(graph.store, graph.base, graph.slug).things:
        for block in make_card(graph, iri).blocks:
            assert block.facts
            assert block.evidence
            assert not any(isinstance(evidence, Inference) for evidence in block.evidence)


def test_cards_are_the_same_every_time(graph: dk.Graph) -> None:
    assert make_card(graph, "event/offensive") == make_card(graph, "event/offensive")


def test_a_card_without_the_text_has_the_passages_alone(
    hillford: dk.Graph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = hillford.save(tmp_path_factory.mktemp("built") / "hillford.trig")
    card = make_card(read_built(path), "event/truce")
    (quote,) = quotes(block_of(card, "when"))
    assert (quote.before, quote.exact, quote.after) == (
        "",
        "On 5 June, the Gazette reported that a truce was agreed.",
        "",
    )


def test_a_thing_that_is_not_there(hillford: dk.Graph) -> None:
    with pytest.raises(NoSuchThing, match="nothing here is called “event/none-of-this”"):
        make_card(hillford, "event/none-of-this")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("https://creativecommons.org/licenses/by/3.0/igo/", "CC BY 3.0 IGO"),
        ("https://example.org/terms", "https://example.org/terms"),
    ],
)
def test_licences_have_names(address: str, name: str) -> None:
    assert license_name(address) == name
