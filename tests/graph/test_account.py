from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.namespaces import BASE, DCT, DKG, OA, PROV, RDF, RDFS, VOID, about_graph

if TYPE_CHECKING:
    import daraa_kg as dk

ABOUT = ox.NamedNode(about_graph(BASE))
TEXT = BASE + "mini/text/28573a3a"
SHELLING = TEXT + "#char=209,265"


def _about(graph: dk.Graph, subject: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in graph.store.quads_for_pattern(ox.NamedNode(subject), None, None, ABOUT):
        found.setdefault(quad.predicate.value, set()).add(str(getattr(quad.object, "value", "")))
    return found


def test_a_passage_is_described_as_web_annotation_has_it(mini_graph: dk.Graph) -> None:
    words = "On 3 May, the army shelled Oldbridge, killing two rebels."
    assert mini_graph.article is not None
    start = mini_graph.article.text.index(words)
    span = f"{start},{start + len(words)}"
    about = _about(mini_graph, f"{TEXT}#char={span}")
    assert about == {
        RDF + "type": {DKG + "Passage", OA + "SpecificResource"},
        OA + "hasSource": {TEXT},
        OA + "hasSelector": {f"{TEXT}#quote={span}", f"{TEXT}#position={span}"},
        DKG + "section": {"Events"},
        DKG + "textFragment": {
            "https://example.org/wiki/Siege_of_Oldbridge#:~:text="
            "On%203%20May%2C%20the%20army%20shelled%20Oldbridge%2C%20killing%20two%20rebels."
        },
        VOID + "triples": {"12"},
    }
    assert _about(mini_graph, f"{TEXT}#quote={span}")[OA + "exact"] == {words}
    position = _about(mini_graph, f"{TEXT}#position={span}")
    assert position[OA + "start"] == {str(start)}
    assert position[OA + "end"] == {str(start + len(words))}


def test_every_passage_slices_back_to_its_words(graph: dk.Graph) -> None:
    assert graph.article is not None
    for iri in graph.passages:
        start, end = map(int, iri.rpartition("=")[2].split(","))
        quote = iri.replace("#char=", "#quote=")
        assert _about(graph, quote)[OA + "exact"] == {graph.article.text[start:end]}


def test_repairs_and_reasons_are_kept(mini_graph: dk.Graph) -> None:
    described = [_about(mini_graph, iri) for iri in mini_graph.passages]
    assert [about[DKG + "repair"] for about in described if DKG + "repair" in about] == [
        {"The second column is missing; the killed are read as rebels."}
    ]
    assert [about[DKG + "because"] for about in described if DKG + "because" in about] == [
        {"repeats the sentence before it"},
        {"only names another article"},
    ]
    assert [about[DKG + "field"] for about in described if DKG + "field" in about] == [
        {"Date"},
        {"Place"},
        {"Casualties1"},
    ]


def test_the_text_is_described(mini_graph: dk.Graph) -> None:
    assert mini_graph.article is not None
    assert _about(mini_graph, TEXT) == {
        RDF + "type": {DKG + "Article", PROV + "Entity"},
        DCT + "title": {"Siege of Oldbridge"},
        DCT + "source": {"https://example.org/wiki/Siege_of_Oldbridge"},
        DCT + "license": {"https://creativecommons.org/licenses/by-sa/4.0/"},
        DKG + "attribution": {'Nobody, "Siege of Oldbridge"'},
        DKG + "sha256": {mini_graph.article.sha256},
        DKG + "mainEvent": {BASE + "mini/event/siege"},
    }


def test_every_rule_and_source_graph_is_described(graph: dk.Graph) -> None:
    for name in graph.store.named_graphs():
        iri = str(getattr(name, "value", ""))
        about = _about(graph, iri)
        for head, kind in (("rule/", "Rule"), ("source/", "Source")):
            if iri.startswith(BASE + head):
                assert DKG + kind in about[RDF + "type"], iri
                assert about[RDFS + "label"], iri


def test_decisions_say_why_and_about_what(graph: dk.Graph) -> None:
    decisions = list(
        graph.store.quads_for_pattern(None, ox.NamedNode(DCT + "subject"), None, ABOUT)
    )
    assert decisions
    for quad in decisions:
        about = _about(graph, str(getattr(quad.subject, "value", "")))
        assert about[DKG + "because"]
        (source,) = about[DCT + "isPartOf"]
        assert DKG + "Source" in _about(graph, source)[RDF + "type"]


def test_a_reason_is_that_of_its_facts_alone(graph: dk.Graph) -> None:
    # Four entries speak of the units on the government's side, each for a reason of its own.
    reasons = {}
    for triple, found in graph.proofs("side/government", "sideUnit").items():
        (why,) = {proof.graph.value for proof in found}
        if "source/editors#" in why:
            (reasons[getattr(triple.object, "value", "")],) = _about(graph, why)[DKG + "because"]
    artillery = reasons[BASE + "2021-daraa-offensive/group/syrian-artillery"]
    assert artillery.startswith('"Syrian artillery shelling" names no army')
    forces = reasons[BASE + "2021-daraa-offensive/group/government-forces"]
    assert forces.startswith('"Syrian government forces", "government forces"')
    assert len(reasons) == 4


def test_each_decision_has_one_reason(graph: dk.Graph) -> None:
    iri = BASE + "source/editors#"
    for quad in graph.store.quads_for_pattern(None, ox.NamedNode(DCT + "isPartOf"), None, ABOUT):
        subject = str(getattr(quad.subject, "value", ""))
        if subject.startswith(iri):
            assert len(_about(graph, subject)[DKG + "because"]) == 1


def test_the_sizes_are_those_of_the_graphs(graph: dk.Graph) -> None:
    dataset = BASE + "2021-daraa-offensive/dataset"
    assert _about(graph, dataset)[VOID + "triples"] == {str(len(graph))}
    described = _about(graph, dataset)[VOID + "subset"]
    assert described | {ABOUT.value} == {
        str(getattr(n, "value", "")) for n in graph.store.named_graphs()
    }
    for iri in described:
        size = sum(1 for _ in graph.store.quads_for_pattern(None, None, None, ox.NamedNode(iri)))
        assert _about(graph, iri)[VOID + "triples"] == {str(size)}


@pytest.mark.parametrize(
    "word", ["2026", "prov#generatedAtTime", "dcterms/created", "dc/terms/modified"]
)
def test_no_clock_is_read(mini_graph: dk.Graph, word: str) -> None:
    for quad in mini_graph.store.quads_for_pattern(None, None, None, ABOUT):
        assert word not in str(quad)
