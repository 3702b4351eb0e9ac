"""What the tests of the readings share: a small article with a case of everything they tell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

import daraa_kg as dk

MARSH = Path(__file__).parent / "marsh"
MINI = Path(__file__).parent.parent / "fixtures" / "mini"

QUIET = """\
article:
  title: Siege of Oldbridge
  url: https://example.org/wiki/Siege_of_Oldbridge
  license: https://creativecommons.org/licenses/by-sa/4.0/
  attribution: Nobody
  about: event/siege
passages:
  - quote: On 3 May 2030 the Army besieged Oldbridge.
    states:
      - id: event/siege
        type: Siege
        label: Siege of Oldbridge
        when: 2030-05-03
        place: place/oldbridge
        perpetrator: group/army
      - {id: place/oldbridge, type: Town, label: Oldbridge}
      - {id: group/army, type: Army, label: The Army}
"""


@pytest.fixture(scope="session")
def marsh() -> dk.Graph:
    """Give the graph of three truces, two tolls and a denial, with labels that try to do harm."""
    return dk.build(MARSH)


@pytest.fixture
def empty() -> dk.Graph:
    return dk.Graph(ox.Store())


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """Give the folder of an article in which nobody speaks and nothing is agreed."""
    folder = tmp_path / "quiet"
    folder.mkdir()
    (folder / "article.txt").write_text(
        "= Siege of Oldbridge =\n\nOn 3 May 2030 the Army besieged Oldbridge.\n"
    )
    (folder / "statements.yaml").write_text(QUIET)
    return folder


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "mini"))
