"""`check` end to end: each fault of tests/check/faults has its exact lines; no input is a traceback.

A case is a name after `##`, an edit of the small article's files, and what `check` then says:
lines with `-` are taken out, those with `+` put in their place, `‸` marks the places of the faults
in their order, and `=` begins the sentence of each. `@ FILE` edits another file than statements.yaml.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from daraa_kg.builder import check

CHECK = Path(__file__).parent / "check"
MARK = "‸"


@dataclass
class Case:
    name: str
    edits: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    cases: list[Case] = []
    file = "statements.yaml"
    before = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        sign, rest = line[:1], line[2:]
        if line.startswith("## "):
            cases.append(Case(line[3:]))
            file = "statements.yaml"
        elif sign == "@":
            file = rest
        elif sign in "-+" and sign:
            if before not in ("-", "+") or (sign == "-" and before == "+"):
                cases[-1].edits.append((file, [], []))
            cases[-1].edits[-1][1 if sign == "-" else 2].append(rest)
        elif sign == "=":
            cases[-1].expected.append(rest)
        else:
            assert not line.strip() or line.startswith("#"), f"{path.name}: {line}"
        before = sign
    return cases


CASES = {
    f"{path.stem}: {case.name}": case
    for path in sorted((CHECK / "faults").glob("*.txt"))
    for case in read_cases(path)
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the small article's folder, which has no fault, and go there."""
    here = tmp_path / "siege-of-qasr"
    here.mkdir()
    for name in ("article.txt", "statements.yaml", "places.yaml"):
        shutil.copy(CHECK / name, here / name)
    monkeypatch.chdir(here)
    return here


def said(path: Path | None = None) -> list[str]:
    return [str(fault) for fault in check(path or Path())]


def apply(case: Case, folder: Path) -> list[str]:
    """Edit the files, and give the places that the edit marks, in the order of file and line."""
    for name, old, new in case.edits:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        wanted = "".join(f"{line}\n" for line in old)
        assert text.count(wanted) == 1, f"{name} has this {text.count(wanted)} times: {wanted}"
        path.write_text(
            text.replace(wanted, "".join(f"{line}\n" for line in new)), encoding="utf-8"
        )
    marks = []
    for path in sorted(folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            marks.extend(
                f"{path.name}:{number}:{found.start() + 1 - nth}: error: "
                for nth, found in enumerate(re.finditer(MARK, line))
            )
        path.write_text(text.replace(MARK, ""), encoding="utf-8")
    return marks


def test_the_small_article_has_no_fault(folder: Path) -> None:
    assert said() == []


def test_cases_are_found() -> None:
    assert len(CASES) > 100


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_said_where_it_is(name: str, folder: Path) -> None:
    case = CASES[name]
    marks = apply(case, folder)
    expected = [
        line if " error: " in line else marks.pop(0) + line for line in case.expected
    ]
    assert said() == expected
    assert marks == []
