"""Stores whose files were damaged: one sentence, before any query could go on without end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from daraa_kg.queries.sparql import QueryFailed
from daraa_kg.stores import integrity
from daraa_kg.stores.embedded import STAMP, StoreError, open_store
from daraa_kg.stores.integrity import Files, words_of_damage

Run = Callable[..., tuple[int, str, str]]

GROUPED = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path) -> None:
    """Change twenty bytes near the start, which are data and not the table of contents."""
    data = bytearray(file.read_bytes())
    start = min(100, len(data) // 2)
    data[start : start + 20] = (byte ^ 0xFF for byte in data[start : start + 20])
    file.write_bytes(data)


def largest(store: Path) -> Path:
    return max((store / "data-1").glob("*.sst"), key=lambda path: (path.stat().st_size, path))


@pytest.mark.parametrize("harm", [cut, flip, Path.unlink])
@pytest.mark.parametrize("pattern", ["*.sst", "MANIFEST-*", "CURRENT"])
def test_each_file_is_compared_before_a_question_is_put(
    harm: Callable[[Path], None], pattern: str, store: Path
) -> None:
    """With a manifest cut short, RocksDB opens an empty store and finds nothing wrong."""
    for file in (store / "data-1").glob(pattern):
        kept = file.read_bytes()
        harm(file)
        with pytest.raises(StoreError) as error:
            open_store(store)
        what = "is missing" if harm is Path.unlink else "is not as it was written"
        assert str(error.value) == (
            f"{store}: this store cannot be read: data-1/{file.name} {what}; "
            f"daraa-kg build --store {store} fills it anew"
        )
        file.write_bytes(kept)
    assert len(open_store(store)) > 100


@pytest.mark.parametrize(
    "words",
    [
        ("query", GROUPED, "--store", "store"),
        ("ledger", "--article", "store"),
        ("serve", "--port", "0", "--store", "store"),
    ],
)
def test_a_verb_that_reads_it_says_so_and_ends(
    words: tuple[str, ...], store: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(store.parent)
    file = largest(store)
    flip(file)
    assert run(*words) == (
        2,
        "",
        f"error: store: this store cannot be read: data-1/{file.name} is not as it was written; "
        "daraa-kg build --store store fills it anew\n",
    )


def test_of_a_large_store_what_is_newer_than_its_stamp_is_compared(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "_SMALL", 0)
    flip(largest(store))
    stamped = (store / STAMP).stat().st_mtime_ns
    os.utime(largest(store), ns=(stamped + 1, stamped + 1))
    with pytest.raises(StoreError, match=r"is not as it was written"):
        open_store(store)
    os.utime(largest(store), ns=(stamped, stamped))
    open_store(store)


def test_a_stamp_that_names_no_files_is_not_trusted(store: Path) -> None:
    stamp = store / STAMP
    text = stamp.read_text()
    stamp.write_text(text.replace('"files": {', '"files": [], "others": {'))
    with pytest.raises(StoreError, match=r"is not what daraa-kg writes"):
        open_store(store)
    start, end = text.index('"files": {'), text.index("}") + 1
    stamp.write_text(f'{text[:start]}"files": []{text[end:]}')
    with pytest.raises(StoreError, match=r"does not say what files there are"):
        open_store(store)


def test_damage_that_is_met_later_is_one_sentence_too(store: Path) -> None:
    """As RocksDB itself words it, straight from the store and as the reason of a question."""
    for file in (store / "data-1").glob("*.sst"):
        flip(file)
    with pytest.raises(RuntimeError, match=r"^Corruption: ") as met:
        list(ox.Store.read_only(str(store / "data-1")))
    said = words_of_damage(met.value)
    assert said.startswith(f"{store}: this store cannot be read: Corruption: ")
    assert said.endswith(f"; daraa-kg build --store {store} fills it anew")
    failed = QueryFailed("query", str(met.value))
    failed.__cause__ = met.value
    assert words_of_damage(failed) == said
    assert words_of_damage(OSError(28, "No space left on device")) == ""
    assert words_of_damage(RuntimeError("The custom function <x:y> is not supported")) == ""


@pytest.mark.parametrize("named", ["{0}/work in progress/my store", "work in progress/my store"])
@pytest.mark.parametrize("harm", [cut, flip, Path.unlink])
def test_a_path_with_spaces_is_told_in_full(
    harm: Callable[[Path], None],
    named: str,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """RocksDB names a file after other words, and does not say where its path begins."""
    monkeypatch.chdir(tmp_path)
    folder = named.format(tmp_path)
    Path(folder).parent.mkdir()
    store.rename(folder)
    for file in (Path(folder) / "data-1").glob("*.sst"):
        harm(file)
    with pytest.raises(StoreError) as error:
        open_store(folder)
    assert str(error.value).endswith(f"; daraa-kg build --store '{folder}' fills it anew")
    with pytest.raises(RuntimeError, match=r"^Corruption: ") as met:
        list(ox.Store.read_only(f"{folder}/data-1"))
    said = words_of_damage(met.value)
    assert said.startswith(f"{folder}: this store cannot be read: Corruption: ")
    assert said.endswith(f"; daraa-kg build --store '{folder}' fills it anew")


def test_files_that_are_open_are_looked_at_once_a_second(store: Path) -> None:
    now = 100.0
    files = Files(store / "data-1", clock=lambda: now)
    kept = largest(store).stat().st_mtime_ns
    os.utime(largest(store), ns=(kept + 1, kept + 1))
    now = 100.9
    assert not files.are_changed()
    now = 101.0
    assert files.are_changed()
    os.utime(largest(store), ns=(kept, kept))
    now = 110.0
    assert files.are_changed()


def test_files_that_stay_as_they_are_are_not_changed(store: Path) -> None:
    now = 100.0
    files = Files(store / "data-1", clock=lambda: now)
    now = 101.0
    assert not files.are_changed()
    (store / "data-1" / "CURRENT").unlink()
    assert not files.are_changed()
    now = 102.0
    assert files.are_changed()
