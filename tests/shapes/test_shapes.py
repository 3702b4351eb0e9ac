"""Each shape holds where it should and speaks up where it should, with its exact sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, about_graph, ontology_graph
from daraa_kg.ontology.rules import infer, load_rules
from daraa_kg.ontology.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from rdflib.term import Node

HERE = Path(__file__).parent
CONFORMING = sorted((HERE / "conforming").glob("*.ttl"))
VIOLATING = sorted((HERE / "violating").glob("*.ttl"))
SHAPE = "https://w3id.org/daraa-kg/shapes#"
LOCAL = BASE + "fixture/"

Finding = tuple[str, str, str]
Facts = Callable[[Path], Graph]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(asset("ontology", "shapes.ttl"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(asset("ontology", "daraa-kg.ttl"))


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Give a function that reads a fixture and the prelude and infers what follows from them."""
    rules = load_rules(asset("ontology", "rules"))
    terms = load_vocabulary().triples
    passage = ox.NamedNode(BASE + "fixture/text/00000000#char=0,1")
    account = ox.NamedNode(about_graph(BASE))
    ontology = ox.NamedNode(ontology_graph(BASE))

    def read(path: Path) -> Graph:
        store = ox.Store()
        for file in (HERE / "prelude.ttl", path):
            for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE):
                store.add(ox.Quad(quad.subject, quad.predicate, quad.object, passage))
        store.add(
            ox.Quad(passage, ox.NamedNode(RDF + "type"), ox.NamedNode(DKG + "Passage"), account)
        )
        store.extend(ox.Quad(t.subject, t.predicate, t.object, ontology) for t in terms)
        infer(store, rules, BASE)
        merged = (
            quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        )
        return Graph().parse(data=ox.serialize(merged, format=ox.RdfFormat.N_TRIPLES), format="nt")

    return read


def named_shapes(shapes: Graph) -> set[URIRef]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    return {s for kind in kinds for s in shapes.subjects(RDF.type, kind) if isinstance(s, URIRef)}


def local(name: Node | None) -> str:
    return str(name).removeprefix(SHAPE).removeprefix(LOCAL)


def headers(path: Path, key: str) -> list[str]:
    """Read the header lines `# key: …` of a fixture."""
    return re.findall(rf"^# {key}: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)


def findings(data: Graph, shapes: Graph) -> list[Finding]:
    """Validate, and give shape, focus node and sentence of each result."""
    _, report, _ = validate(data, shacl_graph=shapes, inplace=True, inference="none")
    assert isinstance(report, Graph)
    return sorted(
        (
            local(report.value(result, SH.sourceShape)),
            local(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def focus_nodes(shape: URIRef, shapes: Graph, data: Graph) -> set[Node]:
    """Find what a shape looks at (SHACL, section 2.1.3)."""
    found: set[Node] = set()
    for target in shapes.objects(shape, SH.targetClass):
        found |= set(data.subjects(RDF.type, target))
    for target in shapes.objects(shape, SH.targetSubjectsOf):
        found |= set(data.subjects(target, None))
    for target in shapes.objects(shape, SH.targetObjectsOf):
        found |= set(data.objects(None, target))
    return found


def name(path: Path) -> str:
    return path.stem


def test_there_are_fixtures() -> None:
    assert CONFORMING
    assert VIOLATING
    assert [p.name for p in CONFORMING] == [p.name for p in VIOLATING]


@pytest.mark.parametrize("path", CONFORMING, ids=name)
def test_conforming(path: Path, facts: Facts, shapes: Graph) -> None:
    data = facts(path)
    assert findings(data, shapes) == []
    listed = headers(path, "shape")
    assert listed
    idle = [s for s in listed if not focus_nodes(URIRef(SHAPE + s), shapes, data)]
    assert idle == [], "these shapes look at nothing in the fixture"


@pytest.mark.parametrize("path", VIOLATING, ids=name)
def test_violating(path: Path, facts: Facts, shapes: Graph) -> None:
    expected = {tuple(line.split(" | ")) for line in headers(path, "raises")}
    assert expected
    found = set(findings(facts(path), shapes))
    assert found - expected == set(), "the fixture does not announce these"
    assert expected - found == set(), "these were not found"


def test_the_prelude_conforms(facts: Facts, shapes: Graph) -> None:
    assert findings(facts(HERE / "prelude.ttl"), shapes) == []


def test_every_shape_has_both_fixtures(shapes: Graph) -> None:
    every = {local(shape) for shape in named_shapes(shapes)}
    assert every
    assert {s for path in CONFORMING for s in headers(path, "shape")} == every
    assert {line.split(" | ")[0] for path in VIOLATING for line in headers(path, "raises")} == every


def test_every_shape_speaks_in_one_sentence(shapes: Graph) -> None:
    for shape in named_shapes(shapes):
        holders = [shape, *shapes.objects(shape, SH.sparql)]
        messages = [str(m) for holder in holders for m in shapes.objects(holder, SH.message)]
        assert len(messages) == 1, shape
        # What is wrong, and after the last semicolon what to write; no full stop.
        assert re.fullmatch(r"[`a-z][^\n]*[^.]", messages[0]), messages[0]


def test_every_shape_has_a_target(shapes: Graph) -> None:
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    for shape in named_shapes(shapes):
        assert any((shape, target, None) in shapes for target in targets), shape


def test_shapes_are_shapes(shapes: Graph) -> None:
    """SHACL-SHACL: the shapes graph itself conforms (SHACL, appendix C)."""
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def listed_values(shape: str, shapes: Graph) -> set[Node]:
    head = shapes.value(URIRef(SHAPE + shape), SH["in"])
    assert isinstance(head, BNode)
    return set(Collection(shapes, head))


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [
        ("outcome", "OutcomeScheme"),
        ("fate", "OutcomeScheme"),
        ("unit", "UnitScheme"),
        ("identity", "IdentityScheme"),
    ],
)
def test_coded_values_are_those_of_the_scheme(
    shape: str, scheme: str, shapes: Graph, ontology: Graph
) -> None:
    in_scheme = URIRef("http://www.w3.org/2004/02/skos/core#inScheme")
    members = set(ontology.subjects(in_scheme, URIRef(DKG + scheme)))
    assert members
    assert listed_values(shape, shapes) == members
    message = str(shapes.value(URIRef(SHAPE + shape), SH.message))
    named = {URIRef(DKG + word) for word in re.findall(r"`(\w+)`", message)}
    assert named - {URIRef(DKG + shape)} == members


def test_kinds_of_possible_events_are_the_event_classes(shapes: Graph, ontology: Graph) -> None:
    sub_class = URIRef("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    events = set(ontology.transitive_subjects(sub_class, URIRef(DKG + "Event")))
    assert listed_values("ofKind", shapes) == events
