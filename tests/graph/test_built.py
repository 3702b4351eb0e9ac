from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib

from daraa_kg.exports.eventtables import UnknownTable
from daraa_kg.graph.labels import NoSuchFact
from daraa_kg.namespaces import BASE, DKG
from daraa_kg.networks.views import UnknownView

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk


def test_rdflib_is_a_real_dataset_with_the_same_quads(graph: dk.Graph) -> None:
    dataset = graph.rdflib
    assert isinstance(dataset, rdflib.Dataset)
    assert dataset is graph.rdflib
    assert len(dataset.default_graph) == len(graph)
    assert sum(1 for _ in dataset.quads((None, None, None, None))) == len(graph.quads())
    assert dict(dataset.namespaces())["dkg"] == rdflib.URIRef(DKG)
    offensive = rdflib.URIRef(graph.iri("event/offensive"))
    assert (
        offensive,
        rdflib.RDFS.label,
        rdflib.Literal(graph.label("event/offensive"), lang="en"),
    ) in dataset


def test_it_is_counted_and_iterated_by_facts(mini_graph: dk.Graph) -> None:
    triples = list(mini_graph)
    assert len(triples) == len(mini_graph) == len(mini_graph.facts())
    assert all(isinstance(triple, ox.Triple) for triple in triples)


def test_names_and_labels(mini_graph: dk.Graph) -> None:
    assert mini_graph.iri("event/siege") == BASE + "mini/event/siege"
    assert mini_graph.shorten(BASE + "mini/event/siege") == "event/siege"
    assert mini_graph.label("event/siege") == "Siege of Oldbridge"
    assert mini_graph.label("dkg:Siege") == "siege"
    assert mini_graph.label("kg:rule/kind") == "kind"
    assert mini_graph.label("event/none") == "event/none"
    assert mini_graph.property_iri("place") == mini_graph.property_iri("dkg:place") == DKG + "place"
    assert mini_graph.property_iri("latitude") == "http://www.w3.org/2003/01/geo/wgs84_pos#lat"


def test_facts_are_found(mini_graph: dk.Graph) -> None:
    party = mini_graph.find("event/truce", "party")
    assert [mini_graph.shorten(str(getattr(t.object, "value", ""))) for t in party] == [
        "group/army",
        "group/rebels",
    ]
    assert mini_graph.find("event/truce", "party", "group/army") == party[:1]
    assert len(mini_graph.find("event/truce", "when", "2030-05-05")) == 1
    assert mini_graph.find("event/none") == []


def test_proofs_gives_a_proof_of_each_fact(mini_graph: dk.Graph) -> None:
    ((triple, stated),) = mini_graph.proofs("event/truce", "when").items()
    assert triple.predicate.value == DKG + "when"
    assert [proof.reason_kind for proof in stated] == ["passage"]
    ((_, inferred),) = mini_graph.proofs("event/truce", "participant", "group/army").items()
    assert [proof.reason_kind for proof in inferred] == ["rule"]
    with pytest.raises(NoSuchFact, match=r"^the graph holds no fact “event/truce weapon”$"):
        mini_graph.proofs("event/truce", "weapon")


def test_every_fact_has_a_proof(mini_graph: dk.Graph) -> None:
    subjects = {str(getattr(t.subject, "value", "")) for t in mini_graph}
    proved = {
        triple
        for subject in subjects
        for triple, found in mini_graph.proofs(subject).items()
        if len(found)
    }
    assert proved == set(mini_graph)


def test_locations(mini_graph: dk.Graph) -> None:
    def lines(*names: str) -> list[int]:
        return [place.line for place in mini_graph.locations(*names)]

    assert lines("event/shelling") == [32]
    assert lines("event/shelling", "perpetrator") == [38]
    assert lines("event/siege", "party", "group/rebels") == [26]
    assert lines("event/siege", "when", "2030-05-03/2030-05-05") == [10]
    assert lines("event/none") == []


def test_passages_are_in_the_order_of_the_text(mini_graph: dk.Graph) -> None:
    starts = [int(iri.rpartition("=")[2].split(",")[0]) for iri in mini_graph.passages]
    assert len(starts) == 9
    assert starts == sorted(starts)


def test_it_says_what_it_holds(mini_graph: dk.Graph) -> None:
    summary = mini_graph.summary()
    assert summary["passages"] == 9
    assert summary["events"] == 4
    assert (summary["actors"], summary["places"], summary["figures"]) == (2, 1, 2)
    assert summary["facts"] == len(mini_graph)
    assert repr(mini_graph).startswith("<Graph mini: 9 passages, ")
    assert "<td>9</td>" in mini_graph._repr_html_()


def test_it_is_saved(mini_graph: dk.Graph, tmp_path: Path) -> None:
    path = mini_graph.save(tmp_path / "a.nq")
    assert set(ox.parse(path=path)) == set(mini_graph.quads())
    other = mini_graph.save(str(tmp_path / "b.data"), "ttl")
    assert {q.triple for q in ox.parse(path=other, format=ox.RdfFormat.TURTLE)} == set(mini_graph)


@pytest.mark.parametrize("query", [5, None, ["timeline"]])
def test_what_is_no_question_is_a_type_error(mini_graph: dk.Graph, query: object) -> None:
    with pytest.raises(TypeError) as caught:
        mini_graph.query(query)  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"a question is a name, a path or SPARQL, and this is {type(query).__name__}: {query!r}"
    )


def test_a_file_that_cannot_be_written_is_named_as_it_was_given(
    mini_graph: dk.Graph, tmp_path: Path
) -> None:
    path = tmp_path / "nowhere" / "a.ttl"
    with pytest.raises(FileNotFoundError) as caught:
        mini_graph.save(path)
    assert caught.value.filename == str(path)


@pytest.mark.parametrize("name", [None, 3])
def test_what_is_no_view_and_no_table_gets_a_sentence(mini_graph: dk.Graph, name: Any) -> None:  # noqa: ANN401 - what is no text is what is tested
    with pytest.raises(
        UnknownView, match=f"^“{name}” is no view of the graph as a network; write "
    ):
        mini_graph.to_networkx(name)
    with pytest.raises(UnknownTable, match=f"^“{name}” is no table; write "):
        mini_graph.to_pandas(name)
