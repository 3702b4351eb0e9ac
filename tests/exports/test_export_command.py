"""`daraa-kg export csv|parquet|xlsx|geojson`, from the command line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from daraa_kg.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

Run = Callable[..., tuple[int, str, str]]


def test_a_table_to_a_file(tmp_path: Path, run: Run) -> None:
    file = tmp_path / "figures.csv"
    assert run("export", "csv", "--table", "figures", "-o", str(file)) == (
        0,
        f"wrote {file}: 22 rows\n",
        "",
    )
    assert len(pd.read_csv(file)) == 22


def test_a_table_to_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "parquet", "--table", "participations"]) == 0
    data = capsysbinary.readouterr().out
    found = pd.read_parquet(io.BytesIO(data))
    assert found.role[found.event == "event/shelling-of-29-july"].tolist() == [
        "perpetrator",
        "target",
    ]


def test_a_map_and_a_workbook(tmp_path: Path, run: Run) -> None:
    for name, held in (
        ("geojson", "34 places, 3 routes, 70 events, 55 without geometry"),
        ("xlsx", "70 events, 22 figures, 88 participations, 37 places"),
    ):
        file = tmp_path / name
        assert run("export", name, "-o", str(file)) == (0, f"wrote {file}: {held}\n", "")
    assert json.loads((tmp_path / "geojson").read_bytes())["type"] == "FeatureCollection"
    sheets = pd.read_excel(tmp_path / "xlsx", sheet_name=None, engine="calamine")
    assert {
        name: len(sheet) for name, sheet in sheets.items() if name in ("events", "figures")
    } == {
        "events": 70,
        "figures": 22,
    }


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("csv", "--table", "figurs"), 2, "“figurs” is no table; did you mean figures?"),
        (("xlsx", "--table", "events"), 2, "xlsx takes no table; csv, parquet do"),
        (("geojson", "--view", "actors"), 2, "geojson takes no view; "),
    ],
)
def test_bad_words(run: Run, words: tuple[str, ...], code: int, sentence: str) -> None:
    found, out, err = run("export", *words)
    assert (found, out) == (code, "")
    assert err.startswith(f"error: {sentence}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("name", ["csv", "parquet", "xlsx", "geojson"])
def test_a_path_that_cannot_be_written(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "no" / "x"
    assert run("export", name, "-o", str(file)) == (
        2,
        "",
        f"error: cannot write {file}: there is no such file or folder\n",
    )


@pytest.mark.parametrize("name", ["parquet", "xlsx"])
def test_no_binary_file_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("daraa_kg.cli.export.is_terminal", lambda: True)
    assert run("export", name) == (
        2,
        "",
        f"error: {name} is not for reading on a terminal; write it to a file with -o\n",
    )
    assert run("export", "csv")[0] == 0


POSSIBLE = "25 possible events: what was only promised, demanded, threatened, planned or alleged"


@pytest.mark.parametrize(
    ("words", "options", "counts", "left_out"),
    [
        (["csv", "--table", "figures"], {"table": "figures"}, {"rows": 22}, [POSSIBLE]),
        (["parquet", "--table", "places"], {"table": "places"}, {"rows": 37}, []),
        (["crosswalk"], {}, {"rows": 70}, [POSSIBLE]),
        (["crosswalk-json"], {}, {"rows": 70}, [POSSIBLE]),
    ],
)
def test_the_record_of_a_file(
    run: Run,
    tmp_path: Path,
    words: list[str],
    options: dict[str, str],
    counts: dict[str, int],
    left_out: list[str],
) -> None:
    file = tmp_path / "file"
    code, out, err = run("export", *words, "-o", str(file), "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "file": str(file),
        "format": words[0],
        "options": options,
        "bytes": file.stat().st_size,
        "counts": counts,
        "leftOut": left_out,
    }


def test_the_record_says_what_rdf_and_networks_hold(
    run: Run, tmp_path: Path, graph: dk.Graph
) -> None:
    def record(*words: str) -> dict[str, Any]:
        code, out, _ = run("export", *words, "-o", str(tmp_path / "file"), "--format", "json")
        assert code == 0
        found: dict[str, Any] = json.loads(out)
        return found

    facts = len(graph.facts())
    assert record("nt")["counts"] == {"facts": facts}
    assert len((tmp_path / "file").read_text(encoding="utf-8").splitlines()) == facts
    (left_out,) = record("ttl")["leftOut"]
    graphs = len({quad.graph_name for quad in graph.quads()}) - 1
    assert left_out == f"evidence and vocabulary, which stand in {graphs} named graphs"
    trig = record("trig")
    assert trig["counts"] == {"facts": facts, "quads": len(graph.quads()), "namedGraphs": graphs}
    assert trig["leftOut"] == []
    network = record("node-link", "--view", "units")
    written = json.loads((tmp_path / "file").read_bytes())
    assert network["counts"] == {"nodes": len(written["nodes"]), "edges": len(written["edges"])}
    assert network["leftOut"] == [POSSIBLE]
    assert record("dot", "--view", "everything")["leftOut"] == []


def test_with_the_data_on_standard_output_the_record_is_on_the_other(run: Run) -> None:
    code, out, err = run("export", "csv", "--table", "figures", "--format", "json")
    assert code == 0
    assert len(pd.read_csv(io.StringIO(out))) == 22
    record = json.loads(err)
    assert (record["file"], record["bytes"]) == (None, len(out.encode()))


ARTICLE = "= Talks at Hillford =\n\nOn 2 June 2030 the elders held talks.\n"
STATEMENTS = """
article:
  title: Talks at Hillford
  url: https://example.org/wiki/Talks
  license: https://creativecommons.org/licenses/by-sa/4.0/
  attribution: Nobody
  about: event/talks
