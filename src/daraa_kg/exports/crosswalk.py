"""The events of a graph as two codebooks of the field would have them: ACLED and UCDP GED.

What is decided, and by which rule, is said in SPARQL (``ontology/crosswalk/*.rq``) over the
mappings and rules of ``ontology/alignments.ttl``; here the files are put together and their rows
written out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..assets import asset
from ..queries.parts import compose
from . import guardedcsv

if TYPE_CHECKING:
    from ..graph.built import Graph
    from ..queries.results import Result

__all__ = [
    "NOTE",
    "EmptyCrosswalk",
    "NoCodingRules",
    "crosswalk",
    "reasons",
    "to_csv",
    "to_json",
]

Value = str | int | bool | None

NOTE = "daraa-kg's own coding of its own graph; no data of ACLED or UCDP is used"
_CODED = ("acled_rule", "ucdp_rule")  # IRIs of rules, which the rows have by their last part


class EmptyCrosswalk(ValueError):
    """A graph that has no event to be coded; `slug` is its article."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(
            "the graph has no events, so there is nothing to code; state one with its type and "
            "its date in statements.yaml"
        )


class NoCodingRules(ValueError):
    """A graph whose vocabulary lacks the rules to code by; `slug` is its article."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(
            "the graph's vocabulary has no rules for coding events, for it was built without them "
            "or by an older daraa-kg; build it again"
        )


def crosswalk(graph: Graph) -> list[dict[str, Value]]:
    """Code each event of a graph: one row an event, with the rule that took it in or left it out.

    After ``acled_`` and ``ucdp_``, the columns have the names of the two codebooks' fields.

    Args:
        graph: the graph.

    Returns:
        Rows in the order of the days; what cannot be told is None.

    Raises:
        EmptyCrosswalk: the graph has no events.
        NoCodingRules: its vocabulary does not have the rules.
    """
    if not _run(graph, "dates"):
        raise EmptyCrosswalk(graph.slug)
    if not reasons(graph):
        raise NoCodingRules(graph.slug)
    result = _run(graph, "rows")
    rows: list[dict[str, Value]] = result.records(labels=False)
    for row in rows:
        row["event"] = result.names.id(str(row["event"]))
        row.update({name: str(row[name]).rpartition("/")[2] for name in _CODED})
    return rows


def reasons(graph: Graph) -> list[dict[str, Value]]:
    """Give the rules: each with its reason, what the codebook says, and what is our own reading."""
    rows: list[dict[str, Value]] = _run(graph, "reasons").records(labels=False)
    return [{**row, "rule": str(row["rule"]).rpartition("/")[2]} for row in rows]


def to_csv(graph: Graph) -> bytes:
    """Write the crosswalk as CSV: a row an event; the last column says whose coding it is.

    Raises:
        EmptyCrosswalk: the graph has no events.
    """
    rows = [
        {**{name: _cell(value) for name, value in row.items()}, "coding": NOTE}
        for row in crosswalk(graph)
    ]
    return guardedcsv.to_csv(rows, list(rows[0]))


def to_json(graph: Graph) -> bytes:
    """Write the crosswalk as JSON: whose coding it is, the codebooks, the rules and the events.

    Raises:
        EmptyCrosswalk: the graph has no events.
    """
    document = {
        "coding": NOTE,
        "codebooks": _run(graph, "codebooks").records(),
        "rules": reasons(graph),
        "events": crosswalk(graph),
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _cell(value: Value) -> str | int | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


# --- the queries ---------------------------------------------------------------------------------


def _run(graph: Graph, name: str) -> Result:
    from ..queries.catalogue import run
    from ..queries.question import parse_query

    path = asset("ontology", "crosswalk", f"{name}.rq")
    return run(graph, parse_query(compose(path), name, path))
