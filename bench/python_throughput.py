#!/usr/bin/env python3
"""The package beside the program: processor seconds for the same work on the same files.

usage: PYTHONPATH=build/release/python bench/python_throughput.py PROGRAM [--vessels N] [--days D] [--runs N] [--queries N]

Each is a process of its own, as a user starts it, run several times in turns; the least user plus system time counts. What
both spend before the work (start, reading and indexing the lists) is taken off by a run on next to nothing. At least 0.80 of
the program's throughput is the goal.
"""
import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

PYTHON = {
    "decode": "import cordon; cordon.decode({feed!r}, raw=True, progress=False)",
    "decode to degrees": "import cordon; cordon.decode({feed!r}, progress=False)",
    "detect": "import cordon, warnings; warnings.simplefilter('ignore'); cordon.detect({feed!r}, registry={registry!r}, progress=False).text()",
    "detect from a table": "import cordon, warnings; warnings.simplefilter('ignore'); t = cordon.decode({feed!r}, raw=True, progress=False); cordon.detect(t, registry={registry!r}, progress=False)",
    "screen": "import cordon; cordon.Screener().screen(cordon.read_table({queries!r}), progress=False)",
}
PROGRAM = {
    "decode": ["ais", "decode", "--format", "csv", "{feed}"],
    "detect": ["detect", "{feed}", "--registry", "{registry}"],
    "screen": ["screen", "{queries}"],
}


def cpu_s(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--vessels", type=int, default=400)
    parser.add_argument("--days", type=float, default=3)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--queries", type=int, default=20_000)
    options = parser.parse_args()
    os.environ["CORDON_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        for name, vessels, days in (("large", options.vessels, options.days), ("none", 100, 0.02)):
            command = [options.program, "simulate", "--vessels", str(vessels), "--days", str(days), "--events", "100" if days >= 1 else "0",
                       "--format", "nmea", "--thin", "60", "--output", f"{folder}/{name}"]  # fmt: skip
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        for name, count in (("large", options.queries), ("none", 1)):
            names = ["Kim Jong Un", "PETREL 8", "Ocean Shipping Co", "Maria Gonzalez", "Ri Chol Min", "Acme Trading GmbH"]
            rows = (f"{i},,{names[i % 6]} {chr(65 + i % 26)}{chr(65 + i // 26 % 26)}" for i in range(count))
            Path(folder, name, "queries.csv").write_text("id,schema,name\n" + "\n".join(rows) + "\n")
        least = {}
        for _ in range(options.runs):
            for size in ("large", "none"):
                paths = {key: f"{folder}/{size}/{file}" for key, file in
                         (("feed", "feed.nmea"), ("registry", "registry.csv"), ("queries", "queries.csv"))}  # fmt: skip
                for what, arguments in PROGRAM.items():
                    key = ("program", what, size)
                    least[key] = min(least.get(key, 1e9), cpu_s([options.program, *(a.format(**paths) for a in arguments)]))
                for what, code in PYTHON.items():
                    key = ("python", what, size)
                    least[key] = min(least.get(key, 1e9), cpu_s([sys.executable, "-c", code.format(**paths)]))
        print(f"{'':22}{'program s':>10}{'python s':>10}{'ratio of throughput':>22}")
        for what in PYTHON:
            base = next(name for name in PROGRAM if what.startswith(name))
            program = least["program", base, "large"] - least["program", base, "none"]
            python = least["python", what, "large"] - least["python", what, "none"]
            print(f"{what:22}{program:10.2f}{python:10.2f}{program / python:22.2f}")
        start = min(cpu_s([sys.executable, "-c", "import cordon; cordon.Error"]) for _ in range(5))
        bare = min(cpu_s([sys.executable, "-c", "pass"]) for _ in range(5))
        print(f"import cordon, with its compiled half: {1000 * (start - bare):.0f} ms of processor time beyond Python's own")


if __name__ == "__main__":
    main()
