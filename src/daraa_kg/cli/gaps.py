"""`daraa-kg gaps`: what the article leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .failures import Failure
from .options import ARTICLE, Verb, open_graph
from .readingoutput import FORMAT, print_data
from .usage import Choice

if TYPE_CHECKING:
    from pathlib import Path

_KINDS = (
    "unidentified",
    "unnamed",
    "unknown",
    "unstated",
    "undated",
    "unplaced",
    "vague",
    "silent",
)


@click.command("gaps", cls=Verb, short_help="List what the article leaves open, as questions.")
@click.option(
    "--kind", "kinds", type=Choice(_KINDS), multiple=True, help="Only this; may be repeated."
)
@FORMAT
@ARTICLE
def command(kinds: tuple[str, ...], format_name: str, article: Path | None) -> None:
    r"""List what the article leaves open, as questions.

    Who is unnamed, unidentified or unknown, what is left unsaid, which events have no date or
    place, what is vague, and on which stretches of days of the main event no event is dated
    ("silent"; an undated event may belong there). Each is a question whose answer would fill the
    gap, with the sentence that leaves it open.

    \b
    Examples:
      daraa-kg gaps
      daraa-kg gaps --kind unidentified --kind unnamed
      daraa-kg gaps --format csv > questions.csv
    """
    graph = open_graph(article)
    gaps = tuple(gap for gap in graph.gaps() if not kinds or gap.kind in kinds)
    if not gaps:
        what = f" that is {' or '.join(kinds)}" if kinds else ""
        if not graph.summary()["events"]:
            message = "this graph tells of no event, so there is nothing that it could leave open"
        else:
            message = f"this graph leaves nothing open{what}"
        raise Failure(message)
    from ..readings.files import gap_rows

    if not print_data(format_name, gaps, lambda: gap_rows(gaps)):
        from .console import console
        from .readingdrawing import draw_gaps, print_drawn

        out = console()
        print_drawn(draw_gaps(gaps, out), out)
