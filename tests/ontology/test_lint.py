"""The profile lint: queries over the ontology's files that must find nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from daraa_kg.assets import asset

HERE = Path(__file__).parent
LINTS = sorted(asset("ontology", "lint").glob("*.rq"))
FILES = ("daraa-kg.ttl", "alignments.ttl")


def name(path: Path) -> str:
    return path.stem


def offenders(lint: Path, store: ox.Store) -> list[str]:
    """Run a lint over the union of the graphs; one graph a file."""
    rows = store.query(lint.read_text(encoding="utf-8"), use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return sorted({str(row["term"].value) for row in rows})


@pytest.fixture(scope="module")
def files() -> ox.Store:
    store = ox.Store()
    for file in FILES:
        store.load(
            path=asset("ontology", file),
            format=ox.RdfFormat.TURTLE,
            to_graph=ox.NamedNode(f"file:{file}"),
        )
    return store


def test_there_are_lints() -> None:
    assert {path.stem for path in LINTS} == {path.stem for path in (HERE / "lint").glob("*.trig")}
    assert len(LINTS) >= 5


@pytest.mark.parametrize("lint", LINTS, ids=name)
def test_the_ontology_passes(lint: Path, files: ox.Store) -> None:
    assert offenders(lint, files) == []


@pytest.mark.parametrize("lint", LINTS, ids=name)
def test_a_lint_finds_what_it_is_for(lint: Path) -> None:
    path = HERE / "lint" / f"{lint.stem}.trig"
    expected = re.findall(r"^# finds: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    store = ox.Store()
    store.load(path=path, format=ox.RdfFormat.TRIG)
    assert expected
    assert offenders(lint, store) == sorted(expected)


@pytest.mark.parametrize("lint", LINTS, ids=name)
def test_a_lint_says_what_it_is(lint: Path) -> None:
    header = [line for line in lint.read_text(encoding="utf-8").splitlines() if line[:2] == "#+"]
    assert header[0] == f"#+ name: {lint.stem}"
    assert header[1].startswith("#+ summary: ")
    assert header[1].endswith(".")


@pytest.mark.parametrize("file", FILES)
def test_a_file_declares_each_term_once(file: str) -> None:
    """Twice in one file is once in its graph, so this is read from the text."""
    text = asset("ontology", file).read_text(encoding="utf-8")
    subjects = re.findall(r"^(\w+:[\w/-]+) a \w", text, re.MULTILINE)
    assert subjects
    assert sorted({s for s in subjects if subjects.count(s) > 1}) == []
