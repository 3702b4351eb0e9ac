"""`daraa-kg ledger`: the totals of casualties, what the events explain of them, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import ARTICLE, Verb, format_option, open_graph

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "ledger",
    cls=Verb,
    short_help="Add up the casualties: the totals, what the events explain, and the rest.",
)
@format_option("table", "json", "csv", words="table, json, or csv with a row for each figure.")
@click.option("--summary", is_flag=True, help="Print the first table alone, without the figures.")
@ARTICLE
def command(format_name: str, summary: bool, article: Path | None) -> None:
    r"""Add up the casualties, side by side: the totals, what the single events explain, the rest.

    Nobody is counted twice: not the days of an interval that has a toll of its own, not a figure
    that is told again, not a dead person who is in a count. A figure without a number ("several")
    adds nothing and is listed. People of whom it is not said on whose side they were have an
    account of their own; where allegiance is uncertain, a note says why.

    \b
    Examples:
      daraa-kg ledger
      daraa-kg ledger --summary
      daraa-kg ledger --format csv > casualties.csv
    """
    from .console import console, write_bytes
    from .exitcodes import CANNOT_RUN
    from .failures import Failure

    if summary and format_name != "table":
        message = "--summary is for the table; json has the sums of every account in it"
        raise Failure(message, CANNOT_RUN)
    ledger = open_graph(article).ledger()
    if format_name != "table":
        write_bytes(ledger.serialize(format_name))
        return
    from rich.text import Text as Line

    from .carddrawing import print_lines
    from .console import show
    from .ledgerdrawing import draw_balances, title
    from .ledgerdrawing import summary as summarize

    out = console()
    print_lines([title(ledger), Line()], out)
    show(summarize(ledger, out.width))
    if not summary:
        print_lines(draw_balances(ledger, out), out)
