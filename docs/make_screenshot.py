"""Take the README's picture of the explorer: the page of the shipped article, in Chromium.

python docs/make_screenshot.py         writes docs/explorer.png
python docs/make_screenshot.py PAGE    with another built page than the installed one

It needs Playwright (python -m pip install 'daraa-kg[dev]') and Chromium (apt-get install
chromium). A browser draws letters with the fonts of its machine, so the picture is not compared
with one that was made elsewhere.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import daraa_kg as dk
from daraa_kg.site.page import PageMissing, read_page
from daraa_kg.site.writing import write_site

PICTURE = Path(__file__).resolve().parent / "explorer.png"
WIDTH, HEIGHT = 1400, 880
# An event with a day, a road, a unit and a toll: all views have something to show of it.
HASH = "selected=event/al-shabrouq-ied"
MOST_BYTES = 350_000  # a README should open quickly
CHROMIUM = Path(__file__).resolve().parent.parent / "explorer" / "chromium.json"


def take(address: str, browser: str, arguments: list[str]) -> bytes:
    """Give the page at an address as a PNG, once its first view is drawn."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser, args=[*arguments, "--hide-scrollbars"]
        )
        page = started.new_page(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
            reduced_motion="reduce",
        )
        page.goto(f"{address}#{HASH}")
        page.locator("#view-network .network-node.selected").wait_for()
        page.locator("#view-article .evidence.chosen").first.wait_for()
        page.wait_for_timeout(500)  # the article scrolls to its sentence
        picture = page.screenshot(animations="disabled", caret="hide")
        started.close()
    return picture


def main(arguments: list[str]) -> int:
    """Write the picture; 2 when something is missing, 1 when the picture is too large."""
    chromium = json.loads(CHROMIUM.read_text(encoding="utf-8"))
    browser = next(filter(None, map(shutil.which, chromium["programs"])), None)
    if browser is None:
        return tell("there is no Chromium here: apt-get install chromium", 2)
    try:
        page = Path(arguments[0]).read_text(encoding="utf-8") if arguments else read_page()
        with tempfile.TemporaryDirectory() as folder:
            write_site(dk.load(), folder, page)
            picture = take((Path(folder) / "index.html").as_uri(), browser, chromium["arguments"])
    except (PageMissing, OSError) as error:
        return tell(str(error), 2)
    except ImportError:
        return tell("it needs Playwright: python -m pip install 'daraa-kg[dev]'", 2)
    if len(picture) > MOST_BYTES:
        return tell(f"the picture has {len(picture)} bytes, more than {MOST_BYTES}", 1)
    PICTURE.write_bytes(picture)
    return 0


def tell(words: str, code: int) -> int:
    """Say what is wrong, and give the exit code."""
    sys.stderr.write(f"{words}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
