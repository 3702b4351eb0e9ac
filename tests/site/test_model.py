"""The model of a page: of the form that the page expects, and true to the article."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.queries.catalogue import load_catalogue
from daraa_kg.site.model import make_model
from daraa_kg.site.networks import _in_columns

Record = dict[str, Any]

EXPLORER = Path(__file__).parents[2] / "explorer"


def schema() -> Record:
    found: Record = json.loads((EXPLORER / "model.schema.json").read_text(encoding="utf-8"))
    return found


# --- its form -------------------------------------------------------------------------------------


def test_the_model_of_any_graph_keeps_to_the_schema(any_model: Record) -> None:
    found = jsonschema.Draft202012Validator(schema()).iter_errors(any_model)
    assert [f"{error.json_path}: {error.message[:200]}" for error in found] == []
    assert any_model["downloads"] == [{"file": "x.ttl", "label": "Turtle", "bytes": 7}]


def test_the_schema_is_one(model: Record) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    broken = {**model, "sides": [{"id": "x", "label": "x"}]}
    with pytest.raises(jsonschema.ValidationError, match="'index' is a required property"):
        jsonschema.validate(broken, schema())


def test_the_schema_is_the_twin_of_the_types() -> None:
    """Each interface of model.ts has the same properties there, optional ones included."""
    text = re.sub(
        r"/\*\*.*?\*/|//[^\n]*", "", (EXPLORER / "src" / "model.ts").read_text(), flags=re.S
    )
    types = dict(
        re.findall(
            r"^export interface (\w+)(?: extends \w+)? \{\n(.*?)^\}", text, flags=re.S | re.M
        )
    )
    assert len(types) > 20
    definitions = {**schema()["$defs"], "Model": schema()}
    for name, body in types.items():
        # Only what stands at the first level: an inner object is written in braces.
        names = re.findall(r"^  (\w+)(\??):", body, flags=re.M)
        found = definitions[name]
        properties = set(found["properties"])
        inherited = {"start", "end"} if name in ("Block", "Passage") else set()
        assert properties - inherited == {one for one, _ in names}, name
        assert set(found["required"]) - inherited == {one for one, mark in names if not mark}, name


def test_it_is_json_and_always_the_same(graph: dk.Graph, model: Record) -> None:
    text = json.dumps(model, allow_nan=False)
    assert json.loads(text) == model
    assert json.dumps(make_model(graph), allow_nan=False) == text


# --- its links ------------------------------------------------------------------------------------


def passages_in(value: object) -> list[int]:
    """Give all numbers of passages in a model, wherever they stand."""
    found = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "passages" and inner and isinstance(inner[0], int):
                found += inner
            elif key == "passage":
                found.append(inner)
            else:
                found += passages_in(inner)
    elif isinstance(value, list):
        for inner in value:
            found += passages_in(inner)
    return found


def test_every_number_of_a_passage_is_one(any_model: Record) -> None:
    numbers = {
        name: passages_in(part) for name, part in any_model.items() if isinstance(part, list)
    }
    numbers["entities"] = passages_in(any_model["entities"])
    for name, found in numbers.items():
        assert all(0 <= number < len(any_model["passages"]) for number in found), name


def test_every_id_has_a_card(any_model: Record) -> None:
    model = any_model
    known = model["entities"].keys()
    named = {incident["id"] for incident in model["incidents"]}
    for incident in model["incidents"]:
        named |= {*incident["places"], *incident["sides"]}
        named |= {actor["id"] for actor in incident["actors"]}
        named |= {toll["figure"] for toll in incident["tolls"]}
    named |= {node["id"] for network in model["networks"] for node in network["nodes"]}
    named |= {side["id"] for side in model["sides"]} | {place["id"] for place in model["sites"]}
    named |= {about for passage in model["passages"] for about in passage["about"]}
    named |= {span["event"] for span in model["spans"]} | {gap["id"] for gap in model["gaps"]}
    assert named <= known


def test_passages_are_stretches_of_the_text(graph: dk.Graph, model: Record) -> None:
    assert len(model["passages"]) == 71
    quotes = graph.query(
        """SELECT ?passage ?words {
          GRAPH ?about { ?passage a dkg:Passage ; oa:hasSelector ?s . ?s oa:exact ?words }
        }"""
    )
    stated = {row["passage"]: row["words"] for row in quotes.records(labels=False)}
    assert len(stated) == 71
    for passage in model["passages"]:
        words = model["text"][passage["start"] : passage["end"]]
        assert words == stated[passage["iri"]]


def test_without_its_article_a_graph_gives_its_passages(graph: dk.Graph, model: Record) -> None:
    """As it is read back from a file that `build` has written."""
    bare = make_model(dk.Graph(graph.store, base=graph.base, slug=graph.slug))
    text, blocks = bare["text"], bare["blocks"]
    for passage, told in zip(bare["passages"], model["passages"], strict=True):
        words = model["text"][told["start"] : told["end"]]
        assert text[passage["start"] : passage["end"]] == words
    said = [(one["kind"], text[one["start"] : one["end"]]) for one in blocks]
    assert said[:2] == [("title", "2021 Daraa offensive"), ("heading", "Infobox, Partof")]
    assert ("heading", "Clashes") in said
    assert len([kind for kind, _ in said if kind == "paragraph"]) == 71


def test_blocks_are_the_article_from_its_title_to_its_end(model: Record) -> None:
    blocks, text = model["blocks"], model["text"]
    said = [(one["kind"], text[one["start"] : one["end"]]) for one in blocks]
    assert said[0] == ("title", "2021 Daraa offensive")
    headings = [words for kind, words in said if kind == "heading"]
    assert headings == ["Background", "Clashes", "Reactions", "See also"]
    assert {one["level"] for one in blocks if one["kind"] == "heading"} == {2}
    assert ("item", "March 2020 Daraa clashes") in said
    fields = {one["name"]: text[one["start"] : one["end"]] for one in blocks if "name" in one}
    assert fields["Casualties1"] == "26 killed, 40 captured"


# --- what the article says ------------------------------------------------------------------------


def incident(model: Record, name: str) -> Record:
    (found,) = [one for one in model["incidents"] if one["id"] == name]
    assert isinstance(found, dict)
    return found


def test_a_bombing_of_which_nobody_knows_who_did_it(model: Record) -> None:
    found = incident(model, "event/al-shabrouq-ied")
    assert (found["first"], found["last"]) == ("2021-08-19", "2021-08-19")
    assert (found["precision"], found["bounds"]) == ("day", "stated")
    assert found["dateText"] == "19 August 2021"
    assert (found["family"], found["kind"], found["kindLabel"]) == (
        "fighting",
        "Bombing",
        "bombing",
    )
    assert found["places"] == ["kg:place/al-shabrouq-road"]
    assert found["sides"] == []  # the 112th Brigade only suffers
    assert [(a["id"], a["role"]) for a in found["actors"]] == [("kg:actor/112th-brigade", "target")]
    (toll,) = found["tolls"]
    assert (toll["outcome"], toll["atLeast"], toll["atMost"]) == ("killed", 6, 6)
    assert toll["sides"] == ["side/government"]
    assert toll["wording"] == "six Syrian soldiers and militiamen"
    (number,) = found["passages"]
    passage = model["passages"][number]
    assert model["text"][passage["start"] :].startswith("On 19 August, an IED targeted")
    assert passage["about"][0] == "event/al-shabrouq-ied"
    assert passage["voice"] is None


def test_tolls_begin_with_the_killed(model: Record) -> None:
    # The infobox: "26 killed, 40 captured" of the government, "17 killed", "22 civilians killed".
    (whole,) = [one for one in model["incidents"] if one["id"] == "event/offensive"]
    tolls = [(toll["outcome"], toll["atLeast"]) for toll in whole["tolls"]]
    assert tolls == [("killed", 26), ("killed", 17), ("killed", 22), ("captured", 40)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        # “By June 2021, Russia demanded …”
        ("event/russian-demand", (None, "2021-06-30", "open", "stated", "by 30 June 2021")),
        # “started in March 2011”
        (
            "event/uprising",
            ("2011-03-01", None, "open", "stated", "from March 2011, end unknown"),
        ),
        (
            "event/march-2020-daraa-clashes",
            ("2020-03-01", "2020-03-31", "month", "stated", "March 2020"),
        ),
        ("event/2018-offensive", ("2018-01-01", "2018-12-31", "year", "stated", "2018")),
        (
            "event/clashes-of-29-30-august",
            ("2021-08-29", "2021-08-30", "interval", "stated", "29–30 August 2021"),
        ),
        (
            "event/truce-of-25-august",
            ("2021-08-25", "2021-08-25", "around", "stated", "about 25 August 2021"),
        ),
        # It had begun when the offensive had, a part of a part of it, and was not over before that.
        (
            "event/syrian-civil-war",
            (
                None,
                "2021-07-29",
                "open",
                "inferred",
                "begun by 29 July 2021, not over before 5 September 2021",
            ),
        ),
        # Told in the Background, which ends where the offensive begins.
        (
            "event/transfer-to-idlib",
            (None, "2021-07-29", "open", "inferred", "29 July 2021 or earlier"),
        ),
        ("event/siege-of-daraa-al-balad", (None, None, "none", None, "no date given")),
    ],
)
def test_dates_are_as_exact_as_they_are_told(
    model: Record, name: str, told: tuple[str | None, ...]
) -> None:
    found = incident(model, name)
    keys = ("first", "last", "precision", "bounds", "dateText")
    assert tuple(found[key] for key in keys) == told


def test_what_began_before_the_offensive_is_background(model: Record) -> None:
    assert model["period"] == {"from": "2021-07-29", "to": "2021-09-05"}
    background = {one["id"] for one in model["incidents"] if one["background"]}
    assert {"event/uprising", "event/surrender-of-2018", "event/russian-demand"} <= background
    assert (
        not {"event/offensive", "event/al-shabrouq-ied", "event/road-block-in-ghouta"} & background
    )


def test_who_reported_is_named_or_said_not_to_be(model: Record) -> None:
    reported = {one["id"]: one["reportedBy"] for one in model["incidents"] if one["reportedBy"]}
    # "In the morning of 25 August …, the SOHR and pro-government media reported"
    assert reported["event/truce-of-25-august"] == [
        "Syrian Observatory for Human Rights",
        "pro-government media",
    ]
    # "with intense clashes reported on 5 September"
    assert reported["event/clashes-of-5-september"] == ["somebody (not said who)"]


def test_the_first_belligerent_is_the_first_side(model: Record) -> None:
    assert [(one["index"], one["id"]) for one in model["sides"]] == [
        (0, "side/government"),
        (1, "side/rebels"),
    ]


def test_a_truce_ends_where_it_is_broken(model: Record) -> None:
    spans = {one["event"]: one for one in model["spans"]}
    assert spans["event/ceasefire-of-30-july"] == {
        "event": "event/ceasefire-of-30-july",
        "from": "2021-07-30",
        "to": "2021-07-31",
        "by": "2021-07-31",
        "end": None,
        "endedBy": [],
    }
    broken = spans["event/truce-of-1-september"]
    assert broken["from"] == "2021-09-01"
    assert broken["endedBy"] == ["event/breach-of-the-truce-of-1-september"]
    # "The truce was soon broken, with intense clashes reported on 5 September."
    assert (broken["to"], broken["by"]) == ("2021-09-01", "2021-09-05")
    assert broken["end"] == (
        "broken by Breach of the truce of 1 September (between 1 and 5 September 2021)"
    )
    last = spans["event/truce-of-5-september"]
    assert (last["to"], last["by"], last["end"]) == (None, None, None)


def test_places_are_honest(model: Record) -> None:
    sites = {one["id"]: one for one in model["sites"]}
    assert len(sites) == 37
    tafas, near = sites["kg:place/tafas"], sites["kg:place/near-tafas"]
    assert tafas["point"] == [36.06654, 32.73709]
    assert (near["point"], near["vicinityOf"]) == (None, "kg:place/tafas")
    road = sites["kg:place/road-nahtah-basr-al-harir"]
    assert road["point"] is None
    assert len(road["line"]) == 2
    assert road["events"] == ["event/attack-on-a-vehicle-on-the-nahtah-road"]
    assert sites["kg:place/al-rubai-checkpoint"]["line"] is None


def test_the_ledger_is_the_ledger(model: Record) -> None:
    found = {
        (one["who"], one["outcome"]): (one["total"] and one["total"]["number"], one["explained"])
        for one in model["balances"]
    }
    assert found["Government side", "killed"] == (26, 16)
    assert found["Government side", "captured"] == (40, 0)
    assert found["Rebel side", "killed"] == (17, 1)
    assert found["Civilians", "killed"] == (22, 4)
    for balance in model["balances"]:
        assert sum(entry["adds"] for entry in balance["entries"]) == balance["explained"]


def test_a_date_is_the_same_in_card_and_ledger(model: Record) -> None:
    told = {one["id"]: one["dateText"] for one in model["incidents"]}
    assert told["event/bombardment-of-tafas"] == "between 29 July and 26 August 2021"
    entries = [
        entry
        for balance in model["balances"]
        for entry in (*balance["totals"], *balance["entries"], *balance["unnumbered"])
    ]
    # Eighteen figures of single events, and four totals of the infobox.
    assert len(entries) == 22
    for entry in entries:
        undated = told[entry["event"]] == "no date given"
        assert entry["date"] == ("without a date" if undated else told[entry["event"]])


def test_whose_people_are_on_no_side_is_said(model: Record) -> None:
    groups = {(one["who"], one["outcome"]): one["group"] for one in model["balances"]}
    assert groups["Government side", "killed"] == ""
    assert groups["5th Corps", "killed"] == "on no side"
    assert (
        groups["Besieged families in Daraa al-Balad", "besieged"]
        == "not part of 2021 Daraa offensive"
    )


def truce(model: Record, name: str) -> Record:
    (found,) = [one for one in model["truces"] if one["id"] == name]
    assert isinstance(found, dict)
    return found


def sentences(model: Record, numbers: list[int]) -> list[str]:
    passages = [model["passages"][number] for number in numbers]
    return [model["text"][one["start"] : one["end"]] for one in passages]


def test_how_a_truce_went_opens_its_sentence(model: Record) -> None:
    held = truce(model, "event/ceasefire-of-30-july")
    words = "On 31 July, the situation remained tense, but most areas adhered to the ceasefire"
    (course,) = held["course"]
    assert course["text"] == words
    assert sentences(model, course["passages"]) == [f"{words}."]
    assert (held["made"], held["inForce"]) == ("between 29 and 30 July 2021", "30–31 July 2021")
    assert held["withWhom"] is True
    assert held["held"] == "not said; meant for 2 days"


def test_what_came_with_a_truce_opens_its_sentence(model: Record) -> None:
    last = truce(model, "event/truce-of-5-september")
    (part,) = last["parts"]
    assert part["label"] == "Handover of weapons by 60 militants"
    assert sentences(model, part["passages"]) == [
        "On 5 September, the insurgents agreed to another truce, with 60 militants handing over "
        "their weapons to the Syrian army."
    ]
    assert last["withWhom"] is False


def test_a_truce_is_both_broken_and_replaced(model: Record) -> None:
    found = truce(model, "event/truce-of-1-september")
    (broken,), (replaced,) = found["brokenBy"], found["replacedBy"]
    assert broken["date"] == "between 1 and 5 September 2021"
    assert sentences(model, broken["passages"]) == [
        "The truce was soon broken, with intense clashes reported on 5 September."
    ]
    assert (replaced["id"], replaced["date"]) == ("event/truce-of-5-september", "5 September 2021")
    (alleged,) = truce(model, "event/agreement-to-end-the-siege")["alleged"]
    assert [one["label"] for one in alleged["by"]] == ["Pro-opposition figures"]
    assert sentences(model, alleged["passages"])[0].startswith("In contrast, pro-opposition")


def test_an_account_says_to_whom_against_whom_and_of_what(model: Record) -> None:
    found = {one["id"]: one for one in model["accounts"]}
    accused = found["event/accusation-by-pro-opposition-figures"]
    assert [one["label"] for one in accused["accused"]] == ["Syrian Government"]
    assert [one["label"] for one in accused["about"]] == ["Agreement to end the siege"]
    assert [one["words"] for one in accused["says"]] == [
        "failure to adhere to the agreement",
        "promises to stay out of al-Balad district",
    ]
    promise = found["event/promise-of-the-notables"]
    assert [one["label"] for one in promise["toldBy"]] == ["Pro-government military officer"]
    threat = found["event/russian-threat"]
    assert [one["condition"] for one in threat["says"]] == ["they refused to surrender"]
    assert not any(one["denied"] for account in model["accounts"] for one in account["says"])


def test_what_is_denied_is_said_to_be() -> None:
    marsh = make_model(dk.build(Path(__file__).parents[1] / "readings" / "marsh"))
    denied = [
        (account["id"], said["words"])
        for account in marsh["accounts"]
        for said in account["says"]
        if said["denied"]
    ]
    # "The Army denied that it had fired the shell."
    assert denied == [("event/denial", "it had fired the shell")]


def test_a_sentence_on_what_is_only_claimed_says_so(model: Record) -> None:
    """ "However, this transfer did not come to pass": said by the article, or still by the officer."""
    voices = {model["text"][one["start"] : one["end"]]: one["voice"] for one in model["passages"]}
    (voice,) = [voice for words, voice in voices.items() if words.startswith("However, this")]
    assert voice == (
        "the article, on what was promised by Notables in al-Balad district, "
        "claimed by Pro-government military officer"
    )
    assert (
        voices[
            "On 14 August, hours before talks were set to take place between the Central "
            "Committee and Russian delegations, the Syrian Army bombarded Daraa al-Balad, killing one "
            "civilian."
        ]
        is None
    )


def test_a_card_says_why(model: Record) -> None:
    card = model["entities"]["event/al-shabrouq-ied"]
    facts = {fact["property"]: fact for fact in card["facts"] if not fact.get("inferred")}
    assert facts["when"]["text"] == "19 August 2021"
    assert facts["when"]["why"] == [{"passage": card["passages"][0]}]
    assert facts["weapon"]["verbatim"] is True
    (decision,) = facts["partOf"]["why"]
    assert decision["source"] == "Editors of daraa-kg"
    assert decision["because"].startswith("Told in the section Clashes")
    inside = {fact["property"]: fact["text"] for fact in facts["casualties"]["facts"]}
    assert inside["wording"] == "six Syrian soldiers and militiamen"
    inferred = [fact for fact in card["facts"] if fact.get("inferred")]
    assert {why["rule"] for fact in inferred for why in fact["why"]} >= {"class-hierarchy", "edtf"}
    mentioned = {one["id"] for one in model["entities"]["kg:place/tafas"]["mentions"]}
    assert "kg:place/near-tafas" in mentioned


def test_whatever_is_only_spoken_of_says_so(model: Record) -> None:
    possible = [one for one in model["entities"].values() if one["type"] == "possible"]
    assert possible
    assert all(one["standing"] for one in possible)
    assert not {one["id"] for one in possible} & {one["id"] for one in model["incidents"]}


# --- networks -------------------------------------------------------------------------------------


def test_networks_are_laid_out_within_the_unit_square(any_model: Record) -> None:
    for network in any_model["networks"]:
        names = {node["id"] for node in network["nodes"]}
        for node in network["nodes"]:
            assert 0 <= node["x"] <= 1
            assert 0 <= node["y"] <= 1
        for edge in network["edges"]:
            assert {edge["source"], edge["target"]} <= names
            assert edge["relation"]


def test_the_networks_are_those_of_the_graph(graph: dk.Graph, model: Record) -> None:
    assert [one["view"] for one in model["networks"]] == ["everything", "actors", "units"]
    for network in model["networks"]:
        made = graph.to_networkx(network["view"])
        nodes = [node for node in network["nodes"] if node["type"] != "side" or node["id"] in made]
        edges = [edge for edge in network["edges"] if edge["relation"] != "on this side"]
        assert len(nodes) == made.number_of_nodes()
        assert len(edges) == made.number_of_edges()
        places = {(node["x"], node["y"]) for node in network["nodes"]}
        assert len(places) == len(network["nodes"])  # none lies on another
    signs = {edge["sign"] for edge in model["networks"][1]["edges"]}
    assert signs == {-1, 1}


def test_hostile_words_are_not_named_like_peaceful_talk(model: Record) -> None:
    # "the Russians threatened the insurgents that they would take part in a government offensive"
    talks = {
        (edge["source"], edge["target"]): (edge["relation"], edge["sign"])
        for edge in model["networks"][1]["edges"]
        if edge["relation"] in ("talked", "threatened")
    }
    assert talks == {
        ("kg:actor/ahmad-al-awda", "kg:actor/russia"): ("talked", 1),
        ("kg:actor/russia", "group/rebels"): ("threatened", -1),
    }


def test_ties_have_a_direction_unless_they_are_mutual(model: Record) -> None:
    (rebels, army) = ("group/rebels", "kg:actor/syrian-army")
    ties = {
        (edge["source"], edge["relation"], edge["mutual"])
        for edge in model["networks"][1]["edges"]
        if {edge["source"], edge["target"]} == {rebels, army}
    }
    # They targeted a vehicle and captured soldiers; it shelled them; both clashed.
    assert ties == {
        (rebels, "attacked", False),
        (rebels, "captured", False),
        (army, "attacked", False),
        (rebels, "fought", True),
    }
    besieged = [e for e in model["networks"][1]["edges"] if e["relation"] == "besieged"]
    assert {edge["target"] for edge in besieged} == {"group/besieged-families"}
    assert not any(edge["mutual"] for edge in besieged)


# --- the order of battle --------------------------------------------------------------------------


def test_every_unit_hangs_below_its_body_or_its_side(model: Record) -> None:
    units = model["networks"][2]
    node = {one["label"]: one for one in units["nodes"]}
    assert len(node) == 27  # 25 units and two sides
    by_id = {one["id"]: one["label"] for one in units["nodes"]}
    above = {by_id[e["target"]]: (e["relation"], by_id[e["source"]]) for e in units["edges"]}
    assert above["112th Brigade"] == ("has unit", "Syrian Army")
    assert above["Syrian Army"] == ("has unit", "Syrian Armed Forces")
    assert above["Syrian Armed Forces"] == ("on this side", "Government side")
    assert above["Armed locals"] == ("on this side", "Rebel side")
    # The 8th Brigade fights on the rebels' side; of its corps no side is stated.
    assert above["8th Brigade"] == ("has unit", "5th Corps")
    assert node["8th Brigade"]["side"] == "side/rebels"
    assert set(node) - set(above) == {
        "Government side", "Rebel side",
        "5th Corps", "Armed group of ex-insurgents in al-Shajara", "Free Syrian Army",
        "Russian military police",
    }  # fmt: skip
    # The infobox lists the Air Force Intelligence Directorate among the units of the government.
    (stated,) = [
        edge["passages"]
        for edge in units["edges"]
        if by_id[edge["target"]] == "Air Force Intelligence Directorate"
    ]
    assert stated
    assert all("side/government" in model["passages"][number]["about"] for number in stated)


def test_the_order_of_battle_is_read_downwards_and_inwards(model: Record) -> None:
    units = model["networks"][2]
    place = {node["label"]: (node["x"], node["y"]) for node in units["nodes"]}
    for edge in units["edges"]:
        source, target = (
            next(node for node in units["nodes"] if node["id"] == edge[end])
            for end in ("source", "target")
        )
        assert source["x"] < target["x"]
        assert source["y"] < target["y"]
    # The 4th comes before the 112th.
    assert place["4th Division"][1] < place["9th Division"][1] < place["112th Brigade"][1]
    (caption,) = units["captions"]
    assert caption["text"] == "Side not stated"
    assert caption["x"] < place["5th Corps"][0]
    assert place["Reconciled rebels"][1] < caption["y"] < place["5th Corps"][1]


def test_a_long_order_of_battle_goes_on_in_another_column() -> None:
    rows: list[tuple[str | None, int]] = [
        ("side/one", 0),
        *((f"unit/{number}", 1) for number in range(40)),
    ]
    placed = _in_columns([rows, [("side/two", 0), ("unit/other", 1)]])
    assert len(set(placed.values())) == 43
    assert all(0 <= x < 1 and 0 <= y <= 1 for x, y in placed.values())
    # No more than sixteen below each other: three columns, and the second side has room in the third.
    assert len({x for name, (x, _) in placed.items() if (name or "").startswith("unit/")}) == 3
    assert placed["unit/15"][1] == 0
    assert placed["side/two"][0] == placed["unit/31"][0] - placed["unit/0"][0]


# --- questions ------------------------------------------------------------------------------------


def test_every_question_runs_as_it_stands(graph: dk.Graph, model: Record) -> None:
    assert [one["name"] for one in model["questions"]] == list(load_catalogue())
    for question in model["questions"]:
        assert not re.search(r"^#\+", question["text"], flags=re.M)
        answer = graph.store.query(question["text"], base_iri=model["articleBase"])
        told = 1 if isinstance(answer, ox.QueryBoolean) else len(list(answer))
        assert told == len(graph.query(question["name"])), question["name"]


def test_lists_come_with_the_words_that_they_are_ranked_by(model: Record) -> None:
    ranked = {one["name"]: one["ranks"] for one in model["questions"] if one["ranks"]}
    order = ["killed", "wounded", "captured", "missing", "besieged"]
    assert ranked == {"events": order, "timeline": order}


def test_a_parameter_stands_where_its_term_does(model: Record) -> None:
    (question,) = [one for one in model["questions"] if one["name"] == "events-between"]
    for parameter in question["parameters"]:
        pattern = rf"VALUES\s+\?{parameter['name']}\s*\{{\s*(.*?)\s*\}}"
        (written,) = re.findall(pattern, question["text"])
        assert written == parameter["term"]
