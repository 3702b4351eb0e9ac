"""The requests of `serve_load.py`: the catalogue's questions, and the hostile ones."""

from __future__ import annotations

from dataclasses import dataclass

from daraa_kg.queries.catalogue import load_catalogue
from daraa_kg.queries.sparql import form_of

QUERY = "application/sparql-query"
ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
LEAVING = ("leaves at once", "sends a half")  # clients that do not wait for an answer


@dataclass(frozen=True)
class Request:
    """A request, and the answers that it may have besides 503.

    Attributes:
        name: what it is called in the report.
        allowed: the statuses; a status of 0 is a connection that the server has closed.
        method: of HTTP.
        path: of the address.
        body: what is sent.
        headers: that are sent.
    """

    name: str
    allowed: tuple[int, ...]
    method: str = "POST"
    path: str = "/sparql"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", QUERY), ("Accept", ROWS))


def hostile() -> list[Request]:
    """Give the requests that want to hurt.

    What cannot be answered whole within the limits is not answered 200, not even in part.
    """
    cross = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(4))
    doubled = " ".join(f"BIND(CONCAT(?t{i}, ?t{i}) AS ?t{i + 1})" for i in range(40))
    endless = {
        "cross product": f"SELECT * {{ {cross} }}",
        "counted cross product": f"SELECT (COUNT(*) AS ?n) {{ {cross} }}",
        "sorted cross product": f"SELECT * {{ {cross} }} ORDER BY ?o3 ?o2 ?o1 LIMIT 5",
        "huge graph": f"CONSTRUCT {{ ?s0 ?p1 ?o2 }} {{ {cross} }}",
        "long path": "SELECT * { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }",
        "every pair of graphs": "SELECT * { GRAPH ?g { ?s ?p ?o } GRAPH ?h { ?a ?b ?c } }",
        "growing text": f'SELECT (STRLEN(?t40) AS ?n) {{ BIND("x" AS ?t0) {doubled} }}',
        "filtered cross product": (
            f"SELECT (COUNT(*) AS ?n) {{ {cross} FILTER(CONCAT(STR(?o0), STR(?o3)) = STR(?s2)) }}"
        ),
    }
    refused = {
        "service": "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "service, spelt": "SELECT * { SERVIC\\u0045 <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "load": "LOAD <http://127.0.0.1:9/x.ttl>",
        "update": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "half a query": "SELECT ?s WHERE { ?s ?p ",
        "no words": "\x00\x01\x02",
    }
    nested = "SELECT * " + "{" * 3000 + "?s ?p ?o" + "}" * 3000
    form = (("Content-Type", "application/x-www-form-urlencoded"),)
    image = (("Content-Type", "image/png"),)
    return [
        *(Request(name, (400, 422), body=text.encode()) for name, text in endless.items()),
        *(Request(name, (400,), body=text.encode()) for name, text in refused.items()),
        Request("deep nesting", (200, 400), body=nested.encode()),
        Request("update as a form", (400,), body=b"update=CLEAR%20ALL", headers=form),
        Request("no query", (400,), body=b"x=y", headers=form),
        Request("large body", (413, 0), body=b"#" * 2_000_000),
        Request("long address", (414, 400), "GET", "/sparql?query=" + "x" * 60_000),
        Request("unknown type", (415,), body=b"x", headers=image),
        Request("not UTF-8", (400,), body=b"ASK { ?s ?p '\xff' }"),
        Request("no such method", (405,), "DELETE"),
        Request("no such page", (400, 404), "GET", "/id/nothing/%00%ff/%3Cscript%3E"),
        *(Request(name, (0,), body=endless["cross product"].encode()) for name in LEAVING),
    ]


def questions() -> dict[str, Request]:
    """Give the catalogue's questions by name, as requests."""
    found = {}
    for query in load_catalogue().values():
        graph = form_of(query.text) in ("CONSTRUCT", "DESCRIBE")
        headers = (("Content-Type", QUERY), ("Accept", TRIPLES if graph else ROWS))
        found[query.name] = Request(query.name, (200,), body=query.text.encode(), headers=headers)
    return found
