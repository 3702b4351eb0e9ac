"""The pictures: what stands in them, against the article; the files; what cannot be drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.cli import main
from daraa_kg.graph import Graph
from daraa_kg.plots import PLOTS, NothingToDraw, UnknownPictureFormat, UnknownPlot, draw, save_plot
from daraa_kg.plots.sides import acting_sides

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str | Path) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.texts]


def names(figure: Figure) -> list[str]:
    return [text.get_text() for axes in figure.axes for text in axes.texts]


# --- casualties -----------------------------------------------------------------------------------


def steps(figure: Figure, outcome: str) -> list[list[int]]:
    """Give the heights of each line after its zero and before its end."""
    (axes,) = (a for a in figure.axes if a.get_title("left") == outcome)
    return [np.asarray(line.get_ydata()).astype(int).tolist()[1:-1] for line in axes.lines]


def test_the_casualties_add_up_as_by_hand(graph: dk.Graph) -> None:
    figure = draw(graph, "casualties")
    # The government's side: 1 on 5 August, 1 on 16, 6 on 19, 1 on 26, 7 on 29 to 30 August.
    # 5th Corps: 6 on 27 August. Civilians: 1 on 14, 1 on 16 August, and 2 by
    # 26 August (Tafas, told as before the IED of that day). Rebels: 1 on 20 August.
    assert steps(figure, "killed") == [[1, 2, 8, 9, 16], [6], [1, 2, 4], [1]]
    # 6 on 5 August, 4 on 26, 12 on 29 to 30 August.
    assert steps(figure, "wounded") == [[6, 10, 22]]
    assert names(figure) == [
        "Government side: 16 (infobox: 26)",
        "5th Corps\n(no side stated): 6",
        "Civilians: 4 (infobox: 22)",
        "Rebel side: 1 (infobox: 17)",
        "Government side: 22",
    ]


def test_the_casualties_that_are_not_drawn_are_named(graph: dk.Graph) -> None:
    title, _, notes = words(draw(graph, "casualties"))
    assert title == "2021 Daraa offensive: killed and wounded in dated events, added up"
    assert "order of events alone: 2 killed by 26 Aug (Bombardments of Tafas)." in notes
    assert "“the injury of several others” (Bombardments of Tafas)" in notes
    assert "“civilian casualties” (Shelling of Daraa al-Balad before the truce" in notes


# --- the map --------------------------------------------------------------------------------------


def test_the_map_names_the_towns(graph: dk.Graph) -> None:
    figure = draw(graph, "map")
    drawn = names(figure)
    assert "Daraa al-Balad (8)" in drawn
    assert {"al-Shabrouq road (1)", "Tafas (1)", "Nahtah (1)", "al-Sanamayn (1)"} <= set(drawn)
    assert {"Nawa", "Basr al-Harir"} <= set(drawn)  # the other ends of roads
    assert "10 km" in drawn
    assert not [name for name in drawn if name.startswith(("Daraa Governorate", "al-Kaziyah"))]
    notes = words(figure)[2].replace("\n", " ")
    assert "not drawn: Daraa Governorate 3; al-Kaziyah 1; al-Ruba’i checkpoint 1;" in notes
    assert "events have no place in the article." in notes
    assert "Coordinates: GeoNames," in notes


# --- the timeline ---------------------------------------------------------------------------------


def test_the_timeline(graph: dk.Graph) -> None:
    figure = draw(graph, "timeline")
    assert words(figure)[0] == "2021 Daraa offensive: what happened, day by day"
    assert words(figure)[1].startswith("29 Jul to 5 Sep 2021;")
    assert "events have no day and no order to one, and are not drawn." in words(figure)[2]
    assert "CC BY-SA 4.0" in words(figure)[2]
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        "Government side", "Rebel side", "no side stated", "several sides",
    ]  # fmt: skip
    assert {"1 killed; 6 wounded", "12 wounded; 7 killed", "6 killed"} <= set(names(figure))


def test_a_mark_has_the_colour_of_its_doers_alone(graph: dk.Graph) -> None:
    sides = acting_sides(graph)
    event = graph.iri
    # Nobody is said to have laid the IEDs that killed soldiers, nor who the unknown gunmen were for;
    # Russia, which threatened the rebels, is on no side.
    for name in (
        "al-shabrouq-ied",
        "ied-of-26-august",
        "shooting-in-sheikh-maskeen",
        "russian-threat",
    ):
        assert event(f"event/{name}") not in sides
    assert sides[event("event/shelling-of-29-july")] == "Government side"
    assert sides[event("event/attack-on-a-vehicle-on-the-nahtah-road")] == "Rebel side"
    assert sides[event("event/ceasefire-of-30-july")] == "Government side; Rebel side"


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", ["svg", "png", "pdf"])
@pytest.mark.parametrize("name", PLOTS)
def test_a_file_is_the_same_each_time(
    graph: dk.Graph, tmp_path: Path, name: str, extension: str
) -> None:
    first = save_plot(graph, name, tmp_path / f"a.{extension}").read_bytes()
    assert first.startswith(MAGIC[extension])
    assert save_plot(graph, name, tmp_path / f"b.{extension}").read_bytes() == first


def test_the_reader_s_own_settings_are_neither_used_nor_changed(
    graph: dk.Graph, tmp_path: Path
) -> None:
    first = save_plot(graph, "casualties", tmp_path / "a.svg").read_bytes()
    with mpl.rc_context({"font.size": 20, "lines.linewidth": 9, "svg.fonttype": "none"}):
        assert save_plot(graph, "casualties", tmp_path / "b.svg").read_bytes() == first
        assert mpl.rcParams["font.size"] == 20


def test_names_are_no_formulas() -> None:
    hostile = "Corps $x_1$ <b>& الفيلق $\\frac"
    figure = draw(_with_label(hostile), "casualties")
    figure.canvas.draw()
    assert any(hostile in text for text in names(figure))


def _with_label(label: str) -> Graph:
    graph = dk.build(validate=False)
    predicate = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    corps = ox.NamedNode(graph.iri("kg:actor/5th-corps"))
    for quad in list(graph.store.quads_for_pattern(corps, predicate, None)):
        graph.store.remove(quad)
        graph.store.add(ox.Quad(corps, predicate, ox.Literal(label), quad.graph_name))
    return graph


# --- what cannot be drawn -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("timeline", "no event of the graph has a day, so there is no timeline to draw"),
        ("casualties", "no casualty figure of the graph has a number and a day"),
        ("map", "no event of the graph has a place with coordinates, so there is no map to draw"),
    ],
)
def test_an_empty_graph_has_no_picture(name: str, said: str) -> None:
    with pytest.raises(NothingToDraw, match=said):
        draw(Graph(ox.Store(), slug="empty"), name)


def test_an_unknown_picture_or_file(graph: dk.Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownPlot, match=r"“mapp” is no picture; did you mean map\?"):
        draw(graph, "mapp")
    with pytest.raises(UnknownPictureFormat, match=r"“.jpg” is no format that pictures"):
        save_plot(graph, "map", tmp_path / "map.jpg")
    with pytest.raises(UnknownPictureFormat, match="“map” is no format"):
        save_plot(graph, "map", tmp_path / "map")


def test_the_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("plot", "casualties") == (0, "wrote casualties.svg\n", "")
    assert (tmp_path / "casualties.svg").exists()
    assert run("plot", "maps") == (2, "", "error: “maps” is no picture; did you mean map?\n")
    assert run("plot", "map", "-o", "none/map.png") == (
        2, "", "error: cannot write none/map.png: there is no such file or folder\n",
    )  # fmt: skip
    assert run("plot", "map", "-o", "map.gif")[0] == 2
    assert "For example: daraa-kg plot casualties -o casualties.png" in run("plot", "--help")[1]


@pytest.mark.parametrize(
    ("missing", "words", "what"),
    [
        ("matplotlib", ["plot", "map"], "the picture map"),
        ("adjustText", ["plot", "map"], "the picture map"),
        ("matplotlib", ["network", "--plot", "a.svg"], "the picture of a network"),
        ("scipy", ["network"], "PageRank"),
    ],
)
def test_what_is_not_installed_is_named(
    tmp_path: Path, missing: str, words: list[str], what: str
) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None; from daraa_kg.cli import main; "
        f"sys.exit(main({words!r}))"
    )
    here = os.pathsep.join(path for path in sys.path if path)
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": here},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"error: {what} needs {missing}, which is not installed; pip install 'daraa-kg[analysis]'\n"
    )
