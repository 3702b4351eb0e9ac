"""The formats of what a command has read, and its output for programs."""

from __future__ import annotations

import json

import click

FORMAT = click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How it is written; json and csv have every sentence with its link.",
)

TABLE_OR_JSON = click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How it is written.",
)


def write_json(value: object) -> None:
    """Write a value to standard output as JSON, in UTF-8 whatever the terminal's encoding is."""
    from .console import write_bytes

    write_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())
