"""What is served: a graph, and where on the web the IRIs of its things are answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..namespaces import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from ..graph.built import Graph

HOME = BASE.removesuffix("id/")  # https://w3id.org/daraa-kg/, which is to lead to such a server


@dataclass(frozen=True, slots=True)
class Served:
    """A graph that is served, and its addresses.

    Attributes:
        graph: the graph.
        base: where the IRIs of its things start; the same as ``graph.base``.
        origin_base: where the addresses of this server start, with a ``/`` at the end:
            ``https://kg.example.org/``. It is told, never taken from a request's Host.
        explorer: the explorer's page, when there is one.
        max_rows: how many rows a result may have.
        timeout: how many seconds a query may take.
    """

    graph: Graph
    base: str
    origin_base: str
    explorer: Path | None = None
    max_rows: int = 10_000
    timeout: int = 10

    @property
    def root(self) -> str:
        """The path at which things are answered: ``/id/`` for the IRIs at w3id.org.

        Under another base it is that base's own path, for then the IRIs themselves lead here.
        """
        if self.base.startswith(HOME):
            return "/" + self.base.removeprefix(HOME)
        return urlsplit(self.base).path or "/"

    def url(self, path: str) -> str:
        """Give the full address of a path of this server: ``url("/sparql")``."""
        return self.origin_base + path.removeprefix("/")
