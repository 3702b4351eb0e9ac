"""A client gets so much and no more: time, rows, memory, turns, and the sizes of what it sends."""

from __future__ import annotations

import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

if TYPE_CHECKING:
    from .conftest import Server, Start

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, as Linux has it")

THREE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
# Each goes on for minutes if it is let; Oxigraph's own limit would stop few of them.
ENDLESS = {
    "counting": f"SELECT (COUNT(*) AS ?n) {{ {THREE} }}",
    "a filter": f"SELECT * {{ {THREE} FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'x') }}",
    "distinct": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {THREE} }}",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (<x:>|!<x:>)* ?b . ?c (<x:>|!<x:>)* ?d }",
    "joined texts": f"SELECT (GROUP_CONCAT(?c) AS ?n) {{ {THREE} }}",
    "a graph": f"CONSTRUCT {{ ?a ?e ?i }} {{ {THREE} }}",
    "descriptions": f"DESCRIBE ?a ?d {{ {THREE} }}",
}
DOUBLED = " ".join(f"BIND(CONCAT(?a{i},?a{i},?a{i},?a{i}) AS ?a{i + 1})" for i in range(15))
DEADLY = {
    "sorting": f"SELECT * {{ {THREE} }} ORDER BY ?a ?d",
    "a growing text": f"SELECT (STRLEN(?a15) AS ?n) {{ BIND('xxxxxxxxxxxxxxxx' AS ?a0) {DOUBLED} }}",
    "nesting": "SELECT * {" + "{" * 3000 + "?s ?p ?o" + "}" * 3000 + "}",
}


def is_quiet(server: Server) -> bool:
    """Say whether the store's processes have nothing to do."""
    for _ in range(6):  # a process that was ended is started again first, which takes some of these
        before = server.time_used()
        time.sleep(0.5)
        if 0 <= server.time_used() - before <= 5:  # of 50 ticks that one busy process takes
            return True
    return False


@needs_proc
@pytest.mark.parametrize("name", ENDLESS)
def test_a_query_is_stopped_and_so_is_its_work(server: Server, name: str) -> None:
    response = server.ask(ENDLESS[name], "*/*")
    assert response.status_code in (503, 422)
    said = (
        "the query was stopped after 3 seconds, and there is no result",
        "the result has more than",
        # A quick machine fills the memory that a query may take before its time is over.
        "the store's process ended while it answered",
    )
    assert any(words in response.text for words in said)
    assert is_quiet(server)
    assert server.ask("ASK {}").status_code == 200


@needs_proc
@pytest.mark.parametrize("name", DEADLY)
def test_a_query_that_ends_its_process_ends_nothing_else(server: Server, name: str) -> None:
    response = httpx.post(server.endpoint, data={"query": DEADLY[name]}, timeout=60)
    assert response.status_code == 503
    assert is_quiet(server)
    assert server.ask("ASK {}").status_code == 200


def test_a_process_that_ended_is_said_with_what_may_have_ended_it(server: Server) -> None:
    response = httpx.post(server.endpoint, data={"query": DEADLY["nesting"]}, timeout=60)
    assert "the store's process ended while it answered" in response.text
    assert response.headers["retry-after"] == "2"


ALL = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"


@pytest.mark.parametrize(
    ("accept", "query"),
    [
        ("application/sparql-results+json", ALL),
        ("application/sparql-results+xml", ALL),
        ("text/csv", ALL),
        ("text/tab-separated-values", ALL),
        ("text/turtle", "CONSTRUCT WHERE { ?s ?p ?o }"),
        ("application/ld+json", "CONSTRUCT WHERE { ?s ?p ?o }"),
    ],
)
def test_a_result_that_is_too_long_is_an_error_and_never_cut(
    server: Server, accept: str, query: str
) -> None:
    response = server.ask(query, f"{accept}, text/plain;q=0.1")
    assert response.status_code == 422
    assert "the result has more than 2,000" in response.text
    assert "none of it is sent; ask for parts of it" in response.text
    assert server.ask(f"{query} LIMIT 2001", accept).status_code == 422
    assert server.ask(f"{query} LIMIT 2000", accept).status_code == 200


