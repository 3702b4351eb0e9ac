"""Draw what became of statements in another revision: both wordings, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from ..diagnostics import counted
from ..graph.inputs import display
from ..revisions.rebase import OPEN_PLACES
from ..revisions.wordchanges import SIGNS
from ..text.article import section_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.console import Console

    from ..revisions.claims import Claim
    from ..revisions.holding import Held
    from ..revisions.rebase import Rebase
    from ..revisions.wordchanges import Piece
    from ..text.passages import Passage

STYLES = {"kept": "none", "removed": "red strike", "added": "green underline"}
_HEAD = 6  # columns of “was”, “now”, “says”
_LEAST = 30


def draw_rebase(found: Rebase, written: Sequence[Path] | None, out: Console) -> Iterator[Line]:
    """Give the lines that say what became of each entry, and of the files.

    Args:
        found: the entries, held against the other text.
        written: the files that were written; None if that was not asked for.
        out: where they go.
    """
    yield from _draw_places(found, out)
    if not found.foreign:
        yield Line()
        yield from _ending(found, written, out)


def places_text(found: Rebase) -> str:
    """Give what became of each entry as a text to be kept, of a page's width."""
    from io import StringIO

    from rich.console import Console

    from .console import PAGE

    out = Console(file=StringIO(), width=PAGE, color_system=None)
    lines = [line.plain.rstrip() for line in _draw_places(found, out)]
    lines += ["", *(line.plain for line in _title(found, out))] if found.title else []
    return "\n".join(lines) + "\n"


def _draw_places(found: Rebase, out: Console) -> Iterator[Line]:
    yield from Line(found.new.title, style="heading").wrap(out, out.width)
    yield from _paths(display(found.folder), f"against {display(found.path)}", out)
    if found.foreign:
        yield Line()
        yield from _foreign(found, out)
        return
    yield Line()
    yield from _counts(found)
    changed = found.having("changed")
    groups = (
        ("Changed", [h for h in changed if not h.comparison.same_words]),
        (
            "Changed in punctuation and capitals alone",
            [h for h in changed if h.comparison.same_words],
        ),
        ("Gone", found.having("gone")),
        ("Not certain", [h for h in found.held if h.problem and h.standing != "gone"]),
        ("With other quotes, dashes or spaces", [h for h in found.having("retyped") if h.settled]),
        ("Moved", [h for h in found.having("unchanged") if h.moved and h.settled]),
    )
    for heading, held in groups:
        if held:
            yield Line()
            yield Line(heading, style="heading")
        for number, entry in enumerate(held):
            if number and heading != "Moved":
                yield Line()
            yield from _entry(entry, out, short=heading == "Moved")
    yield from _new(found, out)


def _paths(first: str, second: str, out: Console) -> Iterator[Line]:
    """Give two halves of a line, below each other where it is too long; no path is broken."""
    if cell_len(first) + 1 + cell_len(second) <= out.width:
        yield Line(f"{first} {second}", style="aside")
    else:
        yield from (Line(first, style="aside"), Line(second, style="aside"))


def _foreign(found: Rebase, out: Console) -> Iterator[Line]:
    there = sum(held.found for held in found.held)
    words = (
        f"“{found.new.title}” is another article, not a revision of “{found.old.title}”: of "
        f"{len(found.held)} passages, {there or 'none'} {'are' if there > 1 else 'is'} found in it"
    )
    yield from Line(words, style="warning").wrap(out, out.width)


def _counts(found: Rebase) -> Iterator[Line]:
    moved = sum(held.moved for held in found.having("unchanged"))
    new = len(found.sentences) + len(found.words)
    rows = [
        (len(found.having("unchanged")), f"unchanged{f', {moved} of them moved' if moved else ''}"),
        (len(found.having("retyped")), "with other quotes, dashes or spaces"),
        (len(found.having("changed")), f"changed{_numbers(found)}"),
        (len(found.having("unclear")), "not certain"),
        (len(found.having("gone")), "gone"),
        (new, f"new {'sentence or word' if new == 1 else 'sentences or words'} of the text"),
        (len(found.fields), f"new infobox {'field' if len(found.fields) == 1 else 'fields'}"),
    ]
    for number, what in rows:
        if number or what == "gone" or what.startswith(("changed", "unchanged")):
            yield Line.assemble((f"{number:5}", "number"), f" {what}")


def _numbers(found: Rebase) -> str:
    disputed = sum(bool(held.disputed) for held in found.held)
    return f", {disputed} of them in a number that a statement counts" if disputed else ""


# --- an entry ------------------------------------------------------------------------------------


def _entry(held: Held, out: Console, *, short: bool = False) -> Iterator[Line]:
    where = _where(held.old)
    if held.new is not None and held.moved:
        where = f"{where} → {_where(held.new)}"
    yield from Line.assemble((_file(held), "id"), (f"  {where}", "aside")).wrap(out, out.width)
    ours, theirs = held.comparison.sides()
    if short:
        yield from row("", marked_line(ours), out)
        return
    yield from row("was", marked_line(ours), out)
    if held.new is not None:
        yield from row("now", marked_line(theirs), out)
    says = _says(held.claims) or [f"nothing: {' '.join((held.because or '').split())}"]
    for number, words in enumerate(says):
        yield from row("" if number else "says", Line(words, style="aside"), out)
    for note in _notes(held):
        yield from row("", note, out)


