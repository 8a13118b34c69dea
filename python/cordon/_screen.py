from __future__ import annotations

import json
import os
from typing import Any

from . import _core, _html
from ._lists import as_lists
from ._progress import bar, warn
from ._table import Path, Table, as_frame


class Hits(Table):
    """A row a hit: id of the query, rank, entity_id, caption, schema, dataset, score, match, reasons, measures, source.

    A query without a hit has no row. No hit is not a clearance.
    """

    _title = "hits"

    def matches(self) -> list[dict[str, Any]]:
        return [row for row in self if row["match"]]

    def _repr_html_(self) -> str:
        return _html.table(
            ["id", "score", "match", "caption", "entity_id", "reasons"], self[:20], len(self), "hits (none is no clearance)"
        )


class Screener:
    """All listed parties, ready to be asked.

    lists: what read_lists gives, or its paths; without: the DPRK designations shipped with cordon.
    """

    def __init__(self, lists: Any = None, *, snapshot: Path | None = None) -> None:
        if snapshot is not None:
            if lists is not None:
                raise ValueError("give either lists or a snapshot")
            self._core = _core.open_screener(os.fspath(snapshot))
        else:
            self._core = _core.build_screener(as_lists(lists)._core)

    def __len__(self) -> int:
        """Entities that can be found."""
        return len(self._core)

    @property
    def versions(self) -> list[dict[str, Any]]:
        return [json.loads(one) for one in self._core.versions if one]

    def save(self, path: Path) -> None:
        """A snapshot, as `cordon screen --make-snapshot` makes: opens in milliseconds."""
        self._core.save(os.fspath(path))

    def screen(
        self,
        queries: Any,
        *,
        threshold: float = _core.THRESHOLD,
        cutoff: float | None = None,
        limit: int = 5,
        progress: bool | None = None,
    ) -> Hits:
        """Names, dicts or a table with id, schema, name and birth_date, country, imo, mmsi, callsign, flag, ...: a row a
        hit, on all cores."""
        frame = as_frame(queries)
        least = min(_core.CUTOFF, threshold) if cutoff is None else cutoff
        with bar(progress, "screening", "queries", frame.num_rows) as advance:
            return Hits(self._core.screen(frame, threshold, least, limit, advance, warn))

    def ask(self, name: str | None = None, *, limit: int = 5, **fields: Any) -> list[dict[str, Any]]:
        """One party: ask("KIM Jong Un", birth_date="1984"), ask(imo=9187629)."""
        query = {"id": "1", **({"name": name} if name else {}), **fields}
        return self.screen([query], limit=limit, progress=False).to_pylist()

    def __repr__(self) -> str:
        return f"<cordon.Screener: {len(self)} entities>"

    def _repr_html_(self) -> str:
        rows = [{k: v for k, v in one.items() if k != "files"} for one in self.versions]
        return _html.table(list(rows[0]) if rows else [], rows, len(rows), f"screener of {len(self)} entities")


def compare(left: Any, right: str | None = None, *, schema: str = "", **fields: Any) -> Any:
    """Two names: a dict with score, match and reason. A table with left, right and left_*, right_* columns: a Table."""
    if right is None:
        return Table(_core.compare(as_frame(left), warn))
    pair = {"schema": schema, "left": left, "right": right, **fields}
    row = Table(_core.compare(as_frame([pair]), warn))[0]
    del row["id"]
    return row
