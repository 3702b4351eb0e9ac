"""Read the part of SPARQL that rules are written in: patterns that can only ever add facts.

A rule is `CONSTRUCT { … } WHERE { … }` over triple patterns, GRAPH, UNION of patterns, FILTER,
BIND and VALUES. Nothing in it can take a fact back when another is added, so that the fixpoint
does not depend on the order of the rules; and each solution names the triples it rests on, so
that a proof can be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, NoReturn
from urllib.parse import urljoin

from pyoxigraph import Literal, NamedNode, Variable

Term = NamedNode | Literal | Variable

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
                  |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<variable>[?$]\w+)
      | (?P<blank>_:[\w.-]*\w|\[\s*\])
      | (?P<name>(?:[A-Za-z](?:[\w.-]*[\w-])?)?:(?:[\w%:-](?:[\w.%:-]*[\w%:-])?)?)
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<mark>\^\^|&&|\|\||!=|<=|>=|[{}()\[\].;,=<>!+\-*/|^?])
    """,
    re.VERBOSE | re.DOTALL,
)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_TAKES_BACK = {"OPTIONAL", "MINUS", "EXISTS", "NOT"}
_NOT_REPEATABLE = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}
_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}
_OTHER_FORMS = {"SELECT", "ASK", "DESCRIBE", "INSERT", "DELETE", "LOAD", "CLEAR", "SERVICE"}
_MODIFIERS = {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "DISTINCT", "REDUCED", "FROM"}
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Token(NamedTuple):
    """One token of a rule: its kind, its text, and where it starts (offset from 0, line from 1)."""

    kind: str
    text: str
    start: int
    line: int


class Pattern(NamedTuple):
    """One triple pattern, and the graph it is read from; None is the default graph."""

    subject: Term
    predicate: Term
    object: Term
    graph: Term | None
    line: int


@dataclass(frozen=True)
class Body:
    """A rule as read.

    `branches` are the alternatives that UNION spells: a solution of the rule rests on every
    pattern of at least one of them. `prologue`, `head` and `where` are the rule's own text, for
    queries that put the same body to another use; `bound` names what BIND and VALUES bind.
    """

    template: tuple[Pattern, ...]
    branches: tuple[tuple[Pattern, ...], ...]
    prologue: str
    head: str
    where: str
    bound: frozenset[str]

    def literal_subjects(self) -> set[str]:
        """Name the variables that the template makes a subject and that may be a literal."""
        safe = set.intersection(
            *(
                {
                    term.value
                    for pattern in branch
                    for term in (pattern.subject, pattern.predicate, pattern.graph)
                    if isinstance(term, Variable)
                }
                for branch in self.branches
            )
        )
        heads = (pattern.subject for pattern in self.template)
        return {term.value for term in heads if isinstance(term, Variable)} - safe


class RuleSyntaxError(ValueError):
    """A rule that is not written in the part of SPARQL that rules keep to."""

    def __init__(self, line: int, sentence: str) -> None:
        self.line = line
        self.sentence = sentence
        super().__init__(f"line {line}: {sentence}")


def tokens(text: str) -> list[Token]:
    """Cut a rule into tokens, without spaces and comments.

    Raises:
        RuleSyntaxError: a character that starts no token, such as an unclosed quotation mark.
    """
    found: list[Token] = []
    offset, line = 0, 1
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise RuleSyntaxError(line, f"{text[offset]!r} starts nothing that SPARQL knows")
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), offset, line))
        line += match.group().count("\n")
        offset = match.end()
    return found


def forbidden(text: str) -> list[RuleSyntaxError]:
    """List what a rule may not use: what takes facts back, and what differs from run to run."""
    faults = []
    for token in tokens(text):
        word = token.text.upper()
        if token.kind == "blank" or token.text == "[":
            sentence = f"{token.text} is a blank node, and the graph has none; use a variable"
        elif token.kind != "word":
            continue
        elif word in _TAKES_BACK:
            sentence = f"{word} can take a fact back when another is added; rules only add"
        elif word in _NOT_REPEATABLE:
            sentence = f"{word} differs from run to run, and two builds must be the same"
        elif word in _AGGREGATES:
            sentence = f"{word} changes when a fact is added; count in a query, not in a rule"
        elif word in _MODIFIERS:
            sentence = f"{word} picks among the solutions; a rule holds for all of them"
        elif word in _OTHER_FORMS:
            sentence = f"{word} is not part of a rule; write CONSTRUCT {{ … }} WHERE {{ … }}"
        else:
            continue
        faults.append(RuleSyntaxError(token.line, sentence))
    return faults


