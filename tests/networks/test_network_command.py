"""`daraa-kg network`: what it prints, its files, its picture, and what it says when it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from rich.cells import cell_len

from daraa_kg.networks.analysis import simple
from daraa_kg.networks.views import VIEWS
from daraa_kg.plots import NothingToDraw
from daraa_kg.plots.network import draw_network
from daraa_kg.plots.selection import select

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

Run = Callable[..., tuple[int, str, str]]
Facts = Callable[[str], "dk.Graph"]


TOP = """\
                                                    between-                com-
the foremost 15 of 31           degree   strength       ness   PageRank   munity
────────────────────────────────────────────────────────────────────────────────
■ Syrian Army                       11         16      0.414      0.119        1
● Rebels in Daraa                   10         13      0.416      0.108        1
"""
PAIR = """\
Government side and Rebel side both fight and negotiate
violence          Artillery fire towards insurgent cells in Daraa city,
                  event/shelling-of-29-july
"""
BETWEEN = """\
talks to several sides  stated of nobody; who mediated stands below
mediated                Ahmad al-Awda and Russia: Negotiations organized by the
                        Russians and Ahmad al-Awda,
                        event/negotiations-before-the-ceasefire
  between               Government side and Rebel side (inferred: the parties of
                        what followed, Ceasefire of 30–31 July,
                        event/ceasefire-of-30-july)
otherwise stated        Russia as speaker: Russian demand for new reconciliation
                        deals, event/russian-demand
otherwise stated        Russia as speaker toward Rebels in Daraa: Russian threat
                        to take part in a government offensive,
                        event/russian-threat
