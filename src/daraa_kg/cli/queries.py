"""`daraa-kg queries`: the questions that ship with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .console import echo
from .failures import Failure
from .options import Verb, format_option

_INDENT = "  "

if TYPE_CHECKING:
    from rich.text import Text as Line

    from ..queries.catalogue import Catalogue
    from ..queries.question import Query


@click.command("queries", cls=Verb, short_help="List the questions that can be asked by name.")
@format_option("table", "json", "markdown", words="How the list is written.", listed=True)
@click.option("--tag", metavar="TAG", help="Only the questions with this tag.")
def command(format_name: str, tag: str | None) -> None:
    r"""List the questions that `daraa-kg query` answers by name, with their parameters.

    \b
    Examples:
      daraa-kg queries
      daraa-kg queries --tag casualties
    """
    from ..queries.catalogue import Catalogue, catalogue_page, load_catalogue

    catalogue = load_catalogue()
    if tag is not None:
        catalogue = Catalogue({q.name: q for q in catalogue.values() if tag in q.tags})
        if not catalogue:
            raise Failure(_no_tag(tag))
    if format_name == "markdown":
        echo(catalogue_page(catalogue), end=False)
    elif format_name == "json":
        from .console import print_json

        print_json(_listed(catalogue))
    else:
        _print_table(catalogue)


def _no_tag(tag: str) -> str:
    from ..diagnostics import listing
    from ..queries.catalogue import load_catalogue

    tags = sorted({tag for query in load_catalogue().values() for tag in query.tags})
    return f"no question has the tag “{tag}”; the tags are {listing(tags, 'and')}"


def _print_table(catalogue: Catalogue) -> None:
    """Print each tag's questions: the name, and the question in words."""
    from rich.table import Table
    from rich.text import Text

    from .console import say, show

    width = len(_INDENT) + max(map(len, catalogue))
    for number, (tag, queries) in enumerate(catalogue.by_tag().items()):
        if number:
            say()
        say(Text(tag, style="heading"))
        drawn = Table.grid(padding=(0, 2, 0, 0), pad_edge=True)
        drawn.add_column(style="property", no_wrap=True, width=width)
        drawn.add_column()
        for query in queries:
            drawn.add_row(f"{_INDENT}{query.name}", _question(query))
        show(drawn)
    say()
    show("daraa-kg query NAME answers one; --set NAME=VALUE gives a parameter another value")


def _question(query: Query) -> Line:
    """Give a question in words, and its parameters with their defaults."""
    from rich.text import Text

    line = Text(query.summary)
    for parameter in query.parameters:
        line.append(f"  {parameter.name}={parameter.default}", style="id")
    return line


def _listed(catalogue: Catalogue) -> list[dict[str, object]]:
    """Give the questions for programs."""
    return [
        {
            "name": query.name,
            "summary": query.summary,
            "description": query.description,
            "tags": list(query.tags),
            "form": query.form,
            "parameters": [
                {
                    "name": parameter.name,
                    "type": parameter.type,
                    "default": parameter.default,
                    "description": parameter.description,
                }
                for parameter in query.parameters
            ],
        }
        for query in catalogue.values()
    ]
