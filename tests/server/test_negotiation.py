from __future__ import annotations

import pytest

from daraa_kg.server.negotiation import choose, choose_encoding

OFFERED = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/*", "text/html"),
        ("application/*", "application/ld+json"),
        ("text/turtle;q=0.9, application/ld+json", "application/ld+json"),
        ("text/turtle; q=0.2 , application/ld+json;q=0.1", "text/turtle"),
        # The more exact range counts, whatever stands first (RFC 9110, section 12.5.1).
        ("text/*;q=1, text/html;q=0.1, text/turtle;q=0.5", "text/turtle"),
        ("*/*, text/html;q=0", "text/turtle"),
        ("text/html;q=0, text/turtle;q=0, application/ld+json;q=0", None),
        ("image/png", None),
        # What a browser sends.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        # What Java's own client sends.
        ("text/turtle, image/gif, *; q=.2, */*; q=.2", "text/turtle"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x"', OFFERED[2]),
        ("text/turtle;q=zero, application/ld+json;q=0.1", "application/ld+json"),
        ("text/turtle;q=7, text/html;q=1", "text/html"),
        (",;,;q=1,,", None),
    ],
)
def test_the_best_type_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", None),
        ("*", "br"),
        ("*, br;q=0", "gzip"),
        ("identity", None),
        ("identity;q=1, gzip;q=0.5", None),
        ("deflate", None),
    ],
)
def test_the_best_coding_is_chosen(header: str | None, coding: str | None) -> None:
    assert choose_encoding(header, ("br", "gzip")) == coding
