"""What the tests of docs/deploy/ share: running the programs that the files there are for."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

Call = Callable[..., tuple[int, str]]


@pytest.fixture(scope="session")
def call() -> Call:
    """Give a function that runs a program and gives its exit code, and all that it says."""

    def run(*words: str | Path) -> tuple[int, str]:
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return run
