"""The casualty ledger: what the totals say, what the single events explain of it, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..graph.labels import Name
    from ..why.evidence import Quote
    from .reader import Span

__all__ = ["Amount", "Balance", "Doubt", "Entry", "Ledger", "NoCasualties"]

CIVILIANS = "civilians"
NO_SIDE = "no side"
SIDE = "side"
PERSONS = "persons"
_DOUBTS = {
    "no side": "on no side",
    "side given by the editors": "the side is the editors' decision",
    "not named on that side": "not named among those of that side",
}


class NoCasualties(LookupError):
    """A graph that tells of nobody who came to harm, so that there is nothing to add up."""


@dataclass(frozen=True)
class Amount:
    """A number of people as a text gives it: exact, or bounded from below, above or both.

    Attributes:
        least: the smallest number that it can be; None if it may be any.
        most: the greatest; None if it may be any.
    """

    least: int | None = None
    most: int | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.least is not None and self.least == self.most

    def __str__(self) -> str:
        if self.least is None:
            return "no number" if self.most is None else f"at most {self.most:,}"
        if self.most is None:
            return f"at least {self.least:,}"
        return f"{self.least:,}" if self.exact else f"{self.least:,} to {self.most:,}"


@dataclass(frozen=True)
class Doubt:
    """Why it is uncertain on whose side the people of a figure were.

    Attributes:
        what: ``no side``, ``side given by the editors`` or ``not named on that side``.
        note: what the editors say of it.
    """

    what: str
    note: str | None = None

    @property
    def words(self) -> str:
        """The same as a sentence has it, with what the editors say of it."""
        said = _DOUBTS.get(self.what, self.what)
        return f"{said}: {' '.join(self.note.split())}" if self.note else said


@dataclass(frozen=True)
class Entry:
    """A figure in the ledger, or a dead person whom no figure includes.

    Attributes:
        thing: the figure or the person.
        person: whether it is a person, who counts as one.
        event: what the figure is told of; None for a person whose death no event tells.
        span: when that was: its date, or where the article gives none the bounds that follow from
            the order of events.
        amount: the number, as the article gives it.
        wording: the article's words for it.
        adds: how many people it adds to those whom the entries within it stand for.
        within: the entry of the same balance that counts these people as well, if there is one.
        restates: the figure that is counted for this one, if it says the same again.
        quotes: the passages that give it, with their sentences.
        doubts: why it is uncertain on whose side the people were.
    """

    thing: Name
    amount: Amount
    adds: int
    person: bool = False
    event: Name | None = None
    span: Span | None = None
    wording: str | None = None
    within: Name | None = None
    restates: Name | None = None
    quotes: tuple[Quote, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def date(self) -> str:
        """When it was in words, as the event's card has it: ``26 August 2021 or earlier``."""
        return self.span.words if self.span and self.span.words else "without a date"

    @property
    def numbered(self) -> bool:
        """Whether it has a number that can be added."""
        return self.amount.least is not None


@dataclass(frozen=True)
class Balance:
    """What is said of one outcome for one side, for civilians, or for people of no side.

    Attributes:
        whole: the event that the totals are told of; None for what happened outside of it.
        standing: ``side``, ``civilians`` or ``no side``.
        whose: the side; for people of no side, the actors whose people they are, if any is named.
        outcome: killed, wounded and so on.
        unit: what is counted: persons, or families.
        totals: the figures that are told of the whole itself.
        entries: what is told of its parts, in the order of events, each after what it is within.
    """

    whole: Name | None
    standing: str
    whose: tuple[Name, ...]
    outcome: Name
    unit: Name
    totals: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def who(self) -> str:
        """Say whose people they are: ``Government side``, ``Civilians``, ``5th Corps``."""
        if self.standing == CIVILIANS:
            return "Civilians"
        return ", ".join(name.label for name in self.whose) or "Side not stated"

    @property
    def group(self) -> str:
        """Say what people have in common who are on no side of the main event; empty of others."""
        if self.whole is None:
            return "not part of it"
        return "on no side" if self.standing == NO_SIDE else ""

    @property
    def what(self) -> str:
        """Say what happened to them: ``killed``, ``besieged (families)``."""
        plain = self.unit.id.rpartition(":")[2] == PERSONS
        return self.outcome.label if plain else f"{self.outcome.label} ({self.unit.label})"

    @cached_property
    def total(self) -> Amount | None:
        """The total; None if none is given."""
        counted = [t.amount for t in self.totals if t.restates is None and t.within is None]
        if not counted:
            return None
        least = [amount.least for amount in counted if amount.least is not None]
        most = [amount.most for amount in counted if amount.most is not None]
        return Amount(
            sum(least) if least else None, sum(most) if len(most) == len(counted) else None
        )

    @cached_property
    def explained(self) -> int:
        """How many people the parts account for, nobody counted twice."""
        return sum(entry.adds for entry in self.entries)

    @property
    def unexplained(self) -> int | None:
        """How many of the total no part accounts for; None without a number to take them from."""
        if self.total is None or self.total.least is None:
            return None
        return max(self.total.least - self.explained, 0)

    @property
    def excess(self) -> int:
        """By how much the parts exceed the total; 0 if they do not."""
        if self.total is None or self.total.most is None:
            return 0
        return max(self.explained - self.total.most, 0)

    @property
    def unnumbered(self) -> tuple[Entry, ...]:
        """The parts that say no number: what they add, if anything, the article does not tell."""
        return tuple(e for e in self.entries if not e.numbered and e.restates is None)


@dataclass(frozen=True)
class Ledger:
    """The balances of a graph: each figure of casualties stands in one of them.

    A figure can stand in a second one only where the article itself says that another figure,
    of another side or outcome, includes it.

    Attributes:
        balances: sides first, then civilians, then people of no side; what happened outside of the
            main event comes last.
    """

    balances: tuple[Balance, ...]

    @property
    def outside(self) -> tuple[Balance, ...]:
        """The balances of what happened outside of the main event."""
        return tuple(balance for balance in self.balances if balance.whole is None)

    def balance(self, whose: str, outcome: str) -> Balance:
        """Give the balance of a side, or of people, and an outcome.

        Args:
            whose: the label or id of a side or actor, or ``civilians``.
            outcome: its label or name, such as ``killed``.

        Raises:
            LookupError: there is none, or there are several.
        """
        found = [
            balance
            for balance in self.balances
            if whose in (balance.who, balance.who.lower(), *(name.id for name in balance.whose))
            and outcome in (balance.outcome.label, balance.outcome.id.rpartition(":")[2])
        ]
        if len(found) != 1:
            several = "more than one balance" if found else "no balance"
            message = f"the ledger has {several} for “{whose}” and “{outcome}”"
            raise LookupError(message)
        return found[0]

    def records(self) -> list[dict[str, object]]:
        """Give a row for each figure, as the CSV has it."""
        from .ledgerfiles import records

        return records(self)

    def as_dict(self) -> dict[str, object]:
        """Give the ledger as JSON has it; its schema is ``ontology/ledger.schema.json``."""
        from .ledgerfiles import as_dict

        return as_dict(self)

    def serialize(self, format: str) -> bytes:  # noqa: A002 - the word users look for
        """Write the ledger as ``json`` or ``csv``.

        Raises:
            UnknownLedgerFormat: it is not written in that format.
        """
        from .ledgerfiles import serialize

        return serialize(self, format)
