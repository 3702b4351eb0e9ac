"""The catalogue of a page: each question as SPARQL that runs as it stands, and its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..queries.catalogue import load_catalogue

if TYPE_CHECKING:
    from ..graph.labels import Labels

    Record = dict[str, Any]


def questions(labels: Labels) -> list[Record]:
    """Give the shipped questions by their names, with the defaults of the graph's own article."""
    found = []
    for query in load_catalogue().values():
        text, terms = query.bind({}, labels)
        found.append(
            {
                "name": query.name,
                "summary": query.summary,
                "description": query.description.strip(),
                "tags": list(query.tags),
                "text": _without_header(text),
                "lists": list(query.lists),
                "ranks": list(query.ranks),
                "parameters": [
                    {
                        "name": parameter.name,
                        "type": parameter.type,
                        "default": parameter.default,
                        "term": str(terms[parameter.name]),
                        "summary": parameter.description,
                    }
                    for parameter in query.parameters
                ],
            }
        )
    return found


def _without_header(text: str) -> str:
    lines = text.splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"
