"""`daraa-kg site`: the graph as one page, and the downloads beside it."""

from __future__ import annotations

from pathlib import Path

import click

from .exitcodes import CANNOT_RUN
from .failures import Failure, writing
from .options import ARTICLE, AS_JSON, BASE_IRI, Verb, open_graph


@click.command("site", cls=Verb, short_help="Write a page to read, see and question the graph.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@AS_JSON
@ARTICLE
@BASE_IRI
def command(folder: Path, format_name: str, article: Path | None, base: str | None) -> None:
    r"""Write a page to read, see and question the graph.

    DIR/index.html has everything in it: the timeline, the map, the network, the article and the
    questions of one graph. It opens in a browser as it is, asks nothing of the network, and can be
    mailed or put on any web server. Beside it stand the downloads: Turtle, TriG, JSON-LD, CSV,
    GeoJSON, GraphML and GEXF. Other files in DIR stay as they are.

    \b
    Examples:
      daraa-kg site daraa
      daraa-kg site oldbridge --article data/articles/oldbridge
    """
    from ..site.page import PageMissing, read_page
    from ..site.writing import write_site

    try:
        page = read_page()
    except PageMissing as error:
        raise Failure(str(error), CANNOT_RUN) from error
    graph = open_graph(article, base)
    with writing(f"to {folder}", "name another folder"):
        written = write_site(graph, folder, page)
    from .console import print_json, show

    if format_name == "json":
        files = [
            {"file": str(path), "bytes": path.stat().st_size, "label": label}
            for path, label in written.items()
        ]
        print_json(files)
        return
    from .tables import draw_sizes

    show(draw_sizes(written.items()))
