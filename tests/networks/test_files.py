"""Every file of a network is read back by a program that is not ours, and compared."""

from __future__ import annotations

import io
import json
import math
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import pytest

from daraa_kg.graph.formats import FORMATS, serialize
from daraa_kg.networks.projection import edges_of
from daraa_kg.networks.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    import daraa_kg as dk

    Facts = Callable[[str], dk.Graph]
    Need = Callable[[str, str], str]

IN_CI = environ.get("CI", "").lower() not in ("", "0", "false")
FILES = [name for name, entry in FORMATS.items() if entry.family == "network"]
CYTOSCAPE = "cytoscape@3.30"  # the release that the files are read with
LONG = "The truce of the thirty-first " * 40
NASTY = f"""
    :quote a dkg:Clash ; rdfs:label "He said “no”, \\"yes\\" & <b>'maybe'</b>"@en .
    :arabic a dkg:Town ; rdfs:label "درعا البلد"@en .
    :astral a dkg:Town ; rdfs:label "Town 🏘 e\u0301"@en .
    :back a dkg:Town ; rdfs:label "C:\\\\new\\\\"@en .
    :line a dkg:Town ; rdfs:label "two\\nlines\\tand; a tab"@en .
    :long a dkg:Town ; rdfs:label "{LONG}"@en .
    :a a dkg:Group ; rdfs:label "=1+1"@en . :b a dkg:Group ; rdfs:label "-- -> [x=\\"y\\"];"@en .
    :quote dkg:place :arabic ; dkg:party :a, :b .
    :astral dkg:within :arabic . :back dkg:within :arabic . :line dkg:within :arabic .
    :long dkg:within :arabic .
"""


@pytest.fixture(scope="module")
def nasty(facts: Facts) -> dk.Graph:
    return facts(NASTY)


def expected(graph: dk.Graph, view: str) -> tuple[dict[str, Any], Counter[Any]]:
    """Give the attributes of the nodes, and the ends and relations of the edges."""
    network: Any = graph.to_networkx(view, flat=True)
    directed = network.is_directed()
    edges = Counter(
        (*(edge[:2] if directed else sorted(edge[:2])), values["relation"])
        for edge, values in edges_of(network)
    )
    return dict(network.nodes(data=True)), edges


def agree(ours: dict[str, Any], theirs: dict[str, Any], *, typed: bool = True) -> None:
    """Compare the attributes of one node or edge; what is not known is empty or not a number."""
    for name, value in ours.items():
        assert name in theirs, name
        if typed:
            assert theirs[name] == value, name
        else:
            written = str(value).lower() if isinstance(value, bool) else str(value)
            assert theirs[name] == written, name


# --- GraphML --------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_igraph_reads_graphml(graph: dk.Graph, view: str, tmp_path: Path) -> None:
    file = graph.save(tmp_path / "x.graphml", view=view)
    read = igraph.Graph.Read_GraphML(str(file))
    nodes, edges = expected(graph, view)
    directed = graph.to_networkx(view).is_directed()
    assert read.is_directed() == directed
    assert {v["id"] for v in read.vs} == set(nodes)
    for vertex in read.vs:
        agree(nodes[vertex["id"]], vertex.attributes())
        for name, value in vertex.attributes().items():
            unknown = name not in nodes[vertex["id"]] and name != "id"
            absent = value in ("", False, None) or (isinstance(value, float) and math.isnan(value))
            assert not unknown or absent
    ends = [(read.vs[e.source]["id"], read.vs[e.target]["id"]) for e in read.es]
    found = Counter(
        (*(pair if directed else sorted(pair)), e["relation"])
        for pair, e in zip(ends, read.es, strict=True)
    )
    assert found == edges
    assert all(isinstance(weight, float) and weight >= 1 for weight in read.es["weight"])
    assert sum(read.es["weight"]) == sum(
        values["weight"] for _, values in edges_of(graph.to_networkx(view))
    )
    assert read["view"] == view


@pytest.mark.parametrize("view", ["actors", "events", "everything"])
def test_each_edge_has_an_id_of_its_own(graph: dk.Graph, view: str) -> None:
    # igraph 1.0 gives the ids of nodes for those of edges; so the file itself is asked.
    edges = graph.to_networkx(view).number_of_edges()
    for name in ("graphml", "gexf"):
        root = ET.fromstring(serialize(graph, name, view=view))  # noqa: S314 - our own
        ids = {edge.get("id") for edge in root.iter() if edge.tag.endswith("}edge")}
        assert len(ids - {None}) == edges


