"""The application: the SPARQL protocol, the pages of things, and what is said when all fails."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import Match

from ..stores.integrity import Files, words_of_damage
from .endpoint import Endpoint
from .engines import Engines
from .guard import Guard
from .limits import Limits
from .pages import error_page
from .resources import site_routes
from .site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from .served import Served

__all__ = ["make_app"]

_READING = ["GET", "HEAD", "POST", "OPTIONS"]
_DAY = 86_400  # seconds
_LOG = logging.getLogger("daraa_kg.server")


def make_app(served: Served, data: Path, limits: Limits | None = None) -> Starlette:
    """Make the application; the processes of its store run while it does (ASGI's lifespan).

    Args:
        served: the graph and its addresses.
        data: the folder of the RocksDB files with the same graph, which nobody writes.
        limits: what a client gets.

    Raises:
        EngineMissing: the store's program is not installed.
    """
    limits = limits or Limits(timeout=served.timeout, max_rows=served.max_rows)
    engines = Engines(data, limits)
    site = Site(served)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        await engines.start()
        try:
            yield
        finally:
            await engines.stop()

    def missing(request: Request, error: Exception) -> Response:
        del error
        path = request.url.path
        other = path.removesuffix("/") if path.endswith("/") else f"{path}/"
        if not other.startswith("//") and _leads_somewhere(app, request, other):
            query = request.url.query
            return RedirectResponse(f"{other}?{query}" if query else other, status_code=308)
        return site.missing(request, path)

    app = Starlette(
        routes=[Endpoint(site, engines, limits).route, *site_routes(site)],
        middleware=[
            Middleware(Guard, limits=limits, files=Files(data)),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=_READING,
                allow_headers=["*"],
                expose_headers=["ETag", "Link", "Location", "Retry-After"],
                max_age=_DAY,
            ),
        ],
        exception_handlers={404: missing, HTTPException: refused, Exception: failed},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # it would lead to whatever Host the client names
    return app


def _leads_somewhere(app: Starlette, request: Request, path: str) -> bool:
    """Say whether a path has a route."""
    scope = {**request.scope, "path": path}
    return any(route.matches(scope)[0] is not Match.NONE for route in app.routes)


def refused(request: Request, error: Exception) -> Response:
    """Say why the framework does not answer a request."""
    assert isinstance(error, HTTPException)  # noqa: S101 - what it is registered for
    sentence = error.detail
    if error.status_code == 405:
        sentence = f"this address does not take {request.method}; GET reads it"
    response = error_page(request, error.status_code, "Not answered", sentence)
    response.headers.update(error.headers or {})
    return response


def failed(request: Request, error: Exception) -> Response:
    """Say that something failed, and nothing of what; the log has that."""
    if damage := words_of_damage(error):
        _LOG.error("%s", damage)
    sentence = "this is a fault of the server; its log says more"
    return error_page(request, 500, "Server error", sentence)
