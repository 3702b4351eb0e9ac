"""Running the server: its port, its folder, its processes and their end.

The port is taken before anything else is done, so that a taken one is said in a sentence.
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
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyoxigraph as ox

from ..stores.embedded import Stamp, StoredGraph, fill, open_store
from .confined import end_with
from .served import HOME, Served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.applications import Starlette

    from ..graph.built import Graph

__all__ = ["CannotServe", "Settings", "serve"]

_WAIT = 5  # seconds beyond a query's own for answers that are being sent when the server ends
_CONNECTIONS = 1024  # open ones; above that a request is told to come back
_EXPLORED = 500_000  # quads that the explorer's page holds at most
_LOG = logging.getLogger("daraa_kg.server")
_LOG_CONFIG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "access": {"format": "%(asctime)s %(message)s"},
        "said": {"format": "%(asctime)s %(levelname)s: %(message)s"},
    },
    "handlers": {
        "access": {"class": "logging.StreamHandler", "formatter": "access"},
        "said": {"class": "logging.StreamHandler", "formatter": "said"},
    },
    "loggers": {
        "daraa_kg.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        "daraa_kg.server": {"handlers": ["said"], "level": "INFO", "propagate": False},
        "uvicorn.error": {"handlers": ["said"], "level": "WARNING", "propagate": False},
    },
}


class CannotServe(ValueError):
    """The server cannot start; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is served.

    Attributes:
        open_graph: gives the graph; each worker calls it, so it must be picklable.
        host: the address to listen at.
        port: the port; 0 for any that is free.
        timeout: seconds that a query may take.
        max_rows: rows that a result may have.
        workers: processes that answer.
        public: where the server's addresses start for its visitors, with a ``/`` at the end, when
            that is neither in the IRIs nor where it listens; None if it is.
    """

    open_graph: Callable[[], Graph]
    host: str = "127.0.0.1"
    port: int = 8000
    timeout: int = 10
    max_rows: int = 10_000
    workers: int = 1
    public: str | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """What makes the application in the process that runs it.

    Attributes:
        settings: how the graph is served.
        data: the folder of the store's files.
        origin: where the server's addresses start.
        stamp: of the store that was served from the start; None if the graph is built. A worker
            that starts later reads that store, even if a fill has replaced it since.
        parent: the process that starts the workers; 0 when there is but one.
        explorer: the explorer's page, when there is one; its downloads stand beside it.
    """

    settings: Settings
    data: Path
    origin: str
    stamp: Stamp | None = None
    parent: int = 0
    explorer: Path | None = None

    def __call__(self) -> Starlette:
        """Make the application."""
        from .app import make_app

        if self.parent:
            end_with(self.parent, signal.SIGTERM)
        settings = self.settings
        graph = self._graph()
        served = Served(
            graph=graph,
            base=graph.base,
            origin_base=self.origin,
            explorer=self.explorer,
            max_rows=settings.max_rows,
            timeout=settings.timeout,
        )
        return make_app(served, self.data)

    def _graph(self) -> Graph:
        if self.stamp is None:
            return self.settings.open_graph()
        # The first process keeps it from being deleted as long as it runs.
        return StoredGraph(ox.Store.read_only(str(self.data)), self.data.parent, self.stamp)


def serve(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve a graph until the process is told to end (SIGTERM, SIGINT).

    Args:
        settings: how.
        ready: called with the server's address once it answers.

    Raises:
        CannotServe: the port is taken, or the folder for the store cannot be written.
        EngineMissing: the store's program is not installed.
        NotInstalled: a package of the extra ``serve`` is missing.
    """
    from ..extras import needed_for

    with needed_for("serving", "serve"):
        import brotli  # noqa: F401 - the pages need them, and it is better known now
        import httpx  # noqa: F401
        import jinja2  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    from .engine import find_program

    find_program()
    listener = _listen(settings.host, settings.port)
    with contextlib.closing(listener), _ended_by_signals():
        graph = settings.open_graph()
        with _stored(graph) as data, contextlib.ExitStack() as later:
            _try_store(data)
            explorer = later.enter_context(_explored(graph))
            address = _address(settings.host, listener.getsockname()[1])
            origin = settings.public or _origin(graph.base, address)
            stamp = graph.stamp if isinstance(graph, StoredGraph) else None
            worker = Worker(settings, data, origin, stamp, explorer=explorer)
            _run(worker, listener, ready, address)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Only of sockets that name TCP asyncio knows that it may send small pieces at once.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotServe(_unbound(host, port, error)) from error
    return listener


