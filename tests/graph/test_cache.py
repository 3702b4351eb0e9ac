from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.graph import cache
from daraa_kg.graph.cache import cache_folder, load


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("DARAA_KG_CACHE", str(folder))
    return folder


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that grows with every build."""
    from daraa_kg.graph import builder

    made: list[str] = []
    build = builder.build

    def counted(path: str | Path | None = None, *, base: str, validate: bool) -> dk.Graph:
        made.append(str(path))
        return build(path, base=base, validate=validate)

    monkeypatch.setattr(builder, "build", counted)
    return made


def test_the_second_time_it_is_the_same_without_a_build(
    folder: Path, mini: Path, builds: list[str]
) -> None:
    first, second = load(mini), load(mini)
    assert len(builds) == 1
    assert second.quads() == first.quads()
    assert second.source_map == first.source_map
    assert second.article == first.article
    assert (second.base, second.slug, second.faults) == (first.base, first.slug, first.faults)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("name", ["article.txt", "statements.yaml"])
def test_a_changed_file_is_built_anew(
    folder: Path, mini: Path, builds: list[str], name: str
) -> None:
    load(mini)
    path = mini / name
    path.write_text(path.read_text() + "\n")
    load(mini)
    assert len(builds) == 2
    assert len(list(folder.iterdir())) == 2


def test_another_base_is_another_graph(folder: Path, mini: Path) -> None:
    assert load(mini, base="https://x.example/").base == "https://x.example/"
    assert "x.example" not in "".join(map(str, load(mini).quads()))
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"{", b"\xff\x00", None])
def test_a_damaged_file_is_built_anew(
    folder: Path, mini: Path, builds: list[str], damage: bytes | None
) -> None:
    whole = load(mini)
    (file,) = folder.iterdir()
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2] if damage is None else damage)
    assert load(mini).quads() == whole.quads()
    assert len(builds) == 2
    assert file.read_bytes() == data


def test_a_changed_byte_is_seen(folder: Path, mini: Path, builds: list[str]) -> None:
    load(mini)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes().replace(b"Oldbridge", b"Newbridge"))
    assert load(mini).label("event/siege") == "Siege of Oldbridge"
    assert len(builds) == 2


def test_places_follow_the_working_directory(
    folder: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(mini)
    monkeypatch.chdir(mini)
    assert str(load(mini).locations("event/shelling", "perpetrator")[0]) == "statements.yaml:38:22"
    monkeypatch.chdir(mini.parent)
    assert (
        str(load(mini).locations("event/shelling", "perpetrator")[0])
        == "mini/statements.yaml:38:22"
    )
    assert folder.exists()


def test_faults_are_never_cached(folder: Path, mini: Path) -> None:
    path = mini / "statements.yaml"
    path.write_text(path.read_text().replace("Ceasefire", "Ceasefyre"))
    for _ in range(2):
        with pytest.raises(dk.CheckFailed):
            load(mini)
    assert not folder.exists()


def test_no_folder_needs_to_be_writable(
    mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("DARAA_KG_CACHE", str(blocked / "cache"))
    assert len(load(mini)) > 0


def test_only_the_newest_few_are_kept(
    folder: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_KEPT", 2)
    for n in range(4):
        load(mini, base=f"https://x{n}.example/")
    assert len(list(folder.iterdir())) == 2


def test_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DARAA_KG_CACHE", "off")
    assert cache_folder() is None
    monkeypatch.setenv("DARAA_KG_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("DARAA_KG_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert cache_folder() == Path("/x/daraa-kg")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert cache_folder() == Path("/home/somebody/.cache/daraa-kg")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == Path("/home/somebody/Library/Caches/daraa-kg")


def test_off_means_off(mini: Path, monkeypatch: pytest.MonkeyPatch, builds: list[str]) -> None:
    monkeypatch.setenv("DARAA_KG_CACHE", "off")
    load(mini)
    load(mini)
    assert len(builds) == 2


def test_a_change_of_any_module_that_builds_makes_a_new_cache(mini: Path) -> None:
    code = "import sys, daraa_kg; daraa_kg.build(sys.argv[1]); print(*sys.modules)"
    source = str(Path(dk.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code, mini],
        check=True,
        env={**os.environ, "PYTHONPATH": source},
        capture_output=True,
        text=True,
    )
    ours = [name.split(".") for name in done.stdout.split() if name.startswith("daraa_kg.")]
    assert {parts[1] if len(parts) > 2 else "." for parts in ours} == set(cache._PROGRAM)
