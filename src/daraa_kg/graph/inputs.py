"""The files of one build: which belong together, and how messages name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..assets import asset, default_folder
from ..diagnostics import CheckFailed, Fault, Location

_SHARED = ("places.yaml", "actors.yaml")
_ARTICLE, _STATEMENTS = "article.txt", "statements.yaml"
_BELOW = tuple(f"{'*/' * depth}{_ARTICLE}" for depth in (1, 2, 3))


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
        names = (_ARTICLE, self.statements)
        texts = [self.folder / name for name in names] if self.folder else []
        return [*texts, *self.shared, *self.own]


def find_inputs(path: str | Path | None = None) -> Inputs:
    """Find the files that belong to a path.

    Args:
        path: a folder with article.txt and statements.yaml, a file in it (statements may be
            called otherwise), or a file of shared places or actors; the shipped article when not
            given.

    Raises:
        CheckFailed: a folder with neither of the two; the fault names one that has them.
    """
    given = default_folder() if path is None else Path(path)
    shipped = tuple(asset("data", name) for name in _SHARED)
    is_file = given.is_file() or (not given.is_dir() and given.suffix in (".yaml", ".yml", ".txt"))
    folder = given.parent if is_file else given
    if given.is_dir() and not any((given / name).exists() for name in (_ARTICLE, _STATEMENTS)):
        raise CheckFailed([Fault(Location(display(given)), *_no_article(given))])
    if is_file and given.name in _SHARED and not (folder / _STATEMENTS).exists():
        if not any(given.exists() and file.samefile(given) for file in shipped):
            return Inputs(_slug(folder), None, (*shipped, given))
        folder = default_folder()  # what places and actors lack may stand in the article
    own = tuple(folder / name for name in _SHARED if (folder / name).exists())
    other = is_file and given.name not in (*_SHARED, _ARTICLE)
    return Inputs(_slug(folder), folder, shipped, own, given.name if other else _STATEMENTS)


def _no_article(folder: Path) -> tuple[str, str]:
    """Say that a folder holds no article, and which one does: one below it, or the shipped one."""
    below = (path.parent for level in _BELOW for path in sorted(folder.glob(level)))
    near = next((home for home in below if (home / _STATEMENTS).exists()), default_folder())
    return (
        f"the folder holds no {_ARTICLE} and no {_STATEMENTS}",
        f"name one that does, such as {display(near)}",
    )


def _slug(folder: Path) -> str:
    """Make the folder's name fit for an IRI."""
    return re.sub(r"[^\w.~-]+", "-", folder.resolve().name).strip("-.") or "article"


def display(path: Path) -> str:
    """Name a file as messages do: from where we are, if it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):  # elsewhere, or a link that leads to itself
        return str(path)
