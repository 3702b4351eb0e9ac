"""The store's process: an `oxigraph` server that reads one folder and answers one query at a time.

Oxigraph's own time limit (``--timeout-s``) is looked at between some steps of a query and not in
others: sorting, property paths and filters go on for minutes after it, deep nesting or a growing
text ends its process, and every query leaves a thread behind that sleeps until the limit (seen with
0.5.13). So each query has a process for itself, and one that takes too long, too much memory or too
many bytes is ended with its process, which hurts nobody else's.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import signal
import socket
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from . import confined

if TYPE_CHECKING:
    from collections.abc import Callable

    from .limits import Limits
    from .protocol import Asked

__all__ = [
    "Answered",
    "Engine",
    "EngineDied",
    "EngineMissing",
    "EngineNotStarted",
    "TooLarge",
    "TooSlow",
    "find_program",
    "make_client",
]

PROGRAM = "oxigraph"
ACCEPTED = "application/sparql-results+json, application/n-triples"
_START = 20.0  # seconds for a new process to listen; a machine may be busy
_UNSUPPORTED = b"is not supported"  # said with a 500, though it is the query's fault
_LOGGED = 500  # bytes of what it says when it fails
_LOG = logging.getLogger("daraa_kg.server")
_LISTENING = b"Listening for requests at "


class EngineMissing(ImportError):
    """The program of the store is not installed."""

    def __init__(self) -> None:
        message = (
            f"serving needs the program {PROGRAM}, which is not installed; "
            "pip install 'daraa-kg[serve]'"
        )
        super().__init__(message, name=PROGRAM)


class EngineNotStarted(RuntimeError):
    """The store's process has ended before it listened; `said` is what it said."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(f"the store's process did not start: {said or 'it says nothing'}")


class EngineDied(RuntimeError):
    """The store's process has ended while it answered, or can answer no more."""


class TooSlow(RuntimeError):
    """A query has taken longer than it may, and was stopped."""


class TooLarge(RuntimeError):
    """A result is larger than it may be, and was not read to its end."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the store answered: the status, the media type and the bytes."""

    status: int
    media_type: str
    body: bytes


def find_program() -> Path:
    """Find the program of the store: beside this Python, or on PATH.

    Raises:
        EngineMissing: it is in neither.
    """
    found = shutil.which(PROGRAM, path=sysconfig.get_path("scripts")) or shutil.which(PROGRAM)
    if found is None:
        raise EngineMissing
    return Path(found)


def make_client() -> httpx.AsyncClient:
    """Make what engines are asked with: no proxy stands between us and our own processes."""
    return httpx.AsyncClient(timeout=None, trust_env=False)  # noqa: S113 - `ask` has its own


class Engine:
    """One process of the store.

    Args:
        program: the `oxigraph` program.
        data: the folder of the RocksDB files, which nobody writes.
        limits: what one query may take.
        client: asks it; one serves many engines, for it takes longer to make than a process.
        ended: called when the process has ended, by whomever.
    """

    def __init__(
        self,
        program: Path,
        data: Path,
        limits: Limits,
        client: httpx.AsyncClient,
        ended: Callable[[], None],
    ) -> None:
        self._program = program
        self._data = data
        self._limits = limits
        self._client = client
        self._ended = ended
        self._url = ""
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._killed = False  # which the system says only after a while

    @property
    def pid(self) -> int | None:
        """The id of the process; None if there is none."""
        return self._process.pid if self._process and self._process.returncode is None else None

    @property
    def fit(self) -> bool:
        """Whether the process is there and has not grown."""
        there = self.pid is not None and not self._killed
        return there and self._memory() <= self._limits.kept_memory

    def _memory(self) -> int:
        """Give the resident memory of the process, in bytes; 0 where the system does not say."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    async def start(self) -> None:
        """Start the process, and wait until it listens.

        Raises:
            EngineNotStarted: it has ended, or does not listen.
        """
        await self.stop()
        self._killed = False
        address = f"127.0.0.1:{_free_port()}"
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", confined.__file__),
            *(str(os.getpid()), str(self._limits.memory), str(self._program)),
            *("serve-read-only", "--location", str(self._data), "--bind", address),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        said = await self._wait_until_it_listens(self._process)
        if not said.startswith(_LISTENING):
            await self.stop()
            raise EngineNotStarted(said.decode(errors="replace").strip())
        self._watch = asyncio.create_task(self._watch_over(self._process))
        self._url = f"http://{address}/query"

    @staticmethod
    async def _wait_until_it_listens(process: asyncio.subprocess.Process) -> bytes:
        assert process.stderr is not None  # noqa: S101 - asked for above
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_START):
                return await process.stderr.readline()
        return b"it does not listen"

    async def stop(self) -> None:
        """End the process at once, if there is one."""
        process, self._process = self._process, None
        watch, self._watch = self._watch, None
        if process is not None:
            _end(process)
            await process.wait()
        if watch is not None:
            watch.cancel()

    async def _watch_over(self, process: asyncio.subprocess.Process) -> None:
        """Read what the process says, so that it can go on saying it; tell when it has ended."""
        assert process.stderr is not None  # noqa: S101 - asked for at the start
        while await process.stderr.read(65536):
            pass
        await process.wait()
        self._ended()

    async def ask(self, asked: Asked) -> Answered:
        """Put a query to the store; whatever keeps it from its end ends the process as well.

        Args:
            asked: the query and its dataset.

        Raises:
            TooSlow: it has taken longer than it may.
            TooLarge: its result has more bytes than it may.
            EngineDied: the process has ended: the query took too much memory, or somebody ended it;
                or it lacks something, such as threads, and is ended.
        """
        finished = False
        try:
            async with asyncio.timeout(self._limits.timeout):
                answered = await self._send(asked)
            finished = answered.status < 500 or _UNSUPPORTED in answered.body
            if not finished:
                said = answered.body[:_LOGGED].decode(errors="replace")
                _LOG.error("the store's process fails: %s", " ".join(said.split()))
                raise EngineDied
        except TimeoutError as error:
            raise TooSlow from error
        except httpx.TransportError as error:
            raise EngineDied from error
        finally:
            if not finished:
                self._kill()
        return answered

    def _kill(self) -> None:
        self._killed = True
        if self._process is not None:
            _end(self._process)

    async def _send(self, asked: Asked) -> Answered:
        parameters = {
            "default-graph-uri": asked.default_graphs,
            "named-graph-uri": asked.named_graphs,
        }
        request = self._client.build_request(
            "POST",
            self._url,
            params=parameters,
            content=asked.query.encode(),
            headers={"Accept": ACCEPTED, "Content-Type": "application/sparql-query"},
        )
        response = await self._client.send(request, stream=True)
        chunks, size = [], 0
        async for chunk in response.aiter_raw():
            size += len(chunk)
            if size > self._limits.max_bytes:
                raise TooLarge
            chunks.append(chunk)
        await response.aclose()
        media_type = response.headers.get("content-type", "").partition(";")[0].strip()
        return Answered(response.status_code, media_type, b"".join(chunks))


def _end(process: asyncio.subprocess.Process) -> None:
    """Kill a process that runs.

    Its own `kill` looks first whether it has ended, and may so take its end away from asyncio's
    watcher, which then complains on standard error.
    """
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def _free_port() -> int:
    """Give a port of loopback that nobody has; should another take it first, the start fails."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
