"""One question of the catalogue: SPARQL with a `#+` header that says what it asks and takes."""

from __future__ import annotations

import difflib
import keyword
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
import yaml

from ..assets import DEFAULT_SLUG
from ..diagnostics import CheckFailed, Fault, Location, listing
from ..namespaces import BASE, XSD
from .parameters import TYPES, Parameter, ParameterError
from .sparql import FORMS, find_values, form_of, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..graph.labels import Labels

__all__ = ["TYPED", "Query", "QueryFileError", "load_query", "parse_query"]

TYPED = "the query"  # stands for a file in messages on SPARQL that was typed
_KEYS = ("summary", "description", "tags", "params", "orders", "lists", "ranks")
_PARAMETER_KEYS = ("type", "default", "description")
_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class QueryFileError(CheckFailed):
    """A query file that cannot be read, or whose header is wrong; `faults` say what and where."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its SPARQL, and what its header says of it.

    Attributes:
        name: as asked for, such as ``timeline``; empty for SPARQL that was typed.
        summary: the question in plain words.
        form: ``SELECT``, ``CONSTRUCT``, ``ASK`` or ``DESCRIBE``.
        orders: pairs of parameters of which the first may not come after the second.
        lists: the columns that list several values, which are put in order after the query has
            run: GROUP_CONCAT promises none (SPARQL 1.1 Query, section 18.5.1.7).
        ranks: the words by which the values of these columns go before they go by their letters;
            see `rank`.
        path: the file; None for SPARQL that was typed.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    orders: tuple[tuple[str, str], ...]
    lists: tuple[str, ...]
    text: str
    form: str
    ranks: tuple[str, ...] = ()
    path: Path | None = None

    def rank(self, value: str) -> tuple[int, str]:
        """Give the key by which a value of a column that lists several is put in order.

        It goes by the place of the first of the `ranks` that it ends with, as a whole word; what
        stands after a colon does not count, and a value with none of them comes last. Values of
        one rank go by code point.
        """
        head = value.partition(": ")[0]
        places = (i for i, word in enumerate(self.ranks) if f" {head}".endswith(f" {word}"))
        return next(places, len(self.ranks)), value

    @property
    def source(self) -> str:
        """How messages name the query's file."""
        return str(self.path) if self.path else TYPED

    def bind(
        self, values: Mapping[str, object], names: Labels
    ) -> tuple[str, dict[str, ox.NamedNode | ox.Literal]]:
        """Put values in the place of the parameters.

        A value becomes a term first and is written as SPARQL writes that term, so nothing in it is
        read as SPARQL.

        Args:
            values: what the user gave; a parameter that is not given keeps its default.
            names: the names of the graph.

        Returns:
            The text to run, with as many lines as before, and each parameter's term.

        Raises:
            ParameterError: an unknown parameter, or a value of another type.
            NoSuchThing: an id that the graph does not have.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name, value in values.items():
            if name not in known:
                raise _unknown_parameter(self, name, value)
        terms: dict[str, ox.NamedNode | ox.Literal] = {}
        for name, parameter in known.items():
            if name in values:
                terms[name] = parameter.term(values[name], names)
            elif parameter.takes_node:
                slug = names.slug or DEFAULT_SLUG
                terms[name] = ox.NamedNode(parameter.default_iri(names.base, slug))
            else:
                terms[name] = parameter.literal(parameter.default)
        self._check_orders(terms)
        text = self.text
        for place in reversed(find_values(text)):
            if place.name in terms:
                text = f"{text[: place.start]} {terms[place.name]} {text[place.end :]}"
        return text, terms

    def _check_orders(self, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> None:
        types = {parameter.name: parameter.type for parameter in self.parameters}
        for lower, upper in self.orders:
            first, last = terms[lower].value, terms[upper].value
            # Days sort as texts do, for years have four digits here.
            later = int(first) > int(last) if types[lower] == "integer" else first > last
            if later:
                message = f"{lower} ({first}) is after {upper} ({last}); exchange them"
                raise ParameterError(lower, first, message)


def _unknown_parameter(query: Query, name: str, value: object) -> ParameterError:
    has = [parameter.name for parameter in query.parameters]
    what = f"the question “{query.name}”" if query.name else query.source
    hint = f"it has {listing(has, 'and')}" if has else "it has none"
    return ParameterError(name, value, f"{what} has no parameter “{name}”; {hint}")


# --- reading a file ------------------------------------------------------------------------------


def load_query(path: Path, *, strict: bool = False) -> Query:
    """Read one query file.

    Args:
        path: the file.
        strict: whether it must have a header and a name in kebab-case, as the shipped ones do.

    Raises:
        OSError: the file cannot be read.
        QueryFileError: it is not UTF-8, or its header is wrong.
        QueryRefused: it is an update, or asks another server.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault(Location(str(path)), "the query is not UTF-8", "save it as UTF-8")
        raise QueryFileError([fault]) from error
    return parse_query(text, path.stem, path, strict=strict)


