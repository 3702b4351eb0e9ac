"""What a request of the SPARQL protocol asks, or why it is not answered.

Source: SPARQL 1.1 Protocol, section 2.1 (query operation).
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ..queries.sparql import QueryRefused, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from .limits import Limits

__all__ = ["Asked", "Refusal", "read_request"]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_FIELDS = 256  # of a form
_FILE = re.compile(r"\bFROM\s+(?:NAMED\s+)?<\s*file:", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_READS = "this server only answers questions, and no request changes its data"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and its dataset: IRIs of graphs; both empty for the dataset as it is."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Refusal(ValueError):
    """A request that is not answered: its status, what it is called, and a sentence that says why.

    Attributes:
        retry_after: seconds after which it may be sent again; None if that would not help.
    """

    def __init__(
        self, status: int, title: str, sentence: str, *, retry_after: int | None = None
    ) -> None:
        self.status = status
        self.title = title
        self.sentence = sentence
        self.retry_after = retry_after
        super().__init__(sentence)


async def read_request(request: Request, limits: Limits) -> Asked | None:
    """Read a request; None if it asks for nothing, and so for the description of the service.

    Args:
        request: a GET, HEAD or POST.
        limits: the size of the query, and how long its sender may take.

    Raises:
        Refusal: it is no query, or none that is answered here.
    """
    fields = _fields(request.scope["query_string"], "the query string")
    query = None
    if request.method == "POST":
        media_type = _media_type(request)
        body = await _read_body(request, limits)
        if media_type == _QUERY:
            query = _decode(body, "the query")
        else:
            fields += _fields(body, "the form")
    elif not fields:
        return None
    asked = _asked(fields, query)
    _refuse(asked)
    return asked


def _media_type(request: Request) -> str:
    written = request.headers.get("content-type", "")
    name, *parameters = (part.strip().lower() for part in written.split(";"))
    if name == _UPDATE:
        raise Refusal(415, "No updates", f"{_READS}; send a query as {_QUERY}")
    if name not in (_FORM, _QUERY):
        said = f"“{name}” is not known here" if name else "the Content-Type is missing"
        hint = f"send the query as {_QUERY}, or as the field “query” of a form ({_FORM})"
        raise Refusal(415, "Unsupported media type", f"{said}; {hint}")
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key == "charset" and value.strip('"') not in ("utf-8", "utf8", "us-ascii"):
            sentence = f"the charset “{value}” is not known here; send the query in UTF-8"
            raise Refusal(415, "Unsupported media type", sentence)
    return name


async def _read_body(request: Request, limits: Limits) -> bytes:
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > limits.query:
        raise _too_long(limits)
    chunks, size = [], 0
    try:
        async with asyncio.timeout(limits.silence):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limits.query:
                    raise _too_long(limits)
                chunks.append(chunk)
    except TimeoutError as error:
        sentence = f"the request did not come to its end within {limits.silence:g} seconds"
        raise Refusal(408, "Request timeout", sentence) from error
    return b"".join(chunks)


def _too_long(limits: Limits) -> Refusal:
    sentence = f"the request is longer than {limits.query // 1024} kB; ask in several queries"
    return Refusal(413, "Request too large", sentence)


def _fields(data: bytes, what: str) -> list[tuple[str, str]]:
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        sentence = f"{what} is not percent-encoded UTF-8; encode it so"
        raise Refusal(400, "Bad request", sentence) from error
    except ValueError as error:
        sentence = f"{what} has more than {_FIELDS} fields; leave out those that are not needed"
        raise Refusal(400, "Bad request", sentence) from error


def _decode(body: bytes, what: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, "Bad request", f"{what} is not UTF-8; encode it so") from error


def _asked(fields: Sequence[tuple[str, str]], direct: str | None) -> Asked:
    names = [name for name, _ in fields]
    if "update" in names:
        raise Refusal(400, "No updates", f"{_READS}; send a query in the field “query”")
    queries = [value for name, value in fields if name == "query"]
    queries += [direct] if direct is not None else []
    if len(queries) != 1:
        said = f"there are {len(queries)} queries" if queries else "there is no query"
        raise Refusal(400, "Bad request", f"{said} in the request; send one, in the field “query”")
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    return Asked(queries[0], default, named)


def _refuse(asked: Asked) -> None:
    """Refuse what would change data, reach another machine, or read a file."""
    for iri in (*asked.default_graphs, *asked.named_graphs):
        if not _ABSOLUTE.fullmatch(iri):
            sentence = f"“{iri}” is no absolute IRI; name a graph by its full IRI"
            raise Refusal(400, "Bad request", sentence)
        if iri.lower().startswith("file:"):
            raise _no_files()
    if _FILE.search(asked.query):
        raise _no_files()
    if "\0" in asked.query:
        raise Refusal(400, "Bad request", "the query has a NUL in it; leave it out")
    try:
        refuse(asked.query, "query")
    except QueryRefused as error:
        fault = error.fault
        place = f"line {fault.location.line}, column {fault.location.column}"
        if "SERVICE" not in fault.message:  # what is to be corrected is not the visitor's
            raise Refusal(400, "No updates", f"{place}: {fault.message}; {_READS}") from error
        raise Refusal(400, "Not answered", f"{place}: {fault.text}") from error


def _no_files() -> Refusal:
    sentence = "no file of this machine is read; name a graph of the dataset, or none"
    return Refusal(400, "No files", sentence)
