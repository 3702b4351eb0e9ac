"""Compare loading the graph into the embedded store with loading it into rdflib, in one run.

Each pair is timed in turn (A B A B …) and reported as the median of the pairwise ratios, as in
benchmarks/build.py. Run it with::

    python benchmarks/stores.py            # 1, 100 and 1,000 copies of the graph
    python benchmarks/stores.py --quick    # 1 and 10 copies, one pair each, to see that it runs
    python benchmarks/stores.py --seconds 60 --memory 2    # what one load may take, in s and GB

An N-Quads file goes into the embedded store on disk, by the bulk load that `build --store` uses,
and into rdflib's Dataset in memory. In a copy each IRI of ours is its own: things, passages,
sources, rules and graphs. Both sides are processes of their own, so that the memory is theirs
alone; it is the largest resident set less that after the imports. Time runs from after the imports
to a store that has been counted: both must hold as many quads as the file has.

A side that takes longer than ``--seconds``, or more memory than ``--memory``, is stopped; then it
is said how much of the file it had read, and the ratio is that of the bytes read in a second. This
favours the side that was stopped, for both grow slower as they fill.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

BASE = b"https://w3id.org/daraa-kg/id/"
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


def main() -> None:
    """Print every comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1 and 10 copies, one pair each")
    parser.add_argument("--seconds", type=int, default=240, help="for one load (default: 240)")
    parser.add_argument("--memory", type=float, default=6, help="GB for one load (default: 6)")
    parser.add_argument("--side", choices=list(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--copies", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.side:
        one_side(arguments.side, arguments.file, arguments.seconds, arguments.memory)
    elif arguments.copies:
        print(write_copies(arguments.file, arguments.copies))
    else:
        with tempfile.TemporaryDirectory() as folder:
            for number in (1, 10) if arguments.quick else (1, 100, 1000):
                compare_loads(number, arguments, Path(folder))


if __name__ == "__main__":
    main()
