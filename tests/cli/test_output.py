"""Where `-o` writes: into links, pipes and standard output, and never over what is read-only."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from daraa_kg.assets import default_folder
from daraa_kg.cli import main
from daraa_kg.diagnostics import ReadOnlyFile
from daraa_kg.writing import write_atomically

SHIPPED = str(default_folder())
HILLFORD = str(Path(__file__).parent.parent / "fixtures" / "hillford")

Run = Callable[..., tuple[int, str, str]]

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")


class Reader(threading.Thread):
    """Reads a pipe to its end."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.path = path
        self.data = b""

    def run(self) -> None:
        """Read until the writer has closed it."""
        self.data = self.path.read_bytes()


@pytest.fixture
def pipe(tmp_path: Path) -> Reader:
    """Give a named pipe that somebody reads."""
    path = tmp_path / "pipe.svg"
    os.mkfifo(path)
    reader = Reader(path)
    reader.start()
    return reader


@posix
def test_a_pipe_takes_the_bytes_and_stays_a_pipe(pipe: Reader) -> None:
    write_atomically(pipe.path, b"facts")
    pipe.join(10)
    assert pipe.data == b"facts"
    assert stat.S_ISFIFO(pipe.path.stat().st_mode)
    assert list(pipe.path.parent.iterdir()) == [pipe.path]


@posix
def test_an_export_goes_into_a_pipe(pipe: Reader, run: Run, hillford: Path) -> None:
    code, out, err = run("export", "nt", "--article", hillford, "-o", pipe.path)
    pipe.join(10)
    assert (code, err) == (0, "")
    facts = pipe.data.count(b"\n")
    assert facts > 100
    assert out == f"wrote {pipe.path}: {facts} facts\n"


@posix
def test_a_picture_goes_into_a_pipe(pipe: Reader, run: Run) -> None:
    code, out, _ = run("plot", "map", "-o", pipe.path, "--format", "json")
    pipe.join(10)
    assert code == 0
    assert f'"bytes": {len(pipe.data)},' in out
    assert pipe.data.endswith(b"</svg>\n")


@posix
def test_what_a_shell_opens_for_us_is_written_to(hillford: Path) -> None:
    there, ours = os.pipe()
    words = [sys.executable, "-m", "daraa_kg", "export", "csv", "--article", str(hillford), "-o"]
    done = subprocess.run(
        [*words, f"/dev/fd/{ours}"],
        pass_fds=(ours,),
        capture_output=True,
        check=False,
    )
    os.close(ours)
    with os.fdopen(there, "rb") as file:
        data = file.read()
    assert (done.returncode, done.stderr) == (0, b"")
    assert data.startswith(b"event,event_label,")


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link, dangling = (
        tmp_path / "folder" / "old.nq",
        tmp_path / "link.nq",
        tmp_path / "new.nq",
    )
    target.write_bytes(b"old")
    link.symlink_to(target)
    dangling.symlink_to(Path("folder", "new.nq"))
    write_atomically(link, b"new")
    write_atomically(dangling, b"first")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    assert (tmp_path / "folder" / "new.nq").read_bytes() == b"first"
    assert dangling.is_symlink()


