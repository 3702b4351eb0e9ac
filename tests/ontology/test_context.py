"""The JSON-LD context and the ontology agree, and three engines read the context alike."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld
from rdflib import OWL, RDF, RDFS, SKOS, Dataset, Graph, URIRef

from daraa_kg.assets import asset
from daraa_kg.namespaces import BASE, DKG, PREFIXES, article_base

LOCAL = article_base(BASE, "2021-daraa-offensive")
PASSAGE = f"{LOCAL}text/b051e082#char=5090,5319"

# The sample of the design: an event with a figure, and beside it a plan and a place.
SAMPLE: list[dict[str, Any]] = [
    {
        "id": "event/al-shabrouq-ied",
        "type": "Bombing",
        "label": "IED attack on a convoy of the 112th Brigade",
        "when": "2021-08-19",
        "place": "kg:place/al-shabrouq-road",
        "target": ["kg:actor/112th-brigade"],
        "weapon": "IED",
        "casualties": [
            {
                "id": "event/al-shabrouq-ied#casualties-killed",
                "type": "Casualties",
                "outcome": "killed",
                "count": "6",
                "unit": "persons",
                "wording": "six Syrian soldiers and militiamen",
                "sufferedBy": "kg:actor/112th-brigade",
                "side": "side/government",
                "includesPerson": "person/unnamed-brigadier",
                "civilian": "false",
            }
        ],
    },
    {
        "id": "event/demand",
        "type": "Demand",
        "speaker": "kg:actor/russia",
        "content": {
            "id": "event/demand#content-weapons-handover",
            "type": "Prospect",
            "ofKind": "WeaponsHandover",
            "negated": "true",
        },
    },
    {
        "id": "kg:place/daraa",
        "type": "City",
        "altLabel": ["Darás", "Dar'ā"],
        "within": "kg:place/daraa-governorate",
        "latitude": "32.61889",
        "longitude": "36.10213",
        "accuracy": "1000",
        "geonamesId": "170905",
    },
]


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(asset("ontology", "daraa-kg.ttl"))


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    text = asset("ontology", "context.jsonld").read_text(encoding="utf-8")
    found = json.loads(text)["@context"]
    assert isinstance(found, dict)
    return found


def prefixes(context: dict[str, Any]) -> dict[str, str]:
    return {
        key: value
        for key, value in context.items()
        if isinstance(value, str) and value.endswith(("#", "/"))
    }


def terms(context: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Give the IRI and the rest of the definition of each term that is no prefix or keyword."""
    found = {}
    for key, value in context.items():
        body = {"@id": value} if not isinstance(value, dict) else dict(value)
        name = body.pop("@id")
        if key.startswith("@") or key in prefixes(context) or str(name).startswith("@"):
            continue
        prefix, _, local = name.partition(":")
        found[key] = (prefixes(context)[prefix] + local, body)
    return found


def test_every_term_is_declared(context: dict[str, Any], ontology: Graph) -> None:
    undeclared = [
        k for k, (iri, _) in terms(context).items() if (URIRef(iri), None, None) not in ontology
    ]
    assert undeclared == []


def test_every_term_of_ours_is_in_the_context(context: dict[str, Any], ontology: Graph) -> None:
    annotations = {
        "editorial",
        "inferred",
        "nodeKey",
        "scheme",
        "verbatim",
    }  # of terms, never of facts
    kinds = (
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.AnnotationProperty,
        SKOS.Concept,
    )
    known = {iri for iri, _ in terms(context).values()}
    ours = {
        str(term)
        for kind in kinds
        for term in ontology.subjects(RDF.type, kind)
        if str(term).startswith(DKG)
    }
    assert {DKG + name for name in annotations} == ours - known
    for key, (iri, _) in terms(context).items():
        if iri.startswith(DKG):
            assert key == iri.removeprefix(DKG)


