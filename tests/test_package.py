from __future__ import annotations

import ast
import graphlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import daraa_kg as dk

SOURCE = Path(dk.__file__).parent


def _run(code: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, env=env, capture_output=True, text=True
    )
    return done.stdout


def test_the_import_is_light() -> None:
    heavy = "{'pyoxigraph', 'rdflib', 'pyshacl', 'yaml', 'edtf', 'rich', 'click', 'typing'}"
    assert (
        _run(f"import sys, daraa_kg; print(sorted({heavy} - {{'typing'}} & set(sys.modules)))")
        == "[]\n"
    )


def test_a_cached_graph_is_loaded_without_what_only_a_build_needs() -> None:
    _run("import daraa_kg; daraa_kg.load()")
    heavy = "{'rdflib', 'pyshacl', 'yaml', 'edtf', 'rich', 'daraa_kg.builder', 'daraa_kg.article'}"
    assert (
        _run(f"import sys, daraa_kg; daraa_kg.load(); print(sorted({heavy} & set(sys.modules)))")
        == "[]\n"
    )


def test_all_is_sorted_and_there() -> None:
    assert dk.__all__ == sorted(dk.__all__)
    for name in dk.__all__:
        assert getattr(dk, name) is not None
        assert name in dir(dk)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'daraa_kg' has no attribute 'biuld'$"):
        dk.biuld  # noqa: B018 - the access is what is tested


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE))
)
def test_modules_are_short_and_say_what_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 400
    if text.strip():
        assert ast.get_docstring(ast.parse(text))


# --- which module may import which ---------------------------------------------------------------

# From the ground up. A module imports from its own layer and from those below, at the top of its
# file; what it needs for types alone, or inside one function, does not bind it.
LAYERS = {
    "words and names": """assets dates datewords diagnostics extras guardedcsv literals namespaces naming nearest
        numberchanges sentences textfragment textgrid wordbreaks wordchanges wording""",
    "files as they are read": """anchors alignment article coverage federation grounding inputs jsonld passages
        registry rulesyntax sourcemap sparql vocabulary yamledit yamlsource""",
    "statements, rules and shapes": """account checks convert form nodes proof reader rulelint rules
        statements validation violations""",
    "the graph": "analyses filerecord formats graph labels",
    "what is made of it": """builder builtfile cache cardrecords cards catalogue emptiness evidence frames
        mentions parameters queryparts questions rdffiles results standings tables whytext""",
    "analysis": """accounts bookkeeping claims crosswalk eventtables gaps geojson graphdiff
        graphdiffrecord holding ledger ledgerfiles ledgersums network networkanalysis networkdays networkdrawing
        networkedges networkfiles networklook networknodes networkselection networkslices
        networkviews plots.__init__ plots.casualtyplot plots.labelplaces plots.mapplot plots.page
        plots.sides plots.timelineplot readingfiles readings revision revisionrecord spreadsheet
        truces workbook""",
    "stores": """stores.__init__ stores.deadline stores.datasets stores.embedded stores.endpoint stores.integrity stores.loading stores.locks stores.names
        stores.normalform stores.plan stores.refusals stores.remote stores.rewriting
        stores.transport""",
    "the page": """site.__init__ site.boundaries site.downloads site.entities site.families site.incidents
        site.model site.networks site.page site.passages site.places site.questions site.readings
        site.sides site.text site.topology site.writing""",
    "the server": """server.__init__ server.addresses server.answers server.answertables server.app server.cardpages
        server.confined server.connection server.description server.documents server.downloads
        server.endpoint server.engine server.engines server.explorerpage server.frontpages
        server.guard server.limits server.negotiation server.ontologypages server.pages
        server.protocol server.questionpages server.recordpages server.resources server.resultpages server.running server.served
        server.site server.sparqlresults server.terms server.voidpages""",
    "the command line": """__main__ cli.__init__ cli.accounts cli.build cli.carddrawing cli.check
        cli.checkout cli.console cli.coverage cli.diff cli.endpoint cli.exitcodes cli.export cli.failures cli.faults cli.gaps
        cli.graphdiffdrawing cli.interrupt cli.ledger cli.ledgerdrawing cli.load
        cli.network cli.networkreport cli.options cli.plot cli.program cli.queries cli.query cli.readingdrawing
        cli.readingoutput cli.rebase cli.revisiondrawing cli.serve cli.show cli.site cli.summary cli.tables cli.usage
        cli.timeline cli.timelinedrawing cli.truces cli.why cli.whydrawing""",
}
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in SOURCE.rglob("*.py")
}


def imported(module: str) -> set[str]:
    """Give the modules of ours that a module imports at the top of its file."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    here = ["daraa_kg", *module.split(".")[:-1]]
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            home = [*here[: len(here) - node.level + 1], *(node.module or "").split(".")]
            full = ".".join(filter(None, home)) if node.level else str(node.module)
        elif isinstance(node, ast.Import):
            full = node.names[0].name
        else:
            continue
        if full.startswith("daraa_kg."):
            name = full.removeprefix("daraa_kg.")
            found.add(name if name in MODULES else f"{name}.__init__")
    return found


def test_every_module_has_its_layer() -> None:
    listed = [module for modules in LAYERS.values() for module in modules.split()]
    assert sorted(listed) == sorted(set(MODULES) - {"__init__"})


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"__init__"}))
def test_no_module_imports_one_of_a_higher_layer(module: str) -> None:
    layer = {name: i for i, names in enumerate(LAYERS.values()) for name in names.split()}
    assert not {other for other in imported(module) if layer[other] > layer[module]}


def test_no_modules_import_each_other() -> None:
    graphlib.TopologicalSorter({module: imported(module) for module in MODULES}).prepare()
