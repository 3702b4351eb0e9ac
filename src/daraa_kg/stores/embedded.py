"""An embedded Oxigraph store on disk: filled at one stroke, and read by many processes.

In the store's folder stand a stamp and one folder of RocksDB files, ``data-1``, which is written
once and never again. The stamp says which folder counts. A fill writes the next one beside it and
then replaces the stamp by a rename: at each moment there is the whole old store or the whole new
one, whatever happens to the process (POSIX has no rename that replaces a folder with files in it).

Who reads holds a shared lock on the folder that they read, so that a fill deletes only what nobody
has open. Oxigraph calls it undefined to read what another process writes; here nobody does.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import shlex
import shutil
import weakref
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .. import __version__
from ..diagnostics import reason
from ..graph.built import Graph
from ..graph.formats import serialize
from ..writing import write_atomically
from .integrity import digests, first_damage
from .locks import lock, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "STAMP",
    "Stamp",
    "StoreError",
    "StoredGraph",
    "fill",
    "is_current",
    "is_store",
    "open_store",
]

STAMP = "daraa-kg-store.json"
_LAYOUT = 2  # of the folder
_DATA = re.compile(r"data-(\d+)")
_ATTEMPTS = 10  # to open what fills keep replacing
_FILLED = "name a folder that daraa-kg build --store has filled"
_ANOTHER = "name a folder that is new or empty"


class StoreError(ValueError):
    """A folder that cannot be filled, or holds no store to be read; `directory` is the folder."""

    def __init__(self, directory: Path, problem: str, hint: str) -> None:
        self.directory = directory
        super().__init__(f"{directory}: {problem}; {hint}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a store holds, and who filled it.

    Attributes:
        version: of daraa-kg.
        oxigraph: the version of the store's library.
        base: where the IRIs of its things start.
        slug: the article's name in IRIs.
        sha256: of the ``.nq`` file that `build` writes of the same graph.
        quads: how many it holds.
        facts: how many of them are in the default graph.
        data: the folder of the RocksDB files; empty while the first fill has not ended.
        files: the SHA-256 of each of these files, by its name.
        layout: of the folder.
    """

    version: str
    oxigraph: str
    base: str
    slug: str
    sha256: str = ""
    quads: int = 0
    facts: int = 0
    data: str = ""
    files: dict[str, str] = field(default_factory=dict, hash=False)
    layout: int = _LAYOUT


class StoredGraph(Graph):
    """A graph that is read from a store on disk; the article's text itself is not in it.

    Attributes:
        directory: the store's folder.
        data: the folder in it whose RocksDB files are read. Other programs can read them too
            (``oxigraph serve-read-only --location``) as long as this graph is alive.
        stamp: what the store says of itself.
    """

    def __init__(self, store: ox.Store, directory: Path, stamp: Stamp) -> None:
        super().__init__(store, base=stamp.base, slug=stamp.slug)
        self.directory = directory
        self.data = directory / stamp.data
        self.stamp = stamp


# --- reading -------------------------------------------------------------------------------------


def is_store(directory: Path) -> bool:
    """Say whether a folder is a store of ours, filled or not."""
    return (directory / STAMP).is_file()


def open_store(directory: str | Path) -> StoredGraph:
    """Open a store for reading, while others read or fill it.

    Args:
        directory: its folder.

    Raises:
        StoreError: it holds no store of ours, or one that was not filled or is damaged.
        OSError: the folder cannot be looked into.
    """
    directory = Path(directory)
    for _ in range(_ATTEMPTS):
        stamp = _stamp(directory)
        data = directory / stamp.data
        held = None
        try:
            held = lock(data, shared=True)
            store = _read(directory, stamp)
        except (OSError, RuntimeError, StoreError) as error:
            unlock(held)
            if _stamp(directory) != stamp:
                continue  # a fill has replaced it since; the new one is as good
            if isinstance(error, StoreError):
                raise
            raise _damaged(directory, _words(error)) from error
        graph = StoredGraph(store, directory, stamp)
        weakref.finalize(graph, unlock, held)
        return graph
    raise StoreError(directory, "this store is being filled again and again", "try it later")


def _read(directory: Path, stamp: Stamp) -> ox.Store:
    """Open the files that a stamp names, if they are what was written."""
    data = directory / stamp.data
    wrong = first_damage(data, stamp.files, directory / STAMP)
    if wrong:
        raise _damaged(directory, wrong)
    return ox.Store.read_only(str(data))


def _stamp(directory: Path) -> Stamp:
    """Give the stamp of a store that can be read."""
    stamp = _written(directory)
    if stamp is None:
        raise _missing(directory)
    if not stamp.data:
        problem = "the fill of this store did not come to its end"
        raise StoreError(directory, problem, _command(directory))
    return stamp


def _written(directory: Path) -> Stamp | None:
    """Read the stamp as it stands; None if there is none.

    Raises:
        StoreError: it is not what this version writes.
    """
    try:
        fields = json.loads((directory / STAMP).read_bytes())
        layout, version = fields["layout"], fields["version"]
        if layout != _LAYOUT:
            problem = f"daraa-kg {version} filled this store, in a form that is not known here"
            raise StoreError(directory, problem, f"{_command(directory)} anew")
        stamp = Stamp(**fields)
        if stamp.data and not isinstance(fields.get("files"), dict):
            raise _damaged(directory, f"{STAMP} does not say what files there are")
        if stamp.data and not _DATA.fullmatch(stamp.data):
            raise _damaged(directory, f"{STAMP} names the data “{stamp.data}”")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _damaged(directory, f"{STAMP} is not what daraa-kg writes") from error
    return stamp


def _command(directory: Path) -> str:
    return f"daraa-kg build --store {shlex.quote(str(directory))} fills it"


