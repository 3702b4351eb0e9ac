"""The article of a page: its text, and the blocks that it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..text.article import Article
    from .passages import Passages

    Record = dict[str, Any]


def blocks(article: Article) -> list[Record]:
    """Give the title, the headings, paragraphs and fields of the infobox, with their stretches."""
    names = {field.start: field.key for field in article.fields}
    found = []
    for block in article.blocks:
        record: Record = {"kind": block.kind, "start": block.start, "end": block.end}
        if block.kind == "heading":
            # The path has a heading for each level that stands above it, the title's not counted.
            record["level"] = len(block.section) + 1
        if block.kind == "field":
            record["name"] = names.get(block.start, "")
        found.append(record)
    return found


def excerpts(title: str, passages: Passages) -> tuple[str, list[Record], list[Record]]:
    """Put the passages of a graph together whose article is not at hand, as of a built file.

    Args:
        title: what stands above them.
        passages: the passages.

    Returns:
        The text, its blocks, and the passages' records with where they stand in this text.
    """
    text, found, records, section = title, [_block("title", 0, title)], [], None
    for record in passages.records():
        if record["section"] != section:
            section = record["section"]
            found.append({**_block("heading", len(text) + 2, section), "level": 2})
            text += f"\n\n{section}"
        words = passages.words(record["iri"])
        found.append(_block("paragraph", len(text) + 2, words))
        text += f"\n\n{words}"
        records.append({**record, "start": len(text) - len(words), "end": len(text)})
    return text, found, records


def _block(kind: str, start: int, words: str) -> Record:
    return {"kind": kind, "start": start, "end": start + len(words)}
