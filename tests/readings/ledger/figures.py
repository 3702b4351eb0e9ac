"""Figures of the killed as a few facts in Turtle, and the types of what is made of them."""

from __future__ import annotations

from collections.abc import Callable

import daraa_kg as dk
from daraa_kg.readings.ledger import Ledger

Facts = Callable[[str], dk.Graph]
Keep = Callable[[str], Ledger]


def dead(event: str, name: str, number: str, side: str = "blue", more: str = "") -> str:
    """Write a figure of killed; `number` is a count, or a property and its value."""
    value = f"dkg:count {number}" if number.isdigit() else number
    return (
        f"<{event}> dkg:casualties <{event}#{name}> .\n<{event}#{name}> dkg:outcome dkg:killed ; "
        f'dkg:wording "{name}" {";" if value else ""} {value} '
        f"{f'; dkg:side <{side}>' if side else ''} {f'; {more}' if more else ''} .\n"
    )
