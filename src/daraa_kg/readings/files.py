"""Write the readings of a graph for programs: as JSON, and as CSV with a row for each thing."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..graph.labels import Name
from ..statements.naming import camel
from ..why.evidence import Decision, Quote
from .reader import Span
from .truces import Held

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .accounts import Account, Contradiction, Report, Version
    from .gaps import Gap
    from .truces import Ending, Truce

__all__ = [
    "account_rows",
    "contradiction_rows",
    "gap_rows",
    "report_rows",
    "to_json",
    "truce_rows",
]

Row = dict[str, str | int | None]
_SEPARATOR = "; "

# --- JSON -----------------------------------------------------------------------------------------


def to_json(reading: object) -> bytes:
    """Write a reading as JSON: its dataclasses as objects, with what they are called in words."""
    return (json.dumps(_plain(reading), ensure_ascii=False, indent=2) + "\n").encode()


def _plain(value: object) -> object:
    if isinstance(value, Name):
        return {"id": value.id, "iri": value.iri, "label": value.label, "kind": value.kind}
    if isinstance(value, Quote):
        return {
            "sentence": _flat(value.sentence),
            "exact": value.exact,
            "section": value.where,
            "voice": value.voice,
            "link": value.link,
        }
    if isinstance(value, Decision):
        return {"source": value.label, "because": list(value.because)}
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        found = {camel(field.name): _plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, Span | Held):
            found["words"] = value.words or None
        return found
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


# --- CSV ------------------------------------------------------------------------------------------


def account_rows(accounts: Iterable[Account]) -> list[Row]:
    """Give a row for each thing that is said; one for an account of which only the act is told."""
    return [
        {
            "account": account.thing.id,
            "stance": account.stance,
            "speakers": _labels(account.speakers),
            "told_by": _labels(account.told_by),
            "addressees": _labels(account.addressees),
            "accused": _labels(account.accused),
            "about": _labels(account.about),
            "says": said.thing.id if said else None,
            "says_label": said.thing.label if said else account.thing.label,
            "words": said.words if said else account.words,
            "condition": said.condition if said else None,
            "negated": "yes" if said and said.negated else None,
            **_days(account.span),
            **_sentence(account.evidence),
        }
        for account in accounts
        for said in account.says or (None,)
    ]


def contradiction_rows(contradictions: Iterable[Contradiction]) -> list[Row]:
    """Give a row for each pair of accounts."""
    return [
        {
            "ground": found.ground,
            "on": _SEPARATOR.join(difference.matter for difference in found.differences),
            **_version("one", found.one),
            **_version("other", found.other),
            "because": _flat(" ".join(found.because)) or None,
        }
        for found in contradictions
    ]


def _version(prefix: str, version: Version) -> Row:
    sentence = _sentence(version.evidence)
    return {
        prefix: version.thing.id,
        f"{prefix}_voice": version.voice,
        f"{prefix}_words": version.words,
        f"{prefix}_sentence": sentence["sentence"],
        f"{prefix}_link": sentence["link"],
    }


def report_rows(reports: Iterable[Report]) -> list[Row]:
    """Give a row for each event that rests on reports alone."""
    return [
        {
            "event": report.event.id,
            "event_label": report.event.label,
            "kind": report.event.kind,
            "reporters": _labels(report.reporters),
            **_days(report.span),
            **_sentence(report.evidence),
        }
        for report in reports
    ]


def truce_rows(truces: Iterable[Truce]) -> list[Row]:
    """Give a row for each agreement."""
    return [
        {
            "agreement": truce.agreement.id,
            "agreement_label": truce.agreement.label,
            "kind": truce.agreement.kind,
            **{f"made_{name}": value for name, value in _days(truce.made).items()},
            "in_force": truce.in_force.when if truce.in_force else None,
            "parties": _labels(truce.parties),
            "mediators": _labels(truce.mediators),
            "reporters": _labels(truce.reporters),
            "terms": _SEPARATOR.join(
                f"{term.words or term.thing.label} ({term.fate or 'fate not said'})"
                for term in truce.terms
            )
            or None,
            "course": _SEPARATOR.join(truce.course) or None,
            "parts": _labels(truce.parts),
            "held_at_least": truce.held.least,
            "held_at_most": truce.held.most,
            "held": truce.held.words,
            "broken_by": _endings(truce.broken_by),
            "breach_alleged_by": _labels(by for alleged in truce.alleged for by in alleged.by),
            "replaced_by": _endings(truce.replaced_by),
            "end_sentence": _sentence(truce.end_evidence)["sentence"],
            **_sentence(truce.evidence),
        }
        for truce in truces
    ]


def _endings(endings: Iterable[Ending]) -> str | None:
    return _labels(ending.event for ending in endings)


def gap_rows(gaps: Iterable[Gap]) -> list[Row]:
    """Give a row for each question."""
    return [
        {
            "kind": gap.kind,
            "question": gap.question,
            "thing": gap.thing.id,
            "thing_label": gap.thing.label,
            "event": gap.event.id if gap.event else None,
            "event_label": gap.event.label if gap.event else None,
            "first": gap.first.isoformat() if gap.first else None,
            "last": gap.last.isoformat() if gap.last else None,
            **_sentence(gap.evidence),
        }
        for gap in gaps
    ]


def _labels(names: Iterable[Name]) -> str | None:
    return _SEPARATOR.join(name.label for name in names) or None


def _days(span: Span) -> Row:
    return {
        "when": span.when,
        "first": span.first.day.isoformat() if span.first else None,
        "last": span.over_by.day.isoformat() if span.over_by else None,
    }


def _sentence(evidence: Iterable[Quote | Decision]) -> Row:
    quotes = [one for one in evidence if isinstance(one, Quote)]
    return {
        "sentence": " … ".join(dict.fromkeys(_flat(quote.sentence) for quote in quotes)) or None,
        "section": quotes[0].where if quotes else None,
        "link": quotes[0].link if quotes else None,
    }


def _flat(text: str) -> str:
    return " ".join(text.split())
