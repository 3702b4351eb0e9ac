"""Rules: what each makes, that their order does not matter, and what they may not do."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, rule_graph
from daraa_kg.ontology.rules import DATES, Rule, RuleError, infer, load_rule, load_rules
from daraa_kg.text.dates import DateError

from ..conftest import TRIG_PREFIXES

if TYPE_CHECKING:
    import daraa_kg as dk

RULES = load_rules(asset("ontology", "rules"))
ONTOLOGY = """
GRAPH <graph/ontology> {
  dkg:Bombing a owl:Class ; rdfs:subClassOf dkg:Attack .
  dkg:Attack a owl:Class ; rdfs:subClassOf dkg:Event, schema:Event .
  dkg:Event a owl:Class .
  dkg:Casualties a owl:Class .
  schema:Thing a owl:Class .
  dkg:casualties rdfs:range dkg:Casualties ; dkg:nodeKey "outcome" .
  dkg:perpetrator rdfs:subPropertyOf dkg:agent, schema:agent .
  dkg:agent rdfs:subPropertyOf dkg:participant .
  dkg:within rdfs:subPropertyOf dkg:inside .
  dkg:inside a owl:TransitiveProperty .
  dkg:unitOf rdfs:subPropertyOf dkg:underUnit .
  dkg:underUnit a owl:TransitiveProperty .
  dkg:belligerent rdfs:subPropertyOf dkg:sideMember .
  dkg:sideUnit rdfs:subPropertyOf dkg:sideMember .
  dkg:sameFigure a owl:SymmetricProperty .
  dkg:before owl:inverseOf dkg:after .
  schema:knows a owl:SymmetricProperty, owl:TransitiveProperty .
}
GRAPH <graph/about> { <text/1> a dkg:Passage . <text/2> a dkg:Passage . <source/x> a dkg:Source . }
"""


def read(trig: str) -> set[Quad]:
    return set(parse(TRIG_PREFIXES + trig, format=RdfFormat.TRIG, base_iri=BASE))


def facts(turtle: str) -> set[Triple]:
    return {quad.triple for quad in read(f"{turtle} .")}


def store_of(trig: str) -> Store:
    store = Store()
    store.extend(read(ONTOLOGY + trig))
    return store


def made(trig: str) -> dict[str, set[Triple]]:
    """Infer, and give what each rule made that made anything."""
    added = infer(store_of(trig), RULES, BASE)
    return {name: triples for name, triples in added.items() if triples}


def test_kind_is_the_class_that_is_stated_and_not_those_above_it() -> None:
    assert made("GRAPH <text/1> { :e a dkg:Bombing } GRAPH <source/x> { :p a schema:Thing }") == {
        "kind": facts(":e dkg:kind dkg:Bombing . :p dkg:kind schema:Thing"),
        "class-hierarchy": facts(":e a dkg:Attack, dkg:Event"),
    }


def test_kind_is_not_read_from_graphs_that_are_no_account() -> None:
    assert made("GRAPH <elsewhere> { :e a dkg:Event }") == {}


def test_class_hierarchy_keeps_to_our_own_classes() -> None:
    both = made("GRAPH <text/1> { :e a dkg:Attack }")["class-hierarchy"]
    assert both == facts(":e a dkg:Event")


def test_nested_nodes_get_the_class_that_their_property_leads_to() -> None:
    assert made("GRAPH <text/1> { :e dkg:casualties :f }") == {
        "nested-type": facts(":f a dkg:Casualties")
    }


def test_super_property_climbs_to_the_top() -> None:
    assert made("GRAPH <text/1> { :e dkg:perpetrator :a }") == {
        "super-property": facts(":e dkg:agent :a ; dkg:participant :a")
    }


def test_transitive_closes_what_is_inside_and_leaves_the_direct_property_alone() -> None:
    assert made("GRAPH <text/1> { :a dkg:within :b . :b dkg:within :c . :c dkg:within :d }") == {
        "super-property": facts(":a dkg:inside :b . :b dkg:inside :c . :c dkg:inside :d"),
        "transitive": facts(":a dkg:inside :c, :d . :b dkg:inside :d"),
    }


def test_a_circle_ends() -> None:
    assert made("GRAPH <text/1> { :a dkg:within :b . :b dkg:within :a }") == {
        "super-property": facts(":a dkg:inside :b . :b dkg:inside :a"),
        # `:a inside :b` follows from `:a inside :b` and `:b inside :b` as well: two rules make it
        "transitive": facts(":a dkg:inside :a, :b . :b dkg:inside :a, :b"),
    }


def test_symmetric_and_transitive_keep_to_our_own_properties() -> None:
    assert made("GRAPH <text/1> { :f dkg:sameFigure :g . :a schema:knows :b }") == {
        "symmetric": facts(":g dkg:sameFigure :f")
    }


def test_inverse_reads_both_declarations() -> None:
    assert made("GRAPH <text/1> { :a dkg:before :b . :c dkg:after :d }") == {
        "inverse": facts(":b dkg:after :a . :d dkg:before :c")
    }


def test_side_member_takes_in_the_units_below() -> None:
    text = """GRAPH <text/1> { :s dkg:belligerent :army . :t dkg:sideUnit :corps }
              GRAPH <source/x> { :brigade dkg:unitOf :corps . :corps dkg:unitOf :army }"""
    assert made(text) == {
        "super-property": facts(
            ":s dkg:sideMember :army . :t dkg:sideMember :corps ."
            ":brigade dkg:underUnit :corps . :corps dkg:underUnit :army"
        ),
        "transitive": facts(":brigade dkg:underUnit :army"),
        "side-member": facts(":s dkg:sideMember :corps, :brigade . :t dkg:sideMember :brigade"),
    }


def test_covers_joins_the_toll_of_a_whole_to_those_of_its_parts() -> None:
    """Of the same outcome, and of one side, of civilians, or of one actor's people."""
    text = """GRAPH <text/1> {{
      :war a dkg:Event ; dkg:casualties :w . :day a dkg:Event ; dkg:casualties :d, :other .
      :day dkg:duringWhole :war . :other dkg:outcome dkg:wounded ; {whose} .
      :w dkg:outcome dkg:killed ; {whose} . :d dkg:outcome dkg:killed ; {whose} .
    }}"""
    for whose in ("dkg:side :s", "dkg:civilian true", "dkg:sufferedBy :army"):
        assert made(text.format(whose=whose))["covers"] == facts(":w dkg:covers :d")
    for whose in ("dkg:civilian false", "dkg:count 3"):
        assert "covers" not in made(text.format(whose=whose))


