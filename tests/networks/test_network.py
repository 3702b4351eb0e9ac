"""The six views of the graph, against what the article says, and small cases of each relation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from rdflib import URIRef
from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

from daraa_kg.namespaces import BASE, DKG
from daraa_kg.networks.projection import EmptyNetwork, NotAcyclic, edges_of, flatten
from daraa_kg.networks.views import VIEWS, UnknownView, find_view, node_queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import daraa_kg as dk

    Facts = Callable[[str], dk.Graph]

ARMY, REBELS = "kg:actor/syrian-army", "group/rebels"
TEXT = BASE + "2021-daraa-offensive/text/b051e082#char="


def passages(edge: dict[str, Any], graph: dk.Graph) -> list[str]:
    """Give the words of an edge's passages."""
    assert graph.article is not None
    spans = (iri.removeprefix(TEXT).split(",") for iri in edge["passages"])
    return [graph.article.text[int(start) : int(end)] for start, end in spans]


@pytest.fixture(scope="module", params=VIEWS)
def network(request: pytest.FixtureRequest, graph: dk.Graph) -> nx.Graph[str]:
    return graph.to_networkx(request.param)


# --- what every view keeps to ---------------------------------------------------------------------


def test_every_view_says_what_its_nodes_edges_and_weights_mean() -> None:
    for view in map(find_view, VIEWS):
        assert all([view.summary, view.nodes, view.edges, view.weight, view.classes])
        assert view.graph in ("Graph", "DiGraph", "MultiDiGraph")
    assert len(node_queries()) == 8
    assert {name for asked in node_queries() for name in asked.classes} == {
        "Actor", "Event", "Figure", "Place", "PossibleEvent", "Side",
    }  # fmt: skip


def test_node_queries_tell_what_they_say_that_they_tell(graph: dk.Graph) -> None:
    # The article has none of the first four; the days of events are not asked for in SPARQL.
    silent = {"at_least", "at_most", "commanders", "missing", "start", "end", "bounds"}
    for asked in node_queries():
        rows: Any = graph.store.query(asked.query)
        told = {attribute.value for _, attribute, _ in rows}
        assert told
        assert told == set(asked.attributes) - silent
        assert asked.otherwise.keys() <= set(asked.attributes)