def test_properties_coerce_as_the_ontology_says(context: dict[str, Any], ontology: Graph) -> None:
    def shortened(iri: str) -> str:
        start = max((s for s in prefixes(context).values() if iri.startswith(s)), key=len)
        return next(p for p, s in prefixes(context).items() if s == start) + ":" + iri[len(start) :]

    for key, (iri, body) in terms(context).items():
        term = URIRef(iri)
        kinds = set(ontology.objects(term, RDF.type))
        if not iri.startswith(DKG) or OWL.Class in kinds or SKOS.Concept in kinds:
            continue
        value = ontology.value(term, RDFS.range)
        if value in (SKOS.Concept, OWL.Class):
            assert body == {"@type": "@vocab"}, key
        elif OWL.ObjectProperty in kinds:
            assert body == {"@type": "@id"}, key
        elif str(value).endswith("#string"):
            assert body == {}, key
        else:
            assert body == {"@type": shortened(str(value))}, key


def test_coded_values_name_their_scheme(ontology: Graph) -> None:
    for term in ontology.subjects(RDFS.range, SKOS.Concept):
        assert ontology.value(term, URIRef(DKG + "scheme")), term


def test_the_context_keeps_to_what_all_engines_read(context: dict[str, Any]) -> None:
    assert context["@version"] == 1.1
    assert {key for key in context if key.startswith("@")} == {"@version"}
    assert (context["id"], context["type"], context["states"]) == ("@id", "@type", "@graph")
    for value in context.values():
        assert isinstance(value, (str, float, dict))
        if isinstance(value, dict):
            assert set(value) <= {"@id", "@type", "@language"}
    assert not set(prefixes(context)) & set(terms(context))


def test_prefixes_are_those_that_are_bound_elsewhere(context: dict[str, Any]) -> None:
    for prefix, start in prefixes(context).items():
        assert {**PREFIXES, "kg": BASE}.get(prefix, start) == start


def canonical(dataset: ox.Dataset) -> list[str]:
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


def by_oxigraph(document: dict[str, Any]) -> list[str]:
    quads = ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD, base_iri=LOCAL)
    return canonical(ox.Dataset(quads))


def by_rdflib(document: dict[str, Any]) -> list[str]:
    dataset = Dataset()
    dataset.parse(data=json.dumps(document), format="json-ld", publicID=LOCAL)
    lines = [line for line in dataset.serialize(format="nquads").splitlines() if line]
    return canonical(ox.Dataset(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS)))


def by_pyld(document: dict[str, Any]) -> list[str]:
    text = jsonld.to_rdf(document, {"base": LOCAL, "format": "application/n-quads"})
    return canonical(ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS)))


def test_three_engines_read_a_statement_alike(context: dict[str, Any]) -> None:
    document = {"@context": context, "states": [{"id": PASSAGE, "states": SAMPLE}]}
    quads = by_oxigraph(document)
    # Every scalar, every nested node and every item of a list is one quad, and so is each type.
    assert len(quads) == 30
    assert all(line.endswith(f"<{PASSAGE}>") for line in quads)
    assert quads == by_rdflib(document)
    assert quads == by_pyld(document)
    event = f"<{LOCAL}event/al-shabrouq-ied>"
    assert (
        f'{event} <{DKG}when> "2021-08-19"^^<http://id.loc.gov/datatypes/edtf/EDTF> <{PASSAGE}>'
    ) in quads
    outcome = f"<{LOCAL}event/al-shabrouq-ied#casualties-killed> <{DKG}outcome>"
    assert f"{outcome} <{DKG}killed> <{PASSAGE}>" in quads


def test_compacting_gives_the_short_names_back(context: dict[str, Any]) -> None:
    document = {"@context": context, "states": [{"id": PASSAGE, "states": SAMPLE}]}
    text = jsonld.to_rdf(document, {"base": LOCAL, "format": "application/n-quads"})
    expanded = jsonld.from_rdf(text, {"format": "application/n-quads"})
    compacted = jsonld.compact(expanded, context, {"base": LOCAL})
    assert by_oxigraph(compacted) == by_oxigraph(document)
    nodes = {node["id"]: node for node in compacted["states"]}
    assert set(compacted) == {"@context", "id", "states"}
    for node in nodes.values():
        assert not [key for key in node if ":" in key or key.startswith("@")]
    event = nodes["kg:2021-daraa-offensive/event/al-shabrouq-ied"]
    assert event["type"] == "Bombing"
    assert event["label"] == "IED attack on a convoy of the 112th Brigade"
    assert event["when"] == "2021-08-19"
    prospect = nodes["kg:2021-daraa-offensive/event/demand#content-weapons-handover"]
    assert prospect["ofKind"] == "WeaponsHandover"