def test_covers_wants_events_that_took_place_and_a_part_that_is_not_the_whole() -> None:
    text = """GRAPH <text/1> {{
      :war a {war} ; dkg:casualties :w . {day} a dkg:Event ; dkg:casualties :d .
      {day} dkg:duringWhole :war .
      :w dkg:outcome dkg:killed ; dkg:side :s . :d dkg:outcome dkg:killed ; dkg:side :s .
    }}"""
    assert "covers" in made(text.format(war="dkg:Event", day=":day"))
    assert "covers" not in made(text.format(war="dkg:Prospect", day=":day"))
    assert "covers" not in made(text.format(war="dkg:Event", day=":war"))


def test_a_dead_person_is_in_the_toll_of_the_side_and_in_the_count_that_names_them() -> None:
    text = """GRAPH <text/1> {
      :war a dkg:Event ; dkg:casualties :w, :hurt . :s dkg:sideIn :war ; dkg:commander :x, :y .
      :w dkg:outcome dkg:killed ; dkg:side :s . :hurt dkg:outcome dkg:wounded ; dkg:side :s .
      :t dkg:outcome dkg:killed ; dkg:includesPerson :z .
      :x dkg:fate dkg:killed . :y dkg:fate dkg:wounded . :z dkg:fate dkg:killed .
    }"""
    assert made(text)["dead-person"] == facts(":w dkg:covers :x . :t dkg:covers :z")


