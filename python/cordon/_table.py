"""Tables in and out: anything that speaks Arrow's PyCapsule protocol, and plain Python lists."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import _core, _html

Path = str | os.PathLike[str]


class Table:
    """Columns in memory, given to other libraries without a copy.

    `pa.table(t)`, `pl.DataFrame(t)`, `duckdb.arrow(pa.table(t))`, `t.to_pandas()`; or without any of them: `len(t)`,
    iteration over rows as dicts, `t["column"]`.
    """

    _title = "table"

    def __init__(self, source: Any) -> None:
        self._frame: _core.Frame = as_frame(source)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.stream()

    def __arrow_c_schema__(self) -> object:
        return self._frame.schema()

    def __len__(self) -> int:
        return self._frame.num_rows

    @property
    def columns(self) -> list[str]:
        return self._frame.names

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for first in range(0, len(self), 4096):
            yield from self._frame.rows(first, 4096)

    def __getitem__(self, key: str | int | slice) -> Any:
        """A row by its number, rows by a slice, a column's values by name."""
        if isinstance(key, str):
            if key not in self.columns:
                raise KeyError(f"no column {key!r}; there are {', '.join(self.columns)}")
            return [row[key] for row in self]
        if isinstance(key, slice):
            first, stop, step = key.indices(len(self))
            return self._frame.rows(first, max(0, stop - first))[::step]
        if not -len(self) <= key < len(self):
            raise IndexError(key)
        return self._frame.rows(key % len(self), 1)[0]

    def to_pylist(self) -> list[dict[str, Any]]:
        return self._frame.rows(0, len(self))

    def to_arrow(self) -> Any:
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> Any:
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        import polars

        return polars.DataFrame(self)

    def to_csv(self, path: Path | None = None) -> str | None:
        """CSV text, or written to path; lists are joined with blanks."""
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        for row in self:
            writer.writerow([" ".join(map(str, v)) if isinstance(v, list) else "" if v is None else v for v in row.values()])
        if path is None:
            return out.getvalue()
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(out.getvalue())
        return None

    def to_parquet(self, path: Path, *, geo: bool = False) -> None:
        """Parquet by pyarrow. geo: GeoParquet 1.1, columns lat and lon as points in a column `geometry`."""
        from . import _parquet

        _parquet.write(self, path, geo=geo)

    def __repr__(self) -> str:
        return f"<cordon.{type(self).__name__}: {len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return _html.table(self.columns, self[:20], len(self), self._title)


def _of_rows(rows: Sequence[Any]) -> _core.Frame:
    if all(isinstance(row, str) for row in rows):
        return _core.from_texts([("name", list(rows))])
    if not all(isinstance(row, Mapping) for row in rows):
        raise TypeError("expected a list of names or of dicts")
    names = list(dict.fromkeys(name for row in rows for name in row))
    return _core.from_texts([(str(name), [_text(row.get(name)) for row in rows]) for name in names])


def typed(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Rows of our own making, all with the same names: numbers stay numbers."""
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}

    def column(values: list[Any]) -> list[Any]:
        numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in values)
        return [float(one) for one in values] if numbers else [_text(one) for one in values]

    return Table(_core.from_columns([(name, column(values)) for name, values in columns.items()]))


def _text(value: Any) -> str:
    if value is None or value != value:  # NaN
        return ""
    if isinstance(value, (list, tuple, set)):
        return ";".join(_text(one) for one in value)
    return str(value)


def as_frame(source: Any) -> _core.Frame:
    """The columns of anything: a cordon Table, whatever has __arrow_c_stream__ or __arrow_c_array__, a DuckDB relation,
    a dict of lists, a list of dicts, a list of names, the path of a CSV or Parquet file."""
    if isinstance(source, _core.Frame):
        return source
    if isinstance(source, Table):
        return source._frame
    if hasattr(source, "__arrow_c_stream__"):
        return _core.from_stream(source.__arrow_c_stream__())
    if hasattr(source, "__arrow_c_array__"):
        return _core.from_array(*source.__arrow_c_array__())
    for method in ("fetch_arrow_reader", "fetch_record_batch", "to_arrow", "arrow"):  # DuckDB, older and newer
        if type(source).__module__.split(".")[0].lstrip("_") == "duckdb" and hasattr(source, method):
            return as_frame(getattr(source, method)())
    if isinstance(source, Mapping):
        columns = {name: list(values) for name, values in source.items()}
        if len({len(values) for values in columns.values()}) > 1:
            raise ValueError("columns of different lengths")
        return _core.from_texts([(str(name), [_text(v) for v in values]) for name, values in columns.items()])
    if isinstance(source, (list, tuple)):
        return _of_rows(source)
    if isinstance(source, (str, os.PathLike)):
        return _of_file(os.fspath(source))
    raise TypeError(f"expected a table (pandas, polars, pyarrow, DuckDB, dict, list) or a path, found {type(source).__name__}")


def _of_file(path: str) -> _core.Frame:
    if path.endswith((".parquet", ".geoparquet", ".pq")):
        from . import _parquet

        return as_frame(_parquet.read(path))
    text = _core.read_text(path)
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines(keepends=True)))
    if not rows:
        raise _core.Error(f"{path}: no header line")
    header, body = rows[0], [row for row in rows[1:] if row]
    return _core.from_texts([(name, [row[i] if i < len(row) else "" for row in body]) for i, name in enumerate(header)])


def read_table(path: Path) -> Table:
    """A CSV or Parquet file; of a GeoParquet file with points, lat and lon are made where it has none."""
    return Table(os.fspath(path))


def csv_text(source: Any) -> tuple[str, str]:
    """(CSV text, name) for rooms that read CSV: of a path the file, of a table its rows."""
    if isinstance(source, (str, os.PathLike)) and not os.fspath(source).endswith((".parquet", ".geoparquet", ".pq")):
        return _core.read_text(os.fspath(source)), os.fspath(source)
    return as_frame(source).csv(), "table"
