"""Say so when somebody edits a checkout whose files the installed program does not read."""

from __future__ import annotations

from filecmp import cmp
from pathlib import Path

from ..assets import asset
from .console import echo

_FOLDERS = ("data", "ontology", "queries")


def unread_edits(top: Path) -> Path | None:
    """Give a file of a checkout that differs from the installed copy which is read instead.

    Args:
        top: the folder in which the program runs.
    """
    if not (top / "src" / "daraa_kg").is_dir() or asset("data").is_relative_to(top.resolve()):
        return None
    for folder in _FOLDERS:
        for path in sorted((top / folder).rglob("*")):
            copy = asset(folder) / path.relative_to(top / folder)
            if path.is_file() and not (copy.is_file() and cmp(path, copy, shallow=False)):
                return path.relative_to(top)
    return None


def note_unread_edits() -> None:
    """Note on standard error that an edit here does not count, if one does not."""
    path = unread_edits(Path.cwd())
    if path is not None:
        echo(
            f"note: {path} differs from the installed copy, and that is what is read; "
            "python -m pip install -e . makes what you edit here count",
            stderr=True,
        )
