"""An Oxigraph server from PyPI, on loopback."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import pytest

from ..conftest import Need, Server, Started, free_port

if TYPE_CHECKING:
    from pathlib import Path

Oxigraph = Callable[..., Server]


@pytest.fixture(scope="module")
def oxigraph(need: Need, started: Started) -> Oxigraph:
    """Give a function that starts a server with an empty store."""
    program = need("oxigraph", "python -m pip install oxigraph")

    def start(*options: str, verb: str = "serve", folder: Path | None = None) -> Server:
        port = free_port()
        words = [program, verb, "--bind", f"127.0.0.1:{port}", *options]
        return started(words, f"http://127.0.0.1:{port}", folder)

    return start


def dump(server: Server) -> bytes:
    """Give all that a server holds, read without our own code."""
    answer = httpx.get(f"{server.url}/store", headers={"Accept": "application/n-quads"})
    answer.raise_for_status()
    return answer.content


def put(server: Server, quads: str) -> None:
    """Add quads to a server, without our own code."""
    kind = {"Content-Type": "application/n-quads"}
    httpx.post(f"{server.url}/store", headers=kind, content=quads.encode()).raise_for_status()
