"""Compare loading and serving the graph with what else Python has, side by side in one run.

Each pair is timed in turn (A B A B …) and reported as the median of the pairwise ratios, as in
benchmarks/build.py. Run it with::

    python benchmarks/stores.py            # 1, 100 and 1,000 copies, then the servers
    python benchmarks/stores.py --quick    # 1 and 10 copies, and every eighth question
    python benchmarks/stores.py --seconds 60 --memory 2    # what one load may take, in s and GB

What is compared:

load
    an N-Quads file into the embedded store on disk, by bulk load as `build --store` does it, and
    the same file into rdflib's Dataset in memory. In a copy each IRI of ours is its own: things,
    passages, sources, rules and graphs. Both are processes of their own, so that the memory is
    theirs alone; it is the largest resident set less that after the imports. Time runs from after
    the imports to a store that has been counted: both must hold as many quads as the file has.

serving
    every question of the catalogue, asked by four clients at once, of `daraa-kg serve`, of the
    bare `oxigraph serve-read-only` on the same store, and of rdflib-endpoint on the same data in
    rdflib's Dataset. All three run on loopback at the same time and are asked in turn; a turn is
    one pass through the catalogue. Given are requests per second, the time within which 99 of 100
    are answered, and the questions without an answer or with other numbers of rows than ours. A
    server that has not answered a request within 60 s is not waited for, and one whose first turn
    takes longer than that has no other; the ratio is then that to our first turn.

A side that takes longer than ``--seconds``, or more memory than ``--memory``, is stopped; then it
is said how much of the file it had read, and the ratio is that of the bytes read in a second. This
favours the side that was stopped, for both grow slower as they fill.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BASE = b"https://w3id.org/daraa-kg/id/"
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
CLIENTS = 4  # as many as one worker of `daraa-kg serve` answers at once
PATIENCE = 60.0  # seconds that a client waits for an answer
PAIRS = {1: 5, 10: 1, 100: 1, 1000: 1}


# --- the file ------------------------------------------------------------------------------------


def write_copies(path: Path, number: int) -> int:
    """Write so many copies of the graph as N-Quads; give the number of quads.

    The text alone is changed, so that a thousand copies take no memory.
    """
    import daraa_kg as dk

    data = dk.load().save(path).read_bytes()
    with path.open("wb") as file:
        file.writelines(data.replace(BASE, b"%bcopy-%d/" % (BASE, copy)) for copy in range(number))
    return data.count(b"\n") * number


# --- one side, in a process of its own -----------------------------------------------------------


class Stopped(Exception):
    """One side has taken all that it may."""


class Counted:
    """A file that knows how much of it has been read, and stops who reads for too long.

    Args:
        file: the file.
        seconds: how long it may be read.
        gigabytes: how large the process that reads may grow.
    """

    def __init__(self, file: IO[bytes], seconds: float, gigabytes: float) -> None:
        self.number = 0
        self.stopped = ""
        self._file = file
        self._seconds = seconds
        self._gigabytes = gigabytes
        self._start = time.perf_counter()

    def read(self, size: int = -1) -> bytes:
        """Read on.

        Raises:
            Stopped: a limit is reached; `stopped` says which.
        """
        if time.perf_counter() - self._start > self._seconds:
            self.stopped = f"after {self._seconds} s"
        elif peak() > self._gigabytes * 1024:
            self.stopped = f"at {self._gigabytes:g} GB"
        if self.stopped:
            raise Stopped(self.stopped)
        data = self._file.read(size)
        self.number += len(data)
        return data

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a file has
        return getattr(self._file, name)


def peak() -> float:
    """Give the largest resident set that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def load_embedded(source: Counted, folder: Path) -> Callable[[], int]:
    """Give the work of a bulk load into a store on disk."""
    import pyoxigraph as ox

    def work() -> int:
        store = ox.Store(str(folder / "store"))
        store.bulk_load(source, format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]
        store.flush()
        return len(store)

    return work


def load_rdflib(source: Counted, folder: Path) -> Callable[[], int]:
    """Give the work of rdflib's parser, into a Dataset in memory."""
    del folder
    import rdflib

    data = rdflib.Dataset()

    def work() -> int:
        data.parse(source=source, format="nquads")  # type: ignore[arg-type]
        return sum(1 for _ in data.quads((None, None, None, None)))

    return work


SIDES = {"embedded": load_embedded, "rdflib": load_rdflib}