def _missing(directory: Path) -> StoreError:
    if not directory.exists():
        return StoreError(directory, "there is no such folder", _command(directory))
    if not directory.is_dir():
        return StoreError(directory, "this is a file, and a store is a folder", _FILLED)
    if not any(directory.iterdir()):
        return StoreError(directory, "this folder is empty", _command(directory))
    problem = f"this is no store of daraa-kg, for {STAMP} is not in it"
    return StoreError(directory, problem, _FILLED)


def _damaged(directory: Path, why: str) -> StoreError:
    return StoreError(directory, f"this store cannot be read: {why}", f"{_command(directory)} anew")


def _words(error: Exception) -> str:
    """Say what the system said, or RocksDB, whose errors are words: what, then where, then why."""
    if isinstance(error, OSError) and error.strerror:
        return reason(error)
    text = str(error)
    if not text.startswith("IO error: "):
        return text
    said = text.rpartition(": ")[2]
    number = next((n for n in errno.errorcode if os.strerror(n) == said), 0)
    return reason(OSError(number, said))


# --- filling -------------------------------------------------------------------------------------


def is_current(graph: Graph, directory: str | Path) -> bool:
    """Say whether a store holds what a fill with this graph would write.

    Args:
        graph: the graph.
        directory: the store's folder; False if there is no store that can be read.
    """
    try:
        stamp = open_store(directory).stamp
    except StoreError:
        return False
    return stamp == replace(_describe(graph), data=stamp.data, files=stamp.files)


def fill(graph: Graph, directory: str | Path) -> Stamp:
    """Write a graph with all its evidence into a store, in place of what that held.

    Who reads the store goes on with what they have opened. If the fill fails or is killed, the
    store is what it was before.

    Args:
        graph: the graph.
        directory: the store's folder: a new one, an empty one, or one that was filled before.

    Returns:
        The stamp that the store has now.

    Raises:
        StoreError: the folder holds something else, another process fills it, or it cannot be
            written.
    """
    directory = Path(directory)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with _alone(directory):
            return _fill(graph, directory)
    except OSError as error:
        problem = f"the store cannot be written: {_words(error)}"
        raise StoreError(directory, problem, _kept(directory)) from error


def _fill(graph: Graph, directory: Path) -> Stamp:
    new = _describe(graph)
    before = _before(directory)
    if before is None:  # it says whose folder this is, before there is anything in it
        before = replace(new, sha256="", quads=0, facts=0)
        _write(before, directory)
    _clear(directory, keep=before.data)
    number = 1 + max((int(path.name.partition("-")[2]) for path in _folders(directory)), default=0)
    stamp = replace(new, data=f"data-{number}")
    try:
        _load(graph, directory / stamp.data)
        stamp = replace(stamp, files=digests(directory / stamp.data))
        _write(stamp, directory)
    except BaseException:
        shutil.rmtree(directory / stamp.data, ignore_errors=True)
        raise
    _clear(directory, keep=stamp.data)
    return stamp


def _describe(graph: Graph) -> Stamp:
    """Make the stamp of a graph, not yet in a folder."""
    return Stamp(
        version=__version__,
        oxigraph=ox.__version__,
        base=graph.base,
        slug=graph.slug,
        sha256=hashlib.sha256(serialize(graph, "nq")).hexdigest(),
        quads=len(graph.quads()),
        facts=len(graph),
    )


def _before(directory: Path) -> Stamp | None:
    """Give the stamp that a folder has, an empty one if it cannot be read; None if it is new.

    Raises:
        StoreError: the folder holds something that is no store of ours.
    """
    try:
        stamp = _written(directory)
    except StoreError:
        return Stamp(__version__, ox.__version__, base="", slug="")
    others = sorted(p.name for p in directory.iterdir() if not p.name.startswith(f".{STAMP}."))
    if stamp is None and others:
        problem = f"this holds something that is no store of daraa-kg ({others[0]})"
        raise StoreError(directory, problem, _ANOTHER)
    return stamp


def _kept(directory: Path) -> str:
    """Say what is to be done when a fill has failed."""
    try:
        before = _written(directory)
    except (StoreError, OSError):
        before = None
    held = before is not None and before.data
    return "what it held before is still there" if held else "name another folder"


def _load(graph: Graph, data: Path) -> None:
    """Write the quads into a new folder, and see that they are there."""
    quads = graph.quads()
    store = ox.Store(str(data))
    store.bulk_extend(quads)
    store.flush()
    del store  # it closes when nothing refers to it
    held = len(ox.Store.read_only(str(data)))
    if held != len(quads):
        problem = f"{len(quads)} quads were written, and {held} are there"
        raise OSError(problem)


def _write(stamp: Stamp, directory: Path) -> None:
    text = json.dumps(asdict(stamp), ensure_ascii=False, indent=2) + "\n"
    write_atomically(directory / STAMP, text.encode())


def _folders(directory: Path) -> list[Path]:
    return [path for path in directory.iterdir() if _DATA.fullmatch(path.name)]


def _clear(directory: Path, *, keep: str) -> None:
    """Delete what earlier fills have left, but for what somebody reads."""
    for path in _folders(directory):
        if path.name == keep:
            continue
        with contextlib.suppress(OSError):  # somebody reads it: a later fill will delete it
            held = lock(path, shared=False)
            shutil.rmtree(path, ignore_errors=True)
            unlock(held)
    for left in directory.glob(f".{STAMP}.*"):
        left.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Keep other fills out."""
    try:
        held = lock(directory, shared=False)
    except BlockingIOError as error:
        problem = "another process is filling this store"
        raise StoreError(directory, problem, "wait until it has done so") from error
    try:
        yield
    finally:
        unlock(held)
