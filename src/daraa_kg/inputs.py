"""The files of one build: which belong together, and how messages name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .assets import asset, default_folder

_SHARED = ("places.yaml", "actors.yaml")
_STATEMENTS = "statements.yaml"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of one build.

    Attributes:
        slug: the article's name in IRIs.
        folder: where article.txt and statements.yaml are; None when only shared files are read.
        shared: files whose ids belong to all articles.
        own: the folder's own places.yaml and actors.yaml.
        statements: the name of the statements file in the folder.
    """

    slug: str
    folder: Path | None
    shared: tuple[Path, ...]
    own: tuple[Path, ...] = ()
    statements: str = _STATEMENTS

    @property
    def files(self) -> list[Path]:
        """Every data file, in a fixed order."""
        names = ("article.txt", self.statements)
        texts = [self.folder / name for name in names] if self.folder else []
        return [*texts, *self.shared, *self.own]


def find_inputs(path: str | Path | None = None) -> Inputs:
    """Find the files that belong to a path.

    Args:
        path: a folder with article.txt and statements.yaml, a file in it (statements may be
            called otherwise), or a file of shared places or actors; the shipped article when not
            given.
    """
    given = default_folder() if path is None else Path(path)
    shipped = tuple(asset("data", name) for name in _SHARED)
    is_file = given.is_file() or (not given.is_dir() and given.suffix in (".yaml", ".yml", ".txt"))
    folder = given.parent if is_file else given
    if is_file and given.name in _SHARED and not (folder / _STATEMENTS).exists():
        if not any(given.exists() and file.samefile(given) for file in shipped):
            return Inputs(_slug(folder), None, (*shipped, given))
        folder = default_folder()  # what places and actors lack may stand in the article
    own = tuple(folder / name for name in _SHARED if (folder / name).exists())
    other = is_file and given.name not in (*_SHARED, "article.txt")
    return Inputs(_slug(folder), folder, shipped, own, given.name if other else _STATEMENTS)


def _slug(folder: Path) -> str:
    """Make the folder's name fit for an IRI."""
    return re.sub(r"[^\w.~-]+", "-", folder.resolve().name).strip("-.") or "article"


def display(path: Path) -> str:
    """Name a file as messages do: from where we are, if it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):  # elsewhere, or a link that leads to itself
        return str(path)
