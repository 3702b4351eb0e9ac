"""Stores that misbehave: what is said, in one sentence with what to do, and what is tried again."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import httpx
import pytest

from daraa_kg.cli import main
from daraa_kg.cli.endpoint import PASSWORD
from daraa_kg.queries.sparql import QueryFailed
from daraa_kg.stores.endpoint import find_endpoint
from daraa_kg.stores.loading import Loader
from daraa_kg.stores.plan import plan_graph
from daraa_kg.stores.refusals import EndpointError, StoreRefused
from daraa_kg.stores.remote import NothingThere, RemoteGraph
from daraa_kg.stores.transport import Login, Transport, check_address

from .conftest import NO, PAGE, YES, Connect, Misbehaving, Reply, free_port

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

Said = tuple[int, str]
Run = Callable[..., Said]
ROWS = '{"head":{"vars":["g","d"]},"results":{"bindings":[]}}'


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs the program and gives its exit code and what it says of errors."""

    def call(*words: str) -> Said:
        capsys.readouterr()
        code = main(list(words))
        return code, capsys.readouterr().err

    return call


def always(reply: Reply) -> Callable[[str, str], Reply]:
    return lambda _, __: reply


def empty_store(_: str, body: str) -> Reply:
    """Answer as a store without data does: no to each question, and no rows."""
    query = parse_qs(body).get("query", [""])[0]
    if query == "ASK {}":
        return YES
    return NO if query.startswith("ASK") else Reply(body=ROWS)


# --- nobody there, or nobody who speaks SPARQL ---------------------------------------------------


@pytest.mark.parametrize("words", [["load"], ["query", "timeline"]])
def test_a_store_that_is_away(words: list[str], run: Run) -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    code, said = run(*words, "--endpoint", url)
    assert code == 2
    assert said == (
        f"error: {url}: nobody answers there (nothing listens at that port); start the store, or "
        "correct --endpoint\n"
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "nothing listens at that port"),
        (socket.gaierror(-2, "Name or service not known"), "there is no machine of that name"),
        (ConnectionResetError(104, "Connection reset by peer"), "the connection broke off"),
        (OSError(113, "No route to host"), "No route to host"),
    ],
)
def test_why_nobody_answers_is_said_in_words(reason: OSError, words: str) -> None:
    """As httpx says it, which puts its own error around that of the system."""
    transport = Transport()
    wrapped = httpx.ConnectError(str(reason))
    wrapped.__cause__ = reason
    problem = transport.unanswered("http://example.org/", wrapped).problem
    assert problem == f"nobody answers there ({words})"
    transport.close()


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (
            Reply(404, "nothing", "text/plain"),
            "no store answers at this address (404); give --endpoint the address at which the "
            "store answers queries, such as …/sparql",
        ),
        (
            PAGE,
            "a web page answers here, and no SPARQL results; give --endpoint the address at which "
            "the store answers queries, such as …/sparql",
        ),
        (
            Reply(200, "hello", "text/plain"),
            "the answer is no SPARQL results in JSON (text/plain); give the address of a SPARQL "
            "1.1 store",
        ),
        (
            Reply(200, ROWS),
            "the answer is no yes or no; give the address of a SPARQL 1.1 store",
        ),
        (
            Reply(301, headers=(("Location", "https://example.org/sparql"),)),
            "this address sends on to https://example.org/sparql; give that address to --endpoint, "
            "if you trust it",
        ),
        (Reply(401), "the store asks who you are (401); say so with --user NAME"),
        (
            Reply(403),
            "the store does not let you do this (403); say who you are with --user NAME",
        ),
        (
            Reply(400, "<b>Virtuoso 37000</b> Error SP030\nmore", "text/html"),
            "the store says “Virtuoso 37000 Error SP030”; that is its answer to the request "
            "(status 400)",
        ),
    ],
)
@pytest.mark.parametrize("words", [["load"], ["query", "timeline"]])
def test_what_does_not_answer_sparql(
    words: list[str], reply: Reply, sentence: str, misbehaving: Misbehaving, run: Run
) -> None:
    misbehaving.answer = always(reply)
    code, said = run(*words, "--endpoint", misbehaving.url)
    assert code == 2
    assert said == f"error: {misbehaving.url}: {sentence}\n"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("example.org", "this is no address of a web server; write it such as"),
        ("ftp://example.org/", "this is no address of a web server"),
        ("http://", "this is no address of a web server"),
        ("http://example.org:port/", "this is no address (Port could not be cast"),
    ],
)
def test_what_is_no_address(url: str, sentence: str, run: Run) -> None:
    code, said = run("query", "timeline", "--endpoint", url)
    assert code == 2
    assert said.startswith(f"error: {url}: {sentence}")


