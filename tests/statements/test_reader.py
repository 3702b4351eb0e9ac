from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daraa_kg.diagnostics import CheckFailed
from daraa_kg.graph.builder import read_inputs
from daraa_kg.graph.inputs import find_inputs
from daraa_kg.namespaces import BASE, DKG

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from daraa_kg.ontology.vocabulary import Vocabulary

    Check = Callable[..., list[str]]

TRUCE = "        type: Ceasefire\n"

# What is written instead of what, and the one fault that follows.
ONE_FAULT = {
    "unknown property": (
        ("perpetrator: group/army", "perpetator: group/army"),
        "statements.yaml:38:9: error: “perpetator” is no property of the vocabulary; did you mean perpetrator?",
    ),
    "unknown class": (
        ("type: Ceasefire", "type: Ceasefyre"),
        "statements.yaml:62:15: error: “Ceasefyre” is no class of the vocabulary; did you mean type: Ceasefire?",
    ),
    "class in lower case": (
        ("type: Ceasefire", "type: ceasefire"),
        "statements.yaml:62:15: error: “ceasefire” is no class of the vocabulary; did you mean type: Ceasefire?",
    ),
    "class of the account": (
        ("type: Ceasefire", "type: Passage"),
        "statements.yaml:62:15: error: “Passage” is a record that the builder makes, not a thing to state; leave it out",
    ),
    "unknown class of a possible event": (
        ("ofKind: Withdrawal", "ofKind: Withdrawl"),
        "statements.yaml:54:19: error: “Withdrawl” is no value of “ofKind”; did you mean ofKind: Withdrawal?",
    ),
    "unknown coded value": (
        ("- outcome: killed", "- outcome: dead"),
        "statements.yaml:41:22: error: “dead” is no value of “outcome”; write killed, wounded, captured, missing, besieged or killedOrWounded",
    ),
    "coded value of another property": (
        ("- outcome: killed", "- outcome: families"),
        "statements.yaml:41:22: error: “families” is no value of “outcome”; write killed, wounded, captured, missing, besieged or killedOrWounded",
    ),
    "undeclared id": (
        ("perpetrator: group/army", "perpetrator: group/armi"),
        "statements.yaml:38:22: error: nothing declares “group/armi”; did you mean group/army?",
    ),
    "undeclared id like no other": (
        ("perpetrator: group/army", "perpetrator: zzz/qqqqqqqqqqqqqqq"),
        "statements.yaml:38:22: error: nothing declares “zzz/qqqqqqqqqqqqqqq”; describe it: id: zzz/qqqqqqqqqqqqqqq, type: …",
    ),
    "undeclared main event": (
        ("about: event/siege", "about: event/seige"),
        "statements.yaml:6:10: error: nothing declares “event/seige”; did you mean event/siege?",
    ),
    "space in an id": (
        ("perpetrator: group/army", "perpetrator: group/the army"),
        "statements.yaml:38:22: error: the id “group/the army” has a space in it; write group/the-army",
    ),
    "prefix that is none": (
        ("perpetrator: group/army", "perpetrator: group:army"),
        "statements.yaml:38:22: error: “group:” is no prefix of ours, so “group:army” names nothing; write group/army",
    ),
    "no value": (
        ("perpetrator: group/army", "perpetrator:"),
        "statements.yaml:38:9: error: “perpetrator” has no value; give it one, or leave the key out",
    ),
    "no words": (
        ("label: Truce of 5 May", "label: ' '"),
        "statements.yaml:63:16: error: “label” has no words; give it some, or leave the key out",
    ),
    "empty list": (
        ("perpetrator: group/army", "perpetrator: []"),
        "statements.yaml:38:22: error: “perpetrator” has an empty list; leave the key out",
    ),
    "list in a list": (
        ("perpetrator: group/army", "perpetrator: [[group/army]]"),
        "statements.yaml:38:23: error: “perpetrator” has a list inside its list; write one list",
    ),
    "mapping for words": (
        ("label: Truce of 5 May", "label: {en: Truce}"),
        "statements.yaml:63:16: error: “label” takes words, and this is a mapping",
    ),
    "mapping for a number": (
        ("            count: 2\n", "            count: {least: 2}\n"),
        "statements.yaml:42:20: error: “count” takes a single value, and this is a mapping",
    ),
    "number with a comma": (
        ("            count: 2\n", "            count: 11,000\n"),
        "statements.yaml:42:20: error: “11,000” is not a whole number; write 11000",
    ),
    "impossible date": (
        ("when: 2030-05-05\n", "when: 2030-02-30\n"),
        "statements.yaml:64:15: error: “2030-02-30” has a day 30, and 2030-02 ends on day 28; "
        "write 2021-08-19, 2021-08, 2021-08-29/2021-08-30 or 2021-06~",
    ),
    "reversed date": (
        (
            "{id: event/siege, when: 2030-05-03/2030-05-05}",
            "{id: event/siege, when: 2030-05-05/2030-05-03}",
        ),
        "statements.yaml:10:33: error: “2030-05-05/2030-05-03” ends before it starts; write 2030-05-03/2030-05-05",
    ),
    "inferred property": (
        ("perpetrator: group/army", "participant: group/army"),
        "statements.yaml:38:9: error: “participant” is worked out by rules; state "
        "agent, perpetrator, target, party, mediator, speaker, addressee, recipient, accused or leadUnit",
    ),
    "kind": (
        ("        label: Truce of 5 May", "        kind: Ceasefire"),
        "statements.yaml:63:9: error: “kind” is worked out by rules; state type",
    ),
    "property of the account": (
        ("        label: Truce of 5 May", "        section: Events"),
        "statements.yaml:63:9: error: “section” is worked out by the builder and never stated; leave it out",
    ),
    "no type": (
        (TRUCE, ""),
        "statements.yaml:61:13: error: “event/truce” has no type in any file; write type: … where it is first described",
    ),
    "no type and a near namesake": (
        (
            "- {id: event/siege, when: 2030-05-03/2030-05-05}",
            "- {id: event/seige, when: 2030-05-03/2030-05-05}",
        ),
        "statements.yaml:10:14: error: “event/seige” has no type in any file; did you mean event/siege?",
    ),
    "two types": (
        ("type: Ceasefire", "type: [Ceasefire, Agreement]"),
        "statements.yaml:62:15: error: a thing has one type, and rules add the wider ones; keep the narrowest",
    ),
    "no type in a nested node": (
        ("          type: Prospect\n", ""),
        "statements.yaml:53:11: error: what stands under “content” has no type; write type: Prospect or Allegation",
    ),
    "no id": (
        ("- id: event/truce\n        type", "- type"),
        "statements.yaml:61:9: error: this statement has no id; write id: event/… or id: kg:place/…",
    ),
    "id with nothing else": (
        ("- {id: event/siege, place: place/oldbridge}", "- {id: event/siege}"),
        "statements.yaml:13:9: error: this says nothing; give it a type or a property, or leave it out",
    ),
    "a list of ids": (
        ("- id: event/truce", "- id: [event/truce]"),
        "statements.yaml:61:13: error: “id” takes one name, and this is a list",
    ),
    "states is no list": (
        (
            "      - {id: event/siege, place: place/oldbridge}",
            "      {id: event/siege, place: place/oldbridge}",
        ),
        "statements.yaml:13:7: error: “states” takes a list, and this is a mapping; begin each statement with “- ”",
    ),
    "a statement is no mapping": (
        ("- {id: event/siege, place: place/oldbridge}", "- event/siege"),
        "statements.yaml:13:9: error: a statement is keys and values, and this is “event/siege”; "
        "write id: …, type: … and what is stated",
    ),
    "no states": (
        (
            "    states: []\n    because: only names another article\n",
            "    because: only names another article\n",
        ),
        "statements.yaml:70:5: error: this passage has no “states”; "
        "write states: and what it states, or states: [] and because: …",
    ),
    "no because": (
        ("    because: only names another article\n", ""),
        "statements.yaml:71:13: error: this passage states nothing and does not say why; write because: …",
    ),
    "unknown key of an entry": (
        ("    because: only names", "    becuase: only names"),
        "statements.yaml:72:5: error: there is no key “becuase” here; did you mean because?",
    ),
    "nth": (
        ("    nth: 1\n", "    nth: first\n"),
        "statements.yaml:59:10: error: “nth” takes a number from 1, and this is “first”",
    ),
    "header key missing": (
        ("  title: Siege of Oldbridge\n", ""),
        "statements.yaml:2:3: error: the header has no “title”; write title: …",
    ),
    "header key unknown": (
        ("  title: Siege", "  titel: x\n  title: Siege"),
        "statements.yaml:2:3: error: there is no key “titel” here; did you mean title?",
    ),
    "address": (
        ("url: https://example.org/wiki/Siege_of_Oldbridge", "url: example.org"),
        "statements.yaml:3:8: error: “example.org” is not a web address; write it in full: https://…",
    ),
    "digest": (
        ("  about: event/siege", "  about: event/siege\n  sha256: abc"),
        "statements.yaml:7:11: error: article.txt is not the text pinned here: its SHA-256 is "
        "28573a3a9520c556ec388732c2d44bf829e8b90b85920529d466653551019729; "
        "read the statements again beside the new text, then write its digest",
    ),
    "same stretch twice": (
        ("    nth: 2\n", "    nth: 1\n"),
        "statements.yaml:66:5: error: this stretch already has an entry in line 58; put the statements of both into one",
    ),
    "quote and infobox": (
        ("  - infobox: Place\n", "  - infobox: Place\n    quote: Oldbridge\n"),
        "statements.yaml:11:5: error: this entry has both “quote” and “infobox”; make two entries",
    ),
    "neither quote nor infobox": (
        ("  - infobox: Place\n    states", "  - states"),
        "statements.yaml:11:5: error: this entry names no stretch of the article; "
        "write quote: >- and its words, or infobox: and a key",
    ),
}


