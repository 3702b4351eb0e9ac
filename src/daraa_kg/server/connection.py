"""A connection whose client has to keep up: one that sends or takes nothing is let go.

uvicorn bounds the pause between two requests, but neither the time that the head of a request takes
to arrive nor the time that an answer takes to be fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from .limits import Limits

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.h11_impl import RequestResponseCycle

__all__ = ["PatientConnection"]


class PatientConnection(H11Protocol):
    """HTTP/1.1 of uvicorn, with an eye on the clock.

    Attributes:
        silence: seconds for which a client may send or take nothing.
        pause: seconds between two looks at the clock.
    """

    silence: ClassVar[float] = Limits().silence
    pause: ClassVar[float] = 1.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's signature
        super().__init__(*args, **kwargs)
        self._idle_since: float | None = None
        self._stuck_since: float | None = None
        self._closing_since: float | None = None
        self._next_look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at the clock."""
        super().connection_made(transport)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking."""
        if self._next_look is not None:
            self._next_look.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Note since when the client takes nothing."""
        self._stuck_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Note that it has taken something."""
        self._stuck_since = None
        super().resume_writing()

    def _look(self) -> None:
        """Let the client go if it has been silent for too long; look again later if not."""
        now = self.loop.time()
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        between = cycle is None or cycle.response_complete
        self._idle_since = (self._idle_since or now) if between else None
        closing = self.transport.is_closing()
        self._closing_since = (self._closing_since or now) if closing else None
        waits = (self._idle_since, self._stuck_since, self._closing_since)
        if any(since is not None and now - since > self.silence for since in waits):
            self.transport.abort()
            return
        self._next_look = self.loop.call_later(self.pause, self._look)
