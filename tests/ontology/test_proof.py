"""Proofs: what a fact rests on, every way of it, without going in circles."""

from __future__ import annotations

import itertools
import random
import time
from math import prod
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG
from daraa_kg.ontology.proof import Proof, Proofs, independent, leaves, proofs
from daraa_kg.ontology.rules import infer, load_rules

from ..conftest import TRIG_PREFIXES

if TYPE_CHECKING:
    import daraa_kg as dk

RULES = load_rules(asset("ontology", "rules"))
VOCABULARY = """
GRAPH <graph/ontology> {
  dkg:Bombing a owl:Class ; rdfs:subClassOf dkg:Attack .
  dkg:perpetrator rdfs:subPropertyOf dkg:agent .
  dkg:agent rdfs:subPropertyOf dkg:participant .
  dkg:within rdfs:subPropertyOf dkg:inside .
  dkg:near rdfs:subPropertyOf dkg:inside .
  dkg:inside a owl:TransitiveProperty .
  dkg:unitOf rdfs:subPropertyOf dkg:underUnit .
  dkg:belligerent rdfs:subPropertyOf dkg:sideMember .
  dkg:same a owl:SymmetricProperty, owl:TransitiveProperty .
  dkg:sameFigure a owl:SymmetricProperty .
  dkg:before owl:inverseOf dkg:after .
}
GRAPH <graph/about> { <t#char=9,12> a dkg:Passage . <t#char=10,20> a dkg:Passage }
"""
P1, P2, P3 = "<t#char=9,12>", "<t#char=10,20>", "<t#char=30,40>"


def inferred(trig: str) -> Store:
    store = Store()
    quads = parse(TRIG_PREFIXES + VOCABULARY + trig, format=RdfFormat.TRIG, base_iri=BASE)
    store.extend(quads)
    infer(store, RULES, BASE)
    return store


def fact(turtle: str) -> Triple:
    found: list[Quad] = list(parse(f"{TRIG_PREFIXES}{turtle} .", RdfFormat.TRIG, base_iri=BASE))
    assert len(found) == 1
    return found[0].triple


def why(trig: str, turtle: str, limit: int = 1000) -> Proofs:
    return proofs(inferred(trig), fact(turtle), RULES, BASE, limit)


def told(proof: Proof) -> str:
    """Write a proof on one line: rule(premise, …), graph of what is stated, vocabulary as v."""
    if proof.reason_kind == "vocabulary":
        return "v"
    name = proof.graph.value.removeprefix(BASE).removeprefix("rule/")
    return f"{name}({', '.join(map(told, proof.premises))})" if proof.premises else name


def told_all(found: Proofs) -> list[str]:
    return [told(proof) for proof in found]


# What is stated ------------------------------------------------------------------------------


def test_what_passages_and_sources_state_is_a_leaf_for_each_in_the_order_of_the_text() -> None:
    found = why(
        f"GRAPH {P2} {{ :e a :X }} GRAPH {P1} {{ :e a :X }} GRAPH <source/s> {{ :e a :X }}",
        ":e a :X",
    )
    assert told_all(found) == ["source/s", "t#char=9,12", "t#char=10,20"]
    assert [proof.reason_kind for proof in found] == ["source", "passage", "passage"]
    assert found[0] == Proof(fact(":e a :X"), "source", NamedNode(f"{BASE}source/s"))
    assert not found.cut


def test_what_is_stated_needs_no_rule() -> None:
    found = why(f"GRAPH {P1} {{ :e dkg:perpetrator :a ; dkg:agent :a }}", ":e dkg:agent :a")
    assert told_all(found) == ["t#char=9,12"]


def test_what_is_not_a_fact_has_no_proof() -> None:
    found = why(f"GRAPH {P1} {{ :e a :X }}", ":e a :Y")
    assert len(found) == 0
    assert not found.cut


def test_the_vocabulary_and_the_account_are_no_facts() -> None:
    assert len(why("", "dkg:Bombing a owl:Class")) == 0
    assert len(why("", f"{P1} a dkg:Passage")) == 0


# One rule after another ----------------------------------------------------------------------


