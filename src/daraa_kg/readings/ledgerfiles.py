"""Write a casualty ledger as JSON and as CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..exports.guardedcsv import to_csv

if TYPE_CHECKING:
    from ..graph.labels import Name
    from ..why.evidence import Quote
    from .ledger import Amount, Balance, Entry, Ledger

__all__ = ["FORMATS", "UnknownLedgerFormat", "as_dict", "records", "serialize"]

FORMATS = ("json", "csv")
_COLUMNS = (
    "of",
    "standing",
    "who",
    "outcome",
    "unit",
    "role",
    "at_least",
    "at_most",
    "adds",
    "when",
    "first",
    "last",
    "date",
    "event",
    "event_label",
    "figure",
    "within",
    "restates",
    "wording",
    "doubt",
    "note",
    "section",
    "voice",
    "sentence",
    "link",
)


class UnknownLedgerFormat(ValueError):
    """A format that a ledger is not written in; `name` is what was asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"a ledger cannot be written as “{name}”; choose json or csv")


def serialize(ledger: Ledger, format_name: str) -> bytes:
    """Write a ledger.

    Args:
        ledger: the ledger.
        format_name: ``json``, as ``ontology/ledger.schema.json`` has it, or ``csv``, a row for
            each figure (RFC 4180, in UTF-8).

    Raises:
        UnknownLedgerFormat: it is neither.
    """
    name = format_name.lower().lstrip(".")
    if name == "json":
        return (json.dumps(as_dict(ledger), ensure_ascii=False, indent=2) + "\n").encode()
    if name == "csv":
        return to_csv(records(ledger), _COLUMNS)
    raise UnknownLedgerFormat(format_name)


# --- json -----------------------------------------------------------------------------------------


def as_dict(ledger: Ledger) -> dict[str, object]:
    """Give a ledger as JSON has it."""
    return {"balances": [_balance(balance) for balance in ledger.balances]}


def _balance(balance: Balance) -> dict[str, object]:
    return {
        "of": _name(balance.whole),
        "standing": balance.standing,
        "who": balance.who,
        "whose": [_name(name) for name in balance.whose],
        "outcome": _local(balance.outcome),
        "unit": _local(balance.unit),
        "total": None if balance.total is None else _amount(balance.total),
        "explained": balance.explained,
        "unexplained": balance.unexplained,
        "excess": balance.excess,
        "unnumbered": len(balance.unnumbered),
        "totals": [_entry(entry) for entry in balance.totals],
        "entries": [_entry(entry) for entry in balance.entries],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.thing.id,
        "label": entry.thing.label,
        "person": entry.person,
        "event": _name(entry.event),
        **_days(entry),
        **_amount(entry.amount),
        "wording": entry.wording,
        "adds": entry.adds,
        "within": entry.within.id if entry.within else None,
        "restates": entry.restates.id if entry.restates else None,
        "doubts": [{"what": doubt.what, "note": doubt.note} for doubt in entry.doubts],
        "passages": [_passage(quote) for quote in entry.quotes],
    }


def _days(entry: Entry) -> dict[str, str | None]:
    """Give a date in EDTF, the days that bound it or what has none, and both in words."""
    span = entry.span
    first, over = (span.first, span.over_by) if span else (None, None)
    return {
        "when": span.when if span else None,
        "first": first.day.isoformat() if first else None,
        "last": over.day.isoformat() if over else None,
        "date": span.words or None if span else None,
    }


def _passage(quote: Quote) -> dict[str, object]:
    return {
        "iri": quote.iri,
        "exact": quote.exact,
        "sentence": _flat(quote.sentence),
        "section": quote.where,
        "voice": quote.voice,
        "link": quote.link,
    }


def _amount(amount: Amount) -> dict[str, object]:
    return {"atLeast": amount.least, "atMost": amount.most}


def _name(name: Name | None) -> dict[str, str] | None:
    return None if name is None else {"id": name.id, "iri": name.iri, "label": name.label}


def _local(name: Name) -> str:
    return name.id.rpartition(":")[2]


def _flat(text: str) -> str:
    return " ".join(text.split())


# --- csv ------------------------------------------------------------------------------------------


def records(ledger: Ledger) -> list[dict[str, object]]:
    """Give a row for each figure: its account, its number, what it adds, and its sentence.

    `role` is ``total``, ``event``, ``person``, ``no number`` or ``restated``. The sum of `adds`
    over an account is what is explained of its total.
    """
    return [
        _record(balance, entry, total=total)
        for balance in ledger.balances
        for total, entries in ((True, balance.totals), (False, balance.entries))
        for entry in entries
    ]


def _record(balance: Balance, entry: Entry, *, total: bool) -> dict[str, object]:
    quote = entry.quotes[0] if entry.quotes else None
    values: tuple[object, ...] = (
        balance.whole.id if balance.whole else None,
        balance.standing,
        balance.who,
        _local(balance.outcome),
        _local(balance.unit),
        _role(entry, total=total),
        entry.amount.least,
        entry.amount.most,
        entry.adds,
        *_days(entry).values(),
        entry.event.id if entry.event else None,
        entry.event.label if entry.event else None,
        entry.thing.id,
        entry.within.id if entry.within else None,
        entry.restates.id if entry.restates else None,
        entry.wording,
        "; ".join(doubt.what for doubt in entry.doubts) or None,
        " ".join(_flat(doubt.note) for doubt in entry.doubts if doubt.note) or None,
        quote.where if quote else None,
        quote.voice if quote else None,
        _flat(quote.sentence) if quote else None,
        quote.link if quote else None,
    )
    return dict(zip(_COLUMNS, values, strict=True))


def _role(entry: Entry, *, total: bool) -> str:
    if entry.restates is not None:
        return "restated"
    if total:
        return "total"
    if entry.person:
        return "person"
    return "event" if entry.numbered else "no number"
