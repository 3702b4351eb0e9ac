"""Where on the server the things of a graph and their documents stand, and what may be linked to.

A thing has the path of its IRI: <https://example.org/kg/place/daraa> is /kg/place/daraa. w3id.org
redirects what is below its folder /daraa-kg, so <https://w3id.org/daraa-kg/id/place/daraa> is
/id/place/daraa here. The documents stand apart from the things, below /doc.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ..namespaces import DKG, forbidden
from .served import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from .served import Served

__all__ = ["DOCUMENTS", "ONTOLOGY", "Addresses"]

DOCUMENTS = "/doc/"
ONTOLOGY = "/ontology"
_SAFE = "/:@!$&'()*+,;=~-._%"  # RFC 3986, section 3.3; a % is one that the IRI has already


class Addresses:
    """The paths of one graph's things.

    Args:
        served: the graph, and where its IRIs start.
    """

    def __init__(self, served: Served) -> None:
        self.base = served.base
        self.things = unquote(served.root)

    def thing(self, iri: str) -> str:
        """Give the path of a thing, the part after # included."""
        document, mark, fragment = iri.removeprefix(self.base).partition("#")
        path = _here(self.things + quote(document, safe=_SAFE))
        return path + (mark and f"#{_fragment(fragment)}")

    def document(self, document: str, extension: str = "") -> str:
        """Give the path of a document, in one format when the extension (``.ttl``) is given."""
        return DOCUMENTS + quote(document.removeprefix(self.base), safe=_SAFE) + extension

    def asked(self, request: Request, under: str) -> Iterator[str]:
        """Give the IRIs that a path below `under` can mean: decoded, and as it was sent.

        Sent is what counts where an IRI has a percent sign of its own.
        """
        sent = request.scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1")
        for path in (request.url.path if not sent else unquote(sent), sent):
            if path.startswith(under):
                yield self.base + path.removeprefix(under)

    def link(self, iri: str) -> str | None:
        """Give an address to put behind a name; None if it is none, or is not safe to open.

        Things and terms of ours are linked to where they are here. Of all others, only web
        addresses are: a javascript: IRI in somebody's data must never become a link.
        """
        if forbidden(iri) is not None:
            return None
        if iri.startswith(self.base):
            return self.thing(iri)
        if iri.startswith(DKG):
            return f"{ONTOLOGY}#{_fragment(iri.removeprefix(DKG))}"
        if iri.startswith(HOME):
            return _here(quote("/" + iri.removeprefix(HOME), safe=_SAFE))
        return iri if iri.lower().startswith(("https://", "http://")) else None


def _here(path: str) -> str:
    """Keep a path on this server: what begins with two slashes names another one."""
    return f"/.{path}" if path.startswith("//") else path


def _fragment(fragment: str) -> str:
    return quote(fragment, safe=_SAFE + "?")
