"""Draw what differs between two graphs: things, then the words that facts rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from ..diagnostics import counted
from .revisiondrawing import STYLES, marked_line, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from ..revisions.graphdiff import Diff, EvidenceDiff, Fact, PropertyDiff, ThingDiff

_HEADINGS = {"added": "Added", "removed": "Removed", "changed": "Changed"}
_SHOWN = 6  # facts that rest on the same other words; more would bury the words


def draw_diff(found: Diff, out: Console, *, inferred: bool) -> Iterator[Line]:
    """Give the lines that say what differs.

    Args:
        found: the difference.
        out: where they go.
        inferred: whether facts that rules added are listed.
    """
    yield from Line(_summary(found)).wrap(out, out.width)
    for how, heading in _HEADINGS.items():
        things = found.having(how)
        if things:
            yield Line()
            yield Line(heading, style="heading")
        for thing in things:
            yield from _thing(thing, out)
    if found.evidence:
        yield Line()
        yield Line("Resting on other words", style="heading")
    for number, one in enumerate(found.evidence):
        if number:
            yield Line()
        yield from _evidence(one, out)
    if inferred and any(found.inferred):
        yield Line()
        yield Line("By rules", style="heading")
        for facts, mark in zip(found.inferred, ("removed", "added"), strict=True):
            for fact in facts:
                words = f"{fact.subject} · {fact.label} · {fact.value}"
                yield from row("−" if mark == "removed" else "+", Line(words, STYLES[mark]), out)


def _summary(found: Diff) -> str:
    shifted = f"for {found.shifted:,} of them elsewhere in the text" if found.shifted else ""
    if found.equal:
        return "the same facts, resting on the same words" + (f", {shifted}" if shifted else "")
    counts = [f"{len(found.having(how))} {how}" for how in _HEADINGS]
    said = f"things: {', '.join(counts)}"
    if found.evidence:
        number = sum(len(one.facts) for one in found.evidence)
        rest = "rests" if number == 1 else "rest"
        said += f"; {counted(number, 'facts')} {rest} on other words"
    if any(found.inferred):
        less, more = map(len, found.inferred)
        said += f"; by rules {counted(more, 'facts')} more and {less:,} fewer"
    return said


def _thing(one: ThingDiff, out: Console) -> Iterator[Line]:
    yield from Line(str(one.thing), style="kind").wrap(out, out.width)
    told = one.properties
    if one.how != "changed":  # its kind and label stand above
        told = tuple(each for each in told if each.property not in ("rdf:type", "rdfs:label"))
    width = max((len(each.label) for each in told), default=0)
    for each in told:
        yield from row(each.label, _values(one.how, each), out, width + 2)


def _values(how: str, each: PropertyDiff) -> Line:
    if how != "changed":
        values = each.added or each.removed
        return Line(_joined(values), style=STYLES["added" if each.added else "removed"])
    line = Line()
    if each.removed:
        line.append(f"[-{_joined(each.removed)}-]", style=STYLES["removed"])
    if each.removed and each.added:
        line.append(" ")
    if each.added:
        line.append(f"{{+{_joined(each.added)}+}}", style=STYLES["added"])
    return line


def _joined(facts: Iterable[Fact]) -> str:
    return "; ".join(fact.value for fact in facts)


def _evidence(one: EvidenceDiff, out: Console) -> Iterator[Line]:
    comparison = one.comparison
    if comparison is not None:
        was, now = comparison.sides()
        before, after = one.removed[0].where, one.added[0].where
        elsewhere = before != after
        yield from row("was", marked_line(was) + Line(f" ({before})" * elsewhere), out)
        yield from row("now", marked_line(now) + Line(f" ({after})" * elsewhere), out)
    else:
        for ground in one.removed:
            yield from row("was", Line(str(ground), style=STYLES["removed"]), out)
        for ground in one.added:
            yield from row("now", Line(str(ground), style=STYLES["added"]), out)
    for thing, fact in one.facts[:_SHOWN]:
        text = Line(thing.label).append(" · ", style="aside").append(fact.label, style="property")
        yield from row("", text.append(" · ", style="aside").append(fact.value), out)
    more = len(one.facts) - _SHOWN
    if more > 0:
        yield from row("", Line(f"and {counted(more, 'facts')} more", style="aside"), out)