@pytest.mark.parametrize("case", ONE_FAULT)
def test_each_fault_has_its_sentence(faults: Check, case: str) -> None:
    edit, message = ONE_FAULT[case]
    found = faults(edit)
    assert found == [message]


def test_the_small_article_has_no_fault(faults: Check) -> None:
    assert faults() == []


def test_all_faults_are_given_at_once_in_order(faults: Check) -> None:
    found = faults(
        ("type: Ceasefire", "type: Ceasefyre"),
        ("when: 2030-05-03\n", "when: soon\n"),
        ("perpetrator:", "perpetator:"),
    )
    assert [fault.split(": error:")[0] for fault in found] == [
        "statements.yaml:35:15",
        "statements.yaml:38:9",
        "statements.yaml:62:15",
    ]


def test_one_id_with_two_types_names_both_places(faults: Check) -> None:
    assert faults(
        ("{id: event/siege, place: place/oldbridge}", "{id: event/siege, type: Clash}")
    ) == [
        "statements.yaml:24:15: error: “event/siege” is a Siege here and a Clash in line 13; "
        "give it one type, or use two ids"
    ]


def test_one_name_with_two_contents_asks_for_an_id(faults: Check) -> None:
    second = (
        "          - {outcome: killed, count: 3, wording: two rebels, sufferedBy: group/rebels}\n"
    )
    assert faults(
        (
            "            wording: two rebels\n            sufferedBy: group/rebels\n",
            "            wording: two rebels\n            sufferedBy: group/rebels\n" + second,
        )
    ) == [
        "statements.yaml:45:13: error: “event/shelling#casualties-killed-rebels” names this and also "
        "something else in line 41; give one of the two an id of its own"
    ]


