"""The pipeline: read, check, convert, infer, merge, validate."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox

from .. import __version__
from ..assets import asset
from ..diagnostics import CheckFailed, Fault, Location, errors, in_order
from ..namespaces import BASE, about_graph, article_base, check_base, ontology_graph
from ..ontology.rules import infer, load_rules
from ..ontology.vocabulary import load_vocabulary
from ..statements.reader import Reader
from ..text.article import ArticleError, read_article
from ..text.coverage import measure_coverage
from .account import Account
from .built import Graph
from .convert import move_editorial, to_quads
from .inputs import display, find_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..ontology.vocabulary import Vocabulary
    from ..statements.entries import Statements
    from ..text.article import Article, Span
    from .inputs import Inputs

_SHOWN = 60  # code points of a sentence that no entry accounts for


class InvariantError(RuntimeError):
    """Facts and evidence differ: a fault of ours, never of the statements.

    Attributes:
        unexplained: facts that no passage, source or rule states.
        unmerged: what one of them states and the facts lack.
    """

    def __init__(self, unexplained: set[ox.Triple], unmerged: set[ox.Triple]) -> None:
        self.unexplained = unexplained
        self.unmerged = unmerged
        example = next(iter(sorted(map(str, unexplained | unmerged))), "")
        super().__init__(
            f"{len(unexplained)} facts have no evidence and {len(unmerged)} statements are no "
            f"facts, such as {example}; this is a fault of daraa-kg: please report it with the "
            "statements"
        )


def read_inputs(inputs: Inputs, vocabulary: Vocabulary, base: str = BASE) -> Statements:
    """Read and check all files of a build, and gather what is wrong with them.

    Args:
        inputs: the files.
        vocabulary: the terms they may use.
        base: where IRIs start.
    """
    article, faults = _read_article(inputs)
    reader = Reader(vocabulary, base, inputs.slug, article)
    for file in inputs.shared:
        reader.read_entries(file, display(file), shared=True)
    for file in inputs.own:
        reader.read_entries(file, display(file), shared=False)
    if inputs.folder is not None:
        path = inputs.folder / inputs.statements
        reader.read_statements(path, display(path))
    statements = reader.finish()
    if inputs.folder is not None:
        statements.keep_named()
    statements.faults.extend(faults)
    if article is not None and statements.spans and statements.grounded:
        statements.faults.extend(_uncovered(article, statements))
    return statements


def _read_article(inputs: Inputs) -> tuple[Article | None, list[Fault]]:
    if inputs.folder is None:
        return None, []
    path = inputs.folder / "article.txt"
    try:
        return read_article(path, inputs.slug), []
    except ArticleError as error:
        location = Location(
            display(path), error.line or 0, error.column or (1 if error.line else 0)
        )
        return None, [Fault(location, error.message)]


def _uncovered(article: Article, statements: Statements) -> Iterable[Fault]:
    coverage = measure_coverage(article, statements.spans)
    for unit in (*coverage.sentences, *coverage.fields):
        yield Fault(
            _location(article, unit.start),
            f"no entry accounts for {_shown(article, unit)}",
            "add one to statements.yaml, with states: [] and because: … if it states nothing",
        )


def _shown(article: Article, unit: Span) -> str:
    key = getattr(unit, "key", None)
    if key is not None:
        return f"the infobox field “{key}”"
    words = " ".join(article.text[unit.start : unit.end].split())
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[: _SHOWN - 1]}…”"


def _location(article: Article, offset: int) -> Location:
    column = offset - article.text.rfind("\n", 0, offset)
    file = display(article.path) if article.path else "article.txt"
    return Location(file, article.line_of(offset), column)


def assemble(statements: Statements, vocabulary: Vocabulary) -> Graph:
    """Convert, infer and merge statements that have no errors.

    Args:
        statements: what was read.
        vocabulary: the terms it uses.

    Raises:
        ConversionError: the JSON-LD does not give what was written.
        InvariantError: a fact has no evidence.
    """
    base, slug = statements.base, statements.slug
    rules = load_rules(asset("ontology", "rules"))
    stated = to_quads(
        statements.document(),
        vocabulary.context,
        base=base,
        local=article_base(base, slug),
        expected=statements.expected(),
    )
    account = Account(base)
    stated = move_editorial(stated, vocabulary.editorial, base)
    spoken = {getattr(quad.graph_name, "value", "") for quad in stated}
    account.describe(
        statements,
        rules,
        __version__,
        kept={getattr(quad.subject, "value", "") for quad in stated},
        sources={e.source for e in statements.entries if e.source and e.graph in spoken},
    )
    store = ox.Store()
    store.extend(stated)
    store.extend(account.quads)
    terms = ox.NamedNode(ontology_graph(base))
    store.extend(ox.Quad(t.subject, t.predicate, t.object, terms) for t in vocabulary.triples)
    infer(store, rules, base)
    facts, sizes = _check_invariants(store, base)
    store.extend(account.sizes(slug, facts, sizes))
    return Graph(
        store,
        base=base,
        slug=slug,
        article=statements.article,
        source_map=statements.source_map,
        faults=in_order(statements.faults),
    )


def _check_invariants(store: ox.Store, base: str) -> tuple[int, dict[str, int]]:
    """See to it that each fact has evidence and all evidence is fact; give the graphs' sizes."""
    apart = {about_graph(base), ontology_graph(base)}
    facts: set[ox.Triple] = set()
    evidence: set[ox.Triple] = set()
    sizes: Counter[str] = Counter()
    for quad in store:
        graph = quad.graph_name
        if isinstance(graph, ox.DefaultGraph):
            facts.add(quad.triple)
            continue
        sizes[graph.value] += 1
        if graph.value not in apart:
            evidence.add(quad.triple)
    if facts != evidence:
        raise InvariantError(facts - evidence, evidence - facts)
    return len(facts), dict(sizes)


