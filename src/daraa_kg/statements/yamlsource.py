"""YAML read as it is written: every scalar a string, every node with its line and column.

libyaml's events are read directly: they keep what composing drops (anchors, tags, styles), so
aliases are refused before anything is expanded, and no resolver can turn a date, `no` or `1e3`
into something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from ..diagnostics import CheckFailed, Fault, Location, reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DEEPEST = 30  # levels; a statement needs about ten, and what walks the tree recurses
# What neither YAML nor XML has (YAML 1.2, section 5.1; XML 1.0, section 2.2).
_NO_TEXT = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = "tag:yaml.org,2002:"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `plain` when it is written without quotes or a block mark."""

    value: str
    plain: bool
    location: Location

    @property
    def null(self) -> bool:
        """Whether YAML calls this no value at all."""
        return self.plain and self.value in _NULLS


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their values, in the order of the file; a repeated key keeps its first value."""

    pairs: tuple[tuple[Scalar, Node], ...]
    location: Location

    def get(self, key: str) -> Node | None:
        """Give the value of a key."""
        return next((value for name, value in self.pairs if name.value == key), None)

    def key(self, key: str) -> Scalar | None:
        """Give a key itself, for its location."""
        return next((name for name, _ in self.pairs if name.value == key), None)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, and what is wrong with how it is written; no root when nothing is read."""

    file: str
    root: Node | None
    faults: tuple[Fault, ...]


def describe(node: Node) -> str:
    """Say what a node is, for messages: ``a list``, ``a mapping``, ``“six”``."""
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar() if node.null:
            return "nothing"
        case Scalar():
            return f"“{node.value}”" if len(node.value) <= 60 else f"“{node.value[:57]}…”"


def read_yaml(path: Path, display: str | None = None) -> Document:
    """Read a YAML file.

    Args:
        path: the file; UTF-8, with or without a byte order mark, any line ends.
        display: how messages name the file; its path when not given.
    """
    name = display or str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _unread(Location(name), "there is no such file")
    except IsADirectoryError:
        return _unread(Location(name), "this is a directory, and a YAML file is needed")
    except OSError as error:
        return _unread(Location(name), f"the file cannot be read: {reason(error)}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        return _unread(
            Location(name, line, column),
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8",
            "save the file as UTF-8",
        )
    return parse_yaml(text, name)


