"""The lint of the rules: ours pass, and each thing a rule may not do has its sentence and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, PREFIXES
from daraa_kg.ontology.rulelint import lint_rule
from daraa_kg.ontology.rules import Rule, load_rules

RULES = load_rules(asset("ontology", "rules"))
PROLOGUE = f"PREFIX dkg: <{PREFIXES['dkg']}>\n"  # line 1

VIOLATING = [
    (
        "CONSTRUCT { ?x a ?y }\nWHERE { ?x a ?y\nOPTIONAL { ?x dkg:p ?z } }",
        ["4: OPTIONAL can take a fact back when another is added; rules only add"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y MINUS { ?x a dkg:A } }",
        ["2: MINUS can take a fact back when another is added; rules only add"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y\nFILTER NOT EXISTS { ?x a dkg:A } }",
        [
            "3: NOT can take a fact back when another is added; rules only add",
            "3: EXISTS can take a fact back when another is added; rules only add",
        ],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y BIND(now() AS ?t) }",
        ["2: NOW differs from run to run, and two builds must be the same"],
    ),
    *(
        (
            f"CONSTRUCT {{ ?x a ?y }} WHERE {{ ?x a ?y BIND({name}() AS ?t) }}",
            [f"2: {name} differs from run to run, and two builds must be the same"],
        )
        for name in ("RAND", "UUID", "STRUUID", "BNODE")
    ),
    (
        "CONSTRUCT { ?x dkg:n ?n } WHERE { SELECT ?x (COUNT(?y) AS ?n)\n{ ?x a ?y } GROUP BY ?x }",
        [
            "2: SELECT is not part of a rule; write CONSTRUCT { … } WHERE { … }",
            "2: COUNT changes when a fact is added; count in a query, not in a rule",
            "3: GROUP picks among the solutions; a rule holds for all of them",
        ],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y } ORDER BY ?x LIMIT 3",
        [
            "2: ORDER picks among the solutions; a rule holds for all of them",
            "2: LIMIT picks among the solutions; a rule holds for all of them",
        ],
    ),
    (
        "CONSTRUCT { ?x a ?y } FROM <graph/ontology> WHERE { ?x a ?y }",
        ["2: FROM picks among the solutions; a rule holds for all of them"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { SERVICE <http://example.org/> { ?x a ?y } }",
        ["2: SERVICE is not part of a rule; write CONSTRUCT { … } WHERE { … }"],
    ),
    (
        "SELECT * WHERE { ?x a ?y }",
        ["2: SELECT is not part of a rule; write CONSTRUCT { … } WHERE { … }"],
    ),
    ("CONSTRUCT WHERE { ?x a ?y }", ["2: { is expected here, not WHERE"]),
    ("CONSTRUCT { } WHERE { ?x a ?y }", ["2: the rule constructs nothing"]),
    (
        "CONSTRUCT { ?x dkg:p _:b } WHERE { ?x a ?y }",
        ["2: _:b is a blank node, and the graph has none; use a variable"],
    ),
    (
        "CONSTRUCT { ?x dkg:p [ a ?y ] } WHERE { ?x a ?y }",
        ["2: [ is a blank node, and the graph has none; use a variable"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x dkg:p/dkg:q ?y }",
        ["2: a property path hides the steps of a proof; write them as patterns"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x (dkg:p|dkg:q) ?y }",
        ["2: a property path hides the steps of a proof; write them as patterns"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x dkg:p+ ?y }",
        ["2: a property path hides the steps of a proof; write them as patterns"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x ^dkg:p ?y }",
        ["2: a property path hides the steps of a proof; write them as patterns"],
    ),
    (
        "CONSTRUCT {\n?x a ?z }\nWHERE { ?x a ?y }",
        ["3: ?z is constructed, but the WHERE does not always bind it"],
    ),
    (
        "CONSTRUCT { ?x a ?z } WHERE { { ?x a ?y } UNION { ?x a ?z } }",
        ["2: ?z is constructed, but the WHERE does not always bind it"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { GRAPH ?g { ?x a ?y } }",
        ["2: GRAPH ?g may be a rule's own graph; add GRAPH <graph/about> { ?g a dkg:Passage }"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { GRAPH <rule/kind> { ?x a ?y } }",
        [
            f"2: GRAPH <{BASE}rule/kind> is not a rule's to read; the facts need no GRAPH,"
            " the vocabulary is <graph/ontology>, the account <graph/about>"
        ],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { { ?x a ?y FILTER(?x != ?y) } UNION { ?y a ?x } }",
        ["2: FILTER stands beside inner braces, not in them"],
    ),
    ("CONSTRUCT { ?x a ?y } WHERE { ?x foo:a ?y }", ["2: the prefix of foo:a is not declared"]),
    ("CONSTRUCT { ?x a ?y } WHERE { ?x a ?y", ["2: the rule ends in the middle"]),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x a 'y }",
        ['2: "\'" starts nothing that SPARQL knows'],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y } VALUES ?x { dkg:A }",
        ["2: nothing may follow the WHERE, and VALUES does"],
    ),
    (
        "CONSTRUCT { ?x 'is' ?y } WHERE { ?x a ?y }",
        ["2: a literal cannot be a property"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { ?x a (1 2) }",
        ["2: ( is not part of a pattern in a rule"],
    ),
    (
        "CONSTRUCT { ?x a ?y } WHERE { GRAPH <graph/about> { GRAPH ?g { ?x a ?y } } }",
        ["2: a GRAPH cannot stand in a GRAPH"],
    ),
    ("ASK { ?x a ?y }", ["2: ASK is not part of a rule; write CONSTRUCT { … } WHERE { … }"]),
    ("?x a ?y", ["2: a rule starts with CONSTRUCT, not ?x"]),
]

CONFORMING = [
    "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y FILTER(?x != ?y && ! isLiteral(?y)) }",
    "CONSTRUCT { ?x a ?y ; dkg:p 'OPTIONAL', \"LIMIT\"@en } WHERE { ?x a ?y } # MINUS",
    "CONSTRUCT { ?x a ?y } WHERE { { ?x a ?y } UNION { ?x dkg:p ?y } }",
    "CONSTRUCT { ?x a ?y } WHERE { GRAPH ?g { ?x a ?y } GRAPH <graph/about> { ?g a dkg:Source } }",
    "CONSTRUCT { ?x dkg:p ?n } WHERE { ?x dkg:q ?y . BIND(?y + 1 AS ?n) }",
    "CONSTRUCT { ?x dkg:p ?n } WHERE { ?x a dkg:A VALUES (?n ?m) { (1 2) (3 4) } }",
    "CONSTRUCT { ?x a dkg:A } WHERE { ?x dkg:p 1, 2.5, 1e3, true, 'a'@en, '2021'^^dkg:year ; . }",
]


MINE = Path("mine.rq")


def test_our_rules_are_there() -> None:
    assert {"kind", "class-hierarchy", "super-property", "transitive"} < {r.name for r in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_our_rules_pass(rule: Rule) -> None:
    assert lint_rule(rule.text, rule.path) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_our_rules_are_sparql_for_others_too(rule: Rule) -> None:
    algebra = prepareQuery(rule.text, base=BASE).algebra
    assert algebra.name == "ConstructQuery"
    ours = {(str(p.subject), str(p.predicate), str(p.object)) for p in rule.body(BASE).template}
    assert ours == {tuple(term.n3() for term in triple) for triple in algebra.template}


def _patterns(node: object) -> set[tuple[str, ...]]:
    """Gather the triple patterns of an algebra of rdflib's."""
    found: set[tuple[str, ...]] = set()
    if isinstance(node, CompValue):
        for key, value in node.items():
            if key == "triples":
                found |= {tuple(term.n3() for term in triple) for triple in value}
            elif isinstance(value, CompValue):
                found |= _patterns(value)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_our_reading_of_the_where_is_that_of_others(rule: Rule) -> None:
    algebra = prepareQuery(rule.text, base=BASE).algebra
    ours = {
        (str(p.subject), str(p.predicate), str(p.object))
        for branch in rule.body(BASE).branches
        for p in branch
    }
    assert ours == _patterns(algebra["p"])


@pytest.mark.parametrize("text", CONFORMING)
def test_what_a_rule_may_do(text: str) -> None:
    assert lint_rule(PROLOGUE + text, MINE) == []


@pytest.mark.parametrize(("text", "messages"), VIOLATING)
def test_what_a_rule_may_not_do(text: str, messages: list[str]) -> None:
    assert lint_rule(PROLOGUE + text, MINE) == [f"mine.rq:{message}" for message in messages]


def test_what_is_no_sparql_has_its_line() -> None:
    faults = lint_rule(PROLOGUE + "CONSTRUCT { ?x a ?y } WHERE { ?x a ?y\nFILTER(FOO(?x)) }", MINE)
    assert len(faults) == 1
    assert faults[0].startswith("mine.rq:3: this is not SPARQL: expected one of ")


def test_the_line_counts_the_header() -> None:
    text = "#+ name: mine\n#+ summary: It does.\n" + PROLOGUE + "ASK { ?x a ?y }"
    assert lint_rule(text, MINE)[0].startswith("mine.rq:4: ASK ")