def build(folder: str | Path | None = None, *, base: str = BASE, validate: bool = True) -> Graph:
    """Build the graph of an article.

    Args:
        folder: where article.txt and statements.yaml are; the shipped article when not given.
        base: where the IRIs of its things start.
        validate: whether the shapes are checked, which takes most of the time.

    Raises:
        BaseError: names cannot be put after the base.
        CheckFailed: the statements do not hold; its `faults` say where and why.
    """
    graph, faults = _run(find_inputs(folder), base, validate=validate)
    if graph is None or errors(faults):
        raise CheckFailed(faults)
    return graph


def check(path: str | Path | None = None, *, base: str = BASE) -> list[Fault]:
    """Find all that is wrong with statements, in the order of the files.

    Args:
        path: a folder, its statements.yaml, or a file of places or actors; the shipped article
            when not given.
        base: where IRIs start.

    Raises:
        BaseError: names cannot be put after the base.
    """
    try:
        inputs = find_inputs(path)
    except CheckFailed as error:
        return list(error.faults)
    _, faults = _run(inputs, base, validate=True)
    if inputs.folder is None:  # a file beside the shipped ones, whose own faults are not meant
        return [fault for fault in faults if fault.location.file == display(inputs.shared[-1])]
    return list(faults)


def _run(inputs: Inputs, base: str, *, validate: bool) -> tuple[Graph | None, tuple[Fault, ...]]:
    from ..statements.checks import check_statements

    check_base(base)
    vocabulary = load_vocabulary()
    statements = read_inputs(inputs, vocabulary, base)
    statements.faults.extend(check_statements(statements, vocabulary))
    if errors(statements.faults):
        rest = _validate_rest(statements, vocabulary) if validate else []
        return None, in_order([*statements.faults, *rest])
    graph = assemble(statements, vocabulary)
    if validate:
        from .validation import validate as validate_facts

        graph.faults = in_order([*graph.faults, *validate_facts(graph)])
    return graph, graph.faults


def _validate_rest(statements: Statements, vocabulary: Vocabulary) -> list[Fault]:
    """Check the shapes where nothing else is wrong, so that all faults are shown at once."""
    from .validation import validate_readable

    return validate_readable(statements, vocabulary)
