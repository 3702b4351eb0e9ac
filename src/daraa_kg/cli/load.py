"""`daraa-kg load`: put the dataset into a running store."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from .endpoint import GRAPH, TIMEOUT, USER, checked_graph, endpoint_option, open_transport
from .exitcodes import CANNOT_RUN
from .failures import Failure
from .options import ARTICLE, AS_JSON, BASE_IRI, Verb, base_or_default, open_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rich.table import Table

    from ..stores.loading import Loaded, Replaced
    from ..stores.plan import Plan

    Step = Callable[[str, float], None]


@click.command(
    "load", cls=Verb, short_help="Put the graph, evidence and all, into a running SPARQL 1.1 store."
)
@endpoint_option("Where the store answers queries, such as …/query or …/sparql.", required=True)
@GRAPH
@USER
@click.option(
    "--update", metavar="URL", help="Where the store takes updates, if that is not found by trying."
)
@click.option(
    "--beside",
    is_flag=True,
    help="Put the facts into the default graph even if it holds those of another base; questions "
    "then get rows of both.",
)
@ARTICLE
@BASE_IRI
@TIMEOUT
@AS_JSON
def command(  # noqa: PLR0913 - one argument an option
    *,
    endpoint: str,
    graph: str | None,
    user: str | None,
    update: str | None,
    beside: bool,
    article: Path | None,
    base: str | None,
    timeout: float | None,
    format_name: str,
) -> None:
    r"""Put the graph into a running store, and count what the store then holds.

    It replaces what an earlier load put there and nothing else, and stops where another article's
    facts stand, unless it is told --beside. A load that broke off goes on where
    it was when it is started again. A .nq or .trig file is read piece by piece, whatever its size.
    As JSON it says where the dataset went, what it replaced and what the store then counts.

    \b
    Examples:
      daraa-kg load --endpoint http://example.org:7878/query
      daraa-kg load --endpoint http://example.org/sparql --user me --graph urn:f
      daraa-kg load --endpoint http://example.org:7878/query --format json
    """
    from ..stores.endpoint import find_endpoint
    from ..stores.loading import Loader
    from .console import print_json, say, show

    facts, as_json = checked_graph(graph), format_name == "json"
    with _progress() as step:  # what is wrong here is said before anybody far away is asked
        step("reading", 0)
        plan = _plan(article, base)
    transport = open_transport(user, timeout)
    store = find_endpoint(transport, endpoint, update)
    with _progress() as step:
        loader = Loader(plan, store, facts, step, beside=beside)
        replaced = loader.prepare()
        if not as_json:
            say(f"{', '.join(plan.slugs)} → {store.query}")
            say(_before(replaced))
        loaded = loader.load(replaced)
    if as_json:
        print_json(_record(plan, store.query, facts, replaced, loaded))
    else:
        show(_drawn(loaded, facts))


def _plan(article: Path | None, base: str | None) -> Plan:
    from ..graph.builtfile import FORMATS
    from ..stores.plan import plan_file, plan_graph

    if article is not None and article.is_file() and article.suffix in FORMATS:
        plan = plan_file(article)
        if base is not None and base_or_default(base) != plan.base:
            message = f"--base: the IRIs of {article} start with {plan.base}; build it anew"
            raise Failure(message, CANNOT_RUN)
        return plan
    return plan_graph(open_graph(article, base))


def _before(replaced: Replaced) -> str:
    """Say what is about to be replaced."""
    from ..diagnostics import counted

    if replaced.resumed:
        return "goes on with a load that broke off; what is there already stays"
    if not replaced.graphs and not replaced.facts:
        return "replaces nothing"
    graphs, facts = counted(replaced.graphs, "graphs"), counted(replaced.facts, "facts")
    return f"replaces {graphs} and {facts} of an earlier load"


def _record(
    plan: Plan, address: str, graph: str | None, replaced: Replaced, loaded: Loaded
) -> dict[str, Any]:
    """Say for programs where a dataset went, what it replaced, and what the store counts."""
    return {
        "articles": list(plan.slugs),
        "endpoint": address,
        "graph": graph,
        "replaced": asdict(replaced),
        **asdict(loaded),
    }


def _drawn(loaded: Loaded, graph: str | None) -> Table:
    """Draw what the store holds."""
    from rich.table import Table

    from ..diagnostics import counted

    where = f"in the graph {graph}" if graph else "in the default graph"
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="property")
    table.add_column(justify="right")
    table.add_column()
    table.add_row(
        "facts", f"{loaded.facts:,}", f"{where}, each with its evidence, as the store counts"
    )
    triples = counted(loaded.triples, "triples")
    table.add_row("graphs", f"{loaded.graphs:,}", f"with {triples}, each counted")
    table.add_row("sent", *counted(loaded.sent, "triples").split())
    return table


@contextmanager
def _progress() -> Iterator[Step]:
    """Show what is being done while somebody looks; say nothing otherwise."""
    from .console import console

    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda _, __: None
        return
    with out.status("reading") as status:
        yield lambda what, share: status.update(f"{what} {share:.0%}" if share else what)
