from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

RULES = Path(__file__).parents[2] / "docs" / "deploy" / "w3id.htaccess"
FOLDER = "https://w3id.org/daraa-kg/"

pytestmark = pytest.mark.skipif(
    not RULES.exists(), reason="the documents are in a checkout, not in the wheel"
)


def redirected(iri: str) -> str:
    """Give the address that w3id.org would lead to, by the rule of the document."""
    (rule,) = re.findall(r"^RewriteRule (\S+) (\S+) \[R=302,L\]$", RULES.read_text(), re.MULTILINE)
    pattern, target = rule
    return re.sub(pattern, target.replace("$1", r"\1"), iri.removeprefix(FOLDER), count=1)


@pytest.mark.parametrize(
    ("iri", "document"),
    [
        ("id/place/daraa", "/doc/place/daraa.ttl"),
        (
            "id/2021-daraa-offensive/event/offensive",
            "/doc/2021-daraa-offensive/event/offensive.ttl",
        ),
        ("ontology", "/ontology"),
        ("shapes", "/ontology/shapes.ttl"),
        ("ontology/rules/transitive.rq", "/ontology/rules/transitive.rq"),
    ],
)
def test_the_rule_for_w3id_leads_to_what_is_served(
    pages: TestClient, iri: str, document: str
) -> None:
    place = redirected(FOLDER + iri)
    assert place.startswith("https://data.example.org/")
    path = place.removeprefix("https://data.example.org")
    answer = pages.get(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.url.path == document
