"""What an endpoint's answer means when it is not the one that was hoped for: one sentence each."""

from __future__ import annotations

import json
import re
import unicodedata
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urljoin

__all__ = [
    "EndpointError",
    "LoginState",
    "StoreRefused",
    "TooMuch",
    "is_page",
    "page_instead",
    "refusal",
]

_TAG = re.compile(r"<[^>]*>")
_SHOWN = 300  # characters of what a store says
_PAGES = ("text/html", "application/xhtml+xml")
_LARGE = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY)
_BUSY = (
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
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


class TooMuch(StoreRefused):
    """A request whose answer is larger than the store gives at a time."""


def is_page(content_type: str) -> bool:
    """Say whether an answer is a web page, which no answer to SPARQL is."""
    return content_type.partition(";")[0].strip().lower() in _PAGES


def first_line(body: str) -> str:
    """Give what a store says of an error: the first line with words in it, without markup.

    Of problem details (RFC 9457) that is their detail. What a terminal would obey is left out.
    """
    for line in _TAG.sub(" ", _detail(body) or body).splitlines():
        words = " ".join("".join(" " if _is_control(sign) else sign for sign in line).split())
        if re.search(r"\w{2}", words):
            return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    return ""


def _detail(body: str) -> str:
    """Give the sentence of problem details; empty if the body is something else."""
    if not body.lstrip().startswith("{"):
        return ""
    try:
        told = json.loads(body).get("detail")
    except (ValueError, RecursionError):
        return ""
    return told if isinstance(told, str) else ""


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")


class LoginState(NamedTuple):
    """How far logging in has come.

    Attributes:
        given: whether we were given a user and password.
        told: whether the store was told them.
        challenge: how it asked for them (its WWW-Authenticate).
    """

    given: bool
    told: bool
    challenge: str


def refusal(
    url: str, status: int, body: str, login: LoginState, target: str | None = None
) -> EndpointError:
    """Say in a sentence why a request failed, and what to do.

    Args:
        url: where the request was sent.
        status: the HTTP status, 300 or more.
        body: what came with it.
        login: how far logging in has come.
        target: where a redirect leads.
    """
    if 300 <= status < 400:
        return _redirect(url, status, target)
    reason = first_line(body)
    if "read-only" in reason.lower():
        problem = f"the store is read-only ({status})"
        return EndpointError(url, problem, "load into one that was started to be written to")
    if status == HTTPStatus.UNAUTHORIZED:
        return _unknown(url, login)
    if status == HTTPStatus.FORBIDDEN or re.search("permission|not authorized", reason.lower()):
        who = (
            "give --user NAME a name that may"
            if login.given
            else "say who you are with --user NAME"
        )
        return EndpointError(url, f"the store does not let you do this ({status})", who)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return EndpointError(url, f"no store answers at this address ({status})", _ADDRESS)
    if status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        return EndpointError(url, f"no questions are taken at this address ({status})", _ADDRESS)
    if status in _BUSY:
        return _busy(url, status, "" if body.lstrip().startswith("<") else reason)
    kind = TooMuch if status in _LARGE else StoreRefused
    return kind(url, reason, f"that is its answer to the request (status {status})")


def _redirect(url: str, status: int, target: str | None) -> EndpointError:
    leads = urljoin(url, target) if target else "another one"
    if leads == url:
        problem = f"this address sends on to itself, without end ({status})"
        return EndpointError(url, problem, "correct --endpoint, or mend the server")
    problem = f"this address sends on to {leads}"
    return EndpointError(url, problem, "give that address to --endpoint, if you trust it")


def _unknown(url: str, login: LoginState) -> EndpointError:
    if not login.given:
        return EndpointError(url, "the store asks who you are (401)", "say so with --user NAME")
    if login.told:
        problem = "the store does not accept this user and password (401)"
        return EndpointError(url, problem, "correct --user or the password")
    schemes = login.challenge.split()
    how = f"by {schemes[0]}" if schemes else "and does not say how"
    problem = f"the store asks for a login {how} (401), so the password was not sent"
    return EndpointError(url, problem, "give an address that asks for it by Basic or Digest")


def _busy(url: str, status: int, reason: str) -> EndpointError:
    if reason:
        problem = f"the store says “{reason}” ({status})"
        return EndpointError(url, problem, "do as it says, or try again later")
    said = {
        HTTPStatus.TOO_MANY_REQUESTS: "the store was asked too often",
        HTTPStatus.REQUEST_TIMEOUT: "the store took too long",
        HTTPStatus.GATEWAY_TIMEOUT: "the store took too long",
    }
    problem = said.get(HTTPStatus(status), "the store is busy or not up")
    return EndpointError(url, f"{problem} ({status})", "try again later")


def page_instead(url: str) -> EndpointError:
    """Say that a web page came where SPARQL results were asked for."""
    return EndpointError(url, "a web page answers here, and no SPARQL results", _ADDRESS)
