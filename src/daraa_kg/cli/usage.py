"""What the words on the command line may be, and the sentence for those that do not fit."""

from __future__ import annotations

import re
from typing import Any

import click

LONGEST_WAIT = 3600  # seconds; a wait without end is more than a socket can be told
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


class Choice(click.Choice[str]):
    """One of a few names; for any other it says which was meant, or which there are."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ANN401 - click's signature
        """Say that a name is none of them."""
        del ctx
        from ..text.nearest import suggestion

        return f"“{value}” is not known; {suggestion(str(value), self.choices)}"


class Number(click.ParamType[float]):
    """A number from `least` to `most`, both included; a whole one where both are whole."""

    name = "number"

    def __init__(self, least: float, most: float) -> None:
        self.least = least
        self.most = most
        self.whole = isinstance(least, int) and isinstance(most, int)

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Read a number; inf, nan and what is out of bounds are none."""
        try:
            number = int(value) if self.whole else float(value)
        except (ValueError, OverflowError):
            number = None
        if number is None or not self.least <= number <= self.most:
            kind = "whole number" if self.whole else "number"
            self.fail(f"“{value}” is no {kind} from {self.least:,} to {self.most:,}", param, ctx)
        return number


def in_words(error: click.UsageError) -> str:
    """Say in our words what click found wrong with the words of a command."""
    if isinstance(error, click.MissingParameter):
        said, hint = f"{_name(error.param)} is missing", ""
        if error.param is not None:
            hint = error.param.type.get_missing_message(error.param, error.ctx) or ""
    elif isinstance(error, click.BadParameter):
        said, hint = f"{_name(error.param)}: {error.message}", ""
    elif isinstance(error, click.NoSuchOption):
        said = f"there is no option “{error.option_name}”"
        hint = f"did you mean {error.possibilities[0]}?" if error.possibilities else ""
    elif isinstance(error, click.BadOptionUsage):
        needs = "takes no value" if "not take" in error.message else "needs a value"
        said, hint = f"{error.option_name} {needs}", ""
    else:
        extra = _EXTRA.match(error.message)
        said = f"“{extra[1]}” is more than there is a place for" if extra else error.message
        hint = ""
    said = said.rstrip(".") + (f"; {hint.rstrip('.')}" if hint else "")
    if error.ctx is None or ";" in said:
        return said
    return f"{said}; {error.ctx.command_path} --help says more"


def _name(param: click.Parameter | None) -> str:
    """Give the name of an option or argument as the help has it."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    if isinstance(param, click.Argument):
        return (param.metavar or param.human_readable_name).strip("[]")
    return "a value"
