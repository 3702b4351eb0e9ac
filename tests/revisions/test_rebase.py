"""Statements held against another revision: what stands, changed, went, came, and is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import daraa_kg as dk
from daraa_kg.diagnostics import CheckFailed
from daraa_kg.revisions.rebase import Rebase, RebaseError, rebase
from daraa_kg.revisions.wordchanges import marked
from daraa_kg.text.article import ArticleError

if TYPE_CHECKING:
    from daraa_kg.revisions.holding import Held

Revise = Callable[..., Rebase]

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "data" / "articles" / "2021-daraa-offensive"
EARLIER = ROOT.parent / "shared" / "corpus" / "articles" / "syria__2021_daraa_offensive.txt"
TRUCE = "On 5 May, both sides agreed to a truce."
SHELLING = "On 3 May, the army shelled Oldbridge, killing two rebels."


def standings(found: Rebase) -> dict[str, int]:
    return dict(Counter(held.standing for held in found.held))


def of(found: Rebase, start: str) -> Held:
    """Give the only entry whose stretch begins with some words."""
    (held,) = [held for held in found.held if held.old.exact.startswith(start)]
    return held


def sides(held: Held) -> list[str]:
    return [marked(side) for side in held.comparison.sides()]


# --- what stands ---------------------------------------------------------------------------------


def test_against_its_own_text_everything_stands(mini: Path) -> None:
    found = rebase(mini / "article.txt", mini)
    assert standings(found) == {"unchanged": 9}
    assert found.stands
    assert found.decided
    assert not found.foreign
    assert not any(held.moved or held.settings or held.numbers for held in found.held)
    assert found.statements_text().encode() == (mini / "statements.yaml").read_bytes()


def test_the_shipped_statements_stand_in_the_shipped_text() -> None:
    found = dk.rebase(ARTICLE / "article.txt")
    assert found.stands
    assert set(standings(found)) == {"unchanged"}


def test_line_ends_and_byte_order_mark_make_no_difference(mini: Path, tmp_path: Path) -> None:
    text = (mini / "article.txt").read_bytes()
    path = tmp_path / "new.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    found = rebase(path, mini)
    assert found.stands
    assert found.pin is None
    assert found.new.sha256 == found.old.sha256


def test_a_moved_sentence_stands(revise: Revise) -> None:
    found = revise(
        (" The army said that it would withdraw.", ""),
        ("in May 2030.", "in May 2030. The army said that it would withdraw."),
    )
    assert found.stands
    assert [held.old.exact for held in found.held if held.moved] == [
        "The army said that it would withdraw."
    ]


def test_a_moved_paragraph_with_a_renamed_section_stands(revise: Revise) -> None:
    found = revise(("== Events ==", "== Course =="))
    assert found.stands
    assert not any(held.moved for held in found.held)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.permutations(range(4)),
    st.lists(st.integers(0, 4), unique=True, max_size=3),
)
def test_moved_paragraphs_and_new_sentences(
    mini: Path, tmp_path: Path, order: list[int], places: list[int]
) -> None:
    """Paragraphs in any order, with new ones between them: all stands, and only those are new."""
    text = (mini / "article.txt").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\nThe siege")
    parts = ("The siege" + body).strip().split("\n\n")
    lead, events, truce, also = parts[0], parts[1], parts[2], parts[3]
    moved = [[lead, events, truce, also][index] for index in order]
    for place in sorted(places, reverse=True):
        moved.insert(place, f"Rain fell on hill number {'abcde'[place]} all night.")
    path = tmp_path / "new.txt"
    path.write_text("\n\n".join([head, *moved]) + "\n", encoding="utf-8")
    found = rebase(path, mini)
    assert standings(found) == {"unchanged": 9}
    assert [found.new.text[s.start : s.end] for s in found.sentences] == [
        f"Rain fell on hill number {'abcde'[place]} all night." for place in sorted(places)
    ]
    assert found.stands is (not places)


# --- what changed --------------------------------------------------------------------------------


def test_a_changed_count_is_held_against_the_statement(revise: Revise) -> None:
    found = revise(("killing two rebels", "killing three rebels"))
    held = of(found, SHELLING)
    assert held.standing == "changed"
    assert sides(held) == [
        "On 3 May, the army shelled Oldbridge, killing [-two-] rebels.",
        "On 3 May, the army shelled Oldbridge, killing {+three+} rebels.",
    ]
    (disputed,) = held.disputed
    assert (disputed.count.key, disputed.count.value, disputed.change.new) == ("count", 2, 3)
    assert disputed.claim.id == "event/shelling#casualties-killed-rebels"
    line = disputed.count.location.line
    text = Path(disputed.count.location.file).read_text(encoding="utf-8").split("\n")
    assert text[line - 1].strip() == "count: 2"
    assert [(words.key, words.text) for words in held.lost] == [("wording", "two rebels")]
    assert not found.stands
    assert not found.decided


def test_a_number_written_otherwise_is_the_same_number(revise: Revise) -> None:
    held = of(revise(("killing two rebels", "killing 2 rebels")), SHELLING)
    assert held.standing == "changed"
    assert [str(change) for change in held.numbers] == ["“two” is now “2”: the same number"]
    assert held.disputed == ()


def test_a_changed_field_shows_its_count(revise: Revise) -> None:
    held = of(revise(("Casualties1: 2 killed", "Casualties1: 4 killed")), "2 killed")
    assert held.old.field == "Casualties1"
    assert sides(held) == ["[-2-] killed", "{+4+} killed"]
    assert [one.change.new for one in held.disputed] == [4]


def test_a_figure_whose_words_stay_keeps_its_count(revise: Revise, mini: Path) -> None:
    """Two rebels and two civilians: when the rebels become three, the civilians are as many."""
    for path, old, new in (
        (mini / "article.txt", "two rebels.", "two rebels and two civilians."),
        (mini / "statements.yaml", "killing two rebels.", "killing two rebels and two civilians."),
        (
            mini / "statements.yaml",
            "            wording: two rebels\n            sufferedBy: group/rebels\n",
            "            wording: two rebels\n            sufferedBy: group/rebels\n"
            "          - outcome: killed\n            count: 2\n"
            "            wording: two civilians\n            civilian: true\n",
        ),
    ):
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    held = of(revise(("two rebels and", "three rebels and")), "On 3 May")
    assert [(str(one.change), one.claim.words[0].text) for one in held.disputed] == [
        ("“two” is now “three”", "two rebels")
    ]


def test_fields_of_one_key_are_told_apart_by_value(revise: Revise, mini: Path) -> None:
    for path, old, new in (
        (mini / "article.txt", "- Place: Oldbridge\n", "- Place: Hill\n- Place: Oldbridge\n"),
        (
            mini / "statements.yaml",
            "  - infobox: Place\n",
            "  - {infobox: Place, nth: 1, states: [], because: a hill}\n"
            "  - infobox: Place\n    nth: 2\n",
        ),
    ):
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    found = revise(("- Place: Hill\n", "- Place: Hill\n- Place: Dale\n"))
    assert standings(found) == {"unchanged": 10}
    assert [(f.key, f.value) for f in found.fields] == [("Place", "Dale")]
    held = of(found, "Oldbridge")
    assert [(one.path[-1], one.value) for one in held.settings] == [("nth", "3")]
    assert "  - infobox: Place\n    nth: 3\n" in found.statements_text()
    valley = revise(("- Place: Hill\n", "- Place: Dale\n"))
    assert sides(of(valley, "Hill")) == ["[-Hill-]", "{+Dale+}"]


def test_a_changed_stretch_behind_an_omission_is_seen(revise: Revise) -> None:
    """The quote “The siege of Oldbridge … in May 2030.” still stands for a stretch, a changed one."""
    held = of(revise(("the army and rebels in", "the army and farmers in")), "The siege")
    assert held.standing == "changed"
    assert sides(held)[1] == (
        "The siege of Oldbridge was fought between the army and {+farmers+} in May 2030."
    )


def test_what_an_entry_says_is_said_with_labels_kinds_and_counts(revise: Revise) -> None:
    held = of(revise(("killing two rebels", "killing 2 rebels")), SHELLING)
    assert [str(claim) for claim in held.claims] == [
        "Shelling “Shelling of Oldbridge” (event/shelling)",
        "2 killed",
    ]


def test_gone_and_new(revise: Revise) -> None:
    found = revise(
        (" The army said that it would withdraw.", ""),
        ("- Place: Oldbridge\n", "- Result: Truce\n"),
        ("== See also ==", "The governor resigned at once.\n\n== See also =="),
    )
    assert standings(found) == {"unchanged": 7, "gone": 2}
    assert of(found, "The army said").problem == "nothing in the new text stands for it"
    assert of(found, "Oldbridge").problem == "the infobox has no field “Place”"
    assert [found.new.text[s.start : s.end] for s in found.sentences] == [
        "The governor resigned at once."
    ]
    assert [(f.key, f.value) for f in found.fields] == [("Result", "Truce")]


def test_a_renamed_and_an_emptied_field_say_so(revise: Revise) -> None:
    found = revise(("- Place: ", "- Location: "), ("- Date: 3–5 May 2030", "- Date:"))
    assert of(found, "Oldbridge").problem == (
        "the infobox has no field “Place”, but “Location” has its words"
    )
    assert of(found, "3–5 May").problem == "the infobox field “Date” is empty"


def test_a_sentence_that_is_split_or_joined_is_changed_and_not_new(revise: Revise) -> None:
    split = revise(("Oldbridge, killing two rebels.", "Oldbridge. It was killing two rebels."))
    assert standings(split) == {"unchanged": 8, "changed": 1}
    assert sides(of(split, SHELLING)) == [
        "On 3 May, the army shelled Oldbridge[-,-] killing two rebels.",
        "On 3 May, the army shelled Oldbridge{+. It was+} killing two rebels.",
    ]
    assert split.sentences == ()
    joined = revise(("two rebels. The army said", "two rebels, and the army said"))
    assert standings(joined) == {"unchanged": 7, "changed": 2}
    assert sides(of(joined, SHELLING))[1].endswith("killing two rebels{+, and+}")
    assert sides(of(joined, "The army"))[1] == "{+the+} army said that it would withdraw."
    assert joined.sentences == ()


def test_a_repeated_sentence_with_one_more_is_not_certain(revise: Revise) -> None:
    found = revise((f"{TRUCE} {TRUCE}", f"{TRUCE} {TRUCE} {TRUCE}"))
    unclear = [held for held in found.held if held.standing == "unclear"]
    assert [held.anchor.nth for held in unclear] == [1, 2]
    assert unclear[0].problem == (
        "its words stand three times in the new text (lines 13, 13 and 13), and which of them are "
        "meant is not certain"
    )
    assert not found.decided


def test_one_of_two_repeated_sentences_gone(revise: Revise) -> None:
    found = revise((f"{TRUCE} {TRUCE}", TRUCE))
    kept = [held for held in found.held if held.old.exact == TRUCE]
    assert sorted(held.standing for held in kept) == ["gone", "unchanged"]


def test_a_sentence_between_two_repeated_ones_is_new(revise: Revise) -> None:
    found = revise((f"{TRUCE} {TRUCE}", f"{TRUCE} Rain fell. {TRUCE}"))
    assert standings(found) == {"unchanged": 9}
    assert [found.new.text[s.start : s.end] for s in found.sentences] == ["Rain fell."]


def test_a_second_place_of_short_words_is_not_certain(revise: Revise) -> None:
    found = revise(("- Siege of Newbridge\n", "- Siege of Newbridge\n- Siege of Newbridge\n"))
    assert of(found, "Siege of Newbridge").problem == (
        "its words stand twice in the new text (lines 16 and 17), and which of them are meant is "
        "not certain"
    )


def test_another_title_is_left_to_decide(revise: Revise) -> None:
    found = revise(("= Siege of Oldbridge =", "= Battle of Oldbridge ="))
    assert found.title is not None
    assert found.title.line == 2
    assert not found.stands
    assert not found.decided


def test_another_article_is_said_to_be_one(mini: Path) -> None:
    found = rebase(ARTICLE / "article.txt", mini)
    assert found.foreign
    with pytest.raises(RebaseError, match="is another article: nothing was written"):
        found.write()


# --- what cannot be held -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "new.txt:1:1: error: the article is empty: its first line must read “= Title =”"),
        (b"No title\n", "new.txt:1:1: error: the article has no title: its first line must read “= Title =”"),
        (b"= T =\n\xff", "new.txt:2:1: error: the file is not UTF-8: byte 6 is 0xFF; save it as UTF-8"),
    ],
)  # fmt: skip
def test_an_unreadable_text(mini: Path, tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "new.txt"
    path.write_bytes(content)
    with pytest.raises(ArticleError) as error:
        rebase(path, mini)
    assert str(error.value) == f"{tmp_path}/{sentence}"


def test_a_missing_text(mini: Path, tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="there is no such file: name an article's text file"):
        rebase(tmp_path / "none.txt", mini)


def test_statements_that_do_not_fit_their_own_text(mini: Path) -> None:
    path = mini / "statements.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("killing two", "killing ten"))
    with pytest.raises(CheckFailed) as error:
        rebase(mini / "article.txt", mini)
    assert "killing ten rebels.” is not in the article" in str(error.value)


def test_shared_places_are_no_statements() -> None:
    path = ROOT / "data" / "places.yaml"
    found = rebase(ARTICLE / "article.txt", path)  # the shipped article stands in for them
    assert found.stands


# --- writing -------------------------------------------------------------------------------------

SIGNS = str.maketrans("–’“”", '-\'""')


def _copy(folder: Path, target: Path) -> Path:
    target.mkdir()
    for file in folder.iterdir():
        (target / file.name).write_bytes(file.read_bytes())
    return target


def test_certain_anchors_are_written_and_the_check_holds(tmp_path: Path) -> None:
    """Quotes and dashes of the whole article become typewriter's: nothing is left to decide."""
    folder = _copy(ARTICLE, tmp_path / "2021-daraa-offensive")
    new = tmp_path / "new.txt"
    text = (ARTICLE / "article.txt").read_text(encoding="utf-8").translate(SIGNS)
    new.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    before = (folder / "statements.yaml").read_bytes()
    found = rebase(new, folder)
    assert set(standings(found)) == {"unchanged", "retyped"}
    assert found.decided
    assert not found.stands
    assert sorted(path.name for path in found.write()) == ["article.txt", "statements.yaml"]
    assert (folder / "article.txt").read_bytes() == new.read_bytes()
    after = (folder / "statements.yaml").read_bytes().decode()
    # Line by line only signs and the digest differ, but for values that now need quotation marks.
    for old_line, new_line in zip(before.decode().split("\n"), after.split("\n"), strict=True):
        if "sha256" in old_line:
            assert new_line == f"  sha256: {found.new.sha256}"
        elif old_line != new_line:
            plain = old_line.translate(SIGNS)
            assert new_line in (plain, plain.replace(': "', ": '\"") + "'")
    assert not dk.check(folder)
    assert rebase(folder / "article.txt", folder).stands


