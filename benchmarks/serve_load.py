"""Put `daraa-kg serve` under load, the catalogue's questions mixed with hostile ones.

Nothing here is timed for its own sake; what is looked at is whether the server holds. Run it with::

    python benchmarks/serve_load.py                  # 60 s, 50 connections
    python benchmarks/serve_load.py --kill-child     # a process of the store is killed each second
    python benchmarks/serve_load.py --seconds 5 --connections 20

It starts a server on loopback, asks each question of the catalogue once, and keeps the answers.
Then each connection draws one hostile request for four questions: cross products, endless paths and
texts, huge results, SERVICE, LOAD, updates, bad syntax, large and broken requests, clients that
leave. It holds if

- every question is answered as before, or with 503 and Retry-After; every hostile request with the
  answers that `loadrequests.py` has beside it, or 503; nothing else has a 5xx, or no answer at all;
- after the load every question has the answer that it had before;
- the server's own process is not larger by more than four of the largest results (32 MB each) than
  it was after the first questions, not even after twenty results that are too large to be sent;
- with ``--kill-child``, there are as many processes of the store at the end as at the beginning;
- SIGTERM ends the server with exit code 0, and no process of it is left.

Whatever does not hold is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import signal
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from loadrequests import LEAVING, QUERY, ROWS, Request, hostile, questions
from loadserver import TIMEOUT, Server

GROWTH = 4 * 32.0  # MB that the server's own process may be larger after the load
FLOOD = 20  # results that are too large, one after another for each of the server's processes
HOSTILE = 0.2  # of the requests


@dataclass
class Load:
    """What a load has brought to light.

    Attributes:
        counts: how often each request had which status; 0 is no answer.
        faults: what did not hold, and how often.
        memory: of the server's own process and of the others, in MB, every half second.
        killed: how many processes of the store were killed.
    """

    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    killed: int = 0

    def answered(self, *statuses: int) -> int:
        """Count the requests that had one of these statuses."""
        return sum(n for (_, status), n in self.counts.items() if status in statuses)


async def send(client: httpx.AsyncClient, request: Request) -> httpx.Response | str:
    """Send a request; give the name of the error if it has no answer."""
    try:
        return await client.request(
            request.method, request.path, content=request.body, headers=dict(request.headers)
        )
    except httpx.TransportError as error:
        return type(error).__name__


def answer_of(response: httpx.Response) -> object:
    """Give an answer in a form that compares: rows and triples have no order of their own."""
    if response.headers["content-type"].startswith(ROWS):
        said: dict[str, Any] = response.json()
        rows = said.get("results", {}).get("bindings", said.get("boolean"))
        return sorted(map(repr, rows)) if isinstance(rows, list) else rows
    return sorted(response.text.splitlines())


async def answers(client: httpx.AsyncClient, asked: dict[str, Request]) -> dict[str, object]:
    """Ask each question until it is answered, for a server may be busy for a while.

    Raises:
        SystemExit: it is not answered.
    """
    found = {}
    for name, request in asked.items():
        for _ in range(60):
            response = await send(client, request)
            if isinstance(response, httpx.Response) and response.status_code == 200:
                found[name] = answer_of(response)
                break
            await asyncio.sleep(0.5)
        else:
            message = f"the question {name} is not answered: {response!r}"
            raise SystemExit(message)
    return found


async def leave(server: Server, request: Request) -> None:
    """Send a request, or the half of it, and leave without reading the answer."""
    body = request.body if request.name == LEAVING[0] else request.body[: len(request.body) // 2]
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {QUERY}\r\n"
        f"Content-Length: {len(request.body)}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(head.encode() + body)
    await writer.drain()
    await asyncio.sleep(0.3)
    writer.close()


async def flood(client: httpx.AsyncClient, processes: int) -> None:
    """Ask for what is too large, on all processes of the store at once.

    What the server keeps of these results shows in its memory; and a process that was killed while
    it had nothing to do is missed now.
    """
    large = (request for request in hostile() if request.name == "cross product")
    waiting = itertools.repeat(next(large), FLOOD)

    async def ask() -> None:
        for request in waiting:
            await send(client, request)

    await asyncio.gather(*(ask() for _ in range(processes)))


async def restored(server: Server, processes: int) -> int:
    """Wait until all processes that have ended are there again; give how many there are."""
    for _ in range(60):
        if len(server.stores()) == processes:
            break
        await asyncio.sleep(0.5)
    return len(server.stores())


def judge(
    request: Request, response: httpx.Response | str, expected: dict[str, object], load: Load
) -> None:
    """Note what an answer was, and what is wrong with it."""
    status = 0 if isinstance(response, str) else response.status_code
    load.counts[request.name, status] += 1
    if status not in (*request.allowed, 503):
        how = f"not at all ({response})" if isinstance(response, str) else str(status)
        load.faults[f"{request.name} was answered {how}"] += 1
    if isinstance(response, str):
        return
    if status == 200 and request.name in expected:
        if answer_of(response) != expected[request.name]:
            load.faults[f"{request.name} had another answer than before"] += 1
        return
    if "Traceback" in response.text:
        load.faults[f"{request.name} was answered with a stack trace"] += 1
    stopped = "was stopped" in response.text  # which it would be again: there is no use in a retry
    if status == 503 and "retry-after" not in response.headers and not stopped:
        load.faults[f"{request.name} was answered 503 without Retry-After"] += 1


async def put_under_load(
    server: Server, *, seconds: float, connections: int, kill: bool = False
) -> Load:
    """Ask, load, and ask again.

    Args:
        server: one that answers.
        seconds: how long the load lasts.
        connections: how many clients there are.
        kill: whether a process of the store is killed each second.
    """
    load = Load()
    asked, unkind = questions(), hostile()
    waits = httpx.Timeout(60.0)
    # A connection that the server may close at any moment, having been idle, is not used again.
    pool = httpx.Limits(max_connections=connections, keepalive_expiry=1.0)
    client = httpx.AsyncClient(base_url=server.url, timeout=waits, limits=pool, trust_env=False)
    async with client:
        expected = await answers(client, asked)
        processes = len(server.stores())
        load.memory.append(server.memory())
        end = time.monotonic() + seconds

        async def visit(number: int) -> None:
            choose = random.Random(number)  # noqa: S311 - a mix, and the same in each run
            kind = list(asked.values())
            while time.monotonic() < end:
                request = choose.choice(unkind if choose.random() < HOSTILE else kind)
                if request.name in LEAVING:
                    await leave(server, request)
                    load.counts[request.name, 0] += 1
                    continue
                response = await send(client, request)
                judge(request, response, expected, load)
                if isinstance(response, httpx.Response) and response.status_code == 503:
                    await asyncio.sleep(0.1)

        async def watch() -> None:
            for number in itertools.count():
                if time.monotonic() >= end:
                    return
                await asyncio.sleep(0.5)
                load.memory.append(server.memory())
                stores = server.stores()
                if kill and number % 2 and stores:
                    os.kill(stores[number % len(stores)], signal.SIGKILL)
                    load.killed += 1

        await asyncio.gather(watch(), *map(visit, range(connections)))
        await asyncio.sleep(TIMEOUT + 1)  # what is still being answered ends
        after = await answers(client, asked)
        load.memory.append(server.memory())
        for name, answer in after.items():
            if answer != expected[name]:
                load.faults[f"{name} has another answer after the load"] += 1
        await flood(client, processes)
        left = await restored(server, processes)
        if left != processes:
            load.faults[f"{left} processes of {processes} are there after the load"] += 1
    growth = load.memory[-1][0] - load.memory[0][0]
    if growth > GROWTH:
        load.faults[f"the server's own process has grown by {growth:.0f} MB"] += 1
    return load


def eighths(sizes: list[float]) -> list[float]:
    """Give the medians of the eighths of the time."""
    parts = (sizes[n * len(sizes) // 8 : (n + 1) * len(sizes) // 8] for n in range(8))
    return [statistics.median(part or sizes) for part in parts]


def stop(server: Server, load: Load) -> None:
    """End the server, and note what it leaves behind."""
    code, left = server.stop()
    if code != 0:
        load.faults[f"SIGTERM ends the server with {code}"] += 1
    if left:
        load.faults[f"{len(left)} processes are left after the server's end"] += 1


# --- the report ----------------------------------------------------------------------------------


def report(load: Load, seconds: float) -> None:
    """Print what happened."""
    names = set(questions())
    rows: dict[str, Counter[int]] = {"the questions of the catalogue": Counter()}
    for (name, status), number in sorted(load.counts.items()):
        shown = "the questions of the catalogue" if name in names else name
        rows.setdefault(shown, Counter())[status] += number
    for name, statuses in rows.items():
        said = ", ".join(f"{status or 'no answer'} {n}" for status, n in sorted(statuses.items()))
        print(f"{name:<31} {said}")
    total = load.counts.total()
    print(f"\n{total} requests in {seconds:g} s, {load.killed} processes killed")
    for what, i in (("the server's own process", 0), ("the store's processes", 1)):
        sizes = [pair[i] for pair in load.memory]
        medians = " ".join(f"{size:.0f}" for size in eighths(sizes))
        print(
            f"memory of {what}, MB: {sizes[0]:.0f} before, {sizes[-1]:.0f} after, at most "
            f"{max(sizes):.0f}; medians of the eighths of the time {medians}"
        )
    for fault, number in sorted(load.faults.items()):
        print(f"fault: {fault}{f' ({number} times)' if number > 1 else ''}")
    print("it does not hold" if load.faults else "it holds")


def main() -> int:
    """Put a server under load; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--kill-child", action="store_true")
    arguments = parser.parse_args()
    server = Server()
    try:
        server.wait()
        load = asyncio.run(
            put_under_load(
                server,
                seconds=arguments.seconds,
                connections=arguments.connections,
                kill=arguments.kill_child,
            )
        )
        stop(server, load)
    finally:
        server.process.kill()
    report(load, arguments.seconds)
    return 1 if load.faults else 0


if __name__ == "__main__":
    sys.exit(main())
