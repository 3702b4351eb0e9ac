"""No verb prints lines that are wider than the page, but for addresses and paths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from daraa_kg.assets import asset
from daraa_kg.cli.program import VERBS

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

ARTICLE = asset("data", "articles", "2021-daraa-offensive") / "article.txt"
DEEP = "a-folder-with-a-long-name/and-another-one-in-it/of-a-newer-revision"
_BESIDE = 16  # columns that may stand on one line with an address: “written in”, its indent
EXAMPLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "build": (("--no-validate",),),
    "check": ((),),
    "coverage": ((),),
    "queries": ((),),
    "query": (("timeline",), ("infobox-totals", "--ids"), ("movements",)),
    "timeline": ((),),
    "show": (("event/truce-of-25-august",), ("kg:actor/syrian-army",)),
    "why": (("event/offensive", "casualties"), ("kg:place/al-kaziyah", "inside")),
    "ledger": ((),),
    "accounts": ((),),
    "truces": ((),),
    "gaps": ((),),
    "network": ((), ("everything",), ("--by", "week")),
    "plot": (("map",), ("map", "--format", "json")),
    "export": (("csv", "-o", "events.csv"),),
    "site": (("the-page",),),
    "rebase": ((f"{DEEP}/newer.txt",),),
    "diff": (("old.trig", "hillford"),),
}


# They need a store that runs, or go on running; tests/stores and tests/server/live see to them.
RUNNING = {"load", "serve"}


def test_every_verb_has_its_examples() -> None:
    assert list(EXAMPLES) == [verb for verb in VERBS if verb not in RUNNING]


@pytest.fixture
def files(run: Run, hillford: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where the files are that the examples name."""
    monkeypatch.chdir(tmp_path)
    text = ARTICLE.read_text(encoding="utf-8").replace("Fierce fighting", "Heavy fighting")
    (tmp_path / DEEP).mkdir(parents=True)
    (tmp_path / DEEP / "newer.txt").write_text(
        f"{text}\nA sentence that is new.\n", encoding="utf-8"
    )
    (tmp_path / "hillford").symlink_to(hillford)
    assert run("export", "trig", "-o", "old.trig")[0] == 0


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("verb", EXAMPLES)
def test_lines_are_no_wider_than_the_page(
    run: Run, monkeypatch: pytest.MonkeyPatch, verb: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for words in EXAMPLES[verb]:
        code, out, err = run(verb, *words)
        assert (code in (0, 1), err) == (True, "")
        assert out
        if "json" not in words:
            assert [line for line in out.splitlines() if _wide(line, width)] == []


def _wide(line: str, width: int) -> bool:
    """Say whether a line is too wide; an address or a path is not broken, so it can be copied."""
    whole = max((cell_len(word) for word in line.split() if "/" in word), default=0)
    return cell_len(line) > width and cell_len(line) - whole > _BESIDE
