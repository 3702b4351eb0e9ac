"""`daraa-kg plot`: a picture for print."""

from __future__ import annotations

from pathlib import Path

import click

from .exitcodes import CANNOT_RUN
from .failures import Failure, reason
from .options import ARTICLE, Verb, open_graph


def _plots(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    del ctx, param
    from ..plots import PLOTS

    return [name for name in PLOTS if name.startswith(typed)]


@click.command("plot", cls=Verb, short_help="Draw the timeline, the casualties or the map.")
@click.argument("name", metavar="timeline|casualties|map", shell_complete=_plots)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file, .svg, .png or .pdf; without it, NAME.svg here.",
)
@ARTICLE
def command(name: str, output: Path | None, article: Path | None) -> None:
    """Draw a picture for print: the timeline, the casualties added up, or the map.

    For example: daraa-kg plot casualties -o casualties.png
    """
    from ..plots import PLOTS, UnknownPlot, save_plot

    if name not in PLOTS:
        raise UnknownPlot(name)
    path = output or Path(f"{name}.svg")
    try:
        save_plot(open_graph(article), name, path)
    except OSError as error:
        message = f"cannot write {path}: {reason(error)}"
        raise Failure(message, CANNOT_RUN) from error
    click.echo(f"wrote {path}")