def test_a_link_to_itself_cannot_be_written(tmp_path: Path, run: Run, hillford: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    code, _, err = run("export", "nt", "--article", hillford, "-o", loop)
    assert code == 2
    assert err == f"error: cannot write {loop}: the link leads to itself\n"
    assert loop.is_symlink()


def test_a_read_only_file_is_not_written(tmp_path: Path, run: Run, hillford: Path) -> None:
    file = tmp_path / "facts.nt"
    file.write_bytes(b"mine")
    file.chmod(0o444)
    with pytest.raises(ReadOnlyFile):
        write_atomically(file, b"new")
    assert run("export", "nt", "--article", hillford, "-o", file) == (
        2,
        "",
        f"error: cannot write {file}: the file facts.nt is read-only; name another, or make it "
        "writable\n",
    )
    assert file.read_bytes() == b"mine"
    link = tmp_path / "link.nt"
    link.symlink_to(file)
    assert run("export", "nt", "--article", hillford, "-o", link)[0] == 2
    assert list(tmp_path.glob(".*")) == []


@posix
def test_a_link_to_a_pipe_leads_into_the_pipe(pipe: Reader) -> None:
    link = pipe.path.with_name("link")
    link.symlink_to(pipe.path)
    write_atomically(link, b"facts")
    pipe.join(10)
    assert pipe.data == b"facts"
    assert (link.is_symlink(), pipe.path.is_fifo()) == (True, True)


@posix
def test_nobody_reads_the_pipe_to_its_end(
    tmp_path: Path, run: Run, hillford: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, data: bytes) -> None:
        del data
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE), str(path))

    monkeypatch.setattr("daraa_kg.writing.write_atomically", fail)
    file = tmp_path / "pipe"
    assert run("export", "nt", "--article", hillford, "-o", file) == (
        2,
        "",
        f"error: cannot write {file}: nobody reads on at its other end\n",
    )


def test_a_dash_is_standard_output(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    hillford: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["export", "csv", "--article", str(hillford)]
    assert main(words) == 0
    plain = capsysbinary.readouterr()
    assert main([*words, "-o", "-"]) == 0
    assert capsysbinary.readouterr() == plain
    assert plain.err.endswith(b" to standard output\n")
    assert main(["plot", "map", "-o", "-"]) == 0
    out, err = capsysbinary.readouterr()
    assert out.startswith(b"<?xml")
    assert err.endswith(b" to standard output\n")
    assert list(tmp_path.iterdir()) == []


@posix
def test_the_file_that_standard_output_goes_to_is_standard_output(
    tmp_path: Path, hillford: Path
) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"before\n")
    words = [sys.executable, "-m", "daraa_kg", "export", "csv", "--article", str(hillford), "-o"]
    with log.open("ab") as out:
        done = subprocess.run([*words, str(log)], stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0
    assert log.read_bytes().startswith(b"before\nevent,event_label,")
    assert done.stderr.endswith(b" to standard output\n")


def test_no_binary_file_on_a_terminal_by_a_dash_either(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("daraa_kg.cli.export.is_terminal", lambda: True)
    assert run("export", "xlsx", "-o", "-") == (
        2,
        "",
        "error: xlsx is not for reading on a terminal; write it to a file with -o\n",
    )


# --- json ----------------------------------------------------------------------------------------

# The keys of these objects are data: names of relations, ids of events, and SPARQL's own.
DATA = {"relations", "pairs", "mediators", "bindings"}


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key not in DATA:
                yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--no-validate", "--out", "built"),
        ("coverage",),
        ("queries",),
        ("query", "timeline"),
        ("timeline",),
        ("show", "event/offensive"),
        ("why", "event/offensive", "casualties"),
        ("ledger",),
        ("accounts",),
        ("truces",),
        ("gaps",),
        ("network",),
        ("network", "--by", "week"),
        ("plot", "map"),
        ("export", "trig", "-o", "x.trig"),
        ("export", "geojson", "-o", "x.geojson"),
        ("rebase", "newer.txt"),
        ("diff", SHIPPED, HILLFORD),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_the_keys_of_json_are_written_in_one_way(
    words: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (Path(SHIPPED) / "article.txt").read_text(encoding="utf-8")
    newer = text.replace("27 August six", "27 August five")
    (tmp_path / "newer.txt").write_text(newer, encoding="utf-8")
    code, out, _ = run(*words, "--format", "json")
    assert code in (0, 1)
    found = set(_keys(json.loads(out)))
    assert found
    assert {key for key in found if not re.fullmatch(r"[a-z0-9]+([A-Z][a-z0-9]*)*", key)} == set()
