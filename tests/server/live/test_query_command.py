"""`daraa-kg query --endpoint` against `daraa-kg serve`: its limits are told, and not met unasked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx

from daraa_kg.stores.embedded import fill

from .test_limits import ENDLESS

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

    from .conftest import Server, Start

Run = Callable[..., tuple[int, str, str]]
_PATIENCE = 30.0  # seconds until the server must have looked at its files


def test_a_short_answer_needs_no_long_one(start: Start, run: Run) -> None:
    """What things are called is fetched in parts where the whole would be too long."""
    narrow = start("--max-rows", "500")
    expected = run("query", "infobox-totals")
    assert expected[0] == 0
    assert run("query", "infobox-totals", "--endpoint", narrow.endpoint) == expected


def test_why_a_query_was_stopped_is_passed_on(server: Server, run: Run) -> None:
    assert run("query", ENDLESS["counting"], "--endpoint", server.endpoint) == (
        2,
        "",
        f"error: {server.endpoint}: the store says “the query was stopped after 3 seconds, and "
        "there is no result; ask for less: fewer patterns that share no variable, a LIMIT, one "
        "part at a time” (503); do as it says, or try again later\n",
    )


def test_why_a_result_is_too_large_is_passed_on(server: Server, run: Run) -> None:
    code, out, err = run("query", "SELECT * { ?s ?p ?o }", "--endpoint", server.endpoint)
    assert (code, out) == (2, "")
    assert "says “the result has more than 2,000 rows, which is the most that is sent" in err


def test_files_that_are_damaged_while_they_are_served(
    start: Start, mini_graph: dk.Graph, tmp_path: Path
) -> None:
    fill(mini_graph, tmp_path / "store")
    server = start("--store", str(tmp_path / "store"), "--timeout", "2")
    for file in (tmp_path / "store" / "data-1").glob("*.sst"):
        with file.open("r+b") as opened:  # the same file, which the processes have open
            opened.seek(16)
            opened.write(bytes(64))
    last = time.monotonic() + _PATIENCE
    while httpx.get(f"{server.url}robots.txt", timeout=20).status_code != 503:  # it reads no store
        assert time.monotonic() < last
        time.sleep(0.1)
    for path in ("", "id/x", "sparql?query=ASK%7B%7D"):
        answer = httpx.get(f"{server.url}{path}", timeout=20)
        assert answer.status_code == 503
        assert "the data of this server was changed under it" in answer.text
    said = server.log.read_text()
    assert said.count("ERROR: the files of the store were changed while they are served; fill") == 1
    assert "Traceback" not in said
