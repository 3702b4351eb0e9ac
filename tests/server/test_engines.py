"""The store's processes themselves: lent to one query each, renewed, and started again."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest

from daraa_kg.server import engines as module
from daraa_kg.server.engine import Engine, EngineDied, TooLarge, TooSlow, find_program
from daraa_kg.server.engines import Busy, Engines
from daraa_kg.server.limits import Limits
from daraa_kg.server.protocol import Asked
from daraa_kg.stores.embedded import fill

if TYPE_CHECKING:
    from pathlib import Path

    import daraa_kg as dk

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, as Linux has it")

YES = Asked("ASK { ?s ?p ?o }")
TRUE = b'{"head":{},"boolean":true}'
SLOW = Asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")


@pytest.fixture(scope="module")
def data(mini_graph: dk.Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    return folder / fill(mini_graph, folder).data


async def ask(engines: Engines, asked: Asked = YES) -> bytes:
    async with engines.lend() as engine:
        return (await engine.ask(asked)).body


def test_each_query_has_a_process_for_itself(data: Path) -> None:
    async def run() -> None:
        engines = Engines(data, Limits(at_once=2, patience=0.1))
        await engines.start()
        try:
            async with engines.lend() as one, engines.lend() as other:
                assert one.pid != other.pid
                with pytest.raises(Busy):
                    await ask(engines)
            assert await ask(engines) == TRUE
        finally:
            await engines.stop()
        assert engines.pids == []

    asyncio.run(run())


def test_only_so_many_wait(data: Path) -> None:
    async def run() -> None:
        engines = Engines(data, Limits(at_once=1, waiting=1, patience=60))
        await engines.start()
        try:
            async with engines.lend():
                waits = asyncio.create_task(ask(engines))
                await asyncio.sleep(0)
                with pytest.raises(Busy):
                    await ask(engines)
            assert await waits == TRUE
        finally:
            await engines.stop()

    asyncio.run(run())


@pytest.mark.parametrize(
    ("limits", "asked", "error"),
    [
        (Limits(at_once=1, timeout=1), SLOW, TooSlow),
        (Limits(at_once=1, max_bytes=100), Asked("SELECT * { ?s ?p ?o }"), TooLarge),
        (Limits(at_once=1), Asked("SELECT * {" + "{" * 3000 + "}" * 3000 + "}"), EngineDied),
    ],
)
def test_a_query_that_takes_too_much_ends_its_process(
    data: Path, limits: Limits, asked: Asked, error: type[Exception]
) -> None:
    async def run() -> None:
        engines = Engines(data, limits)
        await engines.start()
        try:
            before = engines.pids
            with pytest.raises(error):
                await ask(engines, asked)
            assert await ask(engines) == TRUE
            assert engines.pids != before
        finally:
            await engines.stop()

    asyncio.run(run())


def test_so_does_one_whose_client_has_gone(data: Path) -> None:
    async def run() -> None:
        engines = Engines(data, Limits(at_once=1, timeout=600))
        await engines.start()
        try:
            before = engines.pids
            asking = asyncio.create_task(ask(engines, SLOW))
            await asyncio.sleep(0.3)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking
            assert await ask(engines) == TRUE
            assert engines.pids != before
        finally:
            await engines.stop()

    asyncio.run(run())


@needs_proc
def test_a_process_that_has_grown_is_renewed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        engines = Engines(data, Limits(at_once=1, patience=60))
        await engines.start()
        try:
            before = engines.pids
            assert await ask(engines) == TRUE
            assert engines.pids == before
            async with engines.lend() as engine:
                grown = engine.pid
                monkeypatch.setattr(
                    Engine, "_memory", lambda self: 2**30 if self.pid == grown else 0
                )
            assert await ask(engines) == TRUE
            assert engines.pids != before
        finally:
            await engines.stop()

    asyncio.run(run())


def test_a_process_that_does_not_start_is_tried_again(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "oxigraph"
    program.symlink_to(find_program())
    monkeypatch.setattr(module, "find_program", lambda: program)

    async def run() -> None:
        engines = Engines(data, Limits(at_once=1, timeout=1, patience=0.5))
        await engines.start()
        try:
            program.unlink()
            with pytest.raises(TooSlow):
                await ask(engines, SLOW)
            with pytest.raises(Busy):
                await ask(engines)
            program.symlink_to(find_program())
            for _ in range(120):  # times the patience
                try:
                    assert await ask(engines) == TRUE
                    break
                except Busy:
                    continue
            else:
                pytest.fail("it was never started again")
        finally:
            await engines.stop()

    asyncio.run(run())
