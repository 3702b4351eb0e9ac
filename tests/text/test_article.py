"""The article reader: layout, offsets, line ends, faults, and every article of the corpus."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text.article import (
    Article,
    ArticleError,
    Field,
    parse_article,
    read_article,
    section_name,
)

ROOT = Path(__file__).resolve().parents[2]
DARAA = ROOT / "data" / "articles" / "2021-daraa-offensive" / "article.txt"
CORPUS = ROOT.parent / "shared" / "corpus" / "articles"

SMALL = """= The war =

Infobox
- Date: 1 May, ()
- Toll: 3: all “soldiers”
- Empty:
- Toll: none

It began. It ended.

==Background==
First.
=== 2012 ===
Second. Third.
== Aftermath ==
- A list. Of two.
| a | b |
| --- | --- |
"""


def parse(text: str) -> Article:
    return parse_article(text, "small")


def check_offsets(article: Article) -> None:
    """Every part slices back to itself, in order, without overlap, and sentences tile blocks."""
    text = article.text
    for parts in (article.blocks, article.sentences):
        ends = [0, *(part.end for part in parts)]
        assert all(end <= part.start for end, part in zip(ends, parts, strict=False))
    for field in article.fields:
        assert text[field.start : field.end] == field.value
        line = text[field.line_start : field.end].lstrip()
        assert line.startswith("- ")
        assert line.endswith(field.value)
        assert line.removeprefix("- ").lstrip().startswith(field.key)
    said = ["" for _ in article.blocks]
    for sentence in article.sentences:
        assert sentence.section == article.blocks[sentence.block].section
        said[sentence.block] += text[sentence.start : sentence.end]
    for block, words in zip(article.blocks, said, strict=True):
        shown = text[block.start : block.end]
        assert shown == shown.strip()
        assert "\n" not in shown
        if block.kind in ("paragraph", "item"):
            assert "".join(words.split()) == "".join(shown.split())


def test_the_small_article_by_hand() -> None:
    article = parse(SMALL)
    assert article.title == "The war"
    # "= The war =" and its line end are 12 characters, the empty line 1, "Infobox" and its 8.
    assert article.fields == (
        Field(29, 38, "Date", "1 May, ()", 21),
        Field(47, 64, "Toll", "3: all “soldiers”", 39),
        Field(73, 73, "Empty", "", 65),
        Field(82, 86, "Toll", "none", 74),
    )
    assert [(b.kind, SMALL[b.start : b.end], section_name(b.section)) for b in article.blocks] == [
        ("title", "The war", "lead"),
        ("field", "1 May, ()", "Infobox"),
        ("field", "3: all “soldiers”", "Infobox"),
        ("field", "", "Infobox"),
        ("field", "none", "Infobox"),
        ("paragraph", "It began. It ended.", "lead"),
        ("heading", "Background", "Background"),
        ("paragraph", "First.", "Background"),
        ("heading", "2012", "Background > 2012"),
        ("paragraph", "Second. Third.", "Background > 2012"),
        ("heading", "Aftermath", "Aftermath"),
        ("item", "A list. Of two.", "Aftermath"),
        ("line", "| a | b |", "Aftermath"),
        ("line", "| --- | --- |", "Aftermath"),
    ]
    assert [(SMALL[s.start : s.end], s.block) for s in article.sentences] == [
        ("It began.", 5),
        ("It ended.", 5),
        ("First.", 7),
        ("Second.", 9),
        ("Third.", 9),
        ("A list.", 11),
        ("Of two.", 11),
        ("| a | b |", 12),
    ]
    assert article.sections == (
        ("Infobox",),
        (),
        ("Background",),
        ("Background", "2012"),
        ("Aftermath",),
    )
    check_offsets(article)


def test_looking_up_offsets() -> None:
    article = parse(SMALL)
    start = SMALL.index("It began.")
    assert article.block_at(0) is None
    assert article.block_at(2) == article.blocks[0]
    assert article.block_at(start + 18) == article.blocks[5]
    assert article.block_at(start + 19) is None
    assert article.block_at(len(SMALL) + 5) is None
    assert [s.start for s in article.sentences_in(start, start + 1)] == [start]
    assert [s.start for s in article.sentences_in(start + 8, start + 11)] == [start, start + 10]
    assert article.sentences_in(start + 9, start + 10) == ()
    assert [article.line_of(i) for i in (0, 11, 12, 13, len(SMALL))] == [1, 1, 2, 3, 19]


def test_the_name_of_a_passage() -> None:
    article = parse("= A =\n")
    digest = hashlib.sha256(b"= A =\n").hexdigest()
    assert article.sha256 == digest
    name = article.passage_iri("https://example.org/id/", 2, 3)
    assert name == f"https://example.org/id/small/text/{digest[:8]}#char=2,3"
    spaced = parse_article("= A =", "a b/ç").passage_iri("https://example.org/", 0, 1)
    assert spaced.startswith("https://example.org/a%20b%2F%C3%A7/text/")


@pytest.mark.parametrize("title", ["= T =", "=T=", "\n\n = T = \n", "\ufeff= T ="])
def test_titles(title: str) -> None:
    assert parse(title).title == "T"


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("== A ==", ("A",)),
        ("==A==", ("A",)),
        ("====== A ======", ("A",)),
        ("=== A ==", ("= A",)),
        ("== A = B ==", ("A = B",)),
        ("= A =", ("A",)),
    ],
)
def test_headings(line: str, section: tuple[str, ...]) -> None:
    assert parse(f"= T =\n{line}\nText.").blocks[-1].section == section


@pytest.mark.parametrize(
    "line", ["=", "==", "== ==", "= x", "x ==", "=====" * 5, "=" + "x" * 50_000]
)
def test_no_headings(line: str) -> None:
    assert parse(f"= T =\n{line}").blocks[-1].kind == "paragraph"


def test_levels_close_the_levels_below_them() -> None:
    article = parse("= T =\n== A ==\n==== B ====\n=== C ===\n=== D ===\n== E ==\n")
    assert [section_name(b.section) for b in article.blocks] == [
        "lead",
        "A",
        "A > B",
        "A > C",
        "A > D",
        "E",
    ]


def test_the_infobox_ends_where_its_lines_do() -> None:
    article = parse("= T =\nInfobox\n- A: b\n- no key\nProse: here.\n- C: d\n\nInfobox\n- E: f\n")
    assert [(b.kind, b.section) for b in article.blocks[1:]] == [
        ("field", ("Infobox",)),
        ("line", ("Infobox",)),
        ("paragraph", ()),
        ("item", ()),
        ("paragraph", ()),
        ("item", ()),
    ]
    assert [field.key for field in article.fields] == ["A"]


def test_other_line_separators_end_no_line() -> None:
    text = "= T =\nOne\u2028two\x0cthree\x85four.\n"
    assert [text[b.start : b.end] for b in parse(text).blocks[1:]] == [
        "One\u2028two\x0cthree\x85four."
    ]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_bom_change_nothing(ending: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "small" / "article.txt"
    path.parent.mkdir()
    path.write_bytes((mark + SMALL.replace("\n", ending)).encode())
    read, plain = read_article(path), parse(SMALL)
    assert (read.slug, read.path) == ("small", path)
    assert (read.text, read.sha256) == (plain.text, plain.sha256)
    assert (read.blocks, read.fields, read.sentences) == (
        plain.blocks,
        plain.fields,
        plain.sentences,
    )


def test_the_slug_is_the_folder_or_the_stem_or_what_is_asked(tmp_path: Path) -> None:
    for name in ("article.txt", "a_war.txt"):
        (tmp_path / name).write_text("= T =", encoding="utf-8")
    assert read_article(tmp_path / "article.txt").slug == tmp_path.name
    assert read_article(tmp_path / "a_war.txt").slug == "a_war"
    assert read_article(tmp_path / "a_war.txt", "war").slug == "war"


# Faults


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"", ":1:1", "the article is empty: its first line must read “= Title =”"),
        (
            b"\xef\xbb\xbf \r\n",
            ":1:1",
            "the article is empty: its first line must read “= Title =”",
        ),
        (
            b"\nThe war\n",
            ":2:1",
            "the article has no title: its first line must read “= Title =”",
        ),
        (
            b"== The war ==\n",
            ":1:1",
            "the article has no title: its first line must read “= Title =”",
        ),
        (
            b"= T =\r\n\xc3\xa9t\xe9\n",
            ":2:3",
            "the file is not UTF-8: byte 10 is 0xE9; save it as UTF-8",
        ),
        (
            "= T =\n".encode("utf-16"),
            ":1:1",
            "the file is not UTF-8 and looks like UTF-16: byte 0 is 0xFF; save it as UTF-8",
        ),
        (
            "= T =\n".encode("utf-16-le"),
            ":1:2",
            "the file is not UTF-8 and looks like UTF-16: byte 1 is 0x00; save it as UTF-8",
        ),
        (
            "\ufeff= T =\r\nÉté\0 et automne 2021\r\n".encode(),
            ":2:4",
            "the character U+0000 may not stand in an article; delete it",
        ),
    ],
)
def test_bad_files(data: bytes, place: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    with pytest.raises(ArticleError) as caught:
        read_article(path)
    assert str(caught.value) == f"{path}{place}: error: {message}"
    assert (caught.value.path, caught.value.message) == (path, message)
    assert isinstance(caught.value, ValueError)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    missing = tmp_path / "none.txt"
    with pytest.raises(ArticleError) as caught:
        read_article(missing)
    expected = f"{missing}: error: there is no such file: name an article's text file"
    assert str(caught.value) == expected
    with pytest.raises(ArticleError) as caught:
        read_article(tmp_path)
    expected = f"{tmp_path}: error: this is a folder, not a file: name the article.txt in it"
    assert str(caught.value) == expected
    assert (caught.value.line, caught.value.byte) == (0, None)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("= T =", encoding="utf-8")
    path = tmp_path / "article.txt" / "article.txt"
    with pytest.raises(ArticleError) as caught:
        read_article(path)
    assert (
        str(caught.value)
        == f"{path}: error: the file cannot be read: a part of the path is a file, not a folder"
    )


def test_a_text_in_memory_is_named_so() -> None:
    with pytest.raises(ArticleError) as caught:
        parse("x")
    expected = "article:1:1: error: the article has no title: its first line must read “= Title =”"
    assert str(caught.value) == expected


# Properties

LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.sampled_from(
        [
            "Infobox",
            "- Key: value. Two.",
            "- Key:",
            "== A ==",
            "===B===",
            "- an item. Two.",
            "| a |",
        ]
    ),
    st.sampled_from(["", " ", "Lt. Col. Ali came. He left.", "“Quoted.” Then."]),
)


@given(st.lists(LINES, max_size=12))
def test_offsets_of_any_text_slice_back(lines: list[str]) -> None:
    check_offsets(parse("\n".join(["= T =", *lines])))


@given(st.lists(LINES, max_size=12))
def test_line_ends_and_bom_never_change_offsets(lines: list[str]) -> None:
    text = "\n".join(["= T =", *(line.replace("\r", "") for line in lines)])
    plain = parse(text)
    for variant in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text):
        assert parse(variant) == plain


# Real articles


def test_the_reference_article_by_hand() -> None:
    article = read_article(DARAA)
    assert article.title == "2021 Daraa offensive"
    assert len(article.text) == 8443
    assert article.sha256 == "b051e082370252f72f222281bf2d9c564209c59ab14a5b08c5826c4d016ef12e"
    assert article.digest8 == "b051e082"
    assert len(article.fields) == 14
    assert article.fields[1].value == "29 July – 5 September 2021, ()"
    counted: dict[str, int] = {}
    for sentence in article.sentences:
        name = section_name(sentence.section)
        counted[name] = counted.get(name, 0) + 1
    assert counted == {"lead": 3, "Background": 13, "Clashes": 35, "Reactions": 2, "See also": 1}
    said = [article.text[s.start : s.end] for s in article.sentences]
    assert said[17].endswith("who thwarted a reconciliation deal.”")
    assert said[41].startswith("On 27 August six members of the reconciled 5th Corps")
    assert said[-1] == "March 2020 Daraa clashes"
    check_offsets(article)


@pytest.mark.skipif(
    not CORPUS.is_dir(),
    reason="the corpus of articles that this was tried on is not distributed with the source",
)
def test_every_article_of_the_corpus() -> None:
    paths = sorted(CORPUS.glob("*.txt"))
    assert len(paths) > 200
    infoboxes = 0
    began = time.perf_counter()
    for path in paths:
        article = read_article(path)
        infoboxes += bool(article.fields)
        assert article.sentences
        assert article.slug == path.stem
        check_offsets(article)
    assert infoboxes == 132
    # About a second; a rule that looks back over the whole text each time would take many minutes.
    assert time.perf_counter() - began < 60
