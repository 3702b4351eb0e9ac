"""The store on disk: what it holds, who may read it when, and what becomes of a fill that fails."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.queries.catalogue import load_catalogue
from daraa_kg.stores.embedded import STAMP, StoreError, fill, is_current, is_store, open_store

if TYPE_CHECKING:
    import subprocess

Process = Callable[..., "subprocess.Popen[str]"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs locks and signals of POSIX")


def folders(store: Path) -> list[str]:
    return sorted(path.name for path in store.iterdir())


def said(process: subprocess.Popen[str], line: str = "") -> str:
    """Let a waiting process go on, and give what it prints until it ends."""
    out, err = process.communicate(f"{line}\n", timeout=60)
    assert process.returncode == 0, err
    return out


# --- what it holds -------------------------------------------------------------------------------


def test_it_holds_every_quad_and_says_who_filled_it(graph: dk.Graph, tmp_path: Path) -> None:
    stamp = fill(graph, tmp_path / "a" / "store")
    stored = open_store(str(tmp_path / "a" / "store"))
    assert stored.quads() == graph.quads()
    assert (stored.base, stored.slug, stored.stamp) == (graph.base, graph.slug, stamp)
    assert (stamp.quads, stamp.facts) == (len(graph.quads()), len(graph))
    assert (stamp.version, stamp.oxigraph) == (dk.__version__, ox.__version__)
    file = graph.save(tmp_path / "graph.nq")
    assert stamp.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert json.loads((tmp_path / "a" / "store" / STAMP).read_text())["sha256"] == stamp.sha256


def test_every_question_has_the_same_answer_as_without_it(graph: dk.Graph, tmp_path: Path) -> None:
    fill(graph, tmp_path)
    stored = open_store(tmp_path)
    catalogue = load_catalogue()
    assert catalogue
    for name in catalogue:
        here, there = graph.query(name), stored.query(name)
        assert there.rows == here.rows, name
        assert there.to_text(100, ids=True) == here.to_text(100, ids=True)


def test_nothing_can_be_written_through_it(store: Path) -> None:
    stored = open_store(store)
    with pytest.raises(RuntimeError, match="only possible on read-write"):
        stored.store.add(next(iter(stored.store)))


def test_a_second_fill_replaces_the_first_and_touches_nothing_else(
    store: Path, mini_graph: dk.Graph, graph: dk.Graph
) -> None:
    (store / "notes.txt").write_text("mine")
    (store / "data-old").mkdir()
    assert is_current(mini_graph, store)
    assert not is_current(graph, store)
    fill(graph, store)
    assert is_current(graph, store)
    assert not is_current(mini_graph, store)
    assert open_store(store).quads() == graph.quads()
    assert folders(store) == [STAMP, "data-2", "data-old", "notes.txt"]
    fill(open_store(store), store)  # from itself into itself
    assert open_store(store).quads() == graph.quads()


# --- readers -------------------------------------------------------------------------------------

READ = """
from daraa_kg.stores.embedded import open_store
graph = open_store(argv[0])
wait()
print(len(graph.query('SELECT * { GRAPH ?g { ?s ?p ?o } }')), len(list(graph.store)))
"""


def answer(graph: dk.Graph) -> str:
    rows = len(graph.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"))
    return f"{rows} {len(graph.quads())}\n"


def ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    line = process.stdout.readline()
    assert line == "ready\n", process.communicate()


def test_two_processes_read_at_once(store: Path, mini_graph: dk.Graph, python: Process) -> None:
    readers = [python(READ, store), python(READ, store)]
    for reader in readers:
        ready(reader)  # now both have it open
    assert open_store(store).quads() == mini_graph.quads()
    assert [said(reader) for reader in readers] == [answer(mini_graph)] * 2


@posix
def test_who_reads_goes_on_with_what_they_have_opened(
    store: Path, mini_graph: dk.Graph, graph: dk.Graph, python: Process
) -> None:
    reader = python(READ, store)
    ready(reader)
    for _ in range(3):
        fill(graph, store)
    # What it has open is still there; what nobody had open is not.
    assert folders(store) == [STAMP, "data-1", "data-4"]
    assert said(reader) == answer(mini_graph)
    assert said(python("argv = argv" + READ, store)) == "ready\n" + answer(graph)
    fill(graph, store)
    assert folders(store) == [STAMP, "data-5"]


def test_a_graph_that_nobody_holds_any_more_keeps_nothing(
    store: Path, mini_graph: dk.Graph
) -> None:
    stored = open_store(store)
    fill(mini_graph, store)
    assert stored.data.is_dir() or sys.platform == "win32"
    del stored
    fill(mini_graph, store)
    assert folders(store) == [STAMP, "data-3"]


def test_a_store_that_is_replaced_while_it_is_opened_is_opened_all_the_same(
    store: Path, graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daraa_kg.stores import embedded

    read = embedded._stamp
    stamps = [read(store)]
    fill(graph, store)  # data-1, which the stamp was read of, is gone

    def late(directory: Path) -> embedded.Stamp:
        return stamps.pop() if stamps else read(directory)

    monkeypatch.setattr(embedded, "_stamp", late)
    assert open_store(store).quads() == graph.quads()


# --- fills that do not come to their end ---------------------------------------------------------

# Each stops the process dead at one step of a fill: before the data, half-way through them, between
# the data and the stamp, and between the stamp and the cleaning.
KILL = """
import os, signal
import daraa_kg as dk
from daraa_kg.stores import embedded

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

