#!/usr/bin/env python3
"""Measures whole runs of the program: positions per second of processor time, and peak memory.

usage: bench/pipeline.py PROGRAM [--size small|medium|large] [--cache DIR]

A scenario of `cordon simulate` is made once for each version of the program and kept in the cache folder. Each run is
measured three times and the least processor time is shown: what else the machine does can only add to it. User and
system time are those of all threads, so a rate is one of a core.
"""
import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 3


def measure(command, folder):
    """(processor seconds, peak memory in MiB) of the best of RUNS runs."""
    best = None
    for _ in range(RUNS):
        with open(folder / "log", "wb") as log:
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{' '.join(command)}: exit {child.returncode}\n{(folder / 'log').read_text(errors='replace')}")
        found = (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        best = min(best or found, found)
    return best


def scenario(program, size, cache):
    """The folder of the scenario, made where it is missing."""
    version = hashlib.sha256(program.read_bytes()).hexdigest()[:12]
    folder = cache / f"{size}-{version}"
    if not (folder / "truth.json").exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run([program, "simulate", "--size", size, "--seed", "1", "--output", folder], check=True,
                       stderr=subprocess.DEVNULL)
    return folder


def count_lines(path, keep=lambda line: True):
    with open(path, "rb") as file:
        return sum(1 for line in file if keep(line))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("--size", default="medium", choices=["small", "medium", "large"])
    arguments.add_argument("--cache", type=Path, default=Path("build/bench/scenarios"))
    options = arguments.parse_args()
    program = options.program.resolve()
    made = scenario(program, options.size, options.cache)
    feed, table = made / "feed.nmea", made / "positions.csv"
    positions = count_lines(table) - 1
    lines = count_lines(feed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        extra = ["--registry", made / "registry.csv", "--ownership", made / "ownership.ftm.json"]
        runs = [
            ("ais decode feed.nmea", lines, "lines", ["ais", "decode", feed]),
            ("ais decode --format csv feed.nmea", lines, "lines", ["ais", "decode", "--format", "csv", feed]),
            ("detect feed.nmea", positions, "positions", ["detect", feed, "--registry", made / "registry.csv"]),
            ("detect positions.csv", positions, "positions", ["detect", table]),
            ("watch feed.nmea", positions, "positions", ["watch", feed, *extra, "--output", folder / "watch"]),
            ("watch positions.csv", positions, "positions", ["watch", table, *extra, "--output", folder / "watch"]),
        ]
        print(f"scenario {options.size}: {positions} positions, {lines} lines, "
              f"{feed.stat().st_size / 1e6:.0f} MB of sentences, {table.stat().st_size / 1e6:.0f} MB of CSV")
        print(f"{'run':36} {'CPU s':>8} {'per CPU second':>24} {'peak MiB':>9}")
        for label, count, unit, command in runs:
            seconds, memory = measure([str(program), *map(str, command)], folder)
            print(f"{label:36} {seconds:8.2f} {count / max(seconds, 1e-3):>14,.0f} {unit:9} {memory:9.0f}", flush=True)


if __name__ == "__main__":
    main()
