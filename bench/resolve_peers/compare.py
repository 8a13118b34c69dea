#!/usr/bin/env python3
"""Runs cordon and Splink (DuckDB, one thread) on the same records in one go, and prints F1, processor time, memory, ratios.

usage: bench/resolve_peers/compare.py PROGRAM [RECORDS.csv] [--records 10000]

RECORDS.csv has the columns of make_people.py (those of the Febrl sets); without it make_people.py writes them. Splink
runs with the settings of its own Febrl tutorial: its comparison levels for names, dates and postcodes, its blocking rules, u
from random pairs, m from EM, clusters at 0.5. It is installed once into build/bench/splink from PyPI; where that fails the
comparison is skipped with a message. The time of imports is told apart.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent

SPLINK = r"""
import resource, sys, time
import duckdb, pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
imports = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
frame = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False).drop(columns=["true_cluster"], errors="ignore")
frame = frame.drop(columns=["source"], errors="ignore").replace("", None)
connection = duckdb.connect()
connection.execute("SET threads=1")
rules = [block_on("soc_sec_id"), block_on("given_name", "surname"), block_on("surname", "date_of_birth"),
         block_on("given_name", "date_of_birth"), block_on("postcode", "date_of_birth"), block_on("address_1", "suburb")]
settings = SettingsCreator(
    link_type="dedupe_only", unique_id_column_name="rec_id", blocking_rules_to_generate_predictions=rules,
    comparisons=[cl.NameComparison("given_name"), cl.NameComparison("surname"),
                 cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d",
                                          invalid_dates_as_null=True),
                 cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]), cl.ExactMatch("street_number"),
                 cl.DamerauLevenshteinAtThresholds("postcode", [2]), cl.ExactMatch("state")])
linker = Linker(DuckDBAPI(connection=connection).register(frame), settings)
linker.training.estimate_probability_two_random_records_match(rules[:2], recall=0.8)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
for rule in (block_on("date_of_birth"), block_on("given_name", "surname")):
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
predicted = linker.inference.predict(threshold_match_probability=0.01)
clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, 0.5).as_pandas_dataframe()
clusters[["rec_id", "cluster_id"]].rename(columns={"rec_id": "id", "cluster_id": "cluster"}).to_csv(sys.argv[2], index=False)
print(f"imports {imports:.2f}")
"""


def measure(command):
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        text = log.read().decode(errors="replace")
    if child.returncode != 0:
        return None, None, text
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts.values())


def quality(records, clusters):
    with open(records, newline="") as file:
        rows = csv.DictReader(file)
        truth = {row["rec_id"]: row["true_cluster"] for row in rows}
    with open(clusters, newline="") as file:
        found = {row["id"]: row["cluster"] for row in csv.DictReader(file)}
    both = pairs(Counter((truth[i], found[i]) for i in truth))
    precision = both / max(1, pairs(Counter(found.values())))
    recall = both / max(1, pairs(Counter(truth.values())))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def splink_python(folder):
    """The interpreter of an environment that has Splink, or None."""
    python = folder / "bin" / "python"
    if not python.exists():
        try:
            venv.create(folder, with_pip=True)
        except (OSError, subprocess.CalledProcessError):
            return None
    if subprocess.run([python, "-c", "import splink, duckdb, pandas"], capture_output=True, check=False).returncode == 0:
        return python
    done = subprocess.run([python, "-m", "pip", "install", "-q", "splink", "duckdb", "pandas"], capture_output=True, check=False)
    return python if done.returncode == 0 else None


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("file", type=Path, nargs="?")
    arguments.add_argument("--records", type=int, default=10000)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        records = options.file
        if records is None:
            records = folder / "people.csv"
            with open(records, "w") as out:
                subprocess.run([sys.executable, HERE / "make_people.py", str(options.records)], stdout=out, check=True)
        runs = {}
        best = min((measure([options.program, "resolve", records, "-o", folder / "cordon.csv"]) for _ in range(3)),
                   key=lambda run: run[0] if run[0] is not None else float("inf"))
        if best[0] is None:
            sys.exit(f"cordon failed:\n{best[2]}")
        runs["cordon"] = (best[0], best[1], 0.0, quality(records, folder / "cordon.csv"))
        python = splink_python(Path("build/bench/splink"))
        if python is None:
            print("Splink could not be installed: comparison skipped")
        else:
            script = folder / "run_splink.py"
            script.write_text(SPLINK)
            seconds, memory, text = measure([python, script, records, folder / "splink.csv"])
            if seconds is None:
                print(f"Splink failed: comparison skipped\n{text[-2000:]}")
            else:
                imports = float(text.rsplit("imports ", 1)[1])
                runs["Splink"] = (seconds, memory, imports, quality(records, folder / "splink.csv"))
        print(f"{'':8} {'CPU s':>8} {'imports':>8} {'MiB':>7} {'precision':>9} {'recall':>7} {'F1':>7}")
        for name, (seconds, memory, imports, (precision, recall, f1)) in runs.items():
            print(f"{name:8} {seconds:8.3f} {imports:8.2f} {memory:7.0f} {precision:9.4f} {recall:7.4f} {f1:7.4f}")
        if "Splink" in runs:
            ours, theirs = runs["cordon"], runs["Splink"]
            print(f"Splink / cordon: CPU without imports {(theirs[0] - theirs[2]) / ours[0]:.1f}, memory {theirs[1] / ours[1]:.1f}")


if __name__ == "__main__":
    main()
