"""`check` end to end: each fault of tests/check/faults has its exact lines; no input is a traceback.

A case is a name after `##`, an edit of the small article's files, and what `check` then says:
lines with `-` are taken out, those with `+` put in their place, `‸` marks the places of the faults
in their order, and `=` begins the sentence of each. `@ FILE` edits another file than statements.yaml.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daraa_kg.graph.builder import build, check

CHECK = Path(__file__).parents[1] / "check"
MARK = "‸"


@dataclass
class Case:
    name: str
    edits: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)


def read_cases(path: Path) -> list[Case]:
    cases: list[Case] = []
    file = "statements.yaml"
    before = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        sign, rest = line[:1], line[2:]
        if line.startswith("## "):
            cases.append(Case(line[3:]))
            file = "statements.yaml"
        elif sign == "@":
            file = rest
        elif sign in "-+" and sign:
            if before not in ("-", "+") or (sign == "-" and before == "+"):
                cases[-1].edits.append((file, [], []))
            _, old, new = cases[-1].edits[-1]
            (old if sign == "-" else new).append(rest)
        elif sign == "=":
            cases[-1].expected.append(rest)
        else:
            assert not line.strip() or line.startswith("#"), f"{path.name}: {line}"
        before = sign
    return cases


CASES = {
    f"{path.stem}: {case.name}": case
    for path in sorted((CHECK / "faults").glob("*.txt"))
    for case in read_cases(path)
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the small article's folder, which has no fault, and go there."""
    here = tmp_path / "siege-of-qasr"
    here.mkdir()
    for name in ("article.txt", "statements.yaml", "places.yaml"):
        shutil.copy(CHECK / name, here / name)
    monkeypatch.chdir(here)
    return here


def said(path: Path | None = None) -> list[str]:
    return [str(fault) for fault in check(path or Path())]


def apply(case: Case, folder: Path) -> list[str]:
    """Edit the files, and give the places that the edit marks, in the order of file and line."""
    for name, old, new in case.edits:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        wanted = "".join(f"{line}\n" for line in old)
        assert text.count(wanted) == 1, f"{name} has this {text.count(wanted)} times: {wanted}"
        path.write_text(
            text.replace(wanted, "".join(f"{line}\n" for line in new)), encoding="utf-8"
        )
    marks: list[str] = []
    for path in sorted(folder.iterdir()):
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            marks.extend(
                f"{path.name}:{number}:{found.start() + 1 - nth}: error: "
                for nth, found in enumerate(re.finditer(MARK, line))
            )
        path.write_text(text.replace(MARK, ""), encoding="utf-8")
    return marks


def test_the_small_article_has_no_fault(folder: Path) -> None:
    assert said(folder) == []


def test_cases_are_found() -> None:
    assert len(CASES) > 150


@pytest.mark.parametrize("name", CASES)
def test_a_case_without_a_fault_says_so(name: str) -> None:
    assert ("no fault" in name) == (not CASES[name].expected)


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_said_where_it_is(name: str, folder: Path) -> None:
    case = CASES[name]
    marks = apply(case, folder)
    expected = [line if " error: " in line else marks.pop(0) + line for line in case.expected]
    assert said() == expected
    assert marks == []


# --- files that are none, and encodings --------------------------------------------------------------


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_file_that_is_missing(folder: Path) -> None:
    (folder / "statements.yaml").unlink()
    assert said() == ["statements.yaml: error: there is no such file"]


def test_an_article_that_is_missing(folder: Path) -> None:
    (folder / "article.txt").unlink()
    assert said() == [
        "article.txt: error: there is no such file: name an article's text file",
    ]


def test_a_directory_in_place_of_a_file(folder: Path) -> None:
    (folder / "statements.yaml").unlink()
    (folder / "statements.yaml").mkdir()
    assert said() == ["statements.yaml: error: this is a directory, and a YAML file is needed"]


