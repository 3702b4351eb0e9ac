"""Queries that stand inside other queries: one file says a thing once, and the others hold it.

A line ``# with NAME`` in a query stands for the query ``NAME.rq`` as a sub-select. The shipped
questions are to run as they stand, in any SPARQL program, so they hold the sub-select itself, up to
a line ``# end of NAME``; it is put there by `write_parts`, and a test sees that it is the one of
the file.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from ..assets import asset

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["compose", "write_parts"]

_HOMES = (("queries", "readings"), ("ontology", "crosswalk"))
_HEADER = re.compile(r"^#\+.*\n", re.MULTILINE)
_PREFIX = re.compile(r"^PREFIX .*\n", re.MULTILINE)
_ORDER = re.compile(r"^ORDER BY .*\n?", re.MULTILINE)  # means nothing inside another query
_WITH = re.compile(
    r"^(?P<indent> *)# with (?P<name>[a-z-]+)\n(?:(?:.*\n)*?(?P=indent)# end of (?P=name)\n)?",
    re.MULTILINE,
)


def compose(path: Path) -> str:
    """Put a query together with those that it names.

    A name is that of a file in the query's own folder, or else of one for the readings or the
    crosswalk. A query that has been put together gives itself, unless a file that it names has
    changed.

    Args:
        path: the query.

    Raises:
        AssetMissing: there is no file of a name.
    """
    text = path.read_text(encoding="utf-8")
    parts = {name: compose(_file(path.parent, name)) for name in _names(text)}
    if not parts:
        return text
    prefixes = {line for part in (text, *parts.values()) for line in _PREFIX.findall(part)}
    header = "".join(_HEADER.findall(text))
    body = _WITH.sub(lambda found: _block(found["indent"], found["name"], parts), _bare(text))
    return f"{header}{''.join(sorted(prefixes))}\n{body}\n"


def write_parts(folder: Path | None = None) -> list[Path]:
    """Bring the questions of a folder up to date with the queries that they hold.

    Args:
        folder: where the .rq files are; the shipped ones when not given.

    Returns:
        The files that were written again.
    """
    written = []
    for path in sorted((asset("queries") if folder is None else folder).glob("*.rq")):
        text = compose(path)
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def _names(text: str) -> list[str]:
    """Give the queries that a query holds itself, and not by way of another."""
    return [found["name"] for found in _WITH.finditer(text)]


def _file(folder: Path, name: str) -> Path:
    for home in (folder, *(asset(*parts) for parts in _HOMES)):
        path = home / f"{name}.rq"
        if path.exists():
            return path
    return asset(*_HOMES[0], f"{name}.rq")


def _block(indent: str, name: str, parts: dict[str, str]) -> str:
    body = _ORDER.sub("", _bare(parts[name])).strip()
    part = f"# with {name}\n{{\n{body}\n}}\n# end of {name}\n"
    return textwrap.indent(part, indent)


def _bare(text: str) -> str:
    """Give a query without its header and prefixes, to stand in another."""
    return _PREFIX.sub("", _HEADER.sub("", text)).strip()
