"""Whether a SPARQL query asks another server: every SERVICE, however it is written or hidden.

Parsers of SPARQL do not agree on where a word ends. Oxigraph's reads `trueSERVICE<http://…>` and
`SERVICE:x` as calls, and `1<'x>'` as a comparison with a text where a list of tokens has the IRI
`<'x>`. So no single split into tokens tells what will be called. Here both readings of every `<`
are followed: what is no keyword in any of them is none for any parser.
"""

from __future__ import annotations

import re

__all__ = ["find_service"]

# Where a word, or something that can hide one, begins.
_NEXT = re.compile(r"[#\"'<?$:@]|\w+")
_COMMENT = re.compile(r"#[^\r\n]*")
_IRI = re.compile(r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]{4,8})*>")
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")  # nothing that can be compared with
_STRINGS = {
    quote: (
        re.compile(rf"{quote}{{3}}(?:{quote}{{0,2}}(?:[^{quote}\\]|\\.))*+{quote}{{3}}", re.DOTALL),
        re.compile(rf"{quote}(?:[^{quote}\\\n\r]|\\.)*+{quote}", re.DOTALL),
    )
    for quote in "\"'"
}
# A name or a tag of a language goes on to the last of its letters, in every reading.
_REST = {
    "?": re.compile(r"\?\w*"),
    "$": re.compile(r"\$\w*"),
    ":": re.compile(r":[\w-]*"),
    "@": re.compile(r"@[\w-]*"),
}
# The literals that may stand before a SERVICE without a space between.
_SERVICE = re.compile(r"(?:true|false|\d\w*?)?(?=service)", re.IGNORECASE | re.ASCII)
# What a call goes on with: SILENT, then an IRI, a variable or a name, then its group. A name longer
# than anybody writes counts as a call at once, lest names of names make the search slow.
_SPACE = r"(?:\s|#[^\r\n]*+)*+"
_NAME = r"(?:\\.|[^\s{}<>\"'#\\])"
_CALLED = re.compile(
    rf"service{_SPACE}(?:silent{_SPACE})?(?:{_NAME}{{256}}|(?:<[^<>]*>|{_NAME}{{1,255}}+){_SPACE}\{{)",
    re.IGNORECASE,
)


def find_service(text: str) -> int | None:
    """Find the first SERVICE of a query that any parser can take for a call.

    A text or a comment with the word in it, an IRI, and a variable or a prefixed name that is
    called so are none; but ``service:x {`` counts as a call of ``:x``.
    The time it takes grows with the length of the text and no faster.

    Args:
        text: the query, its Unicode escapes replaced or not.

    Returns:
        The offset of the word; None if there is none.

    >>> find_service("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    11
    >>> find_service("SELECT ?service { ?service ?p 'SERVICE <x>' } # SERVICE <x>")
    """
    if "service" not in text.lower():
        return None
    found: list[int] = []
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        match = _NEXT.search(text, waiting.pop())
        if match is None or match.start() in seen:
            continue
        seen.add(match.start())
        if match[0][0] in "#\"'<?$:@":
            waiting += _ends(text, match.start())
            continue
        waiting.append(match.end())
        word = _SERVICE.match(text, match.start())
        if word and word.end() < match.end() and _CALLED.match(text, word.end()):
            found.append(word.end())
    return min(found, default=None)


def _ends(text: str, start: int) -> list[int]:
    """Give every place where what begins at a sign can end; none if it has no end."""
    sign = text[start]
    if sign in _STRINGS:
        matches = (pattern.match(text, start) for pattern in _STRINGS[sign])
        return [match.end() for match in matches if match]
    if sign != "<":
        pattern = _COMMENT if sign == "#" else _REST[sign]
        match = pattern.match(text, start)
        return [match.end()] if match else []
    iri = _IRI.match(text, start)
    ends = [iri.end()] if iri else []
    return ends if iri and _ABSOLUTE.match(text, start) else [*ends, start + 1]
