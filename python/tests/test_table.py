"""Tables in and out, with every library that analysts use, and without any."""

import datetime

import pytest

import cordon
from cordon import _core

pa = pytest.importorskip("pyarrow")


def names():
    return {"id": ["a", "b", "c"], "name": ["PETREL 8", "", "HAO FAN 6"], "imo": [9562233, None, None]}


def test_nothing_is_copied_on_the_way_in_or_out():
    column = pa.array(range(1000), pa.int64())
    table = cordon.Table(pa.table({"x": column}))
    assert table._frame.address(0, 1) == column.buffers()[1].address
    back = pa.table(table)
    assert back["x"].chunk(0).buffers()[1].address == column.buffers()[1].address


def test_what_a_room_made_leaves_where_it_lies(folder):
    traffic = cordon.decode(folder / "feed.nmea", raw=True)
    table = pa.table(traffic.positions)
    assert traffic.positions._frame.address(2, 1) == table["lat_e7"].chunk(0).buffers()[1].address
    assert table.num_rows == len(traffic.positions) > 1000


def test_slices_keep_their_place():
    table = cordon.Table(pa.table({"x": [1, 2, None, 4], "t": ["a", "b", "c", None]}).slice(1, 2))
    assert table.to_pylist() == [{"x": 2, "t": "b"}, {"x": None, "t": "c"}]
    batch = pa.record_batch({"x": [1, 2, 3]}).slice(2)
    assert cordon.Table(batch)["x"] == [3]


def test_types():
    when = datetime.datetime(2024, 2, 5, 23, 59, 59, tzinfo=datetime.timezone.utc)
    table = pa.table(
        {
            "i8": pa.array([-1], pa.int8()), "u64": pa.array([7], pa.uint64()), "f": pa.array([1.5], pa.float32()),
            "big": pa.array(["x"], pa.large_string()), "view": pa.array(["a text longer than twelve"], pa.string_view()),
            "word": pa.array(["k"]).dictionary_encode(), "b": pa.array([True]), "list": pa.array([["a", "b"]]),
            "s": pa.array([when], pa.timestamp("s", "UTC")), "ns": pa.array([when], pa.timestamp("ns", "UTC")),
        }
    )  # fmt: skip
    row = cordon.Table(table)[0]
    assert row == {
        "i8": -1, "u64": 7, "f": 1.5, "big": "x", "view": "a text longer than twelve", "word": "k", "b": True,
        "list": ["a", "b"], "s": when, "ns": when,
    }  # fmt: skip


@pytest.mark.parametrize("make", ["dict", "rows", "arrow", "batches", "pandas", "polars", "duckdb"])
def test_every_source_screens_alike(make):
    screener = cordon.Screener()
    if make == "dict":
        source = names()
    elif make == "rows":
        source = [dict(zip(names(), row)) for row in zip(*names().values())]
    elif make == "arrow":
        source = pa.table(names())
    elif make == "batches":
        table = pa.table(names())
        source = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=1))
    elif make == "pandas":
        source = pytest.importorskip("pandas").DataFrame(names())  # the numbers become floats with holes
    elif make == "polars":
        source = pytest.importorskip("polars").DataFrame(names())
    else:
        duckdb = pytest.importorskip("duckdb")
        source = duckdb.connect().sql("select * from (values ('a', 'PETREL 8', 9562233), ('b', '', null), ('c', 'HAO FAN 6', null)) t(id, name, imo)")
    hits = [(row["id"], row["entity_id"], row["score"]) for row in screener.screen(source)]
    assert hits == [(row["id"], row["entity_id"], row["score"]) for row in screener.screen(names())]
    assert {hit[0] for hit in hits if hit[2] > 0.9} == {"a", "c"}


def test_a_dataframe_comes_back():
    hits = cordon.Screener().screen(names())
    assert list(hits.to_pandas()["entity_id"]) == hits["entity_id"]
    assert hits.to_polars()["score"].to_list() == hits["score"]


def test_misuse_is_told():
    with pytest.raises(TypeError, match="expected a table"):
        cordon.Screener().screen(5)
    with pytest.raises(cordon.Error, match="column 'name'"):
        cordon.Screener().screen({"colour": ["red"]})
    with pytest.raises(ValueError, match="different lengths"):
        cordon.Table({"a": [1], "b": []})
    with pytest.raises(cordon.Error, match="one column"):
        cordon.Table(pa.chunked_array([[1, 2]]))
    stream = pa.table({"a": [1]}).__arrow_c_stream__()
    _core.from_stream(stream)
    with pytest.raises(cordon.Error, match="before"):
        _core.from_stream(stream)


def test_a_producer_that_fails_is_an_error():
    def batches():
        yield pa.record_batch({"name": ["x"]})
        raise RuntimeError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"name": pa.string()}), batches())
    with pytest.raises(cordon.Error, match="the disk is gone"):
        cordon.Table(reader)


def test_parquet_and_geoparquet(tmp_path, folder):
    events = cordon.detect(folder / "feed.nmea", registry=folder / "registry.csv")
    events.to_parquet(tmp_path / "plain.parquet")
    assert cordon.read_table(tmp_path / "plain.parquet").to_pylist() == events.to_pylist()
    events.to_parquet(tmp_path / "geo.parquet", geo=True)
    schema = pa.parquet.read_schema(tmp_path / "geo.parquet")
    assert b'"encoding": "WKB"' in schema.metadata[b"geo"]
    # A file of others has points and no lat, lon.
    other = pa.parquet.read_table(tmp_path / "geo.parquet").drop_columns(["lat", "lon"])
    pa.parquet.write_table(other, tmp_path / "other.parquet")
    back = cordon.read_table(tmp_path / "other.parquet")
    assert back["lat"] == events["lat"] and back["lon"] == events["lon"]
    with pytest.raises(cordon.Error, match="no such|No such|not a readable"):
        cordon.read_table(tmp_path / "none.parquet")
    (tmp_path / "text.parquet").write_text("no parquet")
    with pytest.raises(cordon.Error, match="not a readable Parquet"):
        cordon.read_table(tmp_path / "text.parquet")


def test_geoparquet_is_read_by_others(tmp_path, folder):
    duckdb = pytest.importorskip("duckdb")
    traffic = cordon.decode(folder / "positions.csv")
    traffic.positions.to_parquet(tmp_path / "p.parquet", geo=True)
    count, west = duckdb.sql(f"select count(*), min(lon) from '{tmp_path}/p.parquet'").fetchall()[0]
    assert count == len(traffic.positions) and 100 < west < 150
