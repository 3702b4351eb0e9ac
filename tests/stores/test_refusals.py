"""What is said of answers that are no results, where the password goes, and when waiting ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from daraa_kg.namespaces import RDFS, ontology_graph
from daraa_kg.queries.sparql import QueryFailed
from daraa_kg.stores.endpoint import find_endpoint
from daraa_kg.stores.refusals import EndpointError, first_line
from daraa_kg.stores.remote import RemoteGraph
from daraa_kg.stores.transport import Login, Transport

from .conftest import NO, YES, Connect, Misbehaving, Reply, running

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = '{"head":{"vars":["g","d"]},"results":{"bindings":[]}}'


@pytest.fixture
def known() -> Iterator[Transport]:
    """Give what sends requests for somebody with a password."""
    transport = Transport(Login("me", "secret"))
    yield transport
    transport.close()


@pytest.fixture
def elsewhere() -> Iterator[Misbehaving]:
    """Give another host."""
    found = Misbehaving()
    with running(found.server):
        yield found


# --- the password --------------------------------------------------------------------------------


def unasked(*challenges: str) -> Reply:
    """Ask for a login in as many header lines, of which an empty one is left out."""
    return Reply(401, headers=tuple(("WWW-Authenticate", line) for line in challenges if line))


@pytest.mark.parametrize(
    ("challenge", "how"),
    [
        ("Negotiate", "by Negotiate"),
        ('Bearer realm="Basic, Digest"', "by Bearer"),
        ('Bearer realm="a \\", Basic x"', "by Bearer"),
        ("", "and does not say how"),
    ],
)
def test_a_password_goes_to_who_asks_in_a_way_we_know(
    challenge: str, how: str, misbehaving: Misbehaving, known: Transport
) -> None:
    misbehaving.answer = lambda _, __: unasked(challenge)
    with pytest.raises(EndpointError) as caught:
        find_endpoint(known, misbehaving.url)
    assert str(caught.value) == (
        f"{misbehaving.url}: the store asks for a login {how} (401), so the password was not sent; "
        "give an address that asks for it by Basic or Digest"
    )
    assert {header for _, _, header in misbehaving.asked} == {None}


DIGEST = 'Digest realm="a, Basic b", nonce="n", qop="auth"'


@pytest.mark.parametrize(
    ("challenges", "scheme"),
    [
        (('Negotiate, Basic realm="a"',), "Basic "),
        (("basic",), "Basic "),
        (("Negotiate", 'Basic realm="a"'), "Basic "),
        (('Bearer realm="a", Basic realm = "Digest x"',), "Basic "),
        ((DIGEST,), "Digest "),
        (('Basic realm="a"', DIGEST), "Digest "),
        ((DIGEST, 'Basic realm="a"'), "Digest "),
        ((f'Basic realm="a", {DIGEST}',), "Digest "),
        ((f"Negotiate abc==, {DIGEST}, Negotiate",), "Digest "),
    ],
)
def test_of_several_ways_the_best_that_we_know_is_taken(
    challenges: tuple[str, ...], scheme: str, misbehaving: Misbehaving, known: Transport
) -> None:
    misbehaving.answer = lambda _, __: unasked(*challenges)
    with pytest.raises(EndpointError, match=r"does not accept this user and password \(401\)"):
        find_endpoint(known, misbehaving.url)
    told = [header for _, _, header in misbehaving.asked if header]
    assert told
    assert all(header.startswith(scheme) for header in told)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("challenge", "scheme"), [('Basic realm="a"', "Basic "), (DIGEST, "Digest ")]
)
def test_a_question_does_not_take_the_password_elsewhere(
    challenge: str,
    scheme: str,
    status: int,
    misbehaving: Misbehaving,
    elsewhere: Misbehaving,
    known: Transport,
) -> None:
    """The store answers until it is asked for facts, and then sends on to another host."""

    def answer(_: str, body: str) -> Reply:
        if misbehaving.asked[-1][2] is None:
            return unasked(challenge)
        if "Siege" in body:
            return Reply(status, headers=(("Location", elsewhere.url),))
        return YES if "ASK" in body else Reply(body=ROWS)

    misbehaving.answer = answer
    asked = RemoteGraph(find_endpoint(known, misbehaving.url))
    assert asked.datasets == []
    with pytest.raises(EndpointError) as caught:
        asked.query("SELECT ?x { ?x a dkg:Siege }")
    assert str(caught.value) == (
        f"{misbehaving.url}: this address sends on to {elsewhere.url}; give that address to "
        "--endpoint, if you trust it"
    )
    _, question, told = misbehaving.asked[-1]
    assert "Siege" in question
    assert told is not None
    assert told.startswith(scheme)
    assert elsewhere.asked == []


# --- when waiting ends ---------------------------------------------------------------------------


def test_an_answer_that_trickles_is_not_waited_for(
    misbehaving: Misbehaving, connect: Connect
) -> None:
    """Each byte comes in time, and the answer would not."""
    misbehaving.answer = lambda _, __: YES._replace(trickle=0.3)
    with pytest.raises(EndpointError, match=r"no answer within 0\.5 seconds; try again later"):
        connect(misbehaving.url, timeout=0.5)
    misbehaving.answer = lambda _, __: YES
    asked = RemoteGraph(connect(misbehaving.url, timeout=0.5))
    misbehaving.answer = lambda _, __: Reply(body=ROWS)
    assert asked.datasets == []
    for reply in (YES, Reply(400, "no, never, not at all")):
        misbehaving.answer = lambda _, __, reply=reply: reply._replace(trickle=0.3)  # type: ignore[misc]
        with pytest.raises(EndpointError, match=r"no answer within 0\.5 seconds; try again later"):
            asked.query("ASK { ?x a dkg:Siege }")


def test_an_answer_that_breaks_off_is_told(misbehaving: Misbehaving, connect: Connect) -> None:
    misbehaving.answer = lambda _, __: YES._replace(lacks=10)
    with pytest.raises(EndpointError) as caught:
        connect(misbehaving.url)
    said = f"{misbehaving.url}: the answer broke off in the middle; try again later"
    assert str(caught.value) == said
    misbehaving.answer = lambda _, __: YES
    asked = RemoteGraph(connect(misbehaving.url))
    misbehaving.answer = lambda _, __: Reply(body=ROWS)
    assert asked.datasets == []
    misbehaving.answer = lambda _, __: YES._replace(lacks=10)
    with pytest.raises(EndpointError) as caught:
        asked.query("ASK { ?x a dkg:Siege }")
    assert str(caught.value) == said


# --- where it was sent ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "better"),
    [
        ("/store", 415, "{0}/query"),
        ("/update", 400, "{0}/query or {0}/sparql"),
        ("/sparql-auth", 400, "{0}/sparql"),
        ("/statements", 415, "{0}"),
    ],
)
def test_an_address_for_writing_is_told_apart(
    path: str, status: int, better: str, misbehaving: Misbehaving, connect: Connect
) -> None:
    root = misbehaving.url.removesuffix("/sparql")
    misbehaving.answer = lambda asked, _: Reply(status if asked == path else 404)
    with pytest.raises(EndpointError) as caught:
        connect(root + path)
    assert str(caught.value) == (
        f"{root}{path}: this is where a store takes updates or graphs, and no questions; give "
        f"--endpoint the address for those, such as {better.format(root)}"
    )


def test_an_address_that_takes_no_questions(misbehaving: Misbehaving, connect: Connect) -> None:
    misbehaving.answer = lambda _, __: Reply(415, "application/x-www-form-urlencoded is not known")
    with pytest.raises(EndpointError) as caught:
        connect(misbehaving.url)
    assert str(caught.value) == (
        f"{misbehaving.url}: no questions are taken at this address (415); give --endpoint the "
        "address at which the store answers queries, such as …/sparql"
    )


@pytest.mark.parametrize("target", ["/sparql", "{url}"])
def test_an_address_that_leads_to_itself(
    target: str, misbehaving: Misbehaving, connect: Connect
) -> None:
    where = (("Location", target.format(url=misbehaving.url)),)
    misbehaving.answer = lambda _, __: Reply(302, headers=where)
    with pytest.raises(EndpointError) as caught:
        connect(misbehaving.url)
    assert str(caught.value) == (
        f"{misbehaving.url}: this address sends on to itself, without end (302); correct "
        "--endpoint, or mend the server"
    )


def test_where_an_address_leads_is_told_in_full(misbehaving: Misbehaving, connect: Connect) -> None:
    misbehaving.answer = lambda _, __: Reply(302, headers=(("Location", "/other"),))
    other = misbehaving.url.replace("/sparql", "/other")
    with pytest.raises(EndpointError, match=f"sends on to {other}; give that address"):
        connect(misbehaving.url)


# --- what the server says itself -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Query stopped: after 10 seconds\nmore", "Query stopped: after 10 seconds"),
        ('{"title": "Busy", "detail": "ask for\\u001b[31m less\\u202e"}', "ask for [31m less"),
        ('{"detail": 3}', '{"detail": 3}'),
        ("{not JSON", "{not JSON"),
        ("say\x00so\x1b]0;c\x07\u2028word", "say so ]0;c"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_one_short_line_without_commands_to_a_terminal(body: str, line: str) -> None:
    assert first_line(body) == line


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (
            Reply(503, '{"title":"Query stopped","detail":"it took 10 seconds; ask for less"}'),
            "the store says “it took 10 seconds; ask for less” (503); do as it says, or try again "
            "later",
        ),
        (
            Reply(503, "<html><title>503 Unavailable</title></html>", "text/html"),
            "the store is busy or not up (503); try again later",
        ),
        (Reply(504), "the store took too long (504); try again later"),
        (Reply(429), "the store was asked too often (429); try again later"),
    ],
)
def test_a_busy_server_is_quoted(
    reply: Reply, sentence: str, misbehaving: Misbehaving, connect: Connect
) -> None:
    asked = RemoteGraph(connect(misbehaving.url))
    misbehaving.answer = lambda _, __: Reply(body=ROWS)
    assert asked.datasets == []
    misbehaving.answer = lambda _, __: reply
    with pytest.raises(EndpointError) as caught:
        asked.query("SELECT ?x { ?x a dkg:Siege }")
    assert str(caught.value) == f"{misbehaving.url}: {sentence}"


# --- names, from a server that gives few rows at a time -------------------------------------------


class Stingy:
    """A store that gives so many triples at most; its dataset has one class with a label each."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.terms = [f"urn:t{number:03}" for number in range(90)]
        self.refused = 0

    def __call__(self, _: str, body: str) -> Reply:
        query = parse_qs(body).get("query", [""])[0]
        if "ASK" in query:
            return YES if query == "ASK {}" else NO
        if "CONSTRUCT" not in query:
            account = {"g": "https://e.org/graph/about", "d": "https://e.org/a/dataset"}
            binding = {key: {"type": "uri", "value": value} for key, value in account.items()}
            rows = [binding] if "Dataset" in query else []
            return Reply(
                body=json.dumps({"head": {"vars": ["g", "d"]}, "results": {"bindings": rows}})
            )
        found = self.terms if ontology_graph("https://e.org/") in query else []
        if "LIMIT" in query:
            limit, offset = query.split()[-3], query.split()[-1]
            found = found[int(offset) :][: int(limit)]
        if len(found) > self.most:
            self.refused += 1
            return Reply(422, '{"detail":"the result has more than this"}')
        lines = (f'<{term}> <{RDFS}label> "{term}" .\n' for term in found)
        return Reply(body="".join(lines), kind="application/n-triples")


@pytest.mark.parametrize(("most", "refused"), [(90, 0), (89, 2), (20, 2)])
def test_names_are_fetched_in_parts_if_they_must_be(
    most: int, refused: int, misbehaving: Misbehaving, connect: Connect
) -> None:
    store = Stingy(most)
    misbehaving.answer = store
    graph = RemoteGraph(connect(misbehaving.url))
    names = graph.names.all()
    assert sorted(quad.subject.value for quad in names) == store.terms
    assert store.refused == refused


def test_a_server_that_gives_next_to_nothing_is_quoted(
    misbehaving: Misbehaving, connect: Connect
) -> None:
    misbehaving.answer = Stingy(3)
    with pytest.raises(QueryFailed, match=r"says “the result has more than this”"):
        RemoteGraph(connect(misbehaving.url)).names.all()
