"""The result of a query: whole or an error, not longer than allowed, in the format asked for.

When a query fails in Oxigraph after its first row, the answer is a 200 whose body breaks off in a
sentence. So a body counts as a result when it ends as its format ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..queries.sparql import explain, tokens
from .negotiation import choose
from .protocol import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .engine import Answered
    from .limits import Limits

__all__ = ["PAGE", "choose_type", "content_type", "convert", "judge", "too_long", "too_slow"]

_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"

_ROWS = {
    _JSON: ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    _TRIPLES: ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
# What people and their programs ask for when they mean one of these.
_ROW_ALIASES = {
    "application/json": _JSON,
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_GRAPH_ALIASES = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/plain": _TRIPLES,
}
PAGE = "text/html"  # for people; whoever accepts anything gets data
_TEXTS = (PAGE, "text/csv", "text/tab-separated-values", "text/turtle")

_MEDIA_TYPES = (*_ROWS, *_GRAPHS)
_ENDS = {_JSON: (b"]}}", b'"boolean":true}', b'"boolean":false}'), _TRIPLES: (b" .\n",)}
_LONGEST = 500  # characters of what the store says
_EXPLAINED, _WORDS = 4_000, 200  # characters, and words and signs: some hundredths of a second


def too_slow(limits: Limits) -> Refusal:
    """Say that a query was stopped at its time limit."""
    sentence = (
        f"the query was stopped after {limits.timeout} seconds, and there is no result; "
        "ask for less: fewer patterns that share no variable, a LIMIT, one part at a time"
    )
    return Refusal(503, "Query stopped", sentence)


def choose_type(accept: str | None, family: str | None = None) -> str:
    """Choose the media type of an answer.

    Args:
        accept: the Accept header.
        family: the media type of the store's answer; None while it is not known, and then it is
            enough that either rows or a graph can be sent.

    Raises:
        Refusal: nothing that can be sent is acceptable.
    """
    rows, graphs = (*_ROWS, *_ROW_ALIASES, PAGE), (*_GRAPHS, *_GRAPH_ALIASES, PAGE)
    offered = {_JSON: rows, _TRIPLES: graphs}.get(family or "", (*rows, *graphs))
    chosen = choose(accept, offered)
    if chosen is None:
        known = [one for one in offered if one in _MEDIA_TYPES]
        what = {_JSON: "rows", _TRIPLES: "a graph"}.get(family or "", "a result")
        sentence = f"none of the accepted types can hold {what}; accept one of {', '.join(known)}"
        raise Refusal(406, "Not acceptable", sentence)
    aliases = _GRAPH_ALIASES if family == _TRIPLES else _ROW_ALIASES
    return aliases.get(chosen, chosen)


def judge(answered: Answered, limits: Limits, query: str) -> None:
    """See that an answer of the store is a whole result of allowed length.

    Args:
        answered: what the store answered.
        limits: the length.
        query: what it was asked.

    Raises:
        Refusal: it is an error, breaks off, or has too many rows.
    """
    body = answered.body
    if answered.status == 400:
        said = body.decode("utf-8", errors="replace").strip()
        raise Refusal(400, "Malformed query", _malformed(said, query))
    if answered.status != 200 or answered.media_type not in _ENDS:
        said = body[:_LONGEST].decode("utf-8", errors="replace").strip()
        raise Refusal(400, "Not answered", f"the store does not answer this: {said}")
    nothing = answered.media_type == _TRIPLES and not body
    if not nothing and not body.endswith(_ENDS[answered.media_type]):
        sentence = "the store broke off in the middle of the result; send the query again"
        raise Refusal(503, "Result incomplete", sentence, retry_after=5)
    rows = _count(answered, limits.max_rows)
    if rows > limits.max_rows:
        what = "rows" if answered.media_type == _JSON else "triples"
        raise too_long(limits.max_rows, what)


def too_long(bound: int, unit: str) -> Refusal:
    """Say that a result is longer than allowed."""
    sentence = (
        f"the result has more than {bound:,} {unit}, which is the most that is sent at a time, and "
        "none of it is sent; ask for parts of it with ORDER BY, LIMIT and OFFSET, or download the "
        "dataset"
    )
    return Refusal(422, "Result too large", sentence)


def _malformed(said: str, query: str) -> str:
    """Say where a query is wrong, in our words; of a very long one, in the parser's.

    Ours take a reading for each word of the query; the parser lists all that it would have read.
    """
    if len(query) > _EXPLAINED or len(list(tokens(query))) > _WORDS:
        return said.partition(": expected ")[0][:_LONGEST]
    fault = explain(SyntaxError(said), query, "query").fault
    place = fault.location
    return f"line {place.line}, column {place.column}: {fault.text}"


def _count(answered: Answered, bound: int) -> int:
    """Count the rows, or say that they are at most `bound` without counting what is in texts."""
    if answered.media_type == _TRIPLES:
        return answered.body.count(b"\n")
    # Between two rows stands },{ and seldom in a text as well: only then are they counted.
    at_most = answered.body.count(b"},{") + 1
    if at_most <= bound:
        return at_most
    found = ox.parse_query_results(answered.body, format=ox.QueryResultsFormat.JSON)
    return sum(1 for _ in found) if isinstance(found, ox.QuerySolutions) else 1


def convert(answered: Answered, media_type: str, prefixes: Mapping[str, str]) -> bytes:
    """Write a result in the media type that was chosen.

    Args:
        answered: what `judge` has let pass.
        media_type: what `choose_type` gave for its family.
        prefixes: those that Turtle, TriG, RDF/XML and JSON-LD shorten names with.
    """
    if media_type == answered.media_type:
        return answered.body
    if media_type in _ROWS:
        found = ox.parse_query_results(answered.body, format=ox.QueryResultsFormat.JSON)
        return found.serialize(format=_ROWS[media_type]) or b""
    triples = ox.parse(answered.body, format=ox.RdfFormat.N_TRIPLES)
    written = ox.serialize(
        (quad.triple for quad in triples), format=_GRAPHS[media_type], prefixes=dict(prefixes)
    )
    return written or b""


def content_type(media_type: str) -> str:
    """Give the Content-Type of a media type: texts say their charset."""
    return f"{media_type}; charset=utf-8" if media_type in _TEXTS else media_type
