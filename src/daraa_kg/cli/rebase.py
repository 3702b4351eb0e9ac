"""`daraa-kg rebase`: hold the statements against another revision of the article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import print_json
from .exitcodes import CANNOT_RUN, FAILS, HOLDS
from .failures import Failure, display, writing
from .options import Verb, existing, format_option

if TYPE_CHECKING:
    from ..revisions.rebase import Rebase

FORMAT = format_option("text", "json", words="text or json.")


@click.command(
    "rebase", cls=Verb, short_help="Hold the statements against another revision of the article."
)
@click.argument("new", metavar="NEW_ARTICLE.txt", type=click.Path(path_type=Path))
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where article.txt and statements.yaml are, if not those of the shipped article.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Make the new text article.txt, and write anchors that are certain.",
)
@FORMAT
def command(new: Path, folder: Path | None, write: bool, format_name: str) -> int:
    r"""Hold the statements against another revision of the article.

    Says which passages stand unchanged, wherever they are now; which changed, with both wordings
    and what the statements made from them say; which are gone; and what the new text has that no
    passage touches. Removed words are marked [-so-], added words {+so+}. Numbers are compared by
    what they mean: six and 6 are the same, five and 6 are held against the statement's count.

    Certain is an anchor whose words are the same but for white space and the form of quotes and
    dashes. --write changes these, an nth or a section that is now another, and words that
    statements repeat; every other byte of statements.yaml stays. The digest in the header is
    written when nothing is left to decide; until then what is left stands in open-places.txt beside
    the two, for it cannot be found again without the old text. The exit code is 0 when everything
    stands, 1 when something changed, 2 when it could not run.

    \b
    Examples:
      daraa-kg rebase newer.txt
      daraa-kg rebase newer.txt --folder my-article --write
    """
    if write and folder is None:
        message = "--write changes files: name their folder with --folder"
        raise Failure(message, CANNOT_RUN)
    found = _held(new, existing(folder, folder=True))
    written = _write(found) if write else []
    if format_name == "json":
        from ..revisions.rebaserecord import record

        said = {**record(found), "written": [display(path) for path in written]}
        print_json(said)
    else:
        from .carddrawing import print_lines
        from .console import console
        from .revisiondrawing import draw_rebase

        out = console()
        print_lines(draw_rebase(found, written if write else None, out), out)
    return HOLDS if found.stands or (write and found.decided) else FAILS


def _held(new: Path, folder: Path | None) -> Rebase:
    from ..diagnostics import CheckFailed
    from ..revisions.rebase import rebase
    from .faults import print_faults

    try:
        return rebase(new, folder)
    except CheckFailed as error:
        print_faults(error.faults)
        message = "the statements do not fit their own article.txt, so they cannot be held"
        raise Failure(message, CANNOT_RUN) from error


def _write(found: Rebase) -> list[Path]:
    from .revisiondrawing import places_text

    with writing(f"in {display(found.folder)}", "nothing was changed"):
        return found.write(places_text(found))
