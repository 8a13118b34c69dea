from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from typing import Any

from . import _core, _html
from ._progress import bar, warn
from ._table import Table


class Traffic:
    """Positions and static data of AIS feeds.

    positions: time, mmsi, lat, lon, sog_kn, cog_deg, heading_deg, nav_status, type, receiver, where; "not available" is
    null. where: feed number and line, the way back to the raw sentence. statics: names, IMO numbers, call signs as broadcast.
    """

    def __init__(self, positions: Table, statics: Table, feeds: list[str]) -> None:
        self.positions, self.statics, self.feeds = positions, statics, feeds

    def __repr__(self) -> str:
        return f"<cordon.Traffic: {len(self.positions)} positions, {len(self.statics)} static reports>"

    def _repr_html_(self) -> str:
        size = len(self.positions)
        step = max(1, size // 2000)
        rows = [self.positions[i] for i in range(0, size, step)]
        points = [(row["lon"], row["lat"], "track", "") for row in rows if row.get("lat") is not None]
        return _html.map(points, f"{size} positions, {len(self.statics)} static reports")


class Positions(Table):
    _title = "positions"


@contextlib.contextmanager
def as_files(source: Any) -> Iterator[list[str]]:
    """Paths, or bytes of a feed as a file that lives in memory only."""
    if isinstance(source, (str, os.PathLike)):
        yield [os.fspath(source)]
    elif isinstance(source, (bytes, bytearray, memoryview)):
        descriptor = os.memfd_create("feed")
        try:
            with os.fdopen(descriptor, "wb", closefd=False) as file:
                file.write(source)
            yield [f"/proc/self/fd/{descriptor}"]
        finally:
            os.close(descriptor)
    else:
        yield [os.fspath(path) for path in source]


def decode(source: Any, *, raw: bool = False, progress: bool | None = None) -> Traffic:
    """Feeds (paths, or the bytes of one): NMEA sentences or the CSV of NOAA or the Danish authority, packed or not.

    raw: positions in the integers of ITU-R M.1371 as they lie in memory (lat_e7, lon_e7, sog_dkn, cog_ddeg), no copy made.
    Lines that could not be used are counted by reason and told as a warning.
    """
    with as_files(source) as files, bar(progress, "decoding", "positions") as advance:
        positions, statics, rejects = _core.decode(files, raw, advance)
        warn("; ".join(text for text in rejects if text))
        return Traffic(Positions(positions), Table(statics), files)


def messages(source: Any, *, scaled: bool = True, extra: bool = False) -> Iterator[dict[str, Any]]:
    """Every AIS message of sentences as a dict with gpsd's field names, as `cordon ais decode` writes them."""
    with as_files(source) as files:
        for file in files:
            for line in _core.messages(file, scaled, extra).splitlines():
                yield json.loads(line)
