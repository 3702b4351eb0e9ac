"""Requests to a store: logging in, waiting and trying again, and never following a redirect."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import parse_http_list

from .deadline import within
from .refusals import EndpointError, LoginState, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import httpx

__all__ = ["TIMEOUT", "Login", "Transport", "check_address"]

TIMEOUT = 60.0  # seconds for one answer
_CONNECT = 10.0  # seconds until somebody must have picked up
_ATTEMPTS = 5
_FIRST_PAUSE = 1.0  # seconds; each further pause is twice as long
_LONGEST_PAUSE = 60.0
_BUSY = (429, 502, 503, 504)
# The scheme that begins a challenge, which no equals sign follows (RFC 9110, section 11.6.1).
_SCHEME = re.compile(r"([\w!#$%&'*+.^`|~-]+)(?:\s+[^\s=]|\s*$)")
_ERRNO = re.compile(r"^\[Errno -?\d+\] ")
_CAUSES: tuple[tuple[type[OSError], str], ...] = (
    (ConnectionRefusedError, "nothing listens at that port"),
    (socket.gaierror, "there is no machine of that name"),
    (ConnectionError, "the connection broke off"),
)
_START = "start the store, or correct --endpoint"


@dataclass(frozen=True, slots=True)
class Login:
    """A user and a password, which no message and no representation shows."""

    user: str
    password: str = field(repr=False)


def check_address(url: str) -> str:
    """Give an endpoint's address back, without a slash at its end, if requests can go there.

    Raises:
        EndpointError: it is no http address, or has a password in it.
    """
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError as error:
        raise EndpointError(url, f"this is no address ({error})", _START) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        hint = "write it such as http://example.org:7878/query"
        raise EndpointError(url, "this is no address of a web server", hint)
    if parts.username is not None or parts.password is not None:
        shown = url.replace(parts.netloc, parts.netloc.rpartition("@")[2])
        problem = "the address has a user or password in it, and addresses are logged"
        raise EndpointError(shown, problem, "leave them out and say --user NAME")
    return url.rstrip("/")


class Transport:
    """Sends requests to one store; what fails for a moment is tried again, ever more slowly.

    Args:
        login: who is asking; it is told only to who asks for it, by basic or digest (RFC 7617,
            RFC 7616).
        timeout: seconds for one answer, from the first byte that is sent to the last that comes.
        pause: waits so many seconds.
        notice: is told in words when something is tried again.
    """

    def __init__(
        self,
        login: Login | None = None,
        *,
        timeout: float = TIMEOUT,
        pause: Callable[[float], None] = time.sleep,
        notice: Callable[[str], None] = lambda _: None,
    ) -> None:
        import httpx

        self.login = login
        self.timeout = timeout
        self.pause = pause
        self.notice = notice
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT)),
            follow_redirects=False,
        )
        self._auth = _negotiation(login) if login else None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    @property
    def state(self) -> LoginState:
        """How far logging in has come."""
        challenge = str(getattr(self._auth, "challenge", ""))
        told = getattr(self._auth, "chosen", None) is not None
        return LoginState(self.login is not None, told, challenge)

    def once(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        patient: bool = False,
    ) -> httpx.Response:
        """Send one request and give whatever is answered.

        Args:
            method: of HTTP.
            url: where it is sent.
            parameters: the query string.
            headers: further headers.
            content: the body.
            patient: whether the time limit is for each silence, and not for the answer as a whole:
                so with what is written, which takes a store as long as it takes.

        Raises:
            EndpointError: nobody answers, or not in time.
        """
        import httpx

        def ask() -> httpx.Response:
            return self._client.request(
                method, url, params=parameters, headers=headers, content=content, auth=self._auth
            )

        try:
            return ask() if patient else within(self.timeout, ask)
        except (httpx.TimeoutException, TimeoutError) as error:
            raise self.too_slow(url) from error
        except httpx.InvalidURL as error:
            raise EndpointError(url, f"this is no address ({error})", _START) from error
        except httpx.TransportError as error:
            raise self.unanswered(url, error) from error

    def send(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        patient: bool = False,
    ) -> httpx.Response:
        """Send a request, again if the store is busy or silent, and give the answer.

        What is sent must do no harm when it is done twice; for the arguments see `once`.

        Raises:
            EndpointError: the store refuses, or does not answer at any attempt.
        """
        wait = _FIRST_PAUSE
        for attempt in range(1, _ATTEMPTS + 1):
            last = attempt == _ATTEMPTS
            try:
                response = self.once(
                    method,
                    url,
                    parameters=parameters,
                    headers=headers,
                    content=content,
                    patient=patient,
                )
            except Unanswered as error:
                if last:
                    raise
                problem = error.problem
            else:
                if response.status_code < 300:
                    return response
                error_ = self.refusal(url, response)
                if response.status_code not in _BUSY or last:
                    raise error_
                problem = error_.problem
                wait = max(wait, _asked_for(response))
            wait = min(wait, _LONGEST_PAUSE)
            self.notice(f"{problem}; trying again in {wait:g} s ({attempt} of {_ATTEMPTS - 1})")
            self.pause(wait)
            wait *= 2
        raise AssertionError  # the last attempt returns or raises

    def refusal(self, url: str, response: httpx.Response) -> EndpointError:
        """Say in a sentence why the store refused."""
        return refusal(
            url,
            response.status_code,
            response.text,
            self.state,
            response.headers.get("Location"),
        )

    # --- what is said of silence -----------------------------------------------------------------

    def too_slow(self, url: str) -> Unanswered:
        """Say that no answer came in time."""
        problem = f"no answer within {self.timeout:g} seconds"
        return Unanswered(url, problem, "try again later, or give it more time with --timeout")

    def unanswered(self, url: str, error: Exception) -> Unanswered:
        """Say that nobody answers, and why in plain words where we have them."""
        if "complete message body" in str(error):
            return Unanswered(url, "the answer broke off in the middle", "try again later")
        return Unanswered(url, f"nobody answers there ({_cause(error)})", _START)


class Unanswered(EndpointError):
    """A request to which nothing came back, which may be otherwise the next time."""


def _cause(error: BaseException) -> str:
    """Say why there was no connection: by the kind of the first error that has one of ours."""
    link: BaseException | None = error
    while link is not None:
        for kind, words in _CAUSES:
            if isinstance(link, kind):
                return words
        link = link.__cause__ or link.__context__
    said = " ".join(str(error).split())
    return _ERRNO.sub("", said) or type(error).__name__


def _asked_for(response: httpx.Response) -> float:
    """Give the seconds that a busy store asks to be left alone (RFC 9110, section 10.2.3)."""
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isdigit() else 0.0


def _negotiation(login: Login) -> httpx.Auth:
    """Make what logs in by the scheme that a store asks for, once it asks."""
    import httpx

    schemes = {"digest": httpx.DigestAuth, "basic": httpx.BasicAuth}

    class Negotiation(httpx.Auth):
        """Digest where a store offers it, basic where that is; to all others nothing is told."""

        def __init__(self) -> None:
            self.chosen: httpx.Auth | None = None
            self.challenge = ""

        def auth_flow(self, request: httpx.Request):  # type: ignore[no-untyped-def]  # noqa: ANN202
            if self.chosen is None:
                response = yield request
                if response.status_code != 401:
                    return
                self.challenge = _challenge(_asking(response))
                scheme = schemes.get(_scheme(self.challenge))
                if scheme is None:
                    return
                self.chosen = scheme(login.user, login.password)
            flow = self.chosen.auth_flow(request)
            sent = next(flow)
            with suppress(StopIteration):
                while True:
                    response = yield sent
                    # Of a digest that is not the first in its line httpx takes no notice.
                    if challenge := _challenge(_asking(response)):
                        response.headers["WWW-Authenticate"] = challenge
                    sent = flow.send(response)

    return Negotiation()


def _asking(response: httpx.Response) -> list[str]:
    return response.headers.get_list("WWW-Authenticate")


def _challenge(lines: Iterable[str]) -> str:
    """Give the challenge to answer: digest, or else basic, or else the first; empty if none.

    Args:
        lines: the WWW-Authenticate headers, each of one challenge or of several.
    """
    found: list[str] = []
    for line in lines:
        start = len(found)
        for part in parse_http_list(line):
            if len(found) == start or _SCHEME.match(part):
                found.append(part)
            else:
                found[-1] += f", {part}"
    ranks = {"digest": 0, "basic": 1}
    return min(found, key=lambda challenge: ranks.get(_scheme(challenge), 2), default="")


def _scheme(challenge: str) -> str:
    """Give the scheme of a challenge in small letters; empty if there is none."""
    return challenge.partition(" ")[0].lower()
