"""Compare the build, the queries and the command line with rdflib, side by side in one run.

Each pair is timed in turn (A B A B …) and reported as the median of the pairwise ratios, so that
a machine whose speed drifts does not favour one side. Nothing here is a test: there is no limit
that fails. Run it with::

    python benchmarks/build.py            # five pairs each
    python benchmarks/build.py --quick    # one pair each, to see that it runs

What is compared:

build
    ``daraa_kg.build(validate=False)`` and writing its five files, reading and checking YAML
    included, against rdflib given the finished JSON-LD of the same statements: rdflib's JSON-LD
    parser, the same rules through rdflib's SPARQL to the same fixpoint, and rdflib's TriG,
    N-Quads, Turtle, JSON-LD and RDF/XML serialisers.
queries
    every shipped query with its defaults, on the embedded store and on rdflib's Dataset.
process
    ``daraa-kg query timeline`` against ``python -c "import rdflib"``, as whole processes.
memory
    the largest resident set of ``daraa-kg build`` and of the rdflib side, each a process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib

import daraa_kg as dk
from daraa_kg.assets import asset
from daraa_kg.graph.builder import read_inputs
from daraa_kg.graph.formats import write_all
from daraa_kg.graph.inputs import find_inputs
from daraa_kg.namespaces import BASE, about_graph, article_base, ontology_graph, rule_graph
from daraa_kg.ontology.rules import infer_dates, load_rules
from daraa_kg.ontology.vocabulary import load_vocabulary
from daraa_kg.queries.catalogue import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

SERIALISATIONS = ("trig", "nquads", "turtle", "json-ld", "xml")


def timed(work: Callable[[], object]) -> float:
    """Run something once and give the seconds it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(ours: Callable[[], object], theirs: Callable[[], object], pairs: int) -> str:
    """Time two things in turn; describe the medians and the median of the ratios theirs/ours."""
    rows = [(timed(ours), timed(theirs)) for _ in range(pairs)]
    mine = statistics.median(row[0] for row in rows)
    other = statistics.median(row[1] for row in rows)
    ratio = statistics.median(row[1] / row[0] for row in rows)
    return f"{mine:8.3f} s   rdflib {other:8.3f} s   ratio {ratio:6.1f}"


def statements_document() -> tuple[str, str]:
    """Give the statements as JSON-LD with its context, and the dataset's account as N-Quads."""
    vocabulary = load_vocabulary()
    statements = read_inputs(find_inputs(None), vocabulary)
    context = {**vocabulary.context, "kg": BASE}
    document = json.dumps({"@context": context, "@graph": statements.document()})
    about = ox.NamedNode(about_graph(BASE))
    account = dk.build(validate=False).store.quads_for_pattern(None, None, None, about)
    return document, "\n".join(f"{quad} ." for quad in account)


class RdflibBuild:
    """The same build by rdflib: parse, account, rules to the fixpoint, five serialisers."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.document, self.account = statements_document()
        self.rules = load_rules(asset("ontology", "rules"))

    def __call__(self) -> rdflib.Dataset:
        """Build, serialise, and give the dataset."""
        data = rdflib.Dataset()
        data.parse(data=self.document, format="json-ld", publicID=article_base(BASE, self.slug))
        data.parse(data=self.account, format="nquads")
        terms = data.graph(rdflib.URIRef(ontology_graph(BASE)))
        terms.parse(asset("ontology", "daraa-kg.ttl"), format="turtle")
        self._merge(data)
        self._infer(data)
        for name in SERIALISATIONS:
            source: Any = data if name in ("trig", "nquads", "json-ld") else data.default_graph
            source.serialize(format=name)
        return data

    def _merge(self, data: rdflib.Dataset) -> None:
        apart = {about_graph(BASE), ontology_graph(BASE)}
        for s, p, o, graph in list(data.quads((None, None, None, None))):
            if graph is not None and str(graph) not in apart:
                data.default_graph.add((s, p, o))

    def _infer(self, data: rdflib.Dataset) -> None:
        self._dates(data)
        while True:
            size = len(data.default_graph)
            for rule in self.rules:
                made = data.query(f"BASE <{BASE}>\n{rule.text}").graph or rdflib.Graph()
                for triple in made:
                    data.graph(rdflib.URIRef(rule_graph(BASE, rule.name))).add(triple)
                    data.default_graph.add(triple)
            if len(data.default_graph) == size:
                return

    def _dates(self, data: rdflib.Dataset) -> None:
        store = ox.Store()
        lines = data.default_graph.serialize(format="nt")
        store.load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
        found = "\n".join(f"{triple} ." for triple in infer_dates(store))
        data.default_graph.parse(data=found, format="nt")


def build_and_write() -> None:
    """Build the shipped article without validation and write its files."""
    with tempfile.TemporaryDirectory() as folder:
        write_all(dk.build(validate=False), folder)


def query_rdflib(data: rdflib.Dataset, texts: list[str]) -> None:
    """Answer every query with rdflib."""
    for text in texts:
        list(data.query(text))


def peak(command: list[str]) -> float:
    """Run a command and give the largest resident set of it in MB."""
    code = (
        "import resource,subprocess,sys;"
        "subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1024


def run(command: list[str]) -> None:
    """Run a command whose output is of no interest."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Print every comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one pair of each")
    parser.add_argument("--memory-of-rdflib", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    graph = dk.build(validate=False)
    theirs = RdflibBuild(graph.slug)
    if arguments.memory_of_rdflib:
        theirs()
        return
    pairs = 1 if arguments.quick else 5
    print(f"{graph!r}; medians of {pairs} pairs, Python {sys.version.split()[0]}")
    data = theirs()
    print(f"rdflib's dataset: {len(data.default_graph)} facts; ours: {len(graph)}")
    print("build    ", compare(build_and_write, theirs, pairs))

    queries = load_catalogue().values()
    names = [query.name for query in queries]
    texts = [query.text for query in queries]
    loaded = graph.rdflib
    row = compare(
        lambda: [list(graph.query(name)) for name in names],
        lambda: query_rdflib(loaded, texts),
        pairs,
    )
    print(f"queries  {row}   ({len(names)} queries)")

    command = str(Path(sys.executable).with_name("daraa-kg"))
    run([command, "query", "timeline"])  # fills the cache, as the first use does
    rows = [
        (
            timed(lambda: run([command, "query", "timeline"])),
            timed(lambda: run([sys.executable, "-c", "import rdflib"])),
        )
        for _ in range(pairs if arguments.quick else 15)
    ]
    ours, base = (statistics.median(row[i] for row in rows) for i in (0, 1))
    ratio = statistics.median(row[0] / row[1] for row in rows)
    print(f"process  {ours:8.3f} s   import rdflib {base:.3f} s   ratio {ratio:6.2f} (at most 2)")

    with tempfile.TemporaryDirectory() as folder:
        mine = peak([command, "build", "--out", folder])
    other = peak([sys.executable, os.fspath(Path(__file__)), "--memory-of-rdflib"])
    print(
        f"memory   daraa-kg build, with validation, {mine:.0f} MB   rdflib's build {other:.0f} MB"
    )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"         this benchmark {own:.0f} MB")


if __name__ == "__main__":
    main()
