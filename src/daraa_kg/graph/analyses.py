"""What a graph gives to an analyst: networks, tables, the ledger, accounts, truces and gaps.

Each is made by a module of its own, which is imported when it is asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from ..readings.accounts import Accounts
    from ..readings.gaps import Gap
    from ..readings.ledger import Ledger
    from ..readings.reader import Reader
    from ..readings.truces import Truce
    from .built import Graph


class Analyses:
    """The analyses of a graph, as its methods."""

    @cached_property
    def reader(self) -> Reader:
        """What the readings share: names, sentences and days, looked up once."""
        from ..readings.reader import Reader

        return Reader(cast("Graph", self))

    def accounts(self) -> Accounts:
        """Read who says what, where accounts contradict, and what rests on reports alone."""
        from ..readings.accounts import read_accounts

        return read_accounts(cast("Graph", self))

    def truces(self) -> tuple[Truce, ...]:
        """Read the agreements: their parties and terms, how long each held, and what ended it."""
        from ..readings.truces import read_truces

        return read_truces(cast("Graph", self))

    def gaps(self) -> tuple[Gap, ...]:
        """Read what the article leaves open, each gap as the question that would fill it."""
        from ..readings.gaps import read_gaps

        return read_gaps(cast("Graph", self))

    def to_networkx(
        self, view: str = "actors", *, inferred: bool = False, flat: bool = False
    ) -> nx.Graph[str]:
        """Make a network for analysis, a graph of NetworkX (see `networks.projection.to_networkx`).

        Args:
            view: ``actors``, ``participation``, ``units``, ``places``, ``events``, ``everything``.
            inferred: whether ``everything`` has the facts that rules added as well.
            flat: whether lists become texts, as NetworkX's own writers of files need them.
        """
        from ..networks.projection import to_networkx

        return to_networkx(cast("Graph", self), view, inferred=inferred, flat=flat)

    def to_pandas(self, table: str = "events") -> pd.DataFrame:
        """Give a table as a pandas DataFrame, its columns typed.

        Args:
            table: ``events``, ``figures`` (of casualties), ``participations`` or ``places``: one
                row for each.

        Raises:
            UnknownTable: there is no such table.
            NotInstalled: pandas is not installed.
        """
        from ..exports.eventtables import frame

        return frame(cast("Graph", self), table)

    def ledger(self) -> Ledger:
        """Keep the casualty ledger: totals, what the single events explain of them, and the rest.

        Raises:
            NoCasualties: the graph tells of none.
        """
        from ..readings.bookkeeping import keep_ledger

        return keep_ledger(cast("Graph", self))
