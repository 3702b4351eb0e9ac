"""Let Ctrl-C end what runs outside Python."""

from __future__ import annotations

from concurrent.futures import wait
from typing import TYPE_CHECKING, TypeVar

from ..stores.deadline import begin

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
    answer = begin(work)
    while not wait([answer], _STEP).done:
        pass
    return answer.result()
