"""`daraa-kg accounts`: who says what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .failures import Failure
from .options import ARTICLE, Verb, open_graph
from .readingoutput import FORMAT, print_data
from .usage import Choice

if TYPE_CHECKING:
    from pathlib import Path

    from ..readings.accounts import Accounts
    from ..readings.files import Row

# Each part, and what is said where a graph has nothing of it.
_NOTHING = {
    "accounts": "nobody but the article itself speaks in this graph, so it has no accounts",
    "contradictions": "no two accounts in this graph contradict each other",
    "reports": "no event in this graph rests on reports alone",
}


@click.command(
    "accounts", cls=Verb, short_help="List who says what, and where accounts contradict."
)
@click.option(
    "--only",
    "part",
    type=Choice(list(_NOTHING)),
    help="One part; csv has the accounts when none is named.",
)
@FORMAT
@ARTICLE
def command(part: str | None, format_name: str, article: Path | None) -> None:
    r"""List who says what, and where accounts contradict.

    First all that is not told in the article's own voice: claims, accusations, demands, promises,
    threats, offers, rejections, reports and claimed figures, by speaker, each with its sentence.
    Then the accounts that contradict each other: as the article or the editors say with their
    reason; because they put one figure differently; or because the infobox alone tells one of two
    like events. Last, the events that rest on reports alone.

    \b
    Examples:
      daraa-kg accounts
      daraa-kg accounts --only contradictions
      daraa-kg accounts --format csv > accounts.csv
    """
    from ..readings.accounts import Accounts as Read

    read = open_graph(article).accounts()
    if part is not None:
        read = Read(**{part: getattr(read, part)})
    if not read:
        raise Failure(_NOTHING[part or "accounts"])
    said = getattr(read, part) if part else read
    if not print_data(format_name, said, lambda: _rows(read, part)):
        from .console import console
        from .readingdrawing import draw_accounts, print_drawn

        out = console()
        print_drawn(draw_accounts(read, out), out)


def _rows(read: Accounts, part: str | None) -> list[Row]:
    from ..readings.files import account_rows, contradiction_rows, report_rows

    if part == "contradictions":
        return contradiction_rows(read.contradictions)
    if part == "reports":
        return report_rows(read.reports)
    rows = account_rows(read.accounts)
    if not rows:
        raise Failure(_NOTHING["accounts"])
    return rows