def test_graphml_is_typed(graph: dk.Graph) -> None:
    root = ET.fromstring(serialize(graph, "graphml", view="participation"))  # noqa: S314 - our own
    space = "{http://graphml.graphdrawing.org/xmlns}"
    types = {
        (key.get("for"), key.get("attr.name")): key.get("attr.type")
        for key in root.iter(space + "key")
    }
    assert types["node", "latitude"] == "double"
    assert types["node", "killed"] in ("int", "long")
    assert types["node", "possible"] == "boolean"
    assert types["node", "label"] == "string"
    assert types["edge", "weight"] in ("int", "long")


def test_the_weight_of_an_edge_reaches_igraph(graph: dk.Graph, tmp_path: Path) -> None:
    read = igraph.Graph.Read_GraphML(str(graph.save(tmp_path / "x.graphml")))
    names = {v["id"]: v.index for v in read.vs}
    pair = names["kg:actor/syrian-army"], names["group/civilians"]
    # The bombardments of 14 August and of Tafas, and the shelling before the truce.
    (edge,) = read.es.select(_source=pair[0], _target=pair[1])
    assert edge["weight"] == 3
    assert edge["sign"] == -1
    assert edge["events"].split("; ") == [
        "event/bombardment-of-tafas",
        "event/bombardment-of-14-august",
        "event/shelling-before-the-truce",
    ]
    assert edge["links"].count("#:~:text=") == edge["passages"].count("#char=") >= 3


# --- networkx reads all that it can ---------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["graphml", "gexf", "node-link", "cytoscape"])
def test_networkx_reads_what_is_written(graph: dk.Graph, name: str, view: str) -> None:
    read = _read(name, serialize(graph, name, view=view))
    nodes, edges = expected(graph, view)
    assert read.is_directed() == graph.to_networkx(view).is_directed()
    assert set(read) == set(nodes)
    # GEXF keeps days where its own times are: they are compared below.
    apart = ("start", "end") if name == "gexf" else ()
    for node, values in read.nodes(data=True):
        agree({k: v for k, v in nodes[node].items() if k not in apart}, values)
    pairs = (
        (edge[:2] if read.is_directed() else sorted(edge[:2]), values)
        for edge, values in edges_of(read)
    )
    assert Counter((*pair, values["relation"]) for pair, values in pairs) == edges
    weights = [values["weight"] for _, values in edges_of(read)]
    assert all(isinstance(weight, int | float) for weight in weights)
    assert sum(weights) == sum(values["weight"] for _, values in edges_of(graph.to_networkx(view)))


@pytest.mark.parametrize("view", VIEWS)
def test_the_keys_of_graphml_are_named_once(graph: dk.Graph, view: str) -> None:
    ids = re.findall(r'<key id="([^"]+)"', serialize(graph, "graphml", view=view).decode())
    assert ids
    assert len(ids) == len(set(ids))


def _read(name: str, data: bytes) -> nx.Graph[str]:
    if name == "graphml":
        return nx.read_graphml(io.BytesIO(data))
    if name == "gexf":
        return nx.read_gexf(io.BytesIO(data))
    if name == "node-link":
        return nx.node_link_graph(json.loads(data), edges="edges")
    document = json.loads(data)
    document["data"] = list(document["data"].items())
    return nx.cytoscape_graph(document, name="name")


def test_node_link_keeps_lists(graph: dk.Graph) -> None:
    read = _read("node-link", serialize(graph, "node-link"))
    edge = read["kg:actor/syrian-army"]["group/civilians"]["attacked"]
    assert len(edge["events"]) == 3
    assert read.graph["view"] == "actors"


# --- GEXF -----------------------------------------------------------------------------------------

GEXF = "{http://www.gexf.net/1.2draft}"
VIZ = "{http://www.gexf.net/1.2draft/viz}"


