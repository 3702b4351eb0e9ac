"""`daraa-kg network`: what an analyst asks first, its slices over time, its picture."""

from __future__ import annotations

from pathlib import Path

import click

from .exitcodes import CANNOT_RUN
from .failures import Failure, reason
from .options import ARTICLE, Verb, open_graph


def _complete_view(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    del ctx, param
    from ..networkviews import VIEWS

    return [name for name in VIEWS if name.startswith(typed)]


@click.command(
    "network", cls=Verb, short_help="Measure a network: who is central, who groups with whom."
)
@click.argument("view", default="actors", metavar="[VIEW]", shell_complete=_complete_view)
@click.option("--by", "period", metavar="PERIOD", help="Slices over time: day, week or month.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw it instead, into a .svg, .png or .pdf file.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    metavar="FORMAT",
    help="table or json, which has all nodes.",
)
@ARTICLE
def command(
    view: str, period: str | None, plot: Path | None, format_name: str, article: Path | None
) -> None:
    r"""Measure the graph as a network: its size, who is central, who groups with whom.

    A VIEW is actors (unless another is named), participation, units, places, events or everything.
    The measures are NetworkX's: degree (the number of nodes that one is tied to), strength (the
    weights of the ties), betweenness, PageRank, and communities by the Louvain method, seeded. Of
    the actors it is also told who talks to several sides, and which pairs fight and negotiate.

    \b
    Examples:
      daraa-kg network
      daraa-kg network --by week
      daraa-kg network participation --plot participation.svg
    """
    if plot is not None and (period is not None or format_name != "table"):
        message = "--plot draws the whole network; leave out --by and --format"
        raise Failure(message, CANNOT_RUN)
    graph = open_graph(article)
    if plot is not None:
        from ..networkdrawing import save_network

        try:
            save_network(graph, view, plot)
        except OSError as error:
            message = f"cannot write {plot}: {reason(error)}"
            raise Failure(message, CANNOT_RUN) from error
        click.echo(f"wrote {plot}")
        return
    if period is not None:
        from ..networkslices import slices

        cut = slices(graph, view, period)
        if format_name == "json":
            _print_json({"view": view, "by": period, "slices": [one.to_dict() for one in cut]})
        else:
            from .networkreport import print_slices

            print_slices(graph, view, period, cut)
        return
    from ..networkanalysis import analyse

    report = analyse(graph, view)
    if format_name == "json":
        _print_json(report.to_dict())
    else:
        from .networkreport import print_report

        print_report(graph, report)


def _print_json(data: object) -> None:
    import json

    from .console import write_bytes

    write_bytes(json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n")
