"""The server that `serve_load.py` puts under load, and the processes that it has started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

TIMEOUT = 2  # seconds that the server gives a query: so that hostile ones take their turn
STARTUP = 60.0  # seconds


class Server:
    """A `daraa-kg serve` of its own, on a port of loopback."""

    def __init__(self, *options: str) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        words = ["serve", "--port", str(self.port), "--timeout", str(TIMEOUT), *options]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "daraa_kg", *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = f"http://127.0.0.1:{self.port}"

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            TimeoutError: it does not.
        """
        end = time.monotonic() + STARTUP
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if httpx.get(f"{self.url}/sparql?query=ASK%7B%7D", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        message = f"the server does not answer on {self.url}"
        raise TimeoutError(message)

    def children(self) -> list[int]:
        """Give the process ids of all that it has started, and of what these have."""
        found, waiting = [], [self.process.pid]
        while waiting:
            for tasks in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
                try:
                    numbers = [int(word) for word in tasks.read_text().split()]
                except OSError:
                    continue
                found += numbers
                waiting += numbers
        return found

    def stores(self) -> list[int]:
        """Give the processes of the store among them."""
        return [pid for pid in self.children() if b"oxigraph" in command_of(pid)]

    def memory(self) -> tuple[float, float]:
        """Give the resident memory of its own process, and of the others together, in MB."""
        return memory_of(self.process.pid), sum(map(memory_of, self.children()))

    def stop(self) -> tuple[int | None, list[int]]:
        """End it with SIGTERM; give its exit code, and what is left of its processes."""
        started = self.children()
        self.process.send_signal(signal.SIGTERM)
        try:
            code: int | None = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = None
        time.sleep(0.5)
        return code, [pid for pid in started if command_of(pid)]


def command_of(pid: int) -> bytes:
    """Give the words that a process was started with; empty if it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def memory_of(pid: int) -> float:
    """Give the resident memory of a process in MB; 0 if it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
