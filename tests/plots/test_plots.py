"""The pictures: what stands in them, against the article; the files; what cannot be drawn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pyoxigraph as ox
import pytest
from matplotlib.dates import num2date

import daraa_kg as dk
from daraa_kg.graph.built import Graph
from daraa_kg.plots import PLOTS, NothingToDraw, UnknownPictureFormat, UnknownPlot, draw, save_plot
from daraa_kg.plots.sides import acting_sides

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

MAGIC = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
Run = Callable[..., tuple[int, str, str]]


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
    figure = draw(graph, "casualties").figure
    # The government's side: 1 on 5 August, 1 on 16, 6 on 19, 1 on 26, 7 on 29 to 30 August.
    # 5th Corps: 6 on 27 August. Civilians: 1 on 14, 1 on 16 August, and 2 by
    # 26 August (Tafas, told as before the IED of that day). Rebels: 1 on 20 August.
    assert steps(figure, "killed") == [[1, 2, 8, 9, 16], [6], [1, 2, 4], [1]]
    # 6 on 5 August, 4 on 26, 12 on 29 to 30 August.
    assert steps(figure, "wounded") == [[6, 10, 22]]
    assert names(figure) == [
        "Government side: 16 (total given: 26)",
        "5th Corps\n(no side stated): 6",
        "Civilians: 4 (total given: 22)",
        "Rebel side: 1 (total given: 17)",
        "Government side: 22",
    ]


INTERVAL = """
article:
  title: Battle of Hillford
  url: https://example.org/wiki/Battle
  license: https://creativecommons.org/licenses/by-sa/4.0/
  attribution: Nobody
  about: event/war
passages:
  - quote: The war began in 2030.
    states:
      - {id: event/war, type: Conflict, label: War, when: "2030"}
  - quote: On 1 and 2 June seven soldiers were killed
    states:
      - id: event/battle
        type: Clash
        label: Battle
        when: 2030-06-01/2030-06-02
        partOf: event/war
        casualties:
          - {outcome: killed, count: 7, wording: seven soldiers, sufferedBy: group/soldiers}
      - {id: group/soldiers, type: Group, label: Soldiers}
  - quote: three of them on the first day.
    states:
      - id: event/first-day
        type: Clash
        label: First day
        when: 2030-06-01
        partOf: event/battle
        casualties:
          - {outcome: killed, count: 3, wording: three of them, sufferedBy: group/soldiers}
