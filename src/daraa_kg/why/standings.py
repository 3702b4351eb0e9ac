"""How what is only spoken of stands to what happened, and what is said or came of it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..namespaces import DKG

if TYPE_CHECKING:
    from ..graph.labels import Labels

__all__ = ["UTTERED", "hearsay", "local_kind", "standing", "truth_in_words"]

_STANDINGS = {"Prospect": "planned", "Allegation": "alleged", "PossibleEvent": "only spoken of"}
# How what somebody utters stands to what happened, by the class of the utterance.
UTTERED = {
    "Promise": "promised",
    "Offer": "offered",
    "Demand": "demanded",
    "Threat": "threatened",
    "Rejection": "refused",
    "Accusation": "alleged",
    "Claim": "claimed",
}
_NOT_DONE = "said not to have come to pass"


def standing(labels: Labels, thing: str) -> str | None:
    """Say how a possible event stands to what happened: planned, promised, alleged and so on.

    Of a promise that is itself only claimed, neither the making nor the outcome is told as a fact:
    the sentence on what came of it may be the article's, or still theirs who claim the promise.
    Gives None for everything else.
    """
    said = _plainly(labels, thing)
    if said is None:
        return None
    told = hearsay(labels, thing)
    if told:
        said = f"{said}, as {_plainly(labels, told)}"
    if labels.value(thing, "notRealized") == "true":
        return f"{said}; {_NOT_DONE}" if told else f"{said} and not done"
    return f"{said} and done" if labels.values(thing, "realizedBy") else said


def _plainly(labels: Labels, thing: str) -> str | None:
    """Say as what a possible event is spoken of, and nothing of what came of it."""
    for name, plain in _STANDINGS.items():
        if labels.is_a(thing, DKG + name):
            return _uttered(labels, thing) or plain
    return None


def _uttered(labels: Labels, thing: str) -> str | None:
    for act in labels.subjects("content", thing):
        return UTTERED.get(local_kind(labels, act))
    return "agreed" if labels.subjects("term", thing) else None


def hearsay(labels: Labels, thing: str) -> str | None:
    """Give what something was promised, demanded or agreed in, if only others say that it was."""
    acts = [act for name in ("content", "term") for act in labels.subjects(name, thing)]
    spoken = [act for act in acts if labels.is_a(act, DKG + "PossibleEvent")]
    return spoken[0] if acts and len(spoken) == len(acts) else None


def local_kind(labels: Labels, thing: str) -> str:
    """Give the local name of a thing's kind, such as ``Promise``; empty if it has none."""
    kind = labels.value(thing, "ofKind") or labels.value(thing, "kind") or ""
    return kind.removeprefix(DKG)


def truth_in_words(
    labels: Labels, thing: str, predicate: str, value: str
) -> tuple[str, str] | None:
    """Say in words what yes or no means of a thing: what it is about, and what is said of that.

    Args:
        labels: the names of the graph.
        thing: what the property is told of.
        predicate: a property of the vocabulary whose value is true or false.
        value: that value.

    Returns:
        None for a property that has no such words.
    """
    true = value in ("true", "1")
    match predicate.removeprefix(DKG):
        case "civilian":
            return "people", "civilians" if true else "not civilians"
        case "negated":
            return "what is said", _said(labels, thing, denied=true)
        case "notRealized" if true:
            told = _NOT_DONE if hearsay(labels, thing) else "did not come to pass"
            return "what came of it", told
        case "notRealized":
            return "what came of it", "not told to have failed"
    return None


def _said(labels: Labels, thing: str, *, denied: bool) -> str:
    """Say what is denied of the kind of a thing: its label may have the denial in it already."""
    kind = labels.kind(thing) or "such event"
    if labels.is_a(thing, DKG + "Allegation"):
        return f"that there was no {kind}" if denied else "that it happened"
    return f"that there will be no {kind}" if denied else "that it will happen"