def test_nth_is_written_when_a_sentence_comes_before(revise: Revise, mini: Path) -> None:
    """The words of a quote come to stand in the lead as well, in another sentence."""
    words = "The army said that it would withdraw."
    path = mini / "statements.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f"quote: {words}", "quote: it would withdraw")
    )
    found = revise(("in May 2030.", "in May 2030. Nobody believed it would withdraw before June."))
    (held,) = [held for held in found.held if held.old.exact == "it would withdraw"]
    assert held.standing == "unchanged"
    assert [(one.path[-1], one.value) for one in held.settings] == [("nth", "2")]
    assert "quote: it would withdraw\n    nth: 2\n    states:" in found.statements_text()


def test_a_section_is_written_when_it_is_renamed(revise: Revise, mini: Path) -> None:
    path = mini / "statements.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"quote: {SHELLING}", f"quote: {SHELLING}\n    section: Events"))
    found = revise(("== Events ==", "== Course of events: May =="))
    held = of(found, SHELLING)
    assert [(one.path[-1], one.value) for one in held.settings] == [
        ("section", "Course of events: May")
    ]
    assert "    section: 'Course of events: May'\n" in found.statements_text()
    assert found.decided
    assert not found.stands


def test_the_digest_waits_until_nothing_is_left_to_decide(tmp_path: Path, mini: Path) -> None:
    path = mini / "statements.yaml"
    old = rebase(mini / "article.txt", mini).old.sha256
    path.write_text(
        path.read_text(encoding="utf-8").replace("  about:", f"  sha256: {old}\n  about:")
    )
    text = (mini / "article.txt").read_text(encoding="utf-8")
    new = tmp_path / "new.txt"
    new.write_text(text.replace("3–5 May", "3-5 May").replace("killing two", "killing six"))
    found = rebase(new, mini)
    assert found.pin is not None
    found.write()
    assert f"sha256: {old}\n" in path.read_text(encoding="utf-8")
    said = [str(fault) for fault in dk.check(mini)]
    assert any("article.txt is not the text pinned here" in line for line in said)


