from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import daraa_kg as dk
from daraa_kg.namespaces import (
    BASE,
    DKG,
    PREFIXES,
    BaseError,
    about_graph,
    article_base,
    check_base,
    expand,
    forbidden,
    ontology_graph,
    prefixes,
    rule_graph,
    shorten,
    source_graph,
)
from daraa_kg.ontology.vocabulary import load_context

if TYPE_CHECKING:
    from collections.abc import Callable

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


@pytest.mark.parametrize("base", [BASE, "https://x.example/", "http://x.example:80/a/b/"])
def test_a_base_that_names_can_follow(base: str) -> None:
    assert check_base(base) == base


@pytest.mark.parametrize(
    ("base", "problem"),
    [
        ("foo", f"“foo” is no absolute IRI; write one such as {BASE}"),
        ("", f"“” is no absolute IRI; write one such as {BASE}"),
        (
            "https://x.example/x",
            "“https://x.example/x” has no “/” at its end, and names are put after it; "
            "write https://x.example/x/",
        ),
        (
            "http://x.example/a#",
            "“http://x.example/a#” has a “#” in it, behind which no path follows; "
            "write http://x.example/a/",
        ),
        (
            "https://x.example/?b=/",
            "“https://x.example/?b=/” has a “?” in it, behind which no path follows; "
            "write https://x.example/",
        ),
        (
            "urn:x:",
            "“urn:x:” has no path in which names such as place/x can stand; "
            f"write one such as {BASE}",
        ),
        (
            "https:///",
            "“https:///” has no path in which names such as place/x can stand; "
            f"write one such as {BASE}",
        ),
        ("https://x y/", "“https://x y/” has the character ' ' in it, which no IRI may have"),
    ],
)
def test_a_base_that_names_cannot_follow_is_said_at_every_door(base: str, problem: str) -> None:
    doors: tuple[Callable[[], object], ...] = (
        lambda: check_base(base),
        lambda: dk.build(base=base),
        lambda: dk.check(base=base),
        lambda: dk.load(base=base),
    )
    for door in doors:
        with pytest.raises(BaseError) as caught:
            door()
        assert str(caught.value) == problem
        assert caught.value.base == base
