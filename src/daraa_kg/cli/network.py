"""`daraa-kg network`: what an analyst asks first, its slices over time, its picture."""

from __future__ import annotations

from pathlib import Path

import click

from .console import print_json, print_record
from .exitcodes import CANNOT_RUN
from .failures import Failure, writing
from .options import ARTICLE, AS_JSON, Verb, complete_names, open_graph


@click.command(
    "network", cls=Verb, short_help="Measure a network: who is central, who groups with whom."
)
@click.argument(
    "view",
    default="actors",
    metavar="[VIEW]",
    shell_complete=complete_names("networks.views:VIEWS"),
)
@click.option(
    "--by",
    "period",
    metavar="PERIOD",
    help="Slices over time: day, week or month; not with --plot.",
)
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw the whole of it instead, into a .svg, .png or .pdf file; not with --by.",
)
@AS_JSON
@ARTICLE
def command(
    view: str, period: str | None, plot: Path | None, format_name: str, article: Path | None
) -> None:
    r"""Measure the graph as a network: its size, who is central, who groups with whom.

    A VIEW is actors (unless another is named), participation, units, places, events or everything.
    The measures are NetworkX's: degree (the number of nodes that one is tied to), strength (the
    weights of the ties), betweenness, PageRank, and communities by the Louvain method, seeded. Of
    the actors it is also told who talks to several sides or mediated between them, and which pairs
    fight and negotiate. A table has the foremost nodes, JSON all of them; with --plot it says what
    was drawn and what was left out.

    \b
    Examples:
      daraa-kg network
      daraa-kg network --by week
      daraa-kg network participation --plot participation.svg
    """
    if plot is not None and period is not None:
        message = "--plot draws the whole network; leave out --by"
        raise Failure(message, CANNOT_RUN)
    graph = open_graph(article)
    if plot is not None:
        from ..plots.network import save_network

        with writing(str(plot)):
            record = save_network(graph, view, plot)
        print_record(record, format_name)
        return
    if period is not None:
        from ..networks.slices import slices

        cut = slices(graph, view, period)
        if format_name == "json":
            print_json({"view": view, "by": period, "slices": [one.to_dict() for one in cut]})
        else:
            from .networkreport import print_slices

            print_slices(graph, view, period, cut)
        return
    from ..networks.analysis import analyse

    report = analyse(graph, view)
    if format_name == "json":
        print_json(report.to_dict())
    else:
        from .networkreport import print_report

        print_report(graph, report)
