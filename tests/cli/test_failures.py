"""When things go wrong: a sentence, an exit code, and no traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
Process = Callable[..., subprocess.Popen[bytes]]


def test_a_fault_of_ours_says_so_and_how_to_report_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "boom"
        raise RuntimeError(message)

    monkeypatch.setattr("daraa_kg.graph.cache.load", fail)
    code, out, err = run("timeline")
    assert (code, out) == (2, "")
    assert err == (
        "error: this is a fault of daraa-kg, not yours (RuntimeError: boom)\n"
        "Run it again with --debug and send what it prints to the project's issue tracker, please\n"
    )
    for words in (("--debug", "timeline"), ("timeline", "--debug")):
        code, out, err = run(*words)
        assert code == 2
        assert "Traceback (most recent call last)" in err
        assert err.endswith("Send what it prints to the project's issue tracker, please\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE and no /dev/full")
def test_nobody_reads_on(process: Process) -> None:
    for words in (("export", "nq"), ("queries",), ("show", "event/offensive")):
        with process(*words) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.readline()
            running.stdout.close()
            assert running.stderr.read() == b""
            assert running.wait(60) in (141, 0)  # 0: the pipe took it all before it was closed
    with process("export", "nq") as running:
        assert running.stdout is not None
        running.stdout.read(1)
        running.stdout.close()
        assert running.wait(60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "words", [("export", "nq"), ("timeline",), ("queries", "--format", "json")]
)
def test_the_disk_is_full(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "daraa_kg", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"error: the disk is full\n")


# Two that take for ever: to read what nobody types, and 2,700 facts cubed. Each says when it begins.
READING = """
import sys
from daraa_kg import cli

class Stdin:
    def read(self):
        print("begun", flush=True)
        return sys.__stdin__.read()

sys.stdin = Stdin()
sys.exit(cli.main(["query", "-"]))
"""
ASKING = """
import sys
from daraa_kg import cli
from daraa_kg.queries import catalogue

def refuse(*query, first=catalogue.refuse):
    first(*query)
    print("begun", flush=True)

catalogue.refuse = refuse
cross = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
sys.exit(cli.main(["query", cross]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("script", [READING, ASKING], ids=["reading", "asking"])
def test_an_interrupt_ends_it_with_130(script: str, python: Process) -> None:
    with python("-c", script) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        try:
            assert running.stdout.readline() == b"begun\n"
            for _ in range(6):  # Python can lose one that comes just before a read
                running.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    running.wait(10)
                    break
            assert running.poll() == 130
        finally:
            running.kill()
        assert running.stderr.read() == b"\nerror: interrupted\n"


@pytest.mark.parametrize(
    ("encoding", "name", "quote"),
    [
        ("ascii", "Ambush at al-Ruba'i checkpoint", '"six members'),
        ("cp1252", "Ambush at al-Ruba’i checkpoint", "“six members"),
        ("utf-16", "Ambush at al-Ruba’i checkpoint", "“six members"),
    ],
)
def test_a_terminal_that_lacks_letters_gets_others(
    encoding: str, name: str, quote: str, process: Process
) -> None:
    with process(
        "show", "event/ambush-at-al-rubai", PYTHONIOENCODING=encoding, PYTHONUTF8="0"
    ) as running:
        out, err = running.communicate(timeout=60)
        said = out.decode(encoding)
        assert (running.returncode, err) == (0, b"")
        assert said.startswith(f"{name}\n")
        assert quote in said
        assert "?" not in said


@pytest.mark.parametrize(
    "words", [("truces",), ("query", "timeline"), ("why", "kg:place/al-kaziyah", "inside")]
)
def test_ascii_has_dashes_quotes_and_lines_and_no_question_marks(
    words: tuple[str, ...], process: Process
) -> None:
    said = []
    for encoding in ("ascii", "utf-8"):
        with process(*words, PYTHONIOENCODING=encoding, PYTHONUTF8="0") as running:
            out, err = running.communicate(timeout=60)
            assert (running.returncode, err) == (0, b"")
            said.append(out.decode(encoding))
    plain, full = said
    assert plain.count("?") == full.count("?")
    assert len(plain.splitlines()) == len(full.splitlines())
    signs = str.maketrans("–“”’─┃├│└·", '-""\'-|||`-')
    shown = full.translate(signs).replace("…", "...").replace("á", "a")
    assert plain == shown.replace("→", "->").replace("»", ">>").replace("«", "<<")


def test_an_error_is_told_in_ascii_as_well(process: Process) -> None:
    with process("shwo", PYTHONIOENCODING="ascii", PYTHONUTF8="0") as running:
        assert running.communicate(timeout=60)[1] == (
            b'error: "shwo" is no command; did you mean show?\n'
        )


def test_a_closed_output_is_no_fault() -> None:
    script = (
        "import sys; sys.stdout = None; from daraa_kg.cli import main; sys.exit(main(['queries']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("setting", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_it_wants_none(
    setting: dict[str, str], coloured: bool, hillford: Path
) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **setting}
    if not setting:
        environment.pop("NO_COLOR", None)
    running = subprocess.Popen(
        [sys.executable, "-m", "daraa_kg", "show", "event/truce", "--article", str(hillford)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(ours)
    assert running.wait(60) == 0
    assert (b"\x1b[36m" in shown) == coloured
    assert b"Truce of June" in shown


def test_a_question_loads_no_more_than_it_needs() -> None:
    script = (
        "import sys; from daraa_kg.cli import main; main(['query', 'timeline'])\n"
        "heavy = {'rdflib', 'pyshacl', 'pandas', 'edtf', 'pyld', 'difflib.x'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    for _ in range(2):  # the first run may have to build
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
