"""Draw why a fact is in the graph: its evidence, and under a rule the facts that the rule used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Line

from ..why.evidence import Definition, Inference, Quote
from .carddrawing import draw_evidence
from .console import narrower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from ..why.explanation import Explanation, Reason, Statement

_INDENT = 2
_BRANCH, _LAST, _PIPE, _BLANK = "├─ ", "└─ ", "│  ", "   "
_LEAST = 24  # columns of text at least, however deep the tree
_BEGINNING = 40  # code points of a sentence that was given in full above


def draw_explanations(explanations: Iterable[Explanation], out: Console) -> Iterator[Line]:
    """Give the lines of explanations, with a blank line between them."""
    for number, explanation in enumerate(explanations):
        if number:
            yield Line()
        yield from _draw_explanation(explanation, out)


def _draw_explanation(explanation: Explanation, out: Console) -> Iterator[Line]:
    yield from _statement(explanation.statement).wrap(out, out.width)
    told: set[str] = set()
    ways = len(explanation.reasons)
    for number, reason in enumerate(explanation.reasons, 1):
        if ways > 1 and reason.premises:
            yield Line()
            yield Line(f"  {'one way' if number == 1 else 'another way'}", style="aside")
        yield from _draw_reason(reason, " " * _INDENT, told, out)
    for number, place in enumerate(explanation.places):
        yield Line(f"  {'and in' if number else 'written in'} {place}", style="aside")
    if explanation.more:
        yield Line("  there are more ways; --all gives them", style="aside")


def _statement(statement: Statement) -> Line:
    line = Line(statement.subject.label)
    line.append(" · ", style="aside").append(statement.label, style="property")
    return line.append(" · ", style="aside").append(str(statement.value))


def _draw_reason(reason: Reason, prefix: str, told: set[str], out: Console) -> Iterator[Line]:
    """Give the lines for the evidence of a fact, and for the facts that its rule used."""
    evidence = reason.evidence
    if isinstance(evidence, Inference):
        text = f"by the rule {evidence.name}"
        if evidence.iri not in told:
            text += f": {evidence.summary}"
        told.add(evidence.iri)
        yield from _wrapped(Line(text), prefix, prefix, out)
        yield from _draw_premises(reason.premises, prefix, told, out)
    elif isinstance(evidence, Quote) and evidence.iri in told:
        words = evidence.exact.replace("\n", " ")
        start = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING].rpartition(' ')[0]} …"
        yield Line(prefix).append("┃ ", style="bar").append(f"“{start}” (as above)", style="aside")
    else:
        told.add(evidence.iri)
        for line in draw_evidence(evidence, narrower(out, len(prefix)), indent=0):
            yield Line(prefix).append_text(line)


def _draw_premises(
    premises: Sequence[Reason], prefix: str, told: set[str], out: Console
) -> Iterator[Line]:
    # What the vocabulary says comes last: readers look for the facts.
    ordered = sorted(premises, key=lambda premise: isinstance(premise.evidence, Definition))
    for number, premise in enumerate(ordered, 1):
        last = number == len(ordered)
        head, rest = (_LAST, _BLANK) if last else (_BRANCH, _PIPE)
        line = _statement(premise.statement)
        if isinstance(premise.evidence, Definition):
            line.append(" (the vocabulary)", style="aside")
        yield from _wrapped(line, prefix + head, prefix + rest, out)
        if not isinstance(premise.evidence, Definition):
            yield from _draw_reason(premise, prefix + rest, told, out)


def _wrapped(line: Line, first: str, rest: str, out: Console) -> Iterator[Line]:
    for number, part in enumerate(line.wrap(out, max(out.width - len(rest), _LEAST))):
        part.rstrip()
        yield Line(rest if number else first, style="none").append_text(part)
