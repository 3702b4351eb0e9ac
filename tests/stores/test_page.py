"""docs/stores.md: its commands for Oxigraph and Virtuoso are run as they stand there."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from daraa_kg.cli import main
from daraa_kg.cli.endpoint import PASSWORD

from .conftest import TOP
from .oxigraph.conftest import oxigraph
from .virtuoso.conftest import virtuoso

if TYPE_CHECKING:
    from .conftest import Server
    from .oxigraph.conftest import Oxigraph

__all__ = ["oxigraph", "virtuoso"]  # fixtures

PAGE = TOP / "docs" / "stores.md"

pytestmark = pytest.mark.skipif(
    not PAGE.exists(), reason="the documents are in a checkout, not in the wheel"
)


def commands(heading: str) -> list[str]:
    """Give the commands of ours that stand below a heading."""
    text = PAGE.read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^daraa-kg (.+)$", section, flags=re.MULTILINE)
    assert found
    return found


def follow(heading: str, address: str, server: str) -> None:
    for command in commands(heading):
        assert address in command
        assert main(shlex.split(command.replace(address, server))) == 0, command


def test_the_commands_for_oxigraph(oxigraph: Oxigraph) -> None:
    follow("Oxigraph", "http://localhost:7878", oxigraph().url)


def test_the_commands_for_virtuoso(
    virtuoso: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(PASSWORD, "dba")
    follow("Virtuoso", "http://localhost:8890/sparql", virtuoso.url)


def test_the_commands_that_were_not_tried_can_at_least_be_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in commands("Not tried here"):
        assert main([*shlex.split(command), "--help"]) == 0
        words = [word for word in shlex.split(command) if word.startswith("--")]
        shown = capsys.readouterr().out
        assert all(word in shown for word in words)
