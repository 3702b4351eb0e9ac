"""What axe-core finds in the pages as Chromium draws them: nothing, by day and by night."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from daraa_kg.server.pages import template_file

if TYPE_CHECKING:
    from starlette.testclient import TestClient

IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
EXPLORER = Path(__file__).resolve().parents[2] / "explorer"
AXE = EXPLORER / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.ci,
    pytest.mark.skipif(
        not EXPLORER.exists(),
        reason="axe-core comes with the explorer's tools, and this checkout has no explorer",
    ),
    pytest.mark.skipif(
        not IN_CI and not (AXE.exists() and CHROMIUM),
        reason="needs axe-core and Chromium: cd explorer && npm ci; apt-get install chromium",
    ),
]

PAGES = {
    "front": "/",
    "card": "/doc/2021-daraa-offensive/event/agreement-to-end-the-siege.html",
    "text": "/doc/2021-daraa-offensive/text/b051e082.html",
    "vocabulary": "/ontology.html",
    "answer": "/questions/timeline",
    "search": "/search?q=tafas",
    "error": "/id/place/dara",
}
RUN = """
axe.run(document, {resultTypes: ["violations"]}).then(result => {
  const found = result.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" | "));
  document.documentElement.innerHTML = "<body><pre>found " + btoa(encodeURIComponent(
    JSON.stringify({checked: result.testEngine.name, found}))) + " end</pre></body>";
});
"""
# Of Blink's settings: which of the reader's wishes a page is shown by.
SCHEMES = {"light": "preferredColorScheme=1", "dark": "preferredColorScheme=0"}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(pages: TestClient, tmp_path: Path, name: str, scheme: str) -> None:
    from base64 import b64decode
    from urllib.parse import unquote

    text = pages.get(PAGES[name], headers={"Accept": "text/html"}).text
    style = template_file("style.css").decode()
    text = re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{style}</style>", text)
    script = AXE.read_text(encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(f"{text}<script>{script}</script><script>{RUN}</script>", encoding="utf-8")
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            CHROMIUM,
            "--headless=new",
            *json.loads((EXPLORER / "chromium.json").read_text(encoding="utf-8"))["arguments"],
            "--window-size=390,844" if scheme == "dark" else "--window-size=1440,900",
            f"--blink-settings={SCHEMES[scheme]}",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=60000",
            "--dump-dom",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found = re.search(r"found (\S+) end", done.stdout)
    assert found is not None, done.stdout[-2000:]
    result = json.loads(unquote(b64decode(found[1]).decode()))
    assert result == {"checked": "axe-core", "found": []}
