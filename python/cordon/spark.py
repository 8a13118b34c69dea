"""cordon on Spark: screening, decoding and detection of DataFrames, with the same answers as on one machine.

    hits = cordon.spark.screen(customers, "lists/")
    feeds = spark.read.format("binaryFile").load("ais/*.nmea.gz")
    events = cordon.spark.detect(cordon.spark.decode(feeds), "registry.csv", "lists/", statics=cordon.spark.statics(feeds))

Screening and decoding know nothing of other rows: they run wherever a partition lies. Detection does: what a silence is worth
hangs on every vessel heard before it, anywhere. So the rows are cut, brought together and sorted by slices of time on all
executors, and one task reads the slices in order, past the JVM, at the speed of the kernel (docs/spark.md has the numbers).
Every executor needs the package installed. Spark 4.0 or later.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from . import _core
from ._detect import toml_of
from ._lists import as_lists
from ._screen import Screener
from ._table import Table, as_frame, csv_text
from ._traffic import as_files

_HITS = (
    "id string, rank int, entity_id string, caption string, schema string, dataset string, score double, match boolean, "
    "reasons array<string>, measures array<string>, source string"
)
_EVENTS = (
    "type string, start timestamp, `end` timestamp, mmsi array<bigint>, imo array<bigint>, lat double, lon double, "
    "score double, rule string, evidence string, reasons array<string>, support array<string>"
)
_REST = "heading_deg short, nav_status byte, type byte, receiver byte, `where` long"
_DEGREES = f"time timestamp, mmsi int, lat double, lon double, sog_kn double, cog_deg double, {_REST}"
_WIRE = f"mmsi int, lat_e7 int, lon_e7 int, sog_dkn short, cog_ddeg short, {_REST}"
_SAID = (
    "mmsi int, imo int, name string, callsign string, destination string, ship_type short, to_bow_m short, "
    "to_stern_m short, to_port_m short, to_starboard_m short, draught_dm short, type byte, part byte, `where` long"
)


def _arrow(frame: _core.Frame) -> Any:
    """As Spark takes it: times in microseconds."""
    import pyarrow as pa

    table = pa.table(Table(frame))
    fields = [
        pa.field(field.name, pa.timestamp("us", "UTC") if pa.types.is_timestamp(field.type) else field.type)
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _alone() -> None:
    """Spark runs a task a core: no task takes the cores of others."""
    os.environ["CORDON_THREADS"] = "1"


# --- screening ---

_screeners: dict[str, _core.Screener] = {}  # of this worker, by digest: opened once, whatever the number of tasks


def _opened(digest: str, snapshot: bytes) -> _core.Screener:
    if digest not in _screeners:
        _screeners.clear()
        with tempfile.NamedTemporaryFile(suffix=".cordonidx") as file:  # mapped: needed only until it is open
            file.write(snapshot)
            file.flush()
            _screeners[digest] = _core.open_screener(file.name)
    return _screeners[digest]


def screen(
    df: Any,
    lists: Any = None,
    *,
    threshold: float = _core.THRESHOLD,
    cutoff: float | None = None,
    limit: int = 5,
) -> Any:
    """df: id, name and further columns as Screener.screen takes them. A row a hit. lists: what read_lists gives, its paths,
    or a Screener; they are read and indexed here, once, and broadcast."""
    if "id" not in [name.lower() for name in df.columns]:
        raise _core.Error(f"expected a column 'id', found '{','.join(df.columns)}'")
    screener = lists if isinstance(lists, Screener) else Screener(as_lists(lists))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "lists.cordonidx")
        screener.save(path)
        with open(path, "rb") as file:
            snapshot = file.read()
    least = min(_core.CUTOFF, threshold) if cutoff is None else cutoff
    digest = hashlib.sha256(snapshot).hexdigest()
    given = df.sparkSession.sparkContext.broadcast(snapshot)

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        _alone()
        core = _opened(digest, given.value)
        for batch in batches:
            frame = core.screen(as_frame(batch), threshold, least, limit, None, lambda text: None)
            yield from _arrow(frame).to_batches()

    return df.mapInArrow(run, _HITS)


# --- decoding ---


def _feeds(df: Any) -> tuple[Any, dict[str, int]]:
    """The column that holds a feed a row, and the number of each feed: by its path, so that the way back to a line is the
    same whatever the order."""
    column = next((name for name in ("content", "value") if name in df.columns), None)
    if column is None:
        raise _core.Error(f"expected a column 'content' (binaryFile) or 'value' (wholetext), found '{','.join(df.columns)}'")
    if "path" not in df.columns:
        return df.select(column), {}
    paths = sorted(row["path"] for row in df.select("path").distinct().collect())
    return df.select("path", column), {path: number for number, path in enumerate(paths)}


def _decoded(df: Any, schema: str, pick: Callable[[bytes, int], _core.Frame]) -> Any:
    rows, numbers = _feeds(df)

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        _alone()
        for batch in batches:
            for row in batch.to_pylist():
                data = row.get("content", row.get("value")) or b""
                frame = pick(data.encode() if isinstance(data, str) else data, numbers.get(row.get("path", ""), 0))
                yield from _arrow(frame).to_batches(max_chunksize=1 << 16)

    return rows.mapInArrow(run, schema)


def decode(df: Any, *, raw: bool = False) -> Any:
    """df: a row a whole feed, as `spark.read.format("binaryFile")` or `text(wholetext=True)` give it (packed or not). A row a
    position, as cordon.decode gives them. Messages of several sentences need their whole feed: lines are not cut apart."""

    def pick(data: bytes, number: int) -> _core.Frame:
        with as_files(data) as files:
            return _core.decode(files, raw, None, number)[0]

    return _decoded(df, f"time timestamp, {_WIRE}" if raw else _DEGREES, pick)


def statics(df: Any) -> Any:
    """The static reports of the same feeds."""

    def pick(data: bytes, number: int) -> _core.Frame:
        with as_files(data) as files:
            return _core.decode(files, True, None, number)[1]

    return _decoded(df, f"time timestamp, {_SAID}", pick)


# --- detection ---


class _Store:
    """A folder that every executor reaches. What is in it under its name is whole."""

    def __init__(self, root: str) -> None:
        self.root = root

    def _fs(self) -> tuple[Any, str]:
        from pyarrow import fs

        if "://" in self.root:
            return fs.FileSystem.from_uri(self.root)
        return fs.LocalFileSystem(), os.path.abspath(self.root)

    def put(self, name: str, data: bytes | Any) -> None:
        import pyarrow as pa

        system, root = self._fs()
        temporary = f"{root}/{name}.{os.getpid()}.{os.urandom(4).hex()}.tmp"  # a second attempt may run beside the first
        with system.open_output_stream(temporary) as out:
            if isinstance(data, bytes):
                out.write(data)
            else:
                with pa.ipc.new_stream(out, data.schema) as writer:
                    writer.write_table(data)
        system.move(temporary, f"{root}/{name}")

    def get(self, name: str) -> bytes | None:
        system, root = self._fs()
        if not system.get_file_info(f"{root}/{name}").is_file:
            return None
        with system.open_input_stream(f"{root}/{name}") as file:
            return file.read()

    def table(self, name: str) -> Any:
        """The rows as they lie in the file: mapped where it is local."""
        import pyarrow as pa

        system, root = self._fs()
        path = f"{root}/{name}"
        source = pa.memory_map(path) if "://" not in self.root else system.open_input_file(path)
        return pa.ipc.open_stream(source).read_all()

    def make(self) -> None:
        system, root = self._fs()
        system.create_dir(root, recursive=True)

    def remove(self) -> None:
        system, root = self._fs()
        system.delete_dir(root)


def _cut(df: Any, kind: str, slice_ms: int, store: _Store) -> dict[int, int]:
    """Rows by slice of time into the store, sorted; the rows of each slice."""

    def parts(batches: Iterator[Any]) -> Iterator[Any]:
        cut = _core.cut_positions if kind == "positions" else _core.cut_statics
        for batch in batches:
            yield from _arrow(cut(as_frame(batch), slice_ms)).to_batches()

    def keep(table: Any) -> Any:
        import pyarrow as pa

        number = table.column("slice")[0].as_py()
        rows = as_frame(table.drop_columns(["slice"]))
        if kind == "positions":
            rows = _core.sorted_positions(rows)
        store.put(f"{kind}-{number}", pa.table(Table(rows)))
        return pa.table({"slice": pa.array([number], pa.int64()), "rows": pa.array([rows.num_rows], pa.int64())})

    columns = _WIRE if kind == "positions" else _SAID
    sliced = df.mapInArrow(parts, f"time_ms long, {columns}, slice long")
    kept = sliced.groupBy("slice").applyInArrow(keep, "slice long, rows long").collect()
    return {row["slice"]: row["rows"] for row in kept}


def _ipc(table: Any) -> bytes:
    import pyarrow as pa

    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


def _chain(store: _Store, slices: list[int], rows: set[tuple[str, int]], slice_ms: int, save_every: int, given: Any) -> Any:
    """One task: the slices in order through the detector. Its state and its events are kept now and then; an attempt after
    a lost one goes on from there."""

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for _ in batches:
            pass
        _alone()
        registry, name, listed, parameters, everything = given.value
        listed_frame = as_frame(pa.ipc.open_stream(listed).read_all())
        detector = _core.Detector(registry, name, listed_frame, parameters, everything, True)
        done, events = 0, []
        if saved := store.get("state"):
            done, size = struct.unpack_from("<qq", saved)
            detector.restore(saved[16 : 16 + size])
            events.append(pa.ipc.open_stream(saved[16 + size :]).read_all())
        nothing = as_frame({"time": [], "mmsi": [], "lat": [], "lon": []})
        for index in range(done, len(slices)):
            number = slices[index]
            parts = [
                as_frame(store.table(f"{kind}-{number}")) if (kind, number) in rows else nothing
                for kind in ("positions", "statics")
            ]
            detector.slice(number * slice_ms, *parts)
            if (index + 1) % save_every == 0:
                events.append(_arrow(detector.drain()))
                state = detector.save()
                store.put("state", struct.pack("<qq", index + 1, len(state)) + state + _ipc(pa.concat_tables(events)))
        events.append(_arrow(detector.finish()))
        yield pa.record_batch({"events": [_ipc(pa.concat_tables(events))]})

    return run


def detect(
    df: Any,
    registry: Any = None,
    lists: Any = None,
    *,
    statics: Any = None,
    parameters: Any = None,
    all: bool = False,
    work: str | None = None,
    slice_minutes: int = 60,
    save_every: int = 24,
) -> Any:
    """df: positions (time, mmsi, lat, lon, ...), statics beside it. A row an event: the events, with the same scores, that
    cordon.detect gives for the same rows in order of time.

    work: a folder or URI (hdfs://, s3://) that all executors reach, for the slices; removed afterwards. Without, and on one
    machine only: a temporary one. slice_minutes: the rows of one slice fit a worker's memory. save_every: slices after
    which the state is kept, from which a lost task goes on.
    """
    import pyarrow as pa

    spark = df.sparkSession
    if slice_minutes < 10 or slice_minutes % 10:
        raise ValueError("slice_minutes: expected a multiple of 10")
    if work is None and not spark.sparkContext.master.startswith("local"):
        raise _core.Error("detect on a cluster needs work=, a folder that all executors reach")
    own = tempfile.mkdtemp(prefix="cordon-spark-") if work is None else f"{work.rstrip('/')}/{os.urandom(8).hex()}"
    store = _Store(own)
    store.make()
    try:
        slice_ms = slice_minutes * 60_000
        kept = {("positions", number) for number in _cut(df, "positions", slice_ms, store)}
        if statics is not None:
            kept |= {("statics", number) for number in _cut(statics, "statics", slice_ms, store)}
        slices = sorted({number for _, number in kept})
        text, name = csv_text(registry) if registry is not None else ("", "")
        listed = _ipc(pa.table(Table(_core.listed(as_lists(lists)._core))))
        given = spark.sparkContext.broadcast((text, name, listed, toml_of(parameters), all))
        chain = _chain(store, slices, kept, slice_ms, save_every, given)
        # A task whose executor is lost is started anew elsewhere, by Spark.
        row = spark.range(0, 1, 1, 1).mapInArrow(chain, "events binary").collect()[0]
    finally:
        store.remove()
    events = pa.ipc.open_stream(bytes(row["events"])).read_all().sort_by([("start", "ascending"), ("type", "ascending")])
    return spark.createDataFrame(events, _EVENTS) if events.num_rows else spark.createDataFrame([], _EVENTS)
