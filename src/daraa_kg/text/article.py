"""Read an article: its infobox fields, sections, blocks and sentences, with exact offsets."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from ..diagnostics import reason
from .sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Article",
    "ArticleError",
    "Block",
    "BlockKind",
    "Field",
    "Sentence",
    "Span",
    "parse_article",
    "read_article",
    "section_name",
]

BlockKind = Literal["title", "heading", "paragraph", "item", "line", "field"]
SectionPath = tuple[str, ...]

INFOBOX: SectionPath = ("Infobox",)
LEAD: SectionPath = ()

_FIELD = re.compile(r"-[^\S\n]+([^:]*[^:\s])[^\S\n]*:(.*)$")
# Rows of tables and the brackets that a stripped template leaves behind are no prose.
_NO_PROSE = re.compile(r"\||\{\||!|\}\}|\]\]|\{\{")
_WORD = re.compile(r"\w")
_RARE = 4  # of so many bytes one is zero, or more: UTF-16 without a byte order mark


class ArticleError(ValueError):
    """An article that cannot be read: what is wrong, where, and what to do about it.

    `path` is the file, or None for a text in memory; `line` and `column` count from 1, and 0 means
    the file as a whole; `byte`, if the encoding is wrong, counts from 0.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | None = None,
        line: int = 0,
        column: int = 0,
        byte: int | None = None,
    ) -> None:
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.byte = byte
        super().__init__(message)

    def __str__(self) -> str:
        file = "article" if self.path is None else str(self.path)
        place = f"{file}:{self.line}:{self.column}" if self.line else file
        return f"{place}: error: {self.message}"


@dataclass(frozen=True)
class Span:
    """A stretch of the article's text, in code points; `end` is exclusive (RFC 5147)."""

    start: int
    end: int


@dataclass(frozen=True)
class Field(Span):
    """A field of the infobox; the span is its value's, `line_start` the offset of its line."""

    key: str
    value: str
    line_start: int


@dataclass(frozen=True)
class Block(Span):
    """A line of the article without its layout marks; `section` is the path of its headings."""

    kind: BlockKind
    section: SectionPath


@dataclass(frozen=True)
class Sentence(Span):
    """A sentence of a paragraph or list item, or a table row; `block` indexes `Article.blocks`."""

    section: SectionPath
    block: int


def section_name(section: SectionPath) -> str:
    """Name a section for people: `lead`, `Infobox`, `Clashes`, `2012 > Battle of Raqqa city`."""
    return " > ".join(section) if section else "lead"


@dataclass(frozen=True)
class Article:
    """An article: its text (BOM dropped, line ends LF), the text's SHA-256, and the parts of it."""

    slug: str
    text: str
    sha256: str
    title: str
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...]
    path: Path | None = None

    @property
    def digest8(self) -> str:
        """The first 8 hexadecimal digits of the text's SHA-256."""
        return self.sha256[:8]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the paragraphs, list items and table rows, in order."""
        return tuple(self._split_blocks())

    @cached_property
    def sections(self) -> tuple[SectionPath, ...]:
        """The paths of all sections that hold a block, each once, in order (the lead is `()`)."""
        return tuple(dict.fromkeys(block.section for block in self.blocks if block.kind != "title"))

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [sentence.end for sentence in self.sentences]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def _split_blocks(self) -> Iterator[Sentence]:
        for number, block in enumerate(self.blocks):
            if block.kind in ("paragraph", "item"):
                body = self.text[block.start : block.end]
                for start, end in split_sentences(body):
                    yield Sentence(block.start + start, block.start + end, block.section, number)
            elif block.kind == "line" and _WORD.search(self.text, block.start, block.end):
                yield Sentence(block.start, block.end, block.section, number)

    def passage_iri(self, base: str, start: int, end: int) -> str:
        """Name a stretch of this very text, in code points, end exclusive (RFC 5147)."""
        slug = quote(self.slug, safe="-._~()!*,;=@+")
        return f"{base}{slug}/text/{self.digest8}#char={start},{end}"

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the code point at `offset`, or None between blocks."""
        index = bisect_right(self._block_starts, offset) - 1
        if index < 0:
            return None
        block = self.blocks[index]
        return block if offset < block.end else None

    def sentences_in(self, start: int, end: int) -> tuple[Sentence, ...]:
        """The sentences that share at least one code point with `start`–`end`."""
        first = bisect_right(self._sentence_ends, start)
        found = []
        for sentence in self.sentences[first:]:
            if sentence.start >= end:
                break
            found.append(sentence)
        return tuple(found)

    def line_of(self, offset: int) -> int:
        """The number, from 1, of the line that holds the code point at `offset`."""
        return bisect_right(self._line_starts, offset)


