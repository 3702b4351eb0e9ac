"""Queries for a store that keeps the facts in a named graph: what asks for facts moves there.

A query of ours asks the default graph for facts and `GRAPH ?why` for evidence. Where the facts have
a graph of their own, each pattern that is evaluated against the default graph is put into
``GRAPH <facts> { … }``; a ``GRAPH`` inside it takes over for its own part (SPARQL 1.1 Query,
section 13.3). And a variable graph is kept to those of the dataset that are not the facts: each
fact would be its own evidence otherwise, and other people's graphs would be among its sources.

A dataset clause (FROM) cannot do this: it empties every ``GRAPH ?why``.
"""

from __future__ import annotations

from ..diagnostics import Fault
from ..queries.sparql import QueryRefused, Token, location, tokens

__all__ = ["with_facts_in"]


def with_facts_in(text: str, graph: str, base: str, file: str) -> str:
    """Rewrite a query for a store whose facts stand in a named graph.

    Args:
        text: a query that was parsed before, so that its braces match.
        graph: the IRI of the graph of the facts.
        base: where the IRIs of the dataset's graphs start.
        file: the name of the query's file, for messages.

    Returns:
        The query with as many lines as before.

    Raises:
        QueryRefused: it has a dataset clause.
    """
    edits = _Edits(list(tokens(text)), graph, base)
    if edits.clause is not None:
        sentence = f"{edits.clause.text.upper()} chooses graphs, and --graph does already"
        hint = "leave out the one or the other"
        raise QueryRefused(Fault(location(text, edits.clause.start, file), sentence, hint))
    in_order = sorted(edits.made, key=lambda edit: edit[0])
    for place, words in reversed(in_order):
        text = f"{text[:place]}{words}{text[place:]}"
    return text


class _Edits:
    """Goes through a query once and gathers what is to be put in, and where.

    Attributes:
        made: places in the text, and the words that go there.
        clause: the first word of a dataset clause; None if there is none.
    """

    def __init__(self, items: list[Token], graph: str, base: str) -> None:
        self.items = items
        self.graph = graph
        self.kept = f'STRSTARTS(STR({{0}}), "{base}") && {{0}} != <{graph}>'
        self.made: list[tuple[int, str]] = []
        self.clause: Token | None = None
        position = 0
        while position < len(items):
            position = self._top(position)

    def _top(self, position: int) -> int:
        """Go past one token outside all patterns, or a whole pattern; give the next position."""
        token = self.items[position]
        if token.kind == "word" and token.text.upper() == "FROM" and self.clause is None:
            self.clause = token
        if token.text != "{":
            return position + 1
        before = self._word(position - 1)
        if before == "CONSTRUCT" or self._is_data(position):
            return self._close(position) + 1
        if before == "WHERE" and self._word(position - 2) == "CONSTRUCT":
            self._write_template(position)
        end = self._group(position)
        self.made += [
            (token.end, f" GRAPH <{self.graph}> {{"),
            (self.items[end].start, "} "),
        ]
        return end + 1

    def _write_template(self, position: int) -> None:
        """Write out the template of a CONSTRUCT WHERE, whose pattern may hold no GRAPH."""
        inside = self.items[position : self._close(position) + 1]
        words = " ".join(token.text for token in inside)
        self.made.append((self.items[position - 2].end, f" {words}"))

    def _group(self, position: int) -> int:
        """Go through a group from its brace; give the position of the brace that closes it."""
        position += 1
        while self.items[position].text != "}":
            if self.items[position].text != "{":
                position += 1
                continue
            name = self.items[position - 1]
            named = self._word(position - 2) == "GRAPH" and name.kind == "variable"
            is_data = self._is_data(position)
            end = self._close(position) if is_data else self._group(position)
            if named:
                condition = self.kept.format(name.text)
                self.made.append((self.items[end].end, f" FILTER({condition})"))
            position = end + 1
        return position

    def _is_data(self, position: int) -> bool:
        """Say whether a brace opens the data of VALUES: ``VALUES ?x {``, ``VALUES (?x ?y) {``."""
        position -= 1
        while position > 0 and (
            self.items[position].kind == "variable" or self.items[position].text in "()"
        ):
            position -= 1
        return self._word(position) == "VALUES"

    def _close(self, position: int) -> int:
        """Give the position of the brace that closes one which holds no groups."""
        while self.items[position].text != "}":
            position += 1
        return position

    def _word(self, position: int) -> str:
        token = self.items[position] if position >= 0 else None
        return token.text.upper() if token is not None and token.kind == "word" else ""
