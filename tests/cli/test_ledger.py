"""`daraa-kg ledger`: the table, the files, and what it says when there is nothing to add up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

SUMMARY = """\
2021 Daraa offensive: casualties

whose                  what                 total   explained   rest   no number
────────────────────────────────────────────────────────────────────────────────
Government side        killed                  26          16     10
                       wounded                  –          22      –
                       captured                40           0     40           2
Rebel side             killed                  17           1     16
Civilians              killed                  22           4     18
                       killed or wounded        –           0      –           1
on no side
  5th Corps            killed                   –           6      –
  Others injured in    wounded                  –           0      –           1
  the bombardments
  of Tafas
not part of it
  Besieged families    besieged                 –      11,000      –
  in Daraa al-Balad    (families)
"""
REBELS = """\
Rebel side: killed
   1  20 August 2021  Artillery shelling in Daraa al-Balad
      ┃ On 20 August, Syrian artillery shelling in Daraa al-Balad »killed
      ┃ Mohamed Hilal Zatima«, a reconciled commander of the Free Syrian Army.
      the side is the editors' decision: The infobox lists Mohamed Hilal Zatima
      among the commanders of the rebels' side; the sentence on his death names
      no side.
  ──
   1  explained
  16  not explained
  ──
  17  in all: “17 killed” (Infobox, Casualties2)
"""


def test_the_summary(run: Run) -> None:
    assert run("ledger", "--summary") == (0, SUMMARY, "")


def test_the_table(run: Run) -> None:
    code, out, err = run("ledger")
    assert (code, err) == (0, "")
    assert out.startswith(SUMMARY)
    assert REBELS in out
    assert "»many\n      ┃ surprised Syrian Army soldiers«" in out


@pytest.mark.parametrize("width", ["40", "60", "80", "120"])
def test_no_line_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    _, out, _ = run("ledger")
    assert max(map(cell_len, out.splitlines())) <= int(width)
    assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_a_narrow_terminal_gets_a_line_for_each_account(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    assert "Government side, killed: 16 of 26\n" in run("ledger", "--summary")[1]


def test_json_and_csv(run: Run) -> None:
    code, out, _ = run("ledger", "--format", "json")
    assert code == 0
    assert [b["explained"] for b in json.loads(out)["balances"]][:4] == [16, 22, 0, 1]
    code, out, _ = run("ledger", "--format", "csv")
    assert code == 0
    assert out.splitlines()[0].startswith(
        "of,standing,who,outcome,unit,role,at_least,at_most,adds,"
    )
    assert len(out.splitlines()) == 23


def test_a_summary_is_for_the_table(run: Run) -> None:
    code, out, err = run("ledger", "--summary", "--format", "json")
    assert (code, out) == (2, "")
    assert err == "error: --summary is for the table; json has the sums of every account in it\n"


def test_an_article_without_casualties(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("= A truce =\n\nThe two towns agreed to a truce.\n")
    (tmp_path / "statements.yaml").write_text(
        "article: {title: A truce, url: https://example.org/a, license: https://example.org/l,\n"
        "  attribution: Nobody, about: event/truce}\n"
        "passages:\n"
        "  - quote: The two towns agreed to a truce.\n"
        "    states:\n"
        "      - {id: event/truce, type: Ceasefire, label: Truce, when: 2030, party: group/towns}\n"
        "      - {id: group/towns, type: Group, label: Two towns, wording: The two towns}\n"
    )
    code, out, err = run("ledger", "--article", tmp_path)
    assert (code, out) == (1, "")
    assert err == (
        "error: the graph tells of no casualties; figures of people who were killed, wounded, "
        "captured, missing or besieged are written as casualties of an event\n"
    )


def test_help_has_an_example(run: Run) -> None:
    code, out, _ = run("ledger", "--help")
    assert code == 0
    assert "daraa-kg ledger --format csv > casualties.csv" in out
