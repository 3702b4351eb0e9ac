"""The processes of the store, lent to one query each, and started again when they have ended."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from .engine import Engine, EngineNotStarted, find_program, make_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from .limits import Limits

__all__ = ["Busy", "Engines"]

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0  # seconds between attempts to start a process
_ATTEMPTS = 3  # to start one at the very beginning: another may have taken its port
_LOG = logging.getLogger("daraa_kg.server")


class Busy(RuntimeError):
    """All processes answer other queries, and it would take too long to wait for one."""


class Engines:
    """As many processes of the store as there are queries answered at the same time.

    Args:
        data: the folder of the RocksDB files.
        limits: how many, how long a query waits for one, and what it may take.
    """

    def __init__(self, data: Path, limits: Limits) -> None:
        program = find_program()
        self._limits = limits
        self._client = make_client()
        self._all = [
            Engine(program, data, limits, self._client, self._renew_idle)
            for _ in range(limits.at_once)
        ]
        self._idle: asyncio.LifoQueue[Engine] = asyncio.LifoQueue()
        self._waiting = 0
        self._ending = False
        self._renewals: set[asyncio.Task[None]] = set()

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that are there."""
        return [engine.pid for engine in self._all if engine.pid is not None]

    async def start(self) -> None:
        """Start all processes.

        Raises:
            EngineNotStarted: one of them does not start.
        """
        try:
            await asyncio.gather(*(_start(engine) for engine in self._all))
        except EngineNotStarted:
            await self.stop()
            raise
        for engine in self._all:
            self._give_back(engine)

    async def stop(self) -> None:
        """End all processes."""
        self._ending = True
        for renewal in self._renewals:
            renewal.cancel()
        await asyncio.gather(*self._renewals, return_exceptions=True)
        await asyncio.gather(*(engine.stop() for engine in self._all))
        await self._client.aclose()

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Engine]:
        """Lend a process, which nobody else has meanwhile.

        Raises:
            Busy: none is free soon enough, or too many wait for one.
        """
        engine = await self._take()
        try:
            yield engine
        finally:
            self._give_back(engine)

    async def _take(self) -> Engine:
        if self._waiting >= self._limits.waiting:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                while not (engine := await self._idle.get()).fit:
                    self._give_back(engine)
                return engine
        except TimeoutError as error:
            raise Busy from error
        finally:
            self._waiting -= 1

    def _renew_idle(self) -> None:
        """Start those again that have ended while they were idle; the others keep their order."""
        idle = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        for engine in reversed(idle):
            self._give_back(engine)

    def _give_back(self, engine: Engine) -> None:
        if engine.fit:
            self._idle.put_nowait(engine)
            return
        if self._ending:
            return
        renewal = asyncio.create_task(self._renew(engine))
        self._renewals.add(renewal)
        renewal.add_done_callback(self._renewals.discard)

    async def _renew(self, engine: Engine) -> None:
        """Start a process again, after longer and longer pauses if it does not start."""
        pause = _FIRST_PAUSE
        while True:
            with contextlib.suppress(OSError, EngineNotStarted):
                await engine.start()
                self._idle.put_nowait(engine)
                return
            _LOG.warning("the store's process does not start; the next attempt is in %.1f s", pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


async def _start(engine: Engine) -> None:
    for _ in range(_ATTEMPTS - 1):
        with contextlib.suppress(EngineNotStarted):
            await engine.start()
            return
    await engine.start()