passages:
  - quote: On 2 June 2030 the elders held talks.
    states:
      - {id: event/talks, type: Negotiation, label: Talks, when: 2030-06-02}
"""


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Give the folder of an article that tells of one event, without place, people or toll."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "statements.yaml").write_text(STATEMENTS, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "row"), [("figures", "casualty figure"), ("participations", "participation")]
)
def test_a_graph_without_them(run: Run, talks: Path, table: str, row: str) -> None:
    assert run("export", "csv", "--table", table, "--article", str(talks)) == (
        1,
        "",
        f"error: the graph has no {row}, so there is no table to write\n",
    )


def test_an_event_without_place_or_toll(run: Run, talks: Path) -> None:
    code, out, err = run("export", "csv", "--article", str(talks))
    assert (code, err) == (0, "wrote 1 row to standard output\n")
    (event,) = pd.read_csv(io.StringIO(out)).to_dict("records")
    assert (event["event"], event["kind"], event["main"]) == ("event/talks", "negotiation", True)
    assert pd.isna(event["killed"])
    code, out, err = run("export", "geojson", "--article", str(talks))
    assert (code, err) == (0, "wrote 1 event, 1 without geometry to standard output\n")
    events = [f for f in json.loads(out)["features"] if f["properties"]["layer"] == "event"]
    assert [event["geometry"] for event in events] == [None]


@pytest.mark.parametrize(
    ("name", "package", "what"),
    [
        ("parquet", "pyarrow", "the export parquet"),
        ("xlsx", "openpyxl", "the export xlsx"),
    ],
)
def test_a_package_that_is_not_installed(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, package: str, what: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert run("export", name, "-o", "x") == (
        2,
        "",
        f"error: {what} needs {package}, which is not installed; pip install 'daraa-kg[analysis]'\n",
    )


def test_csv_needs_no_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    code, out, err = run("export", "csv", "--table", "figures")
    assert (code, err) == (0, "wrote 22 rows to standard output\n")
    assert out.startswith("figure,event,event_label,")


def test_the_map_needs_no_package(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("pandas", "pyarrow", "openpyxl", "shapely"):
        monkeypatch.setitem(sys.modules, package, None)
    assert main(["export", "geojson"]) == 0
    assert len(json.loads(capsysbinary.readouterr().out)["features"]) > 70


def test_help_shows_tables_and_an_example(run: Run) -> None:
    code, out, _ = run("export", "--help")
    assert code == 0
    assert "events (the default), figures, participations or places" in " ".join(out.split())
    assert "daraa-kg export csv --table figures -o figures.csv" in " ".join(out.split())
    for name in ("csv", "parquet", "xlsx", "geojson"):
        assert f"  {name} " in out