"""


def test_the_actors(run: Run) -> None:
    code, out, err = run("network")
    assert (code, err) == (0, "")
    assert out.startswith("2021 Daraa offensive: actors\n")
    assert (
        "edges       37; attacked 13, member of 9, agreed 3, fought 3, seized from 3,\n"
        "            besieged 2, captured 2, talked 1, threatened 1\n"
    ) in out
    assert "components  3, of 26, 3 and 2 nodes\n" in out
    assert TOP in out
    assert "■ Government side   ● Rebel side   · no side stated\n" in out
    assert BETWEEN in out
    assert PAIR in out
    assert "talked or agreed  Ceasefire of 30–31 July, event/ceasefire-of-30-july\n" in out


@pytest.mark.parametrize("width", ["40", "60", "80", "120"])
@pytest.mark.parametrize("words", [[], ["events"], ["participation"], ["--by", "week"]])
def test_no_line_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, width: str, words: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    code, out, _ = run("network", *words)
    assert code == 0
    assert max(map(cell_len, out.splitlines())) <= int(width)
    assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_weeks(run: Run) -> None:
    _, out, _ = run("network", "--by", "week")
    assert (
        "2021-07-26 – 08-01      10       7   agreed 1, attacked    Rebels in Daraa, 5th\n" in out
    )
    assert len([line for line in out.splitlines() if line.startswith("2021-")]) == 6


def test_json(run: Run) -> None:
    code, out, _ = run("network", "units", "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert (report["view"], report["nodes"], report["components"]) == ("units", 25, [6, 2])
    assert report["standings"][0]["label"] == "Syrian Army"
    _, out, _ = run("network", "--by", "month", "--format", "json")
    assert [s["first"] for s in json.loads(out)["slices"]] == [
        "2021-07-01",
        "2021-08-01",
        "2021-09-01",
    ]


def test_a_picture(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "actors.svg"
    assert run("network", "--plot", path) == (0, f"wrote {path}: 31 nodes, 37 edges\n", "")
    first = path.read_bytes()
    code, out, _ = run("network", "--plot", path, "--format", "json")
    assert (code, json.loads(out)) == (
        0,
        {
            "file": str(path),
            "format": "svg",
            "options": {"view": "actors"},
            "bytes": len(first),
            "counts": {"nodes": 31, "edges": 37},
            "leftOut": ["Not drawn: 32 actors without a tie."],
        },
    )
    run("network", "--plot", path)
    assert path.read_bytes() == first
    assert first.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["actor"], "“actor” is no view of the graph as a network; did you mean actors?"),
        (["--by", "weak"], "“weak” is no period; did you mean week?"),
        (["--by", "day", "--plot", "a.svg"], "--plot draws the whole network; leave out --by"),
        (["--plot", "a.gif"], "“.gif” is no format that pictures are written in; end the file's name in .svg, .png or .pdf"),
        (["--plot", "no/such/folder.svg"], "cannot write no/such/folder.svg: there is no such file or folder"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(run: Run, words: list[str], said: str) -> None:
    assert run("network", *words) == (2, "", f"error: {said}\n")


def test_a_view_without_dates_has_no_slices(run: Run) -> None:
    code, out, err = run("network", "units", "--by", "week")
    assert (code, out) == (1, "")
    assert err == "error: no edge of the view units has a date, so there is nothing to slice\n"


def test_help_has_an_example(run: Run) -> None:
    out = run("network", "--help")[1]
    assert "daraa-kg network participation --plot participation.svg" in out
    assert "not with --by." in " ".join(out.split())


# --- the picture ----------------------------------------------------------------------------------


def test_a_picture_has_a_dated_title_a_legend_and_notes(graph: dk.Graph) -> None:
    figure = draw_network(graph, "actors")
    assert [text.get_text() for text in figure.texts] == [
        "2021 Daraa offensive: actors, 29 Jul to 5 Sep 2021",
        "Who fought, attacked, besieged, talked to, agreed with or belongs to whom (one mode, signed).",
        "Not drawn: 32 actors without a tie.\n"
        'Source: Wikipedia contributors, "2021 Daraa offensive", Wikipedia, CC BY-SA 4.0.',
    ]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [
        "Government side", "Rebel side", "no side stated",
        "attacked →", "member of →", "agreed", "fought", "seized from →",
        "besieged →", "captured →", "talked", "threatened →",
    ]  # fmt: skip
    names = {text.get_text().replace("\n", " ") for text in figure.axes[0].texts}
    assert len(names) == 31
    assert {"Syrian Army", "Rebels in Daraa", "negotiation committees of Daraa"} <= names


@pytest.mark.parametrize("view", VIEWS)
def test_no_name_covers_another(graph: dk.Graph, view: str) -> None:
    figure = draw_network(graph, view)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    page = figure.bbox
    for number, box in enumerate(boxes):
        assert page.x0 <= box.x0 <= box.x1 <= page.x1
        for other in boxes[:number]:
            wide = min(box.x1, other.x1) - max(box.x0, other.x0)
            high = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert wide <= 0 or high <= 2


def test_a_threat_is_drawn_apart_from_peaceful_talk(facts: Facts) -> None:
    figure = draw_network(
        facts("""
            :a a dkg:Group . :b a dkg:Group . :c a dkg:Group .
            :promise a dkg:Promise ; dkg:speaker :a ; dkg:addressee :b .
            :threat a dkg:Threat ; dkg:speaker :b ; dkg:addressee :c .
        """)
    )
    lines = {patch.get_edgecolor(): patch.get_linestyle() for patch in figure.axes[0].patches}
    assert len(lines) == len(set(map(str, lines.values()))) == 2
    (legend,) = figure.legends
    names = [text.get_text() for text in legend.get_texts()]
    assert names[1:] == ["talked →", "threatened →"]


def test_the_title_names_the_years_of_what_is_drawn(graph: dk.Graph) -> None:
    # The uprising of March 2011 has those who rose, but no tie to another event; the defeat of the
    # rebels in 2018 has some.
    for view, since in (("participation", 2011), ("events", 2018)):
        title = draw_network(graph, view).texts[0].get_text()
        assert title == f"2021 Daraa offensive: {view}, {since} to 2021"


def test_no_two_relations_look_alike(graph: dk.Graph) -> None:
    for view in VIEWS:
        (legend,) = draw_network(graph, view).legends
        relations = [line for line in legend.get_lines() if line.get_linestyle() != "None"]
        # Dashes as matplotlib keeps them: it tells their pattern in no public place.
        looks = {(line.get_color(), str(line._dash_pattern)) for line in relations}  # type: ignore[attr-defined]
        assert len(looks) == len(relations) > 0, view


def test_the_best_tied_are_drawn_where_all_would_be_unreadable(graph: dk.Graph) -> None:
    figure = draw_network(graph, "everything")
    notes = figure.texts[2].get_text().split("\n")
    assert notes[0] == "Not drawn: 1 thing without a tie."
    whole = simple(graph.to_networkx("everything"))
    tied = len(whole) - 1
    assert notes[1] == (
        f"Drawn: the 45 with the most ties among {tied} things, and the ties between them; "
        f"{tied - 45} others are left out."
    )
    names = {text.get_text().replace("\n", " ") for text in figure.axes[0].texts}
    assert len(names) == 43  # two are parts of the offensive alone, as the third note says
    assert notes[2].endswith("and so neither are 2 events that have no other.")
    assert {"Syrian Army", "Rebels in Daraa", "Daraa Governorate"} <= names
    (legend,) = figure.legends
    assert "another relation →" in [text.get_text() for text in legend.get_texts()]


def test_pairs_stand_in_columns_and_none_is_left_out(graph: dk.Graph) -> None:
    network = graph.to_networkx("participation")
    picture = select(network)
    tied = [node for node, degree in network.degree() if degree]
    assert set(picture.places) == set(tied)
    pairs = [group for group in nx.connected_components(network) if len(group) == 2]
    assert len(pairs) == 11
    columns = set()
    for group in pairs:
        (x, high), (other, low) = sorted((picture.places[node] for node in group), reverse=True)
        assert x == other
        assert high > low
        columns.add(x)
    largest = max(nx.connected_components(network), key=len)
    assert min(columns) > max(picture.places[node][0] for node in largest)


def test_the_order_of_battle_shows_who_has_no_unit_above_or_below(graph: dk.Graph) -> None:
    network = graph.to_networkx("units")
    assert set(select(network).places) == set(network)


def test_who_stands_on_no_side_is_a_ring_and_no_cross(graph: dk.Graph) -> None:
    (legend,) = draw_network(graph, "actors").legends
    names = [text.get_text() for text in legend.get_texts()]
    ring = legend.get_lines()[names.index("no side stated")]
    assert (ring.get_marker(), ring.get_markerfacecolor()) == ("o", "white")
    rebels = legend.get_lines()[names.index("Rebel side")]
    assert (rebels.get_marker(), rebels.get_markerfacecolor()) == ("o", rebels.get_color())


def test_names_are_no_formulas(facts: Facts) -> None:
    name = "A $100_x$ <b>& الجيش $\\frac"
    graph = facts(
        f':a a dkg:Group ; rdfs:label """{name.replace(chr(92), chr(92) * 2)}""" .\n'
        ':b a dkg:Group ; rdfs:label "B$" .\n'
        ':c a dkg:Clash ; rdfs:label "C" ; dkg:party :a, :b .'
    )
    figure = draw_network(graph, "actors")
    figure.canvas.draw()
    assert name in {text.get_text().replace("\n", " ") for text in figure.axes[0].texts}
    assert figure.texts[0].get_text() == "mini: actors"


def test_no_tie_is_no_picture(facts: Facts) -> None:
    with pytest.raises(NothingToDraw, match="no two things in the view actors are tied"):
        draw_network(facts(':a a dkg:Group ; rdfs:label "A" .'))
