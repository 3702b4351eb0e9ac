from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

import daraa_kg as dk
from daraa_kg.server.addresses import Addresses
from daraa_kg.server.served import Served

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

W3ID = "https://w3id.org/daraa-kg/"


def addresses(base: str) -> Addresses:
    return Addresses(Served(dk.Graph(ox.Store(), base=base), base, "https://kg.example.org/"))


@pytest.mark.parametrize(
    ("iri", "link"),
    [
        (f"{W3ID}id/place/daraa", "/id/place/daraa"),
        (f"{W3ID}id/mini/text/00#char=1,2", "/id/mini/text/00#char=1,2"),
        (f"{W3ID}id/place/درعا", "/id/place/%D8%AF%D8%B1%D8%B9%D8%A7"),
        (f"{W3ID}id/place/a%20b", "/id/place/a%20b"),
        (f"{W3ID}id/place/a?b", "/id/place/a%3Fb"),
        (f"{W3ID}ontology#Clash", "/ontology#Clash"),
        (f"{W3ID}ontology/rules/kind.rq", "/ontology/rules/kind.rq"),
        (f"{W3ID}codes/acled/armed-clash", "/codes/acled/armed-clash"),
        ("https://example.org/x?y=1#z", "https://example.org/x?y=1#z"),
        ("HTTP://example.org/", "HTTP://example.org/"),
        # Not two slashes: these would lead to another machine.
        (f"{W3ID}/evil.example/x", "/.//evil.example/x"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("urn:isbn:1", None),
        ("//evil.example", None),
        ("place/daraa", None),
        ("", None),
        # A list of addresses, or words, is no address.
        (f"{W3ID}id/place/a; {W3ID}id/place/b", None),
        ("https://example.org/ “and so on”", None),
        ('https://example.org/"onclick="x', None),
        ("https://example.org/<script>", None),
    ],
)
def test_only_what_is_safe_becomes_a_link(iri: str, link: str | None) -> None:
    assert addresses(f"{W3ID}id/").link(iri) == link


def test_a_thing_below_the_root_never_leads_away(serve: Callable[..., TestClient]) -> None:
    base = "https://kg.example.org/"
    assert addresses(base).thing(f"{base}/evil.example/x") == "/.//evil.example/x"
    store = ox.Store()
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for graph in (ox.DefaultGraph(), ox.NamedNode(base + "source/editors")):
        store.add(ox.Quad(ox.NamedNode(f"{base}/x"), label, ox.Literal("two slashes"), graph))
    client = serve(dk.Graph(store, base=base, slug="mini"))
    answer = client.get("https://kg.example.org//x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/doc//x.html")
    assert client.get("/doc//x.html").status_code == 200
