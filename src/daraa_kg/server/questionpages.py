"""The questions of the catalogue, each with its answer as a table.

The answers are made in this process, once: the questions are known, and so is what they cost.
Everybody else's SPARQL goes to the endpoint, where a query can be stopped.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.routing import Route

from ..queries.catalogue import load_catalogue, run
from ..text.nearest import nearest
from .answertables import table_values
from .pages import error_page, show

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..queries.question import Query
    from .answers import Body
    from .site import Site

__all__ = ["QUESTIONS", "routes"]

QUESTIONS = "/questions"
_LONGEST = 15_000  # characters of an address that browsers and proxies let through


def routes(site: Site) -> list[BaseRoute]:
    """Give the routes of the questions.

    Args:
        site: the served graph.
    """
    questions = Questions(site)
    return [
        Route(QUESTIONS, questions.listing, name="questions"),
        Route(f"{QUESTIONS}/{{name}}", questions.question, name="question"),
    ]


class Questions:
    """The pages of the questions.

    Args:
        site: the served graph.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.graph = site.graph
        self.catalogue = load_catalogue()
        self._answered = cache(self._answer)

    def listing(self, request: Request) -> Response:
        """List the questions, by what they are about."""
        return show(request, self._listing)

    @cached_property
    def _listing(self) -> Body:
        tags = list(self.catalogue.by_tag().items())
        return self.site.page("questions.html", {"tags": tags})

    def question(self, request: Request) -> Response:
        """Answer a question with a table."""
        name = str(request.path_params["name"])
        if name in self.catalogue:
            return show(request, self._answered(name))
        close = nearest(name, self.catalogue)
        links = [(self.catalogue[close].summary, f"{QUESTIONS}/{close}")] if close else []
        sentence = f"There is no question “{name[:200]}” here."
        return error_page(
            request, 404, "No such question", sentence, [*links, ("all questions", QUESTIONS)]
        )

    def _answer(self, name: str) -> Body:
        query = self.catalogue[name]
        result = run(self.graph, query)
        values: dict[str, Any] = {
            "query": query,
            "text": query.bind({}, self.graph.labels)[0],
            "data": self._data(query),
            **table_values(self.site, result),
            "empty": result.why_empty(),
        }
        return self.site.page("question.html", values)

    def _data(self, query: Query) -> str | None:
        """Give the address at which the endpoint answers; None if it would be too long."""
        text = query.bind({}, self.graph.labels)[0]
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        address = "/sparql?query=" + quote("\n".join(lines))
        return address if len(address) < _LONGEST else None
