from __future__ import annotations

import json
import os
from typing import Any

from . import _core
from ._table import Table, csv_text


class Resolution(Table):
    """id and cluster of every record; explain() says why two are one or not."""

    _title = "clusters"

    def __init__(self, core: _core.Resolver) -> None:
        super().__init__(core.clusters())
        self._core = core

    def explain(self, left: str, right: str) -> dict[str, Any]:
        """The evidence for and against two records being one, in bits."""
        return json.loads(self._core.explain(left, right, True))

    def explanation(self, left: str, right: str) -> str:
        return self._core.explain(left, right, False)


def resolve(records: Any, *, decisions: Any = None) -> Resolution:
    """Which records are one person, company or ship. records: a table, or the path of CSV, FollowTheMoney or Senzing
    lines. decisions: table or CSV left,right,decision of what people decided; it binds."""
    rulings = csv_text(decisions)[0] if decisions is not None else ""
    if isinstance(records, (str, os.PathLike)) and not os.fspath(records).endswith(".parquet"):
        return Resolution(_core.build_resolver(os.fspath(records), "", rulings))
    return Resolution(_core.build_resolver("", csv_text(records)[0], rulings))
