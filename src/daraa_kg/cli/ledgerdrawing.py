"""Draw a casualty ledger: a table of the accounts, then each with its figures and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.padding import Padding
from rich.text import Text as Line

from ..diagnostics import listing
from ..readings.ledger import Amount
from ..why.evidence import ARTICLE_VOICE
from .carddrawing import barred
from .tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table

    from ..readings.ledger import Balance, Entry, Ledger
    from ..why.evidence import Quote

_INDENT = 2
_STEP = 2  # how much further in the days of an interval stand
_GAP = 2
_LEAST = 24
_TABLE = 72  # columns without which the table breaks its words
_LONGEST_DATE = 24  # a longer one would push all labels out to the right
_NONE = "–"
_UNKNOWN = "?"


def title(ledger: Ledger) -> Line:
    """Give the heading: what the totals are told of."""
    wholes = dict.fromkeys(b.whole.label for b in ledger.balances if b.whole is not None)
    return Line(f"{listing(list(wholes), 'and')}: casualties".removeprefix(": "), style="heading")


def summary(ledger: Ledger, width: int) -> Table | Line:
    """Give the table of the accounts; where it has no room, a line for each.

    Args:
        ledger: the ledger.
        width: in columns of the terminal.
    """
    return _table(ledger) if width >= _TABLE else Line("\n").join(map(_line, ledger.balances))


def _line(balance: Balance) -> Line:
    of = f" of {balance.total}" if balance.total else ""
    return Line(f"{balance.who}, {balance.what}: {balance.explained:,}{of}")


def _table(ledger: Ledger) -> Table:
    drawn = table(
        "whose", "what", *((name, "right") for name in ("total", "explained", "rest", "no number"))
    )
    group, who = "", ""
    for balance in ledger.balances:
        if group != balance.group:
            group, who = balance.group, ""
            drawn.add_row(Line(group, style="aside"))
        name = "" if balance.who == who else balance.who
        drawn.add_row(
            Padding(name, (0, 0, 0, _INDENT)) if group else name,
            balance.what,
            str(balance.total) if balance.total else _NONE,
            f"{balance.explained:,}",
            _rest(balance),
            str(len(balance.unnumbered)) if balance.unnumbered else "",
        )
        who = balance.who
    return drawn


def _rest(balance: Balance) -> Line:
    if balance.excess:
        return Line(f"{balance.excess:,} too many", style="bad")
    return Line(_NONE if balance.unexplained is None else f"{balance.unexplained:,}")


# --- the figures ----------------------------------------------------------------------------------


def draw_balances(ledger: Ledger, out: Console) -> Iterator[Line]:
    """Give the lines of all accounts, each figure with its sentence."""
    for balance in ledger.balances:
        yield Line()
        yield from Line(f"{balance.who}: {balance.what}", style="heading").wrap(out, out.width)
        yield from _Account(balance, out).draw()


class _Account:
    """An account as book-keepers write it: entries, their sum, the rest, and the total."""

    def __init__(self, balance: Balance, out: Console) -> None:
        self.balance = balance
        self.out = out
        numbers = [_number(entry) for entry in (*balance.totals, *balance.entries)]
        numbers += [f"{n:,}" for n in (balance.explained, balance.unexplained or balance.excess)]
        numbers.append("" if balance.total is None else _amount(balance.total))
        self.width = max(map(cell_len, numbers))
        dates = [cell_len(entry.date) for entry in balance.entries]
        self.dates = max((size for size in dates if size <= _LONGEST_DATE), default=0)

    def draw(self) -> Iterator[Line]:
        """Give its lines."""
        depths: dict[str, int] = {}
        for entry in self.balance.entries:
            depth = depths[entry.within.iri] + 1 if entry.within else 0
            depths.setdefault(entry.thing.iri, depth)
            yield from self._entry(entry, depth)
        yield from self._closing()

    def _entry(self, entry: Entry, depth: int) -> Iterator[Line]:
        """Give the number, the date and the event; the sentence; and what is uncertain."""
        left = _STEP * depth
        text = Line(entry.date.ljust(self.dates), style="kind")
        text.append(f"{' ' * _GAP}{_label(entry)}", style="none")
        style = "number" if entry.numbered and entry.restates is None else "aside"
        yield from self._row(_number(entry), text, style=style, left=left, hang=self.dates + _GAP)
        yield from self._evidence(entry, left)

    def _evidence(self, entry: Entry, left: int) -> Iterator[Line]:
        indent = _INDENT + self.width + _GAP + left
        for quote in entry.quotes:
            sentence = _sentence(quote, entry.wording or "", terminal=self.out.is_terminal)
            yield from barred(sentence, self.out, indent)
            if quote.voice != ARTICLE_VOICE:
                yield from barred(Line(quote.voice, style="aside"), self.out, indent)
        for doubt in entry.doubts:
            said, colon, note = doubt.words.partition(": ")
            line = Line(said, style="warning").append(f"{colon}{note}", style="aside")
            for part in line.wrap(self.out, max(self.out.width - indent, _LEAST)):
                yield Line(" " * indent).append_text(part)

    def _row(
        self, number: str, text: Line, *, style: str = "number", left: int = 0, hang: int = 0
    ) -> Iterator[Line]:
        """Set a number in its column and a text beside it, its further lines under the label."""
        head = Line(" " * (_INDENT + left)).append(number.rjust(self.width), style=style)
        head.append(" " * _GAP)
        room = max(self.out.width - head.cell_len, _LEAST)
        first, *others = text.wrap(self.out, room)
        indent = head.cell_len + (hang if room - hang >= _LEAST else 0)
        yield head.append_text(first)
        for other in others:
            other.rstrip()
        for part in Line(" ").join(others).wrap(self.out, max(self.out.width - indent, _LEAST)):
            if part:
                yield Line(" " * indent).append_text(part)

    def _closing(self) -> Iterator[Line]:
        """Give the sum of the entries, the rest, and the total with its words."""
        balance = self.balance
        rule = Line(" " * _INDENT).append("─" * self.width, style="aside")
        if balance.entries:
            yield rule
        if balance.total is None:
            numbered = balance.explained or any(entry.numbered for entry in balance.entries)
            words = "in all that is told; no total is given" if numbered else "no number is given"
            yield from self._row(f"{balance.explained:,}" if numbered else _UNKNOWN, Line(words))
            return
        yield from self._row(f"{balance.explained:,}", Line("explained", style="good"))
        if balance.excess:
            yield from self._row(f"{balance.excess:,}", Line("more than the total", style="bad"))
        elif balance.unexplained is not None:
            rest = Line("not explained", style="warning" if balance.unexplained else "good")
            if balance.unnumbered:
                rest.append(f", but for {_counted(len(balance.unnumbered))}", style="warning")
            yield from self._row(f"{balance.unexplained:,}", rest)
        yield rule
        yield from self._total()

    def _total(self) -> Iterator[Line]:
        several = len(self.balance.totals) > 1
        if several:
            yield from self._row(_amount(self.balance.total or Amount()), Line("in all"))
        for entry in self.balance.totals:
            text = Line(_label(entry) if entry.restates else "of these" if several else "in all")
            for quote in entry.quotes:
                text.append(f": “{entry.wording}”", style="quote")
                voice = "" if quote.voice == ARTICLE_VOICE else f", {quote.voice}"
                text.append(f" ({quote.where}{voice})", style="aside")
            yield from self._row(
                _number(entry), text, style="aside" if several else "number", left=_STEP * several
            )


def _number(entry: Entry) -> str:
    return _amount(entry.amount)


def _amount(amount: Amount) -> str:
    return _UNKNOWN if amount == Amount() else str(amount)


def _label(entry: Entry) -> str:
    if entry.restates is not None:
        return "the same figure again"
    if entry.person:
        return entry.thing.label
    return entry.event.label if entry.event else ""


def _counted(number: int) -> str:
    return "a figure without a number" if number == 1 else f"{number} figures without a number"


def _sentence(quote: Quote, wording: str, *, terminal: bool) -> Line:
    """Give a sentence with the words that give the figure set apart in it."""
    sentence, words = " ".join(quote.sentence.split()), " ".join(wording.split())
    before, found, after = sentence.partition(words) if words else (sentence, "", "")
    if not found or found == sentence.rstrip(" ."):
        return Line(sentence, style="quote")
    marks = ("", "") if terminal else ("»", "«")
    return Line.assemble(
        (before, "quote"), (f"{marks[0]}{found}{marks[1]}", "marked"), (after, "quote")
    )
