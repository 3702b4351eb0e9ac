"""The page in a real browser: Chromium, opened from a file, with nobody to ask on the network.

Every page that a test opens is watched: an error in its console, or a request for anything but itself,
fails the test.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from daraa_kg.site.page import PageMissing, read_page
from daraa_kg.site.writing import write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    import daraa_kg as dk

EXPLORER = Path(__file__).parents[2] / "explorer"
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
# What a loaded machine may take for one step; a quiet one goes on at once.
PATIENCE = 60_000  # milliseconds
# The browsers to look for and their arguments; the benchmarks and the README's picture use them too.
CHROMIUM = EXPLORER / "chromium.json"
# No `wait_for_function`, which evaluates a text, as the page's policy forbids.
DRAWN = """() => new Promise((resolve, reject) => {
  const look = () => performance.getEntriesByName("daraa-kg:first-view").length
    ? resolve() : performance.now() > 120000 ? reject("nothing was drawn") : setTimeout(look, 10);
  look();
})"""
# What a change of the state draws is drawn, at the latest, in the second frame after it.
SETTLED = """() => new Promise(resolve =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))"""
OWN_SCHEMES = ("blob:", "data:")  # the worker, which the page makes of itself

OpenPage = Callable[..., "Page"]


def missing(what: str) -> None:
    """Skip for what is not there; in CI, fail."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser for one module: while Playwright is open, no other test may run an event loop."""
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        missing("needs Playwright: python -m pip install 'playwright>=1.49'")
    chromium = json.loads(CHROMIUM.read_text(encoding="utf-8"))
    program = next(filter(None, map(shutil.which, chromium["programs"])), None)
    if program is None:
        missing("needs Chromium: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=chromium["arguments"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def built_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the page as it is built now, where its parts are installed; else the package's own."""
    vite = EXPLORER / "node_modules" / "vite" / "bin" / "vite.js"
    node = shutil.which("node")
    if vite.is_file() and node:
        folder = tmp_path_factory.mktemp("dist")
        command = [node, str(vite), "build", "--outDir", str(folder), "--logLevel", "warn"]
        done = subprocess.run(command, check=False, cwd=EXPLORER, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return (folder / "index.html").read_text(encoding="utf-8")
    try:
        return read_page()
    except PageMissing as error:
        missing(str(error))
        raise


@pytest.fixture(scope="session")
def write(built_page: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[dk.Graph], Path]:
    """Give a function that writes the site of a graph into a folder of its own."""

    def write(graph: dk.Graph) -> Path:
        folder = tmp_path_factory.mktemp("site")
        write_site(graph, folder, built_page)
        return folder

    return write


@pytest.fixture(scope="session")
def site(write: Callable[[dk.Graph], Path], graph: dk.Graph) -> Path:
    """Give the folder of the site of the shipped article."""
    return write(graph)


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[OpenPage]:
    """Give a function that opens the page, and waits until its first view is drawn.

    Its arguments, all by keyword: ``hash`` (after the #), ``folder`` of another site, ``width`` and
    ``height`` in pixels, ``scheme`` (light or dark), ``before`` (a script that runs first), ``drawn``
    (whether to wait), ``watched`` (whether errors fail the test), and what a browser's context takes.
    """
    contexts = []
    wrong: list[str] = []

    def open_page(
        *,
        hash: str = "",  # noqa: A002 - the word of the URL standard
        folder: Path = site,
        width: int = 1440,
        height: int = 900,
        scheme: Any = "light",  # noqa: ANN401
        before: str = "",
        drawn: bool = True,
        watched: bool = True,
        **options: Any,  # noqa: ANN401
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if before:
            context.add_init_script(before)
        address = (folder / "index.html").as_uri()
        page = context.new_page()

        def told(message: Any) -> None:  # noqa: ANN401
            if message.type in ("error", "warning"):
                wrong.append(f"console: {message.text}")

        def asked(request: Any) -> None:  # noqa: ANN401
            if request.url.split("#")[0] != address and not request.url.startswith(OWN_SCHEMES):
                wrong.append(f"request: {request.url}")

        if watched:
            page.on("console", told)
            page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
            page.on("request", asked)
        page.goto(f"{address}#{hash}" if hash else address)
        if drawn:
            page.evaluate(DRAWN)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Give the page of the shipped article, drawn, at 1440 × 900 in light colours."""
    return open_page()
