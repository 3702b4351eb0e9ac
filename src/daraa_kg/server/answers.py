"""Answers whose bytes are known: ETag, 304 and compression in one place.

Source: RFC 9110, sections 8.8.3 (ETag), 13.1.2 (If-None-Match) and 15.4.5 (304).
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.responses import Response

from .negotiation import choose_encoding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

__all__ = ["Body", "answer", "has"]

_CODINGS = ("br", "gzip")
_WORTHWHILE = 600  # bytes; below that a compressed answer is hardly shorter


@dataclass(frozen=True)
class Body:
    """The bytes of a representation; what is derived from them is made once and kept.

    Attributes:
        data: the bytes.
        media_type: what they are, with the charset where they are text.
        packed: whether they are compressed in themselves, like a workbook.
    """

    data: bytes
    media_type: str
    packed: bool = False

    @cached_property
    def digest(self) -> str:
        """A short digest, which changes when the bytes do."""
        return hashlib.sha256(self.data).hexdigest()[:20]

    @cached_property
    def br(self) -> bytes:
        """The bytes as Brotli compresses them."""
        import brotli

        return bytes(brotli.compress(self.data, quality=9))

    @cached_property
    def gzip(self) -> bytes:
        """The bytes as gzip compresses them; no time stands in them."""
        return gzip.compress(self.data, compresslevel=9, mtime=0)

    def encoded(self, coding: str | None) -> bytes:
        """Give the bytes in a content coding; as they are for None."""
        if coding is None:
            return self.data
        return self.br if coding == "br" else self.gzip


def answer(
    request: Request, body: Body, headers: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """Answer with a body, or with 304 if the client has it already.

    To HEAD the same is answered; whoever runs the application leaves the body out (ASGI).

    Args:
        request: what was asked.
        body: what is answered.
        headers: further headers; a Vary among them is completed.
        status: the status, if it is not 304.
    """
    coding = None
    if not body.packed and len(body.data) >= _WORTHWHILE:
        coding = choose_encoding(request.headers.get("accept-encoding"), _CODINGS)
    tag = f'"{body.digest}{f"-{coding}" if coding else ""}"'
    sent = {"Cache-Control": "no-cache", **(headers or {}), "ETag": tag}
    sent["Vary"] = ", ".join(filter(None, (sent.get("Vary"), "Accept-Encoding")))
    if status == 200 and has(request, tag):
        return Response(status_code=304, headers=sent)
    if coding:
        sent["Content-Encoding"] = coding
    sent["Content-Type"] = body.media_type
    return Response(body.encoded(coding), status_code=status, headers=sent)


def has(request: Request, tag: str) -> bool:
    """Say whether a client names a tag among those that it has; weak ones compare alike."""
    named = request.headers.get("if-none-match", "")
    known = [one.strip().removeprefix("W/") for one in named.split(",")]
    return tag in known or known == ["*"]
