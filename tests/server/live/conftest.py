"""A server as its users start it: a process of its own, on a port of loopback that is free."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

_STARTS = 60.0  # seconds; the machine may be busy

JSON = "application/sparql-results+json"


@dataclass
class Server:
    """A running server.

    Attributes:
        process: its process.
        url: its address, with a ``/`` at the end.
        log: the file with what it says on standard error.
    """

    process: subprocess.Popen[str]
    url: str
    log: Path

    @property
    def endpoint(self) -> str:
        """The address of its SPARQL endpoint."""
        return f"{self.url}sparql"

    def ask(self, query: str, accept: str = JSON, **fields: str | list[str]) -> httpx.Response:
        """Send a query in the plain way."""
        parameters = {"query": query, **fields}
        return httpx.get(
            self.endpoint, params=parameters, headers={"Accept": accept}, timeout=_STARTS
        )

    def stores(self) -> list[int]:
        """Give the ids of the processes of its store, whichever worker they belong to."""
        return [
            pid
            for pid in _descendants(self.process.pid)
            if b"serve-read-only" in _read(f"/proc/{pid}/cmdline")
        ]

    def time_used(self) -> int:
        """Give the processor time that the store's processes have used, in ticks of the kernel."""
        fields = [_read(f"/proc/{pid}/stat").rpartition(b")")[2].split() for pid in self.stores()]
        return sum(int(one[11]) + int(one[12]) for one in fields if one)


def _descendants(pid: int) -> list[int]:
    children = [
        int(child)
        for path in Path(f"/proc/{pid}/task").glob("*/children")
        for child in _read(str(path)).split()
    ]
    return children + [one for child in children for one in _descendants(child)]


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


Start = Callable[..., Server]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Give a function that starts a server with options; all are ended with the tests."""
    started: list[subprocess.Popen[str]] = []

    def begin(*options: str, **environment: str) -> Server:
        log = tmp_path_factory.mktemp("log") / "stderr"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "daraa_kg", "serve", "--port", "0", *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
                env={**os.environ, "TMPDIR": str(log.parent), **environment},
            )
        started.append(process)
        assert process.stdout
        said = process.stdout.readline()
        found = re.search(r"http://\S+?/", said)
        assert found, f"{said}{log.read_text()}"
        server = Server(process, found.group(), log)
        assert server.ask("ASK {}").status_code == 200
        return server

    yield begin
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


@pytest.fixture(scope="session")
def server(start: Start) -> Server:
    """Give a server with narrow limits that the tests share and leave as it is."""
    return start("--timeout", "3", "--max-rows", "2000")
