"""Building, checking and measuring an article from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from daraa_kg.graph.formats import BUILD_FORMATS

Run = Callable[..., tuple[int, str, str]]
SLUG = "2021-daraa-offensive"


def test_build_writes_the_files_and_says_what_is_in_them(run: Run, tmp_path: Path) -> None:
    out_folder = tmp_path / "new" / "folder"
    code, out, err = run("build", "--out", out_folder)
    assert (code, err) == (0, "")
    assert sorted(p.name for p in out_folder.iterdir()) == sorted(
        f"{SLUG}.{name}" for name in BUILD_FORMATS
    )
    lines = out.splitlines()
    assert lines[0] == "2021 Daraa offensive"
    assert [line.split()[0] for line in lines[1:] if line and not line.startswith((" ", "/"))][
        :2
    ] == ["passages", "events"]
    for word in ("actors", "places", "figures", "facts", "validation"):
        assert any(line.startswith(word) for line in lines)
    assert "all shapes hold" in out
    assert "100% of the article's words state something" in out
    assert not any(line.endswith(" ") for line in lines)


def test_two_builds_are_the_same_to_the_byte(run: Run, tmp_path: Path, copy: Path) -> None:
    for name in ("one", "two"):
        assert run("build", copy, "--out", tmp_path / name, "--no-validate")[0] == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_build_check_says_whether_the_files_are_current(
    run: Run, tmp_path: Path, copy: Path, edit: Callable[[str, str], None]
) -> None:
    out = tmp_path / "out"
    assert run("build", copy, "--out", out, "--no-validate")[0] == 0
    assert run("build", copy, "--out", out, "--check", "--no-validate") == (
        0,
        f"the files in {out} are current\n",
        "",
    )
    before = {p: p.stat().st_mtime_ns for p in out.iterdir()}
    edit("label: Truce of June", "label: June truce")
    (out / "hillford.rdf").unlink()
    code, said, err = run("build", copy, "--out", out, "--check", "--no-validate")
    assert code == 1
    assert said.splitlines() == [
        *(f"{out / f'hillford.{name}'} is out of date" for name in BUILD_FORMATS if name != "rdf"),
        f"{out / 'hillford.rdf'} is missing",
    ]
    assert (
        err == f"error: 5 of the files in {out} are not current; daraa-kg build writes them anew\n"
    )
    assert {p: p.stat().st_mtime_ns for p in out.iterdir()} == {
        p: t for p, t in before.items() if p.suffix != ".rdf"
    }


def test_build_of_faulty_statements_writes_nothing(
    run: Run,
    tmp_path: Path,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    edit: Callable[[str, str], None],
) -> None:
    monkeypatch.chdir(copy)
    edit("weapon: a mine", "wepon: a mine")
    code, out, err = run("build", copy, "--out", tmp_path / "out")
    assert code == 1
    assert (
        out
        == "statements.yaml:41:9: error: “wepon” is no property of the vocabulary; did you mean weapon?\n"
    )
    assert err == "1 error\n"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("base", "sentence"),
    [
        (
            "foo",
            "error: --base: “foo” is no absolute IRI; write one such as https://w3id.org/daraa-kg/id/",
        ),
        (
            "https://a.org/x y/",
            "error: --base: “https://a.org/x y/” has the character ' ' in it, which no IRI may have",
        ),
        (
            "https://a.org/x",
            "error: --base: “https://a.org/x” has no “/” at its end, and names are put after it; write https://a.org/x/",
        ),
    ],
)
def test_a_base_that_is_none_is_refused(run: Run, base: str, sentence: str) -> None:
    assert run("build", "--base", base) == (2, "", sentence + "\n")


def test_a_base_starts_every_iri(run: Run, copy: Path) -> None:
    code, out, _ = run("export", "nt", "--article", copy, "--base", "https://data.example/")
    assert code == 0
    subjects = {line.split()[0] for line in out.splitlines()}
    assert all(subject.startswith("<https://data.example/") for subject in subjects)


def test_places_that_cannot_be_written_to_are_told(run: Run, tmp_path: Path, copy: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert run("build", copy, "--no-validate", "--out", file) == (
        2,
        "",
        f"error: cannot write to {file}: it is a file, and a folder was asked for; name another folder with --out\n",
    )
    assert run("build", copy, "--no-validate", "--out", file / "x") == (
        2,
        "",
        f"error: cannot write to {file / 'x'}: a part of the path is a file, not a folder; name another folder with --out\n",
    )
    missing = tmp_path / "no" / "x.ttl"
    assert run("export", "ttl", "-o", missing) == (
        2,
        "",
        f"error: cannot write {missing}: there is no such file or folder\n",
    )


@pytest.mark.parametrize("verb", ["build", "check", "coverage"])
def test_a_folder_that_is_not_there(run: Run, verb: str) -> None:
    assert run(verb, "nowhere") == (
        2,
        "",
        "error: nowhere: there is no such folder; name one that holds article.txt and statements.yaml\n",
    )


@pytest.mark.parametrize("verb", ["build", "coverage"])
def test_a_file_where_a_folder_belongs(run: Run, verb: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert run(verb, file) == (
        2,
        "",
        f"error: {file}: this is a file; name the folder that holds article.txt and statements.yaml\n",
    )


def test_check_says_what_it_has_checked(run: Run, copy: Path) -> None:
    code, out, err = run("check", copy)
    assert (code, err) == (0, "")
    assert out.startswith("hillford: no errors in 10 passages, 6 events, 7 actors, 3 places and ")
    assert out.endswith(" facts\n")


def test_check_gives_all_faults_at_once_in_order(
    run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(copy.parent)
    edit("when: 2030-06-05~", "when: 2030-06-31")
    edit("place: place/hillford-road", "place: place/hilford-road")
    code, out, err = run("check", "hillford/statements.yaml")
    assert code == 1
    lines = out.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["error", "error"]
    assert lines[0].startswith(
        "hillford/statements.yaml:38:16: error: nothing declares “place/hilford-road”"
    )
    assert lines[1].startswith("hillford/statements.yaml:72:15: error: ")
    assert err == "2 errors\n"


def test_check_of_a_folder_without_statements_could_not_run(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", tmp_path)
    assert code == 2
    assert "the folder holds no article.txt and no statements.yaml; name one that does" in out
    assert err == "1 error\n"


def test_coverage_lists_what_has_no_passage(
    run: Run, copy: Path, edit: Callable[[str, str], None]
) -> None:
    assert run("coverage", copy)[0] == 0
    edit(
        "  - quote: This did not come to pass.\n    states:\n      - {id: event/promised-handover, notRealized: true}\n",
        "",
    )
    code, out, err = run("coverage", copy)
    assert (code, err) == (1, "")
    assert out.splitlines()[-1] == "article.txt:14: no passage: This did not come to pass."
    total = next(line for line in out.splitlines() if line.startswith("all"))
    assert total.split()[1:3] == ["9", "8"]


# --- for programs --------------------------------------------------------------------------------


def test_check_for_programs(run: Run, copy: Path, edit: Callable[[str, str], None]) -> None:
    assert run("check", copy, "--format", "json") == (0, "[]\n", "")
    edit("when: 2030-06-05~", "when: 2030-06-31")
    _, said, _ = run("check", copy)
    code, out, err = run("check", copy, "--format", "json")
    assert (code, err) == (1, "")
    (fault,) = json.loads(out)
    assert list(fault) == ["file", "line", "column", "severity", "message"]
    assert (fault["line"], fault["column"], fault["severity"]) == (72, 15, "error")
    assert said == "{file}:{line}:{column}: {severity}: {message}\n".format(**fault)


def test_check_for_programs_of_a_folder_without_statements(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", tmp_path, "--format", "json")
    (fault,) = json.loads(out)
    assert (code, err, fault["line"], fault["column"]) == (2, "", 0, 0)


def test_coverage_for_programs(run: Run, copy: Path, edit: Callable[[str, str], None]) -> None:
    edit(
        "  - quote: This did not come to pass.\n    states:\n      - {id: event/promised-handover, notRealized: true}\n",
        "",
    )
    code, out, err = run("coverage", copy, "--format", "json")
    assert (code, err) == (1, "")
    said = json.loads(out)
    assert said["unread"] == [{"line": 14, "field": None, "text": "This did not come to pass."}]
    assert (said["all"]["units"], said["all"]["unitsRead"]) == (9, 8)
    assert sum(row["words"] for row in said["sections"]) == said["all"]["words"]


def test_build_for_programs(
    run: Run, tmp_path: Path, copy: Path, edit: Callable[[str, str], None]
) -> None:
    words = ("build", copy, "--out", tmp_path / "new", "--format", "json")
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert (said["article"], said["counts"]["events"], said["validated"]) == ("hillford", 6, True)
    written = {Path(one["file"]).name: one["bytes"] for one in said["files"]}
    assert written == {p.name: p.stat().st_size for p in (tmp_path / "new").iterdir()}
    assert len(written) == len(BUILD_FORMATS)
    (tmp_path / "new" / "hillford.ttl").unlink()
    code, out, err = run(*words, "--check")
    assert (code, err) == (1, "")
    stale = [{"file": str(tmp_path / "new" / "hillford.ttl"), "missing": True}]
    assert (json.loads(out)["files"], json.loads(out)["stale"]) == ([], stale)
    edit("when: 2030-06-05~", "when: 2030-06-31")
    code, out, err = run(*words)
    assert (code, err) == (1, "")
    assert [fault["line"] for fault in json.loads(out)["faults"]] == [72]
    assert json.loads(out)["article"] is None