def test_gexf_has_times_for_the_timeline(graph: dk.Graph) -> None:
    root = ET.fromstring(serialize(graph, "gexf", view="actors"))  # noqa: S314 - our own
    network = root.find(f"{GEXF}graph")
    assert network is not None
    assert network.get("mode") == "dynamic"
    assert network.get("timeformat") == "date"
    edges = {edge.get("id"): edge for edge in root.iter(f"{GEXF}edge")}
    ambush = edges["kg:actor/syrian-army attacked kg:actor/5th-corps"]
    assert (ambush.get("start"), ambush.get("end")) == ("2021-08-27", "2021-08-27")
    # Of the three bombardments of civilians one has a date. That of Tafas came before the attack of
    # 26 August, the other between the clashes of 29 and 30 August and the truce of 1 September.
    civilians = edges["kg:actor/syrian-army attacked group/civilians"]
    assert (civilians.get("start"), civilians.get("weight")) == (None, "3")
    spells = [(spell.get("start"), spell.get("end")) for spell in civilians.iter(f"{GEXF}spell")]
    assert spells == [
        ("2021-07-29", "2021-08-26"),
        ("2021-08-14", "2021-08-14"),
        ("2021-08-30", "2021-09-01"),
    ]
    assert civilians.get("label") == "attacked"
    member = edges["kg:actor/4th-division member of kg:actor/syrian-army"]
    assert member.get("start") is None


def test_an_edge_of_several_days_has_a_spell_for_each(facts: Facts) -> None:
    graph = facts("""
        :a a dkg:Group . :b a dkg:Group .
        :one a dkg:Clash ; dkg:party :a, :b ; dkg:when "2030-06-02"^^edtf:EDTF ;
          dkg:earliest "2030-06-02"^^xsd:date ; dkg:latest "2030-06-02"^^xsd:date .
        :two a dkg:Clash ; dkg:party :a, :b ; dkg:when "2030-07/"^^edtf:EDTF ;
          dkg:earliest "2030-07-01"^^xsd:date .
    """)
    edge = graph.to_networkx()["a"]["b"]["fought"]
    assert edge["start"] == "2030-06-02"
    assert "end" not in edge
    root = ET.fromstring(serialize(graph, "gexf"))  # noqa: S314 - our own
    spells = [dict(spell.attrib) for spell in root.iter(f"{GEXF}spell")]
    assert spells == [{"start": "2030-06-02", "end": "2030-06-02"}, {"start": "2030-07-01"}]


def test_an_event_is_there_on_its_days(graph: dk.Graph) -> None:
    read = nx.read_gexf(io.BytesIO(serialize(graph, "gexf", view="participation")))
    clash = read.nodes["event/clashes-of-29-30-august"]
    assert (clash["start"], clash["end"]) == ("2021-08-29", "2021-08-30")
    uprising = read.nodes["event/uprising"]
    assert uprising["start"] == "2011-03-01"
    assert "end" not in uprising
    assert "start" not in read.nodes["kg:actor/syrian-army"]


def test_gexf_has_colours_by_side_sizes_and_positions(graph: dk.Graph) -> None:
    read = nx.read_gexf(io.BytesIO(serialize(graph, "gexf")))
    looks = {node: values["viz"] for node, values in read.nodes(data=True)}
    colors = {node: tuple(look["color"][c] for c in "rgb") for node, look in looks.items()}
    government, rebels = colors["side/government"], colors["side/rebels"]
    assert government != rebels
    assert colors["kg:actor/syrian-army"] == government
    assert colors["group/rebels"] == rebels
    assert colors["kg:actor/russia"] not in (government, rebels)
    places = {(look["position"]["x"], look["position"]["y"]) for look in looks.values()}
    assert len(places) == len(looks)
    assert looks["kg:actor/syrian-army"]["size"] > looks["kg:actor/112th-brigade"]["size"]


def test_gexf_has_no_clock(graph: dk.Graph) -> None:
    head = serialize(graph, "gexf").decode()[:3000]
    assert "lastmodifieddate" not in head
    assert "<creator>daraa-kg</creator>" in head
    assert "Its weight: The number of events that the tie rests on; 1 for a membership." in head


# --- DOT ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
def test_graphviz_reads_dot(graph: dk.Graph, view: str, need: Need) -> None:
    read = _graphviz(serialize(graph, "dot", view=view), need)
    nodes, edges = expected(graph, view)
    assert read["directed"] == graph.to_networkx(view).is_directed()
    objects = read["objects"]
    assert {thing["name"] for thing in objects} == set(nodes)
    for thing in objects:
        agree(nodes[thing["name"]], thing, typed=False)
    found = Counter(
        (
            *_pair(objects, edge, directed=read["directed"]),
            edge["relation"],
        )
        for edge in read.get("edges", [])
    )
    assert found == edges


def _pair(objects: list[dict[str, Any]], edge: dict[str, Any], *, directed: bool) -> list[str]:
    pair = [objects[edge["tail"]]["name"], objects[edge["head"]]["name"]]
    return pair if directed else sorted(pair)