def one_side(side: str, path: Path, seconds: int, gigabytes: float) -> None:
    """Load a file and print what it took as JSON."""
    with path.open("rb") as file, tempfile.TemporaryDirectory(dir=path.parent) as folder:
        source = Counted(file, seconds, gigabytes)
        work = SIDES[side](source, Path(folder))
        before, quads, start = peak(), 0, time.perf_counter()
        try:
            quads = work()
        except Exception:  # a parser may make an error of its own of `Stopped`
            if not source.stopped:
                raise
        took = time.perf_counter() - start
    said = {"seconds": took, "peak": peak() - before, "quads": quads}
    print(json.dumps({**said, "read": source.number, "stopped": source.stopped}))


# --- both sides ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Load:
    """What one load took.

    Attributes:
        seconds: until the quads had been counted, or until it was stopped.
        peak: the largest resident set less that before it began, in MB.
        quads: how many are in the store.
        read: bytes of the file.
        stopped: why it did not come to its end; empty if it did.
    """

    seconds: float
    peak: float
    quads: int
    read: int
    stopped: str


def measure(side: str, path: Path, arguments: argparse.Namespace) -> Load:
    """Load a file in a process of its own."""
    limits = ["--seconds", str(arguments.seconds), "--memory", str(arguments.memory)]
    done = subprocess.run(
        [sys.executable, __file__, "--side", side, "--file", str(path), *limits],
        check=True,
        capture_output=True,
        text=True,
    )
    return Load(**json.loads(done.stdout))