def test_a_rule_shows_its_premises_and_the_part_of_the_vocabulary_that_drove_it() -> None:
    found = why(f"GRAPH {P1} {{ :e dkg:perpetrator :a }}", ":e dkg:agent :a")
    rule, ontology = NamedNode(f"{BASE}rule/super-property"), NamedNode(f"{BASE}graph/ontology")
    assert found.found == (
        Proof(
            fact(":e dkg:agent :a"),
            "rule",
            rule,
            (
                Proof(fact("dkg:perpetrator rdfs:subPropertyOf dkg:agent"), "vocabulary", ontology),
                Proof(fact(":e dkg:perpetrator :a"), "passage", NamedNode(f"{BASE}t#char=9,12")),
            ),
        ),
    )


def test_steps_are_followed_to_the_passages() -> None:
    found = why(
        f"GRAPH {P1} {{ :e dkg:perpetrator :a }} GRAPH {P2} {{ :e dkg:perpetrator :a }}",
        ":e dkg:participant :a",
    )
    assert told_all(found) == [
        "super-property(v, super-property(v, t#char=9,12))",
        "super-property(v, super-property(v, t#char=10,20))",
    ]
    assert [proof.height for proof in found] == [2, 2]


def test_kind_rests_on_the_passage_that_gives_the_class() -> None:
    found = why(
        f"GRAPH {P1} {{ :e a dkg:Bombing }} GRAPH {P2} {{ :e a dkg:Bombing }}",
        ":e dkg:kind dkg:Bombing",
    )
    assert told_all(found) == ["kind(v, t#char=9,12)", "kind(v, t#char=10,20)"]


def test_an_inverse_shows_the_declaration_that_there_is() -> None:
    text = f"GRAPH {P1} {{ :a dkg:before :b . :c dkg:after :d }}"
    for turtle in (":b dkg:after :a", ":d dkg:before :c"):
        (proof,) = why(text, turtle)
        assert told(proof) == "inverse(v, t#char=9,12)"
        assert proof.premises[0].triple == fact("dkg:before owl:inverseOf dkg:after")


def test_what_bind_makes_is_proved() -> None:
    text = f"""GRAPH <source/s> {{ :p wgs84:lat 32.5 ; wgs84:long 36.5 .
                                  :q wgs84:lat 32.25 ; wgs84:long 36.25 }}
               GRAPH {P1} {{ :r a dkg:Road ; dkg:between :p, :q }}"""
    for turtle in (
        ":p geo:hasGeometry <p#geometry>",
        "<p#geometry> a sf:Point",
        '<p#geometry> geo:asWKT "POINT(36.5 32.5)"^^geo:wktLiteral',
    ):
        (proof,) = why(text, turtle)
        assert told(proof) == "point-geometry(source/s, source/s)"
        assert [premise.triple for premise in proof.premises] == [
            fact(":p wgs84:lat 32.5"),
            fact(":p wgs84:long 36.5"),
        ]
    (proof,) = why(text, ":r geo:hasGeometry <r#route>")
    assert told(proof) == (
        "route-geometry(t#char=9,12, t#char=9,12, t#char=9,12,"
        " source/s, source/s, source/s, source/s)"
    )


def test_a_date_rests_on_each_time_that_it_bounds() -> None:
    text = f"""GRAPH {P1} {{ :e dkg:when "2021-08"^^edtf:EDTF }}
               GRAPH {P2} {{ :e dkg:when "2021-08-01"^^edtf:EDTF }}"""
    assert told_all(why(text, ':e dkg:earliest "2021-08-01"^^xsd:date')) == [
        "edtf(t#char=9,12)",
        "edtf(t#char=10,20)",
    ]
    assert told_all(why(text, ':e dkg:latest "2021-08-31"^^xsd:date')) == ["edtf(t#char=9,12)"]


# Many ways -----------------------------------------------------------------------------------


def test_independent_ways_are_all_found() -> None:
    diamond = f"""GRAPH {P1} {{ :a dkg:within :b . :b dkg:within :d }}
                  GRAPH {P2} {{ :a dkg:within :c . :c dkg:within :d }}"""
    assert told_all(why(diamond, ":a dkg:inside :d")) == [
        "transitive(v, super-property(v, t#char=9,12), super-property(v, t#char=9,12))",
        "transitive(v, super-property(v, t#char=10,20), super-property(v, t#char=10,20))",
    ]


def test_two_rules_and_two_passages_each_count() -> None:
    # `a inside b`: by within (2 passages) or by near (1); `b inside c`: by within (2): 3 × 2
    text = f"""GRAPH {P1} {{ :a dkg:within :b . :b dkg:within :c }}
               GRAPH {P2} {{ :a dkg:within :b . :b dkg:within :c }}
               GRAPH {P3} {{ :a dkg:near :b }}"""
    found = why(text, ":a dkg:inside :c")
    assert len(found) == 6
    assert len(set(found)) == 6
    assert len(independent(found)) == 6