def test_a_password_in_an_address_is_refused_and_not_repeated(run: Run) -> None:
    code, said = run("load", "--endpoint", "http://me:secret@example.org/sparql")
    assert code == 2
    assert "the address has a user or password in it" in said
    assert "secret" not in said


def test_an_address_loses_the_slash_at_its_end() -> None:
    assert check_address("http://example.org/sparql/") == "http://example.org/sparql"


def test_the_address_for_queries_is_found_below_the_one_that_is_given(
    misbehaving: Misbehaving, connect: Connect
) -> None:
    misbehaving.answer = lambda path, _: YES if path == "/data/sparql" else PAGE
    root = misbehaving.url.removesuffix("/sparql")
    assert connect(f"{root}/data/").query == f"{root}/data/sparql"


# --- busy, slow, or gone for a moment -----------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_is_busy_is_asked_again_ever_more_slowly(
    status: int, misbehaving: Misbehaving
) -> None:
    replies = [Reply(status)] * 3 + [YES]
    misbehaving.answer = lambda _, __: replies.pop(0)
    waited: list[float] = []
    told: list[str] = []
    transport = Transport(pause=waited.append, notice=told.append)
    transport.send("GET", misbehaving.url)
    assert waited == [1, 2, 4]
    assert len(misbehaving.asked) == 4
    assert told[1].endswith("; trying again in 2 s (2 of 4)")
    transport.close()


def test_a_store_is_given_the_time_that_it_asks_for(misbehaving: Misbehaving) -> None:
    wait = Reply(503, headers=(("Retry-After", "7"),))
    replies = [wait, Reply(503), Reply(503, headers=(("Retry-After", "9999"),)), YES]
    misbehaving.answer = lambda _, __: replies.pop(0)
    waited: list[float] = []
    transport = Transport(pause=waited.append)
    transport.send("GET", misbehaving.url)
    assert waited == [7, 14, 60]
    transport.close()


def test_what_stays_busy_is_given_up(misbehaving: Misbehaving) -> None:
    misbehaving.answer = always(Reply(503))
    waited: list[float] = []
    transport = Transport(pause=waited.append)
    with pytest.raises(EndpointError, match=r"is busy or not up \(503\); try again later"):
        transport.send("GET", misbehaving.url)
    assert waited == [1, 2, 4, 8]
    assert len(misbehaving.asked) == 5
    transport.close()


@pytest.mark.parametrize("status", [400, 401, 404, 500])
def test_what_will_not_get_better_is_not_tried_again(status: int, misbehaving: Misbehaving) -> None:
    misbehaving.answer = always(Reply(status))
    waited: list[float] = []
    transport = Transport(pause=waited.append)
    with pytest.raises(EndpointError):
        transport.send("GET", misbehaving.url)
    assert len(misbehaving.asked) == 1
    assert waited == []
    transport.close()


def test_silence_is_waited_for_no_longer_than_was_said(misbehaving: Misbehaving) -> None:
    misbehaving.answer = always(YES._replace(wait=5))
    waited: list[float] = []
    transport = Transport(timeout=0.05, pause=waited.append)
    with pytest.raises(EndpointError) as caught:
        transport.send("GET", misbehaving.url)
    assert str(caught.value) == (
        f"{misbehaving.url}: no answer within 0.05 seconds; try again later, or give it more time "
        "with --timeout"
    )
    assert len(waited) == 4
    transport.close()


def test_a_store_that_goes_away_is_tried_again() -> None:
    transport = Transport(pause=lambda _: None)
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/"
        told: list[str] = []
        transport.notice = told.append
        with pytest.raises(EndpointError, match="nobody answers there"):
            transport.send("GET", url)
    assert len(told) == 4
    transport.close()


# --- loading into what cannot be loaded into -----------------------------------------------------


def test_a_store_that_says_yes_and_writes_nothing(misbehaving: Misbehaving, run: Run) -> None:
    misbehaving.answer = empty_store
    code, said = run("load", "--endpoint", misbehaving.url)
    assert code == 2
    assert "the store says that it has written, and nothing is there; name with --update" in said


@pytest.mark.parametrize("status", [405, 415, 501])
@pytest.mark.parametrize("told", [False, True])
def test_a_store_that_only_answers_questions(
    told: bool, status: int, misbehaving: Misbehaving, run: Run
) -> None:
    def answer(path: str, body: str) -> Reply:
        return empty_store(path, body) if "query=" in body else Reply(status, "none", "text/plain")

    misbehaving.answer = answer
    url = misbehaving.url
    code, said = run("load", "--endpoint", url, *(["--update", f"{url}/update"] if told else []))
    assert code == 2
    assert said == (
        f"error: {url}{'/update' if told else ''}: no updates are taken here, only "
        "questions; load into a store that can be written to, or say with --update where this one "
        "takes them\n"
    )