def test_the_same_content_twice_is_one_node(faults: Check) -> None:
    again = (
        "            wording: two rebels\n            sufferedBy: group/rebels\n"
        "          - {outcome: killed, count: 2, wording: two rebels, sufferedBy: group/rebels}\n"
    )
    assert (
        faults(("            wording: two rebels\n            sufferedBy: group/rebels\n", again))
        == []
    )


def test_a_quote_that_is_not_there_shows_the_nearest(faults: Check) -> None:
    (message,) = faults(
        ("quote: The army said that it would withdraw.", "quote: The army said it would withdraw.")
    )
    assert message.startswith("statements.yaml:45:12: error: ")
    assert "The army said that it would withdraw" in message


def test_a_sentence_without_entry_is_a_fault(faults: Check) -> None:
    assert faults(
        (
            "  - quote: Siege of Newbridge\n    states: []\n    because: only names another article\n",
            "",
        )
    ) == [
        "article.txt:16:3: error: no entry accounts for “Siege of Newbridge”; "
        "add one to statements.yaml, with states: [] and because: … if it states nothing"
    ]


def test_a_field_without_entry_is_a_fault(faults: Check) -> None:
    assert faults(
        ("  - infobox: Place\n    states:\n      - {id: event/siege, place: place/oldbridge}\n", "")
    ) == [
        "article.txt:5:10: error: no entry accounts for the infobox field “Place”; "
        "add one to statements.yaml, with states: [] and because: … if it states nothing"
    ]


