"""The slots of the page: filled, packed and escaped; and the writing of a site."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.graph.formats import serialize
from daraa_kg.site import writing
from daraa_kg.site.downloads import make_downloads
from daraa_kg.site.page import NotAPage, PageMissing, fill, is_page, plain, read_page
from daraa_kg.site.writing import ForeignPage, write_site

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]


def unpacked(page: str, slot: str) -> bytes:
    found = re.search(
        rf'<script type="application/octet-stream" id="{slot}">([^<]+)</script>', page
    )
    assert found
    return gzip.decompress(base64.b64decode(found[1], validate=True))


def test_the_slots_hold_the_model_and_the_quads(
    template: str, model: Record, graph: dk.Graph
) -> None:
    page = fill(template, model, graph).decode()
    assert json.loads(unpacked(page, "daraa-kg-model")) == model
    assert unpacked(page, "daraa-kg-quads") == serialize(graph, "nq")
    assert "<title>2021 Daraa offensive</title>" in page
    assert is_page(page)
    assert fill(template, model, graph).decode() == page


def test_a_filled_page_can_be_filled_anew_only_from_the_template(
    model: Record, graph: dk.Graph
) -> None:
    with pytest.raises(NotAPage, match=r"^this is no page of the explorer: it has no slots"):
        fill("<html></html>", model, graph)


HOSTILE = '</div></script><script>alert("x")</script>\u2028&amp; \\1 \\g<0>'


def test_what_is_plain_in_the_page_is_escaped(
    template: str, model: Record, graph: dk.Graph
) -> None:
    block = {"kind": "title", "start": 0, "end": len(HOSTILE)}
    changed = {**model, "title": HOSTILE, "text": HOSTILE, "blocks": [block]}
    changed["article"] = {**model["article"], "attribution": HOSTILE}
    page = fill(template, changed, graph).decode()
    assert page.count("<script") == page.count("</script>") == 2
    assert f"<title>{html.escape(HOSTILE)}</title>" in page
    assert f"<h1>{html.escape(HOSTILE)}</h1>" in page


def test_the_plain_article(model: Record) -> None:
    lines = plain(model).splitlines()
    assert lines[0] == "<h1>2021 Daraa offensive</h1>"
    assert "<p><b>Casualties1</b> 26 killed, 40 captured</p>" in lines
    assert lines.index("<h2>Clashes</h2>") < lines.index("<h2>Reactions</h2>")
    assert lines[-1].startswith("<p><small>Wikipedia contributors")


def test_a_page_that_was_not_built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("daraa_kg.assets._INSTALLED", tmp_path)
    with pytest.raises(PageMissing) as caught:
        read_page()
    assert str(caught.value) == (
        "the page of the explorer was not built when daraa-kg was installed; install it again "
        "where pip and npm can fetch packages (in a checkout: python -m pip install -e .)"
    )


# --- a site ---------------------------------------------------------------------------------------


def test_a_site_is_a_page_and_its_downloads(
    template: str, mini_graph: dk.Graph, tmp_path: Path
) -> None:
    folder = tmp_path / "deep" / "site"
    written = write_site(mini_graph, folder, template)
    assert [path.name for path in written] == [
        "index.html",
        *("mini.ttl", "mini.trig", "mini.jsonld"),
        *("mini-events.csv", "mini-figures.csv", "mini-participations.csv", "mini-places.csv"),
        *("mini.geojson", "mini.graphml", "mini.gexf"),
    ]
    assert sorted(folder.iterdir()) == sorted(written)
    listed = json.loads(unpacked((folder / "index.html").read_text(), "daraa-kg-model"))[
        "downloads"
    ]
    assert {one["file"]: one["bytes"] for one in listed} == {
        path.name: path.stat().st_size for path in written if path.name != "index.html"
    }
    for name in ("ttl", "trig", "jsonld", "geojson"):
        assert (folder / f"mini.{name}").read_bytes() == serialize(mini_graph, name)


def test_what_is_empty_is_no_download(mini_graph: dk.Graph) -> None:
    empty = dk.Graph(ox.Store(), slug="empty")
    files = [one.file for one in make_downloads(empty)]
    assert files == ["empty.ttl", "empty.trig", "empty.jsonld"]
    assert len(list(make_downloads(mini_graph))) == 10


def test_two_sites_of_one_graph_are_the_same(
    template: str, mini_graph: dk.Graph, tmp_path: Path
) -> None:
    one, other = (write_site(mini_graph, tmp_path / name, template) for name in ("a", "b"))
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_other_files_stay_and_ours_are_written_anew(
    template: str, mini_graph: dk.Graph, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_site(mini_graph, tmp_path, template)
    (tmp_path / "mini.ttl").write_text("old")
    write_site(mini_graph, tmp_path, template)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "mini.ttl").read_bytes() == serialize(mini_graph, "ttl")


def test_a_page_of_somebody_else_stays(template: str, mini_graph: dk.Graph, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<h1>My page</h1>")
    with pytest.raises(ForeignPage, match="is not a page that daraa-kg has written, and stays"):
        write_site(mini_graph, tmp_path, template)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text() == "<h1>My page</h1>"


def test_nothing_is_written_when_something_cannot_be_made(
    template: str, mini_graph: dk.Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Record:
        message = "no model"
        raise RuntimeError(message)

    monkeypatch.setattr(writing, "make_model", fail)
    with pytest.raises(RuntimeError, match="no model"):
        write_site(mini_graph, tmp_path / "site", template)
    assert not (tmp_path / "site").exists()
