"""Compare the server with the bare store and with rdflib-endpoint, side by side in one run.

The servers are asked in turn (A B C A B C …) and the ratios are medians of those of the turns, so
that a machine whose speed drifts favours none. Run it with::

    python benchmarks/serving.py            # five turns, every question of the catalogue
    python benchmarks/serving.py --quick    # one turn, every eighth question, to see that it runs

Four clients at once ask the questions of the catalogue of `daraa-kg serve`, of the bare
`oxigraph serve-read-only` on the same store, and of rdflib-endpoint on the same data in rdflib's
Dataset. All three run on loopback at the same time; a turn is one pass through the catalogue. Given
are requests per second, the time within which 99 of 100 are answered, and the questions without an
answer or with other numbers of rows than ours. A server that has not answered a request within 60 s
is not waited for, and one whose first turn takes longer than that has no other; the ratio is then
that to our first turn.
"""

from __future__ import annotations

import argparse
import contextlib
import json
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
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
CLIENTS = 4  # as many as one worker of `daraa-kg serve` answers at once
PATIENCE = 60.0  # seconds that a client waits for an answer


def serve_rdflib(path: Path, port: int) -> None:
    """Serve a file with rdflib-endpoint, its default graph being the file's own."""
    import rdflib
    import uvicorn
    from rdflib_endpoint import SparqlEndpoint

    # Its command line asks the union of all graphs, where the vocabulary stands among the facts.
    data = rdflib.Dataset()
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
    from daraa_kg.queries.catalogue import load_catalogue
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
    print(f"{len(texts)} questions, {CLIENTS} clients, {turns} turns each")
    for name, server in served.items():
        rate = statistics.median(server.rates)
        ratio = statistics.median(a / b for a, b in zip(first.rates, server.rates, strict=False))
        print(f"{name:<16}{rate:8.1f} a second   p99 {server.p99 * 1000:9.1f} ms", end="")
        compared = f"   ratio {ratio:.2f}, p99 {server.p99 / first.p99:.2f}"
        print("" if server is first else compared)
        none = [name for name in texts if server.rows[name] is None]
        other = [name for name in texts if server.rows[name] not in (None, first.rows[name])]
        for what, names in (("not answered", none), ("other numbers of rows", other)):
            if names:
                print(f"{'':<16}{what}: {', '.join(names)}")


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
    """Print how the three compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one turn, every eighth question")
    parser.add_argument("--endpoint", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.endpoint:
        serve_rdflib(arguments.file, arguments.endpoint)
        return
    with tempfile.TemporaryDirectory() as folder:
        compare_servers(Path(folder), *((1, 8) if arguments.quick else (5, 1)))


if __name__ == "__main__":
    main()
