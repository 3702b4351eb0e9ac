"""Queries that hold other queries: the shipped ones hold what the files say now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from daraa_kg.assets import AssetMissing, asset
from daraa_kg.queries.parts import compose, write_parts

if TYPE_CHECKING:
    from pathlib import Path

INNER = """\
#+ summary: What is there?
PREFIX a: <https://example.org/a#>

SELECT ?thing
WHERE { ?thing a a:Thing }
ORDER BY ?thing
"""
OUTER = """\
#+ summary: How many things are there?
PREFIX b: <https://example.org/b#>

SELECT (COUNT(?thing) AS ?number)
WHERE {
  # with things
  ?thing b:counts true .
}
"""
WHOLE = """\
#+ summary: How many things are there?
PREFIX a: <https://example.org/a#>
PREFIX b: <https://example.org/b#>

SELECT (COUNT(?thing) AS ?number)
WHERE {
  # with things
  {
  SELECT ?thing
  WHERE { ?thing a a:Thing }
  }
  # end of things
  ?thing b:counts true .
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "things.rq").write_text(INNER)
    (tmp_path / "number.rq").write_text(OUTER)
    return tmp_path


def test_the_shipped_questions_hold_what_the_files_say() -> None:
    holding = [path for path in asset("queries").glob("*.rq") if "# with " in path.read_text()]
    assert {"timeline", "events", "coding-disagreements"} <= {path.stem for path in holding}
    for path in holding:
        assert path.read_text(encoding="utf-8") == compose(path), (
            f"{path.name} is behind a query that it holds; run this at the top of the checkout: "
            'python -c "from daraa_kg.queries.parts import write_parts; write_parts()"'
        )


@pytest.mark.parametrize("part", ["bounds", "bounds-from-order", "begun-by-order"])
def test_the_parts_that_bound_events_are_queries_themselves(part: str) -> None:
    ox.Store().query(compose(asset("queries", "readings", f"{part}.rq")))


def test_a_part_is_put_in_its_place(folder: Path) -> None:
    assert compose(folder / "number.rq") == WHOLE
    ox.Store().query(WHOLE)


def test_a_query_that_has_been_put_together_stays_as_it_is(folder: Path) -> None:
    assert write_parts(folder) == [folder / "number.rq"]
    assert write_parts(folder) == []
    assert (folder / "number.rq").read_text() == WHOLE


def test_a_change_of_the_part_reaches_the_whole(folder: Path) -> None:
    write_parts(folder)
    (folder / "things.rq").write_text(INNER.replace("a:Thing", "a:Item"))
    assert write_parts(folder) == [folder / "number.rq"]
    assert (folder / "number.rq").read_text() == WHOLE.replace("a:Thing", "a:Item")


def test_a_part_may_hold_another(folder: Path) -> None:
    (folder / "larger.rq").write_text("SELECT * WHERE {\n  # with number\n}\n")
    text = compose(folder / "larger.rq")
    assert text.count("# end of things") == text.count("# end of number") == 1
    ox.Store().query(text)


def test_a_part_that_there_is_not_is_named(folder: Path) -> None:
    (folder / "number.rq").write_text(OUTER.replace("with things", "with nothing"))
    with pytest.raises(AssetMissing, match=r"nothing\.rq"):
        compose(folder / "number.rq")
