"""`daraa-kg plot`: a picture for print."""

from __future__ import annotations

from pathlib import Path

import click

from .failures import writing
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
    help="The file, .svg, .png or .pdf, or - for SVG on standard output; else NAME.svg here.",
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
    from ..plots import PLOTS, UnknownPlot, picture_bytes, picture_format, save_plot
    from .console import is_standard_output, print_record, write_bytes

    if name not in PLOTS:
        raise UnknownPlot(name)
    path = output or Path(f"{name}.svg")
    if is_standard_output(path):
        data, record = picture_bytes(open_graph(article), name, "svg")
        write_bytes(data)
        print_record(record, said_as, stderr=True)
        return
    picture_format(path)
    graph = open_graph(article)
    with writing(str(path)):
        record = save_plot(graph, name, path)
    print_record(record, said_as)
