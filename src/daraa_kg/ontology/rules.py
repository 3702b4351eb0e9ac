"""Infer facts by rules: SPARQL CONSTRUCT files, run until they add nothing more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import yaml
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Store,
    Triple,
)

from ..namespaces import DKG, XSD, rule_graph
from ..text.dates import bounds
from .rulesyntax import Body, RuleSyntaxError, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import QuerySolutions, QueryTriples

DATES = "edtf"
_KEYS = ("name", "summary", "description")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# The longest chain in an article is a handful of steps; a rule that is still busy after this
# many rounds makes new IRIs out of its own.
_MAX_ROUNDS = 1000


@dataclass(frozen=True)
class Rule:
    """An inference rule: its name, what it says in a sentence and in a paragraph, and its text."""

    name: str
    summary: str
    description: str
    text: str
    path: Path

    def body(self, base: str) -> Body:
        """Read the rule's patterns, with relative IRIs resolved against `base`.

        Raises:
            RuleSyntaxError: it is no rule; the error has the line.
        """
        return parse(self.text, base)


class RuleError(ValueError):
    """A rule that cannot be read or run; `rule` names it."""

    def __init__(self, rule: str, sentence: str) -> None:
        self.rule = rule
        super().__init__(sentence)


def load_rules(folder: Path) -> list[Rule]:
    """Read the rules of a folder, in the order of their names.

    Raises:
        RuleError: a header that is missing or malformed, a name that is not the file's, or a
            folder without rules; the error has file and line.
    """
    rules = [load_rule(path) for path in sorted(folder.glob("*.rq"))]
    if not rules:
        message = f"{folder} holds no rules; a rule is a file that ends in .rq"
        raise RuleError(folder.name, message)
    return rules


def load_rule(path: Path) -> Rule:
    """Read one rule and its `#+` header.

    Raises:
        RuleError: the header is missing or malformed, or the name is not the file's.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _header_error(path, 1, f"the rule is not UTF-8: {error.reason}") from error
    header = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        header.append(line[2:].removeprefix(" "))
    fields = _header_fields(path, header)
    for key in _KEYS:
        if not fields.get(key, "").strip():
            raise _header_error(path, 1, f"the header has no {key}; write #+ {key}: …")
    name = fields["name"]
    if name == DATES:
        raise _header_error(path, 1, f'the name "{DATES}" is taken by the dates of EDTF')
    if name != path.stem or not _NAME.fullmatch(name):
        raise _header_error(
            path, 1, f'the rule is named "{name}" in the file {path.name}; name both in kebab-case'
        )
    return Rule(name, fields["summary"].strip(), fields["description"].strip(), text, path)


def _header_fields(path: Path, lines: Sequence[str]) -> dict[str, str]:
    """Read the lines of a header as YAML: a mapping of known keys to text, each once."""
    if not lines:
        raise _header_error(path, 1, "the rule has no header; start it with #+ name: …")
    try:
        root = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        raise _header_error(path, line, f"the header is not YAML: {reason}") from error
    if not isinstance(root, yaml.MappingNode):
        raise _header_error(path, 1, "the header is not a list of keys; write #+ name: …")
    fields: dict[str, str] = {}
    for key, value in root.value:
        line = key.start_mark.line + 1
        if key.value not in _KEYS:
            known = "name, summary and description"
            raise _header_error(path, line, f'the header has "{key.value}"; it may have {known}')
        if key.value in fields:
            raise _header_error(path, line, f'the header has "{key.value}" twice')
        if not isinstance(value, yaml.ScalarNode):
            raise _header_error(path, line, f'"{key.value}" of the header is not a text')
        fields[key.value] = value.value
    return fields


def _header_error(path: Path, line: int, sentence: str) -> RuleError:
    return RuleError(path.stem, f"{path}:{line}: {sentence}")


