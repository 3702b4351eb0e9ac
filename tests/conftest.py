"""What several tests share: the reference graph, the small article, and a cache of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.cli import main
from daraa_kg.diagnostics import in_order
from daraa_kg.graph.builder import read_inputs
from daraa_kg.graph.inputs import find_inputs
from daraa_kg.namespaces import BASE, PREFIXES
from daraa_kg.ontology.vocabulary import Vocabulary, load_vocabulary

MINI = Path(__file__).parent / "fixtures" / "mini"

Edit = tuple[str, str]
Check = Callable[..., list[str]]
Run = Callable[..., tuple[int, str, str]]
Seeded = Callable[..., str]
Thinned = Callable[[Path, str], None]

# What tests write facts in TriG with: all prefixes of ours, and the shared ids as relative ones.
TRIG_PREFIXES = "".join(
    f"PREFIX {name}: <{iri}>\n"
    for name, iri in {**PREFIXES, "sf": "http://www.opengis.net/ont/sf#", "": BASE}.items()
)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.environ.get("DARAA_KG_CACHE")
    os.environ["DARAA_KG_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["DARAA_KG_CACHE"]
    else:
        os.environ["DARAA_KG_CACHE"] = before


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def graph() -> dk.Graph:
    """Give the graph of the shipped article, not validated."""
    return dk.build(validate=False)


@pytest.fixture(scope="session")
def mini_graph() -> dk.Graph:
    return dk.build(MINI, validate=False)


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """Give a copy of the small article's folder."""
    return Path(shutil.copytree(MINI, tmp_path / "mini"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs the program and gives its exit code, output and errors.

    It writes lines of 80 columns, unless it is told other ``columns``, which hold from then on.
    """
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def call(*words: str | Path, columns: int | None = None) -> tuple[int, str, str]:
        if columns is not None:
            monkeypatch.setenv("COLUMNS", str(columns))
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture(scope="session")
def seeded() -> Seeded:
    """Give a function that runs code in a Python of its own, and gives what it prints.

    Its arguments: the seed of the hashes, on which the order of sets hangs; the code; its words.
    """

    def call(seed: str, code: str, *words: str) -> str:
        package = str(Path(dk.__file__).parent.parent)
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": package},
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    return call


@pytest.fixture
def faults(mini: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Give a function that edits the small article's statements and says what is then wrong.

    Its arguments are pairs: words that stand once in statements.yaml, and what replaces them.
    Paths in its messages are relative to the folder.
    """
    monkeypatch.chdir(mini)

    def check(*edits: Edit, **files: str) -> list[str]:
        path = mini / "statements.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        for name, content in files.items():
            (mini / f"{name}.yaml").write_text(content, encoding="utf-8")
        statements = read_inputs(find_inputs(mini), vocabulary)
        return [str(fault) for fault in in_order(statements.faults)]

    return check


@pytest.fixture
def thinned() -> Thinned:
    """Give a function that takes the lines with a word out of an N-Quads file, and out of its counts.

    What a file says of its own size is made small, for else it would be refused as cut short.
    """

    def thin(file: Path, word: str) -> None:
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if word not in line and "void#subset> " not in line]
        file.write_text(re.sub(r'(void#triples> )"\d+"', r'\1"1"', "".join(kept)), encoding="utf-8")

    return thin
