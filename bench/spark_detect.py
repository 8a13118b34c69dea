#!/usr/bin/env python3
"""Detection on Spark beside one machine: the same events, what a row costs, and what the loss of an executor changes.

usage: PYTHONPATH=build/release/python python3 bench/spark_detect.py [--positions N] [--master local-cluster[2,1,2048]] [--curve] [--kill]

Traffic over midnights and the antimeridian is simulated into Parquet. --curve: processor and wall seconds of each stage on
1, 2 and 4 partitions. --kill: an executor of the cluster is killed while the rows are cut, and one while the slices are
read; the events must stay the same.
"""
import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import cordon

os.environ["PYSPARK_PYTHON"] = sys.executable
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(cordon.__file__)))  # executors run elsewhere
warnings.simplefilter("ignore")
TICK = os.sysconf("SC_CLK_TCK")


def processes(root):
    """This process and all below it: {pid: (command line, processor seconds)}."""
    parents, found = {}, {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        # Of children that have ended as well.
        found[int(folder.name)] = (line, sum(map(int, fields[11:15])) / TICK)
    below = {root}
    while True:
        more = {pid for pid, parent in parents.items() if parent in below} - below
        if not more:
            return {pid: found[pid] for pid in below if pid in found}
        below |= more


def cpu_s():
    return sum(seconds for _, seconds in processes(os.getpid()).values())


def rows(table):
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in table)


def timed(what, positions, call):
    wall, cpu = time.monotonic(), cpu_s()
    out = call()
    wall, cpu = time.monotonic() - wall, cpu_s() - cpu
    print(f"{what:44}{wall:8.1f} s{cpu:8.1f} CPU s{1e6 * cpu / positions:8.2f} us a position", flush=True)
    return out


def kill_executor_when(ready, told):
    def watch():
        while not ready():
            time.sleep(0.05)
        for pid, (line, _) in processes(os.getpid()).items():
            if "CoarseGrainedExecutorBackend" in line:
                os.kill(pid, signal.SIGKILL)
                told.append(pid)
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--positions", type=int, default=10_000_000)
    parser.add_argument("--master", default="local-cluster[2,1,2048]")
    parser.add_argument("--events", type=int, default=10, help="percent of the simulator's usual mix of events")
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory() as folder:
        vessels = max(100, round(options.positions / 2 / 390))  # reports a vessel and day, as received
        traffic = cordon.simulate(seed=11, days=2, vessels=vessels, thin_s=120, events=options.events, shift_longitude=54.0, raw=True, progress=False)
        data = pa.table(traffic.positions)
        positions = data.num_rows
        print(f"{positions} positions, {len(traffic.statics)} static reports, {vessels} vessels, 2 days across the antimeridian")
        for name, table in (("positions", data), ("statics", pa.table(traffic.statics))):
            times = [pa.field(f.name, pa.timestamp("us", "UTC") if f.name == "time" else f.type) for f in table.schema]
            table = table.cast(pa.schema(times))
            os.mkdir(f"{folder}/{name}")
            step = -(-table.num_rows // 8)
            for i in range(8):
                pq.write_table(table.slice(i * step, step), f"{folder}/{name}/{i}.parquet")
        expected = rows(timed("one machine, from columns", positions, lambda: cordon.detect(traffic, registry=traffic.registry, progress=False)))
        print(f"{len(expected)} events")
        registry = traffic.registry
        del traffic, data
        spark = (
            SparkSession.builder.master(options.master).config("spark.ui.enabled", "false").config("spark.executor.memory", "1g")
            .config("spark.driver.memory", "1g").config("spark.sql.shuffle.partitions", "8").config("spark.executorEnv.PYTHONPATH", PACKAGE)
            .getOrCreate()
        )  # fmt: skip
        spark.sparkContext.setLogLevel("OFF")
        read = lambda name: spark.read.parquet(f"{folder}/{name}")  # noqa: E731
        identity = lambda batches: batches  # noqa: E731
        read("statics").mapInArrow(identity, read("statics").schema).count()  # Spark has started, and its workers
        if options.curve:
            timed("Spark: scan only", positions, lambda: read("positions").write.format("noop").mode("overwrite").save())
            timed("Spark: mapInArrow, nothing done", positions,
                  lambda: read("positions").mapInArrow(identity, read("positions").schema).write.format("noop").mode("overwrite").save())  # fmt: skip

        def detect(parts=None, work=None):
            place, said = read("positions"), read("statics")
            if parts:
                place, said = place.coalesce(parts), said.coalesce(parts)
            return rows(cordon.Table(cordon.spark.detect(place, registry, statics=said, work=work).toArrow()))

        found = timed(f"cordon.spark.detect on {options.master}", positions, detect)
        print("the same events and scores:", found == expected)
        same = found == expected
        if options.curve:
            for parts in (1, 2, 4):
                spark.conf.set("spark.sql.shuffle.partitions", str(parts))
                same &= timed(f"  {parts} partitions", positions, lambda: detect(parts)) == expected
        if options.kill:
            for when, pattern in (("while rows are cut", "*/positions-*"), ("while slices are read", "*/state")):
                work, told = f"{folder}/work-{len(pattern)}", []
                kill_executor_when(lambda: any(Path(work).glob(pattern)), told)
                found = timed(f"  an executor killed {when}", positions, lambda: detect(None, work))
                print(f"  killed: {bool(told)}; the same events and scores: {found == expected}")
                same &= found == expected and bool(told)
        spark.stop()
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