@lru_cache(maxsize=256)
def parse(text: str, base: str) -> Body:
    """Read a rule.

    Args:
        text: the rule, with or without its header.
        base: what relative IRIs such as `<graph/ontology>` are resolved against.

    Raises:
        RuleSyntaxError: it is not such a rule; the error has the line.
    """
    return _Reader(text, base).rule()


class _Reader:
    """One pass over the tokens of one rule."""

    def __init__(self, text: str, base: str) -> None:
        self.text = text
        self.base = base
        self.tokens = tokens(text)
        self.at = 0
        self.prefixes: dict[str, str] = {}
        self.bound: set[str] = set()

    # Tokens ------------------------------------------------------------------------------

    def fail(self, sentence: str) -> NoReturn:
        raise RuleSyntaxError(self.line, sentence)

    @property
    def line(self) -> int:
        if self.at < len(self.tokens):
            return self.tokens[self.at].line
        return self.text.count("\n", 0, len(self.text.rstrip())) + 1

    def peek(self) -> Token:
        if self.at == len(self.tokens):
            self.fail("the rule ends in the middle")
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def is_next(self, *texts: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].text.upper() in texts

    def expect(self, text: str) -> Token:
        if not self.is_next(text):
            found = f"not {self.tokens[self.at].text}" if self.at < len(self.tokens) else "the end"
            self.fail(f"{text} is expected here, {found}")
        return self.take()

    # Structure ---------------------------------------------------------------------------

    def rule(self) -> Body:
        while self.is_next("PREFIX"):
            self.take()
            name = self.take()
            if name.kind != "name" or not name.text.endswith(":"):
                self.fail("PREFIX is followed by a name with a colon, such as dkg:")
            self.prefixes[name.text[:-1]] = self.iri(self.take())
        prologue_end = self.peek().start
        if not self.is_next("CONSTRUCT"):
            self.fail(f"a rule starts with CONSTRUCT, not {self.peek().text}")
        self.take()
        head_start = self.expect("{").start + 1
        template = self.triples(None)
        head_end = self.expect("}").start
        self.expect("WHERE")
        start = self.expect("{").start + 1
        branches = self.group(None, in_union=False)
        end = self.expect("}").start
        if self.at < len(self.tokens):
            self.fail(f"nothing may follow the WHERE, and {self.peek().text} does")
        if not template:
            self.fail("the rule constructs nothing")
        return Body(
            tuple(template),
            tuple(map(tuple, branches)),
            self.text[:prologue_end],
            self.text[head_start:head_end],
            self.text[start:end],
            frozenset(self.bound),
        )

    def group(self, graph: Term | None, *, in_union: bool) -> list[list[Pattern]]:
        """Read the inside of braces as alternatives, each a list of patterns."""
        branches: list[list[Pattern]] = [[]]
        while not self.is_next("}"):
            if self.is_next("GRAPH"):
                branches = _both(branches, self.graph(graph, in_union=in_union))
            elif self.is_next("{"):
                branches = _both(branches, self.union(graph))
            elif self.is_next("FILTER", "BIND", "VALUES"):
                if in_union:
                    self.fail(f"{self.peek().text.upper()} stands beside inner braces, not in them")
                self.clause()
            elif self.is_next("."):
                self.take()
            else:
                branches = _both(branches, [self.triples(graph)])
        return branches

    def graph(self, outer: Term | None, *, in_union: bool) -> list[list[Pattern]]:
        if outer is not None:
            self.fail("a GRAPH cannot stand in a GRAPH")
        self.take()
        name = self.term()
        if isinstance(name, Literal):
            self.fail("GRAPH is followed by an IRI or a variable")
        self.expect("{")
        branches = self.group(name, in_union=in_union)
        self.expect("}")
        return branches

    def union(self, graph: Term | None) -> list[list[Pattern]]:
        branches: list[list[Pattern]] = []
        while True:
            self.expect("{")
            branches += self.group(graph, in_union=True)
            self.expect("}")
            if not self.is_next("UNION"):
                return branches
            self.take()

    def clause(self) -> None:
        """Step over a FILTER, BIND or VALUES: the store evaluates it, a proof does not show it."""
        keyword = self.take().text.upper()
        if keyword == "VALUES":
            self.bound.update(self.until("{"))
            self.until("}")
            return
        if not self.is_next("("):
            self.take()
        depth, last = 0, ""
        while True:
            token = self.take()
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0:
                break
            last = token.text
        if keyword == "BIND":
            self.bound.add(last[1:])

    def until(self, mark: str) -> list[str]:
        """Take tokens up to a mark and give the names of the variables among them."""
        names = []
        while (token := self.take()).text != mark:
            if token.kind == "variable":
                names.append(token.text[1:])
        return names

    def triples(self, graph: Term | None) -> list[Pattern]:
        """Read triple patterns, with ; and , up to what is none."""
        found: list[Pattern] = []
        while not self.is_next("}", "{", "GRAPH", "FILTER", "BIND", "VALUES"):
            subject = self.term()
            while True:
                predicate = self.predicate()
                while True:
                    line = self.line
                    found.append(Pattern(subject, predicate, self.term(), graph, line))
                    if not self.is_next(","):
                        break
                    self.take()
                while self.is_next(";"):
                    self.take()
                if self.is_next(".", "}", "{", "GRAPH", "FILTER", "BIND", "VALUES"):
                    break
            if self.is_next("."):
                self.take()
        return found

    # Terms -------------------------------------------------------------------------------

    def predicate(self) -> Term:
        path = "a property path hides the steps of a proof; write them as patterns"
        if self.is_next("^", "!", "("):
            self.fail(path)
        if self.is_next("A") and self.peek().text == "a":
            self.take()
            found: Term = _RDF_TYPE
        else:
            found = self.term()
        if self.is_next("/", "|", "*", "+", "?"):
            self.fail(path)
        if isinstance(found, Literal):
            self.fail("a literal cannot be a property")
        return found

    def term(self) -> Term:
        token = self.take()
        if token.kind == "variable":
            return Variable(token.text[1:])
        if token.kind in ("iri", "name"):
            return NamedNode(self.iri(token))
        if token.kind == "string":
            return self.string(token)
        if token.kind == "number":
            kind = "double" if "e" in token.text.lower() else "decimal"
            kind = kind if "." in token.text or kind == "double" else "integer"
            return Literal(token.text, datatype=NamedNode(_XSD + kind))
        if token.text not in ("true", "false"):
            self.at -= 1
            self.fail(f"{token.text} is not part of a pattern in a rule")
        return Literal(token.text, datatype=NamedNode(_XSD + "boolean"))

    def iri(self, token: Token) -> str:
        if token.kind == "iri":
            found = token.text[1:-1]
            # `urljoin` would lose the # at the end of a namespace.
            return found if _ABSOLUTE.match(found) else urljoin(self.base, found)
        prefix, _, local = token.text.partition(":")
        if token.kind != "name" or prefix not in self.prefixes:
            self.at -= 1
            self.fail(f"the prefix of {token.text} is not declared")
        return self.prefixes[prefix] + local

    def string(self, token: Token) -> Literal:
        quotes = 3 if token.text[:3] in ('"""', "'''") else 1
        value = token.text[quotes:-quotes]
        if "\\" in value:
            self.fail("an escape in a literal is more than a rule's pattern needs")
        if self.at < len(self.tokens) and self.peek().kind == "language":
            return Literal(value, language=self.take().text[1:])
        if self.is_next("^^"):
            self.take()
            return Literal(value, datatype=NamedNode(self.iri(self.take())))
        return Literal(value)


def _both(left: list[list[Pattern]], right: list[list[Pattern]]) -> list[list[Pattern]]:
    """Join two lists of alternatives: each of the one with each of the other."""
    return [first + second for first in left for second in right]