def test_nothing_is_written_when_a_file_cannot_be(
    mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new.txt"
    text = (mini / "article.txt").read_text(encoding="utf-8")
    new.write_text(
        text.replace("On 3 May, the army", "On 3\u00a0May, the army").replace("3–5", "3-5")
    )
    path = mini / "statements.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  about:", f"  sha256: {'0' * 64}\n  about:")
    )
    found = rebase(new, mini)
    assert found.decided
    before = {file.name: file.read_bytes() for file in mini.iterdir()}
    from daraa_kg import writing

    write = writing.write_atomically

    def fail(target: Path, data: bytes) -> None:
        if target.name == "statements.yaml":
            raise OSError(28, "No space left on device")
        write(target, data)

    monkeypatch.setattr(writing, "write_atomically", fail)
    with pytest.raises(OSError, match="No space left"):
        found.write()
    assert {file.name: file.read_bytes() for file in mini.iterdir()} == before


# --- an earlier revision of the shipped article --------------------------------------------------

# Read off both texts by hand: the beginning of each stretch that does not read the same.
FIELDS = {"Date", "Territory", "Combatant1", "Combatant2", "Commander1", "Commander2"}
CHANGED = (
    "The 2021 Daraa offensive was",
    "The southern city of Daraa",
    "Therefore, it was",
    "Reconciliation deals were made",
    "and in Nawa",
    "The demand was",
    "Following the rejection",
    "As a result",
    "On 5 August",
    "On 14 August",
    "On 16 August",
    "On 19 August",
    "On 20 August",
    "On 25 August",
    "Rebels forces will",
    "On 26 August",
    "This follows Syrian army",
    "On 27 August",
    "Between 29 and 30 August",
    "After the heavy bombardment",
    "The truce was soon",
    "On 5 September",
    "On 3 August",
)