def _graphviz(data: bytes, need: Need) -> dict[str, Any]:
    dot = need("dot", "Graphviz")
    done = subprocess.run([dot, "-Tdot_json"], input=data, capture_output=True, check=True)
    assert done.stderr == b""
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_graphviz_draws_dot(graph: dk.Graph, need: Need) -> None:
    dot = need("dot", "Graphviz")
    data = serialize(graph, "dot", view="units")
    drawn = subprocess.run([dot, "-Tsvg"], input=data, capture_output=True, check=True)
    assert drawn.stdout.count(b'class="node') == len(graph.to_networkx("units"))


# --- Cytoscape ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def cytoscape(
    tmp_path_factory: pytest.TempPathFactory, need: Need
) -> Callable[[bytes], dict[str, Any]]:
    """Give a function that reads a file with cytoscape.js, and says what it has made of it."""
    node, npm = need("node", "Node.js"), need("npm", "Node.js")
    folder = tmp_path_factory.mktemp("cytoscape")
    script = Path(__file__).with_name("read.mjs").read_text(encoding="utf-8")
    (folder / "read.mjs").write_text(script, encoding="utf-8")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", CYTOSCAPE]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
    if done.returncode and not IN_CI:
        pytest.skip(f"npm could not install {CYTOSCAPE} (is there a network?)")
    assert done.returncode == 0, done.stderr

    def read(data: bytes) -> dict[str, Any]:
        (folder / "x.cyjs").write_bytes(data)
        command = [node, "read.mjs", "x.cyjs"]
        said = subprocess.run(command, cwd=folder, capture_output=True, check=True)
        assert said.stderr == b""
        found: dict[str, Any] = json.loads(said.stdout)
        return found

    return read


@pytest.mark.parametrize("view", VIEWS)
def test_cytoscape_js_reads_its_json(
    graph: dk.Graph, view: str, cytoscape: Callable[[bytes], dict[str, Any]]
) -> None:
    read = cytoscape(serialize(graph, "cytoscape", view=view))
    network = graph.to_networkx(view)
    nodes, edges = expected(graph, view)
    assert set(read["nodes"]) == set(nodes)
    for name, values in read["nodes"].items():
        agree(nodes[name], values)
        assert set(values["position"]) == {"x", "y"}
        assert values["color"].startswith("#")
    directed = network.is_directed()
    found = Counter(
        (
            *((e["source"], e["target"]) if directed else sorted((e["source"], e["target"]))),
            e["relation"],
        )
        for e in read["edges"].values()
    )
    assert found == edges
    assert read["degrees"] == dict(network.degree())
    passages = {p for e in read["edges"].values() for p in e["passages"]}
    assert passages == {p for _, values in edges_of(network) for p in values["passages"]}


# --- what is hard to write ------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("view", ["places", "everything"])
def test_unicode_quotes_and_long_labels_survive(
    nasty: dk.Graph, name: str, view: str, need: Need, request: pytest.FixtureRequest
) -> None:
    data = serialize(nasty, name, view=view)
    labels = {n: values["label"] for n, values in nasty.to_networkx(view).nodes(data=True)}
    assert labels["long"] == LONG
    if name == "dot":
        # Graphviz keeps its escapes; a backslash is written as two.
        read = {
            o["name"]: o["label"].replace("\\\\", "\\") for o in _graphviz(data, need)["objects"]
        }
    elif name == "cytoscape":
        nodes = request.getfixturevalue("cytoscape")(data)["nodes"]
        read = {n: v["label"] for n, v in nodes.items()}
    else:
        nodes = _read(name, data).nodes
        read = {n: nodes[n]["label"] for n in nodes}
    assert read == labels


def test_what_xml_cannot_write_is_replaced(facts: Facts) -> None:
    graph = facts(':a a dkg:Group ; rdfs:label "bell\\u0007"@en .')
    for name in ("graphml", "gexf"):
        assert _read(name, serialize(graph, name)).nodes["a"]["label"] == "bell\ufffd"


# --- the same again -------------------------------------------------------------------------------

_WRITE = """
import hashlib
import daraa_kg as dk
from daraa_kg.graph.formats import FORMATS, serialize
graph = dk.build(validate=False)
for name, entry in FORMATS.items():
    if entry.family == "network":
        for view in ("actors", "units", "places"):
            print(name, view, hashlib.sha256(serialize(graph, name, view=view)).hexdigest())
"""


def test_files_are_the_same_whatever_the_hash_seed(seeded: Callable[..., str]) -> None:
    said = [seeded(seed, _WRITE) for seed in ("0", "4711")]
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == 3 * len(FILES)
