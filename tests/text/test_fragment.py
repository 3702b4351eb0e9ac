"""Deep links: what is encoded, and that the link finds its passage again."""

from __future__ import annotations

import doctest
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.text import fragment
from daraa_kg.text.article import read_article
from daraa_kg.text.fragment import deep_link

ROOT = Path(__file__).resolve().parents[2]
DARAA = read_article(ROOT / "data" / "articles" / "2021-daraa-offensive" / "article.txt")
PAGE = "https://en.wikipedia.org/wiki/2021_Daraa_offensive"


@pytest.mark.parametrize(
    ("exact", "directive"),
    [
        ("The demand", "The%20demand"),
        (
            "al-Ruba’i, R&D: 1 + 1 = 2?",
            "al%2DRuba%E2%80%99i%2C%20R%26D%3A%201%20%2B%201%20%3D%202%3F",
        ),
        ("two\n  lines", "two%20lines"),
        ("one two three four five six. Seven", "one%20two%20three%20four%20five,six.%20Seven"),
        (
            "a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2",
            "a1%20a2%20a3%20a4%20a5,a7%20a8%20a9%20b1%20b2",
        ),
        ("#:~:text=x", "%23%3A~%3Atext%3Dx"),
        ("Supercalifragilisticexpialidocious" * 2, "Supercalifragilisticexpialidocious" * 2),
    ],
)
def test_the_directive(exact: str, directive: str) -> None:
    assert deep_link(PAGE, exact) == f"{PAGE}#:~:text={directive}"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/", "https://example.org/#:~:text=a"),
        ("https://example.org/#Clashes", "https://example.org/#Clashes:~:text=a"),
        ("https://example.org/#:~:text=b", "https://example.org/#:~:text=b&text=a"),
    ],
)
def test_addresses_with_a_fragment(url: str, link: str) -> None:
    assert deep_link(url, "a") == link


def test_the_first_words_grow_until_they_are_there_once() -> None:
    text = "x a b c d e f g. x a b c d e h i j k l m n."
    exact = "x a b c d e h i j k l m n."
    link = deep_link(PAGE, exact, text=text)
    assert link == f"{PAGE}#:~:text=x%20a%20b%20c%20d%20e%20h,j%20k%20l%20m%20n."


def test_words_before_tell_repeats_apart() -> None:
    text = "He left Daraa. She left Daraa."
    assert deep_link(PAGE, "left Daraa", text=text, start=19) == (
        f"{PAGE}#:~:text=She-,left%20Daraa"
    )
    assert deep_link(PAGE, "left Daraa", text=text, start=3) == f"{PAGE}#:~:text=He-,left%20Daraa"
    assert deep_link(PAGE, "She left", text=text, start=15) == f"{PAGE}#:~:text=She%20left"


@pytest.mark.parametrize("exact", ["", " \n"])
def test_a_passage_without_words(exact: str) -> None:
    with pytest.raises(
        ValueError,
        match=r"^a passage without words cannot be linked to: give the passage's exact words$",
    ):
        deep_link(PAGE, exact)


def find(text: str, directive: str) -> tuple[int, int]:
    """Do what a browser does with `[prefix-,]start[,end]`: the first place of each in turn."""
    parts = directive.split(",")
    prefix = unquote(parts.pop(0)[:-1]) + " " if parts[0].endswith("-") else ""
    words = [unquote(part) for part in parts]
    text, words = text.lower(), [word.lower() for word in words]
    begin = text.index(prefix.lower() + words[0]) + len(prefix)
    stop = begin + len(words[0])
    return begin, stop if len(words) == 1 else text.index(words[1], stop) + len(words[1])


@given(st.data())
def test_a_link_finds_its_passage_again(data: st.DataObject) -> None:
    text = " ".join(DARAA.text.split())
    if data.draw(st.booleans()):
        # Few words, so that much is repeated.
        text = " ".join(data.draw(st.lists(st.sampled_from(["a", "b", "A", "c."]), min_size=2)))
    starts = [0, *(i + 1 for i, c in enumerate(text) if c == " ")]
    start = data.draw(st.sampled_from(starts))
    later = [i - 1 for i in starts if i > start + 1][:60] or [len(text)]
    end = data.draw(st.sampled_from(later))
    link = deep_link(PAGE, text[start:end], text=text, start=start)
    base, _, directive = link.partition("#:~:text=")
    assert base == PAGE
    assert not set(directive) & set(" &\n")
    assert find(text, directive) == (start, end)


def test_examples_of_the_docstrings_run() -> None:
    results = doctest.testmod(fragment)
    assert (results.failed, results.attempted > 0) == (0, True)