def parse_query(
    text: str, name: str = "", path: Path | None = None, *, strict: bool = False
) -> Query:
    """Read the text of a query, with or without a header.

    Args:
        text: SPARQL.
        name: what the query is called.
        path: its file, for messages.
        strict: whether it must have a header and a name in kebab-case.

    Raises:
        QueryFileError: the header is wrong.
        QueryRefused: it is an update, or asks another server.
    """
    file = str(path) if path else TYPED
    reader = _Header(text, file)
    summary = reader.text("summary")
    if strict and not reader.faults and not summary:
        what = "the header has no summary" if reader.fields else "the query has no header"
        start = "write" if reader.fields else "start it with"
        reader.fault(0, what, f"{start} #+ summary: and a question")
    if strict and not _KEBAB.fullmatch(name):
        reader.fault(0, f"“{name}” is no name for a query", "write it like who-fought-whom")
    query = Query(
        name=name,
        summary=summary,
        description=reader.text("description"),
        tags=reader.words("tags"),
        parameters=reader.parameters(),
        orders=reader.orders(),
        lists=reader.words("lists"),
        ranks=reader.words("ranks"),
        text=text,
        form=form_of(text) or "",
        path=path,
    )
    if strict and query.form not in FORMS:
        reader.fault(0, "the file has no SELECT, CONSTRUCT, ASK or DESCRIBE")
    reader.check_places(query)
    if reader.faults:
        raise QueryFileError(reader.faults)
    refuse(text, file)
    return query


