"""The questions of `queries/`: found by name, listed, put to a graph, and written up as a page."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from ..assets import DEFAULT_SLUG, asset
from ..diagnostics import Fault, listing
from ..graph.labels import Labels
from ..namespaces import BASE, article_base, prefixes
from .question import TYPED, Query, QueryFileError, load_query, parse_query
from .results import Result
from .sparql import FORMS, QueryFailed, explain, is_ordered, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Catalogue",
    "Query",
    "QueryFileError",
    "QueryNotFound",
    "catalogue_page",
    "get",
    "load_catalogue",
    "load_query",
    "prepare",
    "run",
    "write_page",
]

_ENDINGS = (".rq", ".sparql")
# A keyword and what may follow it, so that describe-siege and ask/mine.rq are no SPARQL.
_SPARQL = re.compile(rf"(?:{'|'.join((*FORMS, 'PREFIX', 'BASE'))})(?=[\s?$*(:])", re.IGNORECASE)


class QueryNotFound(LookupError):
    """A question that the catalogue does not have; `name` is what was asked for."""

    def __init__(self, name: str, known: list[str]) -> None:
        self.name = name
        self.known = known
        close = difflib.get_close_matches(
            re.sub(r"[\s_]+", "-", name.lower()), known, n=3, cutoff=0.5
        )
        hint = f"did you mean {listing(close)}?" if close else "daraa-kg queries lists them all"
        super().__init__(f"there is no question named “{name}”; {hint}")


class HasStore(Protocol):
    """Whatever questions can be put to: a `Graph`, or anything with a store and its names."""

    @property
    def store(self) -> ox.Store:
        """The facts and their evidence."""

    @property
    def base(self) -> str:
        """Where ids start."""

    @property
    def slug(self) -> str:
        """The article whose ids are written without a prefix."""


@dataclass(frozen=True, slots=True)
class Bare:
    """A store with the names that its ids are shortened by."""

    store: ox.Store
    base: str = BASE
    slug: str = DEFAULT_SLUG


class Catalogue(Mapping[str, Query]):
    """The questions of a folder, by name."""

    def __init__(self, queries: Mapping[str, Query]) -> None:
        self._queries = dict(sorted(queries.items()))

    def __getitem__(self, name: str) -> Query:
        try:
            return self._queries[name]
        except KeyError:
            raise QueryNotFound(name, list(self._queries)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._queries

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def by_tag(self) -> dict[str, list[Query]]:
        """Give the questions under their first tag, tags and names in alphabetical order."""
        found: dict[str, list[Query]] = {}
        for query in self.values():
            found.setdefault(query.tags[0] if query.tags else "other", []).append(query)
        return dict(sorted(found.items()))


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read all questions of a folder.

    Args:
        folder: where the .rq files are; the shipped ones when not given.

    Raises:
        QueryFileError: a header is missing or wrong; all faults of all files are in it.
    """
    faults: list[Fault] = []
    queries: dict[str, Query] = {}
    for path in _files(folder):
        try:
            queries[path.stem] = load_query(path, strict=True)
        except QueryFileError as error:
            faults.extend(error.faults)
    if faults:
        raise QueryFileError(faults)
    return Catalogue(queries)


def get(name: str, folder: Path | None = None) -> Query:
    """Give the question of a name; no other file is read.

    Raises:
        QueryNotFound: there is none; the message suggests the nearest.
        QueryFileError: its header is wrong.
    """
    files = {path.stem: path for path in _files(folder)}
    if name not in files:
        raise QueryNotFound(name, list(files))
    return load_query(files[name], strict=True)


def _files(folder: Path | None) -> list[Path]:
    folder = asset("queries") if folder is None else folder
    return sorted(folder.glob("*.rq"))


# --- asking --------------------------------------------------------------------------------------


