"""The options that say which store far away is meant and who is asking, and what comes of them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from .console import echo
from .exitcodes import CANNOT_RUN
from .failures import Failure
from .usage import LONGEST_WAIT, Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..stores.transport import Transport

PASSWORD = "DARAA_KG_PASSWORD"  # noqa: S105 - the name of the variable, not what is in it


def endpoint_option(what: str, *, required: bool = False) -> Callable[..., Any]:
    """Make the option --endpoint.

    Args:
        what: what is done with the store, for the help.
        required: whether it must be given.
    """
    return click.option("--endpoint", metavar="URL", required=required, help=what)


GRAPH = click.option(
    "--graph",
    metavar="IRI",
    help="The named graph of the facts, in a store whose default graph is all graphs together.",
)
USER = click.option(
    "--user",
    metavar="NAME",
    help=f"Log in; the password is asked for, or taken from the environment ({PASSWORD}).",
)
TIMEOUT = click.option(
    "--timeout",
    type=Number(0.001, LONGEST_WAIT),
    metavar="SECONDS",
    help="How long to wait for each answer of the store (60 when not given).",
)


def open_transport(user: str | None, timeout: float | None) -> Transport:
    """Give what sends the requests; what is tried again is said on standard error."""
    from ..stores.transport import TIMEOUT as DEFAULT
    from ..stores.transport import Login, Transport

    login = Login(user, _password(user)) if user else None
    return Transport(login, timeout=timeout or DEFAULT, notice=_notice)


def checked_graph(graph: str | None) -> str | None:
    """Give the graph of the facts back if it is an absolute IRI."""
    from ..namespaces import PREFIXES, forbidden

    if graph is None:
        return None
    scheme, colon, rest = graph.partition(":")
    if not colon or not rest or not scheme.isalnum() or scheme in PREFIXES or forbidden(graph):
        message = (
            f"--graph: “{graph}” is no absolute IRI; write one such as http://example.org/facts"
        )
        raise Failure(message, CANNOT_RUN)
    return graph


def _password(user: str) -> str:
    told = os.environ.get(PASSWORD)
    if told is not None:
        return told
    if not sys.stdin.isatty():
        message = (
            f"there is no password for {user}; set {PASSWORD}, or run this in a terminal that can "
            "ask for it"
        )
        raise Failure(message, CANNOT_RUN)
    return str(click.prompt(f"Password of {user}", hide_input=True, err=True))


def _notice(text: str) -> None:
    echo(text, stderr=True)
