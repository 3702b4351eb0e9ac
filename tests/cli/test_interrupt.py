"""Work in a thread that Ctrl-C can leave behind."""

from __future__ import annotations

import threading

import pytest

from daraa_kg.cli.interrupt import interruptible


def test_what_failing_work_held_ends_in_its_own_thread() -> None:
    """A store's rows must not be let go of by another thread than the one that asked."""
    begun: list[int] = []
    ended: list[int] = []

    class Rows:
        def __init__(self) -> None:
            begun.append(threading.get_ident())

        def __del__(self) -> None:
            ended.append(threading.get_ident())

    def fail() -> None:
        rows = Rows()
        raise ValueError(str(type(rows)))

    def work() -> None:
        try:
            fail()
        except ValueError as error:
            raise LookupError from error

    with pytest.raises(LookupError) as caught:
        interruptible(work)
    assert ended == begun
    assert begun != [threading.get_ident()]
    assert isinstance(caught.value.__cause__, ValueError)