def test_rows_are_counted_and_not_what_looks_like_their_border(server: Server) -> None:
    rows = "VALUES ?x {" + " ".join(["1"] * 1500) + "}"
    response = server.ask("SELECT ?x ('},{},{' AS ?y) {" + rows + "}")
    assert response.status_code == 200
    assert len(response.json()["results"]["bindings"]) == 1500


def test_the_bytes_of_a_result_are_bounded_as_well(server: Server) -> None:
    grown = " ".join(f"BIND(CONCAT(?a{i},?a{i}) AS ?a{i + 1})" for i in range(20))
    response = server.ask(
        f"SELECT ?a20 {{ VALUES ?n {{ 1 2 3 }} BIND('{'x' * 16}' AS ?a0) {grown} }}"
    )
    assert response.status_code == 422
    assert "the result has more than 32 MB" in response.text


def test_only_so_many_queries_are_answered_at_once(start: Start) -> None:
    server = start("--timeout", "8")
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(server.ask, ENDLESS["counting"], "text/plain") for _ in range(12)]
        responses = [one.result() for one in asked]
    assert {response.status_code for response in responses} == {503}
    busy = [one for one in responses if one.text.startswith("Busy:")]
    assert len(busy) == 8  # four have their turn
    assert all(int(one.headers["retry-after"]) > 0 for one in busy)
    assert server.ask("ASK {}").status_code == 200


@needs_proc
def test_nobody_waits_so_nothing_is_computed(start: Start) -> None:
    server = start("--timeout", "600")
    address = urlsplit(server.url)
    query = httpx.QueryParams(query=ENDLESS["counting"])
    with socket.create_connection((address.hostname or "", address.port or 0)) as client:
        client.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while is_quiet(server):  # until it has begun
            pass
    while not is_quiet(server):  # it would go on for ten minutes
        pass


def test_many_queries_in_a_row_leave_nothing_behind(server: Server) -> None:
    """Oxigraph's own time limit left a thread for each, until there was no memory for more."""
    with httpx.Client() as client:
        for _ in range(600):
            response = client.get(server.endpoint, params={"query": "ASK {}"})
            assert response.status_code == 200, response.text


# --- what is sent --------------------------------------------------------------------------------


def test_a_long_query_is_refused(server: Server) -> None:
    padding = "#" + "x" * 128 * 1024
    direct = {"Content-Type": "application/sparql-query"}
    response = httpx.post(server.endpoint, content=f"ASK {{}} {padding}", headers=direct)
    assert response.status_code == 413
    assert "the request is longer than 128 kB" in response.text

    pieces = iter([b"ASK {} #", *[b"x" * 1024] * 300])  # sent without a Content-Length
    response = httpx.post(server.endpoint, content=pieces, headers=direct)
    assert response.status_code == 413


def test_a_long_address_is_refused(server: Server) -> None:
    response = httpx.get(server.endpoint, params={"query": "ASK {} #" + "x" * 17_000})
    assert response.status_code == 414
    assert "send a long query with POST" in response.text
    assert httpx.get(f"{server.url}{'x' * 60_000}").status_code == 414


def test_many_fields_are_refused(server: Server) -> None:
    fields = {f"field{number}": "" for number in range(300)}
    assert httpx.post(server.endpoint, data=fields).status_code == 400


def test_slow_clients_do_not_keep_others_waiting(server: Server) -> None:
    """Fifty connections that never end their request; others are answered meanwhile."""
    address = urlsplit(server.url)
    place = (address.hostname or "", address.port or 0)
    slow = [socket.create_connection(place) for _ in range(50)]
    for number, one in enumerate(slow):
        head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n"
        kind = b"Content-Type: application/sparql-query\r\n\r\nASK"
        one.sendall(head + (kind if number % 2 else b""))
    assert server.ask("ASK {}").status_code == 200
    for one in slow:
        one.close()
