"""Follow the examples of a document as a reader would, and compare what they print.

A document is followed from top to bottom in a copy of the checkout. Its fenced blocks are

console     `$ command` and what it prints, on either stream
python      a Python session, `>>>` and what it prints
diff        an edit of files of the checkout, which is made
KIND file=PATH   a file, which is written
sh          commands that take minutes; only CI runs them

python docs/examples.py README.md CONTRIBUTING.md docs/analysis.md
                 writes what the examples print now
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = Path(__file__).resolve().parent.parent
PARTS = ("data", "ontology", "queries", "src")
WIDTH = "80"
KINDS = ("console", "python", "diff", "sh")

_FENCE = re.compile(r"^```(?P<info>\S[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, what is in it, and the file it is written to.

    `line` is that of its fence, counted from 1; `start` is where its body begins in the document.
    """

    kind: str
    body: str
    line: int
    start: int
    file: str | None = None


def read_blocks(text: str) -> list[Block]:
    """Find the fenced blocks of a document.

    Raises ValueError if one is of a kind that nobody would follow.
    """
    blocks = []
    for found in _FENCE.finditer(text):
        kind, _, rest = found["info"].partition(" ")
        line = text.count("\n", 0, found.start()) + 1
        file = rest.removeprefix("file=") if rest.startswith("file=") else None
        if kind not in KINDS and file is None:
            message = f"line {line}: nobody follows a block of “{found['info']}”"
            raise ValueError(message)
        blocks.append(Block(kind, found["body"], line, found.start("body"), file))
    return blocks


class Checkout:
    """A copy of the checkout in which a document is followed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(TOP / part, folder / part, ignore=ignored)
        (folder / "tests" / "queries").mkdir(parents=True)
        programs = folder / ".programs"
        programs.mkdir()
        program = programs / "daraa-kg"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m daraa_kg "$@"\n')
        program.chmod(0o755)
        self.environment = {
            **{k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "NO_COLOR")},
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(folder / "src"),
            "PYTHONUTF8": "1",
            "COLUMNS": WIDTH,
        }

    def follow(self, block: Block) -> str:
        """Do what a block says, and give the block as it would be written now."""
        if block.file is not None:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, encoding="utf-8")
        elif block.kind == "console":
            return self._console(block.body)
        elif block.kind == "diff":
            self._edit(block)
        return block.body

    def _console(self, body: str) -> str:
        written = []
        for line in body.splitlines():
            if line.startswith("$ "):
                done = subprocess.run(  # noqa: S602 - our own documents, and a reader has a shell
                    line[2:],
                    shell=True,
                    cwd=self.folder,
                    env=self.environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    check=False,
                    encoding="utf-8",
                )
                output = done.stdout.replace(f"{self.folder}/", "")
                written.append(f"{line}\n{output}")
        return "".join(written)

    def _edit(self, block: Block) -> None:
        """Make the edits of a diff; each must fit in exactly one place."""
        path = self.folder
        for part in re.split(r"^(?=@@|\+\+\+ )", block.body, flags=re.MULTILINE):
            if part.startswith("+++ "):
                path = self.folder / part.splitlines()[0].removeprefix("+++ b/")
            elif part.startswith("@@"):
                lines = part.splitlines()[1:]
                old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in (" ", "-"))
                new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in (" ", "+"))
                text = path.read_text(encoding="utf-8")
                if text.count(old) != 1:
                    message = (
                        f"line {block.line}: the edit fits {text.count(old)} places of {path.name}"
                    )
                    raise ValueError(message)
                path.write_text(text.replace(old, new), encoding="utf-8")


def follow_python(blocks: list[Block], folder: Path) -> dict[int, str]:
    """Run the Python sessions of a document as one, and give them as they would be written now."""
    parser, names = doctest.DocTestParser(), {"__name__": "__main__"}
    written = {}
    with contextlib.chdir(folder):
        for block in blocks:
            parts = []
            for part in parser.parse(block.body):
                if isinstance(part, doctest.Example):
                    shown = "".join(
                        f"{'... ' if number else '>>> '}{line}".rstrip() + "\n"
                        for number, line in enumerate(part.source.splitlines())
                    )
                    parts.append(shown + _printed(part.source, names))
                else:
                    parts.append(part)
            written[block.line] = "".join(parts)
    return written


def _printed(source: str, names: dict[str, str]) -> str:
    """Run a statement as the interactive interpreter does, and give what it prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, "<example>", "single"), names)  # noqa: S102 - our own documents
    return out.getvalue()


def follow(text: str, folder: Path) -> Iterator[tuple[Block, str]]:
    """Follow a document; give each block, and what it should read."""
    checkout = Checkout(folder)
    blocks = read_blocks(text)
    sessions = follow_python([block for block in blocks if block.kind == "python"], folder)
    for block in blocks:
        yield block, sessions.get(block.line) or checkout.follow(block)


def main(names: list[str]) -> int:
    """Write into documents what their examples print now."""
    os.environ["COLUMNS"] = WIDTH
    for name in names:
        path = TOP / name
        text = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            followed = list(follow(text, Path(folder) / "daraa-kg"))
        for block, now in reversed(followed):
            text = f"{text[: block.start]}{now}{text[block.start + len(block.body) :]}"
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
