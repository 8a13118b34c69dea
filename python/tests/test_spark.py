"""Spark gives what one machine gives: the same rows, the same scores."""

import json
import os
import shutil
import sys

import pytest

import cordon

pa = pytest.importorskip("pyarrow")
pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: Spark is not tested")
if shutil.which("java") is None:
    pytest.skip("no Java: Spark is not tested", allow_module_level=True)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2,3]")  # a task that is lost is tried three times
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "Asia/Seoul")  # no answer may hang on it
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def frame(spark, table):
    data = pa.table(table)
    times = [pa.field(f.name, pa.timestamp("us", "UTC") if pa.types.is_timestamp(f.type) else f.type) for f in data.schema]
    return spark.createDataFrame(data.cast(pa.schema(times)))


def rows(table):
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in table.to_pylist())


def events(df):
    return rows(cordon.Table(df.toArrow()))


@pytest.fixture(scope="module")
def antimeridian():
    """A day and a half over midnight; the traffic lies on both sides of 180 degrees."""
    traffic = cordon.simulate(seed=5, days=1.5, vessels=150, shift_longitude=54.0, start="2024-02-05T15:00:00")
    lons = [lon for lon in traffic.positions["lon"] if lon is not None]
    assert min(lons) < -179 and max(lons) > 179
    return traffic


def test_detect_is_detect(spark, antimeridian):
    expected = cordon.detect(antimeridian, registry=antimeridian.registry)
    assert {"encounter", "gap", "identity_change", "position_spoofing", "shared_mmsi"} <= set(expected["type"])
    borders = sum(start.hour != end.hour for start, end in zip(expected["start"], expected["end"]))
    midnights = sum(start.date() != end.date() for start, end in zip(expected["start"], expected["end"]))
    assert borders > 10 and midnights > 3
    positions, statics = frame(spark, antimeridian.positions), frame(spark, antimeridian.statics)
    # In no order, cut anywhere.
    positions = positions.orderBy("where").repartition(5, "mmsi")
    for options in ({}, {"slice_minutes": 10, "save_every": 3}):
        found = cordon.spark.detect(positions, antimeridian.registry, statics=statics, **options)
        assert events(found) == rows(expected)
    assert found.schema["mmsi"].dataType.simpleString() == "array<bigint>"


def test_one_mmsi_with_most_rows_and_a_full_anchorage(spark):
    """A number that careless installers leave in, on many hulls at once, and ships side by side."""
    import random

    draw = random.Random(2)
    data = []
    for minute in range(0, 600, 5):
        for hull in range(20):
            data.append((minute, 123456789, 30 + hull * 0.5, 124.0, 80))
        for ship in range(300):
            data.append((minute, 412000000 + ship, 34.0 + ship % 20 * 2e-3, 125.0 + ship // 20 * 2e-3, 0))
    table = pa.table(
        {
            "time": pa.array([1707091200000 + m * 60000 for m, *_ in data], pa.timestamp("ms", "UTC")),
            "mmsi": [row[1] for row in data],
            "lat": [row[2] + draw.uniform(-1e-4, 1e-4) for row in data],
            "lon": [row[3] + draw.uniform(-1e-4, 1e-4) for row in data],
            "sog": [row[4] / 10 for row in data],
        }
    )
    # Rows without a way back to a feed: place decides between two of one time and number.
    table = table.append_column("where", pa.array(range(1, len(data) + 1), pa.int64()))
    expected = cordon.detect(cordon.Table(table), all=True)
    assert len(expected) > 100
    found = cordon.spark.detect(frame(spark, table).repartition(7), all=True, slice_minutes=30)
    assert events(found) == rows(expected)


def test_from_raw_feeds(spark, folder):
    expected = cordon.detect(cordon.decode(folder / "feed.nmea"), registry=folder / "registry.csv", parameters={"gap.min_h": 4})
    feeds = spark.read.format("binaryFile").load(str(folder / "feed.nmea"))
    positions = cordon.spark.decode(feeds)
    assert positions.count() == len(cordon.decode(folder / "feed.nmea").positions)
    found = cordon.spark.detect(
        cordon.spark.decode(feeds, raw=True), folder / "registry.csv", statics=cordon.spark.statics(feeds), parameters={"gap.min_h": 4}
    )
    assert events(found) == rows(expected)
    one = positions.orderBy("where").limit(50).toArrow().to_pylist()
    assert [row["lat"] for row in one] == [row["lat"] for row in cordon.decode(folder / "feed.nmea").positions[:50]]


def test_screen_is_screen(spark):
    names = [(f"q{i}", name) for i, name in enumerate(["PETREL 8", "Kim Jong Un", "nobody at all", "김정은", "OCEAN MARITIME"] * 9)]
    df = spark.createDataFrame(names, "id string, name string").repartition(6)
    expected = cordon.Screener().screen([{"id": i, "name": name} for i, name in names])
    assert events(cordon.spark.screen(df)) == rows(expected)
    with pytest.raises(cordon.Error, match="column 'id'"):
        cordon.spark.screen(df.drop("id"))


def test_nothing_is_no_event(spark):
    empty = spark.createDataFrame([], "time timestamp, mmsi int, lat double, lon double")
    assert cordon.spark.detect(empty).count() == 0


class DyingStore(cordon.spark._Store):
    """Its first reader dies in the middle of the chain, and its process with it."""

    marker = ""

    def table(self, name):
        if self.get("state") and not os.path.exists(self.marker):
            open(self.marker, "w").close()
            os._exit(9)
        return super().table(name)


def test_a_lost_task_goes_on_from_its_state(spark, antimeridian, tmp_path, monkeypatch):
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    DyingStore.marker = str(tmp_path / "died")
    monkeypatch.setattr(cordon.spark, "_Store", DyingStore)
    expected = cordon.detect(antimeridian, registry=antimeridian.registry)
    positions, statics = frame(spark, antimeridian.positions), frame(spark, antimeridian.statics)
    found = cordon.spark.detect(positions, antimeridian.registry, statics=statics, save_every=10)
    assert (tmp_path / "died").exists()
    assert events(found) == rows(expected)
