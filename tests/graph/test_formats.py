from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from daraa_kg.diagnostics import listing
from daraa_kg.extras import NotInstalled
from daraa_kg.graph.built import Graph
from daraa_kg.graph.formats import (
    BUILD_FORMATS,
    FORMATS,
    RDF_FORMATS,
    NoSuchOption,
    UnknownFormat,
    check_all,
    file_name,
    find_format,
    ordered,
    serialize,
    write_all,
)
from daraa_kg.namespaces import BASE, DKG, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    import daraa_kg as dk

OXIGRAPH = {
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
}
RDFLIB_FORMATS = {
    "trig": "trig",
    "nq": "nquads",
    "ttl": "turtle",
    "jsonld": "json-ld",
    "rdf": "xml",
    "nt": "nt",
}


def test_the_table_is_whole() -> None:
    assert tuple(OXIGRAPH) == RDF_FORMATS
    assert set(BUILD_FORMATS) <= set(FORMATS)
    for name, entry in FORMATS.items():
        assert entry.name == name
        assert re.fullmatch(r"\.[a-z]+", entry.extension)
        assert re.fullmatch(r"[a-z]+/[a-z.+-]+", entry.media_type)
        assert find_format(entry.extension).extension == entry.extension
        module, _, function = entry.writer.partition(":")
        assert callable(getattr(import_module(f"daraa_kg.{module}"), function))
    for name in RDF_FORMATS:
        entry = FORMATS[name]
        assert entry.extension == f".{OXIGRAPH[name].file_extension}"
        assert entry.media_type == OXIGRAPH[name].media_type
        assert entry.datasets == OXIGRAPH[name].supports_datasets


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_what_is_written_is_read_by_pyoxigraph(graph: dk.Graph, name: str) -> None:
    quads = set(ox.parse(serialize(graph, name), format=OXIGRAPH[name]))
    assert quads == set(graph.quads() if FORMATS[name].datasets else graph.facts())


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_what_is_written_is_read_by_rdflib(mini_graph: dk.Graph, name: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=serialize(mini_graph, name).decode(), format=RDFLIB_FORMATS[name])
    ours = mini_graph.rdflib
    assert isomorphic(dataset.default_graph, ours.default_graph)
    if FORMATS[name].datasets:
        names = {graph.identifier for graph in dataset.graphs() if len(graph)}
        assert names == {graph.identifier for graph in ours.graphs() if len(graph)}
        for graph in names:
            assert isomorphic(dataset.graph(graph), ours.graph(graph)), graph


@pytest.mark.parametrize("name", RDF_FORMATS)
def test_what_is_written_has_no_blank_node_and_ends_with_a_newline(
    graph: dk.Graph, name: str
) -> None:
    data = serialize(graph, name)
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")
    assert b"_:" not in data


@pytest.mark.parametrize("name", ["trig", "ttl"])
def test_prefixes_are_bound_and_in_order(graph: dk.Graph, name: str) -> None:
    lines = serialize(graph, name).decode().splitlines()
    bound = [line.split()[1].rstrip(":") for line in lines if line.startswith("@prefix")]
    assert bound == sorted(bound)
    assert {"dkg", "kg", "rdfs"} <= set(bound)
    assert not any(re.fullmatch(r"ns\d+", prefix) for prefix in bound)


def test_facts_come_first_and_passages_in_the_order_of_the_text(graph: dk.Graph) -> None:
    quads = graph.quads()
    assert quads == ordered(reversed(quads))
    graphs = list(dict.fromkeys(quad.graph_name for quad in quads))
    assert graphs[0] == ox.DefaultGraph()
    passages = [g.value for g in graphs if isinstance(g, ox.NamedNode) and "#char=" in g.value]
    starts = [int(iri.rpartition("=")[2].split(",")[0]) for iri in passages]
    assert starts == sorted(starts)


def test_a_type_stands_before_other_properties() -> None:
    node = ox.NamedNode(BASE + "x")
    other = ox.Quad(node, ox.NamedNode("http://a.example/"), node)
    first = ox.Quad(node, ox.NamedNode(RDF + "type"), node)
    assert ordered([other, first]) == [first, other]


_BUILD = """
import sys
from daraa_kg.graph.builder import build
from pathlib import Path
from daraa_kg.graph.formats import FORMATS, save
graph = build(sys.argv[1] or None, validate=False)
Path(sys.argv[2]).mkdir()
for name in FORMATS:
    save(graph, Path(sys.argv[2], name), name)
"""


