"""Tell why a fact is in the graph: the passages and sources that state it, the rules behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, cast, overload

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple, Variable
from pyoxigraph import Literal as LiteralNode

from ..namespaces import DKG, about_graph, ontology_graph, rule_graph
from .rules import DATES, date_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import QuerySolution, QuerySolutions

    from .rules import Rule
    from .rulesyntax import Pattern

ReasonKind = Literal["passage", "source", "rule", "vocabulary"]
_Node = NamedNode | BlankNode | LiteralNode | Triple
_Filled = tuple[NamedNode, NamedNode, _Node, NamedNode | DefaultGraph]
_Bindings = dict[str, _Node]


@dataclass(frozen=True)
class Proof:
    """One way in which a fact comes about.

    Stated in a passage or a source, or part of the vocabulary, it has no premises; made by a
    rule, its premises are the proofs of the facts that the rule was applied to. `graph` is the
    passage, the source, the rule's graph, or the vocabulary's.
    """

    triple: Triple
    reason_kind: ReasonKind
    graph: NamedNode
    premises: tuple[Proof, ...] = ()

    @cached_property
    def height(self) -> int:
        """How many rules the longest chain of this proof applies; 0 for what is stated."""
        return 1 + max(proof.height for proof in self.premises) if self.premises else 0


@dataclass(frozen=True)
class Proofs(Sequence[Proof]):
    """The proofs of a fact, the ones of fewest steps first; `cut` if there are more of them."""

    found: tuple[Proof, ...]
    cut: bool

    @overload
    def __getitem__(self, index: int) -> Proof: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Proof, ...]: ...
    def __getitem__(self, index: int | slice) -> Proof | tuple[Proof, ...]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)


def proofs(
    store: Store, triple: Triple, rules: Iterable[Rule], base: str, limit: int = 20
) -> Proofs:
    """Find every proof of a fact in which no fact rests on itself.

    A fact that passages or sources state has one proof for each of them. A fact that rules made
    has one for each way of applying them, and for each choice among the proofs of the premises.

    Args:
        store: the graph, after `infer`.
        triple: the fact.
        rules: the rules that were run.
        base: where the IRIs start, with its last slash.
        limit: how many proofs to give at most, at least one.

    Returns:
        The proofs, in the same order every time; none if the graph does not hold the fact.

    Raises:
        ValueError: a limit below one.
    """
    if limit < 1:
        message = f"a limit of {limit} proofs leaves none; write 1 or more"
        raise ValueError(message)
    search = _Search(store, {rule.name: rule for rule in rules}, base)
    found: list[Proof] = []
    for proof in search.by_height(triple):
        if len(found) == limit:
            return Proofs(tuple(found), cut=True)
        found.append(proof)
    return Proofs(tuple(found), cut=False)


def leaves(proof: Proof, *, vocabulary: bool = False) -> tuple[Proof, ...]:
    """Give what a proof rests on in the end, each once, in the order of the premises.

    Args:
        proof: the proof.
        vocabulary: also the parts of the vocabulary that the rules were driven by.
    """
    found: dict[Proof, None] = {}
    todo = [proof]
    while todo:
        here = todo.pop()
        if here.premises:
            todo.extend(reversed(here.premises))
        elif vocabulary or here.reason_kind != "vocabulary":
            found[here] = None
    return tuple(found)


def independent(found: Iterable[Proof]) -> tuple[Proof, ...]:
    """Keep the first of all proofs that rest on the same statements in another order of steps."""
    seen: dict[frozenset[Proof], Proof] = {}
    for proof in found:
        seen.setdefault(frozenset(leaves(proof)), proof)
    return tuple(seen.values())


class _Derivation(NamedTuple):
    """One application of a rule: facts still to be proved, and premises that are leaves."""

    graph: NamedNode
    premises: tuple[Triple | Proof, ...]


@dataclass
class _Search:
    """The search for the proofs of one fact."""

    store: Store
    rules: dict[str, Rule]
    base: str
    known: dict[Triple, tuple[list[Proof], list[_Derivation]]] = field(default_factory=dict)
    within: dict[tuple[Triple, int, frozenset[Triple]], bool] = field(default_factory=dict)
    ever: dict[tuple[_Derivation, frozenset[Triple]], bool] = field(default_factory=dict)
    put_off: list[tuple[_Derivation, frozenset[Triple]]] = field(default_factory=list)

    # Enumeration -------------------------------------------------------------------------

    def by_height(self, goal: Triple) -> Iterator[Proof]:
        """Give the proofs of a fact, those of fewest steps first.

        Going level by level keeps the search from wandering: the first proof through a cycle is
        as deep as the cycle is long, and there are exponentially many of them.
        """
        height = 0
        while True:
            self.put_off.clear()
            for proof in self.trees(goal, height, frozenset()):
                if proof.height == height:
                    yield proof
            if not any(self.possible(step, path) for step, path in self.put_off):
                return
            height += 1

    def trees(self, goal: Triple, height: int, path: frozenset[Triple]) -> Iterator[Proof]:
        """Give the proofs of a fact up to a height that use no fact of the path to it."""
        stated, derivations = self.expand(goal)
        yield from stated
        path |= {goal}
        for step in derivations:
            if height and all(
                self.provable(premise, height - 1, path) for premise in step.premises
            ):
                for premises in self.choices(step.premises, height - 1, path):
                    yield Proof(goal, "rule", step.graph, premises)
            else:
                self.put_off.append((step, path))

    def choices(
        self, premises: tuple[Triple | Proof, ...], height: int, path: frozenset[Triple]
    ) -> Iterator[tuple[Proof, ...]]:
        """Give every choice of one proof for each of some premises."""
        if not premises:
            yield ()
            return
        first, rest = premises[0], premises[1:]
        options = [first] if isinstance(first, Proof) else self.trees(first, height, path)
        for proof in options:
            for others in self.choices(rest, height, path):
                yield (proof, *others)

    def provable(self, goal: Triple | Proof, height: int, path: frozenset[Triple]) -> bool:
        """Say whether a fact has a proof up to a height that uses no fact of the path.

        A proof of least height never comes back to its own goal, so that this need not be looked
        at here; with the answer known, the enumeration runs into no blind alley.
        """
        if isinstance(goal, Proof):
            return True
        if goal in path:
            return False
        key = (goal, height, path)
        if key not in self.within:
            stated, derivations = self.expand(goal)
            self.within[key] = bool(stated) or (
                height > 0
                and any(
                    all(self.provable(premise, height - 1, path) for premise in step.premises)
                    for step in derivations
                )
            )
        return self.within[key]

    def possible(self, step: _Derivation, path: frozenset[Triple]) -> bool:
        """Say whether a step has a proof of any height that uses no fact of the path."""
        if (step, path) not in self.ever:
            proved = self.provable_without(step, path)
            self.ever[step, path] = all(
                isinstance(premise, Proof) or premise in proved for premise in step.premises
            )
        return self.ever[step, path]

    def provable_without(self, step: _Derivation, path: frozenset[Triple]) -> set[Triple]:
        """Gather the facts below a step that have a proof without any fact of the path."""
        needed: dict[Triple, list[_Derivation]] = {}
        proved: set[Triple] = set()
        todo = list(step.premises)
        while todo:
            goal = todo.pop()
            if isinstance(goal, Proof) or goal in path or goal in needed or goal in proved:
                continue
            stated, derivations = self.expand(goal)
            if stated:
                proved.add(goal)
            else:
                needed[goal] = derivations
                todo.extend(premise for way in derivations for premise in way.premises)
        before = -1
        while len(proved) > before:
            before = len(proved)
            for goal in [goal for goal in needed if goal not in proved]:
                for way in needed[goal]:
                    if all(isinstance(p, Proof) or p in proved for p in way.premises):
                        proved.add(goal)
                        break
        return proved

    # One step ----------------------------------------------------------------------------

    def expand(self, goal: Triple) -> tuple[list[Proof], list[_Derivation]]:
        """Give where a fact is stated, or else the applications of rules that make it."""
        if goal not in self.known:
            stated: list[Proof] = []
            derivations: set[_Derivation] = set()
            ours = f"{self.base}graph/"
            rule_start = rule_graph(self.base, "")
            quads = self.store.quads_for_pattern(goal.subject, goal.predicate, goal.object, None)
            for graph in [quad.graph_name for quad in quads]:
                if not isinstance(graph, NamedNode) or graph.value.startswith(ours):
                    continue
                if graph.value.startswith(rule_start):
                    derivations |= self.derive(goal, graph, graph.value.removeprefix(rule_start))
                else:
                    stated.append(self.leaf(goal, graph))
            stated.sort(key=lambda proof: _natural(proof.graph.value))
            self.known[goal] = stated, sorted(derivations, key=_order)
        return self.known[goal]

    def leaf(self, triple: Triple, graph: NamedNode) -> Proof:
        """Make the proof of a fact that a graph states."""
        kind: ReasonKind = "passage"
        if graph.value == ontology_graph(self.base):
            kind = "vocabulary"
        elif graph.value.startswith(f"{self.base}source/"):
            kind = "source"
        return Proof(triple, kind, graph)

    def derive(self, goal: Triple, graph: NamedNode, name: str) -> set[_Derivation]:
        """Bind a rule's head to a fact and run its body again."""
        if name == DATES:
            return self.derive_date(goal, graph)
        if name not in self.rules:
            return set()
        body = self.rules[name].body(self.base)
        found = set()
        for head in body.template:
            bindings = _unify(head, goal)
            if bindings is None:
                continue
            # What BIND makes cannot be bound beforehand; its solutions are compared afterwards.
            free = {Variable(v): t for v, t in bindings.items() if v not in body.bound}
            query = f"{body.prologue}SELECT * WHERE {{{body.where}}}"
            solutions = cast(
                "QuerySolutions",
                self.store.query(query, base_iri=self.base, substitutions=free),
            )
            names = [variable.value for variable in solutions.variables]
            for solution in solutions:
                values = _values(solution, names) | bindings
                if all(solution[v] == bindings[v] for v in bindings if v in body.bound):
                    found |= self.premises(graph, body.branches, values)
        return found

    def premises(
        self, graph: NamedNode, branches: tuple[tuple[Pattern, ...], ...], values: _Bindings
    ) -> set[_Derivation]:
        """Fill in the patterns of each branch that a solution satisfies."""
        about = about_graph(self.base)
        found = set()
        for branch in branches:
            premises: dict[Triple | Proof, None] = {}
            for pattern in branch:
                filled = _fill(pattern, values)
                if filled is None or (len(branches) > 1 and Quad(*filled) not in self.store):
                    break
                triple, source = Triple(*filled[:3]), filled[3]
                if isinstance(source, DefaultGraph):
                    premises[triple] = None
                elif source.value != about:
                    premises[self.leaf(triple, source)] = None
            else:
                found.add(_Derivation(graph, tuple(premises)))
        return found

    def derive_date(self, goal: Triple, graph: NamedNode) -> set[_Derivation]:
        """Find the times of which a date is the first or the last day."""
        when = NamedNode(f"{DKG}when")
        return {
            _Derivation(graph, (quad.triple,))
            for quad in self.store.quads_for_pattern(goal.subject, when, None, DefaultGraph())
            if goal in date_facts(quad.triple)
        }


