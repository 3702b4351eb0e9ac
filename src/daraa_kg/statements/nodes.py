"""Statements as people write them → JSON-LD nodes, every name checked before any store sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Fault, Location, listing, with_article
from ..namespaces import DKG, RDF, RDFS
from ..text.nearest import nearest
from .literals import canonical, literal_problem
from .naming import id_problem, nested_name
from .registry import Reference
from .yamlsource import Mapping, Scalar, Sequence, describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..ontology.vocabulary import PropertyTerm, Vocabulary
    from .registry import Ids, JsonNode, Registry
    from .sourcemap import SourceMap
    from .yamlsource import Node

_TYPE = RDF + "type"
_MISSPELT = 0.85  # so much alike are a word and the same with a letter wrong
_CLOSE = 3  # names that a suggestion can list
_FEW = 12  # coded values that a message can list


class NodeReader:
    """Reads the statements of one entry; triples, places and faults gather as it goes."""

    def __init__(
        self, vocabulary: Vocabulary, ids: Ids, registry: Registry, source_map: SourceMap
    ) -> None:
        self.vocabulary = vocabulary
        self.ids = ids
        self.registry = registry
        self.source_map = source_map
        self.faults: list[Fault] = []
        self.triples: set[tuple[str, str, str]] = set()

    def read_states(self, node: Node) -> list[JsonNode]:
        """Read the value of `states`: a list of nodes with ids."""
        if not isinstance(node, Sequence):
            self.registry.lost = True
            self._fault(
                node.location,
                f"“states” takes a list, and this is {describe(node)}",
                "begin each statement with “- ”",
            )
            return []
        nodes = []
        for item in node.items:
            if not isinstance(item, Mapping):
                self.registry.lost = True
                self._fault(
                    item.location,
                    f"a statement is keys and values, and this is {describe(item)}",
                    "write id: …, type: … and what is stated",
                )
                continue
            iri = self._own_id(item, required=True)
            if iri is None:
                self.registry.lost = True
            else:
                nodes.append(self._read_node(item, iri, None))
        return nodes

    def _fault(self, location: Location, message: str, hint: str | None = None) -> None:
        self.faults.append(Fault(location, message, hint))

    # --- ids -------------------------------------------------------------------------------------

    def _own_id(self, node: Mapping, *, required: bool) -> str | None:
        value = node.get("id")
        if value is None:
            if required:
                self._fault(
                    node.location, "this statement has no id", "write id: event/… or id: kg:place/…"
                )
            return None
        if not isinstance(value, Scalar) or value.null:
            self._fault(value.location, f"“id” takes one name, and this is {describe(value)}")
            return None
        return self._checked_id(value)

    def _checked_id(self, value: Scalar) -> str | None:
        problem = id_problem(value.value)
        if problem:
            self._fault(value.location, *problem)
            return None
        written = value.value
        if self.ids.shared_only and ":" not in written:
            self._fault(
                value.location,
                f"“{written}” belongs to one article, and this file is shared by all",
                f"write kg:{written}",
            )
            return None
        return self.ids.iri(written)

    # --- nodes -----------------------------------------------------------------------------------

    def _read_node(self, node: Mapping, iri: str, implied: str | None) -> JsonNode:
        """Read a node whose IRI is known.

        Args:
            node: its keys and values.
            iri: its IRI.
            implied: the class it has by where it stands, when it says none.
        """
        self.source_map.add_node(iri, node.location)
        self._name(iri)
        place = node.get("id") or node
        self.registry.subjects.setdefault(iri, []).append(
            (self._written(node, iri), place.location)
        )
        result: JsonNode = {"id": iri}
        types = self._read_types(node, iri)
        if types is None and implied is not None:
            types = [implied]
            self._declare(iri, implied, node.location)
        if types:
            result["type"] = types
        for key, value in node.pairs:
            if key.value in ("id", "type"):
                continue
            term = self._property(key)
            if term is not None:
                values = list(self._read_values(term, key, value, iri))
                if values:
                    result[key.value] = values
        if not types and len(result) == 1 and not self.faults:
            self._fault(
                node.location, "this says nothing", "give it a type or a property, or leave it out"
            )
        return result

    def _written(self, node: Mapping, iri: str) -> str:
        value = node.get("id")
        return value.value if isinstance(value, Scalar) else iri.removeprefix(self.ids.local)

    def _read_types(self, node: Mapping, iri: str) -> list[str] | None:
        value = node.get("type")
        if value is None:
            return None
        self.registry.known.add(iri)  # a type that is wrong is said once, here
        items = value.items if isinstance(value, Sequence) else (value,)
        if len(items) != 1:
            self._fault(
                value.location,
                "a thing has one type, and rules add the wider ones",
                "keep the narrowest",
            )
        found: list[str] = []
        for item in items[:1]:
            if not isinstance(item, Scalar) or item.null:
                self._fault(
                    item.location, f"“type” takes the name of a class, and this is {describe(item)}"
                )
            elif self._is_class(item, "type"):
                found.append(item.value)
                self._declare(iri, item.value, item.location)
        return found

    def _is_class(self, item: Scalar, key: str) -> bool:
        term = self.vocabulary.classes.get(item.value)
        if term is not None:
            if DKG + "Account" in self.vocabulary.ancestors(term.iri):
                self._fault(
                    item.location,
                    f"“{item.value}” is a record that the builder makes, not a thing to state",
                    "leave it out",
                )
                return False
            return True
        account = DKG + "Account"
        names = [
            name
            for name, known in self.vocabulary.classes.items()
            if account not in self.vocabulary.ancestors(known.iri)
        ]
        self._fault(
            item.location,
            f"“{item.value}” is no class of the vocabulary",
            self._did_you_mean(item.value, names, key),
        )
        return False

    def _declare(self, iri: str, name: str, location: Location) -> None:
        before = self.registry.types.setdefault(iri, (name, location))
        if before[0] != name:
            there = _where(before[1], location)
            self._fault(
                location,
                f"“{self.ids.short(iri)}” is {with_article(name)} here "
                f"and {with_article(before[0])} in {there}",
                "give it one type, or use two ids",
            )
        self._add(iri, _TYPE, self.vocabulary.classes[name].iri, location)

    def _property(self, key: Scalar) -> PropertyTerm | None:
        term = self.vocabulary.properties.get(key.value)
        if term is None:
            names = [p.name for p in self.vocabulary.properties.values() if not p.inferred]
            self._fault(
                key.location,
                f"“{key.value}” is no property of the vocabulary",
                self._did_you_mean(key.value, [*names, "id", "type"], None),
            )
        elif term.inferred:
            direct = ["type"] if term.name == "kind" else self.vocabulary.direct_of(term)
            if direct:
                self._fault(
                    key.location,
                    f"“{key.value}” is worked out by rules",
                    f"state {listing(direct)}",
                )
            else:
                self._fault(
                    key.location,
                    f"“{key.value}” is worked out by the builder and never stated",
                    "leave it out",
                )
            return None
        return term

    # --- values ----------------------------------------------------------------------------------

    def _read_values(
        self, term: PropertyTerm, key: Scalar, value: Node, subject: str
    ) -> Iterator[Any]:
        items = value.items if isinstance(value, Sequence) else (value,)
        if not items:
            self._fault(value.location, f"“{key.value}” has an empty list", "leave the key out")
        for item in items:
            if isinstance(item, Sequence):
                self._fault(
                    item.location, f"“{key.value}” has a list inside its list", "write one list"
                )
            elif isinstance(item, Mapping):
                yield from self._read_nested(term, key, item, subject)
            elif item.null:
                at = item.location if item.value else key.location
                self._fault(at, f"“{key.value}” has no value", "give it one, or leave the key out")
            else:
                yield from self._read_scalar(term, key, item, subject)

    def _read_scalar(
        self, term: PropertyTerm, key: Scalar, item: Scalar, subject: str
    ) -> Iterator[str]:
        """Give a scalar as JSON-LD has it: the IRI of a reference, and all else as written."""
        written: str | None = item.value
        value: str | None
        if term.coercion == "reference":
            value = self._checked_id(item)
            written = value
            if value is not None:
                self._name(value)
                self.registry.references.append(
                    Reference(value, item.value, key.value, item.location)
                )
        elif term.coercion == "term":
            value = self._coded(term, key, item)
        else:
            value = written = self._literal(term, key, item)
            if value is not None and term.iri == RDFS + "label":
                self.registry.labels.setdefault(subject, value)
        if value is not None and written is not None:
            self._add(subject, term.iri, value, item.location)
            yield written

    def _literal(self, term: PropertyTerm, key: Scalar, item: Scalar) -> str | None:
        problem = literal_problem(item.value, term.datatype) if term.datatype else None
        if problem is None and not item.value.strip():
            problem = f"“{key.value}” has no words", "give it some, or leave the key out"
        if problem is not None:
            self._fault(item.location, *problem)
            return None
        return canonical(item.value, term.datatype)

    def _coded(self, term: PropertyTerm, key: Scalar, item: Scalar) -> str | None:
        names = self.vocabulary.values_of(term)
        if item.value in names:
            concept = self.vocabulary.concepts.get(item.value)
            return concept.iri if concept else self.vocabulary.classes[item.value].iri
        hint = self._did_you_mean(item.value, names, key.value)
        if len(names) <= _FEW:
            hint = f"write {listing(names)}"
        self._fault(item.location, f"“{item.value}” is no value of “{key.value}”", hint)
        return None

    def _read_nested(
        self, term: PropertyTerm, key: Scalar, node: Mapping, subject: str
    ) -> Iterator[JsonNode]:
        if term.coercion != "reference":
            self._fault(node.location, f"“{key.value}” takes {_takes(term)}, and this is a mapping")
            return
        named = node.get("id") is not None
        iri = (
            self._own_id(node, required=False)
            if named
            else self._nested_iri(term, key, node, subject)
        )
        if iri is None:
            return
        implied = None if named else self.vocabulary.implied_class(term)
        if not named and implied is None and node.get("type") is None:
            self.registry.known.add(iri)
            below = [c.name for r in term.range for c in self.vocabulary.subclasses(r)]
            self._fault(
                node.location,
                f"what stands under “{key.value}” has no type",
                f"write type: {listing(below)}" if below else "write type: …",
            )
        result = self._read_node(node, iri, implied)
        if not named:
            self._check_same(iri, result, node.location)
        self._add(subject, term.iri, iri, node.location)
        yield result

    def _nested_iri(self, term: PropertyTerm, key: Scalar, node: Mapping, subject: str) -> str:
        parts: list[str] = []
        for part in term.node_key:
            value = node.get(part)
            for item in value.items if isinstance(value, Sequence) else (value,):
                identity = item.get("id") if isinstance(item, Mapping) else item
                if isinstance(identity, Scalar):
                    parts.append(identity.value)
        return nested_name(subject, key.value, parts)

    def _check_same(self, iri: str, content: JsonNode, location: Location) -> None:
        before = self.registry.nested.setdefault(iri, (content, location))
        if before[0] != content:
            there = _where(before[1], location)
            self._fault(
                location,
                f"“{self.ids.short(iri)}” names this and also something else in {there}",
                "give one of the two an id of its own",
            )

    # --- what is gathered ------------------------------------------------------------------------

    def _add(self, subject: str, predicate: str, value: str, location: Location) -> None:
        self.triples.add((subject, predicate, value))
        self.source_map.add_triple((subject, predicate, value), location)

    def _name(self, iri: str) -> None:
        if not self.ids.shared_only:
            self.registry.named.add(iri)

    def _did_you_mean(self, word: str, names: Iterable[str], key: str | None) -> str | None:
        found = self.vocabulary.defined_with(word, names)
        close = nearest(word, names, _MISSPELT) or (None if found else nearest(word, names))
        if close is not None:
            found = [close]
        if not 1 <= len(found) <= _CLOSE:
            return None
        return (
            f"did you mean {key}: {listing(found)}?" if key else f"did you mean {listing(found)}?"
        )


def _takes(term: PropertyTerm) -> str:
    if term.coercion == "term":
        return "a name of the vocabulary"
    return "words" if term.datatype is None else "a single value"


def _where(before: Location, here: Location) -> str:
    """Name an earlier place as seen from a later one."""
    return f"line {before.line}" if before.file == here.file else str(before)