def _says(claims: Iterable[Claim]) -> list[str]:
    """Say what an entry states, a line a thing, with its figures behind it."""
    lines: list[str] = []
    figures = False
    for claim in claims:
        if claim.figure is not None and lines:
            lines[-1] += f"{', ' if figures else ': '}{claim.figure}"
            figures = True
        else:
            lines.append(str(claim))
            figures = False
    return lines


def _notes(held: Held) -> Iterator[Line]:
    """Say what the difference comes to: numbers, dates, words that are repeated elsewhere."""
    if held.problem:
        yield Line(held.problem, style="warning")
    disputed = {id(one.change): one for one in held.disputed}
    for change in held.numbers:
        one = disputed.get(id(change))
        if one is None:
            yield Line(str(change), style="warning" if change.how != "rewritten" else "none")
            continue
        place = f"line {one.count.location.line}"
        yield Line(
            f"{change}, and {place} says {one.count.key}: {one.count.value} ({one.claim})",
            style="bad",
        )
    if said := str(held.dates):
        yield Line(said, style="none" if held.dates.rewritten else "warning")
    for words in held.lost:
        place = f"line {words.location.line}: {words.key}"
        yield Line(f"{place} “{words.text}” is not in the new words", style="warning")


def _file(held: Held) -> str:
    return f"{held.location.file}:{held.location.line}"


def _where(passage: Passage) -> str:
    if passage.field is not None:
        return f"infobox {passage.field}"
    return section_name(passage.section)


def marked_line(pieces: Iterable[Piece]) -> Line:
    """Give a wording with what was removed or added in colour, and marked for those without."""
    line = Line()
    for piece in pieces:
        opening, closing = SIGNS[piece.mark]
        line.append(f"{opening}{piece.text}{closing}", style=STYLES[piece.mark])
    return line


def row(head: str, text: Line, out: Console, width: int = _HEAD) -> Iterator[Line]:
    """Give the lines of a text that stands beside a short word."""
    for number, part in enumerate(text.wrap(out, max(out.width - width - 2, _LEAST))):
        part.rstrip()
        start = "  " + ("" if number else head).ljust(width)
        yield Line.assemble((start, "property"), part)


# --- the rest ------------------------------------------------------------------------------------


def _new(found: Rebase, out: Console) -> Iterator[Line]:
    text = found.new.text
    rows = [
        (unit.start, text[unit.start : unit.end], "no passage touches it")
        for unit in found.sentences
    ]
    rows += [(f.start, f"{f.key}: {f.value}", "a new field") for f in found.fields]
    rows += [
        (span.start, text[span.start : span.end], "inside a sentence that has passages")
        for span in found.words
    ]
    if rows:
        yield Line()
        yield Line("New", style="heading")
    for start, words, what in sorted(rows):
        place = f"{display(found.path)}:{found.new.line_of(start)}"
        yield from Line.assemble((place, "id"), (f"  {what}", "aside")).wrap(out, out.width)
        yield from row("", Line(" ".join(words.split()), style=STYLES["added"]), out)


def _title(found: Rebase, out: Console) -> Iterator[Line]:
    if found.title is not None:
        words = f"the header's title is “{found.old.title}”, and the text's is now"
        sentence = f"{found.title}: {words} “{found.new.title}”"
        yield from Line(sentence, style="warning").wrap(out, out.width)


def _ending(found: Rebase, written: Sequence[Path] | None, out: Console) -> Iterator[Line]:
    yield from _title(found, out)
    for sentence, style in _said(found, written):
        yield from Line(sentence, style=style).wrap(out, out.width)


def _reminder(found: Rebase, written: Sequence[Path] | None) -> str:
    """Say what keeps the undecided from being forgotten, now that the old text is gone."""
    if not written:
        return ""
    kept = f"; {display(found.folder / OPEN_PLACES)} has this list, for the old text is gone"
    if found.pin is not None:
        return f"{kept}; the digest in {found.pin} waits for that"
    return f"{kept}; the header pins no digest, so check cannot tell what is undecided"


def _said(found: Rebase, written: Sequence[Path] | None) -> Iterator[tuple[str, str]]:
    settings = sum(bool(held.settings) for held in found.held if held.settled)
    left = sum(not held.settled for held in found.held)
    left += len(found.sentences) + len(found.fields) + len(found.words) + bool(found.title)
    if written is not None:
        names = " and ".join(display(path) for path in written)
        yield (f"written: {names}" if written else "nothing had to be written"), "good"
    elif settings:
        yield f"--write brings {counted(settings, 'anchors')} up to date", "none"
    if left:
        places = f"{counted(left, 'places')} {'is' if left == 1 else 'are'}"
        yield f"{places} left for you to decide{_reminder(found, written)}", "warning"
    elif written is not None or not settings:
        unpinned = written is None and found.pin is not None
        more = "; --write makes it article.txt and pins it" if unpinned else ""
        yield f"every statement stands in this text{more}", "good"