def _unbound(host: str, port: int, error: Exception) -> str:
    import errno

    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return f"port {port} is taken by another program; name another with --port"
    if code == errno.EACCES:
        return f"port {port} is for the administrator alone; name one above 1023 with --port"
    if isinstance(error, socket.gaierror) or code == errno.EADDRNOTAVAIL:
        return f"“{host}” is no address of this machine; name one with --host, such as 127.0.0.1"
    return f"cannot listen at {host}, port {port}: {error}"


@contextlib.contextmanager
def _stored(graph: Graph) -> Iterator[Path]:
    """Give a folder with the store's files: the graph's own, or a new one for as long as we run."""
    if isinstance(graph, StoredGraph):
        yield graph.data
        return
    try:
        folder = Path(tempfile.mkdtemp(prefix="daraa-kg-"))
    except OSError as error:
        message = (
            f"the folder for temporary files cannot be written: {error.strerror or error}; "
            "name another in TMPDIR, or serve a store with --store"
        )
        raise CannotServe(message) from error
    try:
        fill(graph, folder / "store")
        yield open_store(folder / "store").data
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _explored(graph: Graph) -> Iterator[Path | None]:
    """Give the explorer's page of a graph, for as long as we run; None where there can be none.

    A graph of many articles would make a page that no browser holds; all else is served of it.
    """
    from ..site.page import PageMissing
    from ..site.writing import INDEX, write_site

    if len(graph.store) > _EXPLORED:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="explorer-of-daraa-kg-") as folder:
        try:
            write_site(graph, folder)
        except PageMissing as error:
            _LOG.warning("no explorer is served: %s", error)
            yield None
            return
        yield Path(folder) / INDEX


def _try_store(data: Path) -> None:
    """Start the store once, for a failure in the workers is said with a traceback by uvicorn."""
    from .engine import EngineNotStarted
    from .engines import Engines
    from .limits import Limits

    async def attempt() -> None:
        engines = Engines(data, Limits(at_once=1))
        await engines.start()
        await engines.stop()

    try:
        asyncio.run(attempt())
    except EngineNotStarted as error:
        message = f"{error}; fill the store anew, or install the extra “serve” again"
        raise CannotServe(message) from error


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _origin(base: str, address: str) -> str:
    """Give where the server's addresses start: those of the base, if it can be ours."""
    split = urlsplit(base)
    if base.startswith(HOME) or split.scheme not in ("http", "https"):
        return address
    return f"{split.scheme}://{split.netloc}/"


def _run(
    worker: Worker, listener: socket.socket, ready: Callable[[str], None], address: str
) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from .connection import PatientConnection

    class Announced(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(address)

    settings = worker.settings
    config = uvicorn.Config(
        worker,
        factory=True,
        workers=settings.workers,
        http=PatientConnection,
        ws="none",
        lifespan="on",
        log_config=_LOG_CONFIG,
        access_log=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=64 * 1024,
        timeout_graceful_shutdown=settings.timeout + _WAIT,
    )
    if settings.workers == 1:
        Announced(config).run(sockets=[listener])
        return
    listener.listen(config.backlog)
    config.app = replace(worker, parent=os.getpid())
    supervisor = Multiprocess(config, [listener])
    ready(address)
    supervisor.run()


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Take SIGTERM and SIGINT as the ordinary end, after which the folder is removed.

    uvicorn has handlers of its own while it runs, and raises again what it has caught.
    """

    def end(number: int, frame: object) -> None:
        del number, frame
        sys.exit(0)

    before = {one: signal.signal(one, end) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
