from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

from . import _core, _html
from ._progress import warn
from ._table import Path


class Lists:
    """Sanctions lists as read: entities in FollowTheMoney shape, with the version and digest of every list.

    `len(lists)`, `lists["ofac-15042"]`, `lists[0]`, iteration.
    """

    def __init__(self, core: _core.Lists) -> None:
        self._core = core

    def __len__(self) -> int:
        return len(self._core)

    def __getitem__(self, key: str | int) -> dict[str, Any]:
        if isinstance(key, str):
            index = self._core.find(key)
            if index < 0:
                raise KeyError(key)
            key = index
        return json.loads(self._core.entity(key))

    def __contains__(self, entity_id: object) -> bool:
        return isinstance(entity_id, str) and self._core.find(entity_id) >= 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[i] for i in range(len(self)))

    @property
    def versions(self) -> list[dict[str, Any]]:
        """Of each list: dataset, version, format, entities, and the SHA-256 of its files."""
        return [json.loads(one) for one in self._core.versions]

    def __repr__(self) -> str:
        return f"<cordon.Lists: {len(self)} entities of {len(self._core.versions)} lists>"

    def _repr_html_(self) -> str:
        rows = [
            {**{k: v for k, v in one.items() if k != "files"}, "sha256": " ".join(f["sha256"][:12] for f in one["files"])}
            for one in self.versions
        ]
        return _html.table(list(rows[0]), rows, len(rows), "lists")


def read_lists(*paths: Path) -> Lists:
    """List files and folders, format sniffed. Without a path: the DPRK designations shipped with cordon.

    Records that could not be read, and files of a folder that are no lists, are told as a warning.
    """
    core = _core.read_lists([os.fspath(path) for path in paths])
    warn("; ".join(text for text in (core.rejects, core.skipped) if text))
    return Lists(core)


def as_lists(source: Any) -> Lists:
    """Lists, a path, several paths, or None for those shipped with cordon."""
    if isinstance(source, Lists):
        return source
    if source is None:
        return read_lists()
    return read_lists(source) if isinstance(source, (str, os.PathLike)) else read_lists(*source)