@pytest.mark.parametrize(("links", "ways"), [(1, 1), (2, 1), (3, 2), (4, 5), (5, 14)])
def test_a_chain_has_as_many_proofs_as_it_has_bracketings(links: int, ways: int) -> None:
    # Catalan numbers; all of them rest on the same statements
    chain = " . ".join(f":n{i} dkg:within :n{i + 1}" for i in range(links))
    found = why(f"GRAPH {P1} {{ {chain} }}", f":n0 dkg:inside :n{links}")
    assert len(found) == ways
    assert independent(found) == (found[0],)


# Circles -------------------------------------------------------------------------------------


def test_symmetric_and_transitive_together() -> None:
    # A~B, B~C stated. A~C: through B; or turned round from C~A, which goes through B as well.
    found = why(
        f"GRAPH {P1} {{ :a dkg:same :b }} GRAPH {P2} {{ :b dkg:same :c }}", ":a dkg:same :c"
    )
    assert told_all(found) == [
        "transitive(v, t#char=9,12, t#char=10,20)",
        "symmetric(v, transitive(v, symmetric(v, t#char=10,20), symmetric(v, t#char=9,12)))",
    ]
    assert not found.cut


def test_a_thing_is_the_same_as_itself_without_a_circle() -> None:
    # A~B stated. A~A: A~B and B~A, B~A turned round from A~B. Nothing else: A~A of A~A is a circle.
    found = why(f"GRAPH {P1} {{ :a dkg:same :b }}", ":a dkg:same :a")
    assert told_all(found) == ["transitive(v, t#char=9,12, symmetric(v, t#char=9,12))"]


def test_a_circle_of_places() -> None:
    text = f"GRAPH {P1} {{ :a dkg:within :b . :b dkg:within :a }}"
    assert told_all(why(text, ":a dkg:inside :a")) == [
        "transitive(v, super-property(v, t#char=9,12), super-property(v, t#char=9,12))"
    ]
    assert told_all(why(text, ":a dkg:inside :b")) == ["super-property(v, t#char=9,12)"]


Edge = tuple[int, int]


def count_by_hand(stated: set[Edge], goal: Edge, path: frozenset[Edge]) -> int:
    """Count proofs in a symmetric and transitive relation, as naively as it can be said."""
    if goal in stated:
        return 1
    if goal in path:
        return 0
    path |= {goal}
    first, last = goal
    total = count_by_hand(stated, (last, first), path)
    nodes = {node for edge in stated for node in edge}
    for middle in sorted(nodes):
        ways = [count_by_hand(stated, (first, middle), path)]
        if ways[0]:
            ways.append(count_by_hand(stated, (middle, last), path))
        total += prod(ways)
    return total


SMALL = [
    edges
    for size in (1, 2, 3)
    for edges in itertools.combinations(
        [(i, j) for i in range(4) for j in range(4) if i != j], size
    )
]


@pytest.mark.parametrize("edges", random.Random(3).sample(SMALL, 14))  # noqa: S311 - no secret
def test_as_many_proofs_as_the_naive_count(edges: tuple[Edge, ...]) -> None:
    text = " . ".join(f":n{i} dkg:same :n{j}" for i, j in edges)
    store = inferred(f"GRAPH {P1} {{ {text} }}")
    for goal in [(i, j) for i in range(4) for j in range(4)]:
        turtle = f":n{goal[0]} dkg:same :n{goal[1]}"
        found = proofs(store, fact(turtle), RULES, BASE, limit=100)
        expected = count_by_hand(set(edges), goal, frozenset())
        assert (len(found), found.cut) == (min(expected, 100), expected > 100), goal
        assert len(set(found)) == len(found)
        heights = [proof.height for proof in found]
        assert heights == sorted(heights)


def _rests_on_itself(proof: Proof, above: frozenset[Triple] = frozenset()) -> bool:
    below = above | {proof.triple}
    return proof.triple in above or any(_rests_on_itself(p, below) for p in proof.premises)


def clique(size: int) -> Store:
    """Make a chain of `size` things in a symmetric and transitive relation: all are related."""
    chain = " . ".join(f":n{i} dkg:same :n{i + 1}" for i in range(size - 1))
    return inferred(f"GRAPH {P1} {{ {chain} }}")


