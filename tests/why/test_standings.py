"""How what is only spoken of stands to what happened, in small graphs made by hand."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from daraa_kg.graph.labels import Labels
from daraa_kg.namespaces import BASE, DKG, article_base
from daraa_kg.why.standings import standing, truth_in_words

HERE = article_base(BASE, "made")
HEAD = f"@prefix : <{HERE}> . @prefix dkg: <{DKG}> .\n"
X = f"{HERE}x"

PLAN = ":x a dkg:Prospect, dkg:PossibleEvent ; dkg:ofKind dkg:Deployment . "
FAILED = ":x dkg:notRealized true . "
PROMISE = ":p a dkg:Event ; dkg:kind dkg:Promise ; dkg:content :x . "
CLAIMED = ":p a dkg:Allegation, dkg:PossibleEvent ; dkg:ofKind dkg:Promise ; dkg:content :x . "
CLAIM = ":c a dkg:Event ; dkg:kind dkg:Claim ; dkg:content :p . "
DONE = ":x dkg:realizedBy :d . "


def names(turtle: str) -> Labels:
    store = ox.Store()
    store.extend(ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE))
    return Labels(store, BASE, "made")


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        (":x a dkg:Event .", None),
        (PLAN, "planned"),
        (PLAN + FAILED, "planned and not done"),
        (PLAN + PROMISE, "promised"),
        (PLAN + PROMISE + FAILED, "promised and not done"),
        (PLAN + PROMISE + DONE, "promised and done"),
        # That it was promised at all is only claimed: nothing of it is told as a fact.
        (PLAN + CLAIMED + CLAIM, "promised, as claimed"),
        (PLAN + CLAIMED + CLAIM + FAILED, "promised, as claimed; said not to have come to pass"),
        (PLAN + CLAIMED, "promised, as alleged"),
        # Promised twice, once as a fact.
        (PLAN + CLAIMED + PROMISE.replace(":p", ":q") + FAILED, "promised and not done"),
        (PLAN + ":a a dkg:Event ; dkg:term :x .", "agreed"),
        (PLAN + ":x dkg:content :x .", "planned, as planned"),  # round in a circle
    ],
)
def test_standings(turtle: str, told: str | None) -> None:
    assert standing(names(turtle), X) == told


@pytest.mark.parametrize(
    ("turtle", "name", "value", "told"),
    [
        ("", "civilian", "true", ("people", "civilians")),
        ("", "civilian", "false", ("people", "not civilians")),
        (PLAN, "negated", "true", ("what is said", "that there will be no deployment")),
        (PLAN, "negated", "0", ("what is said", "that it will happen")),
        (
            ":x a dkg:Allegation ; dkg:ofKind dkg:Shelling .",
            "negated",
            "1",
            ("what is said", "that there was no shelling"),
        ),
        (
            ":x a dkg:Allegation .",
            "negated",
            "true",
            ("what is said", "that there was no such event"),
        ),
        (":x a dkg:Allegation .", "negated", "false", ("what is said", "that it happened")),
        (PLAN, "notRealized", "true", ("what came of it", "did not come to pass")),
        (PLAN + PROMISE, "notRealized", "true", ("what came of it", "did not come to pass")),
        (
            PLAN + CLAIMED + CLAIM,
            "notRealized",
            "true",
            ("what came of it", "said not to have come to pass"),
        ),
        (PLAN, "notRealized", "false", ("what came of it", "not told to have failed")),
        (PLAN, "weapon", "true", None),
    ],
)
def test_yes_and_no_in_words(
    turtle: str, name: str, value: str, told: tuple[str, str] | None
) -> None:
    assert truth_in_words(names(turtle), X, DKG + name, value) == told
