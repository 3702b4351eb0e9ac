"""Files: exporting a graph, and asking one that was built."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daraa_kg.cli import main
from daraa_kg.graph.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("name", FORMATS)
def test_export_writes_the_same_to_a_file_and_to_standard_output(
    name: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], hillford: Path
) -> None:
    file = tmp_path / "file"
    assert main(["export", name, "--article", str(hillford), "-o", str(file)]) == 0
    out, err = capsysbinary.readouterr()
    assert out.startswith(f"wrote {file}: ".encode())
    assert (out.count(b"\n"), err) == (1, b"")
    held = out.decode().strip().partition(f"{file}: ")[2]
    assert main(["export", name, "--article", str(hillford)]) == 0
    assert capsysbinary.readouterr() == (
        file.read_bytes(),
        f"wrote {held} to standard output\n".encode(),
    )


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
            "error: x.txt: this is a file; name a .trig or .nq file that daraa-kg build has written, or the folder that holds article.txt and statements.yaml",
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


def test_a_network_is_exported_in_a_view(run: Run, tmp_path: Path, hillford: Path) -> None:
    words = ("export", "node-link", "--article", hillford)
    code, out, err = run(*words, "--view", "participation")
    network = json.loads(out)
    held = f"{len(network['nodes'])} nodes, {len(network['edges'])} edges"
    assert (code, err) == (0, f"wrote {held} to standard output\n")
    assert network["graph"]["view"] == "participation"
    assert json.loads(run(*words)[1])["graph"]["view"] == "actors"
    file = tmp_path / "network.json"
    assert run(*words, "--view", "units", "-o", file)[::2] == (0, "")
    assert json.loads(file.read_text())["graph"]["view"] == "units"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("gexf", "--view", "actor"),
            "“actor” is no view of the graph as a network; did you mean actors?",
        ),
        (
            ("ttl", "--view", "actors"),
            "ttl takes no view; graphml, gexf, cytoscape, node-link, dot do",
        ),
        (
            ("graphml", "-o", "no/such/folder/x.graphml"),
            "cannot write no/such/folder/x.graphml: there is no such file or folder",
        ),
    ],
)
def test_bad_input_for_a_network_gets_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("export", *words) == (2, "", f"error: {sentence}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_graph_without_what_a_view_shows_gets_one_sentence(run: Run, copy: Path) -> None:
    (copy / "article.txt").write_text(
        "= Clashes at Hillford =\n\nThe clashes at Hillford took place in June 2030.\n",
        encoding="utf-8",
    )
    (copy / "statements.yaml").write_text(
        """\
article:
  title: Clashes at Hillford
  url: https://example.org/wiki/Clashes_at_Hillford
  license: https://creativecommons.org/licenses/by-sa/4.0/
  attribution: Nobody
  about: event/clashes
passages:
  - quote: The clashes at Hillford took place in June 2030.
    states:
      - {id: event/clashes, type: Clash, label: Clashes at Hillford, when: 2030-06}
""",
        encoding="utf-8",
    )
    (copy / "actors.yaml").unlink()
    words = ("export", "gexf", "--article", copy, "--view")
    assert run(*words, "events")[0] == 0
    assert run(*words, "units") == (
        1,
        "",
        "error: the graph holds nothing that the view units shows, so there is no network of it\n",
    )


def test_help_lists_every_format_and_its_options(run: Run) -> None:
    code, out, _ = run("export", "--help")
    assert code == 0
    for name, entry in FORMATS.items():
        assert f"  {name} " in out
        assert entry.title.split()[0] in out
    assert "  Examples:\n    daraa-kg export ttl\n" in out
