"""The sides of a conflict in their order, which picks the colour and the shape of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..readings.reader import Reader

    Record = dict[str, Any]


def sides(reader: Reader, class_of: dict[str, str]) -> list[Record]:
    """Give the sides in the order in which the article names them: the first belligerent first."""
    iris = [iri for iri, name in class_of.items() if name == "Side"]
    told = sorted(iris, key=lambda iri: (reader.position(reader.evidence((iri, "", None))), iri))
    return [
        {"id": reader.labels.id(iri), "label": reader.labels.label(iri), "index": index}
        for index, iri in enumerate(told)
    ]
