"""Where words begin and end in a text (after Unicode Standard Annex #29)."""

from __future__ import annotations

import unicodedata

__all__ = ["has_word", "is_inside_word", "whole_words"]


def has_word(text: str) -> bool:
    """Tell whether a text has a letter or a figure."""
    return any(map(_is_letter, text))


def is_inside_word(text: str, index: int) -> bool:
    """Tell whether a cut before the code point at `index` goes through a word.

    >>> [is_inside_word("Daraa's al-Balad, 11,000", i) for i in (5, 6, 8, 10, 20)]
    [True, True, False, False, True]
    """
    if not 0 < index < len(text):
        return False
    before, after = text[index - 1], text[index]
    if _is_letter(before) and _is_letter(after):
        return True
    if _is_letter(before) and index + 1 < len(text):
        return _joins(before, after, text[index + 1])
    if _is_letter(after) and index > 1:
        return _joins(text[index - 2], before, after)
    return False


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Extend a stretch, in code points, until it cuts no word at either end."""
    while is_inside_word(text, start):
        start -= 1
    while is_inside_word(text, end):
        end += 1
    return start, end


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _joins(before: str, mark: str, after: str) -> bool:
    """Tell whether `mark` between two characters makes one word of them: `Ruba’i`, `11,000`."""
    if mark in "'’ʼ":
        return before.isalpha() and after.isalpha()
    return mark in ".," and before.isdigit() and after.isdigit()