@pytest.fixture(scope="module")
def earlier() -> Rebase:
    return rebase(EARLIER, ARTICLE)


needs_corpus = pytest.mark.skipif(
    not EARLIER.is_file(),
    reason="the earlier revision of the article is not distributed with the source",
)


@needs_corpus
def test_the_earlier_revision(earlier: Rebase) -> None:
    changed = earlier.having("changed")
    assert {held.old.field for held in changed if held.old.field} == FIELDS
    quotes = [held.old.exact for held in changed if not held.old.field]
    assert len(quotes) == len(CHANGED)
    for words, start in zip(quotes, CHANGED, strict=True):
        assert words.startswith(start)
    assert [held.old.field for held in earlier.having("retyped")] == ["Units1"]
    assert not earlier.having("gone", "unclear")
    assert not any(held.moved for held in earlier.held)
    assert (earlier.sentences, earlier.fields, earlier.words) == ((), (), ())
    assert not earlier.foreign


@needs_corpus
@pytest.mark.parametrize(
    ("start", "was", "now"),
    [
        ("The demand", "The [-demand-] was widely rejected across the area.",
         "The {+request+} was widely rejected across the area."),
        ("Reconciliation deals",
         'Reconciliation deals were made [-in Daraa, where they had to return their "heavy weapons"-]',
         "Reconciliation deals were made"),
        ("and in Nawa",
         'and [-in Nawa, where-] the rebels had to [-surrender-] their [-"military hardware"-] to the Syrian Army.',
         "and the rebels had to {+hand over+} their {+weapons+} to the Syrian Army."),
        ("Therefore", "Therefore[-,-] it was a major blow for the rebels when they were defeated in the province in 2018.",
         "Therefore it was a major blow for the rebels when they were defeated in the province in 2018."),
    ],
)  # fmt: skip
def test_both_wordings_of_the_earlier_revision(
    earlier: Rebase, start: str, was: str, now: str
) -> None:
    assert sides(of(earlier, start)) == [was, now]


