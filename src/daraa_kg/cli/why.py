"""`daraa-kg why`: what a fact rests on."""

from __future__ import annotations

from typing import Any

import click

from .options import ARTICLE, AS_JSON, BASE_IRI, THING, Verb, complete_property, open_graph

_FEW, _MANY = 3, 50


@click.command(
    "why", cls=Verb, short_help="Say why a fact is in the graph: its sentences, sources and rules."
)
@THING
@click.argument(
    "property_name", metavar="[PROPERTY]", required=False, shell_complete=complete_property
)
@click.argument("value", metavar="[VALUE]", required=False)
@click.option(
    "--all", "every", is_flag=True, help=f"Give every way in which it comes about, up to {_MANY}."
)
@AS_JSON
@ARTICLE
@BASE_IRI
def command(
    thing: str,
    property_name: str | None,
    value: str | None,
    *,
    every: bool,
    format_name: str,
    **graph: Any,  # noqa: ANN401 - the options that say which graph is asked
) -> None:
    r"""Say why a fact is in the graph.

    A fact comes from a passage of the article, from a register or the editors, or from a rule;
    a rule's facts are followed down to the sentences that it started from. Without PROPERTY, all
    facts about the thing are explained.

    \b
    Examples:
      daraa-kg why event/al-shabrouq-ied when
      daraa-kg why event/al-shabrouq-ied duringWhole "Syrian civil war"
      daraa-kg why kg:place/daraa-al-balad latitude
      daraa-kg why event/al-shabrouq-ied weapon --format json
    """
    from ..why.explanation import explain
    from .carddrawing import print_lines
    from .console import console, print_json
    from .whydrawing import draw_explanations

    found = explain(
        open_graph(**graph), thing, property_name, value, limit=_MANY if every else _FEW
    )
    if format_name == "json":
        from ..why.records import explanation_record

        print_json([explanation_record(one) for one in found])
        return
    out = console()
    print_lines(draw_explanations(found, out), out)
