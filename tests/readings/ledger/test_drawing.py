"""The ledger as it is drawn, where the reference graph has no case of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from daraa_kg.cli.console import show
from daraa_kg.cli.ledgerdrawing import draw_balances, summary

from .figures import Keep, dead

if TYPE_CHECKING:
    import pytest

    from daraa_kg.readings.ledger import Ledger


def drawn(ledger: Ledger, *, width: int = 80) -> str:
    out = Console(file=io.StringIO(), width=width, highlight=False)
    lines = (line.plain.rstrip() for line in draw_balances(ledger, out))
    return "\n".join(line for line in lines if line.strip() != "┃")  # the passages have no words


def test_days_stand_within_their_interval(keep: Keep) -> None:
    ledger = keep(
        dead("war", "all", "10")
        + dead("battle", "seven", "7")
        + dead("day1", "three", "3")
        + dead("raid", "least", "dkg:atLeast 1")
    )
    assert (
        drawn(ledger)
        == """
Blue: killed
           7  1–2 March 2030  Battle
             3  1 March 2030    First day
  at least 1  5 May 2030      Raid
  ──────────
           8  explained
           2  not explained
  ──────────
          10  in all: “all” (lead)"""
    )


def test_what_is_told_again_and_a_dead_person(keep: Keep) -> None:
    person = '<x> a dkg:Person ; rdfs:label "General"@en ; dkg:fate dkg:killed . <blue> dkg:commander <x> .'
    ledger = keep(
        person
        + dead("war", "all", "10")
        + dead("raid", "two", "2")
        + dead("day1", "again", "2", more="dkg:sameFigure <raid#two>")
    )
    assert (
        drawn(ledger)
        == """
Blue: killed
   2  1 March 2030    First day
   2  5 May 2030      the same figure again
   1  without a date  General
  ──
   3  explained
   7  not explained
  ──
  10  in all: “all” (lead)"""
    )


def test_too_many(keep: Keep) -> None:
    ledger = keep(dead("war", "all", "2") + dead("raid", "three", "3"))
    assert drawn(ledger).splitlines()[-4:] == [
        "  3  explained",
        "  1  more than the total",
        "  ─",
        "  2  in all: “all” (lead)",
    ]


def test_a_total_of_two_and_one_that_is_told_again(keep: Keep) -> None:
    ledger = keep(
        dead("war", "army", "10", more="dkg:sufferedBy <army>")
        + dead("war", "militia", "5", more="dkg:sufferedBy <militia>")
        + dead("war", "lead", "5", more="dkg:sameFigure <war#militia>")
    )
    assert (
        drawn(ledger)
        == """
Blue: killed
   0  explained
  15  not explained
  ──
  15  in all
    10  of these: “army” (lead)
     5  of these: “lead” (lead)
     5  the same figure again: “militia” (lead)"""
    )


def test_a_total_without_a_number(keep: Keep) -> None:
    ledger = keep(dead("war", "many", "") + dead("raid", "three", "3"))
    assert (
        drawn(ledger)
        == """
Blue: killed
  3  5 May 2030  Raid
  ─
  3  explained
  ─
  ?  in all: “many” (lead)"""
    )


def test_a_summary_says_what_exceeds_its_total(
    keep: Keep, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    show(summary(keep(dead("war", "all", "2") + dead("raid", "three", "3")), 80))
    assert capsys.readouterr().out.splitlines()[-1].split() == [
        "Blue",
        "killed",
        "2",
        "3",
        "1",
        "too",
        "many",
    ]
