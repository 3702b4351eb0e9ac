"""Measure the page: its size, its first view beside the bare start of its engine, and large graphs.

Run it with a Chromium and Playwright for Python at hand, and the page built::

    python benchmarks/explorer.py            # medians of five, 20 articles, 300,000 quads
    python benchmarks/explorer.py --quick    # once each, two articles, no time counts: that it runs

size
    of index.html, and what its parts take of it.
first view
    from the start of the navigation until the page marks its first view as drawn; beside it, in
    turn, in the same page, the bare start of the engine (the page parsed, its slot unpacked and
    compiled, no quad loaded), and when the page's own engine, started at once, has answered its
    first question. The first view has to be there before that answer.
selection
    in a page of 20 articles (1,400 events): an event chosen by its address, one after another.
    Given are the page's own measure, which ends when the frame begins to be drawn, and the time
    until that frame has been drawn.
catalogue
    every shipped question, put to 300,000 quads in the page's engine.

Many articles are here the shipped one over and over, each with passages, events and actors of its
own; the sides, places and units that they share are the same.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import statistics
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from playwright.sync_api import TimeoutError as TookTooLong
from playwright.sync_api import sync_playwright

import daraa_kg as dk
from daraa_kg.graph.built import Graph
from daraa_kg.namespaces import article_base
from daraa_kg.queries.catalogue import load_catalogue
from daraa_kg.site.model import make_model
from daraa_kg.site.page import fill, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser, Page

    Record = dict[str, Any]

MOST_BYTES = 3_000_000
MOST_MILLISECONDS = 100.0
QUADS = 300_000
ARTICLES = 20
CHOSEN = 20  # events that are selected
SECONDS = 60  # for one question
CHROMIUM = Path(__file__).resolve().parent.parent / "explorer" / "chromium.json"

BARE_START = """async () => {
  const begun = performance.now();
  const slot = document.getElementById("daraa-kg-wasm").textContent.trim();
  const packed = Uint8Array.from(atob(slot), letter => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  await WebAssembly.compile(await new Response(stream).arrayBuffer());
  return performance.now() - begun;
}"""
SELECT = """id => new Promise(resolve => {
  performance.clearMeasures("daraa-kg:select");
  const begun = performance.now();
  location.hash = `selected=${id}`;
  const look = () => {
    const [own] = performance.getEntriesByName("daraa-kg:select");
    if (own) setTimeout(() => resolve([own.duration, performance.now() - begun]));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
PARSED = "performance.getEntriesByType('navigation')[0].domInteractive"
WAIT = """() => new Promise(resolve => {
  const look = () => { if (%s) resolve(performance.now()); else setTimeout(look, 5); };
  look();
})"""
FIRST_VIEW = "performance.getEntriesByName('daraa-kg:first-view')[0]"
DRAWN = WAIT % FIRST_VIEW
ANSWERED = WAIT % """document.querySelector('.sparql-answer[aria-busy="false"] table')"""


def many(graph: dk.Graph, number: int) -> dk.Graph:
    """Give a graph of so many articles: what is the article's own has other IRIs in each."""
    own = article_base(graph.base, graph.slug)
    store = ox.Store()
    for copy in range(number):

        @cache
        def renamed(term: Any, other: str = f"{own[:-1]}-{copy}/") -> Any:  # noqa: ANN401
            if isinstance(term, ox.NamedNode) and term.value.startswith(own):
                return ox.NamedNode(other + term.value.removeprefix(own))
            return term

        store.bulk_extend(
            ox.Quad(renamed(q.subject), q.predicate, renamed(q.object), renamed(q.graph_name))
            for q in graph.quads()
        )
    return Graph(store, base=graph.base, slug=graph.slug)


def once(nodes: Iterable[Record]) -> list[Record]:
    """Give each node once, though all articles have it."""
    return list({node["id"]: node for node in nodes}.values())


def wide(model: Record, number: int) -> Record:
    """Give the model of a page of so many articles, their texts one after the other."""
    # The articles are on one conflict: its sides, places and units are the same in all.
    ids = {name for name in model["entities"] if not name.startswith(("kg:", "side/"))}
    columns = math.ceil(math.sqrt(number))

    def moved(value: Any, copy: int, key: str = "") -> Any:  # noqa: ANN401 - any JSON
        if isinstance(value, dict):
            return {
                (f"{name}-{copy}" if name in ids else name): moved(inner, copy, name)
                for name, inner in value.items()
            }
        if isinstance(value, list):
            return [moved(inner, copy, key) for inner in value]
        if isinstance(value, str):
            return f"{value}-{copy}" if value in ids else value
        if key in ("passage", "passages") and isinstance(value, int):
            return value + copy * len(model["passages"])
        if key in ("start", "end") and isinstance(value, int):
            return value + copy * len(model["text"])
        if key in ("x", "y"):
            return (value + (copy % columns if key == "x" else copy // columns)) / columns
        return value

    joined = ("blocks", "passages", "incidents", "spans", "balances", "accounts", "truces", "gaps")
    copied = range(number)
    whole = {**model, "text": model["text"] * number}
    for name in joined:
        whole[name] = [one for copy in copied for one in moved(model[name], copy)]
    copies = [moved(model["entities"], copy) for copy in copied]
    whole["entities"] = {name: one for entities in copies for name, one in entities.items()}
    whole["networks"] = [
        {
            "view": network["view"],
            "nodes": list(
                {
                    one["id"]: one for copy in copied for one in moved(network["nodes"], copy)
                }.values()
            ),
            "edges": [one for copy in copied for one in moved(network["edges"], copy)],
        }
        for network in model["networks"]
    ]
    whole["sites"] = [
        {**site, "events": [f"{one}-{copy}" for copy in copied for one in site["events"]]}
        for site in model["sites"]
    ]
    return whole


class Pages:
    """Opens pages of graphs in one browser.

    Args:
        browser: the browser.
        folder: where the pages are written.
    """

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder

    def write(self, name: str, data: bytes) -> Path:
        """Write a page."""
        path = self.folder / f"{name}.html"
        path.write_bytes(data)
        return path

    def open(self, path: Path, at: str = "") -> Page:
        """Open a page in a context of its own, and wait for its first view."""
        page = self.browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{path.as_uri()}#{at}")
        page.evaluate(DRAWN)
        return page


def sizes(data: bytes) -> dict[str, int]:
    """Give how many bytes the parts of a page take."""
    text = data.decode()
    found = {}
    for slot in ("wasm", "model", "quads", "licences"):
        content = re.search(rf'id="daraa-kg-{slot}">([^\0]*?)</script>', text)
        found[slot] = len(content[1].encode()) if content else 0
    found["scripts and styles"] = len(data) - sum(found.values())
    return found


def first_view(pages: Pages, path: Path, times: int) -> list[tuple[float, float, float]]:
    """Give the times of the first view, of the bare start of the engine and of its first answer.

    All count from the start of the navigation; no engine can start before the page is parsed.
    """
    found = []
    for _ in range(times):
        page = pages.open(path)
        drawn = float(page.evaluate(f"{FIRST_VIEW}.startTime"))
        page.close()
        page = pages.open(path)
        page.wait_for_timeout(500)  # so that the page is at rest
        parsed = float(page.evaluate(PARSED))
        bare = parsed + float(page.evaluate(BARE_START))
        page.close()
        page = pages.open(path, "focus=sparql")
        found.append((drawn, bare, float(page.evaluate(ANSWERED))))
        page.close()
    return found


def selection(pages: Pages, path: Path, ids: list[str]) -> list[tuple[float, float]]:
    """Give the times of selections: the page's own measure, and until the frame is drawn."""
    page = pages.open(path)
    page.wait_for_timeout(1000)
    found = [tuple(page.evaluate(SELECT, one)) for one in ids]
    page.close()
    return [(float(own), float(drawn)) for own, drawn in found]


def catalogue(pages: Pages, path: Path) -> dict[str, float]:
    """Give the seconds that each shipped question takes; those without an answer have none."""
    page = pages.open(path, "focus=sparql")
    page.set_default_timeout(SECONDS * 1000)
    idle = page.locator('.sparql-answer[aria-busy="false"]')
    idle.wait_for()
    found = {}
    for name in load_catalogue():
        begun = time.perf_counter()
        page.locator(f'[data-question="{name}"]').click()
        page.locator(f'[data-question="{name}"][aria-current="true"]').wait_for()
        try:
            idle.wait_for()
        except TookTooLong:
            page.get_by_role("button", name="Stop").click()
            print(f"  {name}: stopped after {SECONDS} s")
            continue
        answered = page.locator(".sparql-table, .sparql-boolean, .sparql-graph").count()
        if answered:
            found[name] = time.perf_counter() - begun
        else:
            print(f"  {name}: {page.locator('.sparql-status').inner_text()}")
    page.close()
    return found


def main() -> int:
    """Measure, print, and say whether the budget is kept."""
    parser = argparse.ArgumentParser(description="Measure the page of the explorer.")
    parser.add_argument("--quick", action="store_true", help="once each, and small")
    quick = parser.parse_args().quick
    chromium = json.loads(CHROMIUM.read_text(encoding="utf-8"))
    program = next(filter(None, map(shutil.which, chromium["programs"])), None)
    times, articles, wanted = (1, 2, 0) if quick else (5, ARTICLES, QUADS)
    graph, page = dk.load(), read_page()
    kept = True
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium["arguments"])
        pages = Pages(browser, Path(folder))
        model = make_model(graph)

        data = fill(page, model, graph)
        print(f"size         {len(data):,} bytes (at most {MOST_BYTES:,})")
        for part, size in sizes(data).items():
            print(f"  {part:<20} {size:>9,}")
        kept &= len(data) < MOST_BYTES

        rounds = first_view(pages, pages.write("one", data), times)
        drawn, bare, answer = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratio = statistics.median(one / last for one, _, last in rounds)
        print(
            f"first view   {drawn:.0f} ms; engine bare {bare:.0f} ms, with its first answer "
            f"{answer:.0f} ms; first view to first answer {ratio:.2f}"
        )
        kept &= quick or ratio < 1

        broad = wide(model, articles)
        ids = [one["id"] for one in broad["incidents"]]
        path = pages.write("many", fill(page, broad, graph))
        chosen = ids[:: max(1, len(ids) // CHOSEN)]
        runs = [selection(pages, path, chosen) for _ in range(times)]
        own, whole = (
            [statistics.median(run[at][column] for run in runs) for at in range(len(chosen))]
            for column in (0, 1)
        )
        print(
            f"selection    {len(ids):,} events of {articles} articles: own measure median "
            f"{statistics.median(own):.0f} ms, slowest {max(own):.0f}; until drawn median "
            f"{statistics.median(whole):.0f} ms, slowest {max(whole):.0f} "
            f"(at most {MOST_MILLISECONDS:.0f})"
        )
        kept &= quick or statistics.median(own) < MOST_MILLISECONDS

        large = many(graph, 2)
        grown = len(large.quads()) - len(graph.quads())
        if len(large.quads()) < wanted:
            large = many(graph, 1 + math.ceil((wanted - len(graph.quads())) / grown))
        seconds = catalogue(pages, pages.write("large", fill(page, model, large)))
        slowest = sorted(seconds, key=lambda name: -seconds[name])[:3]
        print(
            f"catalogue    {len(seconds)} of {len(load_catalogue())} questions answered on "
            f"{len(large.quads()):,} quads in {sum(seconds.values()):.1f} s; slowest "
            + ", ".join(f"{name} {seconds[name]:.1f} s" for name in slowest)
        )
        kept &= len(seconds) == len(load_catalogue())
        browser.close()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
