"""What several tests share: the reference graph, the small article, and a cache of their own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.builder import read_inputs
from daraa_kg.diagnostics import in_order
from daraa_kg.inputs import find_inputs
from daraa_kg.vocabulary import Vocabulary, load_vocabulary

MINI = Path(__file__).parent / "fixtures" / "mini"

Edit = tuple[str, str]
Check = Callable[..., list[str]]


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
