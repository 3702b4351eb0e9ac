"""What the tests of the command line share: running it as a process of its own, and a small article."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HILLFORD = Path(__file__).parent.parent / "fixtures" / "hillford"

Process = Callable[..., subprocess.Popen[bytes]]


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def python() -> Process:
    """Give a function that starts Python as a process of its own, with its streams as pipes."""

    def start(*words: str, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *words],
            # Who started the tests in the background has them, and their children, ignore Ctrl-C.
            preexec_fn=_heed_interrupts if sys.platform != "win32" else None,  # noqa: PLW1509
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", **environment},
        )

    return start


@pytest.fixture
def process(python: Process) -> Process:
    """Give a function that starts the program as a process of its own."""

    def start(*words: str, **environment: str) -> subprocess.Popen[bytes]:
        return python("-m", "daraa_kg", *words, **environment)

    return start


@pytest.fixture
def hillford() -> Path:
    """Give the folder of a small article that has a case of everything a card shows."""
    return HILLFORD


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Give a copy of that folder, to be changed."""
    return Path(shutil.copytree(HILLFORD, tmp_path / "hillford"))


@pytest.fixture
def edit(copy: Path) -> Callable[[str, str], None]:
    """Give a function that replaces words which stand once in the copy's statements."""

    def change(old: str, new: str) -> None:
        path = copy / "statements.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change
