"""The IRIs of the project: where they start, how they are made, and how people read them."""

from __future__ import annotations

import re

BASE = "https://w3id.org/daraa-kg/id/"
DKG = "https://w3id.org/daraa-kg/ontology#"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
VOID = "http://rdfs.org/ns/void#"
GEO = "http://www.opengis.net/ont/geosparql#"
WGS84 = "http://www.w3.org/2003/01/geo/wgs84_pos#"
SCHEMA = "https://schema.org/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

# Bound in everything we write. `kg:` is BASE and comes from `prefixes`, for BASE can be replaced.
PREFIXES: dict[str, str] = {
    "dcat": DCAT,
    "dct": DCT,
    "dkg": DKG,
    "edtf": EDTF.removesuffix("EDTF"),
    "geo": GEO,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "void": VOID,
    "wgs84": WGS84,
    "xsd": XSD,
}

# What RFC 3987 keeps out of an IRI, and what would make a store drop the triple without a word.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WITH_PATH = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+")
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`]')


class BaseError(ValueError):
    """A text after which no names can be put; `base` is what was given."""

    def __init__(self, base: str, problem: str) -> None:
        self.base = base
        super().__init__(f"“{base}” {problem}")


def check_base(base: str) -> str:
    """Give a base back if names can be put after it.

    Raises:
        BaseError: it is no absolute IRI (RFC 3987, section 2.2), or no path in it ends with ``/``.
            A ``#`` is none: names of parts have one themselves (``event/x#figure``).
    """
    bad = forbidden(base)
    if not _ABSOLUTE.match(base):
        raise BaseError(base, f"is no absolute IRI; write one such as {BASE}")
    if bad is not None:
        raise BaseError(base, f"has the character {bad!r} in it, which no IRI may have")
    if not _WITH_PATH.match(base):
        problem = f"has no path in which names such as place/x can stand; write one such as {BASE}"
        raise BaseError(base, problem)
    for mark in "#?":
        if mark in base:
            start = base.partition(mark)[0].removesuffix("/")
            problem = f"has a “{mark}” in it, behind which no path follows; write {start}/"
            raise BaseError(base, problem)
    if not base.endswith("/"):
        raise BaseError(base, f"has no “/” at its end, and names are put after it; write {base}/")
    return base


def prefixes(base: str = BASE) -> dict[str, str]:
    """Give every prefix we bind, `kg:` among them, in alphabetical order."""
    return dict(sorted({**PREFIXES, "kg": base}.items()))


def iri(base: str, path: str) -> str:
    """Make the IRI of something of ours: ``iri(BASE, "graph/about")``."""
    return base + path


def article_base(base: str, slug: str) -> str:
    """Give the IRI against which an article's own ids (``event/…``) are resolved."""
    return f"{base}{slug}/"


def source_graph(base: str, name: str) -> str:
    """Give the graph of a source: ``source_graph(BASE, "geonames")``."""
    return f"{base}source/{name}"


def rule_graph(base: str, name: str) -> str:
    """Give the graph of an inference rule: ``rule_graph(BASE, "transitive")``."""
    return f"{base}rule/{name}"


def about_graph(base: str) -> str:
    """Give the graph in which the dataset describes itself."""
    return base + "graph/about"


def ontology_graph(base: str) -> str:
    """Give the graph that holds the vocabulary."""
    return base + "graph/ontology"


def forbidden(text: str) -> str | None:
    """Give the first character of a text that may not stand in an IRI (RFC 3987, section 2.2)."""
    found = _FORBIDDEN.search(text)
    return found.group() if found else None


def expand(name: str, base: str, local: str) -> str:
    """Make an IRI of an id as people write it.

    Args:
        name: ``event/x`` (the article's own), ``kg:place/x`` (shared), ``dkg:Clash``, or an IRI.
        base: where shared ids start.
        local: where the article's own ids start (see `article_base`).
    """
    head, colon, tail = name.partition(":")
    if colon and not tail.startswith("//"):
        if head == "kg":
            return base + tail
        if head in PREFIXES:
            return PREFIXES[head] + tail
    return name if colon and tail else local + name


def shorten(name: str, base: str = BASE, slug: str | None = None) -> str:
    """Write an IRI as people do: ``dkg:Clash``, ``event/x``, ``kg:place/daraa``.

    Args:
        name: the IRI.
        base: where ids start.
        slug: the article whose own ids are written without a prefix.
    """
    if slug and name.startswith(own := article_base(base, slug)) and len(name) > len(own):
        return name[len(own) :]
    if name.startswith(base):
        return "kg:" + name[len(base) :]
    for prefix, start in PREFIXES.items():
        if name.startswith(start):
            return f"{prefix}:{name[len(start) :]}"
    return name
