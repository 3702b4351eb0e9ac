"""A page to fill that needs no browser, and the models of several graphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.site.model import make_model

if TYPE_CHECKING:
    from collections.abc import Callable

Record = dict[str, Any]

FIXTURES = Path(__file__).parents[1] / "fixtures"

# The slots, as explorer/build/page.ts writes them.
TEMPLATE = """\
<!doctype html><html><head><meta charset="utf-8"><title>x</title></head><body>
<script type="application/octet-stream" id="daraa-kg-model"></script>
<script type="application/octet-stream" id="daraa-kg-quads"></script>
<div id="daraa-kg-plain" hidden></div>
</body></html>
"""

ONE_EVENT = """\
article:
  title: Clash at Hillford
  url: https://example.org/wiki/Clash_at_Hillford
  license: https://creativecommons.org/licenses/by-sa/4.0/
  attribution: Nobody, "Clash at Hillford"
  about: event/clash
passages:
  - quote: A clash took place.
    states:
      - {id: event/clash, type: Clash, label: Clash at Hillford}
"""


DOWNLOADS = [{"file": "x.ttl", "label": "Turtle", "bytes": 7}]


@pytest.fixture
def template() -> str:
    return TEMPLATE


@pytest.fixture(scope="session")
def model(graph: dk.Graph) -> Record:
    """Give the model of the shipped article; no test may change it."""
    return make_model(graph)


def one_event(folder: Path) -> dk.Graph:
    """Build a graph of one event that has neither a day nor a place."""
    text = "= Clash at Hillford =\n\nA clash took place.\n"
    (folder / "article.txt").write_text(text, encoding="utf-8")
    (folder / "statements.yaml").write_text(ONE_EVENT, encoding="utf-8")
    return dk.build(folder, validate=False)


def nothing(graph: dk.Graph) -> dk.Graph:
    """Give a graph without a fact: the vocabulary and the account of its text alone."""
    store = ox.Store()
    store.extend(quad for quad in graph.quads() if "/id/graph/" in str(quad.graph_name))
    return dk.Graph(store, base=graph.base, slug=graph.slug, article=graph.article)


@pytest.fixture(
    scope="session",
    params=["shipped", "mini", "hillford", "one event", "nothing", "no article"],
)
def any_model(
    request: pytest.FixtureRequest,
    graph: dk.Graph,
    mini_graph: dk.Graph,
    tmp_path_factory: pytest.TempPathFactory,
) -> Record:
    """Give the model of one graph after another: of a full one, and of such as lack something."""
    made: dict[str, Callable[[], dk.Graph]] = {
        "shipped": lambda: graph,
        "mini": lambda: mini_graph,
        "hillford": lambda: dk.build(FIXTURES / "hillford", validate=False),
        "one event": lambda: one_event(tmp_path_factory.mktemp("clash")),
        "nothing": lambda: nothing(mini_graph),
        "no article": lambda: dk.Graph(graph.store, base=graph.base, slug=graph.slug),
    }
    return make_model(made[str(request.param)](), DOWNLOADS)
