"""What the tests of the embedded store share: a filled one, and Python as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from daraa_kg.stores.embedded import fill

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

Process = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def store(tmp_path: Path, mini_graph: dk.Graph) -> Path:
    """Give the folder of a store that holds the small article."""
    folder = tmp_path / "store"
    fill(mini_graph, folder)
    return folder


@pytest.fixture
def python() -> Iterator[Process]:
    """Give a function that runs code in a process of its own, its streams as pipes.

    The code has its arguments in `argv`, and `wait()` says “ready” and waits for a line.
    """
    started = []
    before = "import sys\nargv = sys.argv[1:]\ndef wait():\n  print('ready', flush=True); input()\n"

    def start(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", before + code, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
