"""The exit codes of the program."""

from __future__ import annotations

HOLDS, FAILS, CANNOT_RUN, INTERRUPTED, NOBODY_READS = 0, 1, 2, 130, 141
