from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from daraa_kg.queries.federation import find_service
from daraa_kg.queries.sparql import QueryRefused, refuse

CASES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "fixtures" / "services.yaml").read_text(encoding="utf-8")
)
CALLS = {**CASES["asked"], **CASES["spelt"]}


@pytest.mark.parametrize("name", CASES["asked"])
def test_a_call_is_found_where_it_stands(name: str) -> None:
    text = CASES["asked"][name].replace("URL", "http://127.0.0.1:9/")
    found = find_service(text)
    assert found is not None
    assert text[found : found + 7].upper() == "SERVICE"


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_refused(name: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE asks another server"):
        refuse(CALLS[name].replace("URL", "http://127.0.0.1:9/"), "query")


@pytest.mark.parametrize("name", CASES["harmless"])
def test_what_only_looks_like_a_call_is_none(name: str) -> None:
    text = CASES["harmless"][name]
    assert "service" in text.lower()
    assert find_service(text) is None
    refuse(text, "query")


def test_a_group_of_that_prefix_is_taken_for_a_call() -> None:
    text = "PREFIX service: <x:> SELECT * { GRAPH service:g { ?s ?p ?o } }"
    assert find_service(text) == text.rindex("service")


LONG = 100_000


@pytest.mark.parametrize(
    "part",
    [
        "service.", "service:", "service<", "service ", "service#", "service\n", "serviceservice",
        "service\t\t\t\t", "<", "<a'", "<#", "'", "'\\'", "'''\\", "'''\"", "a.a.", "?", "#", ":",
        "service:\\.", "\\", "@service",
    ],
)  # fmt: skip
def test_no_text_makes_the_search_slow(part: str) -> None:
    """Each took minutes while the search went back: a test that hangs is one that fails."""
    find_service((part * LONG)[:LONG] + "service")
