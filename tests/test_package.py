from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import daraa_kg as dk

SOURCE = Path(dk.__file__).parent


def _run(code: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, env=env, capture_output=True, text=True
    )
    return done.stdout


def test_the_import_is_light() -> None:
    heavy = "{'pyoxigraph', 'rdflib', 'pyshacl', 'yaml', 'edtf', 'rich', 'click', 'typing'}"
    assert (
        _run(f"import sys, daraa_kg; print(sorted({heavy} - {{'typing'}} & set(sys.modules)))")
        == "[]\n"
    )


def test_a_cached_graph_is_loaded_without_what_only_a_build_needs() -> None:
    _run("import daraa_kg; daraa_kg.load()")
    heavy = "{'rdflib', 'pyshacl', 'yaml', 'edtf', 'rich', 'daraa_kg.builder', 'daraa_kg.article'}"
    assert (
        _run(f"import sys, daraa_kg; daraa_kg.load(); print(sorted({heavy} & set(sys.modules)))")
        == "[]\n"
    )


def test_all_is_sorted_and_there() -> None:
    assert dk.__all__ == sorted(dk.__all__)
    for name in dk.__all__:
        assert getattr(dk, name) is not None
        assert name in dir(dk)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'daraa_kg' has no attribute 'biuld'$"):
        dk.biuld  # noqa: B018 - the access is what is tested


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_modules_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 400
    if text.strip():
        assert ast.get_docstring(ast.parse(text))
