"""`daraa-kg diff`: what differs between two graphs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import print_json
from .exitcodes import CANNOT_RUN, FAILS, HOLDS
from .failures import Failure
from .options import Verb, existing, open_graph
from .rebase import FORMAT

if TYPE_CHECKING:
    from ..graph.built import Graph

# What stands in an article's folder; of any other file the graph itself has to be in it.
_OF_A_FOLDER = (".txt", ".yaml", ".yml")


@click.command("diff", cls=Verb, short_help="Say what differs between two graphs, in words.")
@click.argument("old", metavar="A", type=click.Path(path_type=Path))
@click.argument("new", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--inferred", is_flag=True, help="List the facts that rules added to one of them, too."
)
@FORMAT
def command(old: Path, new: Path, inferred: bool, format_name: str) -> int:
    r"""Say what differs between two graphs, thing by thing, in words.

    A and B are folders with article.txt and statements.yaml, a file in one, or .trig or .nq files
    that build has written. First come the things and facts that only one of them has; then the
    facts of both that rest on other words or another source, with the words marked [-so-] and
    {+so+}. Words that only stand elsewhere in the text make no difference. The exit code is 0 when
    the graphs are equal, 1 when they differ, 2 when one cannot be read.

    \b
    Examples:
      daraa-kg diff build/my-article.trig my-article
      daraa-kg diff old.trig new.trig --format json
    """
    from ..revisions.graphdiff import diff

    found = diff(_open(old), _open(new))
    if format_name == "json":
        from ..revisions.graphdiffrecord import diff_record

        print_json(diff_record(found))
    else:
        from .carddrawing import print_lines
        from .console import console
        from .graphdiffdrawing import draw_diff

        out = console()
        print_lines(draw_diff(found, out, inferred=inferred), out)
    return HOLDS if found.equal else FAILS


def _open(path: Path) -> Graph:
    from ..diagnostics import CheckFailed
    from .faults import exit_code, print_faults

    try:
        if path.suffix not in _OF_A_FOLDER and (path.is_file() or path.suffix in (".trig", ".nq")):
            return open_graph(path)
        found = existing(path)
        assert found is not None  # noqa: S101 - a path was given
        return open_graph(found if found.is_dir() else found.parent)
    except CheckFailed as error:
        if exit_code(error.faults) == CANNOT_RUN:  # there is nothing that could hold or not
            raise
        print_faults(error.faults)
        message = f"{path}: its statements do not hold, so there is no graph to compare"
        raise Failure(message, CANNOT_RUN) from error
