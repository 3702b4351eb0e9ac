"""The readings of a page: the ledger, who says what, the agreements, and what is left open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..datewords import place_in_time
from ..gaps import KINDS
from ..ledger import PERSONS, SIDE, NoCasualties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..accounts import Accounts, Said, Version
    from ..graph import Graph
    from ..labels import Name
    from ..ledger import Balance, Entry
    from ..readings import Span
    from ..truces import Ending, Truce
    from .passages import Passages

    Record = dict[str, Any]


# --- the ledger -----------------------------------------------------------------------------------


def balances(graph: Graph, passages: Passages) -> list[Record]:
    """Give the accounts of the ledger; none where nobody came to harm."""
    try:
        ledger = graph.ledger()
    except NoCasualties:
        return []
    return [_balance(balance, passages) for balance in ledger.balances]


def _balance(balance: Balance, passages: Passages) -> Record:
    depths: dict[str, int] = {}
    for entry in balance.entries:
        depth = depths.get(entry.within.iri, 0) + 1 if entry.within else 0
        depths.setdefault(entry.thing.iri, depth)
    shown = [entry for entry in balance.entries if entry.numbered or entry.restates]
    unit = balance.unit.id.rpartition(":")[2]
    return {
        "who": balance.who,
        "side": balance.whose[0].id if balance.standing == SIDE and balance.whose else None,
        "of": balance.whole.label if balance.whole else None,
        "outcome": balance.outcome.label,
        "unit": unit if unit == PERSONS else balance.unit.label,
        "total": _total(balance, passages),
        "explained": balance.explained,
        "unexplained": balance.unexplained,
        "excess": balance.excess,
        "entries": [_entry(entry, passages, depths[entry.thing.iri]) for entry in shown],
        "unnumbered": [_entry(e, passages, 0) for e in balance.unnumbered],
    }


def _total(balance: Balance, passages: Passages) -> Record | None:
    if balance.total is None:
        return None
    first = balance.totals[0]
    return {
        **_entry(first, passages, 0),
        "text": str(balance.total),
        "number": balance.total.least,
        "passages": sorted({n for one in balance.totals for n in passages.numbers(one.quotes)}),
    }


def _entry(entry: Entry, passages: Passages, depth: int) -> Record:
    notes = [
        f"{doubt.what}: {' '.join(doubt.note.split())}" if doubt.note else doubt.what
        for doubt in entry.doubts
    ]
    if entry.restates:
        notes.insert(0, "the same figure again, counted once")
    return {
        "text": str(entry.amount),
        "number": entry.amount.least,
        "adds": entry.adds,
        "depth": depth,
        "label": entry.thing.label if entry.person or not entry.event else entry.event.label,
        "wording": entry.wording,
        "event": entry.event.id if entry.event else None,
        "figure": entry.thing.id,
        "date": place_in_time(entry.date),
        "passages": passages.numbers(entry.quotes),
        "note": "; ".join(notes) or None,
    }


# --- who says what --------------------------------------------------------------------------------


def accounts(found: Accounts, passages: Passages) -> list[Record]:
    """Give who says, reports or claims what, each with the accounts that contradict it."""
    against: dict[str, list[Record]] = defaultdict(list)
    for clash in found.contradictions:
        matters = ", ".join(difference.matter for difference in clash.differences)
        for one, other in ((clash.one, clash.other), (clash.other, clash.one)):
            against[one.thing.iri].append({**_named(other.thing), "on": matters})
    return [
        {
            **_named(account.thing),
            "stance": account.stance,
            "speakers": _names(account.speakers),
            "toldBy": _names(account.told_by),
            "addressees": _names(account.addressees),
            "says": [_said(said) for said in account.says],
            "words": account.words.strip('“”"') if account.words else account.words,
            "date": account.span.words,
            "passages": passages.numbers(account.evidence),
            "contradicts": against.get(account.thing.iri, []),
        }
        for account in found.accounts
    ]


def _said(said: Said) -> str:
    words = f"“{said.words}”" if said.words else said.thing.label
    if not said.condition:
        return words
    condition = said.condition.removeprefix("if ")
    return f"{words}, if {condition}"


def contradictions(found: Accounts, passages: Passages) -> list[Record]:
    """Give the pairs of accounts that contradict each other, and on what."""
    return [
        {
            "ground": clash.ground,
            "one": _version(clash.one, passages),
            "other": _version(clash.other, passages),
            "differences": [
                {"matter": d.matter, "one": list(d.one), "other": list(d.other)}
                for d in clash.differences
            ],
            "because": [" ".join(text.split()) for text in clash.because],
        }
        for clash in found.contradictions
    ]


def _version(version: Version, passages: Passages) -> Record:
    return {
        **_named(version.thing),
        "voice": version.voice,
        "words": version.words,
        "passages": passages.numbers(version.evidence),
    }


# --- agreements -----------------------------------------------------------------------------------


def truces(found: Iterable[Truce], passages: Passages) -> list[Record]:
    """Give the agreements: between whom, on what terms, how long each held, and how it ended."""
    return [
        {
            **_named(truce.agreement),
            "made": truce.made.words,
            "parties": _names(truce.parties),
            "mediators": _names(truce.mediators),
            "reporters": _names(truce.reporters),
            "terms": [
                {
                    "id": term.thing.id,
                    "text": term.words or term.thing.label,
                    "fate": term.fate,
                    "passages": passages.stating(term.thing.iri),
                }
                for term in truce.terms
            ],
            "held": truce.held.words,
            "end": _end(truce),
            "endedBy": [_named(ending.event) for ending in _endings(truce)],
            "alleged": [
                {**_named(one.breach), "by": [name.label for name in one.by]}
                for one in truce.alleged
            ],
            "passages": passages.numbers((*truce.evidence, *truce.end_evidence)),
        }
        for truce in found
    ]


def spans(found: Iterable[Truce]) -> list[Record]:
    """Give the agreements as stretches of time: from when each was in force to what ended it."""
    return [
        {
            "event": truce.agreement.id,
            "from": _day(truce.in_force or truce.made, last=False),
            "to": _last_day(truce),
            "end": _end(truce),
            "endedBy": [ending.event.id for ending in _endings(truce)],
        }
        for truce in found
    ]


def _endings(truce: Truce) -> tuple[Ending, ...]:
    return truce.broken_by or truce.replaced_by


def _end(truce: Truce) -> str | None:
    endings = _endings(truce)
    if not endings:
        return None
    how = "broken by" if truce.broken_by else "replaced by"
    return f"{how} {', '.join(ending.event.label for ending in endings)}"


def _last_day(truce: Truce) -> str | None:
    ended = sorted(filter(None, (_day(one.span, last=False) for one in _endings(truce))))
    if ended:
        return ended[0]
    return _day(truce.in_force, last=True) if truce.in_force else None


def _day(span: Span, *, last: bool) -> str | None:
    bounds = (span.last, span.first) if last else (span.first, span.last)
    return next((bound.day.isoformat() for bound in bounds if bound), None)


# --- what is left open ----------------------------------------------------------------------------


def gaps(graph: Graph, passages: Passages) -> list[Record]:
    """Give what the article leaves open, each as the question that would fill it."""
    return [
        {
            "kind": gap.kind,
            "kindLabel": KINDS[gap.kind],
            "question": gap.question,
            "id": gap.thing.id,
            "passages": passages.numbers(gap.evidence),
        }
        for gap in graph.gaps()
    ]


def _named(name: Name) -> Record:
    return {"id": name.id, "label": name.label}


def _names(names: Iterable[Name]) -> list[Record]:
    return list(map(_named, names))
