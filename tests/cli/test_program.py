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
        (("show",), "error: ID is missing; daraa-kg show --help says more"),
        (
            ("query",),
            "error: NAME|FILE.rq|SPARQL|- is missing; daraa-kg queries lists the names",
        ),
        (("load",), "error: --endpoint is missing; daraa-kg load --help says more"),
        (("show", "a", "b"), "error: “b” is more than there is a place for; daraa-kg show --help says more"),
        (("show", "--fromat"), "error: there is no option “--fromat”; did you mean --format?"),
        (("--foo",), "error: there is no option “--foo”; daraa-kg --help says more"),
        (("query", "timeline", "--format"), "error: --format needs a value"),
        (("query", "timeline", "--ids=x"), "error: --ids takes no value"),
        (("query", "timeline", "--format", "xm"), "error: --format: “xm” is not known; did you mean xml?"),
        (("check", "--format", "xml"), "error: --format: “xml” is not known; write table or json"),
        (("gaps", "--kind", "unamed"), "error: --kind: “unamed” is not known; did you mean unnamed?"),
        (("accounts", "--only", "x"), "error: --only: “x” is not known; write accounts, contradictions or reports"),
        (("serve", "--port", "abc"), "error: --port: “abc” is no whole number from 0 to 65,535; daraa-kg serve --help says more"),
        (("serve", "--port", "99999"), "error: --port: “99999” is no whole number from 0 to 65,535; daraa-kg serve --help says more"),
        (("serve", "--timeout", "1.5"), "error: --timeout: “1.5” is no whole number from 1 to 3,600; daraa-kg serve --help says more"),
    ],
)  # fmt: skip
def test_bad_words_are_told_in_a_sentence(run: Run, words: tuple[str, ...], sentence: str) -> None:
    assert run(*words) == (2, "", f"{sentence}\n")


def test_a_misspelt_option_gets_a_suggestion(run: Run) -> None:
    code, _, err = run("query", "--frmat", "csv", "timeline")
    assert code == 2
    assert "--format" in err


@pytest.mark.parametrize("seconds", ["inf", "-inf", "nan", "1e10", "0", "-1", "3601", "soon"])
@pytest.mark.parametrize("verb", [("query", "timeline"), ("load",)])
def test_no_wait_has_no_end(run: Run, verb: tuple[str, ...], seconds: str) -> None:
    code, out, err = run(*verb, "--endpoint", "http://127.0.0.1:1/", "--timeout", seconds)
    assert (code, out) == (2, "")
    assert err == (
        f"error: --timeout: “{seconds}” is no number from 0.001 to 3,600; "
        f"daraa-kg {verb[0]} --help says more\n"
    )