def test_a_network_says_what_it_shows_and_under_which_licence(network: nx.Graph[str]) -> None:
    view = find_view(network.graph["view"])
    assert network.graph["name"] == f"2021-daraa-offensive: {view.name}"
    assert network.graph["nodes"] == view.nodes
    assert network.graph["edges"] == view.edges
    assert network.graph["weight"] == view.weight
    assert network.graph["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert type(network).__name__ == view.graph


def test_nodes_are_things_and_never_values(network: nx.Graph[str], graph: dk.Graph) -> None:
    for node, values in network.nodes(data=True):
        assert values["iri"] == graph.iri(node)
        assert values["class"] in ("Event", "PossibleEvent", "Actor", "Side", "Place", "Figure")
        assert values["kind"]
        assert values["label"]


def test_every_edge_carries_its_relation_its_weight_and_its_evidence(
    network: nx.Graph[str], graph: dk.Graph
) -> None:
    links = 0
    for edge, values in edges_of(network):
        assert values["relation"], edge
        assert values["weight"] >= 1
        assert values["passages"] or values["sources"], edge
        assert set(values["passages"]) <= set(graph.passages)
        links += len(values["links"])
        if {network.nodes[end]["class"] for end in edge[:2]} & {"Event"}:
            assert values["events"], edge
        if values.get("events"):
            bounds = values.get("bounds", [])
            assert len(bounds) == len(values.get("spells", []))
            assert set(bounds) <= {"stated", "inferred"}
            happenings = {network.nodes[end]["class"] for end in edge[:2]}
            if not happenings <= {"Event", "PossibleEvent"}:  # else only a part has days of its own
                assert bounds.count("stated") == len(values["dates"])
    assert links or network.graph["view"] == "units"


@pytest.mark.parametrize("view", [name for name in VIEWS if name != "everything"])
def test_what_was_only_possible_is_in_no_view_but_everything(graph: dk.Graph, view: str) -> None:
    classes = nx.get_node_attributes(graph.to_networkx(view), "class")
    assert "PossibleEvent" not in classes.values()
    assert "Figure" not in classes.values()
    for _, values in edges_of(graph.to_networkx(view)):
        for event in values.get("events", ()):
            assert (None, graph.iri(event)) not in _possible(graph)


def _possible(graph: dk.Graph) -> set[tuple[None, str]]:
    rows = graph.query(f"SELECT ?e WHERE {{ ?e a <{DKG}PossibleEvent> }}")
    return {(None, row["e"].value) for row in rows}  # type: ignore[union-attr]


def test_a_network_is_the_same_whatever_the_hash_seed(seeded: Callable[..., str]) -> None:
    code = (
        "import daraa_kg as dk, networkx as nx, json, hashlib\n"
        "g = dk.build(validate=False)\n"
        f"for v in {VIEWS!r}:\n"
        "    data = json.dumps(nx.node_link_data(g.to_networkx(v), edges='edges'))\n"
        "    print(v, hashlib.sha256(data.encode()).hexdigest())\n"
    )
    said = [seeded(seed, code) for seed in ("0", "4711")]
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == len(VIEWS)


def test_networkx_writes_a_flat_network_itself(graph: dk.Graph, tmp_path: Path) -> None:
    for view in VIEWS:
        flat = graph.to_networkx(view, flat=True)
        nx.write_graphml(flat, tmp_path / "x.graphml")
        nx.write_gexf(flat, tmp_path / "x.gexf")
        for _, values in edges_of(flat):
            assert all(isinstance(value, str | int | float) for value in values.values())


def test_flattening_leaves_the_network_as_it_was(graph: dk.Graph) -> None:
    rich = graph.to_networkx("actors")
    flat = flatten(rich)
    edge = rich[ARMY]["group/civilians"]["attacked"]
    assert len(edge["events"]) == 3
    assert flat[ARMY]["group/civilians"]["attacked"]["events"] == "; ".join(edge["events"])
    assert "spells" in edge
    assert "spells" not in flat[ARMY]["group/civilians"]["attacked"]


# --- actors ---------------------------------------------------------------------------------------


def test_all_actors_are_nodes_and_the_two_sides_that_agreed(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("actors")
    classes = Counter(nx.get_node_attributes(network, "class").values())
    assert classes == {"Actor": graph.summary()["actors"], "Side": 2}
    assert network.nodes[ARMY]["side"] == "Government side"
    assert network.nodes["kg:actor/8th-brigade"]["side"] == "Rebel side"
    assert "side" not in network.nodes["kg:actor/russia"]
    assert network.nodes["person/unnamed-brigadier"]["identity"] == "unnamed"


def test_on_which_side_an_actor_stands_and_why(graph: dk.Graph) -> None:
    values = graph.to_networkx("actors").nodes
    told = {
        node: (one["side"], one["side_basis"])
        for node, one in values.items()
        if one["class"] == "Actor" and one.get("side_basis", "stated") != "stated"
    }
    # The infobox: Commander1 and Commander2; "a member of the Syrian Army's 4th Division". That the
    # army is a branch of the armed forces, and the 112th Brigade one of its units, is stated; that
    # the armed forces fight on the government's side the infobox says (Units1).
    assert told == {
        "kg:actor/firas-issa": ("Government side", "commander"),
        "person/unnamed-brigadier": ("Government side", "commander"),
        "kg:actor/mohamed-hilal-zatima": ("Rebel side", "commander"),
        "person/unknown-commander": ("Rebel side", "commander"),
        "person/unnamed-member-of-the-4th-division": ("Government side", "unit"),
        "kg:actor/112th-brigade": ("Government side", "unit"),
        ARMY: ("Government side", "unit"),
    }
    # Units1 and Combatant2 name these.
    assert values["kg:actor/4th-division"]["side_basis"] == "stated"
    assert values["kg:actor/8th-brigade"]["side_basis"] == "stated"
    # The 5th Corps stands on no side, and so does its commander.
    assert "side" not in values["person/unnamed-commander-of-the-5th-corps"]
    actors = [one for one in values.values() if one["class"] == "Actor"]
    assert all(("side" in one) == ("side_basis" in one) for one in actors)


def test_what_is_nearest_decides_the_side(facts: Facts) -> None:
    graph = facts("""
        :north a dkg:Side ; rdfs:label "North" ; dkg:sideUnit :corps ; dkg:commander :leader, :both ;
          dkg:sideMember :corps, :brigade, :plain .
        :south a dkg:Side ; rdfs:label "South" ; dkg:belligerent :brigade ; dkg:sideMember :brigade .
        :clash a dkg:Clash ; dkg:commander :visitor .
        :corps a dkg:Corps . :plain a dkg:Brigade ; dkg:unitOf :corps .
        :brigade a dkg:Brigade ; dkg:unitOf :corps .
        :soldier a dkg:Person ; dkg:memberOf :brigade .
        :chief a dkg:Person ; dkg:commands :plain .
        :leader a dkg:Person ; dkg:memberOf :brigade .
        :platoon a dkg:Group ; dkg:memberOf :brigade . :recruit a dkg:Person ; dkg:memberOf :platoon .
        :visitor a dkg:Person . :both a dkg:Person .
    """)
    found = {
        node: (values.get("side"), values.get("side_basis"))
        for node, values in graph.to_networkx("actors").nodes(data=True)
    }
    assert found == {
        "corps": ("North", "stated"),
        "plain": ("North", "unit"),
        "brigade": ("South", "stated"),
        "soldier": ("South", "unit"),
        "chief": ("North", "unit"),
        "leader": ("North", "commander"),
        "both": ("North", "commander"),
        "platoon": ("South", "unit"),
        "recruit": ("South", "unit"),
        "visitor": (None, None),
    }


def test_who_fought_whom(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("actors")
    fought = {
        (source, target, *values["events"])
        for (source, target, _), values in edges_of(network)
        if values["relation"] == "fought"
    }
    # The lead ("between rebel fighters and Syrian government forces"), 29 and 30 August ("clashes
    # with insurgents"), 27 August ("between gunmen and the Syrian army").
    assert fought == {
        ("group/government-forces", REBELS, "event/offensive"),
        (REBELS, ARMY, "event/clashes-of-29-30-august"),
        ("group/gunmen-at-al-kaziyah", ARMY, "event/fighting-at-al-kaziyah"),
    }
    clash = network[REBELS][ARMY]["fought"]
    assert clash["sign"] == -1
    assert clash["mutual"] is True
    assert clash["roles"] == ["party → party"]
    assert clash["dates"] == ["2021-08-29/2021-08-30"]
    assert (clash["start"], clash["end"]) == ("2021-08-29", "2021-08-30")
    assert "seven Syrian soldiers were killed in clashes" in passages(clash, graph)[0]
    assert clash["links"][0].startswith(
        "https://en.wikipedia.org/wiki/2021_Daraa_offensive#:~:text="
    )


def test_who_attacked_whom_and_how_often(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("actors")
    attacked = {
        (source, target): values
        for (source, target, _), values in edges_of(network)
        if values["relation"] == "attacked"
    }
    # The vehicle on 5 August.
    assert attacked[REBELS, ARMY]["events"] == ["event/attack-on-a-vehicle-on-the-nahtah-road"]
    assert attacked[REBELS, ARMY]["dates"] == ["2021-08-05"]
    assert attacked[REBELS, ARMY]["weight"] == 1
    # 14 August, the bombardments of Tafas, and the shelling before the truce of 1 September.
    assert attacked[ARMY, "group/civilians"]["weight"] == 3
    assert attacked[ARMY, "group/civilians"]["roles"] == ["perpetrator → suffered by"]
    ambush = attacked[ARMY, "kg:actor/5th-corps"]
    assert ambush["weight"] == 1
    assert ambush["dates"] == ["2021-08-27"]
    assert ambush["sign"] == -1
    assert ambush["mutual"] is False
    assert "killed in a Syrian army ambush" in passages(ambush, graph)[0]
    assert ("group/syrian-artillery", "kg:actor/mohamed-hilal-zatima") in attacked
    # "While the Syrian Army's 4th Division was leading the anti-rebel operations"
    assert attacked["kg:actor/4th-division", REBELS]["roles"] == ["lead unit → target"]
    assert (ARMY, ARMY) not in attacked


def test_a_siege_a_capture_and_a_seizure_are_named_as_what_they_are(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("actors")
    named: dict[str, set[tuple[str, str]]] = {"besieged": set(), "captured": set()}
    named["seized from"] = set()
    for (source, target, relation), values in edges_of(network):
        if relation in named:
            named[relation].add((source, target))
            assert (values["relation"], values["sign"]) == (relation, -1)
            assert values["mutual"] is False
    # "11,000 Syrian families were besieged"; of their siege two perpetrators are stated.
    assert named["besieged"] == {
        ("group/government-forces", "group/besieged-families"),
        ("group/syrian-army-security-forces", "group/besieged-families"),
    }
    # "captured many surprised Syrian Army soldiers and Military Intelligence Directorate agents"
    assert named["captured"] == {
        (REBELS, ARMY),
        (REBELS, "kg:actor/military-intelligence-directorate"),
    }
    # "seized several checkpoints", of two divisions and the Air Force's intelligence
    assert named["seized from"] == {
        (REBELS, "kg:actor/5th-division"),
        (REBELS, "kg:actor/9th-division"),
        (REBELS, "kg:actor/air-force-intelligence-directorate"),
    }
    # The day of the capture is not said, only that it came after 29 July.
    captured = network[REBELS][ARMY]["captured"]
    assert captured["events"] == ["event/capture-of-soldiers-and-agents"]
    assert captured["bounds"] == ["inferred"]
    assert captured["dates"] == []


def test_who_talked_to_whom_and_who_agreed(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("actors")
    ties = {
        (source, target, values["relation"], values["sign"], values["events"][0])
        for (source, target, _), values in edges_of(network)
        if values["relation"] in ("talked", "threatened", "agreed")
    }
    assert ties == {
        (
            "kg:actor/ahmad-al-awda",
            "kg:actor/russia",
            "talked",
            1,
            "event/negotiations-before-the-ceasefire",
        ),
        ("kg:actor/russia", REBELS, "threatened", -1, "event/russian-threat"),
        ("side/government", "side/rebels", "agreed", 1, "event/ceasefire-of-30-july"),
        (REBELS, "kg:actor/syrian-armed-forces", "agreed", 1, "event/truce-of-25-august"),
        (
            "kg:actor/negotiation-committees-of-daraa",
            "kg:actor/syrian-government",
            "agreed",
            1,
            "event/agreement-to-end-the-siege",
        ),
    }
    assert "threatened" in network["kg:actor/russia"][REBELS]


def test_who_belongs_to_whom(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("actors")
    members = {(a, b) for (a, b, key), _ in edges_of(network) if key == "member of"}
    units = {(b, a) for (a, b), _ in edges_of(graph.to_networkx("units"))}
    assert members == units | {
        ("kg:actor/mohamed-hilal-zatima", "kg:actor/free-syrian-army"),
        ("person/unnamed-member-of-the-4th-division", "kg:actor/4th-division"),
        ("person/unnamed-commander-of-the-5th-corps", "kg:actor/5th-corps"),
    }


def test_of_three_parties_those_on_one_side_did_not_fight_each_other(facts: Facts) -> None:
    graph = facts("""
        :a a dkg:Group . :b a dkg:Group . :c a dkg:Group . :d a dkg:Group .
        :side a dkg:Side ; dkg:sideMember :a, :b .
        :clash a dkg:Clash ; dkg:party :a, :b, :c .
        :infighting a dkg:Clash ; dkg:party :a, :b .
        :talks a dkg:Negotiation ; dkg:party :a, :c ; dkg:mediator :d .
    """)
    ties = {(a, b, key): values["weight"] for (a, b, key), values in _ties(graph)}
    assert ties == {
        ("a", "b", "fought"): 1,
        ("a", "c", "fought"): 1,
        ("b", "c", "fought"): 1,
        ("a", "c", "talked"): 1,
        ("a", "d", "talked"): 1,
        ("c", "d", "talked"): 1,
    }
    assert graph.to_networkx()["a"]["b"]["fought"]["events"] == ["infighting"]


def _ties(graph: dk.Graph) -> list[Any]:
    return list(edges_of(graph.to_networkx("actors")))


def test_an_attackers_own_losses_are_no_attack(facts: Facts) -> None:
    graph = facts("""
        :a a dkg:Group . :b a dkg:Group . :c a dkg:Group . :d a dkg:Group . :victim a dkg:Group .
        :mine a dkg:Side ; dkg:sideMember :a, :b .
        :raid a dkg:Attack ; dkg:agent :a ; dkg:perpetrator :a ; dkg:target :d ;
          dkg:casualties :f1, :f2, :f3, :f4 .
        :f1 a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:sufferedBy :a .
        :f2 a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:sufferedBy :b .
        :f3 a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:sufferedBy :c ; dkg:side :mine .
        :f4 a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:sufferedBy :victim .
        :clash a dkg:Clash ; dkg:party :a, :d ; dkg:perpetrator :a ; dkg:casualties :f5 .
        :f5 a dkg:Casualties ; dkg:outcome dkg:killed ; dkg:sufferedBy :c .
    """)
    attacked = {(a, b) for (a, b, key), _ in _ties(graph) if key == "attacked"}
    assert attacked == {("a", "d"), ("a", "victim")}


def test_the_sign_of_what_was_said_is_that_of_the_speech_act(facts: Facts) -> None:
    graph = facts("""
        :a a dkg:Group . :b a dkg:Group . :m a dkg:Group .
        :promise a dkg:Promise ; dkg:speaker :a ; dkg:addressee :b .
        :threat a dkg:Threat ; dkg:speaker :a ; dkg:addressee :b .
        :demand a dkg:Demand ; dkg:speaker :a ; dkg:addressee :b .
        :refusal a dkg:Rejection ; dkg:speaker :a ; dkg:addressee :b .
        :charge a dkg:Accusation ; dkg:speaker :a ; dkg:addressee :b .
        :plan a dkg:Prospect ; dkg:ofKind dkg:Attack ; dkg:perpetrator :a ; dkg:target :b .
        :truce a dkg:Ceasefire ; dkg:party :a, :b ; dkg:mediator :m .
        :p a dkg:Person ; dkg:commands :a .
    """)
    ties = {
        (a, b, key): (values["sign"], values["weight"], values["mutual"])
        for (a, b, key), values in _ties(graph)
    }
    assert ties == {
        ("a", "b", "talked"): (1, 1, False),
        ("a", "b", "threatened"): (-1, 1, False),
        ("a", "b", "demanded of"): (-1, 1, False),
        ("a", "b", "refused"): (-1, 1, False),
        ("a", "b", "accused"): (-1, 1, False),
        ("a", "b", "agreed"): (1, 1, True),
        ("a", "m", "talked"): (1, 1, True),
        ("b", "m", "talked"): (1, 1, True),
        ("p", "a", "member of"): (1, 1, False),
    }


# --- participation --------------------------------------------------------------------------------


def test_participation_has_two_modes(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("participation")
    actors = {n for n, mode in network.nodes(data="bipartite") if mode == 0}
    assert nx.is_bipartite(network)
    assert nx.algorithms.bipartite.is_bipartite_node_set(network, actors)
    assert Counter(nx.get_node_attributes(network, "class").values()) == {
        "Event": 70,
        "Actor": graph.summary()["actors"],
        "Side": 2,
    }


def test_a_participation_has_the_most_exact_role(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("participation")
    ambush = network["event/ambush-at-al-rubai"]
    assert {actor: edge["roles"] for actor, edge in ambush.items()} == {
        ARMY: ["perpetrator"],
        "kg:actor/5th-corps": ["target"],
    }
    edge = ambush[ARMY]
    assert edge["events"] == ["event/ambush-at-al-rubai"]
    assert (edge["start"], edge["end"], edge["weight"]) == ("2021-08-27", "2021-08-27", 1)
    operation = network["event/government-operation"]
    assert {actor: edge["roles"] for actor, edge in operation.items()} == {
        "kg:actor/syrian-government": ["agent"],
        "kg:actor/4th-division": ["lead unit"],
        REBELS: ["target"],
    }


def test_participation_is_the_table_of_participations(graph: dk.Graph) -> None:
    rows = graph.query("participations")
    network: Any = graph.to_networkx("participation")
    pairs = {(graph.shorten(r["event"].value), graph.shorten(r["participant"].value)) for r in rows}  # type: ignore[union-attr]
    assert {tuple(sorted(edge)) for edge in network.edges()} == {tuple(sorted(p)) for p in pairs}
    assert sum(weight for *_, weight in network.edges(data="weight")) == len(rows)


def test_an_event_counts_as_in_the_table_of_events(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("events")
    for row in graph.query("events"):
        values = network.nodes[graph.shorten(row["event"].value)]  # type: ignore[union-attr]
        for name in ("killed", "wounded", "captured", "missing", "latitude", "longitude"):
            term = row[name]
            number = None if term is None else float(term.value)  # type: ignore[union-attr]
            assert values.get(name) == number, (row["event"], name)


def test_dates_coordinates_and_counts_are_attributes(graph: dk.Graph) -> None:
    ambush = graph.to_networkx("participation").nodes["event/ambush-at-al-rubai"]
    assert ambush["label"] == "Ambush at al-Ruba’i checkpoint"
    assert (ambush["class"], ambush["kind"], ambush["possible"]) == ("Event", "ambush", False)
    assert (ambush["when"], ambush["start"], ambush["killed"]) == ("2021-08-27", "2021-08-27", 6)
    assert ambush["place"] == "al-Ruba’i checkpoint"
    assert "latitude" not in ambush
    whole = graph.to_networkx("events").nodes["event/offensive"]
    assert (whole["start"], whole["end"]) == ("2021-07-29", "2021-09-05")
    # 26 of the government, 17 rebels and 22 civilians; 40 captured.
    assert (whole["killed"], whole["captured"]) == (65, 40)
    assert "wounded" not in whole


# --- units, places, events ------------------------------------------------------------------------


def test_the_order_of_battle_is_acyclic_and_goes_downwards(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("units")
    assert nx.is_directed_acyclic_graph(network)
    assert set(network.edges()) == {
        ("kg:actor/syrian-armed-forces", ARMY),
        (ARMY, "kg:actor/4th-division"),
        (ARMY, "kg:actor/5th-division"),
        (ARMY, "kg:actor/9th-division"),
        (ARMY, "kg:actor/112th-brigade"),
        ("kg:actor/5th-corps", "kg:actor/8th-brigade"),
    }
    assert nx.descendants(network, "kg:actor/syrian-armed-forces") == {
        ARMY,
        "kg:actor/4th-division",
        "kg:actor/5th-division",
        "kg:actor/9th-division",
        "kg:actor/112th-brigade",
    }
    assert {network.nodes[n]["side"] for n in ("kg:actor/112th-brigade", ARMY)} == {
        "Government side"
    }
    assert "group/armed-locals" in network


def test_units_in_a_circle_are_refused(facts: Facts) -> None:
    graph = facts(":a a dkg:Army ; dkg:unitOf :b . :b a dkg:Army ; dkg:unitOf :a .")
    with pytest.raises(
        NotAcyclic,
        match=r"^the order of battle goes in a circle: a → b → a; mend unitOf or memberOf$",
    ) as caught:
        graph.to_networkx("units")
    assert caught.value.units == ["a", "b"]


def test_a_unit_has_its_commanders(facts: Facts) -> None:
    graph = facts("""
        :a a dkg:Army . :p a dkg:Person ; rdfs:label "Jo"@en ; dkg:commands :a .
        :q a dkg:Person ; rdfs:label "Bo"@en ; dkg:commands :a .
    """)
    network: Any = graph.to_networkx("units")
    assert network.nodes["a"]["commanders"] == "Bo; Jo"
    assert list(network) == ["a"]


def test_a_figure_between_two_numbers(facts: Facts) -> None:
    graph = facts("""
        :a a dkg:Clash ; rdfs:label "Clash"@en ; dkg:casualties :f .
        :f a dkg:Casualties ; dkg:atLeast 3 ; dkg:atMost 5 ; dkg:outcome dkg:killed .
    """)
    figure = graph.to_networkx("everything").nodes["f"]
    assert (figure["at_least"], figure["at_most"]) == (3, 5)
    assert (figure["unit"], figure["outcome"]) == ("persons", "killed")
    assert figure["label"] == "3 to 5 killed: Clash"


def test_places_lie_in_each_other_and_roads_join_them(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("places")
    relations = Counter(values["relation"] for _, values in edges_of(network))
    assert set(relations) == {"within", "near", "between"}
    assert len(network) == graph.summary()["places"]
    road = "kg:place/al-shabrouq-road"
    ends = {b for a, b, key in network.out_edges(road, keys=True) if key == "between"}
    assert ends == {"kg:place/nafaa", "kg:place/ain-zakr"}
    edge = network[road]["kg:place/nafaa"]["between"]
    assert "between the two towns of Nafaa and Ain Zakr" in passages(edge, graph)[0]
    daraa = network.nodes["kg:place/daraa"]
    assert daraa["latitude"] == pytest.approx(32.6, abs=0.1)
    assert daraa["longitude"] == pytest.approx(36.1, abs=0.1)
    assert "kg:place/syria" in nx.descendants(network, "kg:place/al-kaziyah")
    assert network.nodes["kg:place/al-rubai-checkpoint"]["event_count"] == 1


def test_a_movement_leads_from_place_to_place(facts: Facts) -> None:
    graph = facts("""
        :x a dkg:Town . :y a dkg:Town .
        :one a dkg:Evacuation ; dkg:origin :x ; dkg:destination :y ; dkg:when "2030"^^edtf:EDTF ;
          dkg:earliest "2030-01-01"^^xsd:date ; dkg:latest "2030-12-31"^^xsd:date .
        :two a dkg:Deployment ; dkg:origin :x ; dkg:destination :y .
        :plan a dkg:Prospect ; dkg:origin :x ; dkg:destination :y .
    """)
    edge = graph.to_networkx("places")["x"]["y"]["movement"]
    assert edge["weight"] == 2
    assert edge["events"] == ["one", "two"]
    assert edge["dates"] == ["2030"]
    assert edge["spells"] == [("2030-01-01", "2030-12-31")]


def test_how_events_hang_together(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("events")
    assert len(network) == 70
    by_relation: dict[str, set[tuple[str, str]]] = {}
    for (source, target, key), values in edges_of(network):
        assert key == values["relation"]
        by_relation.setdefault(key, set()).add((source, target))
    assert by_relation["violates"] == {
        ("event/breach-of-the-truce-of-1-september", "event/truce-of-1-september"),
    }
    assert by_relation["replaces"] == {
        ("event/truce-of-5-september", "event/truce-of-1-september"),
    }
    assert ("event/retaliation", "event/government-operation") in by_relation["in response to"]
    siege = "event/siege-of-daraa-al-balad"
    assert {source for source, target in by_relation["caused by"] if target == siege} == {
        "event/extortionate-prices",
        "event/lack-of-drinking-water",
    }
    assert ("event/al-shabrouq-ied", "event/offensive") in by_relation["part of"]
    # "shortly after" the ambush, told of the fighting at al-Kaziyah
    before = ("event/ambush-at-al-rubai", "event/fighting-at-al-kaziyah")
    assert before in by_relation["before"]
    edge = network[before[0]][before[1]]["before"]
    assert edge["roles"] == ["after"]
    assert "shortly after" in passages(edge, graph)[0]


def test_an_event_told_as_before_and_after_has_one_edge(facts: Facts) -> None:
    graph = facts("""
        :a a dkg:Clash ; dkg:before :b . :b a dkg:Clash ; dkg:after :a .
        :c a dkg:Clash ; dkg:after :b .
    """)
    network: Any = graph.to_networkx("events")
    assert [edge for edge, _ in edges_of(network)] == [("a", "b", "before"), ("b", "c", "before")]
    assert network["a"]["b"]["before"]["roles"] == ["after", "before"]


# --- everything -----------------------------------------------------------------------------------


def test_everything_has_what_rdflib_has_between_things(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("everything", inferred=True)
    ours = {
        (network.nodes[a]["iri"], network.nodes[b]["iri"]) for (a, b, _), _ in edges_of(network)
    }
    facts = graph.rdflib.default_graph
    theirs = rdflib_to_networkx_multidigraph(facts)
    things = {str(s) for s in facts.subjects(URIRef(DKG + "kind"))}
    pairs = [(str(a), str(b)) for a, b, _ in theirs.edges(keys=True)]
    between = [(a, b) for a, b in pairs if a in things and b in things]
    assert network.number_of_edges() == len(between)
    assert ours == set(between)
    assert {values["iri"] for _, values in network.nodes(data=True)} == things


def test_what_rules_added_is_left_out_or_marked(graph: dk.Graph) -> None:
    stated: Any = graph.to_networkx("everything")
    whole = graph.to_networkx("everything", inferred=True)
    marked = {edge for edge, values in edges_of(whole) if not values["inferred"]}
    assert {edge for edge, _ in edges_of(stated)} == marked
    assert stated.has_edge("event/ambush-at-al-rubai", ARMY, "perpetrator")
    assert not stated.has_edge("event/ambush-at-al-rubai", ARMY, "agent")
    added = whole["event/ambush-at-al-rubai"][ARMY]["agent"]
    assert added["sources"] == ["kg:rule/super-property"]
    assert added["passages"] == []


def test_possible_events_are_marked(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("everything")
    possible = {n for n, value in network.nodes(data="possible") if value is True}
    assert {network.nodes[n]["class"] for n in possible} == {"PossibleEvent"}
    assert len(possible) == 25
    assert Counter(nx.get_node_attributes(network, "possible").values()) == {False: 70, True: 25}
    allegation = network.nodes["event/accusation-against-a-civilian#content-event"]
    assert (allegation["kind"], allegation["would_be"]) == ("allegation", "event")
    figure = network.nodes["event/ambush-at-al-rubai#casualties-killed-5th-corps"]
    assert (figure["count"], figure["outcome"], figure["unit"]) == (6, "killed", "persons")
    assert figure["suffered_by"] == "5th Corps"


def test_figures_are_called_by_their_number_and_what_happened(graph: dk.Graph) -> None:
    network: Any = graph.to_networkx("everything")
    labels = {n: v["label"] for n, v in network.nodes(data=True) if v["class"] == "Figure"}
    assert not [node for node, label in labels.items() if label == node]
    # "26 killed"; "six members of the reconciled 5th Corps … were killed"; "the injury of several others";
    # "11,000 Syrian families were besieged"; "18 positions"
    assert {
        "26 killed (Government side): 2021 Daraa offensive",
        "6 killed (5th Corps): Ambush at al-Ruba’i checkpoint",
        "wounded, number not given (Others injured in the bombardments of Tafas): "
        "Bombardments of Tafas",
        "11,000 families besieged (Besieged families in Daraa al-Balad): Siege of Daraa al-Balad",
        "18 positions: Seizure of 18 positions east and west of Daraa",
    } <= set(labels.values())
    assert len(set(labels.values())) == len(labels)


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("actor", "did you mean actors?"),
        (
            "zzz",
            "write actors, participation, units, places, events or everything",
        ),
    ],
)
def test_an_unknown_view_gets_a_suggestion(graph: dk.Graph, name: str, hint: str) -> None:
    with pytest.raises(UnknownView) as caught:
        graph.to_networkx(name)
    assert str(caught.value) == f"“{name}” is no view of the graph as a network; {hint}"
    assert caught.value.name == name


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_graph_is_said_to_be_empty(facts: Facts, view: str) -> None:
    with pytest.raises(EmptyNetwork) as caught:
        facts("").to_networkx(view)
    assert str(caught.value) == (
        f"the graph holds nothing that the view {view} shows, so there is no network of it"
    )


def test_a_graph_without_a_tie_has_nodes_alone(facts: Facts) -> None:
    network: Any = facts(":a a dkg:Group .").to_networkx("actors")
    assert list(network.nodes(data=True)) == [
        (
            "a",
            {
                "label": "a",
                "class": "Actor",
                "kind": "group",
                "event_count": 0,
                "iri": BASE + "mini/a",
            },
        )
    ]
    assert network.number_of_edges() == 0
