"""Check that a rule only ever adds facts, the same ones every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Store, Variable

from ..namespaces import BASE, about_graph, ontology_graph
from .rulesyntax import Body, Pattern, RuleSyntaxError, forbidden, parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def lint_rule(text: str, path: Path) -> list[str]:
    """List what is wrong with a rule, as sentences with file and line.

    A rule must be monotone (what it makes from some facts it also makes from more of them), so
    that the fixpoint exists and does not depend on the order of the rules; repeatable; and made
    of patterns that a proof can name.

    Args:
        text: the rule.
        path: its file, for messages.
    """
    return [f"{path}:{fault.line}: {fault.sentence}" for fault in _faults(text)]


def _faults(text: str) -> list[RuleSyntaxError]:
    try:
        faults = forbidden(text)
        if faults:
            return faults
        body = parse(text, BASE)
        Store().query(text, base_iri=BASE)
    except RuleSyntaxError as error:
        return [error]
    except SyntaxError as error:
        return [_not_sparql(error)]
    return [*_unbound(body), *_any_graph(body)]


def _not_sparql(error: SyntaxError) -> RuleSyntaxError:
    """Read the line out of what the store says: `error at 2:52: expected one of …`."""
    place = re.match(r"error at (?P<line>\d+):\d+: (?P<reason>.*)", error.msg, re.DOTALL)
    line, reason = (int(place["line"]), place["reason"]) if place else (1, error.msg)
    return RuleSyntaxError(line, f"this is not SPARQL: {reason}")


def _unbound(body: Body) -> Iterable[RuleSyntaxError]:
    """Find variables of the template that some alternative of the WHERE leaves open."""
    seen = set()
    for head in body.template:
        for name in _variables([head]):
            if name in seen or name in body.bound:
                continue
            if not all(name in _variables(branch) for branch in body.branches):
                seen.add(name)
                yield RuleSyntaxError(
                    head.line, f"?{name} is constructed, but the WHERE does not always bind it"
                )


def _any_graph(body: Body) -> Iterable[RuleSyntaxError]:
    """Find graphs that a rule may not read: its own and other rules', and all of them."""
    about = about_graph(BASE)
    for branch in body.branches:
        described = [pattern for pattern in branch if str(pattern.graph) == f"<{about}>"]
        for pattern in branch:
            if pattern.graph is None or pattern in described:
                continue
            if isinstance(pattern.graph, Variable):
                if pattern.graph not in [found.subject for found in described]:
                    yield RuleSyntaxError(
                        pattern.line,
                        f"GRAPH {pattern.graph} may be a rule's own graph;"
                        f" add GRAPH <graph/about> {{ {pattern.graph} a dkg:Passage }}",
                    )
            elif str(pattern.graph) != f"<{ontology_graph(BASE)}>":
                yield RuleSyntaxError(
                    pattern.line,
                    f"GRAPH {pattern.graph} is not a rule's to read; the facts need no GRAPH,"
                    " the vocabulary is <graph/ontology>, the account <graph/about>",
                )


def _variables(patterns: Iterable[Pattern]) -> set[str]:
    """Name the variables of some patterns, those of their graphs included."""
    return {
        term.value for pattern in patterns for term in pattern[:4] if isinstance(term, Variable)
    }
