"""The crosswalk as files, by way of the library and the command line."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pandas as pd
import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.exports.crosswalk import (
    NOTE,
    EmptyCrosswalk,
    NoCodingRules,
    crosswalk,
    to_csv,
    to_json,
)
from daraa_kg.graph.formats import serialize
from daraa_kg.namespaces import DKG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMPTY = (
    "the graph has no events, so there is nothing to code; state one with its type and its date "
    "in statements.yaml"
)


def daraa_kg(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "daraa_kg", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_csv_is_read_by_the_csv_module(graph: dk.Graph) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(graph).decode(), newline="")))
    assert len(rows) == 70
    assert {row["coding"] for row in rows} == {NOTE}
    assert {row["acled_included"] for row in rows} == {"yes", "no"}
    ambush = next(row for row in rows if row["event"] == "event/ambush-at-al-rubai")
    assert ambush["label"] == "Ambush at al-Ruba’i checkpoint"
    assert (ambush["ucdp_included"], ambush["ucdp_deaths_b"], ambush["ucdp_best"]) == (
        "no",
        "6",
        "6",
    )


def test_csv_is_read_by_pandas(graph: dk.Graph) -> None:
    frame = pd.read_csv(io.BytesIO(to_csv(graph)))
    assert frame.shape == (70, len(crosswalk(graph)[0]) + 1)
    assert frame["ucdp_best"].sum() == 27
    assert frame.query("ucdp_included == 'yes'")["ucdp_best"].sum() == 12


def test_csv_and_json_say_the_same(graph: dk.Graph) -> None:
    document = json.loads(to_json(graph))
    assert document["coding"] == NOTE
    rows = csv.DictReader(io.StringIO(to_csv(graph).decode(), newline=""))
    for row, event in zip(rows, document["events"], strict=True):
        words = {True: "yes", False: "no", None: ""}
        assert row == {
            **{
                k: words[v] if isinstance(v, bool) or v is None else str(v)
                for k, v in event.items()
            },
            "coding": NOTE,
        }


def test_json_names_codebooks_and_rules(graph: dk.Graph) -> None:
    document = json.loads(to_json(graph))
    assert [book["codebook"] for book in document["codebooks"]] == [
        "ACLED event types and sub-event types",
        "UCDP GED fields",
    ]
    assert all(book["reading"] for book in document["codebooks"])
    rules = {rule["rule"] for rule in document["rules"]}
    assert {
        event[f"{book}_rule"] for event in document["events"] for book in ("acled", "ucdp")
    } <= rules


def test_no_cell_runs_as_a_formula(made: Callable[[str], dk.Graph]) -> None:
    from rdflib import RDFS

    graph = made("")
    war = ox.NamedNode(graph.iri("war"))
    label = ox.NamedNode(str(RDFS.label))
    for quad in list(graph.store.quads_for_pattern(war, label, None, ox.DefaultGraph())):
        graph.store.remove(quad)
    graph.store.add(ox.Quad(war, label, ox.Literal("=1+1 – “war”, Dar'a\nدرعا")))
    (row,) = csv.DictReader(io.StringIO(to_csv(graph).decode(), newline=""))
    assert row["label"] == "'=1+1 – “war”, Dar'a\nدرعا"
    assert json.loads(to_json(graph))["events"][0]["label"] == "=1+1 – “war”, Dar'a\nدرعا"


def test_a_graph_without_events(graph: dk.Graph) -> None:
    store = ox.Store()
    for quad in graph.quads():
        if quad.object != ox.NamedNode(DKG + "Event"):
            store.add(quad)
    bare = dk.Graph(store, slug=graph.slug)
    with pytest.raises(EmptyCrosswalk) as error:
        crosswalk(bare)
    assert str(error.value) == EMPTY
    assert error.value.slug == graph.slug


def test_an_empty_graph_on_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "bare.nq"
    file.write_bytes(serialize(dk.Graph(ox.Store(), slug="bare"), "nq"))
    done = daraa_kg("export", "crosswalk", "--article", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("lost", ["skos/core#inScheme", "w3id.org/daraa-kg/alignments"])
def test_a_vocabulary_without_the_rules(lost: str, graph: dk.Graph) -> None:
    store = ox.Store()
    store.extend(q for q in graph.quads() if lost not in f"{q.subject} {q.predicate}")
    if "alignments" in lost:
        store.remove_graph(ox.NamedNode(graph.iri("kg:graph/ontology")))
    with pytest.raises(NoCodingRules) as error:
        crosswalk(dk.Graph(store, slug=graph.slug))
    assert str(error.value) == (
        "the graph's vocabulary has no rules for coding events, for it was built without them or "
        "by an older daraa-kg; build it again"
    )


def test_a_graph_without_casualties_or_dates(graph: dk.Graph) -> None:
    """Every event keeps its row, and the row says what is missing."""
    lost = {DKG + name for name in ("casualties", "when", "earliest", "latest")}
    store = ox.Store()
    store.extend(quad for quad in graph.quads() if quad.predicate.value not in lost)
    rows = crosswalk(dk.Graph(store, slug=graph.slug))
    assert len(rows) == 70
    assert not any(row["acled_included"] or row["ucdp_included"] for row in rows)
    by_event = {row["event"]: row for row in rows}
    clash = by_event["event/clashes-of-29-30-august"]
    assert (clash["acled_rule"], clash["ucdp_rule"]) == ("acled-no-date", "ucdp-no-death")
    assert {row["acled_rule"] for row in rows} == {
        "acled-aggregate",
        "acled-no-type",
        "acled-type-undecided",
        "acled-no-date",
    }
    assert {row["ucdp_rule"] for row in rows} == {
        "ucdp-aggregate",
        "ucdp-no-armed-force",
        "ucdp-no-death",
    }


def test_the_small_articles_are_coded(mini_graph: dk.Graph) -> None:
    """On 3 May the army shelled Oldbridge; whose army it is, no side of the siege says."""
    rows = {row["event"]: row for row in crosswalk(mini_graph)}
    assert rows["event/siege"]["ucdp_rule"] == "ucdp-aggregate"
    shelling = rows["event/shelling"]
    assert shelling["acled_sub_event_type"] == "Shelling/artillery/missile attack"
    assert (shelling["ucdp_rule"], shelling["ucdp_deaths_b"]) == ("ucdp-no-incompatibility", 2)


def test_the_command_line_writes_what_the_library_does(graph: dk.Graph, tmp_path: Path) -> None:
    out = tmp_path / "crosswalk.csv"
    done = daraa_kg("export", "crosswalk", "-o", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_bytes() == to_csv(graph)
    done = daraa_kg("export", "crosswalk-json")
    assert json.loads(done.stdout) == json.loads(to_json(graph))


def test_the_help_names_the_crosswalk() -> None:
    text = " ".join(daraa_kg("export", "--help").stdout.split())
    assert "crosswalk Events as ACLED and UCDP GED would code them (.csv)" in text
