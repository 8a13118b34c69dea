from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable
from typing import Any

from . import _core, _html
from ._table import as_frame


def _day(day: datetime.date | str | None) -> str:
    return str(day or datetime.datetime.now(datetime.timezone.utc).date())[:10]


def _texts(value: str | Iterable[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)


class Graph:
    """Who owns, controls or manages whom, with dates and sources.

    sources: paths (FollowTheMoney, BODS, owner,owned,pct CSV, GLEIF, cordon JSON) and tables owner, owned, pct[, kind,
    start, end]. listed: ids of listed parties, or a table id[, authority, start, end]. lists: paths of sanctions lists that
    list nodes by id or exact name.
    """

    def __init__(self, *sources: Any, listed: Any = None, lists: Any = None) -> None:
        paths = [os.fspath(one) for one in sources if isinstance(one, (str, os.PathLike))]
        tables = [as_frame(one).csv() for one in sources if not isinstance(one, (str, os.PathLike))]
        if len(tables) > 1:
            raise ValueError("give at most one table: join them first")
        if listed is None:
            marks = ""
        elif isinstance(listed, (str, os.PathLike)):
            marks = _core.read_text(os.fspath(listed))
        elif isinstance(listed, (list, tuple, set)) and all(isinstance(one, str) for one in listed):
            marks = "\n".join(listed) + "\n"
        else:
            marks = as_frame(listed).csv()
        list_paths = [lists] if isinstance(lists, (str, os.PathLike)) else lists or []
        self._core = _core.build_graph(paths, tables[0] if tables else "", marks, [os.fspath(p) for p in list_paths])

    @property
    def nodes(self) -> int:
        return self._core.nodes

    @property
    def edges(self) -> int:
        return self._core.edges

    @property
    def warnings(self) -> str:
        """What was strange about the data, by reason."""
        return self._core.warnings

    def control(
        self,
        rule: str,
        *,
        as_of: datetime.date | str | None = None,
        node: str = "",
        only: str | Iterable[str] | None = ("blocked", "possible", "unknown"),
        proof: bool = True,
    ) -> list[dict[str, Any]]:
        """Verdicts under OFAC, EU, UK, CA, UN or CA-UN on a day (today), each with its proof."""
        lines = self._core.control(rule, _day(as_of), [] if node else _texts(only), node, proof)
        return [json.loads(line) for line in lines]

    def paths(
        self,
        source: str | Iterable[str],
        to: str = "listed",
        *,
        k: int = 5,
        as_of: datetime.date | str | None = None,
        max_hops: int = 6,
        owners: bool = False,
        current: bool = False,
    ) -> list[dict[str, Any]]:
        """The cheapest ways to a node, or to any listed one; each step with its edge, dates and source."""
        lines = self._core.paths(_texts(source), to, k, _day(as_of), max_hops, owners, current)
        return [json.loads(line) for line in lines]

    def export(self, format: str) -> str:
        """gexf, graphml or ftm."""
        return self._core.export(format)

    def __repr__(self) -> str:
        return f"<cordon.Graph: {self.nodes} nodes, {self.edges} edges, {self._core.listed} listed>"

    def _repr_html_(self) -> str:
        return _html.graph(json.loads(self._core.surroundings(60)), repr(self)[1:-1])
