"""The readings as the program writes them: tables, JSON, CSV, and a sentence for what cannot be."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.assets import asset
from daraa_kg.cli.gaps import _KINDS
from daraa_kg.queries.question import load_query
from daraa_kg.readings.gaps import KINDS

MARSH = Path(__file__).parent / "marsh"
VERBS = ("accounts", "truces", "gaps")

Run = Callable[..., tuple[int, str, str]]
Thinned = Callable[[Path, str], None]


TRUCES = """\
agreement           made                 held                 end
────────────────────────────────────────────────────────────────────────────────
First truce         1 March 2030         3 days               broken
Second [red]truce   about 6 March 2030   about 3 days         replaced by Third
                                                              truce
Third truce         9 March 2030         ended, when is not   broken
                                         said

First truce · ceasefire  event/first-truce
  made         1 March 2030
  parties      =HYPERLINK("the Army") and Rebels {event} of \N{REPLACEMENT CHARACTER}Marsh
  terms        “prisoners will be freed”  came to pass by Prisoners freed
               “the bridge will be opened”  did not come to pass
  held         3 days
  broken by    First breach  4 March 2030
  ┃ On 1 March, both sides agreed to a truce under which prisoners will be freed
  ┃ and the bridge will be opened.
  ┃ Truces
  ┃ The truce was broken on 4 March.
  ┃ Truces
"""


def test_truces_are_drawn_as_a_table_and_then_one_by_one(run: Run) -> None:
    code, out, err = run("truces", "--article", MARSH)
    assert (code, err) == (0, "")
    assert out.startswith(TRUCES)


ACCOUNTS = """\
=HYPERLINK("the Army")
  claim   “it had fired the shell”  denied
          7 March 2030 or later · about Shell on Marsh
  ┃ The Army denied that it had fired the shell.
  ┃ Toll

Accounts that contradict each other

on Shell on Marsh
reported by The Gazette                   claimed by =HYPERLINK("the Army")
────────────────────────────────────────────────────────────────────────────────
“a shell”                                 Denial by the Army
According to the Gazette, a shell         The Army denied that it had fired the
killed 12 people on 7 March.              shell.
because: The Army denied that it had fired the shell.
"""


def test_accounts_are_drawn_by_speaker_and_side_by_side(run: Run) -> None:
    code, out, err = run("accounts", "--article", MARSH)
    assert (code, err) == (0, "")
    assert ACCOUNTS in out


def test_the_heading_of_the_unplaced_says_what_is_not_asked_about(run: Run) -> None:
    # The denial by the Army has no place either: it is a speech act.
    code, out, err = run("gaps", "--article", MARSH, "--kind", "unplaced")
    assert (code, err) == (0, "")
    assert "Unplaced: events without a place, speech acts and conflicts left out\n" in out
    assert "Denial" not in out


def test_gaps_are_drawn_by_kind_those_on_one_sentence_together(run: Run) -> None:
    code, out, err = run("gaps", "--article", MARSH, "--kind", "silent")
    assert (code, err) == (0, "")
    assert out.endswith(
        """\
Silent: stretches of days of the main event on which the article dates no event
  What happened on 3 March 2030?
  What happened on 5 March 2030?
  What happened on 8 March 2030?
  What happened on 10 March 2030?
  ┃ 1–10 March 2030
  ┃ Infobox, Date
