"""The documents: each example is followed, each figure is current, each link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

TOP = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/analysis.md")
COMMANDS = (
    "python -m pip install . && daraa-kg build",
    "python -m pip install '.[test]' && python -m pytest",
)

pytestmark = pytest.mark.skipif(
    not (TOP / "README.md").exists(), reason="the documents are in a checkout, not in the wheel"
)


def load(name: str) -> ModuleType:
    """Import a script of the folder docs."""
    spec = importlib.util.spec_from_file_location(name, TOP / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def text_of(name: str) -> str:
    return (TOP / name).read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_example_prints_what_the_document_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = load("examples")
    monkeypatch.setenv("COLUMNS", examples.WIDTH)
    followed = list(examples.follow(text_of(name), tmp_path / "daraa-kg"))
    assert followed
    for block, now in followed:
        assert now == block.body, (
            f"{name}:{block.line}; docs/examples.py {name} brings it up to date"
        )


def test_there_are_examples_of_each_kind() -> None:
    kinds = {
        block.kind for name in DOCUMENTS for block in load("examples").read_blocks(text_of(name))
    }
    assert {"console", "python", "diff", "sh", "yaml"} <= kinds


def test_the_two_commands_stand_in_the_readme_and_ci_runs_them() -> None:
    readme = text_of("README.md")
    blocks = [b for b in load("examples").read_blocks(readme) if b.kind == "sh"]
    assert [line for block in blocks for line in block.body.splitlines()] == list(COMMANDS)
    assert readme.index(COMMANDS[0]) < 2500, "not on the first screen"
    run = TOP / ".ci" / "run"
    if run.exists():
        lines = run.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line in COMMANDS] == list(COMMANDS)


def test_the_figures_are_current() -> None:
    figures = load("make_figures").figures()
    assert sorted(figures) == sorted(path.name for path in (TOP / "docs").glob("*.svg"))
    for name, draw in figures.items():
        assert text_of(f"docs/{name}") == draw(), f"python docs/make_figures.py draws {name} anew"
        assert f"docs/{name}" in text_of("README.md")
        assert len(text_of(f"docs/{name}")) < 20_000


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_within_the_project_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text_of(name))
    targets = [first or second for first, second in links]
    assert targets
    for target in targets:
        path, _, anchor = target.partition("#")
        if "://" in target:
            continue
        assert not path or (TOP / name).parent.joinpath(path).exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", text_of(path or name), flags=re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in slugs, target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_verb_and_question_that_is_named_is_there(name: str) -> None:
    from daraa_kg.cli.program import VERBS
    from daraa_kg.queries.catalogue import load_catalogue

    text = text_of(name)
    verbs = set(re.findall(r"(?:^\$ |`)daraa-kg ([a-z]+)", text, flags=re.MULTILINE))
    assert verbs <= set(VERBS)
    if name == "README.md":
        assert verbs == set(VERBS), "the README leaves a command out"
    asked = set(re.findall(r"^\$ daraa-kg query ([a-z-]+)", text, flags=re.MULTILINE))
    assert asked - {"clashes-by-place"} <= set(load_catalogue())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_place_of_a_workshop_is_named(name: str) -> None:
    assert not re.search(r"/(work|home|root|tmp|Users)/", text_of(name))


# --- the list of crates ---------------------------------------------------------------------------


def part(
    name: str, licence: str = "MIT OR Apache-2.0", scope: str = "required"
) -> dict[str, object]:
    return {
        "bom-ref": name,
        "name": name,
        "version": "1.0.0",
        "scope": scope,
        "author": "A. Author <a@example.org>, The Others",
        "licenses": [{"expression": licence}],
    }


BILL = {
    "components": [
        *(part("root"), part("near"), part("far", "MIT"), part("macro"), part("of-macro")),
        *(part("compiler", scope="excluded"), part("elsewhere", "GPL-2.0-only")),
    ],
    "dependencies": [
        {"ref": "root", "dependsOn": ["near", "macro", "compiler"]},
        {"ref": "near", "dependsOn": ["far", "root"]},
        {"ref": "macro", "dependsOn": ["of-macro"]},
        {"ref": "elsewhere", "dependsOn": []},
    ],
}
BY_HAND = {
    "roots": ["root"],
    "leave out": {"macro": "runs in the compiler"},
    "beside": [{"name": "beside", "version": "2.0.0", "licence": "MIT", "authors": []}],
    "take": ["Apache-2.0", "MIT"],
    "copyright": {"far": ["Copyright (c) 1999 Nobody"], "beside": []},
}


def test_crates_are_those_that_are_reached_and_those_beside() -> None:
    crates = load("make_crates").list_crates(BILL, BY_HAND)
    who = ["A. Author", "The Others"]
    both = "MIT OR Apache-2.0"
    assert [tuple(crate.values()) for crate in crates] == [
        ("beside", "2.0.0", "MIT", [], "MIT", []),
        ("far", "1.0.0", "MIT", who, "MIT", ["Copyright (c) 1999 Nobody"]),
        ("near", "1.0.0", both, who, "Apache-2.0"),
        ("root", "1.0.0", both, who, "Apache-2.0"),
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            {"roots": ["root", "gone"]},
            "the bill of materials has no gone; see roots in crates.yaml",
        ),
        (
            {"take": ["MIT"]},
            "near is taken under MIT; write its notice to copyright in crates.yaml",
        ),
        ({"take": ["Apache-2.0"]}, "beside is under “MIT”; see take in crates.yaml"),
    ],
)
def test_crates_of_which_too_little_is_known_are_refused(
    changed: dict[str, object], message: str
) -> None:
    make_crates = load("make_crates")
    with pytest.raises(make_crates.CratesUnknown) as caught:
        make_crates.list_crates(BILL, {**BY_HAND, **changed})
    assert str(caught.value) == message
