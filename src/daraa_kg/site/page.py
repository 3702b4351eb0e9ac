"""The one file: the built page of `explorer/`, with a graph put into its slots."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..assets import AssetMissing, asset

if TYPE_CHECKING:
    from ..graph.built import Graph

    Record = dict[str, Any]

# `explorer/build/page.ts` leaves them empty.
_MODEL = '<script type="application/octet-stream" id="daraa-kg-model">'
_QUADS = '<script type="application/octet-stream" id="daraa-kg-quads">'
_PLAIN = '<div id="daraa-kg-plain" hidden>'
_TITLE = re.compile(r"<title>[^<]*</title>")


class PageMissing(FileNotFoundError):
    """The page of the explorer is not there, for it could not be built."""

    def __init__(self) -> None:
        super().__init__(
            "the page of the explorer was not built when daraa-kg was installed; install it again "
            "where pip and npm can fetch packages (in a checkout: python -m pip install -e .)"
        )

    def __str__(self) -> str:
        return str(self.args[0])


class NotAPage(ValueError):
    """A file that is not the built page of the explorer."""


def read_page() -> str:
    """Give the built page, its slots empty.

    Raises:
        PageMissing: it has not been built.
    """
    try:
        return asset("explorer", "dist", "index.html").read_text(encoding="utf-8")
    except AssetMissing as error:
        raise PageMissing from error


def is_page(text: str) -> bool:
    """Say whether a text is a page of ours, filled or not."""
    return all(slot in text for slot in (_MODEL, _QUADS, _PLAIN))


def fill(page: str, model: Record, graph: Graph) -> bytes:
    """Put a graph into a page.

    Args:
        page: what `read_page` gives.
        model: what `make_model` gives.
        graph: the graph, whose quads go in for the questions.

    Raises:
        NotAPage: it has no slots.
    """
    if not is_page(page):
        message = "this is no page of the explorer: it has no slots for a graph"
        raise NotAPage(message)
    data = json.dumps(model, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    quads = ox.serialize(graph.quads(), format=ox.RdfFormat.N_QUADS) or b""
    title = f"<title>{html.escape(model['title'])}</title>"
    filled = _TITLE.sub(lambda _: title, page, count=1)
    for slot, content in (
        (_MODEL, _packed(data.encode())),
        (_QUADS, _packed(quads)),
        (_PLAIN, plain(model)),
    ):
        filled = filled.replace(slot, slot + content, 1)
    return filled.encode()


def _packed(data: bytes) -> str:
    """Compress without the time that gzip notes: the same graph gives the same page."""
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode("ascii")


def plain(model: Record) -> str:
    """Write the article as HTML with nothing to it: for browsers in which the page cannot run."""
    text: str = model["text"]
    lines = []
    for block in model["blocks"]:
        words = html.escape(text[block["start"] : block["end"]])
        if block["kind"] == "title":
            lines.append(f"<h1>{words}</h1>")
        elif block["kind"] == "heading":
            level = min(block["level"], 6)
            lines.append(f"<h{level}>{words}</h{level}>")
        elif block["kind"] == "field":
            lines.append(f"<p><b>{html.escape(block['name'])}</b> {words}</p>")
        else:
            lines.append(f"<p>{words}</p>")
    article = model["article"]
    if article["attribution"]:
        lines.append(f"<p><small>{html.escape(article['attribution'])}</small></p>")
    return "\n".join(lines)
