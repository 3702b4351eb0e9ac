"""`/sparql`: the SPARQL 1.1 protocol for queries, in front of the store's processes."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .answers import Body, has
from .description import describe
from .engine import EngineDied, TooLarge, TooSlow
from .engines import Busy
from .pages import POLICY, error_page
from .protocol import METHODS, Refusal, read_request
from .resultpages import result_page
from .sparqlresults import PAGE, choose_type, content_type, convert, judge, too_long, too_slow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

    from .engine import Answered
    from .engines import Engines
    from .limits import Limits
    from .protocol import Asked
    from .site import Site

__all__ = ["Endpoint"]

_PATH = "/sparql"
_PIECE = 64 * 1024  # bytes that are sent at a time; whoever takes too long for one is let go
_SMALL = 64 * 1024  # results up to this are converted at once: a thread would take longer


class Endpoint:
    """The protocol's endpoint.

    Args:
        site: the site that the endpoint belongs to.
        engines: the store's processes.
        limits: what a client gets.
    """

    def __init__(self, site: Site, engines: Engines, limits: Limits) -> None:
        self._site = site
        self._engines = engines
        self._limits = limits
        self._unsent = 0

    @property
    def route(self) -> Route:
        """The route of the endpoint, for every method: it says itself which ones it takes."""
        return Route(_PATH, self, name="sparql")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as an ASGI application."""
        response = await self.answer(Request(scope, receive, send))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """Answer a request, with a sentence if it is refused."""
        try:
            return await self._answer(request)
        except Refusal as refusal:
            # Its frames hold the result until Python looks for cycles, which it seldom does.
            refusal.__traceback__ = refusal.__cause__ = refusal.__context__ = None
            response = _say(request, refusal.status, refusal.title, refusal.sentence)
            if refusal.retry_after is not None:
                response.headers["Retry-After"] = str(refusal.retry_after)
            return response

    async def _answer(self, request: Request) -> Response:
        allowed = {"Allow": ", ".join(METHODS)}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allowed)
        if request.method not in METHODS:
            sentence = f"{request.method} is not taken here; send a query with GET or POST"
            response = _say(request, 405, "Method not allowed", sentence)
            response.headers.update(allowed)
            return response
        accept = ", ".join(request.headers.getlist("accept"))
        asked = await read_request(request, self._limits)
        if asked is None:
            return describe(request, self._site, accept)
        choose_type(accept)
        answered = await self._ask_while_awaited(request, asked)
        if len(answered.body) <= _SMALL:
            return self._respond(request, asked, answered, accept)
        return await asyncio.to_thread(self._respond, request, asked, answered, accept)

    def _respond(self, request: Request, asked: Asked, answered: Answered, accept: str) -> Response:
        judge(answered, self._limits, asked.query)
        media_type = choose_type(accept, answered.media_type)
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        if media_type == PAGE:
            body = result_page(self._site, asked.query, answered)
            headers["Content-Security-Policy"] = POLICY
        else:
            data = convert(answered, media_type, self._site.graph.prefixes)
            body = Body(data, content_type(media_type))
        if request.method != "POST":  # whose answers nobody keeps (RFC 9110, section 9.3.3)
            headers["ETag"] = f'"{body.digest}"'
            if has(request, headers["ETag"]):
                return Response(status_code=304, headers=headers)
        return Pieces(self, body.data, {**headers, "Content-Type": body.media_type})

    async def _ask_while_awaited(self, request: Request, asked: Asked) -> Answered:
        """Ask the store; stop that when the client has gone."""
        asking = asyncio.create_task(self._ask(asked))
        leaving = asyncio.create_task(_disconnected(request))
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise Refusal(499, "Client closed request", "nobody waits for this result any more")
            return asking.result()
        finally:
            for task in (asking, leaving):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Exception):
                    await task

    async def _ask(self, asked: Asked) -> Answered:
        limits = self._limits
        if self._unsent > limits.unsent:
            raise Refusal(503, "Busy", "too many results wait to be taken", retry_after=10)
        try:
            async with self._engines.lend() as engine:
                return await engine.ask(asked)
        except Busy as error:
            sentence = "too many queries are being answered; send this one again in a while"
            raise Refusal(503, "Busy", sentence, retry_after=limits.timeout // 2 + 1) from error
        except TooSlow as error:
            raise too_slow(limits) from error
        except TooLarge as error:
            raise too_long(limits.max_bytes // 2**20, "MB") from error
        except EngineDied as error:
            sentence = (
                f"the store's process ended while it answered; if the query asks for more than "
                f"{limits.memory // 2**20} MB of memory or nests very deeply, it always will; "
                "if not, send it again"
            )
            raise Refusal(503, "Store ended", sentence, retry_after=2) from error

    @contextlib.contextmanager
    def sending(self, size: int) -> Iterator[None]:
        """Count what clients have not taken yet."""
        self._unsent += size
        try:
            yield
        finally:
            self._unsent -= size


class Pieces(Response):
    """A body that is sent piece by piece, each when the one before has been taken."""

    def __init__(self, endpoint: Endpoint, body: bytes, headers: dict[str, str]) -> None:
        super().__init__(body, headers=headers)
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the body."""
        del receive
        data = bytes(self.body)
        pieces = [data[i : i + _PIECE] for i in range(0, len(data), _PIECE)] or [b""]
        if scope["method"] == "HEAD":
            pieces = [b""]
        with self._endpoint.sending(len(data)):
            start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            await send(start)
            for number, piece in enumerate(pieces, 1):
                more = number < len(pieces)
                await send({"type": "http.response.body", "body": piece, "more_body": more})


async def _disconnected(request: Request) -> None:
    """Wait until the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _say(request: Request, status: int, title: str, sentence: str) -> Response:
    """Say what is wrong; in text to programs that take anything, as curl does."""
    return error_page(request, status, title, sentence, favourite="text/plain")
