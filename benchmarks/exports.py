"""Compare every export with the bare write of the same content, side by side in one run.

Ours asks the graph, makes the table, map or network, guards what has to be guarded, and writes it.
The other side is given the finished content in memory and only writes it, with the library that
people use for it, so the ratio ours/theirs is above 1: it says how many times the bare write the
whole export takes. `writing` is the ratio of our writer alone, given the same content: the cost of
guarding formulas, typing cells and taking out the clock.

The bare writers, which are given what they have read from our file, or the same frames:

.csv, .parquet, .xlsx
    pandas: ``DataFrame.to_csv``, ``to_parquet`` and ``to_excel`` (openpyxl).
.rdf, .graphml, .gexf
    lxml: ``etree.tostring`` of the parsed file.
JSON of all kinds
    ``json.dumps`` of the parsed file.
.trig, .nq, .ttl, .nt
    pyoxigraph's ``serialize`` of the quads.
.dot
    encoding the text, for want of a writer in use that takes a finished tree.

Nothing here is a test: there is no limit that fails. Pairs are timed in turn (A B A B …); reported
are the medians, and the median of the pairwise ratios. Run it with::

    python benchmarks/exports.py                # 7 pairs each on 1, 3 on 10 copies of the graph
    python benchmarks/exports.py --quick        # 1 pair each on 1 copy, to see that it runs
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import pyoxigraph as ox
from lxml import etree

import daraa_kg as dk
from daraa_kg.exports.eventtables import TABLES, records
from daraa_kg.exports.geojson import dumps, feature_collection
from daraa_kg.exports.guardedcsv import to_csv
from daraa_kg.exports.workbook import write_workbook
from daraa_kg.graph.built import Graph
from daraa_kg.graph.formats import FORMATS, Format, serialize
from daraa_kg.namespaces import article_base

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[], object]

RDF = {
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
}


def copies(graph: Graph, number: int) -> Graph:
    """Give a graph that holds an article so many times, each under a name of its own."""
    lines = (ox.serialize(graph.quads(), format=ox.RdfFormat.N_QUADS) or b"").decode()
    store = ox.Store()
    store.bulk_extend(graph.quads())
    own = article_base(graph.base, graph.slug)
    for copy in range(1, number):
        other = article_base(graph.base, f"{graph.slug}-{copy}")
        store.bulk_load(lines.replace(own, other).encode(), format=ox.RdfFormat.N_QUADS)
    return Graph(store, base=graph.base, slug=graph.slug)


def bare(graph: Graph, entry: Format) -> tuple[str, Work]:
    """Give the library that writes the same content, and its work."""
    if entry.name in RDF:
        kind = RDF[entry.name]
        quads = graph.quads() if entry.datasets else graph.facts()
        items = quads if kind.supports_datasets else [quad.triple for quad in quads]
        return "pyoxigraph", lambda: ox.serialize(items, format=kind, prefixes=graph.prefixes)
    data = serialize(graph, entry.name)
    match entry.extension:
        case ".rdf" | ".graphml" | ".gexf":
            tree = etree.fromstring(data, etree.XMLParser(huge_tree=True))
            return "lxml", lambda: etree.tostring(tree, encoding="utf-8", xml_declaration=True)
        case ".csv":
            table = graph.to_pandas() if entry.name == "csv" else pd.read_csv(io.BytesIO(data))
            return "pandas", lambda: table.to_csv(index=False)
        case ".parquet":
            table = graph.to_pandas()
            return "pandas", lambda: table.to_parquet(io.BytesIO(), index=False)
        case ".xlsx":
            return "pandas", partial(pandas_workbook, frames(graph))
        case ".dot":
            return "encode", data.decode().encode
    document = json.loads(data)
    return "json", lambda: json.dumps(document, ensure_ascii=False).encode()


def frames(graph: Graph) -> dict[str, pd.DataFrame]:
    """Give all tables."""
    return {table: graph.to_pandas(table) for table in TABLES}


def pandas_workbook(tables: dict[str, pd.DataFrame]) -> None:
    """Write tables as a workbook with pandas."""
    with pd.ExcelWriter(io.BytesIO(), engine="openpyxl") as writer:
        for name, table in tables.items():
            table.to_excel(writer, sheet_name=name, index=False)


def writing(graph: Graph, name: str) -> Work | None:
    """Give our writer of a format alone, its content made beforehand; None where it has no seam."""
    if name == "csv":
        rows = records(graph)
        return partial(to_csv, rows, list(rows[0]))
    if name == "xlsx":
        return partial(write_workbook, frames(graph))
    if name == "geojson":
        return partial(dumps, feature_collection(graph))
    return None


def timed(work: Work) -> float:
    """Run something once and give the seconds it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(ours: Work, theirs: Work, pairs: int) -> tuple[float, float, float]:
    """Time two things in turn; give the medians and the median of the ratios ours/theirs."""
    timed(ours), timed(theirs)  # imports and caches
    rows = [(timed(ours), timed(theirs)) for _ in range(pairs)]
    return (
        statistics.median(row[0] for row in rows),
        statistics.median(row[1] for row in rows),
        statistics.median(row[0] / row[1] for row in rows),
    )


def export(graph: Graph, name: str) -> bytes:
    """Write a graph as a fresh process would, with nothing kept from the last time."""
    return serialize(Graph(graph.store, base=graph.base, slug=graph.slug), name)


def main() -> None:
    """Print a line for each format."""
    parser = argparse.ArgumentParser(description="Compare exports with the bare write.")
    parser.add_argument("--quick", action="store_true", help="one pair each, on one copy")
    parser.add_argument("--only", nargs="*", metavar="FORMAT", help="these formats alone")
    given = parser.parse_args()
    single = dk.build(validate=False)
    for number in (1,) if given.quick else (1, 10):
        graph = copies(single, number)
        print(f"{number} × the graph, {len(graph.store)} quads")
        for name, entry in FORMATS.items():
            if given.only and name not in given.only:
                continue
            library, work = bare(graph, entry)
            pairs = 1 if given.quick else 7 if number == 1 else 3
            ours, theirs, ratio = compare(partial(export, graph, name), work, pairs)
            alone = writing(graph, name)
            part = f"   writing {compare(alone, work, pairs)[2]:5.1f}" if alone else ""
            print(
                f"  {name:14} {ours * 1e3:9.1f} ms   {library:10} {theirs * 1e3:9.1f} ms"
                f"   ratio {ratio:7.1f}{part}"
            )


if __name__ == "__main__":
    main()
