"""No request leaves the machine: the text is looked at, and the kernel refuses what slips through."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pyoxigraph as ox
import pytest
import yaml

from daraa_kg.server import confined
from daraa_kg.server.engine import find_program

if TYPE_CHECKING:
    from .conftest import Server

CASES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parents[2] / "fixtures" / "services.yaml").read_text(encoding="utf-8")
)
CALLS = {**CASES["asked"], **CASES["spelt"]}
CONFINED = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")


class Listener:
    """A server that must not be asked, and how often it was."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.asked = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # it was closed
                return
            self.asked += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.mark.parametrize("name", CALLS)
def test_a_call_is_refused_and_nobody_asked(server: Server, listener: Listener, name: str) -> None:
    text = CALLS[name].replace("URL", listener.url)
    direct = {"Content-Type": "application/sparql-query"}
    for response in (
        server.ask(text, "text/plain"),
        httpx.post(server.endpoint, content=text.encode(), headers=direct),
        httpx.post(server.endpoint, data={"query": text}),
    ):
        assert response.status_code == 400
        assert "SERVICE asks another server, and no request leaves this machine" in response.text
    assert listener.asked == 0


@pytest.mark.parametrize("name", CASES["harmless"])
def test_what_only_looks_like_a_call_is_answered(server: Server, name: str) -> None:
    assert server.ask(CASES["harmless"][name]).status_code == 200


# --- the second wall: the store's process itself ---------------------------------------------------

DATA = """
<http://example.org/s> <http://example.org/p> <http://example.org/o>, true, 1, 1e5, "x" ;
    <http://x/a'b> 1 ; <http://x/A'> 1 .
"""
Ask = Callable[[str], httpx.Response]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    store = ox.Store(str(folder))
    store.load(DATA, ox.RdfFormat.TURTLE)
    store.flush()
    return folder


@contextmanager
def running(*before: str, data: Path) -> Iterator[Ask]:
    """Run the store's program, with words before it, and give a function that asks it."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{one.getsockname()[1]}"
    words = [*before, str(find_program()), "serve-read-only", "--location", str(data)]
    with subprocess.Popen([*words, "--bind", address], stderr=subprocess.PIPE) as process:
        try:
            assert process.stderr
            assert process.stderr.readline().startswith(b"Listening")
            yield partial(_ask, f"http://{address}/query")
        finally:
            process.kill()


def _ask(url: str, query: str) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-query"}
    return httpx.post(url, content=query.encode(), headers=headers, timeout=60)


def test_without_the_walls_the_store_does_ask(listener: Listener, data: Path) -> None:
    """Otherwise the other tests would prove nothing."""
    with running(data=data) as ask:
        for text in CASES["asked"].values():
            before = listener.asked
            ask(text.replace("URL", listener.url))
            assert listener.asked > before, text


@pytest.mark.skipif(
    not CONFINED, reason="needs Linux on x86-64 or ARM64, whose kernel refuses calls"
)
def test_the_kernel_refuses_what_the_store_would_ask(listener: Listener, data: Path) -> None:
    confinement = (sys.executable, "-I", "-S", confined.__file__, str(os.getpid()), str(2**30))
    with running(*confinement, data=data) as ask:
        assert ask("ASK { ?s ?p ?o }").text == '{"head":{},"boolean":true}'
        said = [ask(text.replace("URL", listener.url)).text for text in CASES["asked"].values()]
    assert "Permission denied" in said[0]
    assert listener.asked == 0
