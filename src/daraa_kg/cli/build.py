"""`daraa-kg build`: an article and its statements become files."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .console import echo
from .exitcodes import FAILS, HOLDS
from .failures import Failure
from .options import AS_JSON, BASE_IRI, FOLDER, Verb, base_or_default, existing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..graph.built import Graph
    from ..stores.embedded import Stamp

    Step = Callable[[str], None]

_OUT = click.option(
    "--out",
    type=click.Path(path_type=Path),
    show_default="build",
    metavar="DIR",
    help="Where the files go; it is made if it is not there.",
)
_STORE = click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Fill a store on disk, in place of what it held; no files are written without --out.",
)


@click.command(
    "build", cls=Verb, short_help="Build the graph of an article, check it, and write it to files."
)
@FOLDER
@_OUT
@_STORE
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; say whether the files are current."
)
@click.option(
    "--no-validate", is_flag=True, help="Leave out the shapes, which take most of the time."
)
@AS_JSON
@BASE_IRI
def command(  # noqa: PLR0913, PLR0917 - one argument an option
    folder: Path | None,
    out: Path | None,
    store: Path | None,
    only_check: bool,
    no_validate: bool,
    format_name: str,
    base: str | None,
) -> int | None:
    r"""Build the graph of an article, check it, and write it to files, or into a store.

    FOLDER holds article.txt and statements.yaml; it may also hold places.yaml and actors.yaml of
    its own. The files are named after the folder: .trig, .nq and .jsonld have the evidence for
    every fact, .ttl and .rdf have the facts alone. Two builds of the same input are the same to
    the byte. A store, for daraa-kg query --store, is a folder; who reads it while it is filled
    goes on with what it held. As JSON it says what was counted, what is wrong, as `check` does, and
    which files were written, or, with --check, which are not current.

    \b
    Examples:
      daraa-kg build
      daraa-kg build my-article --out my-build
      daraa-kg build --store my-store
      daraa-kg build --check
      daraa-kg build --format json
    """
    from rich.text import Text as Line

    from ..diagnostics import CheckFailed
    from .console import print_json, say, show
    from .faults import exit_code
    from .summary import describe, draw_files, draw_summary

    if out is None and store is None:
        out = Path("build")
    as_json = format_name == "json"
    with _progress() as step:
        try:
            graph = _build(
                existing(folder, folder=True),
                base_or_default(base),
                validate=not no_validate,
                step=step,
            )
        except CheckFailed as error:
            if not as_json:
                raise
            print_json(describe(None, error.faults))
            return exit_code(error.faults)
        if only_check:
            step("comparing")
            stale = _stale(graph, out, store)
        else:
            written = _write(graph, out, step) if out else []
            filled = _fill(graph, store, step) if store else None
    if as_json:
        validated = not no_validate
        if only_check:
            print_json(describe(graph, graph.faults, validated=validated, stale=stale))
            return FAILS if stale else HOLDS
        print_json(
            describe(
                graph,
                graph.faults,
                validated=validated,
                written=written,
                filled=(store, filled) if store and filled else None,
            )
        )
        return HOLDS
    for fault in graph.faults:
        echo(str(fault), stderr=True)
    if only_check:
        return _say_stale(stale, out, store)
    say(Line(graph.article.title if graph.article else graph.slug, style="heading"))
    show(draw_summary(graph, validated=not no_validate))
    say()
    show(draw_files(written, store, filled))
    return None


@contextmanager
def _progress() -> Iterator[Step]:
    """Show what is being done while somebody looks; say nothing otherwise."""
    from .console import console

    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda _: None
        return
    with out.status("reading") as status:
        yield status.update


def _build(folder: Path | None, base: str, *, validate: bool, step: Step) -> Graph:
    from ..diagnostics import CheckFailed, errors, in_order
    from ..graph.builder import build

    step("reading the article and the statements, running the rules")
    graph = build(folder, base=base, validate=False)
    if validate:
        from ..graph.validation import validate as find_faults

        step("checking the facts against the shapes")
        graph.faults = in_order([*graph.faults, *find_faults(graph)])
        if errors(graph.faults):
            raise CheckFailed(graph.faults)
    return graph


def _write(graph: Graph, out: Path, step: Step) -> list[Path]:
    from ..graph.formats import BUILD_FORMATS, find_format, write_all
    from .failures import writing

    written = []
    for name in BUILD_FORMATS:
        step(f"writing {find_format(name).title}")
        with writing(f"to {out}", "name another folder with --out"):
            written += write_all(graph, out, [name])
    return written


def _fill(graph: Graph, store: Path, step: Step) -> Stamp:
    from ..stores.embedded import fill

    step("filling the store")
    return fill(graph, store)


def _stale(graph: Graph, out: Path | None, store: Path | None) -> list[Path]:
    """Give the files, and the store, that do not hold what a build would write now."""
    from ..graph.formats import check_all
    from ..stores.embedded import is_current

    stale = check_all(graph, out) if out else []
    return stale if store is None or is_current(graph, store) else [*stale, store]


def _say_stale(stale: list[Path], out: Path | None, store: Path | None) -> int | None:
    parts = [f"the files in {out}"] if out else []
    parts += [f"the store {store}"] if store else []
    what = " and ".join(parts)
    if not stale:
        echo(f"{what} {'are' if out else 'is'} current")
        return None
    for path in stale:
        echo(f"{path} {'is out of date' if path.exists() else 'is missing'}")
    if out is None:
        message = f"{what} is not current; daraa-kg build --store {store} fills it anew"
    else:
        both = f" --out {out} --store {store}" if store else ""
        message = f"{len(stale)} of {what} are not current; daraa-kg build{both} writes them anew"
    raise Failure(message, FAILS)