def test_a_file_that_was_cut_short_is_not_sent(
    misbehaving: Misbehaving, mini_graph: dk.Graph, tmp_path: Path, run: Run
) -> None:
    path = mini_graph.save(tmp_path / "mini.nq")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-5]))
    code, said = run("load", "--endpoint", misbehaving.url, "--article", str(path))
    assert code == 1
    assert "it was cut short; copy or build it again" in said
    assert all("ASK {}" in parse_qs(body)["query"] for _, body, _ in misbehaving.asked)


def test_a_store_whose_update_address_is_away(misbehaving: Misbehaving, run: Run) -> None:
    misbehaving.answer = empty_store
    url = f"http://127.0.0.1:{free_port()}/update"
    code, said = run("load", "--endpoint", misbehaving.url, "--update", url)
    assert code == 2
    assert said.startswith(f"error: {url}: nobody answers there")


def test_a_store_that_loses_what_it_is_sent_is_noticed(
    misbehaving: Misbehaving, mini_graph: dk.Graph
) -> None:
    """It keeps the mark of the load, so all goes well until the store is asked to count."""
    held: set[str] = set()

    def answer(_: str, body: str) -> Reply:
        query = parse_qs(body).get("query", [""])[0]
        if not query:
            held.update(["mark"] if "INSERT DATA" in body else [])
            return Reply(204)
        if query == "ASK {}":
            return YES
        if query.startswith("ASK"):
            return YES if held and "graph/load" in query and "> . GRAPH" not in query else NO
        return Reply(body=ROWS)

    misbehaving.answer = answer
    transport = Transport()
    loader = Loader(plan_graph(mini_graph), find_endpoint(transport, misbehaving.url))
    with pytest.raises(
        EndpointError, match=r"the store holds 0 triples of .* were sent and \d+ mo"
    ):
        loader.load(loader.prepare())
    transport.close()


# --- who is asking -------------------------------------------------------------------------------


def guarded(challenge: str) -> Callable[[Misbehaving], Callable[[str, str], Reply]]:
    def make(server: Misbehaving) -> Callable[[str, str], Reply]:
        def answer(_: str, __: str) -> Reply:
            if server.asked[-1][2] is None:
                return Reply(401, headers=(("WWW-Authenticate", challenge),))
            return YES

        return answer

    return make


@pytest.mark.parametrize(
    ("challenge", "scheme"),
    [
        ('Basic realm="a store"', "Basic "),
        ('Digest realm="SPARQL", nonce="abc", qop="auth", algorithm=MD5', "Digest "),
    ],
)
def test_the_password_is_told_to_who_asks_and_as_they_ask(
    challenge: str, scheme: str, misbehaving: Misbehaving
) -> None:
    misbehaving.answer = guarded(challenge)(misbehaving)
    transport = Transport(Login("me", "secret"))
    endpoint = find_endpoint(transport, misbehaving.url)
    assert endpoint.ask("ASK {}")
    headers = [header for _, _, header in misbehaving.asked]
    assert headers[0] is None
    told = [header for header in headers if header is not None]
    assert told[-1] == headers[-1]
    assert all(header.startswith(scheme) for header in told)
    assert "secret" not in json.dumps(headers)
    transport.close()


def test_who_does_not_ask_is_not_told(misbehaving: Misbehaving) -> None:
    transport = Transport(Login("me", "secret"))
    assert find_endpoint(transport, misbehaving.url).ask("ASK {}")
    assert {header for _, _, header in misbehaving.asked} == {None}
    assert "secret" not in repr(transport.login)
    transport.close()


def test_the_password_is_not_sent_on(misbehaving: Misbehaving) -> None:
    away = "http://example.invalid/sparql"
    misbehaving.answer = always(Reply(307, headers=(("Location", away),)))
    transport = Transport(Login("me", "secret"))
    with pytest.raises(EndpointError, match=f"this address sends on to {away}"):
        find_endpoint(transport, misbehaving.url)
    transport.close()


def test_a_password_comes_from_the_environment_or_a_terminal(
    misbehaving: Misbehaving, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)
    words = ("query", "timeline", "--endpoint", misbehaving.url, "--user", "me")
    code, said = run(*words)
    assert code == 2
    assert said == (
        "error: there is no password for me; set DARAA_KG_PASSWORD, or run this in a terminal that "
        "can ask for it\n"
    )
    assert misbehaving.asked == []
    monkeypatch.setenv(PASSWORD, "secret")
    misbehaving.answer = always(Reply(401, headers=(("WWW-Authenticate", "Basic"),)))
    code, said = run(*words)
    assert code == 2
    assert "does not accept this user and password (401); correct --user or the password" in said
    assert "secret" not in said


