"""`daraa-kg site`: what it writes and says, and what it refuses."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from daraa_kg.assets import AssetMissing, asset

Run = Callable[..., tuple[int, str, str]]

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")


@pytest.fixture
def built() -> None:
    try:
        asset("explorer", "dist", "index.html")
    except AssetMissing:
        if IN_CI:
            raise
        pytest.skip("needs the built page: python -m pip install -e . (or npm run build)")


@pytest.mark.usefixtures("built")
def test_it_says_what_it_wrote_and_how_large_that_is(
    run: Run, hillford: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("site", "page", "--article", hillford)
    assert (code, err) == (0, "")
    assert re.match(r"page/index\.html +2,\d{3} kB  the page\n", out)
    assert re.search(r"^page/hillford\.ttl +\d+ kB  Turtle: the facts alone$", out, re.M)
    assert out.count(" kB  ") == len(list(Path("page").iterdir())) == 11
    assert Path("page/index.html").stat().st_size < 3_000_000


@pytest.mark.usefixtures("built")
def test_the_list_for_programs(run: Run, hillford: Path, tmp_path: Path) -> None:
    code, out, err = run("site", tmp_path, "--article", hillford, "--format", "json")
    assert (code, err) == (0, "")
    files = json.loads(out)
    assert files[0]["file"] == str(tmp_path / "index.html")
    assert {one["file"]: one["bytes"] for one in files} == {
        str(path): path.stat().st_size for path in tmp_path.iterdir()
    }


@pytest.mark.usefixtures("built")
def test_another_base_is_in_the_page_and_in_the_files(
    run: Run, hillford: Path, tmp_path: Path
) -> None:
    base = "https://example.org/"
    code, _, err = run("site", tmp_path, "--article", hillford, "--base", base)
    assert (code, err) == (0, "")
    text = (tmp_path / "hillford.ttl").read_text(encoding="utf-8")
    assert f"@prefix kg: <{base}>" in text
    assert "w3id.org/daraa-kg/id/" not in text


def test_a_page_that_was_not_built(
    run: Run, hillford: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daraa_kg.site.page.asset", _gone)
    code, out, err = run("site", tmp_path / "site", "--article", hillford)
    assert (code, out) == (2, "")
    assert err == (
        "error: the page of the explorer was not built when daraa-kg was installed; install it "
        "again where pip and npm can fetch packages (in a checkout: python -m pip install -e .)\n"
    )
    assert not (tmp_path / "site").exists()


def _gone(*parts: str) -> Path:
    raise AssetMissing(Path(*parts))


@pytest.mark.usefixtures("built")
def test_a_folder_with_a_page_of_somebody_else(run: Run, hillford: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    code, out, err = run("site", tmp_path, "--article", hillford)
    assert (code, out) == (2, "")
    assert err == (
        f"error: {tmp_path / 'index.html'} is not a page that daraa-kg has written, and stays as "
        "it is; name another folder\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.usefixtures("built")
def test_a_folder_that_cannot_be_made(run: Run, hillford: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, out, err = run("site", tmp_path / "file" / "site", "--article", hillford)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: cannot write to {tmp_path / 'file' / 'site'}: ")
    assert err.endswith("; name another folder\n")
