"""Waiting for work that may take too long or never end: it can be left behind."""

from __future__ import annotations

import threading
import traceback
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["begin", "within"]

_Answer = TypeVar("_Answer")


def begin(work: Callable[[], _Answer]) -> Future[_Answer]:
    """Begin something in a thread that ends with the program, and give what will be its answer."""
    answer: Future[_Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:
            _let_go(error)
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer


def within(seconds: float, work: Callable[[], _Answer]) -> _Answer:
    """Do something that others can hold up, for no longer than this.

    A socket's own limit is for each read. Who sends a byte a second keeps to it for ever.

    Raises:
        TimeoutError: it is not done; it is left behind in a thread that ends with the program.
    """
    return begin(work).result(timeout=seconds)


def _let_go(error: BaseException | None) -> None:
    """Let go of what an error's frames hold: a store's rows may end in the thread they began in."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
