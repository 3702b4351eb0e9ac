"""The eight families of events, each of which has one shape and one colour in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..namespaces import DKG

if TYPE_CHECKING:
    from ..graph.labels import Labels

# A class and the family of its events; the first class that an event belongs to counts.
_FAMILIES = {
    "Seizure": "control",
    "Siege": "control",
    "FlagRaising": "control",
    "Curfew": "control",
    "RoadBlock": "control",
    "RoadReopening": "control",
    "Killing": "killing",
    "Capture": "killing",
    "Destruction": "killing",
    "ViolentEvent": "fighting",
    "Offensive": "fighting",
    "Conflict": "fighting",
    "Violation": "violation",
    "Agreement": "agreement",
    "Promise": "agreement",
    "DiplomaticEvent": "talk",
    "MovementEvent": "movement",
}
_OTHER = "civil"


def family_of(labels: Labels, event: str) -> str:
    """Give the family of an event.

    Args:
        labels: the names of the graph.
        event: its IRI.
    """
    found = (family for name, family in _FAMILIES.items() if labels.is_a(event, DKG + name))
    return next(found, _OTHER)
