from __future__ import annotations

import ast
import graphlib
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
    heavy = "{'rdflib', 'pyshacl', 'yaml', 'edtf', 'rich', 'daraa_kg.graph.builder', 'daraa_kg.text.article'}"
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


# --- which package may import which --------------------------------------------------------------

# From the ground up: a module imports from its own package, from those that stand before it here,
# and from the ground, which is the few modules beside the packages. What it needs for types alone
# does not bind it.
GROUND = ["assets", "diagnostics", "extras", "namespaces", "writing"]
PACKAGES = [
    "text",
    "ontology",
    "statements",
    "graph",
    "queries",
    "why",
    "networks",
    "exports",
    "readings",
    "revisions",
    "plots",
    "stores",
    "site",
    "server",
    "cli",
]
# Methods of the graph that hand on to what answers them, imported when they are called.
HANDING_ON = {"graph.analyses", "graph.built"}

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in SOURCE.rglob("*.py")
}


def imported(module: str, *, inside: bool = False) -> set[str]:
    """Give the modules of ours that a module imports at the top of its file.

    Args:
        module: the module, such as ``graph.labels``.
        inside: whether those that its functions import count as well.
    """
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    nodes = [*tree.body]
    if inside:
        functions = (ast.FunctionDef, ast.AsyncFunctionDef)
        for function in (node for node in ast.walk(tree) if isinstance(node, functions)):
            nodes += [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    here = ["daraa_kg", *module.split(".")[:-1]]
    found = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            start = here[: len(here) - node.level + 1] if node.level else []
            full = ".".join([*start, *filter(None, (node.module or "").split("."))])
            names = [f"{full}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            full, names = "", [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            for place in (name, full, f"{full}.__init__"):
                if place.removeprefix("daraa_kg.") in MODULES and place.startswith("daraa_kg."):
                    found.add(place.removeprefix("daraa_kg."))
                    break
    return found


def height(module: str) -> int:
    """Give how high a module stands: 0 on the ground, then the place of its package."""
    package, _, name = module.partition(".")
    return PACKAGES.index(package) + 1 if name else 0


def test_every_module_has_its_package() -> None:
    beside = {module for module in MODULES if "." not in module}
    assert beside == {*GROUND, "__init__", "__main__"}
    assert {module.partition(".")[0] for module in set(MODULES) - beside} == set(PACKAGES)
    assert {f"{package}.__init__" for package in PACKAGES} <= set(MODULES)


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"__init__", "__main__"}))
def test_no_module_imports_from_a_higher_package(module: str) -> None:
    others = imported(module, inside=module not in HANDING_ON)
    assert not {other for other in others if height(other) > height(module)}


def test_no_modules_import_each_other() -> None:
    assert "graph.labels" in imported("queries.results")  # that imports are found at all
    graphlib.TopologicalSorter({module: imported(module) for module in MODULES}).prepare()