def test_a_terminal_is_asked_for_the_password(
    misbehaving: Misbehaving, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, dict[str, bool]]] = []

    def prompt(text: str, **options: bool) -> str:
        asked.append((text, options))
        return "secret"

    monkeypatch.delenv(PASSWORD, raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", prompt)
    misbehaving.answer = guarded("Basic")(misbehaving)
    run("query", "timeline", "--endpoint", misbehaving.url, "--user", "me")
    assert asked == [("Password of me", {"hide_input": True, "err": True})]
    assert misbehaving.asked[-1][2] == "Basic bWU6c2VjcmV0"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--base", "no base"), "--base: “no base”"),
        (("--article", "none"), "none: there is no such folder"),
        (("--article", "none.nq"), "none.nq: there is no such file or folder"),
    ],
)
def test_load_looks_at_its_own_words_before_it_asks(
    misbehaving: Misbehaving, run: Run, words: tuple[str, ...], sentence: str
) -> None:
    code, said = run("load", "--endpoint", misbehaving.url, *words)
    assert code == 2
    assert sentence in said
    assert misbehaving.asked == []


def test_there_is_no_option_for_the_password(run: Run) -> None:
    code, said = run("load", "--endpoint", "http://example.org/", "--password", "secret")
    assert code == 2
    assert "there is no option “--password”" in said
    assert "secret" not in said


# --- questions -----------------------------------------------------------------------------------


def remote(server: Misbehaving, connect: Connect, **options: float) -> RemoteGraph:
    """Give an empty store that begins to misbehave with the first question of ours."""
    server.answer = empty_store
    found = RemoteGraph(connect(server.url, **options))
    assert found.datasets == []
    return found


QUESTION = "SELECT ?x { ?x a dkg:Siege }"


@pytest.mark.parametrize(
    ("reply", "error", "sentence"),
    [
        (PAGE, EndpointError, "a web page answers here, and no SPARQL results"),
        (Reply(404), EndpointError, "no store answers at this address (404)"),
        (Reply(503), EndpointError, "the store is busy or not up (503); try again later"),
        (Reply(504), EndpointError, "the store took too long (504); try again later"),
        (Reply(401), EndpointError, "the store asks who you are (401); say so with --user NAME"),
        (
            Reply(200, '{"head":{"vars":["x"]},"resul'),
            EndpointError,
            "is no SPARQL results in JSON",
        ),
        (Reply(400, "line 1: no"), QueryFailed, "says “line 1: no”"),
        (Reply(500, "it broke"), QueryFailed, "says “it broke”"),
        (
            Reply(body=ROWS, headers=(("X-SPARQL-MaxRows", "10000"),)),
            EndpointError,
            "the store cut its answer at its limit of rows (X-SPARQL-MaxRows); raise that limit",
        ),
    ],
)
def test_a_question_that_is_not_answered(
    reply: Reply,
    error: type[Exception],
    sentence: str,
    misbehaving: Misbehaving,
    connect: Connect,
) -> None:
    asked = remote(misbehaving, connect)
    misbehaving.answer = always(reply)
    with pytest.raises(error) as caught:
        asked.query(QUESTION)
    assert sentence in str(caught.value)
    assert not isinstance(caught.value, StoreRefused)


def test_a_question_is_waited_for_no_longer_than_was_said(
    misbehaving: Misbehaving, connect: Connect
) -> None:
    asked = remote(misbehaving, connect, timeout=1.0)
    misbehaving.answer = always(YES._replace(wait=5))
    with pytest.raises(EndpointError, match="no answer within 1 seconds; try again later"):
        asked.query(QUESTION)


def test_the_graph_of_the_facts_is_never_a_dataset_clause(
    misbehaving: Misbehaving, connect: Connect
) -> None:
    misbehaving.answer = empty_store
    with pytest.raises(NothingThere):
        RemoteGraph(connect(misbehaving.url), "urn:facts").query(QUESTION)
    sent = [parse_qs(body) for _, body, _ in misbehaving.asked]
    assert all(set(form) == {"query"} for form in sent)
    assert all("?" not in path for path, _, _ in misbehaving.asked)
    (question,) = [form["query"][0] for form in sent if "Siege" in form["query"][0]]
    assert "GRAPH <urn:facts> { ?x a dkg:Siege }" in question
    assert "FROM" not in question
