"""The program: its verbs, loaded when called for, and where errors become exit codes."""

from __future__ import annotations

import errno
import sys
from difflib import get_close_matches
from importlib import import_module

import click

from .. import __version__
from .console import prepare_streams
from .failures import NobodyReads, report
from .options import DEBUG

PROGRAM = "daraa-kg"

# Each verb, in the order in which a newcomer needs them, and the module that has it.
VERBS = {
    "build": "build",
    "check": "check",
    "coverage": "coverage",
    "queries": "queries",
    "query": "query",
    "timeline": "timeline",
    "show": "show",
    "why": "why",
    "ledger": "ledger",
    "accounts": "accounts",
    "truces": "truces",
    "gaps": "gaps",
    "network": "network",
    "plot": "plot",
    "export": "export",
    "site": "site",
    "load": "load",
    "rebase": "rebase",
    "diff": "diff",
    "serve": "serve",
}


class Verbs(click.Group):
    """Commands that are imported when they are asked for, so that each pays for itself alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names of the verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a verb; None if there is none of that name."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f".{VERBS[cmd_name]}", __package__).command
        assert isinstance(command, click.Command)  # noqa: S101 - each module keeps to this
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb that the arguments begin with, and suggest one when there is none."""
        name = args[0]
        if not name.startswith("-") and name not in VERBS and not ctx.resilient_parsing:
            close = get_close_matches(name, VERBS, n=1, cutoff=0.5)
            hint = f"did you mean {close[0]}?" if close else f"{PROGRAM} --help lists them"
            message = f"“{name}” is no command; {hint}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; what click would end the program for itself is left to `main`."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if isinstance(error, BrokenPipeError) or error.errno == errno.EPIPE:
                raise NobodyReads from error
            raise


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0, it holds; 1, it does not (faults, no such thing); 2, it could not run.",
)
@click.version_option(
    __version__, "-V", "--version", prog_name=PROGRAM, message="%(prog)s %(version)s"
)
@DEBUG
def program() -> None:
    """Turn an article on an armed conflict into linked data whose every fact has its why.

    Without a folder, every command works on the article that ships with it: the 2021 Daraa
    offensive. An ID is written as in the statements: event/offensive, kg:place/daraa,
    kg:actor/syrian-army; its last part or its label will do where that is enough.
    """


def main(arguments: list[str] | None = None) -> int:
    """Run the program.

    Args:
        arguments: the words after the program's name; those of the command line when not given.

    Returns:
        The exit code: 0, 1 or 2 (see `program`), 130 when interrupted, 141 when nobody reads on.
    """
    prepare_streams()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = program.main(words, prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:
        return report(error, debug="--debug" in words)
    return code if isinstance(code, int) else 0
