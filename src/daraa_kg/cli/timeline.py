"""`daraa-kg timeline`: what happened, in order, drawn to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .failures import Failure
from .options import ARTICLE, BASE_IRI, STORE, Verb, open_graph
from .query import FORMAT, ask, print_result

if TYPE_CHECKING:
    from pathlib import Path


@click.command("timeline", cls=Verb, short_help="List what happened, in order.")
@FORMAT
@ARTICLE
@STORE
@BASE_IRI
def command(format_name: str, article: Path | None, store: Path | None, base: str | None) -> None:
    r"""List what happened, in order: when, what kind of event, where, between whom, with what toll.

    The same as `daraa-kg query timeline`, drawn to be read. Whatever was only promised, planned
    or alleged is not in it.

    \b
    Examples:
      daraa-kg timeline
      daraa-kg timeline --article my-article --format json
    """
    result = ask(open_graph(article, base, store), "timeline", ())
    if format_name != "table":
        print_result(result, format_name)
        return
    if not result.rows:
        message = "the graph tells of no part of its main event, so there is no timeline"
        raise Failure(message)
    from .carddrawing import print_lines
    from .console import console
    from .timelinedrawing import draw_timeline

    out = console()
    print_lines(draw_timeline(result, out), out)
