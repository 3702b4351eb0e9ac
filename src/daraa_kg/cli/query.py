"""`daraa-kg query`: answer a question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from .console import write_bytes
from .exitcodes import CANNOT_RUN, FAILS, HOLDS
from .failures import Failure
from .interrupt import interruptible
from .options import ARTICLE, BASE_IRI, Verb, complete_question, complete_setting, open_graph

if TYPE_CHECKING:
    from pathlib import Path

    from ..graph import Graph
    from ..results import Result

FORMATS = ("table", "csv", "tsv", "json", "xml", "markdown")
GRAPH_FORMATS = ("ttl", "nt", "rdf", "jsonld", "trig", "nq")

FORMAT = click.option(
    "--format",
    "format_name",
    type=click.Choice([*FORMATS, *GRAPH_FORMATS]),
    default="table",
    show_default=True,
    metavar="FORMAT",
    help="table, csv, tsv, json, xml or markdown; for a graph also ttl, nt, rdf or jsonld.",
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
@BASE_IRI
def command(
    question: str,
    settings: tuple[str, ...],
    format_name: str,
    ids: bool,
    article: Path | None,
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
    """
    result = ask(open_graph(article, base), question, settings)
    print_result(result, format_name, ids=ids)
    return FAILS if result.form == "ASK" and not result else HOLDS


def ask(graph: Graph, question: str, settings: tuple[str, ...]) -> Result:
    """Put a question to a graph.

    Args:
        graph: the graph.
        question: a name, a file or ``-``.
        settings: the parameters as ``name=value``.
    """
    from ..catalogue import run
    from ..questions import parse_query

    parameters = dict(_setting(text) for text in settings)
    if question == "-":
        typed = parse_query(sys.stdin.read())
        return interruptible(lambda: run(graph, typed, **parameters))
    return interruptible(lambda: run(graph, question, **parameters))


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
    from .console import console, show

    show(result.table(console().width, ids=True) if ids and result.rows else result)
