"""Let Ctrl-C end what runs outside Python."""

from __future__ import annotations

import threading
import traceback
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Answer = TypeVar("_Answer")
_STEP = 0.1  # seconds between two looks; on Windows a wait without end cannot be interrupted


def interruptible(work: Callable[[], _Answer]) -> _Answer:
    """Do something in a thread that ends with the program, and give what it gives.

    Python hears Ctrl-C between two steps of its main thread alone, and a query is one long step of
    the store's.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C; the work is left behind.
    """
    answer: Future[_Answer] = Future()
    done = threading.Event()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:
            _let_go(error)
            answer.set_exception(error)
        done.set()

    threading.Thread(target=run, daemon=True).start()
    while not done.wait(_STEP):
        pass
    return answer.result()


def _let_go(error: BaseException | None) -> None:
    """Let go of what an error's frames hold: a store's rows may end in the thread they began in."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
