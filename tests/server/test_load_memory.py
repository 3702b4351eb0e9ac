"""What is left of a result that cannot be sent: nothing, without waiting for Python to look."""

from __future__ import annotations

import asyncio
import gc
import weakref
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette

from daraa_kg.server.endpoint import Endpoint
from daraa_kg.server.engine import Answered, EngineDied, TooLarge, TooSlow
from daraa_kg.server.limits import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ROWS = "application/sparql-results+json"


class Held(Answered):
    """A result that can be watched."""


class Engines:
    """A store whose only process ends each query in the same way, its result in its hands."""

    def __init__(self, held: Held, error: type[Exception] | None) -> None:
        self.error = error
        self.held = [held]

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Engines]:
        yield self

    async def ask(self, asked: object) -> Answered:
        del asked
        held = self.held.pop()
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        return held


@pytest.fixture
def _no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
@pytest.mark.parametrize(
    ("body", "error", "status"),
    [
        (b"", TooLarge, 422),
        (b"", TooSlow, 503),
        (b"", EngineDied, 503),
        (b'{"head":', None, 503),  # it breaks off
        (b"{" * 100_000, None, 503),  # so does this, which another thread looks at
    ],
)
def test_a_result_that_is_not_sent_is_not_kept(
    body: bytes, error: type[Exception] | None, status: int
) -> None:
    held = Held(200, ROWS, body)
    watched = weakref.ref(held)
    engines: Any = Engines(held, error)
    del held
    site: Any = None  # which is asked for nothing when there is no answer
    application = Starlette(routes=[Endpoint(site, engines, Limits()).route])

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://x.example") as client:
            return await client.get("/sparql", params={"query": "ASK {}"})

    assert asyncio.run(ask()).status_code == status
    assert watched() is None