class _Header:
    """The `#+` lines at the top of a query, read as YAML, and what is wrong with them.

    Source: grlc, "SPARQL decorator syntax".
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.fields: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        lines = []
        for line in text.splitlines():
            if not line.startswith("#+"):
                break
            lines.append(line[2:].removeprefix(" "))
        self._read("\n".join(lines))

    def fault(self, line: int, message: str, hint: str | None = None, column: int = 0) -> None:
        """Note what is wrong at a line of the file (0: the file as a whole)."""
        place = Location(self.file, line, column + 3) if line else Location(self.file)
        self.faults.append(Fault(place, message, hint))

    def _read(self, header: str) -> None:
        try:
            root = yaml.compose(header, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            self.fault(line, f"the header is not YAML: {error.problem}", column=column)
            return
        if root is None:
            return
        if not isinstance(root, yaml.MappingNode):
            self.fault(1, "the header has no keys", "write #+ summary: and a question", column=1)
            return
        self.fields = self._mapping(root, _KEYS, "the header")

    def _mapping(
        self, node: yaml.MappingNode, known: tuple[str, ...] | None, what: str
    ) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name, line, column = str(key.value), key.start_mark.line + 1, key.start_mark.column + 1
            if known is not None and name not in known:
                close = difflib.get_close_matches(name, known, n=1)
                hint = (
                    f"did you mean {close[0]}?" if close else f"it may have {listing(known, 'and')}"
                )
                self.fault(line, f"{what} has “{name}”, which means nothing", hint, column)
            elif name in found:
                self.fault(line, f"{what} has “{name}” twice", column=column)
            else:
                found[name] = value
        return found

    def _at(self, node: yaml.Node, message: str, hint: str | None = None) -> None:
        self.fault(node.start_mark.line + 1, message, hint, node.start_mark.column + 1)

    def text(self, key: str) -> str:
        """Give the text of a key; empty when there is none."""
        node = self.fields.get(key)
        if node is None:
            return ""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        self._at(node, f"{key} is not a text")
        return ""

    def words(self, key: str) -> tuple[str, ...]:
        """Give the words of a key that lists several."""
        node = self.fields.get(key)
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode) and all(
            isinstance(n, yaml.ScalarNode) for n in node.value
        ):
            return tuple(str(n.value) for n in node.value)
        self._at(node, f"{key} is not a list of words", f"write #+ {key}: [one, two]")
        return ()

    def orders(self) -> tuple[tuple[str, str], ...]:
        """Give the pairs of parameters that stand in an order."""
        node = self.fields.get("orders")
        if node is None:
            return ()
        params = self.fields.get("params")
        declared = params.value if isinstance(params, yaml.MappingNode) else []
        known = [str(key.value) for key, _ in declared]
        found = []
        for pair in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            items = pair.value if isinstance(pair, yaml.SequenceNode) else []
            names = [str(item.value) for item in items]
            if len(names) != 2 or not set(names) <= set(known):
                self._at(
                    node, "orders are no pairs of parameters", "write #+ orders: [[first, last]]"
                )
                return ()
            found.append((names[0], names[1]))
        return tuple(found)

    def parameters(self) -> tuple[Parameter, ...]:
        """Give the parameters that the header declares."""
        node = self.fields.get("params")
        if node is None:
            return ()
        if not isinstance(node, yaml.MappingNode):
            self._at(node, "params is not a mapping", "write #+   place: {type: iri, default: …}")
            return ()
        found = []
        for name, value in self._mapping(node, None, "params").items():
            parameter = self._parameter(name, value)
            if parameter is not None:
                found.append(parameter)
        return tuple(found)

    def _parameter(self, name: str, node: yaml.Node) -> Parameter | None:
        if not name.isidentifier() or keyword.iskeyword(name):
            self._at(node, f"“{name}” is no name for a parameter: Python could not pass it")
            return None
        if not isinstance(node, yaml.MappingNode):
            self._at(
                node,
                f"the parameter {name} is not a mapping",
                "write {type: …, default: …, description: …}",
            )
            return None
        fields = self._mapping(node, _PARAMETER_KEYS, f"the parameter {name}")
        texts = {
            key: str(field.value)
            for key, field in fields.items()
            if isinstance(field, yaml.ScalarNode)
        }
        for key in _PARAMETER_KEYS:
            if not texts.get(key):
                self._at(node, f"the parameter {name} has no {key}")
                return None
        if texts["type"] not in TYPES:
            self._at(
                fields["type"],
                f"“{texts['type']}” is no type of parameter",
                f"write {listing(TYPES)}",
            )
            return None
        parameter = Parameter(name, texts["type"], texts["default"], texts["description"])
        if not parameter.takes_node:
            try:
                parameter.literal(parameter.default)
            except ParameterError as error:
                self._at(fields["default"], str(error))
                return None
        return parameter

    def check_places(self, query: Query) -> None:
        """See to it that each parameter has its VALUES, and that these hold the default.

        So the file is a query that any SPARQL program can run as it stands.
        """
        places = find_values(query.text)
        for parameter in query.parameters:
            written = _written(parameter)
            mine = [place for place in places if place.name == parameter.name]
            if not mine:
                hint = f"write VALUES ?{parameter.name} {{ {written[0]} }}"
                self.fault(0, f"the query has no place for the parameter {parameter.name}", hint)
            for place in mine:
                if place.text not in written:
                    line = query.text.count("\n", 0, place.start) + 1
                    message = (
                        f"the query has {place.text} where the header's default is {written[0]}"
                    )
                    self.fault(line, message, "write the same in both")


def _written(parameter: Parameter) -> list[str]:
    """Give the ways in which a query may write a parameter's default."""
    if parameter.takes_node:
        return [f"<{parameter.default_iri(BASE, DEFAULT_SLUG)}>"]
    literal = parameter.literal(parameter.default)
    full = str(literal)
    short = full.replace(f"^^<{XSD}", "^^xsd:").removesuffix(">") if "^^" in full else full
    return [short, full, *([literal.value] if parameter.type in ("integer", "boolean") else [])]
