from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from daraa_kg.assets import asset
from daraa_kg.cli import main
from daraa_kg.cli.checkout import unread_edits


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout beside the files that are read, which are those of this one."""
    (tmp_path / "src" / "daraa_kg").mkdir(parents=True)
    for folder in ("data", "ontology", "queries"):
        shutil.copytree(asset(folder), tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_checkout_that_is_the_same_needs_no_note(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert unread_edits(copy) is None
    assert main(["queries"]) == 0
    assert capsys.readouterr().err == ""


def test_an_edit_that_is_not_read_is_noted(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "data" / "places.yaml").write_text("entries: []\n", encoding="utf-8")
    assert main(["queries"]) == 0
    assert capsys.readouterr().err == (
        f"note: {Path('data/places.yaml')} differs from the installed copy, and that is what is "
        "read; python -m pip install -e . makes what you edit here count\n"
    )


def test_a_new_question_that_is_not_read_is_noted(copy: Path) -> None:
    (copy / "queries" / "new.rq").write_text("#+ summary: New?\n", encoding="utf-8")
    assert unread_edits(copy) == Path("queries/new.rq")


def test_other_folders_need_no_note(tmp_path: Path) -> None:
    assert unread_edits(tmp_path) is None
