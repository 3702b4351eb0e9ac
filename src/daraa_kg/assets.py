"""Where the ontology, the data and the queries are: in the wheel, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent.parent

DEFAULT_SLUG = "2021-daraa-offensive"


class AssetMissing(FileNotFoundError):
    """A file that ships with daraa-kg is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} ships with daraa-kg but is not there: install the package again")

    def __str__(self) -> str:
        return str(self.args[0])


def asset(*parts: str) -> Path:
    """Give the path of a shipped file or folder, such as ``asset("ontology", "daraa-kg.ttl")``.

    Raises:
        AssetMissing: nothing stands at that place.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    path = root.joinpath(*parts)
    if not path.exists():
        raise AssetMissing(path)
    return path


def default_folder() -> Path:
    """Give the folder of the article that ships with daraa-kg."""
    return asset("data", "articles", DEFAULT_SLUG)
