"""The options and arguments that commands share, and how the shell completes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from .exitcodes import CANNOT_RUN
from .failures import Failure
from .usage import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..graph.built import Graph

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


def format_option(
    *formats: str, words: str, listed: bool = False, name: str = "format_name"
) -> Decorator:
    """Make the option --format, of which the first format is the default.

    Args:
        formats: their names.
        words: the help.
        listed: whether the formats are listed before the help, because it does not name them.
        name: of the command's argument.
    """
    return click.option(
        "--format",
        name,
        type=Choice(formats),
        default=formats[0],
        show_default=True,
        metavar=None if listed else "FORMAT",
        help=words,
    )


RECORD = format_option(
    *("text", "json"),
    words="How it is said what was written; json says what was left out, too.",
    listed=True,
    name="said_as",
)

AS_JSON = format_option("table", "json", words="table, or json for programs.")

_BUILT = (".trig", ".nq")
FOLDER = click.argument(
    "folder", required=False, type=click.Path(path_type=Path), metavar="[FOLDER]"
)

ARTICLE = click.option(
    "--article",
    type=click.Path(path_type=Path),
    metavar="FOLDER|FILE",
    help="Another article: its folder, or a .trig or .nq file or a store that build has written.",
)

STORE = click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Read the store that daraa-kg build --store has filled; nothing is built.",
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

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run the command; in a checkout whose files are not the ones read, say so first."""
        if Path("src", "daraa_kg").is_dir():
            from .checkout import note_unread_edits

            note_unread_edits()
        return super().invoke(ctx)


def base_or_default(base: str | None) -> str:
    """Give the base that was asked for, or ours; say so if names cannot be put after it."""
    from ..namespaces import BASE, BaseError, check_base

    try:
        return BASE if base is None else check_base(base)
    except BaseError as error:
        message = f"--base: {error}"
        raise Failure(message, CANNOT_RUN) from error


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


def open_graph(article: Path | None, base: str | None = None, store: Path | None = None) -> Graph:
    """Give the graph that is asked: the shipped article's, a folder's, a built file's or a store's.

    Args:
        article: a folder, a built file, or a store.
        base: where the IRIs of things are to start.
        store: a store; there can be no article then.
    """
    if store is not None and article is not None:
        message = "--store and --article exclude each other: a store holds its own article"
        raise Failure(message, CANNOT_RUN)
    place = store or article
    if place is not None and (store is not None or place.is_dir()):
        from ..stores.embedded import is_store, open_store

        if store is not None or is_store(place):
            return _of_base(open_store(place), base, place)
    if article is not None and article.is_file() and article.suffix not in _BUILT:
        message = (
            f"{article}: this is a file; name a .trig or .nq file that daraa-kg build has written, "
            "or the folder that holds article.txt and statements.yaml"
        )
        raise Failure(message, CANNOT_RUN)
    if article is not None and article.suffix in _BUILT and not article.is_dir():
        from ..graph.builtfile import read_built

        return _of_base(read_built(article), base, article)
    from ..graph.cache import load

    return load(existing(article, folder=True), base=base_or_default(base))


def _of_base(graph: Graph, base: str | None, place: Path) -> Graph:
    """Give a graph that was built before, if its IRIs start as is asked."""
    if base not in (None, graph.base):
        message = f"--base: the IRIs of {place} start with {graph.base}; build it anew"
        raise Failure(message, CANNOT_RUN)
    return graph


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


def _asked(ctx: click.Context) -> Graph:
    """Give the graph that the options already typed say."""
    typed = (ctx.params.get(name) for name in ("article", "base", "store"))
    return open_graph(*typed)


def _things(ctx: click.Context, typed: str) -> list[CompletionItem]:
    from ..graph.labels import Labels

    graph = _asked(ctx)
    labels = Labels(graph.store, graph.base, graph.slug)
    ids = {labels.id(iri): iri for iri in labels.things}
    return [
        CompletionItem(written, help=labels.label(iri))
        for written, iri in sorted(ids.items())
        if written.startswith(typed) and ("#" in typed or "#" not in written)
    ]


def _properties(ctx: click.Context, typed: str) -> list[CompletionItem]:
    from pyoxigraph import DefaultGraph, NamedNode

    from ..graph.labels import Labels

    graph = _asked(ctx)
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
    from ..queries.catalogue import load_catalogue

    return [
        CompletionItem(question.name, help=question.summary)
        for question in load_catalogue().values()
        if question.name.startswith(typed)
    ]


def _settings(ctx: click.Context, typed: str) -> list[CompletionItem]:
    """Complete the names of a question's parameters, and the values that are ids or classes."""
    from ..graph.labels import Labels
    from ..queries.catalogue import get
    from ..queries.parameters import classes

    # With its value still to come, --set keeps click from putting the arguments in their places.
    question = ctx.params.get("question") or next(iter(ctx.args), "")
    parameters = get(question).parameters
    name, sign, value = typed.partition("=")
    if not sign:
        return [
            CompletionItem(f"{parameter.name}=", help=parameter.description)
            for parameter in parameters
            if parameter.name.startswith(typed)
        ]
    kind = next(parameter.type for parameter in parameters if parameter.name == name)
    if kind == "iri":
        found = {item.value: item.help for item in _things(ctx, value)}
    elif kind == "class":
        graph = _asked(ctx)
        names = Labels(graph.store, graph.base, graph.slug)
        prefix = "dkg:" if value.startswith("dkg:") else ""
        found = {
            prefix + names.id(iri).removeprefix("dkg:"): names.term(iri) for iri in classes(names)
        }
    else:
        return []
    return [
        CompletionItem(f"{name}={text}", help=label)
        for text, label in found.items()
        if text.startswith(value)
    ]


def complete_names(table: str) -> Any:  # noqa: ANN401 - click's callbacks
    """Make a completion of the names in a table, which is imported when somebody presses TAB.

    Args:
        table: ``package.module:TABLE``.
    """

    def find(ctx: click.Context, typed: str) -> list[CompletionItem]:
        del ctx
        from importlib import import_module

        module, _, name = table.partition(":")
        names = getattr(import_module(f"..{module}", __package__), name)
        return [CompletionItem(known) for known in names if known.startswith(typed)]

    return _complete(find)


complete_thing = _complete(_things)
complete_setting = _complete(_settings)
complete_property = _complete(_properties)
complete_question = _complete(_questions)

THING = click.argument("thing", metavar="ID", shell_complete=complete_thing)
