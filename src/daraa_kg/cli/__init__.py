"""The command line: `daraa-kg VERB`."""

from .program import main

__all__ = ["main"]
