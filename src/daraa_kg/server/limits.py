"""The bounds that keep one client from taking the server away from all others."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

_MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of everything a client gets. Sizes are in bytes, times in seconds.

    Attributes:
        timeout: a query's time; it is stopped after that.
        max_rows: rows of a result, or triples of a graph; more are an error.
        max_bytes: a result as the store writes it (JSON, N-Triples).
        at_once: queries that are answered at the same time.
        waiting: queries that wait for one of these to end.
        patience: how long a query waits for its turn.
        memory: what one query may take of it.
        kept_memory: what the store's process may still hold when a query has ended.
        query: a query, with the form around it.
        target: a request's address, its query string included.
        requests: requests that are answered at the same time, pages among them.
        unsent: results that clients have not taken yet, all together.
        silence: how long a client may take to send a request, or 64 kB of the answer to be taken.
    """

    timeout: int = 10
    max_rows: int = 10_000
    max_bytes: int = 32 * _MEBIBYTE
    at_once: int = 4
    waiting: int = 32
    patience: float = 2.0
    memory: int = 1024 * _MEBIBYTE
    kept_memory: int = 192 * _MEBIBYTE
    query: int = 128 * 1024
    target: int = 16 * 1024
    requests: int = 256
    unsent: int = 256 * _MEBIBYTE
    silence: float = 20.0
