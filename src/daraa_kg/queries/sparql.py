"""SPARQL as text: the form of a query, where its VALUES stand, what is refused, what is wrong."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..diagnostics import Fault, Location
from ..namespaces import PREFIXES
from .federation import find_service

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "QueryFailed",
    "QueryRefused",
    "QuerySyntaxError",
    "Values",
    "explain",
    "find_values",
    "form_of",
    "is_ordered",
    "names_in",
    "refuse",
]

FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH")

# SPARQL 1.1 Query, section 19.8, as far as it takes to tell words from what only looks like one.
_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>[\w][\w.-]*(?<!\.):(?:[\w:.%-]|\\.)* | :(?:[\w:.%-]|\\.)*)
    | (?P<word>\w+)
    | (?P<sign>\^\^|[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_AT = re.compile(r"error at (\d+):(\d+)")
_UNKNOWN_FUNCTION = re.compile(r"function (<[^>]*>) is not supported")
_PADDING = 64  # more than any keyword has letters
_NEVER = "\x01"
# What the parser says in words; the rest of what it says are characters that it would have read.
_SAID = {
    "The SELECT overrides an existing variable using an expression": (
        "SELECT names an expression AS a variable that the query has already"
    ),
    "The SELECT contains a variable that is unbound": (
        "SELECT has a variable that is neither grouped by nor counted; add it to GROUP BY"
    ),
}


class QuerySyntaxError(ValueError):
    """A query that is not SPARQL; `fault` has the place and the sentence."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


class QueryRefused(ValueError):
    """A query that is SPARQL but is not run: an update, or a call to another machine."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


class QueryFailed(ValueError):
    """A query that is SPARQL and cannot be answered; `reason` is what the store says.

    Args:
        file: the name of the query's file, or of what stands for it.
        reason: what the store says, such as ``The custom function <…> is not supported``.
    """

    def __init__(self, file: str, reason: str) -> None:
        self.reason = reason
        function = _UNKNOWN_FUNCTION.search(reason)
        if function:
            said = f"no function is called {function.group(1)}"
            hint = "SPARQL 1.1 lists those that there are in its section 17"
            super().__init__(f"{file}: {said}; {hint}")
        else:
            super().__init__(f"{file}: this cannot be answered: {reason}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a query, with its kind and its place (offsets, end exclusive)."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Values:
    """A ``VALUES ?name { … }``: the place of what stands between the braces, and that text."""

    name: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Give the tokens of a query, comments left out."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match.group(), match.start(), match.end())


def _first(text: str) -> Token | None:
    """Give the first token after the prologue (BASE and PREFIX)."""
    found = tokens(text)
    for token in found:
        word = token.text.upper()
        if token.kind == "word" and word == "PREFIX":
            next(found, None)
            next(found, None)
        elif token.kind == "word" and word == "BASE":
            next(found, None)
        else:
            return token
    return None


def form_of(text: str) -> str | None:
    """Give the form of a query, such as ``"SELECT"``; None when it has none."""
    first = _first(text)
    word = first.text.upper() if first and first.kind == "word" else ""
    return word if word in FORMS else None


def is_ordered(text: str) -> bool:
    """Say whether the order of the rows, or which of them are given, is the query's own affair."""
    return any(
        t.kind == "word" and t.text.upper() in ("ORDER", "LIMIT", "OFFSET") for t in tokens(text)
    )


def location(text: str, offset: int, file: str) -> Location:
    """Give the line and column, from 1, of an offset into a text."""
    line = text.count("\n", 0, offset) + 1
    return Location(file, line, offset - text.rfind("\n", 0, offset))


def refuse(text: str, file: str) -> None:
    """Refuse what would change data or reach another machine.

    Unicode escapes can spell a keyword (SPARQL 1.1, section 19.2), so both readings are looked at.

    Raises:
        QueryRefused: the text is an update, or asks another server.
    """
    for reading in {text, _ESCAPE.sub(_unescaped, text)}:
        first = _first(reading)
        if first and first.kind == "word" and first.text.upper() in _UPDATES:
            sentence = f"{first.text.upper()} would change the graph, and a query only reads it"
            hint = "correct statements.yaml and build again"
            raise QueryRefused(Fault(location(reading, first.start, file), sentence, hint))
        call = find_service(reading)
        if call is not None:
            sentence = "SERVICE asks another server, and no request leaves this machine"
            hint = "put that server's data into a file and query the two together elsewhere"
            raise QueryRefused(Fault(location(reading, call, file), sentence, hint))


