"""Another revision of a text, and two graphs, from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import daraa_kg as dk
from daraa_kg.assets import default_folder

if TYPE_CHECKING:
    import subprocess

Run = Callable[..., tuple[int, str, str]]
Process = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def here(mini: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to the folder above the small article, which is then called mini."""
    monkeypatch.chdir(mini.parent)
    return mini.parent


def revision(folder: Path, *edits: tuple[str, str]) -> Path:
    text = (folder / "mini" / "article.txt").read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path = folder / "new.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_stands(run: Run, here: Path) -> None:
    revision(here)
    assert run("rebase", "new.txt", "--folder", "mini") == (
        0,
        """\
Siege of Oldbridge
mini against new.txt

    9 unchanged
    0 changed
    0 gone

every statement stands in this text
""",
        "",
    )


def test_what_changed_is_shown_in_both_wordings(run: Run, here: Path) -> None:
    revision(
        here,
        ("killing two rebels", "killing three rebels"),
        ("- Place: Oldbridge\n", ""),
        ("fought between", "fought, between"),
        ("3–5 May", "3-5 May"),
        ("== See also ==", "The mayor fled.\n\n== See also =="),
    )
    code, out, err = run("rebase", "new.txt", "--folder", "mini")
    assert (code, err) == (1, "")
    assert (
        out
        == """\
Siege of Oldbridge
mini against new.txt

    5 unchanged
    1 with other quotes, dashes or spaces
    2 changed, 1 of them in a number that a statement counts
    1 gone
    1 new sentence or word of the text

Changed
mini/statements.yaml:30  Events
  was   On 3 May, the army shelled Oldbridge, killing [-two-] rebels.
  now   On 3 May, the army shelled Oldbridge, killing {+three+} rebels.
  says  Shelling “Shelling of Oldbridge” (event/shelling): 2 killed
        “two” is now “three”, and line 42 says count: 2 (2 killed)
        line 43: wording “two rebels” is not in the new words

Changed in punctuation and capitals alone
mini/statements.yaml:21  lead
  was   The siege of Oldbridge was fought between the army and rebels in May
        2030.
  now   The siege of Oldbridge was fought{+,+} between the army and rebels in
        May 2030.
  says  Siege “Siege of Oldbridge” (event/siege)
        Army “the army” (group/army)
        Group “rebels” (group/rebels)
        Town “Oldbridge” (place/oldbridge)

Gone
mini/statements.yaml:11  infobox Place
  was   [-Oldbridge-]
  says  Siege “Siege of Oldbridge” (event/siege)
        the infobox has no field “Place”

With other quotes, dashes or spaces
mini/statements.yaml:8  infobox Date
  was   3[-–-]5 May 2030
  now   3{+-+}5 May 2030
  says  Siege “Siege of Oldbridge” (event/siege)

New
new.txt:14  no passage touches it
        The mayor fled.

4 places are left for you to decide
"""
    )


def test_colours_go_with_the_marks(process: Process, here: Path) -> None:
    revision(here, ("killing two rebels", "killing three rebels"))
    package = str(Path(dk.__file__).parents[1])
    colours = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "PYTHONPATH": package}
    running = process("rebase", "new.txt", "--folder", "mini", **colours)
    out = running.communicate()[0].decode()
    assert running.returncode == 1
    assert "\x1b[9;31m[-two-]\x1b[0m" in out
    assert "\x1b[4;32m{+three+}\x1b[0m" in out


def test_write_brings_the_files_up_to_date(run: Run, here: Path) -> None:
    new = revision(here, ("3–5 May", "3-5 May"))
    code, out, _ = run("rebase", "new.txt", "--folder", "mini", "--write")
    assert code == 0
    assert out.endswith("written: mini/article.txt\nevery statement stands in this text\n")
    assert (here / "mini" / "article.txt").read_bytes() == new.read_bytes()
    assert run("check", "mini")[0] == 0