def read_article(path: Path, slug: str | None = None) -> Article:
    """Read an article from a UTF-8 file.

    Args:
        path: the file.
        slug: the article's name in IRIs; by default the folder of an `article.txt`, else the stem.

    Raises:
        ArticleError: if the file is missing, a folder, unreadable, empty, not UTF-8, has U+0000
            in it, or has no `= Title =`.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ArticleError(_unreadable(error), path=path) from error
    if slug is None:
        slug = path.resolve().parent.name if path.name == "article.txt" else path.stem
    return parse_article(_decode(data, path), slug, path)


def parse_article(text: str, slug: str, path: Path | None = None) -> Article:
    """Take an article's text apart.

    A leading BOM is dropped, and CRLF and CR become LF, before anything is counted: RFC 5147 counts
    a line ending as one character, whatever it is made of.

    Args:
        text: the article.
        slug: the article's name in IRIs.
        path: where it came from, for messages.

    Raises:
        ArticleError: if the text is empty, has U+0000 in it, or its first line is no `= Title =`.
    """
    text = _normal(text)
    if (zero := text.find("\0")) >= 0:  # no literal and no database takes it
        line, column = _place(text, zero)
        message = "the character U+0000 may not stand in an article; delete it"
        raise ArticleError(message, path=path, line=line, column=column)
    reader = _Reader(text, path)
    reader.read()
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        slug, text, digest, reader.title, tuple(reader.fields), tuple(reader.blocks), path
    )


def _unreadable(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file: name an article's text file"
    if isinstance(error, IsADirectoryError):
        return "this is a folder, not a file: name the article.txt in it"
    return f"the file cannot be read: {reason(error)}"


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _encoding_error(data, 0, path, " and looks like UTF-16")
    if data.count(b"\x00") * _RARE > len(data):
        raise _encoding_error(data, data.index(b"\x00"), path, " and looks like UTF-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _encoding_error(data, error.start, path, "") from error


def _encoding_error(data: bytes, offset: int, path: Path, guess: str) -> ArticleError:
    before = _normal(data[:offset].decode("utf-8", "replace"))
    line, column = _place(before, len(before))
    message = (
        f"the file is not UTF-8{guess}: byte {offset} is 0x{data[offset]:02X}; save it as UTF-8"
    )
    return ArticleError(message, path=path, line=line, column=column, byte=offset)


def _normal(text: str) -> str:
    """Drop a byte order mark, and make every line end LF."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _place(text: str, offset: int) -> tuple[int, int]:
    """Give the line and column, from 1, of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _heading(content: str) -> tuple[int, str] | None:
    """Take a heading apart: its level and what stands between the signs; None if it is none."""
    left = len(content) - len(content.lstrip("="))
    right = len(content) - len(content.rstrip("="))
    # As in MediaWiki the shorter run of signs gives the level, and there are six.
    level = min(left, right, 6)
    inner = content[level : len(content) - level]
    return (level, inner) if level and inner.strip("= \t") else None


class _Reader:
    """Walks over the lines once and keeps the path of headings that it is under."""

    def __init__(self, text: str, path: Path | None) -> None:
        self.text = text
        self.path = path
        self.title = ""
        self.fields: list[Field] = []
        self.blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []
        self._in_infobox = False

    def read(self) -> None:
        if not self.text.strip():
            message = "the article is empty: its first line must read “= Title =”"
            raise ArticleError(message, path=self.path, line=1, column=1)
        start = 0
        # Not splitlines(): a form feed or U+2028 inside a paragraph ends no line of the file.
        for line in self.text.split("\n"):
            self._read_line(start, line)
            start += len(line) + 1

    def _read_line(self, line_start: int, line: str) -> None:
        content = line.strip()
        start = line_start + len(line) - len(line.lstrip())
        if not content:
            self._in_infobox = False
        elif not self.blocks:
            self._read_title(start, content)
        elif heading := _heading(content):
            self._read_heading(start, *heading)
        elif content == "Infobox" and not self.fields and len(self.blocks) == 1:
            self._in_infobox = True
        elif self._in_infobox and content.startswith("- "):
            self._read_field(line_start, start, content)
        else:
            self._in_infobox = False
            self._read_prose(start, content)

    def _read_title(self, start: int, content: str) -> None:
        heading = _heading(content)
        if heading is None or heading[0] != 1:
            message = "the article has no title: its first line must read “= Title =”"
            raise ArticleError(message, path=self.path, line=self._line(start), column=1)
        title = self._add("title", start + 1, heading[1], LEAD)
        self.title = self.text[title.start : title.end]

    def _read_heading(self, start: int, level: int, inner: str) -> None:
        self._in_infobox = False
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._headings.append((level, inner.strip()))
        self._add("heading", start + level, inner, self._section())

    def _read_field(self, line_start: int, start: int, content: str) -> None:
        match = _FIELD.match(content)
        if match is None:
            self._add("line", start + 1, content[1:], INFOBOX)
            return
        block = self._add("field", start + match.start(2), match[2], INFOBOX)
        value = self.text[block.start : block.end]
        self.fields.append(Field(block.start, block.end, match[1], value, line_start))

    def _read_prose(self, start: int, content: str) -> None:
        if content.startswith("- "):
            self._add("item", start + 1, content[1:], self._section())
        elif _NO_PROSE.match(content):
            self._add("line", start, content, self._section())
        else:
            self._add("paragraph", start, content, self._section())

    def _add(self, kind: BlockKind, start: int, raw: str, section: SectionPath) -> Block:
        start += len(raw) - len(raw.lstrip())
        block = Block(start, start + len(raw.strip()), kind, section)
        self.blocks.append(block)
        return block

    def _section(self) -> SectionPath:
        return tuple(title for _, title in self._headings)

    def _line(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1
