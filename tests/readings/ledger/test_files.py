"""The ledger as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING

import jsonschema
import pytest

from daraa_kg.assets import asset
from daraa_kg.readings.ledgerfiles import UnknownLedgerFormat

from .figures import Keep, dead

if TYPE_CHECKING:
    import daraa_kg as dk
    from daraa_kg.readings.ledger import Ledger


@pytest.fixture(scope="module")
def ledger(graph: dk.Graph) -> Ledger:
    return graph.ledger()


def schema() -> jsonschema.Draft202012Validator:
    text = asset("ontology", "ledger.schema.json").read_text(encoding="utf-8")
    found = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def rows(ledger: Ledger) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ledger.serialize("csv").decode(), newline="")))


def test_json_is_what_the_schema_says(ledger: Ledger, keep: Keep) -> None:
    check = schema()
    check.validate(json.loads(ledger.serialize("json")))
    person = (
        '<x> a dkg:Person ; rdfs:label "X"@en ; dkg:fate dkg:killed . <blue> dkg:commander <x> .'
    )
    bounds = keep(person + dead("war", "all", "dkg:atMost 9") + dead("raid", "some", ""))
    check.validate(json.loads(bounds.serialize("json")))
    broken = ledger.as_dict() | {"more": 1}
    with pytest.raises(jsonschema.ValidationError):
        check.validate(broken)


def test_json_has_the_sums_and_the_sentences(ledger: Ledger) -> None:
    first = json.loads(ledger.serialize("json"))["balances"][0]
    sums = {name: first[name] for name in ("who", "outcome", "unit", "total", "explained")}
    assert sums == {
        "who": "Government side",
        "outcome": "killed",
        "unit": "persons",
        "total": {"atLeast": 26, "atMost": 26},
        "explained": 16,
    }
    assert first["of"]["id"] == "event/offensive"
    (total,) = first["totals"]
    assert total["passages"][0]["section"] == "Infobox, Casualties1"
    soldier = first["entries"][0]
    assert (soldier["when"], soldier["atLeast"], soldier["wording"]) == (
        "2021-08-05",
        1,
        "a soldier dead",
    )
    assert soldier["passages"][0]["link"].startswith(
        "https://en.wikipedia.org/wiki/2021_Daraa_offensive#:~:text="
    )


def test_what_csv_adds_is_what_is_explained(ledger: Ledger) -> None:
    added: Counter[tuple[str, str, str]] = Counter()
    for row in rows(ledger):
        added[row["who"], row["outcome"], row["unit"]] += int(row["adds"])
    explained = {
        (b.who, b.outcome.id.removeprefix("dkg:"), b.unit.id.removeprefix("dkg:")): b.explained
        for b in ledger.balances
    }
    assert dict(added) == explained
    assert Counter(row["role"] for row in rows(ledger)) == {"total": 4, "event": 14, "no number": 4}


def test_a_cell_that_looks_like_a_formula_is_a_text(keep: Keep) -> None:
    told = dead("war", "all", "9").replace('"all"', '"=SUM(A1:A9)"')
    (row,) = rows(keep(told))
    assert row["wording"] == "'=SUM(A1:A9)"
    assert (row["at_least"], row["adds"]) == ("9", "0")


def test_a_figure_that_is_told_again_says_so(keep: Keep) -> None:
    told = dead("war", "all", "9") + dead("raid", "two", "2")
    again = dead("day1", "again", "2", more="dkg:sameFigure <raid#two>")
    assert [
        (r["figure"], r["role"], r["adds"], r["restates"]) for r in rows(keep(told + again))
    ] == [
        ("war#all", "total", "0", ""),
        ("day1#again", "event", "2", ""),
        ("raid#two", "restated", "0", "day1#again"),
    ]


def test_an_unknown_format(ledger: Ledger) -> None:
    with pytest.raises(UnknownLedgerFormat) as caught:
        ledger.serialize("xml")
    assert str(caught.value) == "a ledger cannot be written as “xml”; choose json or csv"


def test_records_are_what_pandas_takes(ledger: Ledger) -> None:
    import pandas as pd

    frame = pd.DataFrame(ledger.records())
    assert frame.groupby(["who", "outcome"])["adds"].sum()["Civilians", "killed"] == 4
