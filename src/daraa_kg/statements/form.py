"""Reads mappings whose keys are known beforehand, and says how they are filled in wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Fault, Location
from ..namespaces import XSD
from ..text.nearest import suggestion
from .literals import literal_problem
from .yamlsource import Mapping, Scalar, Sequence, describe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .entries import Statements
    from .yamlsource import Node

_ADDRESSES = ("url", "license")


class FormReader:
    """What the readers of headers, entries and sources share; faults go to the statements."""

    def __init__(self, statements: Statements) -> None:
        self.statements = statements

    def fault(self, location: Location, message: str, hint: str | None = None) -> None:
        """Remember that something is wrong."""
        self.statements.faults.append(Fault(location, message, hint))

    def is_mapping(self, node: Node, what: str, *, quoted: bool = True) -> bool:
        """Say whether a node is keys and values; it is a fault when it is not."""
        if isinstance(node, Mapping):
            return True
        name = f"“{what}”" if quoted else what
        self.fault(node.location, f"{name} is keys and values, and this is {describe(node)}")
        return False

    def items(self, node: Node, what: str) -> Iterable[Mapping]:
        """Give the entries of a list; what is none is a fault."""
        if not isinstance(node, Sequence):
            self.fault(
                node.location,
                f"“{what}” takes a list, and this is {describe(node)}",
                "begin each entry with “- ”",
            )
            return
        for item in node.items:
            if isinstance(item, Mapping):
                yield item
            else:
                self.fault(
                    item.location,
                    f"an entry of “{what}” is keys and values, and this is {describe(item)}",
                )

    def check_keys(self, node: Mapping, allowed: tuple[str, ...]) -> None:
        """See to it that a mapping has no keys but these."""
        for key, _ in node.pairs:
            if key.value not in allowed:
                hint = suggestion(key.value, allowed)
                self.fault(key.location, f"there is no key “{key.value}” here", hint)

    def text(self, node: Mapping, key: str) -> str | None:
        """Give the words of a key; say so when they are none."""
        value = node.get(key)
        if value is None:
            return None
        if not isinstance(value, Scalar) or value.null or not value.value.strip():
            self.fault(value.location, f"“{key}” takes words, and this is {describe(value)}")
            return None
        text = " ".join(value.value.split())
        if key in _ADDRESSES and (problem := literal_problem(text, XSD + "anyURI")):
            self.fault(value.location, *problem)
            return None
        return text
