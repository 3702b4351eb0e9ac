"""The readings of a page: the ledger, who says what, the agreements, and what is left open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ..diagnostics import listing
from ..readings.gaps import KINDS
from ..readings.ledger import PERSONS, SIDE, NoCasualties
from ..why.evidence import ARTICLE_VOICE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..graph.built import Graph
    from ..graph.labels import Name
    from ..readings.accounts import Accounts, Said, Version
    from ..readings.ledger import Balance, Entry
    from ..readings.reader import Span
    from ..readings.truces import Ending, Truce
    from .passages import Passages

    Record = dict[str, Any]


# --- the ledger -----------------------------------------------------------------------------------


def balances(graph: Graph, passages: Passages) -> list[Record]:
    """Give the accounts of the ledger; none where nobody came to harm."""
    try:
        ledger = graph.ledger()
    except NoCasualties:
        return []
    wholes = dict.fromkeys(balance.whole.label for balance in ledger.balances if balance.whole)
    outside = f"not part of {listing(list(wholes), 'and')}" if wholes else ""
    return [
        {**_balance(one, passages), "group": one.group if one.whole else outside}
        for one in ledger.balances
    ]


def _balance(balance: Balance, passages: Passages) -> Record:
    depths: dict[str, int] = {}
    for entry in balance.entries:
        depth = depths.get(entry.within.iri, 0) + 1 if entry.within else 0
        depths.setdefault(entry.thing.iri, depth)
    shown = [entry for entry in balance.entries if entry.numbered or entry.restates]
    unit, total = balance.unit.id.rpartition(":")[2], balance.total
    return {
        "who": balance.who,
        "side": balance.whose[0].id if balance.standing == SIDE and balance.whose else None,
        "of": balance.whole.label if balance.whole else None,
        "outcome": balance.outcome.label,
        "unit": unit if unit == PERSONS else balance.unit.label,
        "total": {"text": str(total), "number": total.least} if total else None,
        "totals": [_entry(one, passages, 0) for one in balance.totals],
        "explained": balance.explained,
        "unexplained": balance.unexplained,
        "excess": balance.excess,
        "entries": [_entry(entry, passages, depths[entry.thing.iri]) for entry in shown],
        "unnumbered": [_entry(e, passages, 0) for e in balance.unnumbered],
    }


def _entry(entry: Entry, passages: Passages, depth: int) -> Record:
    notes = [doubt.words for doubt in entry.doubts]
    if entry.restates:
        notes.insert(0, "the same figure again, counted once")
    # The article's own voice goes without saying.
    voices = {quote.voice: None for quote in entry.quotes if quote.voice != ARTICLE_VOICE}
    return {
        "text": str(entry.amount),
        "number": entry.amount.least,
        "adds": entry.adds,
        "depth": depth,
        "label": entry.thing.label if entry.person or not entry.event else entry.event.label,
        "wording": entry.wording,
        "event": entry.event.id if entry.event else None,
        "figure": entry.thing.id,
        "date": entry.date,
        "passages": passages.numbers(entry.quotes),
        "note": "; ".join([*voices, *notes]) or None,
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
            "accused": _names(account.accused),
            "about": _names(account.about),
            "says": [_said(said) for said in account.says],
            "words": account.words.strip('“”"') if account.words else account.words,
            "date": account.span.words,
            "passages": passages.numbers(account.evidence),
            "contradicts": against.get(account.thing.iri, []),
        }
        for account in found.accounts
    ]


def _said(said: Said) -> Record:
    return {
        **_named(said.thing),
        "words": said.words,
        "condition": said.condition.removeprefix("if ") if said.condition else None,
        # That a demand is refused or a thing promised not to happen is in the words themselves.
        "denied": said.negated and said.alleged,
    }


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
    return [_truce(truce, passages) for truce in found]


def _truce(truce: Truce, passages: Passages) -> Record:
    iri, evidence = truce.agreement.iri, passages.reader.evidence
    return {
        **_named(truce.agreement),
        "kindLabel": truce.agreement.kind,
        "made": truce.made.words,
        "inForce": truce.in_force.words if truce.in_force else None,
        "parties": _names(truce.parties),
        # A side is all who fight on it: one alone agrees with the other.
        "withWhom": len(truce.parties) != 1 or truce.parties[0].kind == "side",
        "mediators": _names(truce.mediators),
        "reporters": _names(truce.reporters),
        "terms": [
            {
                **_named(term.thing),
                "words": term.words.strip("“”") if term.words else None,
                "fate": term.fate,
                "by": _named(term.by) if term.by else None,
                "passages": passages.stating(term.thing.iri),
            }
            for term in truce.terms
        ],
        "course": [
            {
                "text": words.strip("“”"),
                "passages": passages.numbers(evidence((iri, "outcomeText", words))),
            }
            for words in truce.course
        ],
        "parts": [{**_named(one), "passages": passages.stating(one.iri)} for one in truce.parts],
        "held": truce.held.words,
        "brokenBy": [_ending(one, passages) for one in truce.broken_by],
        "replacedBy": [_ending(one, passages) for one in truce.replaced_by],
        "alleged": [
            {
                **_named(one.breach),
                "by": _names(one.by),
                "passages": passages.numbers(one.evidence),
            }
            for one in truce.alleged
        ],
        "passages": passages.numbers((*truce.evidence, *truce.end_evidence)),
    }


def _ending(ending: Ending, passages: Passages) -> Record:
    return {
        **_named(ending.event),
        "date": ending.span.words,
        "passages": passages.numbers(ending.evidence),
    }


def spans(found: Iterable[Truce]) -> list[Record]:
    """Give the agreements as stretches of time: from when each was in force to what ended it."""
    return [
        {
            "event": truce.agreement.id,
            "from": _day(truce.in_force or truce.made, last=False),
            **_until(truce),
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
    told = (f"{one.event.label} ({one.span.words or 'no date given'})" for one in endings)
    return f"{how} {', '.join(told)}"


def _until(truce: Truce) -> Record:
    """Give the first and the last day on which an agreement can have ended, where bounded."""
    endings = [ending.span for ending in _endings(truce)]
    if not endings:
        over = _day(truce.in_force, last=True) if truce.in_force else None
        return {"to": over, "by": over}
    # What came first ended it.
    earliest = [one.first.day.isoformat() for one in endings if one.first]
    latest = [one.last.day.isoformat() for one in endings if one.last]
    return {
        "to": min(earliest) if len(earliest) == len(endings) else None,
        "by": min(latest, default=None),
    }


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
