from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.namespaces import (
    BASE,
    DKG,
    PREFIXES,
    about_graph,
    article_base,
    expand,
    forbidden,
    ontology_graph,
    prefixes,
    rule_graph,
    shorten,
    source_graph,
)
from daraa_kg.vocabulary import load_context

LOCAL = article_base(BASE, "a")


@pytest.mark.parametrize(
    ("written", "iri"),
    [
        ("event/x", LOCAL + "event/x"),
        ("kg:place/daraa", BASE + "place/daraa"),
        ("dkg:Clash", DKG + "Clash"),
        ("event/x#casualties-killed", LOCAL + "event/x#casualties-killed"),
        ("https://example.org/x", "https://example.org/x"),
        ("urn:x:y", "urn:x:y"),
    ],
)
def test_ids_and_iris_are_one_to_one(written: str, iri: str) -> None:
    assert expand(written, BASE, LOCAL) == iri
    assert shorten(iri, BASE, "a") == written


@given(
    st.from_regex(r"(event|person)/[a-z0-9-]{1,9}", fullmatch=True),
    st.sampled_from(["", "kg:", "dkg:"]),
)
def test_any_id_comes_back(name: str, prefix: str) -> None:
    assert shorten(expand(prefix + name, BASE, LOCAL), BASE, "a") == prefix + name


def test_graphs() -> None:
    assert about_graph(BASE) == "https://w3id.org/daraa-kg/id/graph/about"
    assert ontology_graph(BASE) == "https://w3id.org/daraa-kg/id/graph/ontology"
    assert source_graph(BASE, "geonames") == "https://w3id.org/daraa-kg/id/source/geonames"
    assert rule_graph("https://x.example/", "kind") == "https://x.example/rule/kind"


def test_a_base_can_be_replaced() -> None:
    assert prefixes("https://x.example/")["kg"] == "https://x.example/"
    assert list(prefixes()) == sorted(prefixes())
    assert shorten("https://x.example/place/a", "https://x.example/") == "kg:place/a"


def test_the_context_binds_the_same_prefixes() -> None:
    context = load_context()
    for name, start in {**PREFIXES, "kg": BASE}.items():
        assert context.get(name, start) == start, name


@pytest.mark.parametrize(
    ("text", "found"), [("a b", " "), ("a\tb", "\t"), ("a<b", "<"), ("a{b", "{"), ("é/ü#x", None)]
)
def test_what_no_iri_may_have(text: str, found: str | None) -> None:
    assert forbidden(text) == found
