"""Link into a live page so that a browser goes to a passage and highlights it."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["deep_link"]

_WHOLE = 60  # code points: a quote up to this long is put into the link whole
_EDGE = 5  # words at each end of a longer one
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s")


def deep_link(
    url: str, passage_exact: str, *, text: str | None = None, start: int | None = None
) -> str:
    """Add the text directive for a passage to the address of the page it stands on.

    A short passage is given whole, a longer one by its first and last words: the live page has
    footnote marks between the sentences, which a long literal text would not match.
    (https://wicg.github.io/scroll-to-text-fragment/, section 3.)

    >>> deep_link("https://example.org/page", "pro-government, R&D")
    'https://example.org/page#:~:text=pro%2Dgovernment%2C%20R%26D'

    Args:
        url: the page.
        passage_exact: the passage's words.
        text: the article's text; with it, the first words grow until they are there once.
        start: the passage's offset in it, in code points; with it, a passage that is there more
            than once gets the words before it as the directive's prefix.

    Raises:
        ValueError: if the passage has no words.
    """
    words = passage_exact.split()
    if not words:
        message = "a passage without words cannot be linked to: give the passage's exact words"
        raise ValueError(message)
    # Browsers compare without regard to case.
    flat = " ".join(text.split()).casefold() if text is not None else ""
    directive = _directive(words, flat)
    if text is not None and start is not None:
        directive = _prefix(words, flat, text[:start].split()) + directive
    if ":~:" in url:
        return f"{url}&text={directive}"
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _directive(words: list[str], flat: str) -> str:
    whole = " ".join(words)
    if len(words) <= 2 * _EDGE and len(whole) <= _WHOLE and not _SENTENCE_END.search(whole):
        return _encode(whole)
    # The browser takes the first place where the first words stand, so they must be alone there ...
    head = min(_EDGE, len(words) - 1)
    while head < len(words) and (head == 0 or _repeated(_folded(words[:head]), flat)):
        head += 1
    # ... and then the first place of the last words, which must not come earlier in the passage.
    tail = min(_EDGE, len(words) - head)
    while 0 < tail < len(words) - head and _folded(words[-tail:]) in _folded(words[head:-1]):
        tail += 1
    if tail == 0:
        return _encode(whole)
    return f"{_encode(' '.join(words[:head]))},{_encode(' '.join(words[-tail:]))}"


def _prefix(words: list[str], flat: str, before: list[str]) -> str:
    whole = _folded(words)
    if not before or not _repeated(whole, flat):
        return ""
    size = 1
    while size < len(before) and _repeated(f"{_folded(before[-size:])} {whole}", flat):
        size += 1
    return f"{_encode(' '.join(before[-size:]))}-,"


def _repeated(part: str, flat: str) -> bool:
    # Not count(), which leaves out what overlaps.
    return flat.find(part, flat.find(part) + 1) >= 0


def _folded(words: list[str]) -> str:
    return " ".join(words).casefold()


def _encode(text: str) -> str:
    # quote() leaves "-" alone, which has a meaning of its own in a directive.
    return quote(text, safe="").replace("-", "%2D")
