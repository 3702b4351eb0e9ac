"""What `/sparql` says of itself: in RDF to programs, and to people as a page with a form.

Source: SPARQL 1.1 Service Description, section 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from .answers import Body, answer
from .negotiation import choose
from .pages import show, template_file
from .protocol import Refusal
from .resultpages import form_page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from .site import Site

__all__ = ["describe"]

_PAGE = "text/html"
_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
_PREFIXES = {
    "format": "http://www.w3.org/ns/formats/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
}
_EXAMPLE = """\
PREFIX dkg: <https://w3id.org/daraa-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?event ?label ?earliest
WHERE {
  ?event a dkg:Event, dkg:Clash ; rdfs:label ?label .
  OPTIONAL { ?event dkg:earliest ?earliest }
}
ORDER BY ?earliest ?event
"""


def describe(request: Request, site: Site, accept: str) -> Response:
    """Answer a request that has no query.

    Args:
        request: the request.
        site: the graph's site, which knows the address of the endpoint.
        accept: the Accept header.

    Raises:
        Refusal: nothing that can be sent is acceptable.
    """
    chosen = choose(accept, (*_FORMATS, _PAGE))
    if chosen is None:
        known = ", ".join((*_FORMATS, _PAGE))
        sentence = f"the description cannot be sent in an accepted type; accept one of {known}"
        raise Refusal(406, "Not acceptable", sentence)
    headers = {"Vary": "Accept"}
    if chosen == _PAGE:
        return show(request, form_page(site, _EXAMPLE), headers)
    endpoint = site.served.url("/sparql")
    triples = ox.parse(template_file("service.ttl"), ox.RdfFormat.TURTLE, base_iri=endpoint)
    format_ = _FORMATS[chosen]
    written = ox.serialize((q.triple for q in triples), format=format_, prefixes=_PREFIXES)
    return answer(request, Body(written or b"", chosen), headers)
