"""What the tests of revisions share: the small article, held against an edited copy of its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from daraa_kg.revisions.rebase import Rebase, rebase

if TYPE_CHECKING:
    from pathlib import Path

Revise = Callable[..., Rebase]


@pytest.fixture
def revise(mini: Path, tmp_path: Path) -> Revise:
    """Give a function that replaces words which stand once in the text, and holds it against it."""

    def call(*edits: tuple[str, str]) -> Rebase:
        text = (mini / "article.txt").read_text(encoding="utf-8")
        for old, new in edits:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        path = tmp_path / "new.txt"
        path.write_text(text, encoding="utf-8")
        return rebase(path, mini)

    return call
