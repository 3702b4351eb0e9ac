"""`daraa-kg truces`: what was agreed, how long it held, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .failures import Failure
from .options import ARTICLE, Verb, open_graph
from .readingoutput import FORMAT, print_data

if TYPE_CHECKING:
    from pathlib import Path


@click.command("truces", cls=Verb, short_help="List what was agreed, how long it held, its end.")
@FORMAT
@ARTICLE
def command(format_name: str, article: Path | None) -> None:
    r"""List what was agreed, how long it held, and how it ended.

    Each agreement with its parties, mediators and reporters, its terms and what the article tells
    of their fate, when it was made, what broke it and what replaced it. How long it held is given
    in days where the article tells that it ended: as bounds where the dates are vague, and as
    "not said" where nothing tells of an end.

    \b
    Examples:
      daraa-kg truces
      daraa-kg truces --format json
    """
    truces = open_graph(article).truces()
    if not truces:
        message = "this graph tells of no agreement and no truce"
        raise Failure(message)
    from ..readings.files import truce_rows

    if not print_data(format_name, truces, lambda: truce_rows(truces)):
        from .console import console
        from .readingdrawing import draw_truces, print_drawn

        out = console()
        print_drawn(draw_truces(truces, out), out)
