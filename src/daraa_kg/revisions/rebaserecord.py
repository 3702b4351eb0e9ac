"""What became of statements in another revision, as the types of JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..statements.naming import camel
from ..text.article import section_name
from .wordchanges import marked

if TYPE_CHECKING:
    from ..text.article import Article, Span
    from ..text.passages import Passage
    from .holding import Held
    from .rebase import Rebase

__all__ = ["record"]


def record(found: Rebase) -> dict[str, Any]:
    """Give all that `found` says: offsets in code points, end exclusive; lines from 1."""
    new = found.new
    return {
        "folder": str(found.folder),
        "file": str(found.path),
        "old": {"title": found.old.title, "sha256": found.old.sha256},
        "new": {"title": new.title, "sha256": new.sha256},
        "stands": found.stands,
        "decided": found.decided,
        "foreign": found.foreign,
        "passages": [_held(held, found) for held in found.held],
        "sentences": [
            {**_span(new, one), "section": section_name(one.section)} for one in found.sentences
        ],
        "fields": [{**_span(new, one), "key": one.key} for one in found.fields],
        "words": [_span(new, one) for one in found.words],
    }


def _span(article: Article, span: Span) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "line": article.line_of(span.start),
        "text": article.text[span.start : span.end],
    }


def _passage(article: Article, passage: Passage) -> dict[str, Any]:
    return {
        **_span(article, passage),
        "section": section_name(passage.section),
        "infobox": passage.field,
    }


def _held(held: Held, found: Rebase) -> dict[str, Any]:
    ours, theirs = held.comparison.sides()
    return {
        "file": held.location.file,
        "line": held.location.line,
        "column": held.location.column,
        "standing": held.standing,
        "moved": held.moved,
        "settled": held.settled,
        "problem": held.problem,
        "old": _passage(found.old, held.old),
        "new": _passage(found.new, held.new) if held.new is not None else None,
        "kept": round(held.comparison.kept, 3),
        "marked": [marked(ours), marked(theirs)] if held.new is not None else None,
        "numbers": [
            {camel(key): value for key, value in asdict(change).items()} for change in held.numbers
        ],
        "dates": asdict(held.dates),
        "states": [
            {
                "id": claim.id,
                "label": claim.label,
                "kind": claim.kind,
                "figure": claim.figure,
                "properties": list(claim.says),
                "counts": [
                    {"key": count.key, "value": count.value, "line": count.location.line}
                    for count in claim.counts
                ],
            }
            for claim in held.claims
        ],
        "disputed": [
            {
                "id": one.claim.id,
                "key": one.count.key,
                "stated": one.count.value,
                "now": one.change.new,
                "line": one.count.location.line,
            }
            for one in held.disputed
        ],
        "lost": [
            {"key": words.key, "text": words.text, "line": words.location.line}
            for words in held.lost
        ],
        "settings": [
            {"path": list(setting.path), "value": setting.value} for setting in held.settings
        ],
    }
