"""Clients that send or take nothing, against a connection that waits a moment instead of long."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
import uvicorn

from daraa_kg.server.connection import PatientConnection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

HUGE = 64 * 2**20  # more than the buffers of a socket hold


class Impatient(PatientConnection):
    silence = 0.4
    pause = 0.05


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    del receive
    size = HUGE if scope["path"] == "/huge" else 2
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(0, size, 65536):
        await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        app, http=Impatient, lifespan="off", log_level="critical", timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()
    server.should_exit = True
    thread.join()


def ends(client: socket.socket) -> bool:
    """Say whether the server ends the connection, rather than waiting for ever."""
    client.settimeout(30)
    try:
        while client.recv(1 << 20):
            pass
    except ConnectionResetError:
        pass
    return True


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX: "])
def test_a_head_that_does_not_come_is_not_waited_for(address: tuple[str, int], sent: bytes) -> None:
    with socket.create_connection(address) as client:
        client.sendall(sent)
        assert ends(client)


def test_nor_is_a_second_one_that_comes_letter_by_letter(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(12) == b"HTTP/1.1 200"
        client.sendall(b"G")  # uvicorn's own limit on the pause ends with the first letter
        assert ends(client)


def test_an_answer_that_is_not_taken_is_not_kept(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as client:
        client.sendall(b"GET /huge HTTP/1.1\r\nHost: x\r\n\r\n")
        waited = threading.Event().wait(2)  # takes nothing
        assert not waited
        taken = 0
        client.settimeout(30)
        try:
            while piece := client.recv(1 << 20):
                taken += len(piece)
        except ConnectionResetError:
            pass
        assert taken < HUGE


def test_an_answer_that_is_taken_is_sent_to_its_end(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as client:
        client.sendall(b"GET /huge HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        client.settimeout(30)
        taken = 0
        while piece := client.recv(1 << 20):
            taken += len(piece)
        assert taken > HUGE
