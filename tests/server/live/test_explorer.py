"""The explorer is served where its page was built, with the downloads that it links to."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import httpx
import pytest

from daraa_kg.site.page import PageMissing, read_page

if TYPE_CHECKING:
    from .conftest import Server


@pytest.fixture(scope="module", autouse=True)
def _page_is_built() -> None:
    try:
        read_page()
    except PageMissing as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def test_the_explorer_and_what_is_beside_it_are_served(server: Server) -> None:
    page = httpx.get(f"{server.url}explorer", follow_redirects=True)
    assert page.url == f"{server.url}explorer/"
    assert "<title>2021 Daraa offensive</title>" in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "'wasm-unsafe-eval'" in policy
    turtle = httpx.get(f"{server.url}explorer/2021-daraa-offensive.ttl")
    assert turtle.status_code == 200
    assert b"al-shabrouq-ied" in turtle.content
    assert httpx.get(f"{server.url}explorer/none.ttl").status_code == 404


def test_the_front_page_leads_to_it(server: Server) -> None:
    front = httpx.get(server.url, headers={"Accept": "text/html"}).text
    assert re.search(r'<a href="/explorer">Explorer</a>', front)
