"""HTML: one environment of templates in which everything that comes from a graph is escaped.

A page needs no script and asks no other machine for anything: its policy allows the style sheet
and the picture that this server has itself, and forms that lead back here.
Source: W3C Content Security Policy Level 3; RFC 9457 (problem details).
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .answers import Body, answer
from .negotiation import choose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import jinja2
    from markupsafe import Markup
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = [
    "EXPLORER",
    "HTML",
    "POLICY",
    "Link",
    "environment",
    "error_page",
    "render",
    "show",
    "template_file",
]

HTML = "text/html; charset=utf-8"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
EXPLORER = "explorer"  # the name of its route
_TICKS = re.compile(r"`([^`\n]+)`")
_PROBLEM = "application/problem+json"
_KINDS = ("text/html", _PROBLEM, "application/json", "application/ld+json", "text/plain")

Link = tuple[str, str]  # what it is called, and its address


@cache
def environment() -> jinja2.Environment:
    """Give the templates; what is put into them is escaped, and what is not there is an error."""
    import jinja2

    found = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"code": _code, "host": _host}
    return found


def _code(text: str) -> Markup:
    """Set what stands between backticks as code, as the vocabulary and the questions mean it."""
    from markupsafe import Markup

    parts = _TICKS.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if odd else part
        for part, odd in zip(parts, cycle((False, True)), strict=False)
    )


def _host(address: str) -> str:
    """Give the machine that an address leads to, which says enough of a long one."""
    return urlsplit(address).hostname or address


def template_file(name: str) -> bytes:
    """Give a file that stands beside the templates, such as the style sheet."""
    from importlib.resources import files

    return (files(__package__) / "templates" / name).read_bytes()


def render(template: str, values: Mapping[str, object]) -> Body:
    """Make a page.

    Args:
        template: the template's name.
        values: what is put into it; what all pages show around their content may be left out.
    """
    around = {"has_explorer": False, "asked": ""}
    return Body(environment().get_template(template).render({**around, **values}).encode(), HTML)


def show(
    request: Request, page: Body, headers: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """Answer with a page, under the policy of our own pages.

    Args:
        request: what was asked.
        page: the page.
        headers: further headers.
        status: the status.
    """
    sent = {"Content-Security-Policy": POLICY, **(headers or {})}
    return answer(request, page, sent, status)


def _has_explorer(request: Request) -> bool:
    app = request.scope.get("app")
    return EXPLORER in {getattr(route, "name", None) for route in getattr(app, "routes", ())}


def error_page(
    request: Request,
    status: int,
    title: str,
    sentence: str,
    suggestions: Sequence[Link] = (),
    favourite: str = "text/html",
) -> Response:
    """Say what went wrong in the format that was asked for: a page, problem details, or text.

    Args:
        request: what was asked.
        status: the status of the answer.
        title: what went wrong, in a few words: ``Not found``.
        sentence: what it was, and what to do instead.
        suggestions: what to open instead: names and addresses.
        favourite: the format for whoever takes any.
    """
    kinds = sorted(_KINDS, key=lambda kind: kind != favourite)
    kind = choose(request.headers.get("accept"), kinds) or "text/plain"
    headers = {"Vary": "Accept", "Cache-Control": "no-store"}
    if kind == "text/html":
        page = render(
            "error.html",
            {
                "title": title,
                "sentence": sentence,
                "suggestions": suggestions,
                "status": status,
                "has_explorer": _has_explorer(request),
            },
        )
        return show(request, page, headers, status)
    if kind == "text/plain":
        lines = [f"{title}: {sentence}", *(f"- {name}: {link}" for name, link in suggestions)]
        body = Body("\n".join([*lines, ""]).encode(), "text/plain; charset=utf-8")
        return answer(request, body, headers, status)
    problem: dict[str, object] = {"title": title, "status": status, "detail": sentence}
    if suggestions:
        problem["suggestions"] = [{"name": name, "href": link} for name, link in suggestions]
    body = Body(json.dumps(problem, ensure_ascii=False).encode(), _PROBLEM)
    return answer(request, body, headers, status)