def infer(store: Store, rules: Iterable[Rule], base: str) -> dict[str, set[Triple]]:
    """Run the rules until they add nothing more, and write what each of them made.

    The named graphs of passages and sources are the facts to start from. Afterwards the default
    graph holds them and all that follows from them, and the graph `<base>rule/<name>` holds what
    the rule constructs that no passage or source states: a triple of two rules stands in both.
    The result does not depend on the order of the rules.

    Args:
        store: passages and sources, `<base>graph/about` and `<base>graph/ontology`.
        rules: the rules.
        base: where the IRIs start, with its last slash.

    Returns:
        What each rule made, by the name of the rule; the dates (`edtf`) are among them.

    Raises:
        RuleError: a rule that is no rule, that makes literals or blank nodes into things, or
            that never comes to an end.
    """
    rules = sorted(rules, key=lambda rule: rule.name)
    bodies = {rule.name: _body(rule, base) for rule in rules}
    default = DefaultGraph()
    stated = _stated(store, base)
    store.extend(_quad(triple, default) for triple in stated)
    _run_to_fixpoint(store, bodies, base)
    made = {rule.name: _made(store, rule, base) for rule in rules}
    made[DATES] = infer_dates(store)
    added = {name: triples - stated for name, triples in sorted(made.items())}
    store.extend(_quad(triple, default) for triple in added[DATES])
    for name, triples in added.items():
        graph = NamedNode(rule_graph(base, name))
        store.extend(_quad(triple, graph) for triple in triples)
    return added


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _stated(store: Store, base: str) -> set[Triple]:
    """Gather what the passages and sources state."""
    ours = (f"{base}rule/", f"{base}graph/")
    return {
        quad.triple
        for graph in store.named_graphs()
        if not graph.value.startswith(ours)
        for quad in store.quads_for_pattern(None, None, None, graph)
    }


def _body(rule: Rule, base: str) -> Body:
    """Read a rule, and say in which file it is if it cannot be read."""
    try:
        body = rule.body(base)
        Store().query(rule.text, base_iri=base)
    except (RuleSyntaxError, SyntaxError) as error:
        from .rulelint import lint_rule  # only for a rule that is none

        message = lint_rule(rule.text, rule.path)[0]
        raise RuleError(rule.name, message) from error
    return body


def _run_to_fixpoint(store: Store, bodies: dict[str, Body], base: str) -> None:
    """Insert what the rules make into the default graph until a round inserts nothing.

    The store does the inserting: handing each triple to Python and back takes five times as long.
    """
    updates = {
        name: f"{body.prologue}INSERT {{{body.head}}} WHERE {{{body.where}}}"
        for name, body in bodies.items()
    }
    size = len(store)
    for _ in range(_MAX_ROUNDS):
        for update in updates.values():
            store.update(update, base_iri=base)
        before, size = size, len(store)
        if size == before:
            return
    raise _endless(store, updates, base)


def _endless(store: Store, updates: dict[str, str], base: str) -> RuleError:
    """Make the error that names the rules which still add facts."""
    busy = []
    for name, update in updates.items():
        size = len(store)
        store.update(update, base_iri=base)
        if len(store) > size:
            busy.append(name)
    message = f"after {_MAX_ROUNDS} rounds these rules still make new facts: {', '.join(busy)}"
    return RuleError(busy[0], message)


def _made(store: Store, rule: Rule, base: str) -> set[Triple]:
    """Gather what a rule constructs at the fixpoint.

    SPARQL leaves out a triple whose subject is a literal without a word (SPARQL 1.1 Query,
    section 16.2), and with it the mistake in the rule or in the fact that it was made from.

    Raises:
        RuleError: the rule makes a literal the subject of a fact, or makes a blank node.
    """
    body = rule.body(base)
    for name in sorted(body.literal_subjects()):
        query = f"{body.prologue}SELECT ?{name} {{ {body.where}\nFILTER(!isIRI(?{name})) }} LIMIT 1"
        solutions = cast("QuerySolutions", store.query(query, base_iri=base))
        for solution in solutions:
            message = (
                f'the rule "{rule.name}" makes {solution[name]} the subject of a fact,'
                " and only a thing with an IRI can be one"
            )
            raise RuleError(rule.name, message)
    made = set(cast("QueryTriples", store.query(rule.text, base_iri=base)))
    for triple in made:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            message = f'the rule "{rule.name}" makes a blank node: {triple}'
            raise RuleError(rule.name, message)
    return made


def infer_dates(store: Store) -> set[Triple]:
    """Bound every `when` of the facts by its earliest and its latest day.

    Raises:
        DateError: a `when` that is no date.
    """
    when = NamedNode(f"{DKG}when")
    quads = store.quads_for_pattern(None, when, None, DefaultGraph())
    return {fact for quad in quads for fact in date_facts(quad.triple)}


def date_facts(when: Triple) -> set[Triple]:
    """Make the facts, `earliest` and `latest`, that follow from one `when`.

    Raises:
        DateError: its object is no date.
    """
    text = when.object.value if isinstance(when.object, Literal) else str(when.object)
    days = zip(("earliest", "latest"), bounds(text), strict=True)
    date = NamedNode(f"{XSD}date")
    return {
        Triple(when.subject, NamedNode(DKG + end), Literal(day.isoformat(), datatype=date))
        for end, day in days
        if day is not None
    }
