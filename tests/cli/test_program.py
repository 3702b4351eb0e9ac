"""The program's words: help, version, and words that it does not know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import daraa_kg as dk
from daraa_kg.cli.program import VERBS

Run = Callable[..., tuple[int, str, str]]


def test_help_lists_every_verb_with_a_sentence(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    for name in VERBS:
        assert any(
            line.startswith(f"  {name} ") and len(line.split()) > 3 for line in out.splitlines()
        )
    assert (
        "Exit codes: 0, it holds; 1, it does not (faults, no such thing); 2, it could not run."
        in " ".join(out.split())
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_help_that_reads_well(run: Run, verb: str) -> None:
    code, out, err = run(verb, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: daraa-kg {verb}")
    paragraphs = [" ".join(part.split()) for part in out.split("\n\n")]
    assert paragraphs[1].endswith("."), "the first paragraph is not a sentence"
    assert "--debug" not in out
    assert f"\n  Examples:\n    daraa-kg {verb}" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_version_is_the_packages(run: Run) -> None:
    assert run("--version") == (0, f"daraa-kg {dk.__version__}\n", "")


def test_no_words_at_all_give_the_help_and_say_it_could_not_run(run: Run) -> None:
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.startswith("Usage: daraa-kg [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("shwo", "x"), "error: “shwo” is no command; did you mean show?"),
        (("abcdefg",), "error: “abcdefg” is no command; daraa-kg --help lists them"),
        (("show",), "error: Missing argument 'ID'"),
        (
            ("query",),
            "error: Missing argument 'NAME|FILE.rq|SPARQL|-'. daraa-kg queries lists the names",
        ),
    ],
)
def test_bad_words_are_told_in_a_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == sentence
    assert err.splitlines()[1].endswith("--help says more") or "--help lists them" in sentence


def test_a_misspelt_option_gets_a_suggestion(run: Run) -> None:
    code, _, err = run("query", "--frmat", "csv", "timeline")
    assert code == 2
    assert "--format" in err
