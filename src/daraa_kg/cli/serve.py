"""`daraa-kg serve`: the graph on the web."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ..namespaces import forbidden
from .console import echo
from .options import ARTICLE, BASE_IRI, STORE, Verb, open_graph
from .usage import LONGEST_WAIT, Number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


_TOP = re.compile(r"(https?://[^/?#@]+)/?", re.IGNORECASE)


def _origin(ctx: click.Context, param: click.Parameter, written: str | None) -> str | None:
    """Take the address of a server at whose top our pages can stand."""
    del ctx, param
    if written is None:
        return None
    found = _TOP.fullmatch(written)
    if found is None or forbidden(written):
        message = (
            f"“{written}” is no server's address, at the top of which pages can stand; "
            "write one such as https://kg.example.org/"
        )
        raise click.BadParameter(message)
    return f"{found.group(1)}/"


def _number(
    name: str, span: tuple[int, int], default: int, words: str, metavar: str = "N"
) -> Callable[..., Any]:
    """Make an option that takes a whole number of a span, both ends included."""
    return click.option(
        name,
        type=Number(*span),
        default=default,
        show_default=True,
        metavar=metavar,
        help=words,
    )


@click.command("serve", cls=Verb, short_help="Serve the graph: pages, data and SPARQL over HTTP.")
@ARTICLE
@STORE
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen at; 0.0.0.0 is all that this machine has.",
)
@_number("--port", (0, 65535), 8000, "The port to listen at; 0 takes one that is free.", "PORT")
@_number(
    *("--timeout", (1, LONGEST_WAIT), 10),
    words="How long a query may take; then it is stopped.",
    metavar="SECONDS",
)
@_number(
    "--max-rows", (1, 10_000_000), 10_000, "How many rows a result may have; more are an error."
)
@_number("--workers", (1, 64), 1, "How many processes answer; each answers four queries at once.")
@BASE_IRI
@click.option(
    "--public",
    metavar="URL",
    callback=_origin,
    help="Where visitors find the server, if neither --base nor --host says so.",
)
def command(
    article: Path | None,
    store: Path | None,
    base: str | None,
    **how: int | str | None,
) -> None:
    r"""Serve the graph: a page for each thing, its data, and SPARQL at /sparql, until Ctrl-C.

    Nothing can be changed, no other machine is asked, and a query that takes too long or gives too
    much ends with an error that says so. The access log goes to standard error.

    \b
    Examples:
      daraa-kg serve
      daraa-kg serve --store stores/daraa --port 80 --host 0.0.0.0
      daraa-kg serve --base https://kg.example.org/id/ --workers 2
    """
    from ..server.running import Settings, serve

    give_graph = partial(open_graph, article, base, store)
    serve(Settings(give_graph, **how), _say)  # type: ignore[arg-type] # click gives the types


def _say(address: str) -> None:
    echo(f"serving at {address} and {address}sparql; Ctrl-C ends it")
