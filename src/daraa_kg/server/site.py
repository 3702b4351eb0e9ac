"""What all pages of a served graph share: its name and licence, its links, and advice when lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..graph.labels import NoSuchThing, value_of
from ..namespaces import DCAT, DCT, DKG, RDF, shorten
from ..why.evidence import license_name
from .addresses import Addresses
from .documents import Documents, document_of
from .pages import error_page, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from .answers import Body
    from .pages import Link
    from .served import Served

__all__ = ["Site"]

_LONGEST = 200  # characters of an id for which the nearest ones are looked up
_MOST = 20_000  # things among which the nearest are looked up: each is compared


class Site:
    """A served graph as pages.

    Args:
        served: the graph and its addresses.
    """

    def __init__(self, served: Served) -> None:
        self.served = served
        self.graph = served.graph
        self.addresses = Addresses(served)
        self.documents = Documents(served.graph)

    # --- the dataset ------------------------------------------------------------------------------

    @cached_property
    def dataset(self) -> str | None:
        """The IRI of the dataset, by the graph's account of itself."""
        pattern = (None, ox.NamedNode(RDF + "type"), ox.NamedNode(DCAT + "Dataset"))
        quads = self.graph.store.quads_for_pattern(*pattern, self.documents.account)
        return min((value_of(quad.subject) for quad in quads), default=None)

    def _of_dataset(self, predicate: str) -> str:
        if self.dataset is None:
            return ""
        pattern = (ox.NamedNode(self.dataset), ox.NamedNode(predicate), None)
        quads = self.graph.store.quads_for_pattern(*pattern, self.documents.account)
        return min((value_of(quad.object) for quad in quads), default="")

    @cached_property
    def title(self) -> str:
        """What the dataset is called."""
        return self._of_dataset(DCT + "title") or self.graph.slug

    @cached_property
    def description(self) -> str:
        """What the dataset holds, in a sentence."""
        return self._of_dataset(DCT + "description")

    @cached_property
    def attribution(self) -> str:
        """Whom to name when the text's words are used."""
        return self._of_dataset(DKG + "attribution")

    @cached_property
    def license(self) -> str | None:
        """The address of the licence; None if it has none on the web."""
        address = self._of_dataset(DCT + "license")
        return address if address.startswith(("https://", "http://")) else None

    @property
    def license_name(self) -> str:
        """What the licence is called."""
        return license_name(self._of_dataset(DCT + "license"))

    # --- pages ------------------------------------------------------------------------------------

    def href(self, written: str) -> str | None:
        """Give an address for an IRI or a term's short name (``dkg:Clash``); None if unsafe."""
        if written.startswith("dkg:"):
            written = DKG + written.removeprefix("dkg:")
        return self.addresses.link(written)

    def page(self, template: str, values: Mapping[str, object]) -> Body:
        """Make a page of this site.

        Args:
            template: the template's name.
            values: what is put into it.
        """
        explorer = self.served.explorer
        shared = {
            "site": self,
            "href": self.href,
            "has_explorer": explorer is not None and explorer.is_file(),
        }
        return render(template, {**shared, **values})

    # --- when there is nothing --------------------------------------------------------------------

    def missing(self, request: Request, written: str) -> Response:
        """Say that nothing has the id, and what comes close."""
        shown = written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
        sentence = f"Nothing here is called “{shown}”."
        suggestions = self.suggest(written)
        if suggestions:
            sentence += " Did you mean one of these?"
        return error_page(request, 404, "Not found", sentence, suggestions)

    def suggest(self, written: str) -> list[Link]:
        """Give what somebody may have meant by an id or a path: names and addresses.

        Args:
            written: an id, a part of it, a label or a path.
        """
        sought = written.strip("/").removeprefix(self.addresses.things.strip("/") + "/")
        if not sought or len(sought) > _LONGEST or len(self.graph.labels.things) > _MOST:
            return []
        try:
            found = [self.graph.labels.find(sought)]
        except NoSuchThing as error:
            found = [self.graph.iri(one) for one in error.candidates]
        return [
            (f"{self.graph.label(iri)} ({self._id(iri)})", self.addresses.thing(iri))
            for iri in found
            if document_of(iri) in self.documents
        ]

    def _id(self, iri: str) -> str:
        return shorten(iri, self.graph.base, self.graph.slug)