def test_a_large_circle_ends_at_the_limit() -> None:
    store = clique(30)
    before = time.perf_counter()
    found = proofs(store, fact(":n0 dkg:same :n29"), RULES, BASE, 50)
    assert time.perf_counter() - before < 30  # seconds; about one, and never without end
    assert len(found) == 50
    assert found.cut
    assert found[0].height == 5  # 29 links, paired, paired again, …
    assert not any(map(_rests_on_itself, found))
    assert all(len(leaves(proof)) >= 29 for proof in found)


def test_the_order_is_the_same_every_time() -> None:
    goal = fact(":n0 dkg:same :n3")
    first = proofs(clique(5), goal, RULES, BASE, 200)
    assert first == proofs(clique(5), goal, list(reversed(RULES)), BASE, 200)
    assert first[:20] == proofs(clique(5), goal, RULES, BASE, 20).found


# The limit -----------------------------------------------------------------------------------


def test_cut_says_whether_there_are_more() -> None:
    store = inferred(f"GRAPH {P1} {{ :e a :X }} GRAPH {P2} {{ :e a :X }}")
    sizes = [
        (len(found), found.cut)
        for found in (proofs(store, fact(":e a :X"), RULES, BASE, limit) for limit in (1, 2, 3))
    ]
    assert sizes == [(1, True), (2, False), (2, False)]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_that_leaves_nothing(limit: int) -> None:
    with pytest.raises(ValueError, match="proofs leaves none") as caught:
        proofs(Store(), fact(":e a :X"), RULES, BASE, limit)
    assert str(caught.value) == f"a limit of {limit} proofs leaves none; write 1 or more"


# Leaves --------------------------------------------------------------------------------------


def test_leaves_are_what_is_stated_each_once() -> None:
    text = f"GRAPH {P1} {{ :a dkg:same :b }} GRAPH {P2} {{ :b dkg:same :c }}"
    turned = why(text, ":a dkg:same :c")[1]
    assert [told(leaf) for leaf in leaves(turned)] == ["t#char=10,20", "t#char=9,12"]
    assert [leaf.triple for leaf in leaves(turned, vocabulary=True)] == [
        fact("dkg:same a owl:SymmetricProperty"),
        fact("dkg:same a owl:TransitiveProperty"),
        fact(":b dkg:same :c"),
        fact(":a dkg:same :b"),
    ]


def test_what_is_stated_is_its_own_leaf() -> None:
    (proof,) = why(f"GRAPH {P1} {{ :e a :X }}", ":e a :X")
    assert leaves(proof) == (proof,)


def test_every_inferred_fact_has_a_proof() -> None:
    text = f"""GRAPH {P1} {{
                 :e a dkg:Bombing ; dkg:perpetrator :a ; dkg:before :g .
                 :f dkg:sameFigure :h . :s dkg:belligerent :army .
                 :e dkg:when "2021-08"^^edtf:EDTF }}
               GRAPH <source/s> {{ :p wgs84:lat 32.5 ; wgs84:long 36.5 ; dkg:accuracy 50.5 .
                 :p dkg:within :q . :q dkg:within :r . :unit dkg:unitOf :army }}"""
    store = inferred(text)
    ours = f"{BASE}rule/"
    made: list[Quad] = [
        quad
        for quad in store
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(ours)
    ]
    assert len({quad.graph_name for quad in made}) == 10
    for quad in made:
        found = proofs(store, quad.triple, RULES, BASE)
        assert quad.graph_name in {proof.graph for proof in found}, quad
        assert all(leaves(proof) for proof in found)


def test_every_inferred_fact_of_the_reference_graph_ends_in_the_text(graph: dk.Graph) -> None:
    inferred_facts = {
        quad.triple
        for quad in graph.store
        if isinstance(quad.graph_name, NamedNode)
        and quad.graph_name.value.startswith(f"{BASE}rule/")
    }
    assert inferred_facts
    for triple in inferred_facts:
        (proof,) = proofs(graph.store, triple, RULES, BASE, limit=1)
        assert {leaf.reason_kind for leaf in leaves(proof)} <= {"passage", "source"}
        assert leaves(proof)


def test_rules_that_are_no_longer_there_prove_nothing() -> None:
    store = inferred(f"GRAPH {P1} {{ :e dkg:perpetrator :a }}")
    assert len(proofs(store, fact(f":e <{DKG}agent> :a"), [], BASE)) == 0
