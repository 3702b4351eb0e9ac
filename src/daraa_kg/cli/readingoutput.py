"""The format of a reading, and its output for programs."""

from __future__ import annotations

import click

FORMAT = click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How it is written; json and csv have every sentence with its link.",
)