def test_what_is_left_to_decide_is_kept_when_the_old_text_goes(run: Run, here: Path) -> None:
    revision(
        here,
        ("killing two rebels", "killing three rebels"),
        ("3–5 May", "3-5 May"),
        ("= Siege of Oldbridge =", "= Battle of Oldbridge ="),
        ("== See also ==", "The mayor fled.\n\n== See also =="),
    )
    words = ("rebase", "new.txt", "--folder", "mini")
    listed = run(*words, columns=100)[1]
    code, out, err = run(*words, "--write", columns=80)
    assert (code, err) == (1, "")
    assert " ".join(out.split()).endswith(
        "written: mini/article.txt and mini/open-places.txt 3 places are left for you to decide; "
        "mini/open-places.txt has this list, for the old text is gone; the header pins no digest, "
        "so check cannot tell what is undecided"
    )
    kept = (here / "mini" / "open-places.txt").read_text(encoding="utf-8")
    assert listed.startswith(kept)
    said = " ".join(kept.split())
    for kept_words in (
        "killing {+three+} rebels",
        "The mayor fled.",
        "is now “Battle of Oldbridge”",
    ):
        assert kept_words in said
    assert run("check", "mini")[0] == 1  # the list disturbs nobody
    assert run("rebase", "new.txt", "--folder", "mini")[0] == 2  # and cannot be made again


def test_nothing_is_kept_where_nothing_is_left_or_nothing_can_be_written(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daraa_kg import writing

    write = writing.write_atomically

    def fail(path: Path, data: bytes) -> None:
        if path.name == "open-places.txt":
            raise PermissionError(13, "Permission denied", str(path))
        write(path, data)

    revision(here, ("killing two rebels", "killing three rebels"))
    before = {file.name: file.read_bytes() for file in (here / "mini").iterdir()}
    monkeypatch.setattr(writing, "write_atomically", fail)
    assert run("rebase", "new.txt", "--folder", "mini", "--write")[0] == 2
    assert {file.name: file.read_bytes() for file in (here / "mini").iterdir()} == before
    revision(here, ("3–5 May", "3-5 May"))
    assert run("rebase", "new.txt", "--folder", "mini", "--write")[0] == 0
    assert {file.name for file in (here / "mini").iterdir()} == set(before)


def test_json_has_the_same(run: Run, here: Path) -> None:
    revision(here, ("killing two rebels", "killing 2 rebels"))
    code, out, _ = run("rebase", "new.txt", "--folder", "mini", "--format", "json")
    assert code == 1
    said = json.loads(out)
    assert (said["stands"], said["decided"], said["foreign"], said["written"]) == (
        False,
        False,
        False,
        [],
    )
    assert [one["standing"] for one in said["passages"]].count("unchanged") == 8
    (held,) = [one for one in said["passages"] if one["standing"] == "changed"]
    assert held["marked"][1] == "On 3 May, the army shelled Oldbridge, killing {+2+} rebels."
    assert held["numbers"] == [
        {"old": 2, "new": 2, "oldWords": "two", "newWords": "2", "how": "rewritten"}
    ]
    assert held["disputed"] == []
    assert [one["id"] for one in held["states"]] == [
        "event/shelling",
        "event/shelling#casualties-killed-rebels",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("none.txt", "--folder", "mini"), "none.txt: error: there is no such file: name an article's text file"),
        (("mini", "--folder", "mini"), "mini: error: this is a folder, not a file: name the article.txt in it"),
        (("empty.txt", "--folder", "mini"), "empty.txt:1:1: error: the article is empty: its first line must read “= Title =”"),
        (("new.txt", "--folder", "nowhere"),
         "error: nowhere: there is no such folder; name one that holds article.txt and statements.yaml"),
        (("new.txt", "--write"), "error: --write changes files: name their folder with --folder"),
        (("other.txt", "--folder", "mini", "--write"), "error: other.txt is another article: nothing was written"),
    ],
)  # fmt: skip
def test_what_cannot_be_held(run: Run, here: Path, words: tuple[str, ...], sentence: str) -> None:
    revision(here)
    (here / "empty.txt").write_text("\n")
    (here / "other.txt").write_text("= Tea =\n\nTea is a drink made of leaves and hot water.\n")
    assert run("rebase", *words) == (2, "", f"{sentence}\n")


def test_another_article_is_said_to_be_one(run: Run, here: Path) -> None:
    (here / "other.txt").write_text("= Tea =\n\nTea is a drink made of leaves and hot water.\n")
    code, out, _ = run("rebase", "other.txt", "--folder", "mini")
    assert code == 1
    assert " ".join(out.split("\n\n")[1].split()) == (
        "“Tea” is another article, not a revision of “Siege of Oldbridge”: of 9 passages, none is "
        "found in it"
    )


