from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.graph.builder import InvariantError, _check_invariants
from daraa_kg.graph.inputs import find_inputs
from daraa_kg.namespaces import BASE, DKG, RDF, RDFS, about_graph, ontology_graph

if TYPE_CHECKING:
    from pathlib import Path

APART = {about_graph(BASE), ontology_graph(BASE)}


def _iri(term: object) -> str:
    return str(getattr(term, "value", ""))


def test_every_fact_has_evidence_and_all_evidence_is_fact(graph: dk.Graph) -> None:
    facts = [quad.triple for quad in graph.facts()]
    evidence = {quad.triple for quad in graph.quads() if _iri(quad.graph_name) not in {"", *APART}}
    assert set(facts) == evidence
    assert len(facts) == len(set(facts))


def test_there_are_no_blank_nodes(graph: dk.Graph) -> None:
    for quad in graph.quads():
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)
        assert not isinstance(quad.graph_name, ox.BlankNode)


def test_the_account_and_the_ontology_are_not_merged(graph: dk.Graph) -> None:
    types = {_iri(quad.object) for quad in graph.facts() if quad.predicate.value == RDF + "type"}
    assert DKG + "Passage" not in types
    assert "http://www.w3.org/2002/07/owl#Class" not in types


def test_labels_are_the_editors_own(mini_graph: dk.Graph) -> None:
    label = ox.NamedNode(RDFS + "label")
    siege = ox.NamedNode(BASE + "mini/event/siege")
    graphs = {
        _iri(quad.graph_name) for quad in mini_graph.store.quads_for_pattern(siege, label, None)
    }
    assert graphs == {"", BASE + "source/editors"}


def test_every_number_of_the_passages_comes_out(graph: dk.Graph) -> None:
    for key, places in graph.source_map.triples.items():
        assert places
        assert any(
            _iri(t.object) == key[2] for t in graph.find(key[0]) if t.predicate.value == key[1]
        ), key


def test_another_base_changes_every_iri_of_ours(mini: Path) -> None:
    base = "https://x.example/kg/"
    graph = dk.build(mini, base=base, validate=False)
    assert BASE not in "".join(map(str, graph.quads()))
    assert graph.label("event/siege") == "Siege of Oldbridge"
    default = dk.build(mini, validate=False)
    assert {str(q).replace(base, BASE) for q in graph.quads()} == set(map(str, default.quads()))


def test_a_build_with_faults_says_them_all(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mini)
    path = mini / "statements.yaml"
    path.write_text(
        path.read_text().replace("perpetrator:", "perpetator:").replace("Ceasefire", "Ceasefyre")
    )
    with pytest.raises(dk.CheckFailed) as caught:
        dk.build(mini)
    assert [str(fault) for fault in caught.value.faults] == [
        "statements.yaml:38:9: error: “perpetator” is no property of the vocabulary; did you mean perpetrator?",
        "statements.yaml:62:15: error: “Ceasefyre” is no class of the vocabulary; did you mean type: Ceasefire?",
    ]
    assert dk.check(mini) == list(caught.value.faults)


def test_a_folder_without_an_article_names_one_that_has_one(mini: Path, tmp_path: Path) -> None:
    (tmp_path / "home" / "deep").mkdir(parents=True)
    shutil.copytree(mini, tmp_path / "home" / "deep" / "oldbridge")
    (fault,) = dk.check(tmp_path / "home")
    assert fault.location.file.endswith("home")
    assert fault.message == "the folder holds no article.txt and no statements.yaml"
    assert fault.hint is not None
    assert fault.hint.endswith("home/deep/oldbridge")
    (tmp_path / "none").mkdir()
    with pytest.raises(dk.CheckFailed, match=r"such as \S*data/articles/2021-daraa-offensive$"):
        dk.build(tmp_path / "none")


def test_crlf_and_a_mark_change_nothing(mini: Path, mini_graph: dk.Graph) -> None:
    for name in ("article.txt", "statements.yaml"):
        path = mini / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert dk.build(mini, validate=False).quads() == mini_graph.quads()


def test_the_order_of_entries_changes_nothing(mini: Path, mini_graph: dk.Graph) -> None:
    path = mini / "statements.yaml"
    head, *entries = path.read_text().split("  - quote:")
    path.write_text(head + "  - quote:" + "  - quote:".join(reversed(entries)))
    assert dk.build(mini, validate=False).quads() == mini_graph.quads()


def test_broken_invariants_are_a_fault_of_ours() -> None:
    store = ox.Store()
    node = ox.NamedNode(BASE + "x")
    store.add(ox.Quad(node, node, node))
    with pytest.raises(
        InvariantError, match=r"^1 facts have no evidence and 0 statements are no facts, such as "
    ) as caught:
        _check_invariants(store, BASE)
    assert caught.value.unexplained == {ox.Triple(node, node, node)}


def test_files_are_found_from_any_of_them(mini: Path) -> None:
    whole = find_inputs(mini)
    assert find_inputs(mini / "statements.yaml") == whole
    assert find_inputs(mini / "article.txt") == whole
    assert whole.slug == "mini"
    assert find_inputs().slug == "2021-daraa-offensive"


def test_a_folders_name_is_made_fit_for_iris(mini: Path) -> None:
    folder = mini.parent / "Siege of Oldbridge (2030)"
    mini.rename(folder)
    graph = dk.build(folder, validate=False)
    assert graph.slug == "Siege-of-Oldbridge-2030"
    assert graph.label("event/siege") == "Siege of Oldbridge"


def test_shared_files_are_checked_on_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = [file for file in find_inputs().shared if file.name == "places.yaml"]
    assert dk.check(shipped[0]) == []
    shutil.copy(shipped[0], tmp_path)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "places.yaml"
    assert dk.check(path) == []  # where al-Kaziyah lies is said in the article
    path.write_text(path.read_text().replace("type: Country", "type: Cuontry", 1))
    (message,) = map(str, dk.check(path))
    assert message.endswith(
        "error: “Cuontry” is no class of the vocabulary; did you mean type: Country?"
    )
    assert message.startswith("places.yaml:")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "nowhere",
            [
                "nowhere/article.txt: error: ",
                "nowhere/statements.yaml: error: there is no such file",
            ],
        ),
        (
            "statements.yaml",
            ["article.txt: error: ", "statements.yaml: error: there is no such file"],
        ),
    ],
)
def test_a_path_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = [str(fault) for fault in dk.check(name)]
    assert len(found) == len(expected)
    for message, start in zip(found, expected, strict=True):
        assert message.startswith(start)
