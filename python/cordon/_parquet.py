"""Parquet and GeoParquet, by pyarrow."""

from __future__ import annotations

import json
import os
import struct
from typing import Any

from . import _core

# GeoParquet 1.1: well-known binary points, longitude first, in OGC:CRS84, which a reader assumes where no crs is named.
_GEO = {"version": "1.1.0", "primary_column": "geometry"}


def _pyarrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise _core.Error("Parquet needs pyarrow: pip install 'cordon[parquet]'") from None
    return pyarrow


def write(table: Any, path: str | os.PathLike[str], *, geo: bool = False) -> None:
    pa = _pyarrow()
    data = pa.table(table)
    if geo:
        if not {"lat", "lon"} <= set(data.column_names):
            raise _core.Error(f"GeoParquet needs columns lat and lon, found {', '.join(data.column_names)}")
        places = list(zip(data["lon"].to_pylist(), data["lat"].to_pylist()))
        known = [(x, y) for x, y in places if x is not None and y is not None]
        points = [None if x is None or y is None else struct.pack("<BIdd", 1, 1, x, y) for x, y in places]
        data = data.append_column("geometry", pa.array(points, pa.binary()))
        column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
        if known:
            xs, ys = [x for x, _ in known], [y for _, y in known]
            column["bbox"] = [min(xs), min(ys), max(xs), max(ys)]
        data = data.replace_schema_metadata({"geo": json.dumps({**_GEO, "columns": {"geometry": column}})})
    # Written beside and renamed: a failed run leaves no half file.
    temporary = f"{os.fspath(path)}.{os.getpid()}.tmp"
    try:
        pa.parquet.write_table(data, temporary, compression="zstd")
        os.replace(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def read(path: str) -> Any:
    pa = _pyarrow()
    try:
        data = pa.parquet.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise _core.Error(f"{path}: not a readable Parquet file: {str(error).splitlines()[0]}") from None
    geo = json.loads((data.schema.metadata or {}).get(b"geo", b"{}"))
    name = geo.get("primary_column")
    if name in data.column_names and not {"lat", "lon"} <= set(data.column_names):
        points = [_point(one) for one in data[name].to_pylist()]
        data = data.append_column("lon", pa.array([p and p[0] for p in points], pa.float64()))
        data = data.append_column("lat", pa.array([p and p[1] for p in points], pa.float64()))
    return data.drop_columns([name]) if name in data.column_names else data


def _point(wkb: bytes | None) -> tuple[float, float] | None:
    if not wkb or len(wkb) < 21:
        return None
    order = "<" if wkb[0] == 1 else ">"
    (kind,) = struct.unpack_from(order + "I", wkb, 1)
    return struct.unpack_from(order + "dd", wkb, 5) if kind % 1000 == 1 else None
