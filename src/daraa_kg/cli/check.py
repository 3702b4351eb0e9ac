"""`daraa-kg check`: what is wrong with statements, as a compiler would say it."""

from __future__ import annotations

from pathlib import Path

import click

from .options import AS_JSON, BASE_IRI, Verb, base_or_default, existing

_COUNTED = ("passages", "events", "actors", "places", "facts")


@click.command(
    "check",
    cls=Verb,
    short_help="Say what is wrong with statements, with file, line and what to write.",
)
@click.argument("path", required=False, type=click.Path(path_type=Path), metavar="[PATH]")
@AS_JSON
@BASE_IRI
def command(path: Path | None, format_name: str, base: str | None) -> int:
    r"""Say what is wrong with statements, each fault as FILE:LINE:COLUMN: error: what to write.

    PATH is an article's folder or a file in it, or a file of places or actors that articles share.
    All faults are given at once: of names, quotes, dates and figures, and of the facts that do not
    fit the shapes. As JSON they are a list, empty when nothing is wrong; each has its file, line,
    column (0 stands for the whole file), severity and message.

    \b
    Examples:
      daraa-kg check
      daraa-kg check my-article
      daraa-kg check my-article --format json
    """
    from ..diagnostics import CheckFailed, counted, listing
    from ..graph.builder import build
    from .console import show
    from .faults import print_faults, print_records

    say = print_records if format_name == "json" else print_faults
    try:
        graph = build(existing(path), base=base_or_default(base))
    except CheckFailed as error:
        return say(error.faults)
    code = say(graph.faults)
    if format_name == "json":
        return code
    counts = graph.summary()
    names = [name for name in _COUNTED if counts[name]]
    checked = listing([counted(counts[name], name) for name in names], "and")
    show(f"{graph.slug}: no errors{f' in {checked}' if checked else '; it holds nothing'}")
    return code
