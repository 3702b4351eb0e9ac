"""What holds for every answer, and what the log says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from .conftest import Server

PATHS = [
    "",
    "sparql",
    "sparql?query=ASK%7B%7D",
    "sparql?query=x",
    "ontology",
    "nothing/here",
    "id/no",
]


@pytest.mark.parametrize("accept", ["text/html", "text/plain", "application/json", "*/*"])
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers_that_protect_who_reads_it(
    server: Server, path: str, accept: str
) -> None:
    headers = httpx.get(f"{server.url}{path}", headers={"Accept": accept}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert "server" not in headers


def test_what_comes_back_of_a_query_is_escaped(server: Server) -> None:
    query = "SELECT * { ?s ?p <script>alert(1)</script> }"
    response = httpx.get(server.endpoint, params={"query": query}, headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "<script" not in response.text


def test_a_page_that_is_not_there_says_so(server: Server) -> None:
    response = httpx.get(f"{server.url}nothing/here", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "Nothing here is called" in response.text


def test_no_answer_leads_to_the_host_that_a_client_names(server: Server) -> None:
    for path in ("sparql/", "ontology/", "download", "id", "questions/", "id/place/daraa"):
        headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        response = httpx.get(f"{server.url}{path}", headers=headers)
        assert "evil.example" not in f"{response.headers}{response.text}", path


def test_a_slash_too_many_or_too_few_is_put_right(server: Server) -> None:
    for path, right in (
        ("sparql/", "/sparql"),
        ("download", "/download/"),
        ("ontology/", "/ontology"),
    ):
        response = httpx.get(f"{server.url}{path}")
        assert (response.status_code, response.headers["location"]) == (308, right)
    response = httpx.get(f"{server.url}sparql/?query=ASK%7B%7D", follow_redirects=True)
    assert response.json()["boolean"]


def test_another_method_is_refused_on_pages(server: Server) -> None:
    for path in ("", "ontology", "id/place/daraa"):
        response = httpx.post(f"{server.url}{path}")
        assert response.status_code == 405
        assert "GET" in response.headers["allow"]


def test_the_log_has_no_query_and_no_secret(server: Server) -> None:
    httpx.get(
        f"{server.url}sparql?query=ASK%7B%3CsecretA%3A%3E%7D&api_key=secretB",
        headers={"Authorization": "Basic secretC", "Cookie": "session=secretD"},
    )
    httpx.get(f"{server.url}%0aforged%20line%1b%5b31m")
    httpx.get(server.url, headers={"X-Forwarded-For": "192.0.2.7 GET /forged 200"})
    said = server.log.read_text()
    assert "secret" not in said
    assert "\nforged" not in said
    assert "\x1b" not in said
    assert "192.0.2.7%20GET%20/forged" in said.replace("%2F", "/")
    assert re.search(r"127\.0\.0\.1 GET /sparql 200 \d+ \d+ms\n", said)
    assert "/%0Aforged%20line%1B%5B31m 404" in said
