"""The server under load: a few seconds of what benchmarks/serve_load.py does for a minute."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "serve_load.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Give the benchmark as a module."""
    spec = importlib.util.spec_from_file_location("serve_load", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)  # as when it is run
        spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, to find the processes")
def test_it_holds_under_load_while_its_processes_are_killed(script: ModuleType) -> None:
    server = script.Server()
    try:
        server.wait()
        load = asyncio.run(script.put_under_load(server, seconds=5, connections=20, kill=True))
        script.stop(server, load)
    finally:
        server.process.kill()
    assert load.faults == Counter()
    assert load.killed > 0
    questions = set(script.questions())
    answered = [name for name, status in load.counts if status == 200]
    assert questions & set(answered)  # it did not refuse them all
    assert set(dict(load.counts)) - {(name, 200) for name in questions}  # and some were hostile


# --- what the load would find --------------------------------------------------------------------

ROWS = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"value": "1"}}]}}


def judged(script: ModuleType, name: str, response: httpx.Response | str) -> list[str]:
    request = {one.name: one for one in (*script.hostile(), *script.questions().values())}[name]
    load = script.Load()
    expected = {"timeline": script.answer_of(answer(200, ROWS))}
    script.judge(request, response, expected, load)
    return sorted(load.faults)


def answer(status: int, text: str | object = "", **headers: str) -> httpx.Response:
    """Make an answer of words or of rows; a header's name has _ for its hyphen."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    content = (text if isinstance(text, str) else json.dumps(text)).encode()
    said = {"Content-Type": "application/sparql-results+json", **names}
    return httpx.Response(status, headers=said, content=content)


def test_answers_that_may_be_given_are_no_faults(script: ModuleType) -> None:
    assert judged(script, "timeline", answer(200, ROWS)) == []
    busy = answer(503, "too many queries", Retry_After="6")
    assert judged(script, "timeline", busy) == []
    assert judged(script, "long path", answer(503, "it was stopped after 2 seconds")) == []
    assert judged(script, "service", answer(400, "SERVICE asks another server")) == []
    assert judged(script, "large body", "WriteError") == []


@pytest.mark.parametrize(
    ("name", "response", "fault"),
    [
        ("timeline", answer(500), "timeline was answered 500"),
        ("timeline", "ReadError", "timeline was answered not at all (ReadError)"),
        ("timeline", answer(422), "timeline was answered 422"),
        (
            "timeline",
            answer(200, {**ROWS, "results": {"bindings": []}}),
            "timeline had another answer than before",
        ),
        ("timeline", answer(503, "busy"), "timeline was answered 503 without Retry-After"),
        ("cross product", answer(200), "cross product was answered 200"),
        ("update", answer(204), "update was answered 204"),
        ("service", answer(502), "service was answered 502"),
        (
            "half a query",
            answer(400, "Traceback (most recent call last)"),
            "half a query was answered with a stack trace",
        ),
    ],
)
def test_every_other_answer_is_a_fault(
    script: ModuleType, name: str, response: httpx.Response | str, fault: str
) -> None:
    assert judged(script, name, response) == [fault]


def test_answers_are_compared_without_their_order(script: ModuleType) -> None:
    rows = [{"x": {"value": "1"}}, {"x": {"value": "2"}}]
    one, other = (
        answer(200, {"head": {"vars": ["x"]}, "results": {"bindings": order}})
        for order in (rows, rows[::-1])
    )
    assert script.answer_of(one) == script.answer_of(other)
    assert script.answer_of(one) != script.answer_of(answer(200, ROWS))