class Half(list):
    def __iter__(self):
        for number, quad in enumerate(super().__iter__()):
            if number == len(self) // 2: die()
            yield quad

def loading(graph, data, load=embedded._load):
    if argv[2] == 'half': graph.quads = lambda: Half(quads)
    load(graph, data)

def stamped(stamp, directory, write=embedded._write):
    if stamp.data and argv[2] == 'loaded': die()
    write(stamp, directory)
    if stamp.data and argv[2] == 'stamped': die()
    if not stamp.data and argv[2] == 'begun': die()

embedded._write = stamped
embedded._load = die if argv[2] == 'described' else loading
graph = dk.load(argv[1])
quads = graph.quads()
embedded.fill(graph, argv[0])
"""

HILLFORD = Path(__file__).parents[2] / "fixtures" / "hillford"


def killed(python: Process, store: Path, step: str) -> None:
    process = python(KILL, store, HILLFORD, step)
    _, err = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, err


@posix
@pytest.mark.parametrize("step", ["described", "half", "loaded"])
def test_a_fill_that_is_killed_leaves_the_old_store(
    store: Path, mini_graph: dk.Graph, python: Process, step: str
) -> None:
    before = (store / STAMP).read_bytes()
    killed(python, store, step)
    assert (store / STAMP).read_bytes() == before
    assert ("data-2" in folders(store)) == (step != "described")
    assert open_store(store).quads() == mini_graph.quads()
    new = dk.load(HILLFORD)
    fill(new, store)
    assert open_store(store).quads() == new.quads()
    assert len(folders(store)) == 2  # what the dead process left is gone


@posix
def test_a_fill_that_is_killed_after_the_swap_has_been_done(store: Path, python: Process) -> None:
    killed(python, store, "stamped")
    new = dk.load(HILLFORD)
    assert open_store(store).quads() == new.quads()
    assert folders(store) == [STAMP, "data-1", "data-2"]
    fill(new, store)
    assert folders(store) == [STAMP, "data-3"]


@posix
@pytest.mark.parametrize("step", ["begun", "half", "loaded"])
def test_a_first_fill_that_is_killed_is_told_and_can_be_done_again(
    tmp_path: Path, python: Process, step: str
) -> None:
    store = tmp_path / "store"
    killed(python, store, step)
    assert is_store(store)
    with pytest.raises(StoreError) as error:
        open_store(store)
    assert str(error.value) == (
        f"{store}: the fill of this store did not come to its end; "
        f"daraa-kg build --store {store} fills it"
    )
    new = dk.load(HILLFORD)
    fill(new, store)
    assert open_store(store).quads() == new.quads()
    assert len(folders(store)) == 2


@posix
def test_a_stamp_half_written_by_a_dead_process_is_cleaned_up(
    tmp_path: Path, mini_graph: dk.Graph
) -> None:
    (tmp_path / f".{STAMP}.x1y2").write_text("{")
    fill(mini_graph, tmp_path)
    assert folders(tmp_path) == [STAMP, "data-1"]


def test_a_fill_that_fails_leaves_the_old_store_and_no_rubbish(
    store: Path, mini_graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folders(store)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("daraa_kg.stores.embedded.write_atomically", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fill(mini_graph, store)
    assert folders(store) == before
    assert open_store(store).quads() == mini_graph.quads()


def test_quads_that_do_not_arrive_are_told(
    store: Path, mini_graph: dk.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daraa_kg.stores import embedded

    class Lost(list[ox.Quad]):
        def __iter__(self) -> Iterator[ox.Quad]:
            return iter(mini_graph.quads()[:-3])

    class Loser:
        def quads(self) -> list[ox.Quad]:
            return Lost(mini_graph.quads())

    load = embedded._load
    monkeypatch.setattr(embedded, "_load", lambda _, data: load(Loser(), data))  # type: ignore[arg-type]
    n = len(mini_graph.quads())
    with pytest.raises(StoreError, match=rf": {n} quads were written, and {n - 3} are there; "):
        fill(mini_graph, store)
    assert folders(store) == [STAMP, "data-1"]


@posix
def test_a_second_fill_at_the_same_time_is_refused(
    store: Path, mini_graph: dk.Graph, python: Process
) -> None:
    code = (
        "from pathlib import Path\nfrom daraa_kg.stores import embedded\n"
        "with embedded._alone(Path(argv[0])): wait()"
    )
    other = python(code, store)
    ready(other)
    with pytest.raises(StoreError) as error:
        fill(mini_graph, store)
    assert str(error.value) == (
        f"{store}: another process is filling this store; wait until it has done so"
    )
    assert open_store(store).quads() == mini_graph.quads()  # reading goes on
    said(other)
    fill(mini_graph, store)


# --- a disk that takes nothing -------------------------------------------------------------------

LIMITED = """
import resource
import daraa_kg as dk
from daraa_kg.stores.embedded import fill
graph = dk.load(argv[1])
graph.quads()
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for store in (argv[0], argv[0] + '-new'):
    try:
        fill(graph, store)
    except ValueError as error:
        print(error)
