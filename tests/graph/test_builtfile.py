"""Graphs that are read back from files: whole ones alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daraa_kg.cli import main
from daraa_kg.graph.builtfile import BuiltFileError, CutShort, read_built
from daraa_kg.stores.plan import plan_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import daraa_kg as dk

READERS = (read_built, plan_file)


@pytest.fixture
def lines(mini_graph: dk.Graph, tmp_path: Path) -> list[str]:
    """Give the lines of a small article's file of quads."""
    return mini_graph.save(tmp_path / "whole.nq").read_text(encoding="utf-8").splitlines(True)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[list[str]], Path]:
    def file(lines: list[str]) -> Path:
        path = tmp_path / "x.nq"
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return file


@pytest.mark.parametrize("read", READERS)
def test_a_whole_file_is_read(
    read: Callable[[Path], object], lines: list[str], write: Callable[[list[str]], Path]
) -> None:
    read(write(lines))
    read(write(lines[::-1]))  # the order says nothing


@pytest.mark.parametrize("read", READERS)
def test_a_file_that_is_cut_at_the_end_of_a_line_is_not(
    read: Callable[[Path], object], lines: list[str], write: Callable[[list[str]], Path]
) -> None:
    for end in [*range(0, len(lines), 29), len(lines) - 1]:
        with pytest.raises(BuiltFileError):
            read(write(lines[:end]))
        with pytest.raises(BuiltFileError):
            read(write(lines[::-1][:end]))


@pytest.mark.parametrize("read", READERS)
def test_what_is_missing_is_said(
    mini_graph: dk.Graph,
    read: Callable[[Path], object],
    lines: list[str],
    write: Callable[[list[str]], Path],
) -> None:
    facts = len(mini_graph)
    with pytest.raises(CutShort) as error:
        read(write(lines[3:]))
    path = write(lines[3:])
    assert str(error.value) == (
        f"{path}: this file says that it has {facts:,} facts, and {facts - 3:,} are in it: it was "
        "cut short; copy or build it again"
    )
    graph = lines[-1].rpartition(" <")[2].partition(">")[0]
    with pytest.raises(CutShort) as error:
        read(write(lines[:-1]))
    assert str(error.value).startswith(f"{path}: 1 of the ")
    assert str(error.value).endswith(
        f" graphs that this file lists are not in it, or not whole, such as <{graph}>: it was cut "
        "short; copy or build it again"
    )
    silent = [line for line in lines if "/dataset> <http://rdfs.org/ns/void#" not in line]
    with pytest.raises(CutShort, match=r"breaks off before it says what it holds; copy or build"):
        read(write(silent))


def test_a_verb_says_so_with_exit_code_1(
    lines: list[str], write: Callable[[list[str]], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", "--article", str(write(lines[:-1]))]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "it was cut short; copy or build it again" in err
    assert err.count("\n") == 1