"""
    )


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("where", [(), ("--article", MARSH)])
def test_no_line_is_wider_than_the_terminal_or_can_steer_it(
    run: Run, verb: str, columns: int, where: tuple[str, ...]
) -> None:
    code, out, err = run(verb, *where, columns=columns)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert max(map(len, lines)) <= columns
    assert not any(line.endswith(" ") for line in lines)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in out


@pytest.mark.parametrize("columns", [40, 48, 60, 80])
@pytest.mark.parametrize("verb", VERBS)
def test_no_word_is_broken(run: Run, verb: str, columns: int) -> None:
    broad = run(verb, columns=200)[1]
    narrow = run(verb, columns=columns)[1]
    assert "Reconciliation" in narrow
    assert set(narrow.split()) - {"─" * columns} <= set(broad.split())


@pytest.mark.parametrize("verb", VERBS)
def test_two_runs_are_the_same(run: Run, verb: str) -> None:
    assert run(verb, "--format", "json") == run(verb, "--format", "json")


# --- for programs ---------------------------------------------------------------------------------


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("words", "number", "column"),
    [
        (("accounts",), 21, "speakers"),  # 16 accounts, of which 3 say two things and 1 says three
        (("accounts", "--only", "contradictions"), 4, "one_sentence"),
        (("accounts", "--only", "reports"), 3, "reporters"),
        (("truces",), 7, "agreement_label"),
        (("gaps",), 156, "question"),
    ],
)
def test_csv_has_a_row_for_each_with_its_sentence(
    run: Run, words: tuple[str, ...], number: int, column: str
) -> None:
    code, out, err = run(*words, "--format", "csv")
    assert (code, err) == (0, "")
    found = rows(out)
    assert len(found) == number
    assert all(row[column] for row in found)
    assert all(row.get("sentence", row.get("one_sentence")) for row in found)
    assert all(row.get("link", row.get("one_link", "")).startswith("https://") for row in found)


def test_csv_runs_no_label_as_a_formula(run: Run) -> None:
    _, out, _ = run("accounts", "--article", MARSH, "--format", "csv")
    assert rows(out)[-1]["speakers"] == '\'=HYPERLINK("the Army")'


def test_json_has_the_same_things_as_the_library(run: Run) -> None:
    code, out, _ = run("accounts", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert [len(found[part]) for part in ("accounts", "contradictions", "reports")] == [16, 4, 3]
    assert found["accounts"][1]["speakers"][0]["id"] == "kg:actor/russia"
    truces = json.loads(run("truces", "--format", "json")[1])
    assert truces[5]["held"] == {
        "least": 0,
        "most": 4,
        "ended": True,
        "meant": None,
        "rough": False,
        "words": "at most 4 days",
    }
    gaps = json.loads(run("gaps", "--format", "json", "--kind", "silent")[1])
    assert (gaps[2]["first"], gaps[2]["last"]) == ("2021-08-06", "2021-08-13")
    only = json.loads(run("accounts", "--only", "reports", "--format", "json")[1])
    assert [report["event"]["id"] for report in only] == [
        report["event"]["id"] for report in found["reports"]
    ]


# --- what cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", ["table", "json", "csv"])
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("accounts",),
            "nobody but the article itself speaks in this graph, so it has no accounts",
        ),
        (
            ("accounts", "--only", "contradictions"),
            "no two accounts in this graph contradict each other",
        ),
        (("accounts", "--only", "reports"), "no event in this graph rests on reports alone"),
        (("truces",), "this graph tells of no agreement and no truce"),
        (("gaps",), "this graph leaves nothing open"),
    ],
)
def test_a_graph_without_it_gets_a_sentence(
    run: Run, quiet: Path, words: tuple[str, ...], sentence: str, format_name: str
) -> None:
    assert run(*words, "--article", quiet, "--format", format_name) == (
        1,
        "",
        f"error: {sentence}\n",
    )


def test_a_kind_of_which_nothing_is_open_gets_a_sentence(run: Run) -> None:
    assert run("gaps", "--article", MARSH, "--kind", "unknown", "--kind", "unidentified") == (
        1,
        "",
        "error: this graph leaves nothing open that is unknown or unidentified\n",
    )


@pytest.mark.parametrize("verb", VERBS)
def test_a_folder_without_an_article_gets_a_sentence(run: Run, tmp_path: Path, verb: str) -> None:
    code, out, _ = run(verb, "--article", tmp_path)
    assert code == 2
    assert (
        "error: the folder holds no article.txt and no statements.yaml; name one that does" in out
    )


@pytest.mark.parametrize("verb", VERBS)
def test_an_article_that_is_not_there_gets_a_sentence(run: Run, tmp_path: Path, verb: str) -> None:
    folder = tmp_path / "nowhere"
    code, out, err = run(verb, "--article", folder)
    assert (code, out) == (2, "")
    assert err == (
        f"error: {folder}: there is no such folder; "
        "name one that holds article.txt and statements.yaml\n"
    )


def test_a_graph_without_events_gets_a_sentence(
    run: Run, quiet: Path, tmp_path: Path, thinned: Thinned
) -> None:
    file = tmp_path / "quiet.nq"
    dk.build(quiet).save(file)
    thinned(file, "/quiet/event/")
    sentence = "this graph tells of no event, so there is nothing that it could leave open"
    assert run("gaps", "--article", file) == (1, "", f"error: {sentence}\n")
    for verb in ("accounts", "truces"):
        code, out, err = run(verb, "--article", file)
        assert (code, out, err.count("\n")) == (1, "", 1)


# --- the queries ----------------------------------------------------------------------------------


def test_the_program_knows_the_kinds_of_gaps() -> None:
    assert list(_KINDS) == list(KINDS)


def test_every_query_of_the_readings_is_a_question_with_a_header() -> None:
    files = sorted(asset("queries", "readings").glob("*.rq"))
    assert len(files) == 16
    for path in files:
        query = load_query(path, strict=True)
        assert query.summary.endswith("?")
        assert query.tags
        assert max(map(len, query.text.splitlines())) <= 110