def _unify(head: Pattern, goal: Triple) -> _Bindings | None:
    """Bind the variables of a head so that it says a fact; None if it cannot."""
    bindings: _Bindings = {}
    for term, value in zip(head[:3], (goal.subject, goal.predicate, goal.object), strict=True):
        if isinstance(term, Variable):
            if bindings.setdefault(term.value, value) != value:
                return None
        elif term != value:
            return None
    return bindings


def _values(solution: QuerySolution, names: Iterable[str]) -> _Bindings:
    return {name: solution[name] for name in names if solution[name] is not None}


def _fill(pattern: Pattern, values: _Bindings) -> _Filled | None:
    """Put a solution's values into a pattern; None if it leaves a variable open."""
    terms = (pattern.subject, pattern.predicate, pattern.object, pattern.graph or DefaultGraph())
    filled = [values.get(t.value) if isinstance(t, Variable) else t for t in terms]
    return None if None in filled else cast("_Filled", tuple(filled))


def _order(step: _Derivation) -> tuple[object, ...]:
    """Sort applications of rules by the rule, then by their premises."""
    texts = [str(p.triple if isinstance(p, Proof) else p) for p in step.premises]
    graphs = [_natural(p.graph.value) for p in step.premises if isinstance(p, Proof)]
    return step.graph.value, texts, graphs


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort numbers by their value: char=9,12 comes before char=10,20."""
    parts = re.split(r"(\d+)", text)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