def test_a_link_that_leads_to_itself(folder: Path) -> None:
    (folder / "statements.yaml").unlink()
    (folder / "statements.yaml").symlink_to("statements.yaml")
    assert said() == ["statements.yaml: error: the file cannot be read: the link leads to itself"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_file(folder: Path, text: str) -> None:
    (folder / "statements.yaml").write_text(text)
    assert said() == ["statements.yaml:1:1: error: the file is empty"]


@pytest.mark.parametrize(
    ("text", "what"), [("hello", "“hello”"), ("- a\n- b\n", "a list"), ("[]", "a list")]
)
def test_a_file_that_is_no_mapping(folder: Path, text: str, what: str) -> None:
    (folder / "statements.yaml").write_text(text)
    assert said() == [
        f"statements.yaml:1:1: error: the file is keys and values, and this is {what}"
    ]


def test_an_empty_article(folder: Path) -> None:
    (folder / "article.txt").write_text("")
    assert said() == [
        "article.txt:1:1: error: the article is empty: its first line must read “= Title =”"
    ]


def test_a_latin_1_file(folder: Path) -> None:
    text = (folder / "statements.yaml").read_text(encoding="utf-8").replace("’", "'")
    before = text.replace("Truce in", "Trêve in").partition("ê")[0]
    (folder / "statements.yaml").write_bytes(text.replace("Truce in", "Trêve in").encode("latin-1"))
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert said() == [
        f"statements.yaml:{line}:{column}: error: byte {len(before)} (0xea) is not UTF-8; "
        "save the file as UTF-8"
    ]


def test_a_utf_16_file(folder: Path) -> None:
    text = (folder / "statements.yaml").read_text(encoding="utf-8")
    (folder / "statements.yaml").write_bytes(text.encode("utf-16"))
    assert said() == [
        "statements.yaml:1:1: error: byte 0 (0xff) is not UTF-8; save the file as UTF-8"
    ]


def test_a_zero_byte(folder: Path) -> None:
    replace(folder / "statements.yaml", "        label: Truce in Qasr", "        label: Truce\0")
    text = (folder / "statements.yaml").read_text(encoding="utf-8")
    line = text.partition("\0")[0].count("\n") + 1
    assert said() == [
        f"statements.yaml:{line}:21: error: the character U+0000 may not stand in YAML; delete it"
    ]


def test_an_article_in_another_encoding(folder: Path) -> None:
    (folder / "article.txt").write_bytes(b"= Siege of Qasr =\n\nCaf\xe9.\n")
    assert said() == [
        "article.txt:3:4: error: the file is not UTF-8: byte 22 is 0xE9; save it as UTF-8"
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_change_nothing(folder: Path, end: str, mark: str) -> None:
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("\n", end)
        path.write_bytes((mark + text).encode())
    assert said() == []
    path = folder / "statements.yaml"
    path.write_bytes(path.read_bytes().replace(b"The gunmen refused.", b"The gunmen left."))
    assert said() == [
        "statements.yaml:94:12: error: the quote “The gunmen left.” is not in the article; "
        "the nearest stretch is “The gunmen refused.” (line 11, characters 358–377, “Talks”): "
        "the quote has “left.” where the article has “refused.”"
    ]


def test_line_ends_leave_the_grounds_of_passages_as_they_are(folder: Path) -> None:
    before = [str(iri) for iri in build(folder, validate=False).passages]
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        path.write_bytes(("\ufeff" + text).encode())
    assert [str(iri) for iri in build(folder, validate=False).passages] == before


BOMB = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30))
HOSTILE = {
    "alias bomb": (BOMB, "1:4: error: “&a” is an anchor; write the value out where it is needed"),
    "deep brackets": (
        "article: " + "[" * 10_000 + "]" * 10_000,
        "1:39: error: this is nested more than 30 levels deep",
    ),
    "deep braces": (
        "{a: " * 10_000 + "}" * 10_000,
        "1:118: error: this is nested more than 30 levels deep",
    ),
    "deep indentation": (
        "\n".join(" " * n + "a:" for n in range(2000)),
        "30:30: error: this is nested more than 30 levels deep",
    ),
    "a tab": ("\t\n", "1:1: error: a tab stands where YAML needs spaces; indent with spaces"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file(folder: Path, name: str) -> None:
    text, message = HOSTILE[name]
    (folder / "statements.yaml").write_text(text)
    assert said() == [f"statements.yaml:{message}"]


def test_a_file_of_five_megabytes(folder: Path) -> None:
    replace(folder / "statements.yaml", "label: Truce in Qasr", "label: " + "x" * 5_000_000)
    assert said() == []


def test_a_quote_of_five_megabytes(folder: Path) -> None:
    words = "the army " * 600_000
    replace(folder / "statements.yaml", "quote: The gunmen refused.", f"quote: {words}")
    (line,) = said()
    assert line.startswith("statements.yaml:94:12: error: the quote “the army the army ")
    assert line.endswith("the army” is longer than the article; copy words of one paragraph")
    assert len(line) < 250


def test_a_count_of_many_digits(folder: Path) -> None:
    replace(folder / "statements.yaml", "count: 14", "count: " + "9" * 5000)
    assert said() == [
        "statements.yaml:24:20: error: a number of 5000 digits counts nothing; "
        "write the number of the text"
    ]


@pytest.mark.parametrize(
    "label", ["Truce 🕊️ in Qasr", "هدنة في القصر", "Tre\u0302ve", "no", "2015-05-09", "1e3", "0o14"]
)
def test_any_script_is_a_text_and_stays_as_it_is(folder: Path, label: str) -> None:
    replace(folder / "statements.yaml", "label: Truce in Qasr", f"label: {label}")
    assert said() == []
    graph = build(folder, validate=False)
    truce = f"{graph.base}{graph.slug}/event/truce"
    assert [graph_label(t) for t in graph.find(truce) if "label" in t.predicate.value] == [label]


def graph_label(triple: object) -> str:
    return str(triple.object.value)  # type: ignore[attr-defined]


def test_places_that_cannot_be_read_are_one_fault(folder: Path) -> None:
    (folder / "places.yaml").write_text("entries: [\n")
    assert said() == [
        "places.yaml:2:1: error: a value is missing in these brackets; write it, and close them"
    ]


def test_statements_by_another_name(folder: Path) -> None:
    (folder / "statements.yaml").rename(folder / "draft.yaml")
    replace(folder / "draft.yaml", "type: Ceasefire", "type: Truce")
    assert said(Path("draft.yaml")) == [
        "draft.yaml:110:15: error: “Truce” is no class of the vocabulary; did you mean type: Ceasefire?"
    ]


def test_all_faults_come_at_once_sorted_by_file_line_and_column(folder: Path) -> None:
    for line in ("type: Ceasefire", "quote: The gunmen refused", "count: 14"):
        replace(folder / "statements.yaml", line, line[:-1])
    replace(folder / "places.yaml", "type: Town", "type: Twon")
    replace(folder / "article.txt", "both sides", "both sides,")
    found = [fault.location for fault in check(".")]
    assert found == sorted(found)
    assert len(found) == 5


# --- anything at all ---------------------------------------------------------------------------------

BASE_TEXT = (CHECK / "statements.yaml").read_text(encoding="utf-8")
PIECES = ["\t", ":", ": ", "- ", "#", " #1", '"', "'", "[", "]", "{", "}", "&a ", "*a", "!!int "]
PIECES += ["\0", "\ufeff", "…", "é", "🕊", "\u202e", "|", ">-", "%", "@", "~", "null", "-1", "\n"]
PIECES += ["kg:", "event/", "states: []", "<", "id: ", "type: ", "1e3", "2015-99", ","]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, len(BASE_TEXT)), st.integers(0, 40), st.sampled_from(PIECES)),
        min_size=1,
        max_size=4,
    )
)
def test_no_damage_is_a_traceback(folder: Path, edits: list[tuple[int, int, str]]) -> None:
    text = BASE_TEXT
    for at, length, piece in edits:
        text = text[:at] + piece + text[at + length :]
    (folder / "statements.yaml").write_text(text, encoding="utf-8")
    for fault in check("."):
        assert fault.message
        assert "Traceback" not in str(fault)
        assert "\n" not in str(fault)
