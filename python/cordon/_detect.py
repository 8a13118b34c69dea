from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from . import _core, _html
from ._lists import as_lists
from ._progress import bar, warn
from ._table import Table, as_frame, csv_text
from ._traffic import Traffic, as_files


class Events(Table):
    """A row an event: type, start, end, mmsi, imo, lat, lon, score, rule, evidence (JSON), reasons, support."""

    _title = "events"
    stats: dict[str, int]

    def __init__(self, source: Any, core: _core.Detector | None = None) -> None:
        super().__init__(source)
        self._core = core
        self.stats = json.loads(core.stats) if core else {}

    def text(self, format: str = "ndjson") -> str:
        """ndjson, csv, geojson or kml: byte for byte what `cordon detect` writes."""
        if self._core is None:
            raise _core.Error("these events did not come from one run of the detector")
        return self._core.text(format)

    def _repr_html_(self) -> str:
        rows = self[:200]
        points = [
            (row["lon"], row["lat"], row["type"], f"{row['type']} {row['score']:.2f} {row['start']:%Y-%m-%d %H:%M}")
            for row in rows
            if row["lat"] is not None and row["start"] is not None
        ]
        columns = ["type", "start", "end", "mmsi", "imo", "lat", "lon", "score", "reasons"]
        return _html.map(points, f"{len(self)} events") + _html.table(columns, rows[:20], len(self), "events")


def toml_of(parameters: Any) -> str:
    """Parameters as the detector reads them: the path of a TOML file, or {"gap.min_h": 6}."""
    if parameters is None:
        return ""
    if isinstance(parameters, Mapping):
        return "".join(f"[{name}]\nvalue = {json.dumps(value)}\n" for name, value in parameters.items())
    return _core.read_text(os.fspath(parameters))


def detect(
    source: Any,
    statics: Any = None,
    *,
    registry: Any = None,
    lists: Any = None,
    parameters: Any = None,
    all: bool = False,
    progress: bool | None = None,
) -> Events:
    """Encounters, gaps, port calls, changed and false identities in AIS traffic.

    source: paths of feeds, the bytes of one, what decode() gives, or a table of positions (time, mmsi, lat, lon, ...) with
    statics beside it. registry: a ship register, path or table. lists: those whose ships are looked for, as read or
    their paths; without: those shipped with cordon. all: events of any score.
    """
    text, name = csv_text(registry) if registry is not None else ("", "")
    core = _core.Detector(text, name, _core.listed(as_lists(lists)._core), toml_of(parameters), all)
    with bar(progress, "detecting", "positions") as advance:
        if isinstance(source, Traffic):
            source, statics = source.positions, source.statics
        if isinstance(source, (str, os.PathLike, bytes, bytearray, memoryview)) or _are_paths(source):
            with as_files(source) as files:
                core.files(files, advance)
        else:
            core.tables(as_frame(source), as_frame(statics if statics is not None else {"time": [], "mmsi": []}), advance)
        frame = core.finish()
    warn(core.unused)
    return Events(frame, core)


def _are_paths(source: Any) -> bool:
    return isinstance(source, (list, tuple)) and len(source) > 0 and isinstance(source[0], (str, os.PathLike))


def parameters() -> Table:
    """Every number of the rules, with unit and source."""
    return Table(json.loads(_core.parameters()))
