"""Cards and reasons as the terminal shows them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., tuple[int, str, str]]


CARD = """\
Truce of June
ceasefire · event/truce

  kind          ceasefire
  when          about 5 June 2030
  part of       Clashes at Hillford  event/clashes
  party         Rebels  group/rebels
  party         Soldiers of the Army  group/soldiers
  reported by   The Gazette  group/gazette
  ┃ On 5 June, the Gazette reported that a truce was agreed.
  ┃ Events · reported by The Gazette
  ┃ https://example.org/wiki/Clashes_at_Hillford#:~:text=On%205%20June%2C%20the%20Gazette,that%20a%20truce%20was%20agreed.

  term          agreed: Leave to depart
    would be    evacuation
    target      Rebels  group/rebels
    wording     “will be allowed to leave Hillford”
  ┃ Rebels will be allowed to leave Hillford under it.
  ┃ Events · reported by The Gazette
  ┃ https://example.org/wiki/Clashes_at_Hillford#:~:text=Rebels%20will%20be%20allowed%20to%20leave%20Hillford%20under%20it.

Where it is named
  before this
    Promise of the elders  event/promise

Added by rules
"""


def test_show_draws_a_card(run: Run, hillford: Path) -> None:
    code, out, err = run("show", "event/truce", "--article", hillford)
    assert (code, err) == (0, "")
    assert out.startswith(CARD)
    assert "  during whole  Clashes at Hillford  by super-property\n" in out


OUTCOME = """\
  of                 Handover of weapons  event/promised-handover
    what came of it  did not come to pass
  ┃ This did not come to pass.
"""


def test_show_says_in_words_what_came_of_a_promise(run: Run, hillford: Path) -> None:
    code, out, err = run("show", "event/promise", "--article", hillford)
    assert (code, err) == (0, "")
    assert OUTCOME in out
    assert "not realized" not in out


WHY = """\
Mine on the Hillford road · during whole · Clashes at Hillford
  by the rule super-property: What stands in a relation stands in the wider
  relation above it.
  ├─ Mine on the Hillford road · part of · Clashes at Hillford
  │  ┃ On 2 June, a mine hit a convoy of the Army on the Hillford road, killing
  │  ┃ four soldiers, including a captain.
  │  ┃ Events · the article
  │  ┃ https://example.org/wiki/Clashes_at_Hillford#:~:text=On%202%20June%2C%20a%20mine,killing%20four%20soldiers%2C%20including%20a%20captain.
  └─ part of · sub property of · during whole (the vocabulary)
"""


def test_why_follows_a_rule_down_to_the_sentence(run: Run, hillford: Path) -> None:
    code, out, err = run("why", "event/mine", "duringWhole", "--article", hillford)
    assert (code, err) == (0, "")
    assert out == WHY.replace(
        "killing%20four%20soldiers%2C%20including%20a%20captain.",
        out.rpartition("text=On%202%20June%2C%20a%20mine,")[2].partition("\n")[0],
    )


def test_why_marks_the_stretch_and_says_where_it_is_written(
    run: Run, monkeypatch: pytest.MonkeyPatch, hillford: Path
) -> None:
    monkeypatch.chdir(hillford)
    code, out, _ = run("why", "event/demand", "speaker", "--article", hillford)
    assert code == 0
    assert (
        "The rebels then offered talks, »but the Army demanded that they leave\n  ┃ Hillford.«\n"
        in out
    )
    assert out.splitlines()[-1].startswith("  written in statements.yaml:")


def test_why_label_says_named_by_the_editors(run: Run, hillford: Path) -> None:
    code, out, _ = run("why", "event/mine", "label", "--article", hillford)
    assert code == 0
    assert "named by the editors" in out


def test_why_explains_everything_of_a_thing(run: Run, hillford: Path) -> None:
    code, out, _ = run("why", "event/mine", "--article", hillford)
    assert code == 0
    assert out.count("Mine on the Hillford road · ") > 15


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "event/mime"), "nothing here is called “event/mime”; did you mean event/mine?"),
        (("why", "event/mime"), "nothing here is called “event/mime”; did you mean event/mine?"),
        (
            ("why", "event/mine", "weapn"),
            "“weapn” is no property of “Mine on the Hillford road”; did you mean weapon?",
        ),
        (
            ("show", "Soldiers of the Army"),
            "“Soldiers of the Army” can be group/soldiers or side/soldiers: write one of them",
        ),
    ],
)
def test_misspelt_ids_get_a_suggestion(
    run: Run, words: tuple[str, ...], sentence: str, hillford: Path
) -> None:
    assert run(*words, "--article", hillford) == (1, "", f"error: {sentence}\n")


def test_lines_keep_to_the_width_but_for_links(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for words in (
            ("show", "event/offensive"),
            ("why", "event/offensive", "partOf"),
            ("timeline",),
            ("queries",),
        ):
            out = run(*words)[1]
            assert out
            long = [
                line
                for line in out.splitlines()
                if len(line) > width and "http" not in line and "yaml:" not in line
            ]
            assert long == []
            assert "\x1b" not in out


# --- for programs ---------------------------------------------------------------------------------


def test_show_gives_the_card_as_json(run: Run, hillford: Path) -> None:
    code, out, err = run("show", "event/mine", "--format", "json", "--article", hillford)
    assert (code, err) == (0, "")
    card = json.loads(out)
    assert (card["id"], card["kind"], card["voice"]) == ("event/mine", "bombing", "the article")
    stated = {fact["property"]: fact for fact in card["facts"] if not fact.get("inferred")}
    when = stated["when"]
    assert (when["text"], when["written"]) == ("2 June 2030", "2030-06-02")
    (why,) = when["why"]
    assert why["sentence"].startswith("On 2 June, a mine hit a convoy of the Army on the")
    assert (why["section"], why["voice"]) == ("Events", "the article")
    assert stated["place"]["id"] == "place/hillford-road"
    assert stated["targetText"]["verbatim"] is True
    (inferred,) = [fact for fact in card["facts"] if fact["property"] == "earliest"]
    assert [why["rule"] for why in inferred["why"]] == ["edtf"]


def test_why_gives_the_way_to_the_sentence_as_json(run: Run, hillford: Path) -> None:
    words = ("why", "event/mine", "duringWhole", "--format", "json", "--article", hillford)
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    (fact,) = json.loads(out)
    assert fact["value"] == {"id": "event/clashes", "text": "Clashes at Hillford"}
    (reason,) = fact["reasons"]
    assert reason["rule"] == "super-property"
    stated = [one for one in reason["premises"] if "passage" in one["reason"]]
    assert [one["label"] for one in stated] == ["part of"]
    assert stated[0]["reason"]["sentence"].startswith("On 2 June, a mine hit")


def test_why_as_json_says_where_it_is_written(run: Run, hillford: Path) -> None:
    code, out, _ = run("why", "event/mine", "when", "--format", "json", "--article", hillford)
    assert code == 0
    (fact,) = json.loads(out)
    (place,) = fact["places"]
    assert place.endswith("hillford/statements.yaml:36:15")
