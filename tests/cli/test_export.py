"""Files: exporting a graph, and asking one that was built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daraa_kg.cli import main
from daraa_kg.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", FORMATS)
def test_export_writes_the_same_to_a_file_and_to_standard_output(
    name: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], hillford: Path
) -> None:
    file = tmp_path / "file"
    assert main(["export", name, "--article", str(hillford), "-o", str(file)]) == 0
    assert capsysbinary.readouterr().out == b""
    assert main(["export", name, "--article", str(hillford)]) == 0
    assert capsysbinary.readouterr().out == file.read_bytes()


def test_a_misspelt_format_gets_a_suggestion(run: Run) -> None:
    assert run("export", "trg") == (
        2,
        "",
        "error: “trg” is no format that graphs are written in; did you mean trig?\n",
    )


@pytest.mark.parametrize("name", ["trig", "nq"])
def test_a_built_file_answers_like_the_folder(
    run: Run, tmp_path: Path, name: str, hillford: Path
) -> None:
    file = tmp_path / f"hillford.{name}"
    assert run("export", name, "--article", hillford, "-o", file)[0] == 0
    for words in (("timeline",), ("query", "timeline", "--format", "csv"), ("show", "event/truce")):
        assert run(*words, "--article", file) == run(*words, "--article", hillford)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.trig", None, "error: x.trig: there is no such file or folder"),
        ("x.trig", "garbage", "error: x.trig: this is no trig file: "),
        (
            "x.nq",
            "",
            "error: x.nq: this file has no account of where its facts come from; build one with daraa-kg build",
        ),
        (
            "x.txt",
            "",
            "error: x.txt: this is a file; name a .trig or .nq file that daraa-kg build has written, "
            "or the folder that holds article.txt and statements.yaml",
        ),
    ],
)
def test_files_that_hold_no_graph(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: str | None,
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / name).write_text(content)
    code, out, err = run("timeline", "--article", name)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
