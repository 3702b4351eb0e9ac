"""`daraa-kg export`: the graph in one format, to a file or to standard output."""

from __future__ import annotations

from pathlib import Path

import click

from .console import write_bytes
from .exitcodes import CANNOT_RUN
from .failures import Failure, reason
from .options import ARTICLE, BASE_IRI, Verb, open_graph


def _formats(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    del ctx, param
    from ..formats import FORMATS

    return [name for name in FORMATS if name.startswith(typed)]


@click.command("export", cls=Verb, short_help="Write the graph in one format.")
@click.argument("format_name", metavar="FORMAT", shell_complete=_formats)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a file, not to standard output.",
)
@ARTICLE
@BASE_IRI
def command(format_name: str, output: Path | None, article: Path | None, base: str | None) -> None:
    """Write the graph in one format: trig, nq, ttl, jsonld, rdf or nt.

    trig, nq and jsonld have a graph for each passage, source and rule; ttl, rdf and nt have the
    facts alone.
    """
    from ..formats import find_format, save, serialize

    name = find_format(format_name).name
    graph = open_graph(article, base)
    if output is None:
        write_bytes(serialize(graph, name))
        return
    try:
        save(graph, output, name)
    except OSError as error:
        message = f"cannot write {output}: {reason(error)}"
        raise Failure(message, CANNOT_RUN) from error