"""


@posix
def test_a_disk_that_takes_no_more_is_told(
    store: Path, mini_graph: dk.Graph, python: Process
) -> None:
    lines = said(python(LIMITED, store, HILLFORD)).splitlines()
    problem = "the store cannot be written: file too large"
    assert lines == [
        f"{store}: {problem}; what it held before is still there",
        f"{store}-new: {problem}; name another folder",
    ]
    assert open_store(store).quads() == mini_graph.quads()
    assert folders(store) == [STAMP, "data-1"]


READ_ONLY = """
import fcntl, os
import daraa_kg as dk
from daraa_kg.stores.embedded import fill, open_store
graph = dk.load(argv[1])
graph.query('timeline'), graph.quads()
os.chdir(argv[0])
os.chmod('.', 0o555), os.chmod('store', 0o555)
if os.geteuid() == 0: os.seteuid(65534)
print(len(open_store('store').quads()))
for name in ('store', 'new'):
    try:
        fill(graph, name)
    except ValueError as error:
        print(error)
"""


@posix
def test_a_folder_that_cannot_be_written_is_read_all_the_same(
    store: Path, mini_graph: dk.Graph, python: Process
) -> None:
    process = python(READ_ONLY, store.parent, HILLFORD)
    try:
        lines = said(process).splitlines()
    finally:
        store.parent.chmod(0o755)
        store.chmod(0o755)
    assert lines == [
        str(len(mini_graph.quads())),
        "store: the store cannot be written: permission is denied; what it held before is still there",
        "new: the store cannot be written: permission is denied; name another folder",
    ]


# --- folders that are no store -------------------------------------------------------------------


def test_what_is_no_store_of_ours_is_never_filled(tmp_path: Path, mini_graph: dk.Graph) -> None:
    other = tmp_path / "other"
    (other / "data-1").mkdir(parents=True)
    (other / "data-1" / "thesis.txt").write_text("years of work")
    with pytest.raises(StoreError) as error:
        fill(mini_graph, other)
    assert str(error.value) == (
        f"{other}: this holds something that is no store of daraa-kg (data-1); "
        "name a folder that is new or empty"
    )
    assert (other / "data-1" / "thesis.txt").read_text() == "years of work"
    file = tmp_path / "file"
    file.write_text("x")
    for place, reason in (
        (file, "it is a file, and a folder was asked for"),
        (file / "x", "a part of the path is a file, not a folder"),
    ):
        with pytest.raises(StoreError) as error:
            fill(mini_graph, place)
        assert str(error.value) == (
            f"{place}: the store cannot be written: {reason}; name another folder"
        )
    assert file.read_text() == "x"


def test_what_is_no_store_is_not_read(tmp_path: Path) -> None:
    oxigraph = tmp_path / "oxigraph"
    ox.Store(str(oxigraph))
    empty, file = tmp_path / "empty", tmp_path / "file"
    empty.mkdir()
    file.touch()
    fills = "daraa-kg build --store {} fills it"
    filled = "name a folder that daraa-kg build --store has filled"
    for place, problem, hint in (
        (tmp_path / "no", "there is no such folder", fills),
        (empty, "this folder is empty", fills),
        (file, "this is a file, and a store is a folder", filled),
        (oxigraph, f"this is no store of daraa-kg, for {STAMP} is not in it", filled),
    ):
        with pytest.raises(StoreError) as error:
            open_store(place)
        assert str(error.value) == f"{place}: {problem}; {hint.format(place)}"
        assert error.value.directory == place


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", f"this store cannot be read: {STAMP} is not what daraa-kg writes"),
        ("[]", f"this store cannot be read: {STAMP} is not what daraa-kg writes"),
        ('{"layout": 2, "version": "1"}', f"this store cannot be read: {STAMP} is not what"),
        ('{"layout": 9, "version": "8.0"}', "daraa-kg 8.0 filled this store, in a form that is"),
        (None, "this store cannot be read: data-1/CURRENT is missing"),
    ],
)
def test_a_damaged_store_is_told_and_can_be_filled_again(
    store: Path, mini_graph: dk.Graph, text: str | None, problem: str
) -> None:
    if text is None:
        (store / "data-1" / "CURRENT").unlink()
    else:
        (store / STAMP).write_text(text)
    assert not is_current(mini_graph, store)
    with pytest.raises(StoreError) as error:
        open_store(store)
    assert str(error.value).startswith(f"{store}: {problem}")
    assert str(error.value).endswith(f"; daraa-kg build --store {store} fills it anew")
    fill(mini_graph, store)
    assert open_store(store).quads() == mini_graph.quads()


def test_a_stamp_leads_nowhere_outside_its_folder(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store / "data-1", tmp_path / "data-7")
    fields = json.loads((store / STAMP).read_text())
    (store / STAMP).write_text(json.dumps({**fields, "data": "../data-7"}))
    with pytest.raises(StoreError, match=r"names the data “\.\./data-7”"):
        open_store(store)


def test_a_store_can_be_moved(store: Path, mini_graph: dk.Graph) -> None:
    moved = store.rename(store.with_name("elsewhere"))
    assert open_store(moved).quads() == mini_graph.quads()
    fill(mini_graph, moved)
    assert os.listdir(moved.parent) == ["elsewhere"]  # noqa: PTH208 - the names are compared
