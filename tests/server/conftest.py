"""What the tests of pages and documents share: the reference graph behind its routes alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from starlette.applications import Starlette
from starlette.testclient import TestClient

from daraa_kg.server.resources import routes
from daraa_kg.server.served import Served

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

ORIGIN = "https://kg.example.org/"

Serve = Callable[..., TestClient]
Tree = Any  # the types of lxml do not say what an XPath gives


def parsed(content: bytes) -> Tree:
    """Give a page as a tree."""
    return html.fromstring(content)


@pytest.fixture(scope="session")
def serve() -> Serve:
    """Give a function that serves a graph's pages and documents, without the SPARQL endpoint."""

    def make(graph: dk.Graph, explorer: Path | None = None) -> TestClient:
        served = Served(graph, graph.base, ORIGIN, explorer=explorer)
        return TestClient(Starlette(routes=routes(served)), follow_redirects=False)

    return make


@pytest.fixture(scope="session")
def pages(graph: dk.Graph, serve: Serve) -> TestClient:
    """Give a client of the shipped article's pages; it follows no redirect."""
    return serve(graph)
