"""`daraa-kg query`: answer a question."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from .console import write_bytes
from .endpoint import GRAPH, TIMEOUT, USER, checked_graph, endpoint_option, open_transport
from .exitcodes import CANNOT_RUN, FAILS, HOLDS
from .failures import Failure
from .interrupt import interruptible
from .options import (
    ARTICLE,
    BASE_IRI,
    STORE,
    Verb,
    base_or_default,
    complete_question,
    complete_setting,
    format_option,
    open_graph,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..graph.built import Graph
    from ..queries.results import Result
    from ..stores.remote import RemoteGraph

FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown")
GRAPH_FORMATS = ("ttl", "nt", "rdf", "jsonld", "trig", "nq")

FORMAT = format_option(
    *(*FORMATS, *GRAPH_FORMATS),
    words="table, csv, tsv, json, xml or markdown; for a graph also ttl, nt, rdf or jsonld.",
)


class Question(click.ParamType[str]):
    """A question's name, a file, SPARQL, or ``-``; what it is, the library tells apart."""

    name = "question"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """Say where the names are when none was given."""
        del param, ctx
        return "daraa-kg queries lists the names."


@click.command(
    "query", cls=Verb, short_help="Answer a question: one of the catalogue, a file's, or your own."
)
@click.argument(
    "question",
    type=Question(),
    metavar="NAME|FILE.rq|SPARQL|-",
    shell_complete=complete_question,
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=complete_setting,
    help="Give a parameter a value; may be repeated.",
)
@FORMAT
@click.option("--ids", is_flag=True, help="In a table, put ids under labels.")
@ARTICLE
@STORE
@endpoint_option("Ask a running store that has the graph, such as load has put there.")
@GRAPH
@USER
@TIMEOUT
@BASE_IRI
def command(  # noqa: PLR0913 - one argument an option
    question: str,
    *,
    settings: tuple[str, ...],
    format_name: str,
    ids: bool,
    article: Path | None,
    store: Path | None,
    endpoint: str | None,
    graph: str | None,
    user: str | None,
    timeout: float | None,
    base: str | None,
) -> int:
    r"""Answer a question: one of the catalogue, a file with SPARQL, or - for standard input.

    In your own SPARQL the prefixes dkg:, kg:, rdfs: and the like are known, and <event/offensive>
    is the article's own. A yes-or-no question that is answered no has exit code 1.

    \b
    Examples:
      daraa-kg query timeline
      daraa-kg query events-inside --set place=kg:place/daraa
      daraa-kg query casualties-by-side --format csv > casualties.csv
      echo 'SELECT ?e { ?e a dkg:Siege }' | daraa-kg query -
      daraa-kg query timeline --endpoint http://example.org:7878/query
    """
    if endpoint is None:
        _check_local(graph=graph, user=user, timeout=timeout)
        result = ask(open_graph(article, base, store), question, settings)
    else:
        _check_remote(article=article, store=store)
        remote = open_remote(endpoint, graph, user, timeout, base)
        result = put(remote.query, question, settings)
    print_result(result, format_name, ids=ids)
    return FAILS if result.form == "ASK" and not result else HOLDS


def ask(graph: Graph, question: str, settings: tuple[str, ...]) -> Result:
    """Put a question to a graph.

    Args:
        graph: the graph.
        question: a name, a file or ``-``.
        settings: the parameters as ``name=value``.
    """
    from ..queries.catalogue import run

    return put(partial(run, graph), question, settings)


def put(answer: Callable[..., Result], question: str, settings: tuple[str, ...]) -> Result:
    """Put a question to whatever answers it.

    Args:
        answer: takes a question and its parameters.
        question: a name, a file or ``-``.
        settings: the parameters as ``name=value``.
    """
    from ..queries.question import parse_query

    parameters = dict(_setting(text) for text in settings)
    asked = parse_query(sys.stdin.read()) if question == "-" else question
    return interruptible(lambda: answer(asked, **parameters))


def open_remote(
    endpoint: str, graph: str | None, user: str | None, timeout: float | None, base: str | None
) -> RemoteGraph:
    """Give the dataset that a running store has.

    Args:
        endpoint: the store's address.
        graph: the named graph that has the facts.
        user: who logs in.
        timeout: seconds for each answer.
        base: where the IRIs of the dataset start.
    """
    from ..stores.endpoint import find_endpoint
    from ..stores.remote import RemoteGraph

    facts, start = checked_graph(graph), base_or_default(base) if base else None
    found = find_endpoint(open_transport(user, timeout), endpoint)
    return RemoteGraph(found, facts, start)


def _check_local(**given: object) -> None:
    """See to it that nothing is said of a store far away when none is named."""
    for name, value in given.items():
        if value is not None:
            message = f"--{name} says something of a running store; name it with --endpoint"
            raise Failure(message, CANNOT_RUN)


def _check_remote(**given: object) -> None:
    """See to it that a graph at home is not named beside one far away."""
    for name, value in given.items():
        if value is not None:
            message = f"--{name} and --endpoint exclude each other: the store has its own articles"
            raise Failure(message, CANNOT_RUN)


def _setting(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        message = f"“{text}” sets nothing; write --set NAME=VALUE"
        raise Failure(message, CANNOT_RUN)
    return name.strip(), value


def print_result(result: Result, format_name: str, *, ids: bool = False) -> None:
    """Print a result in a format; the formats for programs as the bytes they are."""
    if format_name != "table":
        write_bytes(result.serialize(format_name))
        return
    from .console import console, say

    say(result.table(console().width, ids=ids))