def test_a_point_has_its_longitude_first_and_its_accuracy() -> None:
    text = """GRAPH <source/x> { :p wgs84:lat 32.61889 ; wgs84:long 36.10213 ; dkg:accuracy 1000.5 .
                                 :q wgs84:lat 32.5 }"""
    assert made(text) == {
        "point-geometry": facts(
            ":p geo:hasGeometry <p#geometry> . <p#geometry> a sf:Point ;"
            ' geo:asWKT "POINT(36.10213 32.61889)"^^geo:wktLiteral'
        ),
        "point-accuracy": facts("<p#geometry> geo:hasMetricSpatialAccuracy 1000.5"),
    }


ENDS = """GRAPH <source/x> { :p wgs84:lat 32.5 ; wgs84:long 36.5 .
                             :q wgs84:lat 32.25 ; wgs84:long 36.25 . }"""


def test_a_road_between_two_places_is_a_line() -> None:
    line = made(f"{ENDS} GRAPH <text/1> {{ :r a dkg:Road ; dkg:between :q, :p }}")
    assert line["route-geometry"] == facts(
        ":r geo:hasGeometry <r#route> . <r#route> a sf:LineString ;"
        ' geo:asWKT "LINESTRING(36.5 32.5, 36.25 32.25)"^^geo:wktLiteral'
    )


@pytest.mark.parametrize(
    "road",
    [
        ":r a dkg:Checkpoint ; dkg:between :p, :q",  # somewhere on the line, not all of it
        ":r a dkg:Road ; dkg:between :p, :nowhere",  # one end has no coordinates
        ":r a dkg:Road ; dkg:between :p",  # one end is not named
    ],
)
def test_no_line_where_there_is_none(road: str) -> None:
    assert "route-geometry" not in made(f"{ENDS} GRAPH <text/1> {{ {road} }}")


def test_dates_are_bounded() -> None:
    text = (
        """GRAPH <text/1> { :e dkg:when "2021-08"^^edtf:EDTF . :f dkg:when "2021/"^^edtf:EDTF }"""
    )
    assert made(text) == {
        DATES: facts(
            ':e dkg:earliest "2021-08-01"^^xsd:date ; dkg:latest "2021-08-31"^^xsd:date .'
            ':f dkg:earliest "2021-01-01"^^xsd:date'
        )
    }


def test_a_when_that_is_no_date() -> None:
    with pytest.raises(DateError, match=r"“soon” is no date in EDTF"):
        made('GRAPH <text/1> { :e dkg:when "soon"^^edtf:EDTF }')


# The graphs afterwards ---------------------------------------------------------------------


CASE = f"""{ENDS}
GRAPH <text/1> {{
  :e a dkg:Bombing ; dkg:perpetrator :a ; dkg:when "2021-08-19"^^edtf:EDTF ; dkg:before :g .
  :e dkg:casualties :f . :f dkg:sameFigure :h . :r a dkg:Road ; dkg:between :p, :q .
  :s dkg:belligerent :army . :a dkg:within :b . :b dkg:within :c . :c dkg:within :d .
}}
GRAPH <text/2> {{
  :e a dkg:Attack ; dkg:agent :a ; dkg:before :x . :g dkg:after :e . :d dkg:within :a .
}}
GRAPH <text/2> {{
  :e dkg:duringWhole :war . :war a dkg:Event ; dkg:casualties :toll .
  :f dkg:outcome dkg:killed ; dkg:side :s . :toll dkg:outcome dkg:killed ; dkg:side :s .
  :s dkg:sideIn :war ; dkg:commander :general . :general dkg:fate dkg:killed .
}}
GRAPH <source/x> {{ :corps dkg:unitOf :army . :brigade dkg:unitOf :corps . :p dkg:accuracy 9.5 }}
"""


def test_what_is_stated_is_in_no_rule_graph() -> None:
    added = made(CASE)
    stated = {quad.triple for quad in read(CASE)}
    assert facts(":e a dkg:Attack ; dkg:agent :a . :g dkg:after :e") < stated
    assert not stated & set().union(*added.values())


def test_facts_are_what_is_stated_and_what_is_inferred_each_in_its_graph() -> None:
    store = store_of(CASE)
    added = infer(store, RULES, BASE)
    stated = {quad.triple for quad in read(CASE)}
    default = {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}
    assert default == stated.union(*added.values())
    for name, triples in added.items():
        graph = NamedNode(rule_graph(BASE, name))
        assert {q.triple for q in store.quads_for_pattern(None, None, None, graph)} == triples