def run(graph: HasStore | ox.Store, query: str | Path | Query, /, **parameters: object) -> Result:
    """Put a question to a graph; what `prepare` raises, this raises too.

    Args:
        graph: a built graph, or a store.
        query: the name of a shipped question, the path of a ``.rq`` file, or SPARQL. In SPARQL that
            is typed, the prefixes of `daraa_kg.namespaces.prefixes` need no declaration, and
            relative IRIs are the article's own (``<event/offensive>``).
        parameters: values for the question's parameters.

    Raises:
        QuerySyntaxError: it is not SPARQL.
        QueryFailed: it is SPARQL, and cannot be answered.
    """
    asked = graph if not isinstance(graph, ox.Store) else Bare(graph)
    ready = prepare(asked, query, parameters)
    try:
        answer = asked.store.query(ready.text, base_iri=ready.own, prefixes=ready.prefixes)
        ordered = is_ordered(ready.text)
        return Result.of(answer, ready.query, asked, ready.terms, ordered=ordered)
    except SyntaxError as error:
        raise explain(error, ready.text, ready.query.source, ready.prefixes) from error
    except RuntimeError as error:  # what is SPARQL and cannot be worked out, row by row
        raise QueryFailed(ready.query.source, str(error)) from error


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with its parameters in place.

    Attributes:
        query: the question.
        text: the SPARQL to run.
        terms: what each parameter stands for.
        own: what relative IRIs are resolved against.
        prefixes: those that need no declaration in it.
    """

    query: Query
    text: str
    terms: Mapping[str, ox.NamedNode | ox.Literal]
    own: str
    prefixes: dict[str, str]


def prepare(
    asked: HasStore, query: str | Path | Query, parameters: Mapping[str, object]
) -> Prepared:
    """Find a question and put values in the place of its parameters.

    Args:
        asked: whatever it will be put to; its store has the names that parameters can have.
        query: see `run`.
        parameters: values for the question's parameters.

    Raises:
        TypeError: it is neither a text nor a path nor a question.
        QueryNotFound: there is no question of that name.
        OSError: the file cannot be read.
        QueryFileError: its header is wrong.
        QueryRefused: it would change data, or reach another machine.
        ParameterError: an unknown parameter, or a value of another type.
        NoSuchThing: a parameter's id that the graph does not have.
    """
    found = query if isinstance(query, Query) else _find(query)
    names = Labels(asked.store, asked.base, asked.slug)
    text, terms = found.bind(parameters, names)
    refuse(text, found.source)
    own = article_base(asked.base, asked.slug) if asked.slug else asked.base
    bound = {} if found.summary else prefixes(asked.base)
    return Prepared(found, text, terms, own, bound)


def _find(query: str | Path) -> Query:
    """Tell names, files and SPARQL apart."""
    if isinstance(query, Path):
        return load_query(query)
    if not isinstance(query, str):
        message = (
            f"a question is a name, a path or SPARQL, and this is {type(query).__name__}: {query!r}"
        )
        raise TypeError(message)
    text = query.strip()
    if not text or "{" in text or "<" in text or _SPARQL.match(text):
        return parse_query(query)
    if text.endswith(_ENDINGS) or "/" in text:
        return load_query(Path(text))
    if len(text.split()) > 1:
        refuse(text, TYPED)
    return get(text)


# --- the page ------------------------------------------------------------------------------------

_HEAD = """# Questions

<!-- Made of the headers of the .rq files; to make it again, run this at the top of the checkout:
     python -c "from daraa_kg.queries.catalogue import write_page; write_page()" -->

Each file here is one question to the graph, in plain SPARQL 1.1 that runs as it stands.
`daraa-kg query NAME` answers it; `--set NAME=VALUE` gives a parameter another value. What happened
is asked of `dkg:Event`; what was only promised, demanded, threatened or alleged is a
`dkg:PossibleEvent` and never counts as an event. A column that lists several values has them in
alphabetical order, tolls by their outcome first (the killed, then the wounded, …), with semicolons
between them. What stands between `# with` and `# end of` is
another query, of `readings/` or of `../ontology/crosswalk/`; after a change there, run
`python -c "from daraa_kg.queries.parts import write_parts; write_parts()"`.
"""


def catalogue_page(catalogue: Catalogue) -> str:
    """Write the page that lists all questions, in Markdown."""
    parts = [_HEAD]
    for tag, queries in catalogue.by_tag().items():
        parts.append(f"\n## {tag.capitalize()}\n")
        for query in queries:
            parts.append(f"\n### [{query.name}]({query.name}.rq)\n\n**{query.summary}**\n")
            if query.description:
                parts.append(f"\n{query.description}\n")
            if query.form != "SELECT":
                gives = "a graph" if query.form == "CONSTRUCT" else "yes or no"
                parts.append(f"\nGives {gives}.\n")
            if query.parameters:
                parts.append("\n| parameter | type | default | |\n| --- | --- | --- | --- |\n")
            parts.extend(
                f"| `{p.name}` | {p.type} | `{p.default}` | {p.description} |\n"
                for p in query.parameters
            )
    return "".join(parts)


def write_page(folder: Path | None = None) -> Path:
    """Write the page of a folder of questions into it, and give its path.

    Args:
        folder: where the .rq files are; the shipped ones when not given.
    """
    folder = asset("queries") if folder is None else folder
    page = folder / "README.md"
    page.write_text(catalogue_page(load_catalogue(folder)), encoding="utf-8")
    return page
