"""`daraa-kg plot`: a picture for print."""

from __future__ import annotations

from pathlib import Path

import click

from .exitcodes import CANNOT_RUN
from .failures import Failure, reason
from .options import ARTICLE, RECORD, Verb, complete_names, open_graph


@click.command("plot", cls=Verb, short_help="Draw the timeline, the casualties or the map.")
@click.argument(
    "name", metavar="timeline|casualties|map", shell_complete=complete_names("plots:PLOTS")
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file, .svg, .png or .pdf; without it, NAME.svg here.",
)
@RECORD
@ARTICLE
def command(name: str, output: Path | None, said_as: str, article: Path | None) -> None:
    r"""Draw a picture for print: the timeline, the casualties added up, or the map.

    \b
    Examples:
      daraa-kg plot timeline
      daraa-kg plot casualties -o casualties.png
      daraa-kg plot map -o map.pdf --format json
    """
    from ..plots import PLOTS, UnknownPlot, picture_format, save_plot
    from .console import print_json

    if name not in PLOTS:
        raise UnknownPlot(name)
    path = output or Path(f"{name}.svg")
    picture_format(path)
    graph = open_graph(article)
    try:
        record = save_plot(graph, name, path)
    except OSError as error:
        message = f"cannot write {path}: {reason(error)}"
        raise Failure(message, CANNOT_RUN) from error
    if said_as == "json":
        print_json(record.to_dict())
    else:
        click.echo(str(record))