def parse_yaml(text: str, file: str) -> Document:
    """Read YAML text.

    Args:
        text: the decoded text; a byte order mark and CRLF line ends are accepted.
        file: how messages name it.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader(text, file)
    try:
        root = reader.read()
    except yaml.YAMLError as error:
        return Document(file, None, (*reader.faults, reader.syntax_fault(error)))
    except CheckFailed as error:
        return Document(file, None, (*reader.faults, *error.faults))
    return Document(file, root, tuple(reader.faults))


def _unread(location: Location, message: str, hint: str | None = None) -> Document:
    return Document(location.file, None, (Fault(location, message, hint),))


class _Reader:
    """One pass over the events of a text."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = text.split("\n")
        self.text = text
        self.file = file
        self.faults: list[Fault] = []
        self.comments = re.search(r"\s#[^\s#]", text) is not None

    def read(self) -> Node | None:
        events: Iterator[Any] = yaml.parse(self.text, Loader=yaml.CSafeLoader)
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._stop(event, "a second document starts here", "keep one to a file")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 1)
        if root is None or (isinstance(root, Scalar) and root.null):
            self.faults.append(Fault(Location(self.file, 1, 1), "the file is empty"))
            return None
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:  # noqa: ANN401 - PyYAML's events are untyped
        location = self._location(event.start_mark)
        if depth > _DEEPEST:
            self._stop(event, f"this is nested more than {_DEEPEST} levels deep")
        if isinstance(event, yaml.AliasEvent):
            self._stop(event, f"“*{event.anchor}” is an alias", "write the value out")
        if event.anchor is not None:
            self._stop(
                event, f"“&{event.anchor}” is an anchor", "write the value out where it is needed"
            )
        if event.tag is not None and event.tag != "!":
            self._fault(
                location,
                f"“{event.tag.replace(_TAGS, '!!')}” is a tag, and values are read as they stand",
                "leave it out",
            )
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            if event.style == '"' and (escaped := _NO_TEXT.search(event.value)):
                self._fault(
                    location,
                    f"the character U+{ord(escaped.group()):04X} may not stand in a text",
                    "delete its escape",
                )
            if plain and self.comments and event.value:
                self._check_cut(event)
            return Scalar(event.value, plain, location)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(self._node(inner, events, depth + 1))
            return Sequence(tuple(items), location)
        return self._mapping(event, events, depth)

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> Mapping:  # noqa: ANN401 - see _node
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Location] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self._fault(key.location, f"a key is a name, and this is {describe(key)}")
            elif key.value in seen:
                first = seen[key.value].line
                self._fault(
                    key.location,
                    f"the key “{key.value}” stands here twice (first in line {first})",
                    "write the values as one list",
                )
            elif start.flow_style and self._split_number(key, value, pairs):
                continue
            else:
                seen[key.value] = key.location
                pairs.append((key, value))
        return Mapping(tuple(pairs), self._location(start.start_mark))

    def _split_number(self, key: Scalar, value: Node, before: list[tuple[Scalar, Node]]) -> bool:
        """Diagnose ``{wording: 11,000 families}``, which YAML reads as a key “000 families”."""
        if not (isinstance(value, Scalar) and value.null and before):
            return False
        name, cut = before[-1]
        if not (isinstance(cut, Scalar) and cut.plain):
            return False
        gap = key.location.column - cut.location.column - len(cut.value) - 1
        whole = f"{cut.value},{' ' if gap > 0 else ''}{key.value}"
        self._fault(
            key.location,
            f"inside {{…}} a comma ends the value, so “{name.value}” is only “{cut.value}” here",
            f'write {name.value}: "{whole}"',
        )
        return True

    def _check_cut(self, event: Any) -> None:  # noqa: ANN401 - see _node
        """Diagnose ``label: post #1``, which YAML reads as “post”."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if found := re.match(r"\s+(#[^\s#][^\n]*)", rest):
            self._fault(
                Location(self.file, end.line + 1, end.column + 1 + found.start(1)),
                f"“{found[1].strip()}” is cut off as a comment",
                "put the value in quotes or in a block (>-), and write a comment as “# …”",
            )

    def _location(self, mark: Any) -> Location:  # noqa: ANN401 - see _node
        return Location(self.file, mark.line + 1, mark.column + 1)

    def _fault(self, location: Location, message: str, hint: str | None = None) -> None:
        self.faults.append(Fault(location, message, hint))

    def _stop(self, event: Any, message: str, hint: str | None = None) -> None:  # noqa: ANN401 - see _node
        raise CheckFailed([Fault(self._location(event.start_mark), message, hint)])

    def syntax_fault(self, error: yaml.YAMLError) -> Fault:
        """Turn libyaml's complaint into a sentence of ours."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        context = str(getattr(error, "context", "") or "")
        if "quoted scalar" in context or "flow " in context:  # the end is far from what is wrong
            mark = getattr(error, "context_mark", None) or mark
        if mark is None:  # a character that YAML forbids: the error knows only its offset
            return self._forbidden_character(error)
        location = self._location(mark)
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        problem = str(getattr(error, "problem", "") or "")
        message, hint = _explain(problem, line, context)
        return Fault(location, message, hint)

    def _forbidden_character(self, error: yaml.YAMLError) -> Fault:
        found = _NO_TEXT.search(self.text)
        if not found:
            return Fault(Location(self.file), f"this is not YAML ({error})")
        before = self.text[: found.start()]
        line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
        return Fault(
            Location(self.file, line, column),
            f"the character U+{ord(found.group()):04X} may not stand in YAML",
            "delete it",
        )


_MISALIGNED = (
    "this line does not fit the indentation or the quotation marks above it",
    "align the keys of one mapping and the dashes of one list, and write text with quotes "
    "as a block (>-)",
)
# What libyaml says, what it means, and what to write instead; the first that is found counts.
_COMPLAINTS = (
    (
        "mapping values are not allowed",
        "a colon and a space inside an unquoted value start a new key",
        "write the value as a block: a line that ends in “>-”, and the words indented below it",
    ),
    (
        "cannot start any token",
        "a value may not start with this character",
        "put the value in quotes, or write it as a block (>-)",
    ),
    (
        "unexpected end of stream",
        "a quotation mark is opened and never closed",
        "close it, or write a block (>-)",
    ),
    (
        "escape",
        "a backslash between quotation marks begins an escape, and this is none",
        "write the value as a block (>-), where a backslash is a backslash",
    ),
    ("expected node content", "a value is missing in these brackets", "write it, and close them"),
    ("expected ',' or", "a bracket is opened and never closed", "close it with ] or }"),
    ("expected ':'", "a colon is missing after the key", "write “key: value”"),
    ("did not find expected key", *_MISALIGNED),
    ("block end", *_MISALIGNED),
    ("'-' indicator", *_MISALIGNED),
    ("undefined alias", "an alias stands here", "write the value out"),
)


def _explain(problem: str, line: str, context: str) -> tuple[str, str | None]:
    """Say what libyaml means, and what to write instead."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or ("cannot start any token" in problem and "\t" in line):
        return "a tab stands where YAML needs spaces", "indent with spaces"
    for complaint, message, hint in _COMPLAINTS:
        if complaint in problem:
            return message, hint
    detail = "; ".join(part for part in (context, problem) if part)
    return f"this is not YAML ({detail})", None
