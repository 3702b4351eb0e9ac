"""What an endpoint's answer means when it is not the one that was hoped for: one sentence each."""

from __future__ import annotations

import re
from http import HTTPStatus

__all__ = ["EndpointError", "StoreRefused", "is_page", "refusal"]

_TAG = re.compile(r"<[^>]*>")
_SHOWN = 300  # characters of what a store says
_PAGES = ("text/html", "application/xhtml+xml")
_ADDRESS = "give --endpoint the address at which the store answers queries, such as …/sparql"


class EndpointError(ValueError):
    """An endpoint that cannot be reached or is none; `url` is its address."""

    def __init__(self, url: str, problem: str, hint: str) -> None:
        self.url = url
        self.problem = problem
        super().__init__(f"{url}: {problem}; {hint}")


class StoreRefused(EndpointError):
    """A request that the store understood and did not do; `reason` is what it says itself."""

    def __init__(self, url: str, reason: str, hint: str) -> None:
        self.reason = reason
        super().__init__(url, f"the store says “{reason}”" if reason else "the store refuses", hint)


def is_page(content_type: str) -> bool:
    """Say whether an answer is a web page, which no answer to SPARQL is."""
    return content_type.partition(";")[0].strip().lower() in _PAGES


def first_line(body: str) -> str:
    """Give what a store says of an error: the first line with words in it, without markup."""
    for line in _TAG.sub(" ", body).splitlines():
        words = " ".join(line.split())
        if re.search(r"\w{2}", words):
            return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    return ""


def refusal(
    url: str, status: int, body: str, *, login: bool, target: str | None = None
) -> EndpointError:
    """Say in a sentence why a request failed, and what to do.

    Args:
        url: where the request was sent.
        status: the HTTP status, 300 or more.
        body: what came with it.
        login: whether a user and password were given.
        target: where a redirect leads.
    """
    if 300 <= status < 400:
        problem = f"this address sends on to {target or 'another one'}"
        return EndpointError(url, problem, "give that address to --endpoint, if you trust it")
    reason = first_line(body)
    if "read-only" in reason.lower():
        problem = f"the store is read-only ({status})"
        return EndpointError(url, problem, "load into one that was started to be written to")
    denied = "permission" in reason.lower() or "not authorized" in reason.lower()
    if status == HTTPStatus.UNAUTHORIZED and not login:
        return EndpointError(url, "the store asks who you are (401)", "say so with --user NAME")
    if status == HTTPStatus.UNAUTHORIZED:
        problem = "the store does not accept this user and password (401)"
        return EndpointError(url, problem, "correct --user or the password")
    if status == HTTPStatus.FORBIDDEN or denied:
        who = "give --user NAME a name that may" if login else "say who you are with --user NAME"
        return EndpointError(url, f"the store does not let you do this ({status})", who)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return EndpointError(url, f"no store answers at this address ({status})", _ADDRESS)
    if status in (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE):
        problem = f"the store is busy or not up ({status})"
        return EndpointError(url, problem, "try again later")
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT):
        return EndpointError(url, f"the store took too long ({status})", "try again later")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return EndpointError(url, "the store was asked too often (429)", "try again later")
    return StoreRefused(url, reason, f"that is its answer to the request (status {status})")


def page_instead(url: str) -> EndpointError:
    """Say that a web page came where SPARQL results were asked for."""
    return EndpointError(url, "a web page answers here, and no SPARQL results", _ADDRESS)
