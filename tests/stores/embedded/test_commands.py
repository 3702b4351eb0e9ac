"""The store on disk from the command line: build fills it, and the other verbs read it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from daraa_kg.stores.embedded import STAMP, open_store

Run = Callable[..., tuple[int, str, str]]

HILLFORD = Path(__file__).parents[2] / "fixtures" / "hillford"


@pytest.fixture
def filled(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("build", HILLFORD, "--no-validate", "--store", "store")
    assert (code, err) == (0, "")
    stamp = open_store("store").stamp
    line = out.splitlines()[-1]
    assert line.startswith("store  ")
    assert line.endswith(f"  a store of {stamp.quads:,} quads, {stamp.facts} of them facts")
    return Path("store")


def test_build_fills_a_store_and_writes_files_only_when_asked(run: Run, filled: Path) -> None:
    assert [path.name for path in Path().iterdir()] == ["store"]
    code, out, _ = run("build", HILLFORD, "--no-validate", "--store", filled, "--out", "files")
    assert code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["files", "store"]
    assert len(list(Path("files").iterdir())) == 5
    assert [line.split()[0] for line in out.splitlines()[-2:]] == ["files/hillford.rdf", "store"]


@pytest.mark.parametrize(
    "words",
    [
        ("timeline",),
        ("query", "timeline"),
        ("query", "timeline", "--format", "json"),
        ("query", "SELECT ?e { ?e a dkg:Ceasefire }", "--ids"),
        ("query", "event-card", "--set", "event=event/truce"),
    ],
)
def test_it_is_read_with_the_same_output_as_the_article(
    run: Run, filled: Path, words: tuple[str, ...]
) -> None:
    expected = run(*words, "--article", HILLFORD)
    assert expected[0] == 0
    assert run(*words, "--store", filled) == expected
    assert run(*words, "--article", filled) == expected


@pytest.mark.parametrize(
    "words", [("show", "event/truce"), ("gaps",), ("truces",), ("export", "trig")]
)
def test_every_other_verb_reads_it_as_it_reads_a_built_file(
    run: Run, filled: Path, words: tuple[str, ...]
) -> None:
    # Neither has the files of statements, so that gaps and why name no lines of them.
    assert run("export", "nq", "--article", HILLFORD, "-o", "hillford.nq")[0] == 0
    expected = run(*words, "--article", "hillford.nq")
    assert expected[0] == 0
    assert run(*words, "--article", filled) == expected


def test_no_is_exit_code_1(run: Run, filled: Path) -> None:
    assert run("query", "ASK { ?e a dkg:Siege }", "--store", filled)[0] == 1


def test_nothing_is_built_to_read_it(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("a build was begun")

    monkeypatch.setattr("daraa_kg.graph.builder.build", never)
    monkeypatch.setattr("daraa_kg.graph.cache.load", never)
    assert run("query", "timeline", "--store", filled)[0] == 0


def test_check_says_whether_it_is_current(run: Run, filled: Path, tmp_path: Path) -> None:
    common = ("build", HILLFORD, "--no-validate", "--check", "--store")
    assert run(*common, filled) == (0, "the store store is current\n", "")
    assert run(*common, "none") == (
        1,
        "none is missing\n",
        "error: the store none is not current; daraa-kg build --store none fills it anew\n",
    )
    other = ("build", HILLFORD.parent / "mini", "--no-validate", "--check", "--store", filled)
    assert run(*other) == (
        1,
        "store is out of date\n",
        "error: the store store is not current; daraa-kg build --store store fills it anew\n",
    )
    code, out, err = run(*other, "--out", "files")
    assert (code, len(out.splitlines())) == (1, 6)
    assert err == (
        "error: 6 of the files in files and the store store are not current; "
        "daraa-kg build --out files --store store writes them anew\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["store"]  # nothing was written


def test_what_cannot_be_done_is_said_in_a_sentence(run: Run, filled: Path) -> None:
    Path("thesis").mkdir()
    Path("thesis", "chapter.txt").write_text("years of work")
    assert run("build", HILLFORD, "--no-validate", "--store", "thesis") == (
        2,
        "",
        "error: thesis: this holds something that is no store of daraa-kg (chapter.txt); "
        "name a folder that is new or empty\n",
    )
    assert run("query", "timeline", "--store", "thesis") == (
        2,
        "",
        f"error: thesis: this is no store of daraa-kg, for {STAMP} is not in it; "
        "name a folder that daraa-kg build --store has filled\n",
    )
    assert run("timeline", "--store", "none") == (
        2,
        "",
        "error: none: there is no such folder; daraa-kg build --store none fills it\n",
    )
    assert run("query", "timeline", "--store", filled, "--article", HILLFORD) == (
        2,
        "",
        "error: --store and --article exclude each other: a store holds its own article\n",
    )
    assert run("query", "timeline", "--store", filled, "--base", "https://x.example/") == (
        2,
        "",
        "error: --base: the IRIs of store start with https://w3id.org/daraa-kg/id/; "
        "build it anew\n",
    )
