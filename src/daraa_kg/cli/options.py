"""The options and arguments that commands share, and how the shell completes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from .failures import CANNOT_RUN, Failure

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..graph import Graph

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _nothing(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Do nothing: `main` looks for the word itself, for errors can come before any command runs."""
    del ctx, param, value


DEBUG = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=_nothing,
    help="Print the traceback of an error.",
)

BASE_IRI = click.option(
    "--base",
    metavar="IRI",
    help="Where the IRIs of things start, instead of https://w3id.org/daraa-kg/id/.",
)

FOLDER = click.argument(
    "folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]"
)

ARTICLE = click.option(
    "--article",
    type=click.Path(path_type=Path),
    metavar="FOLDER|FILE",
    help="Another article: its folder, or a .trig or .nq file that build has written.",
)


class Verb(click.Command):
    """A command that takes --debug after its name as well, without saying so in every help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - click's signature
        super().__init__(*args, **kwargs)
        if self.help:  # a raw docstring has two letters where click looks for the one it means
            self.help = self.help.replace("\\b\n", "\b\n")
        option = click.Option(
            ["--debug"], is_flag=True, expose_value=False, hidden=True, callback=_nothing
        )
        self.params.append(option)


def base_or_default(base: str | None) -> str:
    """Give the base that was asked for, or ours; say so if names cannot be put after it."""
    from ..namespaces import BASE, forbidden

    if base is None:
        return BASE
    bad = forbidden(base)
    if "://" not in base and not base.startswith("urn:"):
        problem = f"is no absolute IRI; write one such as {BASE}"
    elif bad is not None:
        problem = f"has the character {bad!r} in it, which no IRI may have"
    elif base[-1] not in "/#:":
        problem = f"has no “/” at its end, and names are put after it; write {base}/"
    else:
        return base
    message = f"--base: “{base}” {problem}"
    raise Failure(message, CANNOT_RUN)


def existing(path: Path | None, *, folder: bool = False) -> Path | None:
    """Give a path back if something stands there; say so if not.

    Args:
        path: what was typed; None stands for the shipped article.
        folder: whether it has to be a folder.
    """
    if path is None or path.is_dir():
        return path
    if not path.exists():
        kind = "file or folder" if path.suffix else "folder"
        message = (
            f"{path}: there is no such {kind}; name one that holds article.txt and statements.yaml"
        )
        raise Failure(message, CANNOT_RUN)
    if folder:
        message = (
            f"{path}: this is a file; name the folder that holds article.txt and statements.yaml"
        )
        raise Failure(message, CANNOT_RUN)
    return path


def open_graph(article: Path | None, base: str | None = None) -> Graph:
    """Give the graph that is asked: the shipped article's, a folder's, or that of a built file."""
    if article is not None and article.suffix in (".trig", ".nq") and not article.is_dir():
        from ..builtfile import read_built

        return read_built(article)
    from ..cache import load

    return load(existing(article, folder=True), base=base_or_default(base))


# --- completion -----------------------------------------------------------------------------------


def _complete(find: Callable[[click.Context, str], list[CompletionItem]]) -> Any:  # noqa: ANN401
    """Make a completion that gives nothing when it fails, rather than a traceback."""

    def complete(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
        del param
        try:
            return find(ctx, typed)
        except Exception:
            return []

    return complete


def _things(ctx: click.Context, typed: str) -> list[CompletionItem]:
    from ..labels import Labels

    graph = open_graph(ctx.params.get("article"))
    labels = Labels(graph.store, graph.base, graph.slug)
    ids = {labels.id(iri): iri for iri in labels.things}
    return [
        CompletionItem(written, help=labels.label(iri))
        for written, iri in sorted(ids.items())
        if written.startswith(typed) and ("#" in typed or "#" not in written)
    ]


def _properties(ctx: click.Context, typed: str) -> list[CompletionItem]:
    from pyoxigraph import DefaultGraph, NamedNode

    from ..labels import Labels

    graph = open_graph(ctx.params.get("article"))
    labels = Labels(graph.store, graph.base, graph.slug)
    subject = NamedNode(labels.find(str(ctx.params["thing"])))
    found = {
        quad.predicate.value
        for quad in graph.store.quads_for_pattern(subject, None, None, DefaultGraph())
    }
    names = {labels.id(iri).rpartition(":")[2]: labels.term(iri) for iri in found}
    return [
        CompletionItem(name, help=label)
        for name, label in sorted(names.items())
        if name.startswith(typed)
    ]


def _questions(ctx: click.Context, typed: str) -> list[CompletionItem]:
    del ctx
    from ..catalogue import load_catalogue

    return [
        CompletionItem(question.name, help=question.summary)
        for question in load_catalogue().values()
        if question.name.startswith(typed)
    ]


complete_thing = _complete(_things)
complete_property = _complete(_properties)
complete_question = _complete(_questions)

THING = click.argument("thing", metavar="ID", shell_complete=complete_thing)
