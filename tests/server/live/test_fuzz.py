"""Whatever is sent, the server answers, with no status of 500 or above but 503."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from .conftest import Server

bounded = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

PATHS = [
    "sparql",
    "",
    "search",
    "id/",
    "doc/",
    "download/",
    "ontology",
    ".well-known/void",
    "questions",
]
KEYS = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "q", "format", ""]
)
WORDS = st.sampled_from(
    [
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "WHERE",
        "{",
        "}",
        "(",
        ")",
        "?s",
        "?p",
        "?o",
        "*",
        ".",
        ";",
        ",",
        "FILTER",
        "EXISTS",
        "SERVICE",
        "SILENT",
        "<x:y>",
        "<http://127.0.0.1:9/>",
        "FROM",
        "NAMED",
        "GRAPH",
        "OPTIONAL",
        "UNION",
        "MINUS",
        "BIND",
        "AS",
        "VALUES",
        "LIMIT",
        "1",
        "true",
        "'x'",
        "\\u0053",
        '"""',
        "#",
        "GROUP",
        "BY",
        "HAVING",
        "COUNT",
        "PREFIX",
        ":",
        "BASE",
        "INSERT",
        "DATA",
        "LOAD",
        "file:///etc/passwd",
        "@en",
        "^^",
    ]
)
QUERIES = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)
MEDIA_TYPES = st.sampled_from(
    [
        "application/x-www-form-urlencoded",
        "application/sparql-query",
        "application/sparql-update",
        "text/html",
        "text/turtle",
        "application/json",
        "multipart/form-data",
        "*/*",
        "application/sparql-results+json",
    ]
)
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip)
HEADERS = st.dictionaries(
    st.sampled_from(
        [
            "Accept",
            "Accept-Encoding",
            "If-None-Match",
            "Range",
            "Origin",
            "Cookie",
            "Authorization",
            "Expect",
            "TE",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "Access-Control-Request-Method",
            "Content-Encoding",
        ]
    ),
    MEDIA_TYPES | HEADER,
    max_size=4,
)
PATH = st.one_of(
    st.sampled_from(PATHS),
    st.builds(str.__add__, st.sampled_from(PATHS), st.text(max_size=20)),
    st.sampled_from(
        ["id/../../etc/passwd", "static/..%2f..%2fpages.py", "doc/%00", "id/%ff", "//x"]
    ),
)


@pytest.fixture(scope="module")
def client(server: Server) -> httpx.Client:
    return httpx.Client(base_url=server.url, timeout=60, trust_env=False)


def well_answered(response: httpx.Response) -> bool:
    """Say whether a response is one that anybody may get."""
    assert response.status_code < 500 or response.status_code == 503, response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "Traceback" not in response.text
    assert "site-packages" not in response.text
    return True


@bounded
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]),
    path=PATH,
    parameters=st.lists(st.tuples(KEYS, QUERIES), max_size=3),
    headers=HEADERS,
)
def test_of_any_address(
    client: httpx.Client,
    method: str,
    path: str,
    parameters: list[tuple[str, str]],
    headers: dict[str, str],
) -> None:
    try:
        request = client.build_request(method, path, params=urlencode(parameters), headers=headers)
    except httpx.InvalidURL:
        reject()
    assume(request.url.host == client.base_url.host)
    assert well_answered(client.send(request))


@bounded
@given(
    body=QUERIES.map(str.encode) | st.binary(max_size=200),
    media_type=MEDIA_TYPES | HEADER,
    headers=HEADERS,
)
def test_of_any_body(
    client: httpx.Client, body: bytes, media_type: str, headers: dict[str, str]
) -> None:
    headers = {key: value for key, value in headers.items() if key != "Expect"}
    sent = {**headers, "Content-Type": media_type}
    assert well_answered(client.post("sparql", content=body, headers=sent))


@bounded
@given(head=st.binary(max_size=300), whole=st.booleans())
def test_of_anything_else(server: Server, head: bytes, whole: bool) -> None:
    address = urlsplit(server.url)
    start = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" if whole else b""
    with socket.create_connection((address.hostname or "", address.port or 0)) as client:
        client.sendall(start + head + b"\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        client.settimeout(60)
        said = b""
        while piece := client.recv(65536):
            said += piece
    assert not said or said[9:10] in b"24", said


def test_it_still_answers(server: Server) -> None:
    assert server.ask("ASK {}").status_code == 200
    assert "Traceback" not in server.log.read_text()