def _unescaped(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number <= 0x10FFFF else match.group()


def find_values(text: str) -> list[Values]:
    """Find each ``VALUES ?name { … }`` of one variable."""
    found = []
    items = list(tokens(text))
    for index, token in enumerate(items[:-2]):
        if token.kind != "word" or token.text.upper() != "VALUES":
            continue
        variable, brace = items[index + 1 : index + 3]
        if variable.kind != "variable" or brace.text != "{":
            continue
        close = next((t for t in items[index + 3 :] if t.text == "}"), None)
        if close is not None:
            inner = text[brace.end : close.start]
            found.append(Values(variable.text[1:], inner.strip(), brace.end, close.start))
    return found


def names_in(text: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give the IRIs that a query names, each with how it is written there.

    Args:
        text: the query.
        prefixes: those that are bound without being declared.
    """
    bound = dict(prefixes)
    found: dict[str, str] = {}
    items = list(tokens(text))
    skipped: set[int] = set()
    for index, token in enumerate(items):
        if token.kind == "word" and token.text.upper() in ("PREFIX", "BASE"):
            prologue = items[index + 1 : index + (3 if token.text.upper() == "PREFIX" else 2)]
            skipped.update(range(index + 1, index + 1 + len(prologue)))
            if len(prologue) == 2:
                bound[prologue[0].text.rstrip(":")] = prologue[1].text[1:-1]
        elif index in skipped:
            continue
        elif token.kind == "iri":
            found.setdefault(token.text[1:-1], token.text)
        elif token.kind == "name":
            prefix, _, local = token.text.rstrip(".").partition(":")
            if prefix in bound:
                found.setdefault(bound[prefix] + local.replace("\\", ""), token.text.rstrip("."))
    return found


def explain(
    error: SyntaxError, text: str, file: str, prefixes: Mapping[str, str] | None = None
) -> QuerySyntaxError:
    """Say in a sentence what the parser found wrong with a query, and where.

    Args:
        error: what pyoxigraph raised.
        text: the query that it read.
        file: the name of the query's file, or of what stands for it.
        prefixes: those that were bound without being declared.
    """
    for said, sentence in _SAID.items():
        if said in str(error):
            match = _AT.search(str(error))
            place = Location(file, *map(int, match.groups())) if match else Location(file)
            return QuerySyntaxError(Fault(place, sentence))
    if not text.strip():
        return QuerySyntaxError(Fault(Location(file, 1, 1), "the query is empty"))
    wrong = _misfit(text, prefixes or {})
    if wrong is None:
        end = len(text.rstrip())
        return QuerySyntaxError(Fault(location(text, end, file), "the query ends too early"))
    place = location(text, wrong.start, file)
    if wrong.kind == "name":
        prefix = wrong.text.partition(":")[0]
        if prefix not in (prefixes or {}) and prefix not in _declared(text):
            start = PREFIXES.get(prefix, "…")
            sentence = f"the prefix “{prefix}:” is not declared"
            hint = f"add PREFIX {prefix}: <{start}> at the top"
            return QuerySyntaxError(Fault(place, sentence, hint))
    if wrong.kind == "iri" and ":" not in wrong.text:
        hint = "write it in full, or declare a BASE"
        return QuerySyntaxError(Fault(place, f"{wrong.text} is a relative IRI", hint))
    return QuerySyntaxError(Fault(place, f"“{wrong.text}” does not fit here"))


def _misfit(text: str, prefixes: Mapping[str, str]) -> Token | None:
    """Find the first token that no query has there; None if the query only ends too early.

    The parser's own place lies beyond it, by the length of the longest keyword it tried. So the
    query is read up to one token after the other: what can still become a query fails at its end,
    behind the spaces that are added. There stands what no query has, so that nothing is ever
    answered: a part of a query that is refused may ask for more than the whole.
    """
    store = ox.Store()
    for token in tokens(text):
        start = text[: token.end] + " " * _PADDING
        try:
            store.query(start + _NEVER, prefixes=dict(prefixes))
        except SyntaxError as error:
            match = _AT.search(str(error))
            if match is None or any(said in str(error) for said in _SAID):
                continue
            lines = start.split("\n")
            if (int(match[1]), int(match[2])) < (len(lines), len(lines[-1])):
                return token
    return None


def _declared(text: str) -> set[str]:
    """Give the prefixes that a query declares."""
    items = list(tokens(text))
    return {
        name.text.rstrip(":")
        for word, name in itertools.pairwise(items)
        if word.kind == "word" and word.text.upper() == "PREFIX"
    }
