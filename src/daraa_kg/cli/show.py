"""`daraa-kg show`: a card of one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import ARTICLE, AS_JSON, BASE_IRI, THING, Verb, open_graph

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "show", cls=Verb, short_help="Show all that is known of a thing, each fact with its sentence."
)
@THING
@AS_JSON
@ARTICLE
@BASE_IRI
def command(thing: str, format_name: str, article: Path | None, base: str | None) -> None:
    r"""Show all that is known of an event, actor, place, side or figure.

    Under the facts stands the sentence that states them, with its section, in whose voice it is
    told, and a link that opens the live article at these words. What was only planned, promised
    or alleged says so. What rules added comes last, with their names.

    \b
    Examples:
      daraa-kg show event/al-shabrouq-ied
      daraa-kg show kg:place/daraa-al-balad
      daraa-kg show "Ahmad al-Awda"
      daraa-kg show event/al-shabrouq-ied --format json
    """
    from ..why.cards import make_card
    from .carddrawing import draw_card, print_lines
    from .console import console, print_json

    graph = open_graph(article, base)
    card = make_card(graph, thing)
    if format_name == "json":
        from ..why.records import card_record

        print_json(card_record(card, graph.labels))
        return
    out = console()
    print_lines(draw_card(card, out), out)
