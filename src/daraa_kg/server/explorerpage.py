"""The explorer, when there is one: a page with its own script and policy, and what is beside it."""

from __future__ import annotations

import mimetypes
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from .answers import Body, answer
from .pages import EXPLORER, HTML

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from .served import Served

__all__ = ["policy_of", "routes"]

_BYTES = "application/octet-stream"
_HEAD = 65_536  # characters in which a page has its policy; behind them come megabytes of script
# What a page in one file with WebAssembly in a worker needs, and no address of anybody's.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; "
    "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:; "
    "connect-src 'self' data: blob:; base-uri 'none'; form-action 'self'"
)


def routes(served: Served) -> list[BaseRoute]:
    """Give the routes of the explorer; none if there is no explorer.

    Args:
        served: the graph and its addresses.

    Raises:
        OSError: the explorer's file cannot be read.
    """
    if served.explorer is None or not served.explorer.is_file():
        return []
    body = Body(served.explorer.read_bytes(), HTML)
    said = policy_of(body.data[:_HEAD].decode("utf-8", "replace"))
    policy = f"{said or _POLICY}; frame-ancestors 'none'"

    def endpoint(request: Request) -> Response:
        return answer(request, body, {"Content-Security-Policy": policy})

    beside = {
        file.name: Body(file.read_bytes(), mimetypes.guess_type(file.name)[0] or _BYTES)
        for file in sorted(served.explorer.parent.iterdir())
        if file.is_file() and file != served.explorer
    }

    def download(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in beside:
            raise HTTPException(404)
        return answer(request, beside[name], {"Content-Disposition": "attachment"})

    def moved(request: Request) -> Response:
        del request
        # The page's links to what is beside it are relative.
        return RedirectResponse("explorer/", 308)

    return [
        Route("/explorer", moved),
        Route("/explorer/", endpoint, name=EXPLORER),
        Route("/explorer/{name}", download),
    ]


class _Metas(HTMLParser):
    """Finds the policy that a page gives itself."""

    def __init__(self) -> None:
        super().__init__()
        self.policy: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policy = self.policy or " ".join((given.get("content") or "").split())


def policy_of(page: str) -> str | None:
    """Give the Content-Security-Policy that a page states in a meta element; None if it has none.

    Args:
        page: the beginning of the page.
    """
    found = _Metas()
    found.feed(page)
    return (found.policy or "").strip(" ;") or None
