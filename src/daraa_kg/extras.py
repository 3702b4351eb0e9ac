"""Packages that only some commands need: said in a sentence when they are not installed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class NotInstalled(ImportError):
    """A package that is needed and not there; `name` is the package, `extra` what installs it."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        self.extra = extra
        message = f"{what} needs {package}, which is not installed; pip install 'daraa-kg[{extra}]'"
        super().__init__(message, name=package)


@contextmanager
def needed_for(what: str, extra: str = "analysis") -> Iterator[None]:
    """Turn a failing import in the block into a sentence that says how to install what is missing.

    Args:
        what: what is being done: ``the export parquet``, ``drawing``.
        extra: the extra of daraa-kg that brings the package.

    Raises:
        NotInstalled: a package of somebody else's is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", __package__):
            raise
        raise NotInstalled(what, package, extra) from error
