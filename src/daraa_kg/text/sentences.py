"""Split a block of English prose into sentences with exact offsets.

A small rule of our own rather than a library: pysbd rewrites the text while it works (offsets are
looked up again afterwards, and a repeated sentence gets the wrong ones) and takes seconds for a
long article; nltk and spaCy need a trained model, and a sentence would move with its version.
Passages and faults are tied to sentences, so the split has to stay the same from year to year: a
closed list of abbreviations and the word after the period decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["split_sentences"]

# End signs, the closing quotes, brackets and footnote marks on them, then space: a possible end.
_END = re.compile(r"([.!?…]+)((?:[\"'”’»›)\]}″′_*]|\[\d{1,3}\])*)(\s+)")
_OPENING = "\"'“‘«‹([{_*„‚¿¡"
_CLOSING_QUOTES = "\"'”’"
_LAST_TOKEN = re.compile(r"[^\s\"“”‘«»()\[\]{}/,;:–—]*$")
_WORD_END = re.compile(r"[\s,;:.!?…]")
_REACH = 40  # no abbreviation or opening word is longer


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Always followed by the name or the words they belong to.
_NEVER_LAST = _words(
    """
    lt col gen maj brig capt cpt sgt cpl pvt pfc adm cmdr cdr comdr cmd det insp supt lieut
    dr mr mrs ms mx mgr msgr messrs prof rev fr hon sen rep dem gov pres amb sheik sh
    st mt ft vs viz cf e.g i.e eg ie approx esp incl
    """
)
# Abbreviations before a figure only ("He said no." ends a sentence, "No. 5" does not).
_BEFORE_FIGURE = _words(
    """
    no nos p pp vol vols ch fig figs art arts sec par para c ca circa est op ser res reg bn btn div
    jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
# Abbreviations that may end a sentence: the next word decides.
_MAYBE_LAST = _words("al jr sr inc ltd co corp bros dept govt univ km kg mi min hr hrs retd")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$|[A-Z]$")
# Words that open a sentence and hardly ever carry on a name such as "U.S. Army" or "J. R. Smith".
_OPENERS = _words(
    """
    A According Additionally After Afterwards All Also Although Amid Among An And Another Around As
    At Because Before Between Both But By Despite During Earlier Each Eight Eventually Finally Five
    Following For Four From Further Furthermore He Her His However If Immediately In Initially
    Instead It Its Later Many Meanwhile Moreover Most Nevertheless Nine On Once One Only Other
    Others Our Over Overall Seven Several She Similarly Since Six So Some Soon Subsequently Ten That
    The Their Then There Therefore These They This Those Though Three Throughout Thus To Two Under
    Until Upon We What When Where Whereas Which While Who With Within Without Yet You
    """
)
# A name may open a sentence with the Arabic article in small letters: "al-Nusra then withdrew".
_ARTICLE_NAME = re.compile(r"(?:a[dlnrstz]|ash|adh|ath|el|ed|es|et)[-‑][^\W\d_]")


def split_sentences(block: str) -> tuple[tuple[int, int], ...]:
    """Split a block (one paragraph or list item) into sentences.

    A closing quote or bracket after the period belongs to the sentence it closes.

    >>> text = "Lt. Col. Ali came. “We left.” They stayed."
    >>> [text[s:e] for s, e in split_sentences(text)]
    ['Lt. Col. Ali came.', '“We left.”', 'They stayed.']

    Returns:
        (start, end) pairs in code points of `block`, end exclusive, in order; together they hold
        all of the block but the white space between them.
    """
    return tuple(_spans(block))


def _spans(block: str) -> Iterator[tuple[int, int]]:
    start = len(block) - len(block.lstrip())
    end = len(block.rstrip())
    for match in _END.finditer(block, start, end):
        if _is_end(block, start, match):
            yield start, match.start(3)
            start = match.end()
    if start < end:
        yield start, end


def _is_end(block: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether the signs that `match` holds end the sentence that began at `start`."""
    # A bracket or sign left standing alone belongs to what is before it.
    if block[match.end()] in ".!?…)]}”’":
        return False
    follower = _follower(block, match.end())
    if follower[:1].islower() and not _ARTICLE_NAME.match(follower):
        return False
    mark = match.start()
    if not any(map(str.isalnum, block[start:mark])):
        return False  # an omission before the first word: "... We know"
    before = block[mark - 1 : mark] if mark > start else ""
    if match[1] == ".":
        return _period_ends(block, start, mark, follower)
    # "[...]" and "(?)" stand inside a sentence, and a "?" alone fills a gap in a list.
    return not (match[2] and before in ("(", "[")) and not (match[1] == "?" and before.isspace())


def _follower(block: str, index: int) -> str:
    """The text from the first letter or figure at or after `index`, past opening quotes."""
    while index < len(block) and block[index] in _OPENING:
        index += 1
    return block[index : index + _REACH]


def _period_ends(block: str, start: int, mark: int, follower: str) -> bool:
    """Decide by the token before the period at `mark` and the word that follows."""
    match = _LAST_TOKEN.search(block, max(start, mark - _REACH), mark)
    token = match[0] if match else ""
    if token.isdecimal() and mark - len(token) == start:
        return False  # "1. The army": the number of a list entry
    # "Maj.-Gen." is judged by what stands after the hyphen, "1Lt." without its figure.
    last = re.split(r"[-‑]", token)[-1].lstrip("'’_*.#")
    key = last.lower()
    if key.lstrip("0123456789") in _NEVER_LAST or last == "v":
        return False
    if key in _BEFORE_FIGURE and follower[:1].isdigit():
        return False
    if key in _MAYBE_LAST or _INITIALS.match(last):
        # After an abbreviation a closing quote says more than the word that follows.
        quoted = len(key) > 1 and block[mark + 1] in _CLOSING_QUOTES
        return quoted or _WORD_END.split(follower, maxsplit=1)[0] in _OPENERS
    return True
