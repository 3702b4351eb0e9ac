"""An end to waiting that holds for an answer as a whole, and not only for its next byte."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["within"]

_Answer = TypeVar("_Answer")


def within(seconds: float, work: Callable[[], _Answer]) -> _Answer:
    """Do something that others can hold up, for no longer than this.

    A socket's own limit is for each read. Who sends a byte a second keeps to it for ever.

    Raises:
        TimeoutError: it is not done; it is left behind in a thread that ends with the program.
    """
    answer: Future[_Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return answer.result(timeout=seconds)
