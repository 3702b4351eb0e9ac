"""`daraa-kg export`: the graph in one format, to a file or to standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import is_standard_output, is_terminal, print_record, write_bytes
from .exitcodes import CANNOT_RUN
from .failures import Failure, writing
from .options import ARTICLE, BASE_IRI, RECORD, Verb, complete_names, open_graph

if TYPE_CHECKING:
    from ..graph.formats import Format

_FAMILIES = {
    "rdf": "Linked data",
    "network": "Networks",
    "table": "Tables",
    "map": "Maps",
}


class Export(Verb):
    """The command; its help lists the formats of the table."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the formats under the options, a paragraph for each family."""
        from ..graph.formats import FORMATS

        for family, title in _FAMILIES.items():
            rows = [
                (entry.name, _described(entry))
                for entry in FORMATS.values()
                if entry.family == family
            ]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        super().format_epilog(ctx, formatter)


def _described(entry: Format) -> str:
    options = "".join(f", --{option}" for option in entry.options)
    return f"{entry.title} ({entry.extension}{options})"


@click.command("export", cls=Export, short_help="Write the graph in one format.")
@click.argument(
    "format_name", metavar="FORMAT", shell_complete=complete_names("graph.formats:FORMATS")
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file, not to standard output, which - stands for.",
)
@click.option(
    "--view",
    metavar="VIEW",
    shell_complete=complete_names("networks.views:VIEWS"),
    help="Of a network: actors (the default), everything, participation, units, places or events.",
)
@click.option(
    "--table",
    metavar="TABLE",
    shell_complete=complete_names("exports.eventtables:TABLES"),
    help="Of csv and parquet: events (the default), figures, participations or places.",
)
@RECORD
@ARTICLE
@BASE_IRI
def command(
    format_name: str,
    output: Path | None,
    said_as: str,
    article: Path | None,
    base: str | None,
    **given: str | None,
) -> None:
    """Write the graph in one format.

    trig, nq and jsonld have a graph for each passage, source and rule; ttl, rdf and nt have the
    facts alone. What was written is said in a line, on standard error when the data itself goes to
    standard output.

    \b
    Examples:
      daraa-kg export ttl
      daraa-kg export gexf --view actors -o actors.gexf
      daraa-kg export csv --table figures -o figures.csv
      daraa-kg export geojson -o daraa.geojson
    """  # noqa: D301 - click reads the character itself
    from ..exports.record import export_record
    from ..graph.formats import find_format, serialize
    from ..writing import write_atomically

    entry = find_format(format_name)
    options = {name: value for name, value in given.items() if value is not None}
    entry.check(options)
    if output is not None and is_standard_output(output):
        output = None
    if output is None and entry.binary and is_terminal():
        message = f"{entry.name} is not for reading on a terminal; write it to a file with -o"
        raise Failure(message, CANNOT_RUN)
    graph = open_graph(article, base)
    data = serialize(graph, entry.name, **options)
    if output is None:
        write_bytes(data)
    else:
        with writing(str(output)):
            write_atomically(output, data)
    record = export_record(graph, entry, data, output, options)
    print_record(record, said_as, stderr=output is None)
