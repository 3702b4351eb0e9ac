"""Write a site: the page, and beside it the downloads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..writing import write_atomically
from .downloads import make_downloads
from .model import make_model
from .page import fill, is_page, read_page

if TYPE_CHECKING:
    from ..graph.built import Graph

INDEX = "index.html"
_PAGE = "the page"


class ForeignPage(ValueError):
    """A folder whose index.html is somebody else's; `folder` is its path."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"{folder / INDEX} is not a page that daraa-kg has written, and stays as it is; "
            "name another folder"
        )


def write_site(graph: Graph, folder: str | Path, page: str | None = None) -> dict[Path, str]:
    """Write the page of a graph and its downloads into a folder.

    All is made before anything is written, each file is written whole or not at all, and the page
    comes last. Files of other names in the folder stay as they are.

    Args:
        graph: the graph.
        folder: where to; it is made when it is not there.
        page: the built page; that of the package when not given.

    Returns:
        The files, the page first, and what is in each.

    Raises:
        PageMissing: the page has not been built.
        ForeignPage: the folder has an index.html that is not ours.
        OSError: a file cannot be written.
    """
    folder = Path(folder)
    index = folder / INDEX
    empty = read_page() if page is None else page
    if index.exists() and not is_page(index.read_text(encoding="utf-8", errors="replace")):
        raise ForeignPage(folder)
    downloads = list(make_downloads(graph))
    listed = [{"file": one.file, "label": one.label, "bytes": len(one.data)} for one in downloads]
    data = fill(empty, make_model(graph, listed), graph)
    folder.mkdir(parents=True, exist_ok=True)
    for one in downloads:
        write_atomically(folder / one.file, one.data)
    write_atomically(index, data)
    return {index: _PAGE, **{folder / one.file: one.label for one in downloads}}