def test_statements_that_do_not_fit_their_text(run: Run, here: Path) -> None:
    revision(here)
    path = here / "mini" / "article.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("killing two", "killing ten"))
    code, out, err = run("rebase", "new.txt", "--folder", "mini")
    assert code == 2
    assert "mini/statements.yaml:30:12: error: the quote “On 3 May" in out
    assert err.endswith(
        "error: the statements do not fit their own article.txt, so they cannot be held\n"
    )


def test_a_folder_that_cannot_be_written(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daraa_kg import writing

    def fail(path: Path, _: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    revision(here, ("3–5 May", "3-5 May"))
    monkeypatch.setattr(writing, "write_atomically", fail)
    assert run("rebase", "new.txt", "--folder", "mini", "--write") == (
        2,
        "",
        "error: cannot write in mini: permission is denied; nothing was changed\n",
    )


# --- diff ----------------------------------------------------------------------------------------


def test_equal_graphs(run: Run, here: Path) -> None:
    assert run("export", "trig", "--article", "mini", "-o", here / "mini.trig")[0] == 0
    for other in ("mini", "mini.trig", "mini/article.txt", "mini/statements.yaml"):
        assert run("diff", "mini.trig", other) == (
            0,
            "the same facts, resting on the same words\n",
            "",
        )


def test_what_differs_is_said_in_words(run: Run, here: Path) -> None:
    assert run("export", "nq", "--article", "mini", "-o", here / "old.nq")[0] == 0
    for name in ("article.txt", "statements.yaml"):
        path = here / "mini" / name
        text = path.read_text(encoding="utf-8").replace("On 5 May, both", "On 6 May, both")
        text = text.replace("when: 2030-05-05\n        party", "when: 2030-05-06\n        party")
        path.write_text(text, encoding="utf-8")
    code, out, err = run("diff", "old.nq", "mini")
    assert (code, err) == (1, "")
    assert (
        out
        == """\
things: 0 added, 0 removed, 1 changed; 3 facts rest on other words; by rules 2
facts more and 2 fewer

Changed
ceasefire “Truce of 5 May” (event/truce)
  when  [-2030-05-05-] {+2030-05-06+}

Resting on other words
  was   On [-5-] May, both sides agreed to a truce.
  now   On {+6+} May, both sides agreed to a truce.
        Truce of 5 May · party · the army
        Truce of 5 May · party · rebels
        Truce of 5 May · type · ceasefire
"""
    )
    said = json.loads(run("diff", "old.nq", "mini", "--format", "json")[1])
    assert said["equal"] is False
    assert said["changed"][0]["properties"] == [
        {
            "property": "dkg:when",
            "label": "when",
            "removed": [{"value": "2030-05-05", "id": None}],
            "added": [{"value": "2030-05-06", "id": None}],
        }
    ]
    listed = run("diff", "old.nq", "mini", "--inferred")[1]
    assert "event/truce · earliest · 2030-05-06" in listed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere", "mini"),
         "error: nowhere: there is no such folder; name one that holds article.txt and statements.yaml"),
        (("mini", "none.trig"), "error: none.trig: there is no such file or folder"),
        (("mini", "facts.ttl"), "error: facts.ttl: this is a file; name a .trig or .nq file that daraa-kg build has written, or the folder that holds article.txt and statements.yaml"),
        (("mini", "empty"), "empty: error: the folder holds no article.txt and no statements.yaml; name one that does, such as {SHIPPED}\n1 error"),
        (("bad.nq", "mini"), "error: bad.nq: this file has no account of where its facts come from; build one with daraa-kg build"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared(
    run: Run, here: Path, words: tuple[str, ...], sentence: str
) -> None:
    (here / "bad.nq").write_text("")
    (here / "facts.ttl").write_text("")
    (here / "empty").mkdir()
    code, out, err = run("diff", *words)
    assert (code, f"{out}{err}") == (2, f"{sentence}\n".replace("{SHIPPED}", str(default_folder())))


def test_statements_that_do_not_hold_are_no_graph(run: Run, here: Path) -> None:
    path = here / "mini" / "statements.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("type: Siege\n", "type: Seige\n"))
    code, out, err = run("diff", "mini", "mini")
    assert code == 2
    assert "Seige" in out
    assert err.endswith(
        "error: mini: its statements do not hold, so there is no graph to compare\n"
    )
