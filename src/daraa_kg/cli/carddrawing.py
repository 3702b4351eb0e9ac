"""Draw a card, and the evidence for facts: values, and under them the sentences they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text as Line

from ..diagnostics import listing
from ..why.cards import Text
from ..why.evidence import Decision, Definition, Inference, Quote, told_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from ..graph.labels import Name
    from ..why.cards import Block, Card, Fact, Mention
    from ..why.evidence import Evidence

_INDENT = 2
_STEP = 2  # how much further in a nested thing's facts stand
_GAP = 2
_BAR = "┃ "
_LEAST_VALUE = 24  # columns that a value gets at least, however long the property's name


def draw_card(card: Card, out: Console) -> Iterator[Line]:
    """Give the lines of a card."""
    yield Line(card.subject.label, style="heading")
    yield _under_heading(card)
    width = _label_width(card)
    given: set[str] = set()
    for block in card.blocks:
        yield Line()
        yield from _draw_facts(block.facts, width, out)
        for evidence in block.evidence:
            yield from draw_evidence(told_once(evidence, given), out)
    if card.mentions:
        yield Line()
        yield Line("Where it is named", style="heading")
        yield from _draw_mentions(card.mentions, out)
    if card.inferred:
        yield Line()
        yield Line("Added by rules", style="heading")
        yield from _draw_inferred(card.inferred, width, out)


def _under_heading(card: Card) -> Line:
    parts = []
    if card.kind:
        parts.append(Line(card.kind, style="kind"))
    if card.standing:
        parts.append(Line(card.standing, style="warning"))
    parts.append(Line(card.subject.id, style="id"))
    return Line.assemble((" · ", "aside")).join(parts)


# --- facts ----------------------------------------------------------------------------------------


def _label_width(card: Card) -> int:
    """Find the width of the column of property names that fits all of a card's facts."""
    facts = [fact for block in card.blocks for fact in block.facts]
    widths = [width for fact in (*facts, *card.inferred) for width in _label_widths(fact, 0)]
    return max(widths, default=0)


def _label_widths(fact: Fact, depth: int) -> Iterator[int]:
    depth += fact.about is not None
    yield _STEP * depth + cell_len(fact.label)
    for inner in fact.inside:
        yield from _label_widths(inner, depth + 1)


def _draw_facts(facts: Iterable[Fact], width: int, out: Console, depth: int = 0) -> Iterator[Line]:
    previous = None
    for fact in facts:
        if fact.about is not None and fact.about != previous:
            yield _row("of", _value_line(fact.about), width, out, depth)[0]
        previous = fact.about
        inner = depth + 1 if fact.about is not None else depth
        yield from _row(fact.label, _fact_line(fact), width, out, inner)
        yield from _draw_facts(fact.inside, width, out, inner + 1)


def _fact_line(fact: Fact) -> Line:
    line = _value_line(fact.value)
    if fact.standing:
        line = Line.assemble((f"{fact.standing}: ", "warning"), line)
    return line


def _value_line(value: Name | Text) -> Line:
    if isinstance(value, Text):
        return Line(f"“{value.text}”" if value.verbatim else value.text)
    line = Line(value.label)
    if "#" not in value.id and value.id != value.label:
        line.append("  ").append(value.id, style="id")
    return line


def _row(label: str, value: Line, width: int, out: Console, depth: int = 0) -> list[Line]:
    """Set a property's name and its value side by side, the value broken over lines if need be."""
    left = _INDENT + _STEP * depth
    column = _INDENT + width + _GAP
    room = max(out.width - column, _LEAST_VALUE)
    head = Line(" " * left).append(label, style="property")
    head.append(" " * max(column - head.cell_len, _GAP))
    lines = value.wrap(out, room)
    rows = [head.append_text(lines[0])] if lines else [head]
    return rows + [Line(" " * column).append_text(line) for line in lines[1:]]


def _draw_inferred(facts: Iterable[Fact], width: int, out: Console) -> Iterator[Line]:
    """Draw what rules added, the values of one property and rule together."""
    groups: dict[tuple[str, tuple[Inference, ...]], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.label, fact.rules), []).append(fact)
    for (label, rules), group in groups.items():
        value = Line(", ").join([Line(_plain(fact.value)) for fact in group])
        names = listing([rule.name for rule in rules], "and")
        value.append(f"  by {names}", style="aside")
        yield from _row(label, value, width, out)


