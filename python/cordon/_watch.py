from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

from . import _core, _html
from ._detect import toml_of
from ._progress import bar, warn
from ._table import Path
from ._traffic import as_files


def _paths(value: Any) -> list[str]:
    if value is None:
        return []
    return [os.fspath(one) for one in ([value] if isinstance(value, (str, os.PathLike)) else value)]


class Targets:
    """Ranked target dossiers, as `cordon watch` writes them; iteration gives dicts."""

    def __init__(self, core: _core.Targets) -> None:
        self._core = core
        self._lines = core.dossiers()
        self.run: dict[str, Any] = json.loads(core.run)

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return json.loads(self._lines[index])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (json.loads(line) for line in self._lines)

    def report(self, path: Path | None = None) -> str | None:
        """The self-contained page: map, timeline, graph, law. As text, or written to path."""
        page = self._core.report()
        if path is None:
            return page
        with open(path, "w", encoding="utf-8") as file:
            file.write(page)
        return None

    def save(self, folder: Path) -> None:
        """targets.ndjson and report.html."""
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "targets.ndjson"), "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in self._lines)
        self.report(os.path.join(folder, "report.html"))

    def __repr__(self) -> str:
        return f"<cordon.Targets: {len(self)} targets>"

    def _repr_html_(self) -> str:
        rows = [
            {
                "rank": one["rank"],
                "score": one["score"],
                "vessel": one["id"],
                "name": one.get("identity", {}).get("name", ""),
                "why": one.get("headline", ""),
            }
            for one in (self[i] for i in range(min(20, len(self))))
        ]
        return _html.table(["rank", "score", "vessel", "name", "why"], rows, len(self), "targets")


def watch(
    feeds: Any,
    *,
    lists: Any = None,
    registry: Path | None = None,
    ownership: Any = None,
    as_of: Any = None,
    jurisdictions: Iterable[str] | None = None,
    limit: int = 100,
    least_score: float = 10.0,
    parameters: Any = None,
    weights: Path | None = None,
    progress: bool | None = None,
) -> Targets:
    """Behaviour, owners, lists and law in one chain: vessels ranked, each with its evidence."""
    with as_files(feeds) as files, bar(progress, "watching", "positions") as advance:
        core = _core.watch(
            files,
            _paths(lists),
            os.fspath(registry) if registry is not None else "",
            _paths(ownership),
            str(as_of)[:10] if as_of is not None else "",
            list(jurisdictions or []),
            limit,
            least_score,
            toml_of(parameters),
            _core.read_text(os.fspath(weights)) if weights is not None else "",
            advance,
        )
    targets = Targets(core)
    warn("; ".join(targets.run.get("warnings", [])))
    return targets
