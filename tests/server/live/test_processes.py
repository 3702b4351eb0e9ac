"""The server's processes: how they end, and what happens when one is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import click
import httpx
import pytest

from daraa_kg.cli.serve import command as serve_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Server, Start

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="needs /proc, and Linux's own death signal"
)

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def wait_for(what: Callable[[], object]) -> None:
    """Wait until something holds; a test fails if it never does."""
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def temporary(folder: Path) -> list[Path]:
    return list(folder.glob("daraa-kg-*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_ends_when_told_and_leaves_nothing(
    start: Start, tmp_path: Path, number: signal.Signals, workers: str
) -> None:
    server = start("--workers", workers, TMPDIR=str(tmp_path))
    wait_for(lambda: len(server.stores()) == 4 * int(workers))
    stores = server.stores()
    assert len(temporary(tmp_path)) == 1
    server.process.send_signal(number)
    assert server.process.wait(60) == 0
    assert not any(map(alive, stores))
    assert not temporary(tmp_path)
    assert not list(tmp_path.glob("explorer-of-*"))
    assert "Traceback" not in server.log.read_text()


def test_what_is_being_answered_is_answered_before_the_end(start: Start) -> None:
    server = start("--timeout", "3")
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(server.ask, SLOW, "text/plain")
        wait_for(lambda: server.time_used() > 30)
        server.process.terminate()
        assert "the query was stopped after 3 seconds" in asked.result().text
    assert server.process.wait(60) == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_process_outlives_a_server_that_is_killed(start: Start, workers: str) -> None:
    server = start("--workers", workers)
    wait_for(lambda: len(server.stores()) == 4 * int(workers))
    stores = server.stores()
    server.process.kill()
    server.process.wait()
    wait_for(lambda: not any(map(alive, stores)))


def test_a_process_of_the_store_that_is_killed_is_started_again(start: Start) -> None:
    server = start()
    expected = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content
    for pid in server.stores():
        os.kill(pid, signal.SIGKILL)
    assert server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").content == expected


def test_so_is_one_that_is_idle_before_anybody_asks(start: Start) -> None:
    server = start()
    before = server.stores()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(set(server.stores()) - set(before)) == 4)


def test_a_query_whose_process_is_killed_is_told_so(start: Start) -> None:
    server = start("--timeout", "600")
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(server.ask, SLOW, "text/plain")
        wait_for(lambda: server.time_used() > 30)
        for pid in server.stores():
            os.kill(pid, signal.SIGKILL)
        response = asked.result()
    assert response.status_code == 503
    assert response.headers["retry-after"] == "2"
    assert "the store's process ended while it answered" in response.text


def test_a_worker_that_is_killed_is_started_again(start: Start) -> None:
    server = start("--workers", "2")
    wait_for(lambda: len(server.stores()) == 8)
    worker = parent(server.stores()[0])
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: not alive(worker) and len(server.stores()) == 8)
    assert server.ask("ASK {}").status_code == 200


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


# --- why it does not start -----------------------------------------------------------------------


def fail(*words: str, **environment: str) -> str:
    """Run the command, which cannot run, and give the one line that it says."""
    done = subprocess.run(
        [sys.executable, "-m", "daraa_kg", "serve", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_port_that_is_taken(server: Server) -> None:
    port = server.url.rpartition(":")[2].strip("/")
    said = fail("--port", port)
    assert said == f"error: port {port} is taken by another program; name another with --port\n"


def test_an_address_that_is_not_ours() -> None:
    sentence = "“192.0.2.1” is no address of this machine; name one with --host, such as 127.0.0.1"
    assert fail("--host", "192.0.2.1") == f"error: {sentence}\n"


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing")
    code = (
        "import sys, tempfile; from daraa_kg.cli import main\n"
        f"tempfile.tempdir = {missing!r}\n"
        "sys.exit(main(['serve', '--port', '0']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the folder for temporary files cannot be written" in done.stderr
    assert "name another in TMPDIR, or serve a store with --store" in done.stderr


def test_a_store_that_is_none(tmp_path: Path) -> None:
    assert "this folder is empty; daraa-kg build --store" in fail("--store", str(tmp_path))


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "httpx", "jinja2", "brotli"])
def test_a_package_that_is_missing(package: str) -> None:
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from daraa_kg.cli import main; sys.exit(main(['serve', '--port', '0']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    hint = (
        f"error: serving needs {package}, which is not installed; pip install 'daraa-kg[serve]'\n"
    )
    assert done.stderr == hint


def test_a_program_that_is_missing() -> None:
    code = (
        "import shutil, sys; shutil.which = lambda *_, **__: None\n"
        "from daraa_kg.cli import main; sys.exit(main(['serve', '--port', '0']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "serving needs the program oxigraph, which is not installed" in done.stderr


def test_a_program_that_does_not_start(tmp_path: Path) -> None:
    program = tmp_path / "oxigraph"
    program.write_text("#!/bin/sh\necho no such store >&2\nexit 1\n")
    program.chmod(0o755)
    code = (
        f"import shutil, sys; shutil.which = lambda *_, **__: {str(program)!r}\n"
        "from daraa_kg.cli import main; sys.exit(main(['serve', '--port', '0']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    said = "error: the store's process did not start: no such store; fill the store anew"
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


# --- a store that is there already ---------------------------------------------------------------


def test_a_store_is_served_as_it_is(start: Start, tmp_path: Path) -> None:
    store = tmp_path / "store"
    words = [sys.executable, "-m", "daraa_kg", "build", "--no-validate", "--store", str(store)]
    subprocess.run(words, check=True, capture_output=True)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    server = start("--store", str(store), TMPDIR=str(scratch))
    built = start()
    query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"
    assert server.ask(query).content == built.ask(query).content
    assert not temporary(scratch)


def test_a_worker_that_starts_later_reads_the_store_of_the_others(
    start: Start, mini: Path, tmp_path: Path
) -> None:
    store = str(tmp_path / "store")
    fill = [sys.executable, "-m", "daraa_kg", "build", str(mini), "--no-validate", "--store", store]
    subprocess.run(fill, check=True, capture_output=True)
    server = start("--store", store, "--workers", "2")
    wait_for(lambda: len(server.stores()) == 8)
    before = server.stores()
    statements = mini / "statements.yaml"
    old, new = "Shelling of Oldbridge", "Bombardment of Oldbridge"
    statements.write_text(statements.read_text().replace(old, new))
    subprocess.run(fill, check=True, capture_output=True)
    for worker in {parent(pid) for pid in before}:
        os.kill(worker, signal.SIGKILL)
    wait_for(lambda: not any(map(alive, before)) and len(server.stores()) == 8)
    page = httpx.get(server.url, timeout=60).text
    assert old in page
    assert new not in page
    assert server.ask(f'ASK {{ ?s ?label "{old}"@en }}').json()["boolean"]


def test_another_base_is_served_under_its_own_path(start: Start) -> None:
    server = start("--base", "https://kg.example.org/things/")
    thing = "https://kg.example.org/things/place/daraa"
    assert server.ask(f"ASK {{ <{thing}> ?p ?o }}").json()["boolean"]
    response = httpx.get(f"{server.url}things/place/daraa")
    assert response.status_code == 303
    described = httpx.get(server.endpoint, headers={"Accept": "text/turtle"}).text
    assert "https://kg.example.org/sparql" in described


def test_the_public_address_stands_in_the_descriptions(start: Start) -> None:
    server = start("--public", "https://kg.example.org")
    for path in ("sparql", ".well-known/void"):
        described = httpx.get(server.url + path, headers={"Accept": "text/turtle"}).text
        assert "<https://kg.example.org/sparql>" in described
        assert server.url not in described
    assert httpx.get(f"{server.url}id/place/daraa").status_code == 303


@pytest.mark.parametrize(
    "address", ["kg.example.org", "ftp://x/", "https://x/kg/", "https://me:it@x/", "http://[ x/"]
)
def test_an_address_at_whose_top_no_page_can_stand(address: str) -> None:
    with pytest.raises(click.BadParameter, match="is no server's address"):
        serve_command.make_context("serve", ["--public", address])