def compare_loads(number: int, arguments: argparse.Namespace, folder: Path) -> None:
    """Print how two loads of so many copies compare.

    Raises:
        SystemExit: a side came to its end and holds other than what the file has.
    """
    path = folder / f"{number}.nq"
    done = subprocess.run(
        [sys.executable, __file__, "--copies", str(number), "--file", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    quads, size = int(done.stdout), path.stat().st_size
    copies = f"{number:,} {'copy' if number == 1 else 'copies'}"
    print(f"load      {copies}: {quads:,} quads, {size / 1e6:,.0f} MB of N-Quads", flush=True)
    pairs = []
    for _ in range(1 if arguments.quick else PAIRS[number]):
        ours, theirs = (measure(side, path, arguments) for side in SIDES)
        for load in (ours, theirs):
            if not load.stopped and load.quads != quads:
                message = f"the file has {quads} quads, and one side holds {load.quads}"
                raise SystemExit(message)
        pairs.append((ours, theirs))
    path.unlink()
    ours, theirs = (
        sorted(side, key=lambda load: load.seconds)[len(pairs) // 2]
        for side in zip(*pairs, strict=True)
    )
    rate = statistics.median(a.read / a.seconds / (b.read / b.seconds) for a, b in pairs)
    for name, load in (("embedded", ours), ("rdflib", theirs)):
        stopped = f"   stopped {load.stopped}, at {load.read / size:.0%} of the file"
        print(
            f"          {name:<9}{load.seconds:8.2f} s   {load.peak:7,.0f} MB"
            f"{stopped if load.stopped else ''}"
        )
    least = "at least " if theirs.stopped else ""
    print(f"          ratio     {least}{rate:.1f} in time", end="")
    print(
        "" if ours.stopped or theirs.stopped else f", {theirs.peak / ours.peak:.1f} in memory",
        flush=True,
    )


# --- servers -------------------------------------------------------------------------------------


def serve_rdflib(path: Path, port: int) -> None:
    """Serve a file with rdflib-endpoint, its default graph being the file's own."""
    import rdflib
    import uvicorn
    from rdflib_endpoint import SparqlEndpoint

    data = rdflib.Dataset()  # its command line makes a union, in which every fact is there twice
    data.parse(path, format="nquads")
    uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=port, log_level="error")


@dataclass
class Served:
    """A server, and what it has answered.

    Attributes:
        command: what starts it.
        port: of loopback.
        path: of its endpoint.
        rates: requests per second of each turn.
        times: how long each request took, in seconds.
        rows: how many rows, or lines of a graph, each question had; None if it was not answered.
    """

    command: list[str]
    port: int
    path: str
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    rows: dict[str, int | None] = field(default_factory=dict)

    def ask(self, connection: HTTPConnection, text: str, accept: str) -> bytes | None:
        """Put a query; None if it is not answered."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        try:
            connection.request("POST", self.path, urlencode({"query": text}), headers)
            response = connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            connection.close()  # it is opened again by the next request
            return None
        return body if response.status == 200 else None

    def turn(self, texts: dict[str, tuple[str, str]]) -> None:
        """Ask all questions once, by so many clients at once."""
        local = threading.local()

        def one(name: str) -> None:
            if not hasattr(local, "connection"):
                local.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            start = time.perf_counter()
            body = self.ask(local.connection, *texts[name])
            self.times.append(time.perf_counter() - start)
            self.rows[name] = None if body is None else count_rows(body, texts[name][1])

        start = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            list(clients.map(one, texts))
        self.rates.append(len(texts) / (time.perf_counter() - start))

    @property
    def p99(self) -> float:
        """The time within which 99 of 100 requests were answered, in seconds."""
        return sorted(self.times)[int(0.99 * len(self.times))]


def count_rows(body: bytes, accept: str) -> int:
    """Count the rows, or the triples, of an answer; yes is one and no is none."""
    if accept == TRIPLES:
        return len(set(body.splitlines()) - {b""})
    said = json.loads(body)
    return int(said["boolean"]) if "boolean" in said else len(said["results"]["bindings"])


def free_port() -> int:
    """Give a port of loopback that nobody has."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def compare_servers(folder: Path, turns: int, step: int) -> None:
    """Print how three servers compare on every question of the catalogue, or every eighth."""
    import daraa_kg as dk
    from daraa_kg.catalogue import load_catalogue
    from daraa_kg.stores.embedded import fill

    graph = dk.load()
    file, store = graph.save(folder / "graph.nq"), folder / "store"
    data = store / fill(graph, store).data
    queries = list(load_catalogue().values())[::step]
    texts = {q.name: (q.text, TRIPLES if q.form == "CONSTRUCT" else ROWS) for q in queries}
    ours, bare, rdflib = free_port(), free_port(), free_port()
    here = Path(sys.executable)
    oxigraph = [str(here.with_name("oxigraph")), "serve-read-only", "--location", str(data)]
    served = {
        "daraa-kg serve": Served(
            [str(here), "-m", "daraa_kg", "serve", "--store", str(store), "--port", str(ours)],
            ours,
            "/sparql",
        ),
        "oxigraph": Served([*oxigraph, "--bind", f"127.0.0.1:{bare}"], bare, "/query"),
        "rdflib-endpoint": Served(
            [str(here), __file__, "--endpoint", str(rdflib), "--file", str(file)],
            rdflib,
            "/sparql",
        ),
    }
    with contextlib.ExitStack() as running:
        for server in served.values():
            running.enter_context(started(server))
        for _ in range(turns):
            for server in served.values():
                if not server.rates or len(texts) / server.rates[0] < PATIENCE:
                    server.turn(texts)
    first = served["daraa-kg serve"]
    print(f"serving   {len(texts)} questions, {CLIENTS} clients, {turns} turns each")
    for name, server in served.items():
        rate = statistics.median(server.rates)
        ratio = statistics.median(a / b for a, b in zip(first.rates, server.rates, strict=False))
        print(f"          {name:<16}{rate:8.1f} a second   p99 {server.p99 * 1000:9.1f} ms", end="")
        compared = f"   ratio {ratio:.2f}, p99 {server.p99 / first.p99:.2f}"
        print("" if server is first else compared)
        none = [name for name in texts if server.rows[name] is None]
        other = [name for name in texts if server.rows[name] not in (None, first.rows[name])]
        for what, names in (("not answered", none), ("other numbers of rows", other)):
            if names:
                print(f"          {'':<16}{what}: {', '.join(names)}")


@contextlib.contextmanager
def started(server: Served) -> Iterator[None]:
    """Have a server run.

    Raises:
        SystemExit: it does not answer.
    """
    process = subprocess.Popen(server.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
            if server.ask(connection, "ASK {}", ROWS) is not None:
                break
            time.sleep(0.2)
        else:
            message = f"this does not serve: {' '.join(server.command)}"
            raise SystemExit(message)
        connection.close()
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def main() -> None:
    """Print every comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1 and 10 copies, one pair each")
    parser.add_argument("--seconds", type=int, default=240, help="for one load (default: 240)")
    parser.add_argument("--memory", type=float, default=6, help="GB for one load (default: 6)")
    parser.add_argument("--side", choices=list(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=["load", "serving"], help="one of the comparisons")
    parser.add_argument("--endpoint", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--copies", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.side:
        one_side(arguments.side, arguments.file, arguments.seconds, arguments.memory)
    elif arguments.copies:
        print(write_copies(arguments.file, arguments.copies))
    elif arguments.endpoint:
        serve_rdflib(arguments.file, arguments.endpoint)
    else:
        with tempfile.TemporaryDirectory() as folder:
            if arguments.only != "serving":
                for number in (1, 10) if arguments.quick else (1, 100, 1000):
                    compare_loads(number, arguments, Path(folder))
            if arguments.only != "load":
                compare_servers(Path(folder), *((1, 8) if arguments.quick else (5, 1)))


if __name__ == "__main__":
    main()
