"""Two graphs side by side: things, facts and what they rest on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import daraa_kg as dk
from daraa_kg.revisions.graphdiff import Diff, ThingDiff

if TYPE_CHECKING:
    from pathlib import Path

Changed = Callable[..., Diff]


@pytest.fixture
def changed(mini: Path, mini_graph: dk.Graph) -> Changed:
    """Give a function that edits both files of the small article and compares the graphs."""

    def compare(*edits: tuple[str, str]) -> Diff:
        for name in ("article.txt", "statements.yaml"):
            path = mini / name
            text = path.read_text(encoding="utf-8")
            for old, new in edits:
                text = text.replace(old, new)
            path.write_text(text, encoding="utf-8")
        return dk.diff(mini_graph, dk.build(mini, validate=False))

    return compare


def rows(thing: ThingDiff) -> dict[str, tuple[list[str], list[str]]]:
    """Give the values that only one of the graphs has, by property."""
    return {
        each.property: ([fact.value for fact in each.removed], [fact.value for fact in each.added])
        for each in thing.properties
    }


def test_a_graph_equals_itself_and_its_files(mini_graph: dk.Graph, tmp_path: Path) -> None:
    from daraa_kg.graph.builtfile import read_built

    assert dk.diff(mini_graph, mini_graph).equal
    for name in ("trig", "nq"):
        found = dk.diff(mini_graph, read_built(mini_graph.save(tmp_path / f"mini.{name}")))
        assert found.equal
        assert found.shifted == 0


def test_another_folder_and_base_make_no_difference(mini: Path, mini_graph: dk.Graph) -> None:
    other = mini.rename(mini.with_name("other"))
    found = dk.diff(mini_graph, dk.build(other, base="https://example.org/id/", validate=False))
    assert found.equal
    # Passages are named after the text and its folder, so all of their facts count as shifted.
    assert found.shifted > 0


def test_a_changed_count_and_the_words_it_rests_on(changed: Changed) -> None:
    found = changed(
        ("killing two rebels", "killing three rebels"),
        (
            "count: 2\n            wording: two rebels",
            "count: 3\n            wording: three rebels",
        ),
    )
    assert not found.equal
    (thing,) = found.things
    assert thing.how == "changed"
    assert str(thing.thing) == (
        "casualties “2 killed” of “Shelling of Oldbridge” (event/shelling#casualties-killed-rebels)"
    )
    assert rows(thing) == {
        "dkg:count": (["2"], ["3"]),
        "dkg:wording": (["two rebels"], ["three rebels"]),
    }
    # The shelling's own eight facts, and what is left of its figure: type, outcome and sufferers.
    (evidence,) = found.evidence
    comparison = evidence.comparison
    assert comparison is not None
    assert comparison.old == "On 3 May, the army shelled Oldbridge, killing two rebels."
    assert comparison.new == "On 3 May, the army shelled Oldbridge, killing three rebels."
    said = {(fact.subject, fact.property) for _, fact in evidence.facts}
    assert said == {
        ("event/shelling", name)
        for name in (
            "rdf:type", "dkg:when", "dkg:partOf", "dkg:place", "dkg:perpetrator", "dkg:target",
            "dkg:casualties",
        )
    } | {
        ("event/shelling#casualties-killed-rebels", name)
        for name in ("rdf:type", "dkg:outcome", "dkg:sufferedBy")
    }  # fmt: skip
    assert found.inferred == ((), ())


def test_things_that_only_one_graph_has(changed: Changed, mini_graph: dk.Graph) -> None:
    found = changed(
        ("The army said that it would withdraw.", "The mayor fled."),
        (
            """\
      - id: event/promise
        type: Promise
        label: Promise to withdraw
        after: event/shelling
        speaker: group/army
        content:
          type: Prospect
          ofKind: Withdrawal
          label: Withdrawal of the army
          agent: group/army
          wording: it would withdraw
""",
            """\
      - {id: event/flight, type: Evacuation, label: Flight, after: event/shelling, target: person/mayor}
      - {id: person/mayor, type: Person, label: the mayor}
""",
        ),
    )
    assert [thing.thing.id for thing in found.having("added")] == ["event/flight", "person/mayor"]
    assert [str(thing.thing) for thing in found.having("removed")] == [
        "promise “Promise to withdraw” (event/promise)",
        "withdrawal “Withdrawal of the army” of “Promise to withdraw” "
        "(event/promise#content-withdrawal)",
    ]
    assert found.having("changed") == []
    assert rows(found.having("added")[0])["dkg:after"] == ([], ["Shelling of Oldbridge"])
    # A rule turns “after” round, so the shelling has another “before”.
    removed, added = found.inferred
    assert ("event/shelling", "dkg:before") in {(f.subject, f.property) for f in removed}
    assert ("event/shelling", "dkg:before", "event/flight") in {
        (f.subject, f.property, f.value_id) for f in added
    }
    back = dk.diff(dk.build(validate=False), mini_graph)
    assert not back.equal


def test_words_that_stand_elsewhere_make_no_difference(changed: Changed) -> None:
    found = changed(
        ("The siege of Oldbridge was fought between the army and rebels in May 2030.\n",
         "The siege of Oldbridge was fought between the army and rebels in May 2030.\n\nRain.\n"),
        ("  - quote: Siege of Newbridge\n",
         "  - quote: Rain.\n    states: []\n    because: weather\n  - quote: Siege of Newbridge\n"),
    )  # fmt: skip
    assert found.equal
    assert found.shifted > 0


def test_a_renamed_thing_is_a_changed_one(changed: Changed) -> None:
    found = changed(("label: Truce of 5 May", "label: The truce"))
    (thing,) = found.things
    assert rows(thing) == {"rdfs:label": (["Truce of 5 May"], ["The truce"])}
    assert found.evidence == ()


def test_another_reason_is_another_ground(mini: Path) -> None:
    reason = """\
entries:
  - source: kg:source/editors
    because: {because}
    states: [{{id: group/rebels, memberOf: group/army}}]
"""
    path = mini / "actors.yaml"
    path.write_text(reason.format(because=" the text says so"))
    first = dk.build(mini, validate=False)
    path.write_text(reason.format(because=" everybody knows"))
    found = dk.diff(first, dk.build(mini, validate=False))
    assert found.things == ()
    (evidence,) = found.evidence
    assert [str(ground) for ground in evidence.removed] == [
        "the text says so (Editors of daraa-kg)"
    ]
    assert [str(ground) for ground in evidence.added] == ["everybody knows (Editors of daraa-kg)"]
    assert evidence.comparison is None
