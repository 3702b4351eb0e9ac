from __future__ import annotations

import builtins
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from daraa_kg.exports.eventtables import TABLES
from daraa_kg.graph import formats
from daraa_kg.networks.views import VIEWS
from daraa_kg.server import downloads
from daraa_kg.server.downloads import exports

from .conftest import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pytest
    from starlette.testclient import TestClient

    import daraa_kg as dk


def test_every_format_with_every_view_and_table_is_an_export(mini_graph: dk.Graph) -> None:
    found = [
        (export.entry.name, *(value for _, value in export.options))
        for export in exports(mini_graph)
    ]
    expected: list[tuple[str, ...]] = []
    for name, entry in formats.FORMATS.items():
        if "view" in entry.options:
            expected += [(name, view) for view in VIEWS]
        elif "table" in entry.options:
            expected += [(name, table) for table in TABLES]
        else:
            expected.append((name,))
    assert found == expected
    names = [export.name for export in exports(mini_graph)]
    assert len(names) == len(set(names))


def test_every_export_is_the_file_that_export_writes(
    mini_graph: dk.Graph, serve: Callable[..., TestClient]
) -> None:
    client = serve(mini_graph)
    for export in exports(mini_graph):
        answer = client.get(export.path)
        assert answer.status_code == 200, (export.name, answer.text)
        written = formats.serialize(mini_graph, export.entry.name, **dict(export.options))
        if export.entry.extension != ".xlsx":  # a workbook has the time of its making in it
            assert answer.content == written, export.name
        assert answer.headers["content-type"].partition(";")[0] == export.entry.media_type
        disposition = answer.headers["content-disposition"]
        assert disposition == f"attachment; filename*=UTF-8''{export.name}"
        again = client.get(export.path, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        if export.entry.binary:
            packed = client.get(export.path, headers={"Accept-Encoding": "gzip, br"})
            assert "content-encoding" not in packed.headers


def test_the_page_lists_every_file_once(pages: TestClient, graph: dk.Graph) -> None:
    links = parsed(pages.get("/download/").content).xpath("//table//a/@href")
    assert sorted(links) == sorted(export.path for export in exports(graph))
    assert pages.get("/download").headers["location"].endswith("/download/")


def test_a_file_is_written_once_even_if_many_ask_for_it_at_the_same_time(
    mini_graph: dk.Graph, serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def counted(graph: dk.Graph, name: str, **options: object) -> bytes:
        written.append(name)
        return formats.serialize(graph, name, **options)

    monkeypatch.setattr(downloads, "serialize", counted)
    client = serve(mini_graph)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(client.get, ["/download/mini.nq"] * 8))
    assert written == ["nq"]
    assert len({answer.content for answer in answers}) == 1


def test_a_file_that_is_not_there_is_told_those_that_are(pages: TestClient) -> None:
    answer = pages.get("/download/offensive.csv", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["detail"] == "There is no file “offensive.csv” here; these there are."
    names = [one["name"] for one in answer.json()["suggestions"]]
    assert "2021-daraa-offensive.csv" in names
    assert all(name.endswith(".csv") for name in names)


def test_a_file_that_needs_what_is_not_installed_says_so(
    mini_graph: dk.Graph, serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: Mapping[str, object]) -> object:
        if name.partition(".")[0] == "openpyxl":
            message = "No module named 'openpyxl'"
            raise ModuleNotFoundError(message, name="openpyxl")
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    answer = serve(mini_graph).get("/download/mini.xlsx", headers={"Accept": "text/plain"})
    assert answer.status_code == 404
    assert answer.text.startswith(
        "No such file: This file cannot be written: the export xlsx needs openpyxl, which is not "
        "installed; pip install 'daraa-kg[analysis]'."
    )
