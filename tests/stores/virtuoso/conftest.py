"""A Virtuoso from Debian, on loopback, with an empty database of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from daraa_kg.stores.endpoint import Endpoint, find_endpoint
from daraa_kg.stores.loading import Loader
from daraa_kg.stores.plan import plan_graph
from daraa_kg.stores.transport import Login, Transport

from ..conftest import FACTS, Need, Server, Started, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    import daraa_kg as dk

ROWS = 6_000  # more than any answer of ours has, and less than the store has triples
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa

[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
SchedulerInterval = 0

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5

[SPARQL]
ResultSetMaxRows = {rows}
"""


@pytest.fixture(scope="module")
def virtuoso(need: Need, started: Started, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Give a server whose only user is dba, with the password dba."""
    program = need("virtuoso-t", "apt-get install virtuoso-opensource")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_port(), free_port()
    settings = SETTINGS.format(sql=sql, http=http, rows=ROWS)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    words = [program, "+foreground", "+configfile", "virtuoso.ini"]
    return started(words, f"http://127.0.0.1:{http}/sparql", folder)


@pytest.fixture(scope="module")
def endpoint(virtuoso: Server) -> Iterator[Endpoint]:
    transport = Transport(Login("dba", "dba"))
    yield find_endpoint(transport, virtuoso.url)
    transport.close()


@pytest.fixture(scope="module")
def loaded(virtuoso: Server, endpoint: Endpoint, graph: dk.Graph) -> Server:
    """Give the server with the reference graph in it."""
    loader = Loader(plan_graph(graph), endpoint, FACTS)
    loader.load(loader.prepare())
    return virtuoso


def count(server: Server, pattern: str) -> int:
    """Count in a server, without our own code."""
    query = {"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"}
    answer = httpx.get(server.url, params=query, headers={"Accept": "text/csv"})
    answer.raise_for_status()
    return int(answer.text.splitlines()[1])