@needs_corpus
def test_the_flags_of_the_earlier_revision(earlier: Rebase) -> None:
    """Its infobox knows of the Syrian flag alone, and two statements repeat the newer words."""
    held = of(earlier, "Rebels storm 18 checkpoints")
    assert "Syrian [-and Russian flags-] raised" in sides(held)[0]
    assert "Syrian {+flag+} raised" in sides(held)[1]
    words = "Syrian and Russian flags raised in the neighborhood"
    assert [(one.key, one.text) for one in held.lost] == [("wording", words)] * 2
    kinds = [claim.id for claim in held.claims if claim.kind == "FlagRaising"]
    assert kinds == ["event/raising-of-the-syrian-flag", "event/raising-of-the-russian-flag"]


@needs_corpus
@pytest.mark.parametrize(
    ("start", "number", "dates"),
    [
        ("On 5 August", "“six” is now “6”: the same number", "the same date, written otherwise"),
        ("On 19 August", "“six” is now “6”: the same number", "the same date, written otherwise"),
        ("On 26 August", "“four” is now “4”: the same number", "the same date, written otherwise"),
        ("This follows", "“two” is now “2”: the same number", ""),
        ("On 27 August", "“six” is now “6”: the same number", "the same date, written otherwise"),
        ("Between 29", "“seven” is now “7”: the same number", "the same dates, written otherwise"),
    ],
)
def test_no_number_of_the_earlier_revision_is_another(
    earlier: Rebase, start: str, number: str, dates: str
) -> None:
    held = of(earlier, start)
    assert [str(change) for change in held.numbers] == [number]
    assert str(held.dates) == dates
    assert not any(held.disputed for held in earlier.held)


@needs_corpus
def test_another_battle_of_the_same_war_is_foreign() -> None:
    found = rebase(EARLIER.with_name("syria__battle_of_al-haffah.txt"), ARTICLE)
    assert found.foreign
