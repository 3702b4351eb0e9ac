"""`daraa-kg load`: put the dataset into a running store."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from .endpoint import GRAPH, TIMEOUT, USER, checked_graph, endpoint_option, open_transport
from .options import ARTICLE, BASE_IRI, Verb, base_or_default, open_graph

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
@ARTICLE
@BASE_IRI
@TIMEOUT
def command(  # noqa: PLR0913 - one argument an option
    *,
    endpoint: str,
    graph: str | None,
    user: str | None,
    update: str | None,
    article: Path | None,
    base: str | None,
    timeout: float | None,
) -> None:
    r"""Put the graph into a running store, and count what the store then holds.

    It replaces what an earlier load put there and nothing else. A load that broke off goes on where
    it was when it is started again. A .nq or .trig file is read piece by piece, whatever its size.

    \b
    Examples:
      daraa-kg load --endpoint http://example.org:7878/query
      daraa-kg load --endpoint http://example.org/sparql --user me --graph urn:f
    """
    from ..stores.endpoint import find_endpoint
    from ..stores.loading import Loader
    from .console import say, show

    facts = checked_graph(graph)
    transport = open_transport(user, timeout)
    store = find_endpoint(transport, endpoint, update)
    with _progress() as step:
        step("reading", 0)
        plan = _plan(article, base)
        loader = Loader(plan, store, facts, step)
        replaced = loader.prepare()
        say(f"{', '.join(plan.slugs)} → {store.query}")
        say(_before(replaced))
        loaded = loader.load(replaced)
    show(_drawn(loaded, facts))


def _plan(article: Path | None, base: str | None) -> Plan:
    from ..builtfile import FORMATS
    from ..stores.plan import plan_file, plan_graph

    if article is not None and article.is_file() and article.suffix in FORMATS:
        plan = plan_file(article)
        if base is not None and base_or_default(base) != plan.base:
            message = f"--base: the IRIs of {article} start with {plan.base}; build it anew"
            raise click.UsageError(message)
        return plan
    return plan_graph(open_graph(article, base))


def _before(replaced: Replaced) -> str:
    """Say what is about to be replaced."""
    if replaced.resumed:
        return "goes on with a load that broke off; what is there already stays"
    if not replaced.graphs and not replaced.facts:
        return "replaces nothing"
    return f"replaces {replaced.graphs:,} graphs and {replaced.facts:,} facts of an earlier load"


def _drawn(loaded: Loaded, graph: str | None) -> Table:
    """Draw what the store holds."""
    from rich.table import Table

    where = f"in the graph {graph}" if graph else "in the default graph"
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="property")
    table.add_column(justify="right")
    table.add_column()
    table.add_row(
        "facts", f"{loaded.facts:,}", f"{where}, each with its evidence, as the store counts"
    )
    table.add_row("graphs", f"{loaded.graphs:,}", f"with {loaded.triples:,} triples, each counted")
    table.add_row("sent", f"{loaded.sent:,}", "triples")
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