@pytest.mark.parametrize("folder", ["", str(Path(__file__).parents[1] / "fixtures" / "mini")])
def test_builds_are_byte_identical_whatever_the_hash_seed(
    seeded: Callable[..., str], tmp_path: Path, folder: str
) -> None:
    made = []
    for seed in ("0", "1", "4711"):
        out = tmp_path / seed
        seeded(seed, _BUILD, folder, str(out))
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(made[0]) == len(FORMATS)
    assert made[0] == made[1] == made[2]


def test_check_all_names_what_is_stale_or_missing(mini_graph: dk.Graph, tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    written = write_all(mini_graph, out)
    assert [path.name for path in written] == [
        "mini.trig",
        "mini.nq",
        "mini.ttl",
        "mini.jsonld",
        "mini.rdf",
    ]
    assert check_all(mini_graph, out) == []
    written[0].write_bytes(written[0].read_bytes() + b"\n")
    written[2].unlink()
    assert check_all(mini_graph, out) == [written[0], written[2]]


def test_unknown_formats_get_a_suggestion(mini_graph: dk.Graph, tmp_path: Path) -> None:
    with pytest.raises(
        UnknownFormat, match=r"^“trg” is no format that graphs are written in; did you mean trig\?$"
    ):
        find_format("trg")
    with pytest.raises(UnknownFormat, match=f"; write {listing(list(FORMATS))}$"):
        mini_graph.save(tmp_path / "graph.zzz")
    with pytest.raises(UnknownFormat):
        mini_graph.save(tmp_path / "graph.ttl", "zzz")
    assert list(tmp_path.iterdir()) == []
    assert find_format(".TTL").name == "ttl"


def test_a_format_is_found_by_its_name_and_by_the_end_of_a_file() -> None:
    assert find_format("cytoscape") is find_format(".cyjs")
    assert find_format("node-link").name == "node-link"
    # Of several formats with one extension, the first in the table is meant by a file's name.
    assert find_format(".json").name == "node-link"
    assert find_format("x.csv".rpartition(".")[2]).name == "csv"


def test_an_option_that_a_format_does_not_take_is_said(mini_graph: dk.Graph) -> None:
    with pytest.raises(NoSuchOption) as caught:
        serialize(mini_graph, "ttl", view="actors")
    assert str(caught.value) == ("ttl takes no view; graphml, gexf, cytoscape, node-link, dot do")
    assert (caught.value.format_name, caught.value.option) == ("ttl", "view")
    with pytest.raises(NoSuchOption, match=r"^gexf takes no colour$"):
        serialize(mini_graph, "gexf", colour="red")


def test_files_are_named_after_the_article_and_no_extension_is_said_twice() -> None:
    assert file_name("daraa", "csv") == "daraa.csv"
    assert file_name("daraa", "node-link") == "daraa.json"
    assert file_name("daraa", "crosswalk") == "daraa-crosswalk.csv"
    assert file_name("daraa", "crosswalk-json") == "daraa-crosswalk.json"
    names = {file_name("daraa", name) for name in FORMATS}
    assert len(names) == len(FORMATS)


def test_a_missing_package_is_named_with_what_installs_it(
    mini_graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "numpy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(NotInstalled) as caught:
        serialize(mini_graph, "gexf")
    assert str(caught.value) == (
        "the export gexf needs numpy, which is not installed; pip install 'daraa-kg[analysis]'"
    )
    assert (caught.value.name, caught.value.extra) == ("numpy", "analysis")
    assert serialize(mini_graph, "graphml").startswith(b"<?xml")


iris = st.sampled_from(
    [BASE + "event/x", BASE + "mini/event/y", DKG + "Clash", BASE + "text/a#char=1,2"]
).map(ox.NamedNode)
predicates = st.sampled_from([DKG + "place", DKG + "count", RDF + "type", DKG + "wording"]).map(
    ox.NamedNode
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
values = st.one_of(
    iris,
    st.builds(ox.Literal, texts),
    st.builds(lambda t: ox.Literal(t, language="en"), texts),
    st.builds(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(XSD + "integer")), st.integers()),
)
graphs = st.one_of(st.just(ox.DefaultGraph()), iris)


@settings(max_examples=100, deadline=None)
@given(st.sets(st.builds(ox.Quad, iris, predicates, values, graphs), max_size=12))
def test_any_dataset_survives_every_dataset_format(quads: set[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(quads)
    graph = Graph(store, slug="mini")
    for name in ("trig", "nq", "jsonld"):
        data = serialize(graph, name)
        assert set(ox.parse(data, format=OXIGRAPH[name])) == quads, name
