"""What differs between two graphs, as the types of JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..statements.naming import camel
from .wordchanges import marked

if TYPE_CHECKING:
    from .graphdiff import Diff, EvidenceDiff, Fact, ThingDiff

__all__ = ["diff_record"]


def diff_record(found: Diff) -> dict[str, Any]:
    """Give all that `found` says; ids are written as in the statements."""
    return {
        "equal": found.equal,
        **{
            how: [_thing(thing) for thing in found.having(how)]
            for how in ("added", "removed", "changed")
        },
        "evidence": [_evidence(one) for one in found.evidence],
        "shifted": found.shifted,
        "inferred": {
            "removed": [_fact(fact) for fact in found.inferred[0]],
            "added": [_fact(fact) for fact in found.inferred[1]],
        },
    }


def _thing(one: ThingDiff) -> dict[str, Any]:
    return {
        **{camel(key): value for key, value in asdict(one.thing).items()},
        "properties": [
            {
                "property": each.property,
                "label": each.label,
                "removed": [_value(fact) for fact in each.removed],
                "added": [_value(fact) for fact in each.added],
            }
            for each in one.properties
        ],
    }


def _value(fact: Fact) -> dict[str, Any]:
    return {"value": fact.value, "id": fact.value_id}


def _fact(fact: Fact) -> dict[str, Any]:
    return {"id": fact.subject, "property": fact.property, "label": fact.label, **_only(fact)}


def _only(fact: Fact) -> dict[str, Any]:
    return {"value": fact.value, "valueId": fact.value_id}


def _evidence(one: EvidenceDiff) -> dict[str, Any]:
    comparison = one.comparison
    return {
        "facts": [_fact(fact) for _, fact in one.facts],
        "removed": [asdict(ground) for ground in one.removed],
        "added": [asdict(ground) for ground in one.added],
        "marked": [marked(side) for side in comparison.sides()] if comparison else None,
    }
