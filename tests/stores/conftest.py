"""What the tests of stores share: starting real servers on loopback, and one that misbehaves."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import httpx
import pyoxigraph as ox
import pytest

from daraa_kg.namespaces import VOID
from daraa_kg.queries.catalogue import load_catalogue
from daraa_kg.queries.question import Query, load_query
from daraa_kg.stores.endpoint import Endpoint, find_endpoint
from daraa_kg.stores.transport import Login, Transport

if TYPE_CHECKING:
    import daraa_kg as dk
    from daraa_kg.queries.results import Result

TOP = Path(__file__).parent.parent.parent
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
MARKS = "graph/load"  # after the base
FACTS = "https://w3id.org/daraa-kg/id/graph/facts"
_PATIENCE = 30.0  # seconds until a server must answer

QUESTIONS: dict[str, Query] = dict(load_catalogue(TOP / "queries"))
QUESTIONS |= {
    f"readings/{path.stem}": load_query(path)
    for path in sorted((TOP / "queries" / "readings").glob("*.rq"))
}

Connect = Callable[..., Endpoint]
Need = Callable[[str, str], str]
Started = Callable[..., "Server"]


@pytest.fixture(scope="session")
def need() -> Need:
    """Give a function that finds a program; a test that lacks it is skipped, but not in CI."""

    def find(program: str, package: str) -> str:
        beside = Path(sys.executable).with_name(program)
        found = str(beside) if beside.exists() else shutil.which(program)
        if found is None and not IN_CI:
            pytest.skip(f"needs {program} on PATH ({package})")
        assert found is not None, f"CI has to have {program} ({package})"
        return found

    return find


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A program that listens on loopback, and is gone when it is stopped."""

    def __init__(self, words: list[str], url: str, folder: Path) -> None:
        self.words = words
        self.url = url
        self.folder = folder
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            self.words, cwd=self.folder, stdout=self.log, stderr=self.log, start_new_session=True
        )
        last = time.monotonic() + _PATIENCE
        while time.monotonic() < last and self.process.poll() is None:
            with suppress(httpx.TransportError):
                httpx.get(self.url, timeout=2)
                return
            time.sleep(0.05)
        self.kill()
        said = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        pytest.fail(f"{self.words[0]} does not answer: {said}")

    def kill(self) -> None:
        """End it at once, and wait until it has ended."""
        self.process.kill()
        self.process.wait()
        self.log.close()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """Give a function that starts a server; all of them end with the module's tests."""
    servers: list[Server] = []

    def start(words: list[str], url: str, folder: Path | None = None) -> Server:
        place = folder or tmp_path_factory.mktemp("server")
        servers.append(Server(words, url, place))
        return servers[-1]

    try:
        yield start
    finally:
        for server in servers:
            server.kill()


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Give a function that finds the store at an address."""
    transports: list[Transport] = []

    def find(url: str, user: str | None = None, password: str = "", **options: float) -> Endpoint:
        login = Login(user, password) if user else None
        transports.append(Transport(login, **options))  # type: ignore[arg-type]
        return find_endpoint(transports[-1], url)

    yield find
    for transport in transports:
        transport.close()


# --- what is compared ----------------------------------------------------------------------------


def texts(result: Result) -> list[tuple[str, ...]]:
    """Give the terms of a result as they are written, each row."""
    return [tuple("" if term is None else str(term) for term in row) for row in result.rows]


def lines(quads: list[ox.Quad] | bytes) -> set[str]:
    """Give quads as a set of lines, to be compared with what a store gives back."""
    if isinstance(quads, bytes):
        quads = list(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    return {str(quad) for quad in quads}


def in_graph(quad: ox.Quad, graph: ox.NamedNode) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def moved(graph: dk.Graph, facts: str) -> set[str]:
    """Give the quads of a graph with the facts in a named graph, and the mark that names it."""
    name = ox.NamedNode(facts)
    dataset, mark = (ox.NamedNode(graph.base + end) for end in (f"{graph.slug}/dataset", MARKS))
    said = ox.Quad(dataset, ox.NamedNode(VOID + "subset"), name, mark)
    return {str(said)} | {
        str(in_graph(quad, name) if isinstance(quad.graph_name, ox.DefaultGraph) else quad)
        for quad in graph.quads()
    }


# --- a server that misbehaves --------------------------------------------------------------------


class Reply(NamedTuple):
    """What the misbehaving server answers: a status, headers and a body, after some seconds.

    It may say that the body is longer than it is, and wait before each byte of it.
    """

    status: int = 200
    body: str = ""
    kind: str = "application/sparql-results+json"
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0
    lacks: int = 0
    trickle: float = 0


YES = Reply(body='{"head":{},"boolean":true}')
NO = Reply(body='{"head":{},"boolean":false}')
PAGE = Reply(body="<html><body>Welcome</body></html>", kind="text/html; charset=utf-8")


class Misbehaving:
    """A server whose answers are made by a function of the request's path and body.

    Attributes:
        url: its address.
        answer: makes the answers.
        asked: the requests so far: path, body and the Authorization header.
    """

    def __init__(self) -> None:
        self.answer: Callable[[str, str], Reply] = lambda _, __: YES
        self.asked: list[tuple[str, str, str | None]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _reply(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size).decode()
                outer.asked.append((self.path, body, self.headers.get("Authorization")))
                reply = outer.answer(self.path, body)
                time.sleep(reply.wait)
                with suppress(OSError):  # who waited has gone
                    self.send_response(reply.status)
                    self.send_header("Content-Type", reply.kind)
                    for name, value in reply.headers:
                        self.send_header(name, value)
                    content = reply.body.encode()
                    self.send_header("Content-Length", str(len(content) + reply.lacks))
                    self.end_headers()
                    step = 1 if reply.trickle else max(len(content), 1)
                    for start in range(0, len(content), step):
                        time.sleep(reply.trickle)
                        self.wfile.write(content[start : start + step])
                        self.wfile.flush()

            do_GET = do_POST = _reply  # noqa: N815 - the names that http.server looks for

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                del format, args

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/sparql"


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def misbehaving() -> Iterator[Misbehaving]:
    """Give a server that says yes to everything until its `answer` is another."""
    found = Misbehaving()
    with running(found.server):
        yield found
