"""The files that networks are written in: GraphML, GEXF, Cytoscape's and node-link JSON, DOT."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from .look import colors, positions, sizes
from .projection import edges_of, flatten, to_networkx
from .views import DEFAULT_VIEW, VIEWS

if TYPE_CHECKING:
    from ..graph.built import Graph
    from .projection import Network

# What XML 1.0 has no way to write (section 2.2).
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCALE = 100.0  # a distance of 1 in Gephi's and Cytoscape's units, in which a node is 10 wide
# Views that read from top to bottom; the others are laid out by force.
_LAYERED = (VIEWS[2], VIEWS[4])


def graphml(graph: Graph, *, view: str = DEFAULT_VIEW) -> bytes:
    """Write a view as GraphML, its attributes typed.

    Source: GraphML 1.0; written by NetworkX through lxml.
    """
    network = _for_xml(to_networkx(graph, view, flat=True))
    if network.is_multigraph():
        network = _keyed_by_id(network)
    file = io.BytesIO()
    nx.write_graphml_lxml(network, file, infer_numeric_types=True)
    return file.getvalue()


def _keyed_by_id(network: Network) -> Network:
    """Give a copy whose edges have as their keys the ids that NetworkX makes of keys."""
    named: Any = network.__class__(**network.graph)
    named.add_nodes_from(network.nodes(data=True))
    for edge, values in edges_of(network):
        named.add_edge(*edge[:2], key=_edge_id(edge), **values)
    result: Network = named
    return result


def gexf(graph: Graph, *, view: str = DEFAULT_VIEW) -> bytes:
    """Write a view as GEXF, with times, colours, sizes and positions, as Gephi shows it.

    An event is there from its first to its last day, and without a date in the days that its order
    among others allows (``bounds`` says which); an edge in the days of its events (a spell for
    each), and that to a whole in the days of the part. That one event was before another, answers
    or breaks it has no days of its own, so it is there while both are. What nothing bounds, and
    every actor and place, is there all the time.

    Source: GEXF 1.2; written by NetworkX.
    """
    network = to_networkx(graph, view)
    plain = _for_xml(_numbered(flatten(network)))
    spells = {_edge_id(edge): values.get("spells", []) for edge, values in edges_of(network)}
    for _, values in edges_of(plain):
        values["label"] = values["relation"]
        days = list(dict.fromkeys(spells[values["id"]]))
        if len(days) > 1:
            values.pop("start", None)
            values.pop("end", None)
            values["spells"] = days
    color, size, place = colors(network), sizes(network), positions(network)
    for node, values in plain.nodes(data=True):
        red, green, blue = bytes.fromhex(color[node][1:])
        x, y = place[node]
        values["viz"] = {
            "color": {"r": red, "g": green, "b": blue},
            "size": size[node],
            "position": {"x": round(x * _SCALE, 1), "y": round(y * _SCALE, 1), "z": 0.0},
        }
    writer = GEXFWriter(encoding="utf-8")
    writer.add_graph(plain)
    _sign(writer.xml, network)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _sign(root: Element, network: Network) -> None:
    """Say what the file shows, in the place of the day on which NetworkX wrote it."""
    meta = root.find("meta")
    assert meta is not None  # noqa: S101 - NetworkX has just put it there
    meta.clear()
    described = network.graph
    for name, text in {
        "creator": "daraa-kg",
        "description": f"{described['summary']} A node: {described['nodes']} "
        f"An edge: {described['edges']} Its weight: {described['weight']}",
    }.items():
        child = Element(name)
        child.text = text
        meta.append(child)


def cytoscape(graph: Graph, *, view: str = DEFAULT_VIEW) -> bytes:
    """Write a view as Cytoscape's JSON, with colours and positions.

    Source: the elements JSON of Cytoscape.js, the .cyjs of Cytoscape.
    """
    network = _numbered(to_networkx(graph, view))
    color, place = colors(network), positions(network)
    data = nx.cytoscape_data(network, name="label")
    for node in data["elements"]["nodes"]:
        name = node["data"]["id"]
        x, y = place[name]
        node["data"]["color"] = color[name]
        # On a screen y grows downwards.
        node["position"] = {"x": round(x * _SCALE, 1), "y": round(-y * _SCALE, 1)}
    data["data"] = dict(data["data"])
    return _json(data)


def node_link(graph: Graph, *, view: str = DEFAULT_VIEW) -> bytes:
    """Write a view as the node-link JSON of NetworkX and D3."""
    network = to_networkx(graph, view)
    return _json(nx.node_link_data(network, edges="edges"))


def dot(graph: Graph, *, view: str = DEFAULT_VIEW) -> bytes:
    """Write a view as DOT, for Graphviz.

    Source: "The DOT Language". NetworkX's writer needs pydot, which mistakes the colon of an id
    for a port.
    """
    network = to_networkx(graph, view, flat=True)
    color = colors(network)
    layered = view in _LAYERED
    lines = ["digraph {" if network.is_directed() else "graph {"]
    # Wholes, causes and higher bodies stand on the left; their many parts below each other.
    look = {"layout": "dot", "rankdir": "LR" if view == _LAYERED[0] else "RL"}
    if not layered:
        # Curves around every node take Graphviz minutes where there are many.
        look = {"layout": "neato", "overlap": "prism", "splines": "line"}
    lines += [f"  {name}={_quoted(value)};" for name, value in {**network.graph, **look}.items()]
    lines.append('  node [style="filled", fontname="Helvetica"];')
    lines.append('  edge [fontname="Helvetica", fontsize="9"];')
    for node, values in network.nodes(data=True):
        given = {**values, "fillcolor": color[node]}
        if color[node] in _DARK:
            given["fontcolor"] = "white"
        lines.append(f"  {_quoted(node)} [{_listed(given)}];")
    arrow = "->" if network.is_directed() else "--"
    for edge, values in edges_of(_numbered(network)):
        given = {**values, "label": values["relation"], "edgetooltip": values["relation"]}
        if values.get("mutual"):
            given["dir"] = "none"
        if "links" in values:
            given["URL"] = values["links"].partition("; ")[0]
        lines.append(f"  {_quoted(edge[0])} {arrow} {_quoted(edge[1])} [{_listed(given)}];")
    return "\n".join([*lines, "}", ""]).encode()


_DARK = ("#0072b2", "#d55e00", "#009e73")


def _listed(values: dict[str, Any]) -> str:
    return ", ".join(f"{_quoted(name)}={_quoted(value)}" for name, value in values.items())


def _quoted(value: object) -> str:
    """Write a DOT string; a backslash is doubled, as Graphviz would else take it for an escape."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "\ufffd")
    return f'"{text}"'


# --- edges and texts ------------------------------------------------------------------------------


def _edge_id(edge: tuple[str, ...]) -> str:
    """Name an edge by its ends and its key: the same in every file and with every build."""
    return " ".join([edge[0], *edge[2:], edge[1]])


def _numbered(network: Network) -> Network:
    """Put an ``id`` of its own on each edge, which formats for several edges between two need."""
    for edge, values in edges_of(network):
        values["id"] = _edge_id(edge)
    return network


def _for_xml(network: Network) -> Network:
    """Replace what XML cannot write by the replacement character."""
    for values in [
        network.graph,
        *(values for _, values in network.nodes(data=True)),
        *(values for _, values in edges_of(network)),
    ]:
        for name, value in values.items():
            if isinstance(value, str):
                values[name] = _UNWRITABLE.sub("\ufffd", value)
    return network


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
