"""`daraa-kg coverage`: how much of an article its statements account for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .exitcodes import CANNOT_RUN, FAILS, HOLDS
from .options import AS_JSON, BASE_IRI, FOLDER, Verb, base_or_default, existing

if TYPE_CHECKING:
    from pathlib import Path

    from rich.table import Table
    from rich.text import Text as Line

    from ..text.article import Article
    from ..text.coverage import Coverage


@click.command(
    "coverage", cls=Verb, short_help="Say how much of the article the statements account for."
)
@FOLDER
@AS_JSON
@BASE_IRI
def command(folder: Path | None, format_name: str, base: str | None) -> int:
    r"""Say how much of an article its statements account for, section by section.

    A sentence or infobox field is read when a passage holds some of its words, and stated when
    that passage states something. Those that no passage accounts for are listed; the exit code is
    1 when there are any. Statements with other faults are measured all the same.

    \b
    Examples:
      daraa-kg coverage
      daraa-kg coverage my-article
      daraa-kg coverage --format json
    """
    from ..graph.builder import read_inputs
    from ..graph.inputs import find_inputs
    from ..ontology.vocabulary import load_vocabulary
    from ..text.coverage import measure_coverage
    from .console import print_json, show
    from .faults import print_faults, print_records

    inputs = find_inputs(existing(folder, folder=True))
    statements = read_inputs(inputs, load_vocabulary(), base_or_default(base))
    if statements.article is None:
        faults = [fault for fault in statements.faults if not fault.location.line]
        (print_records if format_name == "json" else print_faults)(faults)
        return CANNOT_RUN
    coverage = measure_coverage(statements.article, statements.spans)
    if format_name == "json":
        print_json(coverage.to_dict(statements.article))
    else:
        show(_table(coverage))
        _print_missing(statements.article, coverage)
    return HOLDS if coverage.complete else FAILS


def _table(coverage: Coverage) -> Table:
    from ..text.article import section_name
    from .tables import table

    drawn = table(
        "section",
        ("units", "right"),
        ("read", "right"),
        ("words", "right"),
        ("stated", "right"),
        "share",
    )
    for row in coverage.sections:
        drawn.add_row(
            section_name(row.section),
            *map(str, (row.units, row.units_read, row.words, row.words_stated)),
            _bar(row.share),
        )
    total = coverage.total
    drawn.add_section()
    drawn.add_row(
        "all",
        *map(str, (total.units, total.units_read, total.words, total.words_stated)),
        _bar(total.share),
        style="heading",
    )
    return drawn


def _bar(share: float) -> Line:
    from rich.text import Text

    width = 20
    full = round(share * width)
    return Text.assemble(("█" * full, "good"), ("░" * (width - full), "aside"), f" {share:4.0%}")


def _print_missing(article: Article, coverage: Coverage) -> None:
    from .console import say

    if coverage.complete:
        say("every sentence and infobox field has a passage")
        return
    say()
    for unit in coverage.unread:
        words = " ".join(article.text[unit.start : unit.end].split())
        key = getattr(unit, "key", None)
        what = f"{key}: {words}" if key else words
        say(f"article.txt:{article.line_of(unit.start)}: no passage: {what}")