"""


def test_an_interval_and_its_days_are_counted_once(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(
        "= Battle of Hillford =\n\nThe war began in 2030.\n\n"
        "On 1 and 2 June seven soldiers were killed, three of them on the first day.\n",
        encoding="utf-8",
    )
    (tmp_path / "statements.yaml").write_text(INTERVAL, encoding="utf-8")
    figure = draw(dk.build(tmp_path, validate=False), "casualties").figure
    assert steps(figure, "killed") == [[3, 7]]
    assert names(figure)[0] == "Soldiers\n(no side stated): 7"


def test_the_casualties_that_are_not_drawn_are_named(graph: dk.Graph) -> None:
    title, _, notes = words(draw(graph, "casualties").figure)
    assert title == "2021 Daraa offensive: killed and wounded in dated events, added up"
    assert "or by what is part of what: 2 killed by 26 Aug (Bombardments of Tafas)." in notes
    assert "“the injury of several others” (Bombardments of Tafas)" in notes
    assert "“civilian casualties” (Shelling of Daraa al-Balad before the truce" in notes


# --- the map --------------------------------------------------------------------------------------


def test_the_map_names_the_towns(graph: dk.Graph) -> None:
    figure = draw(graph, "map").figure
    drawn = names(figure)
    assert "Daraa al-Balad (8)" in drawn
    assert {"al-Shabrouq road (1)", "Tafas (1)", "Nahtah (1)", "al-Sanamayn (1)"} <= set(drawn)
    assert drawn.count("road (1)") == 2  # those whose name is that of their ends
    assert {"Nawa", "Basr al-Harir"} <= set(drawn)  # the other ends of roads
    assert "10 km" in drawn
    assert not [name for name in drawn if name.startswith(("Daraa Governorate", "al-Kaziyah"))]
    notes = words(figure)[2].replace("\n", " ")
    assert "not drawn: Daraa Governorate 3; al-Kaziyah 1; al-Ruba’i checkpoint 1;" in notes
    assert "events have no place in the article." in notes
    assert "Coordinates: GeoNames," in notes


# --- the timeline ---------------------------------------------------------------------------------


def test_the_timeline(graph: dk.Graph) -> None:
    figure = draw(graph, "timeline").figure
    assert words(figure)[0] == "2021 Daraa offensive: what happened, day by day"
    assert words(figure)[1].startswith("29 Jul to 5 Sep 2021;")
    assert "CC BY-SA 4.0" in words(figure)[2]
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        "Government side", "Rebel side", "no side stated", "several sides",
    ]  # fmt: skip
    # The killed first; what is too long for one line stands whole on two.
    assert {"1 killed; 6 wounded", "7 killed; 12 wounded", "6 killed"} <= set(names(figure))
    assert {
        "2 civilians killed;\nwounded: “the injury of several others”",
        "captured: “Military Intelligence Directorate agents”;\n"
        "captured: “many surprised Syrian Army soldiers”",
    } <= set(names(figure))
    assert not [text for text in names(figure) if "…" in text]


def test_the_timeline_ends_with_its_events(graph: dk.Graph) -> None:
    figure = draw(graph, "timeline").figure
    (axes,) = figure.axes
    first, last = (num2date(x).date() for x in axes.get_xlim())  # type: ignore[no-untyped-call]
    assert (first, last) == (date(2021, 7, 27), date(2021, 9, 7))
    # No toll is cut off at the edge, none stands on another.
    figure.canvas.draw()
    page = axes.get_window_extent()
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
    assert len(boxes) > 10
    for number, box in enumerate(boxes):
        assert page.x0 <= box.x0
        assert box.x1 <= page.x1
        assert not any(box.overlaps(other) for other in boxes[:number])


def test_what_the_timeline_leaves_out_is_said(graph: dk.Graph) -> None:
    picture = draw(graph, "timeline")
    # Told of these days, in Ghouta; the article does not make it part of the offensive.
    assert (
        "In these days, but not told as part of “2021 Daraa offensive”, and not drawn: "
        "Main road in Ghouta cut by rebel supporters (3 Aug)."
    ) in picture.left_out
    notes = words(picture.figure)[2].replace("\n", " ")
    assert all(sentence in notes for sentence in picture.left_out)
    drawn = picture.counts["events"]
    undated = int(picture.left_out[-1].split()[0])
    assert drawn + undated == len(graph.query("timeline"))


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
    record = save_plot(graph, name, tmp_path / f"a.{extension}")
    first = (tmp_path / f"a.{extension}").read_bytes()
    assert first.startswith(MAGIC[extension])
    assert (record.path, record.format) == (tmp_path / f"a.{extension}", extension)
    assert record.size == len(first)
    save_plot(graph, name, tmp_path / f"b.{extension}")
    assert (tmp_path / f"b.{extension}").read_bytes() == first


def test_the_reader_s_own_settings_are_neither_used_nor_changed(
    graph: dk.Graph, tmp_path: Path
) -> None:
    save_plot(graph, "casualties", tmp_path / "a.svg")
    first = (tmp_path / "a.svg").read_bytes()
    with mpl.rc_context({"font.size": 20, "lines.linewidth": 9, "svg.fonttype": "none"}):
        save_plot(graph, "casualties", tmp_path / "b.svg")
        assert (tmp_path / "b.svg").read_bytes() == first
        assert mpl.rcParams["font.size"] == 20


@pytest.mark.parametrize("words", [["plot", "map"], ["network", "--plot", "map.svg"]])
def test_no_setting_of_the_reader_s_stops_a_picture(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: nonsense\nlines.linewidth: 9\n")
    ended = subprocess.run(
        [sys.executable, "-m", "daraa_kg", *words],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "MPLBACKEND": "module://no_such_backend.anywhere",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("wrote map.svg")
    assert (tmp_path / "map.svg").read_bytes().startswith(MAGIC["svg"])


def test_the_names_in_an_svg_are_text_that_can_be_searched(graph: dk.Graph, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    save_plot(graph, "map", path)
    texts = list(ET.parse(path).iter("{http://www.w3.org/2000/svg}text"))  # noqa: S314 - our own
    for name in ("Tafas (1)", "Daraa al-Balad (8)"):
        below, label = (text for text in texts if text.text == name)
        # White below, so that it can be read on lines; the name itself has no outline.
        assert "stroke: #fff" in below.get("style", "")
        assert below.get("aria-hidden") == "true"
        assert "stroke" not in label.get("style", "")
    (title,) = (text for text in texts if text.text == "2021 Daraa offensive: where it happened")
    assert "Verdana, sans-serif" in title.get("style", "")


def test_names_are_no_formulas() -> None:
    hostile = "Corps $x_1$ <b>& الفيلق $\\frac"
    figure = draw(_with_label(hostile), "casualties").figure
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
        ("timeline", "no event inside the main one has a day, so there is no timeline to draw"),
        ("casualties", "no casualty figure of the graph has a number and a day"),
        (
            "map",
            "no event inside the main one has a place with coordinates, so there is no map to draw",
        ),
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
    assert run("plot", "casualties") == (0, "wrote casualties.svg: 13 figures\n", "")
    assert (tmp_path / "casualties.svg").exists()
    assert run("plot", "maps") == (2, "", "error: “maps” is no picture; did you mean map?\n")
    assert run("plot", "map", "-o", "none/map.png") == (
        2, "", "error: cannot write none/map.png: there is no such file or folder\n",
    )  # fmt: skip
    assert run("plot", "map", "-o", "map.gif")[0] == 2
    assert "    daraa-kg plot casualties -o casualties.png" in run("plot", "--help")[1]


def test_the_command_s_record(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("plot", "map", "-o", "map.png", "--format", "json")
    assert (code, err) == (0, "")
    record = json.loads(out)
    assert record.pop("bytes") == (tmp_path / "map.png").stat().st_size
    assert record.pop("leftOut")[0].startswith("Events at areas or places without a point")
    # Sanamayn, Jasim, Sheikh Maskeen, Shajara, Nahtah, Tafas, Muzayrib, Daraa and its old town;
    # the roads at Nawa, at Nahtah and of al-Shabrouq.
    assert record == {
        "file": "map.png",
        "format": "png",
        "options": {},
        "counts": {"places": 9, "roads": 3},
    }


def test_a_path_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.svg").mkdir()
    assert run("plot", "map", "-o", tmp_path / "folder.svg") == (
        2,
        "",
        f"error: cannot write {tmp_path / 'folder.svg'}: it is a folder, not a file\n",
    )


@pytest.mark.parametrize(
    ("missing", "words", "what"),
    [
        ("matplotlib", ["plot", "map"], "the picture map"),
        ("matplotlib", ["plot", "timeline"], "the picture timeline"),
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