PLACES = """\
sources:
  - {id: kg:source/editors, label: Editors of daraa-kg}
  - {id: kg:source/list, label: A list}
entries:
  - source: kg:source/list
    states:
      - {id: place/oldbridge, latitude: "1.5", longitude: "2"}
"""


def test_a_folder_may_have_places_of_its_own(faults: Check) -> None:
    places = PLACES.replace("  - {id: kg:source/editors, label: Editors of daraa-kg}\n", "")
    assert faults(places=places) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{id: kg:source/list, label: A list}",
            "{id: kg:source/list}",
            "places.yaml:2:5: error: this source has no label; write label: …",
        ),
        (
            "id: kg:source/list,",
            "id: source/list,",
            "places.yaml:2:10: error: “source/list” is no name of a source; write kg:source/…",
        ),
        (
            "  - source: kg:source/list",
            "  - source: kg:source/lists",
            "places.yaml:4:13: error: nothing declares “kg:source/lists”; did you mean kg:source/list?",
        ),
        (
            "  - source: kg:source/list\n    states",
            "  - states",
            "places.yaml:4:5: error: “source” is missing; write source: kg:source/…",
        ),
        (
            "source: kg:source/list",
            "source: kg:source/editors",
            "places.yaml:4:5: error: the editors decide something here and do not say why; write because: …",
        ),
        (
            'latitude: "1.5"',
            'latitude: "1,5"',
            "places.yaml:6:41: error: “1,5” is not a decimal number; write digits with a point: 32.61889",
        ),
        (
            "entries:\n",
            "entires:\n",
            "places.yaml:3:1: error: there is no key “entires” here; did you mean entries?",
        ),
    ],
)
def test_faults_of_sources(faults: Check, old: str, new: str, message: str) -> None:
    places = PLACES.replace("  - {id: kg:source/editors, label: Editors of daraa-kg}\n", "")
    assert places.count(old) == 1
    assert message in faults(places=places.replace(old, new))


def test_a_source_described_in_two_ways_is_a_fault(faults: Check) -> None:
    (message,) = faults(places=PLACES)
    assert message.startswith(
        "places.yaml:2:5: error: “kg:source/editors” is described differently in "
    )


def test_shared_files_have_no_ids_of_an_article(
    tmp_path: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "places.yaml").write_text(
        PLACES.replace("place/oldbridge,", "place/oldbridge, type: Town,").replace(
            "Editors of daraa-kg}", "E}"
        )
    )
    statements = read_inputs(find_inputs(tmp_path / "places.yaml"), vocabulary)
    assert (
        "places.yaml:7:14: error: “place/oldbridge” belongs to one article, and this file is shared by all; write kg:place/oldbridge"
        in [str(fault) for fault in statements.faults]
    )


def test_files_that_are_none(
    mini: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    (mini / "statements.yaml").unlink()
    found = [str(fault) for fault in read_inputs(find_inputs(mini), vocabulary).faults]
    assert found == ["statements.yaml: error: there is no such file"]
    (mini / "article.txt").unlink()
    with pytest.raises(CheckFailed, match=r"the folder holds no article\.txt and no statements"):
        find_inputs(mini)


def test_places_of_everything_are_kept(
    mini: Path, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini)
    source_map = read_inputs(find_inputs(mini), vocabulary).source_map
    local = f"{BASE}mini/"
    assert [str(p) for p in source_map.locations(local + "event/siege")] == [
        "statements.yaml:10:9",
        "statements.yaml:13:9",
        "statements.yaml:18:9",
        "statements.yaml:23:9",
    ]
    assert [
        str(p) for p in source_map.locations(local + "event/shelling", DKG + "perpetrator")
    ] == ["statements.yaml:38:22"]
    assert [
        str(p)
        for p in source_map.locations(local + "event/siege", DKG + "party", local + "group/rebels")
    ] == ["statements.yaml:26:29"]
    assert source_map.locations(local + "event/none") == []
