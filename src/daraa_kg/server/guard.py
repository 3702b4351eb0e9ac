"""What holds for every answer: its headers, its line in the log, and how many are made at once.

Source: Fetch (Cross-Origin-Resource-Policy), W3C CSP Level 3, Referrer Policy; RFC 9110.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from .pages import error_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ..stores.integrity import Files
    from .limits import Limits

__all__ = ["ACCESS_LOG", "Guard"]

ACCESS_LOG = "daraa_kg.access"
_LOG = logging.getLogger(ACCESS_LOG)
_SAID = logging.getLogger("daraa_kg.server")
# What an answer without a policy of its own (data, an error in plain text) may do when shown.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",  # it is open data
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Stands around the whole application.

    Args:
        app: the application.
        limits: the length of an address, and how many requests are answered at the same time.
        files: those of the store; in damaged ones a query can go on without end.
    """

    def __init__(self, app: ASGIApp, limits: Limits, files: Files) -> None:
        self._app = app
        self._limits = limits
        self._files = files
        self._running = 0
        self._said = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status, size = 0, 0

        async def send_guarded(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        self._running += 1
        try:
            app = self._refusal(scope) or self._app
            await app(scope, receive, send_guarded)
        finally:
            self._running -= 1
            _log(scope, status, size, time.monotonic() - started)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """Give the answer to a request that is not let in; None if it is."""
        request = Request(scope)
        length = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if length > self._limits.target:
            bound = self._limits.target // 1024
            sentence = f"the address is longer than {bound} kB; send a long query with POST"
            return error_page(request, 414, "Address too long", sentence)
        if self._running > self._limits.requests:
            sentence = "too many requests are being answered; send this one again in a while"
            response = error_page(request, 503, "Busy", sentence)
            response.headers["Retry-After"] = "5"
            return response
        if self._files.are_changed():
            self._say_changed()
            sentence = "the data of this server was changed under it; it has to be started again"
            return error_page(request, 503, "Store damaged", sentence)
        return None

    def _say_changed(self) -> None:
        """Tell the log, once, that the store has to be filled anew."""
        if self._said:
            return
        self._said = True
        _SAID.error(
            "the files of the store were changed while they are served; fill the store anew with "
            "daraa-kg build --store, and start the server again"
        )


def _log(scope: Scope, status: int, size: int, seconds: float) -> None:
    """Write a line to the access log: no query string, no header, and the path in ASCII."""
    client = quote((scope.get("client") or ("-", 0))[0][:45], safe=":")  # a proxy may have said it
    path = quote(scope["path"][:200], safe="/:#@,=+~!$&'()*;")
    line = "%s %s %s %d %d %.0fms"
    _LOG.info(line, client, scope["method"][:10], path, status, size, seconds * 1000)