def _plain(value: Name | Text) -> str:
    return value.text if isinstance(value, Text) else value.label


def _draw_mentions(mentions: Iterable[Mention], out: Console) -> Iterator[Line]:
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.heading, []).append(mention)
    for heading, group in groups.items():
        yield Line(" " * _INDENT).append(heading, style="property")
        dates = max(cell_len(mention.when or "") for mention in group)
        left = _INDENT + _STEP + (dates + _GAP if dates else 0)
        for mention in group:
            head = Line(" " * (_INDENT + _STEP) + (mention.when or ""))
            head.append(" " * (left - head.cell_len))
            yield from _hanging(head, _mention_line(mention), out)


def _mention_line(mention: Mention) -> Line:
    value = Line()
    if mention.standing:
        value.append(f"{mention.standing}: ", style="warning")
    if mention.figure:
        value.append(f"{mention.figure}, ")
    value.append(mention.thing.label).append("  ")
    return value.append(mention.thing.id, style="id")


def _hanging(head: Line, value: Line, out: Console) -> Iterator[Line]:
    """Set a text right of a head, its further lines a step in."""
    left = head.cell_len
    lines = value.wrap(out, max(out.width - left - _STEP, _LEAST_VALUE))
    yield Line.assemble(head, lines[0])
    for line in lines[1:]:
        yield Line.assemble(" " * (left + _STEP), line)


# --- evidence -------------------------------------------------------------------------------------


def draw_evidence(evidence: Evidence, out: Console, indent: int = _INDENT) -> Iterator[Line]:
    """Give the lines for a passage, a source or a rule."""
    if isinstance(evidence, Quote):
        yield from _draw_quote(evidence, out, indent)
    elif isinstance(evidence, Decision):
        yield from _draw_decision(evidence, out, indent)
    elif isinstance(evidence, Inference):
        yield from barred(Line(f"by the rule {evidence.name}: {evidence.summary}"), out, indent)
    elif isinstance(evidence, Definition):
        yield from barred(Line("by the vocabulary"), out, indent)


def barred(text: Line, out: Console, indent: int = _INDENT) -> Iterator[Line]:
    """Give a text broken over lines, with a bar on their left."""
    for line in text.wrap(out, max(out.width - indent - len(_BAR), _LEAST_VALUE)):
        line.rstrip()
        yield Line(" " * indent).append(_BAR, style="bar").append_text(line)


def _draw_quote(quote: Quote, out: Console, indent: int) -> Iterator[Line]:
    yield from barred(_marked(quote, terminal=out.is_terminal), out, indent)
    yield from barred(Line(f"{quote.where} · {quote.voice}", style="aside"), out, indent)
    if quote.repair:
        yield from barred(Line(f"Read so: {quote.repair}", style="aside"), out, indent)
    if quote.link:
        yield _link(quote.link, indent)


def _marked(quote: Quote, *, terminal: bool) -> Line:
    """Give the sentence with the stretch that counts set apart, where it is not the whole of it."""
    if quote.whole:
        return Line(_flat(quote.sentence), style="quote")
    marks = ("", "") if terminal else ("»", "«")
    return Line.assemble(
        (_flat(quote.before), "aside"),
        (f"{marks[0]}{_flat(quote.exact)}{marks[1]}", "marked"),
        (_flat(quote.after), "aside"),
    )


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _draw_decision(decision: Decision, out: Console, indent: int) -> Iterator[Line]:
    yield from barred(Line(decision.head), out, indent)
    for because in decision.because:
        yield from barred(Line(f"because: {_flat(because)}"), out, indent)
    if decision.url:
        yield _link(decision.url, indent)


def _link(address: str, indent: int) -> Line:
    """Give an address whole on its line, however long, so that it can be opened and copied."""
    return Line(" " * indent).append(_BAR, style="bar").append(address, style="aside")


def print_lines(lines: Iterable[Line], out: Console) -> None:
    """Print lines that are broken already; a link is left as long as it is."""
    for line in lines:
        line.rstrip()
        out.print(line, soft_wrap=True)


def draw_block(block: Block, out: Console) -> Iterator[Line]:
    """Give the lines of facts that share their evidence, and of that evidence."""
    widths = [width for fact in block.facts for width in _label_widths(fact, 0)]
    yield from _draw_facts(block.facts, max(widths, default=0), out)
    for evidence in block.evidence:
        yield from draw_evidence(evidence, out)
