from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daraa_kg.diagnostics import Location
from daraa_kg.statements.yamlsource import Mapping, Node, Scalar, Sequence, parse_yaml, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = "write the value as a block: a line that ends in “>-”, and the words indented below it"
COMMENT = "put the value in quotes or in a block (>-), and write a comment as “# …”"
UNFIT = (
    "this line does not fit the indentation or the quotation marks above it; align the keys of one "
    "mapping and the dashes of one list, and write text with quotes as a block (>-)"
)

FAULTS = {
    "twice": (
        "a: 1\nb: 2\na: 3",
        "f:3:1: error: the key “a” stands here twice (first in line 1); write the values as one list",
    ),
    "anchor": (
        "- &x 1\n- *x",
        "f:1:3: error: “&x” is an anchor; write the value out where it is needed",
    ),
    "alias": ("a: *b", "f:1:4: error: “*b” is an alias; write the value out"),
    "documents": (
        "a: 1\n---\nb: 2",
        "f:2:1: error: a second document starts here; keep one to a file",
    ),
    "tab": ("a:\n\tb: 1", "f:2:1: error: a tab stands where YAML needs spaces; indent with spaces"),
    "empty": ("", "f:1:1: error: the file is empty"),
    "comments": ("# nothing\n", "f:1:1: error: the file is empty"),
    "colon": (
        "quote: Units1: Syrian",
        f"f:1:14: error: a colon and a space inside an unquoted value start a new key; {BLOCK}",
    ),
    "comma": (
        "- {wording: 11,000 families}",
        "f:1:16: error: inside {…} a comma ends the value, so “wording” is only “11” here; "
        'write wording: "11,000 families"',
    ),
    "comma and space": (
        "- {wording: rebels, and others, count: 2}",
        "f:1:21: error: inside {…} a comma ends the value, so “wording” is only “rebels” here; "
        'write wording: "rebels, and others"',
    ),
    "hash": ("label: post #1", f"f:1:13: error: “#1” is cut off as a comment; {COMMENT}"),
    "open quote": (
        "a: 'open\nb: c",
        "f:1:4: error: a quotation mark is opened and never closed; close it, or write a block (>-)",
    ),
    "open bracket": (
        "a:\n  - [1, 2\nb: 3",
        "f:2:5: error: a bracket is opened and never closed; close it with ] or }",
    ),
    "apostrophe": ("a: 'it's'", f"f:1:8: error: {UNFIT}"),
    "indent": ("- a\nb: c", f"f:2:1: error: {UNFIT}"),
    "start": (
        "a: @x",
        "f:1:4: error: a value may not start with this character; put the value in quotes, or write it as a block (>-)",
    ),
    "key": ("? [1]\n: 2", "f:1:3: error: a key is a name, and this is a list"),
    "tag": (
        "a: !!int 1",
        "f:1:4: error: “!!int” is a tag, and values are read as they stand; leave it out",
    ),
    "control": (
        "a: b\nc: \x07",
        "f:2:4: error: the character U+0007 may not stand in YAML; delete it",
    ),
    "depth": ("[" * 40, "f:1:31: error: this is nested more than 30 levels deep"),
}


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS)
def test_each_fault_has_its_sentence(text: str, message: str) -> None:
    assert [str(fault) for fault in parse_yaml(text, "f").faults] == [message]


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    document = parse_yaml(bomb, "f")
    assert document.root is None
    assert [str(f) for f in document.faults] == [
        "f:1:4: error: “&a” is an anchor; write the value out where it is needed"
    ]


def test_scalars_stay_as_written() -> None:
    root = parse_yaml("a: no\nb: 2021-08-01\nc: 1e3\nd: 007\ne: 1_000\nf: 0x1F\ng: 12:30", "f").root
    assert isinstance(root, Mapping)
    values = [value.value for _, value in root.pairs if isinstance(value, Scalar)]
    assert values == ["no", "2021-08-01", "1e3", "007", "1_000", "0x1F", "12:30"]


def test_no_value_is_told_from_an_empty_one() -> None:
    root = parse_yaml("a:\nb: ~\nc: null\nd: ''\ne: 'null'", "f").root
    assert isinstance(root, Mapping)
    assert [v.null for _, v in root.pairs if isinstance(v, Scalar)] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_a_comment_after_a_value_is_a_comment() -> None:
    document = parse_yaml("a: b # why\n", "f")
    assert not document.faults
    assert document.root == Mapping(
        ((Scalar("a", True, Location("f", 1, 1)), Scalar("b", True, Location("f", 1, 4))),),
        Location("f", 1, 1),
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_marks_and_line_ends_change_no_value_and_no_place(
    tmp_path: Path, ends: str, mark: str
) -> None:
    text = "a: >-\n  one\n  two\nlist:\n  - {ü: x}\n"
    path = tmp_path / "f.yaml"
    path.write_bytes((mark + text.replace("\n", ends)).encode())
    assert read_yaml(path, "f") == parse_yaml(text, "f")


def test_places_count_from_one_in_code_points() -> None:
    root = parse_yaml("a:\n  - “é”: {b: c}", "f").root
    assert isinstance(root, Mapping)
    items = root.get("a")
    assert isinstance(items, Sequence)
    first = items.items[0]
    assert isinstance(first, Mapping)
    assert first.location == Location("f", 2, 5)
    inner = first.pairs[0][1]
    assert isinstance(inner, Mapping)
    assert inner.pairs[0][1].location == Location("f", 2, 14)


def test_files_that_cannot_be_read_are_faults(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: b\nc: é\n".encode("latin-1"))
    assert str(read_yaml(latin, "f").faults[0]) == (
        "f:2:4: error: byte 8 (0xe9) is not UTF-8; save the file as UTF-8"
    )
    assert str(read_yaml(tmp_path / "no.yaml", "f").faults[0]) == "f: error: there is no such file"
    assert str(read_yaml(tmp_path, "f").faults[0]) == (
        "f: error: this is a directory, and a YAML file is needed"
    )


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    document = parse_yaml(text, "f")
    assert document.root is not None or document.faults
    for fault in document.faults:
        assert fault.location.line >= 1
        assert fault.location.column >= 1


def _write(value: object) -> str:
    """Write a value as flow YAML with every scalar in single quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_write(k)}: {_write(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"
    return "'" + str(value).replace("'", "''") + "'"


def _plain(node: Node) -> object:
    match node:
        case Mapping():
            return {key.value: _plain(value) for key, value in node.pairs}
        case Sequence():
            return [_plain(item) for item in node.items]
        case Scalar():
            return node.value


words = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f\x85\xa0"),
    min_size=1,
).filter(lambda text: not any(0x7F <= ord(c) < 0xA0 for c in text) and len(text) < 100)


@given(
    st.recursive(
        words,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
        max_leaves=8,
    )
)
def test_what_is_written_is_read(value: object) -> None:
    document = parse_yaml(_write(value), "f")
    assert not document.faults
    assert document.root is not None
    assert _plain(document.root) == value
