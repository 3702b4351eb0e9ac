"""What a browser shows of a query's result: a table under the query, which can be changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from ..queries.question import Query
from ..queries.results import Result
from .answertables import table_values

if TYPE_CHECKING:
    from .answers import Body
    from .engine import Answered
    from .site import Site

__all__ = ["form_page", "result_page"]

_TRIPLES = "application/n-triples"
_LONGEST = 15_000  # characters of an address that browsers and proxies let through


def form_page(site: Site, query: str) -> Body:
    """Make the page with the form alone.

    Args:
        site: the served graph.
        query: what stands in the form.
    """
    return site.page("sparql.html", {"query": query, "rows": None, **_around(site)})


def result_page(site: Site, query: str, answered: Answered) -> Body:
    """Make the page with a result.

    Args:
        site: the served graph.
        query: the query.
        answered: its whole result.
    """
    asked = Query("", "", "", (), (), (), (), query, _form(answered))
    if answered.media_type == _TRIPLES:
        triples = [quad.triple for quad in ox.parse(answered.body, format=ox.RdfFormat.N_TRIPLES)]
        names = ("subject", "predicate", "object")
        rows = [(one.subject, one.predicate, one.object) for one in triples]
        result = Result(asked, names, rows, site.graph)
    else:
        found = ox.parse_query_results(answered.body, format=ox.QueryResultsFormat.JSON)
        result = Result.of(found, asked, site.graph, {}, ordered=True)
    address = f"/sparql?query={quote(query)}"
    values = {
        "query": query,
        "address": address if len(address) < _LONGEST else None,
        **table_values(site, result),
        **_around(site),
    }
    return site.page("sparql.html", values)


def _form(answered: Answered) -> str:
    if answered.media_type == _TRIPLES:
        return "CONSTRUCT"
    return "ASK" if b'"boolean":' in answered.body[:40] else "SELECT"


def _around(site: Site) -> dict[str, object]:
    served = site.served
    return {
        "endpoint": served.url("/sparql"),
        "timeout": served.timeout,
        "max_rows": f"{served.max_rows:,}",
    }
