"""Questions from the command line: where they come from, how the answers are written."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.assets import asset

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]
Thinned = Callable[["Path", str], None]


def test_queries_lists_each_question(run: Run) -> None:
    names = {path.stem for path in (asset("queries")).glob("*.rq")}
    code, out, _ = run("queries")
    assert code == 0
    assert {
        line.split()[0] for line in out.splitlines() if line.startswith("  ") and line[2] != " "
    } == names
    code, out, _ = run("queries", "--format", "json")
    listed = json.loads(out)
    assert {query["name"] for query in listed} == names
    assert all(query["summary"].strip().endswith("?") or query["summary"] for query in listed)
    code, out, _ = run("queries", "--format", "markdown")
    assert all(f"{name}.rq" in out for name in names)


def test_queries_of_a_tag(run: Run) -> None:
    code, out, _ = run("queries", "--tag", "casualties", "--format", "json")
    assert code == 0
    assert all("casualties" in query["tags"] for query in json.loads(out))
    code, out, err = run("queries", "--tag", "nonsense")
    assert (code, out) == (1, "")
    assert err.startswith("error: no question has the tag “nonsense”; the tags are ")


QUESTION = "SELECT ?event { ?event a dkg:Ceasefire }"
TRUCE = "event\r\nhttps://w3id.org/daraa-kg/id/hillford/event/truce\r\n"


def test_a_question_comes_from_a_name_a_file_standard_input_or_the_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hillford: Path
) -> None:
    common = ("--article", hillford, "--format", "csv")
    file = tmp_path / "mine.rq"
    file.write_text(QUESTION)
    assert run("query", file, *common)[:2] == (0, TRUCE)
    assert run("query", QUESTION, *common)[:2] == (0, TRUCE)
    monkeypatch.setattr("sys.stdin", io.StringIO(QUESTION))
    assert run("query", "-", *common)[:2] == (0, TRUCE)
    code, out, _ = run("query", "timeline", "--article", hillford)
    assert code == 0
    assert "Mine on the" in out


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml", "markdown", "table"])
def test_every_format_of_rows_is_written(run: Run, name: str, hillford: Path) -> None:
    code, out, err = run("query", QUESTION, "--article", hillford, "--format", name)
    assert (code, err) == (0, "")
    assert "truce" in out.lower()
    assert out.endswith("\n")


def test_a_graph_is_written_in_the_formats_of_graphs(run: Run, hillford: Path) -> None:
    question = "CONSTRUCT { ?e a dkg:Ceasefire } WHERE { ?e a dkg:Ceasefire }"
    code, out, _ = run("query", question, "--article", hillford, "--format", "nt")
    assert code == 0
    assert len(list(ox.parse(out, format=ox.RdfFormat.N_TRIPLES))) == 1
    code, _, err = run("query", QUESTION, "--article", hillford, "--format", "ttl")
    assert (code, err) == (
        2,
        "error: rows cannot be written as “ttl”; choose one of csv, tsv, json, xml, markdown\n",
    )


def test_yes_and_no_are_exit_codes_too(run: Run, hillford: Path) -> None:
    assert run("query", "ASK { ?e a dkg:Ceasefire }", "--article", hillford)[:2] == (0, "yes\n")
    assert run("query", "ASK { ?e a dkg:Airstrike }", "--article", hillford)[:2] == (1, "no\n")


def test_parameters_are_set(run: Run) -> None:
    code, out, _ = run(
        "query",
        "events-between",
        "--set",
        "first=2021-08-19",
        "--set",
        "last=2021-08-20",
        "--format",
        "json",
    )
    assert code == 0
    whole = run("query", "events-between", "--format", "json")[1]
    assert (
        0
        < len(json.loads(out)["results"]["bindings"])
        < len(json.loads(whole)["results"]["bindings"])
    )


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ("query", "timelin"),
            1,
            "error: there is no question named “timelin”; did you mean timeline?",
        ),
        (("query", "timeline", "--set", "x"), 2, "error: “x” sets nothing; write --set NAME=VALUE"),
        (
            ("query", "events-between", "--set", "frm=2021-08-19"),
            2,
            "error: the question “events-between” has no parameter “frm”; it has first and last",
        ),
        (
            ("query", "events-between", "--set", "first=soon"),
            2,
            "error: first cannot be “soon”; it is a day, such as 2021-08-19",
        ),
        (
            ("query", "events-inside", "--set", "place=kg:place/dara"),
            1,
            "error: nothing here is called “kg:place/dara”",
        ),
    ],
)
def test_bad_questions_are_told_in_a_sentence(
    run: Run, words: tuple[str, ...], code: int, sentence: str
) -> None:
    got, out, err = run(*words)
    assert (got, out) == (code, "")
    assert err.startswith(sentence)


def test_a_question_that_is_no_sparql_says_where(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.rq"
    file.write_text("SELECT * {\n  ?x ?y\n}")
    code, out, err = run("query", file)
    assert code == 2
    assert out == ""
    assert err.startswith(f"{file}:3:1: error: ")


def test_a_main_event_without_parts_has_no_timeline(
    run: Run, hillford: Path, tmp_path: Path, thinned: Thinned
) -> None:
    file = tmp_path / "hillford.nq"
    assert run("export", "nq", "--article", hillford, "-o", file)[0] == 0
    thinned(file, "ontology#duringWhole> ")
    sentence = "the graph tells of no part of its main event, so there is no timeline"
    assert run("timeline", "--article", file) == (1, "", f"error: {sentence}\n")
    code, out, err = run("timeline", "--article", file, "--format", "json")
    assert (code, err, json.loads(out)["results"]["bindings"]) == (0, "", [])


def test_the_timeline_is_in_order_and_has_only_what_happened(run: Run, hillford: Path) -> None:
    code, out, err = run("timeline", "--article", hillford)
    assert (code, err) == (0, "")
    assert out == (
        "2 June 2030\n"
        "  bombing    Mine on the Hillford road\n"
        "             4 killed · Hillford road · The Army's side; Soldiers of the Army\n"
        "\n"
        "about 5 June 2030\n"
        "  ceasefire  Truce of June\n"
        "             Soldiers of the Army; The Army's side\n"
    ).replace("The Army's side; Soldiers of the Army", "Soldiers of the Army; The Army's side")
    code, as_csv, _ = run("timeline", "--article", hillford, "--format", "csv")
    assert as_csv == run("query", "timeline", "--article", hillford, "--format", "csv")[1]


OTHER = "https://data.example/"


@pytest.mark.parametrize(
    "words",
    [
        ("query", QUESTION, "--format", "csv"),
        ("timeline", "--format", "csv"),
        ("show", f"{OTHER}hillford/event/truce"),
        ("why", f"{OTHER}hillford/event/truce", "when"),
    ],
)
def test_another_base_can_be_asked(run: Run, words: tuple[str, ...], hillford: Path) -> None:
    code, out, err = run(*words, "--article", hillford, "--base", OTHER)
    assert (code, err) == (0, "")
    assert "w3id.org/daraa-kg/id/" not in out
    code, _, err = run(*words, "--article", hillford, "--base", "foo")
    assert (code, err.partition(";")[0]) == (2, "error: --base: “foo” is no absolute IRI")


def test_coverage_takes_a_base_too(run: Run, hillford: Path) -> None:
    assert run("coverage", hillford, "--base", OTHER) == run("coverage", hillford)
    assert run("coverage", hillford, "--base", "foo")[0] == 2


def test_a_built_file_keeps_its_base(run: Run, tmp_path: Path, hillford: Path) -> None:
    file = tmp_path / "built.nq"
    assert run("export", "nq", "--article", hillford, "--base", OTHER, "-o", file)[0] == 0
    assert run("query", QUESTION, "--article", file, "--base", OTHER)[0] == 0
    assert run("query", QUESTION, "--article", file, "--base", "https://a.example/") == (
        2,
        "",
        f"error: --base: the IRIs of {file} start with {OTHER}; build it anew\n",
    )


def test_a_file_that_was_not_built_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.touch()
    assert run("query", "timeline", "--article", file) == (
        2,
        "",
        f"error: {file}: this is a file; name a .trig or .nq file that daraa-kg build has written, "
        "or the folder that holds article.txt and statements.yaml\n",
    )


def test_a_function_that_nobody_has_is_no_fault_of_ours(run: Run) -> None:
    code, out, err = run("query", "SELECT (dkg:foo(1) AS ?y) {}")
    assert (code, out) == (2, "")
    assert err.startswith("error: the query: no function is called <")


def test_sparql_without_braces_is_no_file(run: Run) -> None:
    assert run("query", "DESCRIBE <event/offensive>")[0] == 0


def test_an_address_in_a_block_is_whole_so_that_it_can_be_copied(run: Run) -> None:
    code, out, _ = run("query", "participations")
    assert code == 0
    links = [line.split() for line in out.splitlines() if "://" in line]
    rows = json.loads(run("query", "participations", "--format", "json")[1])["results"]["bindings"]
    assert [words[-1] for words in links] == [row["link"]["value"] for row in rows]
    assert {words[0] for words in links} == {"link"}
