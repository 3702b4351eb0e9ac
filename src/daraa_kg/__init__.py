"""An article on an armed conflict as linked data in which no triple stands without a why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .diagnostics import CheckFailed, Fault, Location
    from .graph.builder import build, check
    from .graph.built import Graph
    from .graph.cache import load
    from .revisions.graphdiff import diff
    from .revisions.rebase import rebase

__version__ = "0.1.0"

__all__ = ["CheckFailed", "Fault", "Graph", "Location", "build", "check", "diff", "load", "rebase"]

# Loaded when first asked for: the import costs a millisecond, and a command loads only its own.
_HOMES = {
    "CheckFailed": "diagnostics",
    "Fault": "diagnostics",
    "Graph": "graph.built",
    "Location": "diagnostics",
    "build": "graph.builder",
    "check": "graph.builder",
    "diff": "revisions.graphdiff",
    "load": "graph.cache",
    "rebase": "revisions.rebase",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attribute can be anything
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