def test_a_triple_of_two_rules_stands_in_both() -> None:
    added = made(CASE)  # a within b within c within d within a: a circle
    assert facts(":a dkg:inside :b") <= added["super-property"] & added["transitive"]


def test_the_order_of_the_rules_does_not_matter() -> None:
    expected = infer(store_of(CASE), RULES, BASE)
    shuffled = list(RULES)
    for seed in range(12):
        random.Random(seed).shuffle(shuffled)  # noqa: S311 - a shuffle, not a secret
        renamed = [
            Rule(f"{place:02}", rule.summary, rule.description, rule.text, rule.path)
            for place, rule in enumerate(shuffled)  # they run in the order of their names
        ]
        added = infer(store_of(CASE), renamed, BASE)
        for place, rule in enumerate(shuffled):
            assert added[f"{place:02}"] == expected[rule.name], rule.name


def test_inferring_twice_changes_nothing() -> None:
    store = store_of(CASE)
    once = infer(store, RULES, BASE)
    quads = set(store)
    assert infer(store, RULES, BASE) == once
    assert set(store) == quads


def test_more_facts_never_take_one_back() -> None:
    lines = [quad for quad in read(CASE) if quad.graph_name != DefaultGraph()]
    chosen = random.Random(7)  # noqa: S311 - a sample, not a secret
    for _ in range(12):
        some = set(chosen.sample(sorted(lines, key=str), len(lines) // 2))
        less, more = store_of(""), store_of("")
        less.extend(some)
        more.extend(lines)
        fewer, all_of_them = infer(less, RULES, BASE), infer(more, RULES, BASE)
        stated = {quad.triple for quad in lines}
        for name, triples in fewer.items():
            assert triples - stated <= all_of_them[name]


def test_every_rule_of_ours_adds_something_here() -> None:
    assert {rule.name for rule in RULES} | {DATES} == set(made(CASE))


def test_no_rule_is_idle_in_the_reference_graph(graph: dk.Graph) -> None:
    idle = [
        name
        for name in [*(rule.name for rule in RULES), DATES]
        if not any(
            graph.store.quads_for_pattern(None, None, None, NamedNode(rule_graph(BASE, name)))
        )
    ]
    assert idle == []


def test_another_base() -> None:
    base = "http://localhost/kg/"
    store = Store()
    store.extend(parse(TRIG_PREFIXES + ONTOLOGY + CASE, format=RdfFormat.TRIG, base_iri=base))
    sizes = {name: len(triples) for name, triples in infer(store, RULES, base).items()}
    assert sizes == {name: len(t) for name, t in infer(store_of(CASE), RULES, BASE).items()}
    assert NamedNode(f"{base}rule/kind") in set(store.named_graphs())


# Rules that are none -------------------------------------------------------------------------


def rule_of(text: str) -> Rule:
    return Rule("mine", "It does.", "It does so.", TRIG_PREFIXES + text, Path("mine.rq"))


def test_a_literal_cannot_become_a_thing() -> None:
    turned = rule_of("CONSTRUCT { ?o dkg:wordingOf ?s } WHERE { ?s dkg:wording ?o }")
    store = store_of('GRAPH <text/1> { :f dkg:wording "several" }')
    with pytest.raises(RuleError) as caught:
        infer(store, [turned], BASE)
    assert str(caught.value) == (
        'the rule "mine" makes "several" the subject of a fact,'
        " and only a thing with an IRI can be one"
    )
    assert caught.value.rule == "mine"


def test_a_blank_node_is_refused() -> None:
    store = store_of("")
    store.add(
        Quad(
            NamedNode(f"{BASE}e"), NamedNode(f"{DKG}within"), BlankNode("b"), NamedNode(f"{BASE}t")
        )
    )
    with pytest.raises(RuleError) as caught:
        infer(store, RULES, BASE)
    assert str(caught.value) == (
        f'the rule "super-property" makes a blank node: <{BASE}e> <{DKG}inside> _:b'
    )


def test_a_rule_without_an_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daraa_kg.ontology.rules._MAX_ROUNDS", 5)
    endless = rule_of(
        "CONSTRUCT { ?t dkg:within ?s } WHERE { ?s dkg:within ?o"
        ' BIND(IRI(CONCAT(STR(?s), "x")) AS ?t) }'
    )
    with pytest.raises(RuleError) as caught:
        infer(store_of("GRAPH <text/1> { :a dkg:within :b }"), [*RULES, endless], BASE)
    assert str(caught.value) == (
        "after 5 rounds these rules still make new facts: mine, super-property, transitive"
    )


def test_a_rule_that_cannot_be_read_names_file_and_line() -> None:
    broken = rule_of("CONSTRUCT { ?s a ?o }\nWHERE { ?s dkg:a/dkg:b ?o }")
    line = TRIG_PREFIXES.count("\n") + 2
    with pytest.raises(RuleError) as caught:
        infer(store_of(""), [broken], BASE)
    assert str(caught.value) == (
        f"mine.rq:{line}: a property path hides the steps of a proof; write them as patterns"
    )


def test_a_rule_that_is_no_sparql_names_file_and_line() -> None:
    broken = rule_of("CONSTRUCT { ?s a ?o }\nWHERE { ?s a ?o FILTER(FOO(?s)) }")
    line = TRIG_PREFIXES.count("\n") + 2
    with pytest.raises(RuleError, match=f"^mine.rq:{line}: this is not SPARQL: expected one of "):
        infer(store_of(""), [broken], BASE)


# Headers -------------------------------------------------------------------------------------

BODY = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }\n"
GOOD = "#+ name: mine\n#+ summary: It does.\n#+ description: |\n#+   It does\n#+   so.\n"


def test_a_header_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(GOOD + BODY, encoding="utf-8")
    assert load_rule(path) == Rule("mine", "It does.", "It does\nso.", GOOD + BODY, path)


HEADERS = [
    ("", "1: the rule has no header; start it with #+ name: …"),
    ("# name: mine\n", "1: the rule has no header; start it with #+ name: …"),
    ("#+ just words\n", "1: the header is not a list of keys; write #+ name: …"),
    (
        "#+ name: mine\n#+ summary: It does.\n",
        "1: the header has no description; write #+ description: …",
    ),
    (
        "#+ name: mine\n#+ summary: \n#+ description: d\n",
        "1: the header has no summary; write #+ summary: …",
    ),
    (GOOD + "#+ tag: x\n", '6: the header has "tag"; it may have name, summary and description'),
    (GOOD + "#+ name: mine\n", '6: the header has "name" twice'),
    ("#+ name: [mine]\n", '1: "name" of the header is not a text'),
    (
        "#+ name: mine\n#+ summary: a: b\n",
        "2: the header is not YAML: mapping values are not allowed here",
    ),
    (
        GOOD.replace("mine", "yours"),
        '1: the rule is named "yours" in the file mine.rq; name both in kebab-case',
    ),
]


@pytest.mark.parametrize(("header", "message"), HEADERS)
def test_a_malformed_header(tmp_path: Path, header: str, message: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(header + BODY, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rule(path)
    assert str(caught.value) == f"{path}:{message}"


def test_a_name_that_is_taken_or_not_in_kebab_case(tmp_path: Path) -> None:
    for name, message in [
        ("edtf", 'the name "edtf" is taken by the dates of EDTF'),
        ("Mine", 'the rule is named "Mine" in the file Mine.rq; name both in kebab-case'),
    ]:
        path = tmp_path / f"{name}.rq"
        path.write_text(GOOD.replace("mine", name) + BODY, encoding="utf-8")
        with pytest.raises(RuleError) as caught:
            load_rule(path)
        assert str(caught.value) == f"{path}:1: {message}"


def test_a_rule_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_bytes(b"#+ name: \xff\n")
    with pytest.raises(RuleError) as caught:
        load_rule(path)
    assert str(caught.value) == f"{path}:1: the rule is not UTF-8: invalid start byte"


def test_a_folder_without_rules(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path)
    assert str(caught.value) == f"{tmp_path} holds no rules; a rule is a file that ends in .rq"


def test_the_rules_are_in_the_order_of_their_names() -> None:
    names = [rule.name for rule in RULES]
    assert names == sorted(names)
    assert len(names) >= 9
