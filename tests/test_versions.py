"""Package, ontology, citation and changelog have one version."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import daraa_kg as dk

ROOT = Path(__file__).parents[1]


def _found(file: str, pattern: str) -> str:
    found = re.search(pattern, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{file} has no {pattern}"
    return found[1]


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("ontology/daraa-kg.ttl", r'owl:versionInfo "([^"]+)"'),
        ("ontology/daraa-kg.ttl", r"owl:versionIRI <https://w3id.org/daraa-kg/ontology/([^>]+)>"),
        ("ontology/shapes.ttl", r'owl:versionInfo "([^"]+)"'),
        ("ontology/alignments.ttl", r'owl:versionInfo "([^"]+)"'),
        ("CHANGELOG.md", r"^## \[(\d[^\]]*)\]"),
    ],
)
def test_one_version(file: str, pattern: str) -> None:
    assert _found(file, pattern) == dk.__version__


def test_the_citation_has_the_version_and_day_of_the_changelog() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == dk.__version__
    day = _found("CHANGELOG.md", r"^## \[\d[^\]]*\] - (\d{4}-\d\d-\d\d)")
    assert str(citation["date-released"]) == day
