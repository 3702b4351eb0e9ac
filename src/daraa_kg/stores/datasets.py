"""The datasets of daraa-kg that a store has, and in which graph each has its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..graph.builtfile import ABOUT, dataset_name
from ..namespaces import DCAT, VOID

if TYPE_CHECKING:
    from .endpoint import Endpoint

__all__ = ["datasets_in", "places_of"]


def datasets_in(endpoint: Endpoint) -> list[tuple[str, str]]:
    """Give the base and the article's name of each dataset, sorted.

    Raises:
        EndpointError: the store does not answer.
    """
    query = (
        f"SELECT DISTINCT ?g ?d {{ GRAPH ?g {{ ?d a <{DCAT}Dataset> }} "
        f'FILTER(STRENDS(STR(?g), "{ABOUT}")) }}'
    )
    named = (dataset_name(graph, dataset) for graph, dataset in endpoint.rows(query))
    return sorted({one for one in named if one})


def places_of(endpoint: Endpoint, base: str) -> list[str | None]:
    """Give the named graphs that have the facts of a base, by the mark of their load.

    Returns:
        None alone, for the default graph, if there is no mark.

    Raises:
        EndpointError: the store does not answer.
    """
    query = f"SELECT DISTINCT ?x {{ GRAPH <{base}graph/load> {{ ?dataset <{VOID}subset> ?x }} }}"
    places: list[str | None] = [row[0] for row in endpoint.rows(query)]
    return places or [None]
