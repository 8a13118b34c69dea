#!/usr/bin/env python3
"""Screening beside its peers: processor time for the same queries over the same lists, in one run.

usage: bench/screen_peers.py PROGRAM [--lists PATH]... [--queries N] [--made-up N] [--venv DIR]

Peers: nomenklatura (logic-v2, the matcher that OpenSanctions' service runs) and rapidfuzz (Jaro-Winkler over all names,
which judges nothing but letters), installed from PyPI into a virtual environment; where that fails the run goes on
without them and says so. Without --lists the designations inside the program are screened against.
--made-up N writes N invented entities (seeded) and measures index, memory and search on them too.
Times are user and system time of all threads; the program runs on one thread.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SYLLABLES = ("kim pak chol jong un il ho won song yong mo ha med ali sa id ra iva nov pe tro ser gei vla di mir fer nan dez "
             "gar ci ma ria wei xiao ming chen li be ko sta lin gor ba chev ab dul rah man hus sein jo seph an der son ol "
             "ga na ta sha lo pez san cher yu ki to mi ya oka da su zuki tan aka").split()


def word(rng):
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((1, 2, 2, 2, 3, 3)))).capitalize()


def made_up(path, count, seed=1):
    """Persons, companies and ships whose words follow the usual long tail: few very common, most rare."""
    rng = random.Random(seed)
    common = [word(rng) for _ in range(400)]
    rare = [word(rng) + rng.choice(SYLLABLES) for _ in range(60000)]
    pick = lambda: rng.choice(common) if rng.random() < 0.35 else rng.choice(rare)
    with open(path, "w") as out:
        for i in range(count):
            kind = rng.random()
            if kind < 0.6:
                schema, name = "Person", " ".join(pick() for _ in range(rng.choice((2, 2, 3))))
                props = {"name": [name], "birthDate": [str(rng.randint(1930, 2005))]}
                if rng.random() < 0.3:
                    props["alias"] = [" ".join(pick() for _ in range(2))]
            elif kind < 0.9:
                schema, name = "Company", f"{pick()} {pick()} {rng.choice(('Trading Co Ltd', 'Shipping', 'GmbH', 'LLC'))}"
                props = {"name": [name], "country": [rng.choice(("kp", "cn", "ru", "ir"))]}
            else:
                schema, name = "Vessel", f"{pick()} {pick()} {rng.randint(1, 20)}"
                props = {"name": [name], "mmsi": [str(rng.randint(400000000, 499999999))]}
            out.write(json.dumps({"id": f"m{i}", "schema": schema, "caption": name, "properties": props,
                                  "datasets": ["made_up"]}) + "\n")


def altered(name, rng):
    """A name as somebody else would type it: a letter lost, doubled or swapped, words turned round."""
    words = name.split()
    if len(words) > 1 and rng.random() < 0.3:
        words = words[1:] + words[:1]
    text = " ".join(words)
    if len(text) > 4 and rng.random() < 0.6:
        at = rng.randrange(1, len(text) - 1)
        text = rng.choice((text[:at] + text[at + 1:], text[:at] + text[at] + text[at:],
                           text[:at] + text[at + 1] + text[at] + text[at + 2:]))
    return text


def queries(entities, count, seed=2):
    """Half of them listed names, altered; half names of nobody."""
    rng = random.Random(seed)
    rows = []
    for i in range(count):
        if i % 2:
            rows.append((f"q{i}", "Person", f"{word(rng)} {word(rng)}"))
        else:
            entity = rng.choice(entities)
            rows.append((f"q{i}", entity["schema"], altered(entity["caption"], rng)))
    return rows


def measure(command):
    """(processor seconds, peak MiB, stdout): the least of three runs in time."""
    best = None
    for _ in range(3):
        with tempfile.TemporaryFile() as out:
            child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=subprocess.DEVNULL,
                                     env=dict(os.environ, CORDON_THREADS="1"))
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}")
            out.seek(0)
            found = (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read())
        best = min(best or found, found, key=lambda run: run[0])
    return best


def write_queries(path, rows):
    with open(path, "w") as out:
        out.write("id,schema,name\n")
        for row in rows:
            out.write(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n")


def own(program, lists, rows, folder):
    """What the program takes: to start from lists and from a snapshot, and for one query."""
    table, one, kept = folder / "queries.csv", folder / "one.csv", folder / "index.cordonidx"
    write_queries(table, rows)
    write_queries(one, rows[:1])
    sources = [part for path in lists for part in ("--lists", path)]
    start = measure([program, "screen", *sources, one])
    made = measure([program, "screen", *sources, "--make-snapshot", folder / "fresh.cordonidx"])
    subprocess.run([program, "screen", *sources, "--make-snapshot", kept], check=True, stderr=subprocess.DEVNULL)
    opened = measure([program, "screen", "--snapshot", kept, one])
    asked = measure([program, "screen", "--snapshot", kept, table])
    each = (asked[0] - opened[0]) / (len(rows) - 1)
    print(f"cordon       start from lists {start[0] * 1e3:8.0f} ms {start[1]:6.0f} MiB; from a snapshot "
          f"{opened[0] * 1e3:6.0f} ms {opened[1]:6.0f} MiB ({kept.stat().st_size / 1e6:.0f} MB); "
          f"making one again {made[0]:.2f} s; {each * 1e3:8.3f} ms a query")
    return each


PEER = '''
import json, sys, time
entities = [json.loads(line) for line in open(sys.argv[1])]
rows = json.load(open(sys.argv[2]))
names = [n for e in entities for n in e["properties"].get("name", []) + e["properties"].get("alias", [])]
def timed(work, count):
    start = time.process_time()
    work()
    return (time.process_time() - start) / count
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler
some = rows[:60]
def fuzz():
    for _, _, name in some:
        process.extract(name.upper(), names, scorer=JaroWinkler.normalized_similarity, limit=5)
print(json.dumps(["rapidfuzz Jaro-Winkler", timed(fuzz, len(some)), len(names)]), flush=True)
from followthemoney import model
from nomenklatura.matching import get_algorithm
try:
    from nomenklatura.matching import ScoringConfig
    config = ScoringConfig.defaults()
except ImportError:
    config = None
logic = get_algorithm("logic-v2")
def proxy(data):
    return model.get_proxy(data) if hasattr(model, "get_proxy") else None
try:
    from followthemoney import EntityProxy as Proxy
    make = lambda d: Proxy.from_dict(d)
except ImportError:
    make = proxy
listed = [make({k: e[k] for k in ("id", "schema", "properties")}) for e in entities]
people = [p for p in listed if p.schema.name == "Person"][:800]
asked = [make({"id": i, "schema": "Person", "properties": {"name": [n]}}) for i, s, n in rows if s == "Person"][:4]
def match():
    for query in asked:
        for entity in people:
            logic.compare(query, entity, config) if config else logic.compare(query, entity)
match_each = timed(match, len(asked) * len(people))
print(json.dumps(["nomenklatura logic-v2", match_each * len([p for p in listed if p.schema.name == "Person"]),
                  1 / match_each]), flush=True)
'''


def peers(python, entities, rows, folder, each):
    (folder / "entities.json").write_text("\n".join(json.dumps(e) for e in entities))
    (folder / "rows.json").write_text(json.dumps(rows))
    run = subprocess.run([python, "-c", PEER, folder / "entities.json", folder / "rows.json"], capture_output=True, text=True)
    for line in run.stdout.splitlines():
        name, seconds, number = json.loads(line)
        told = f"{number:,.0f} pairs/s" if name.startswith("nomen") else f"{number:,.0f} names"
        print(f"{name:24} {seconds * 1e3:10.1f} ms a query over every name or person ({told}): {seconds / each:8.0f} times cordon")
    if run.returncode:
        print("a peer did not run:", (run.stderr.strip().splitlines() or ["no reason given"])[-1])


def venv(folder):
    """A Python that has the peers, or None."""
    python = folder / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True)
        if subprocess.run([python, "-c", "import nomenklatura, rapidfuzz"], capture_output=True).returncode:
            subprocess.run([python, "-m", "pip", "install", "-q", "nomenklatura", "rapidfuzz"], check=True, capture_output=True)
        return python
    except (OSError, subprocess.CalledProcessError):
        return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("--lists", action="append", default=[], type=Path)
    arguments.add_argument("--queries", type=int, default=1000)
    arguments.add_argument("--made-up", type=int, default=0)
    arguments.add_argument("--venv", type=Path, default=Path("build/bench/peers"))
    options = arguments.parse_args()
    program = options.program.resolve()
    shown = subprocess.run([program, "lists", "show", *(options.lists or ["--embedded"])], check=True, capture_output=True)
    entities = [json.loads(line) for line in shown.stdout.decode().splitlines()]
    entities = [e for e in entities if e["schema"] in ("Person", "Organization", "Company", "Vessel", "LegalEntity")]
    rows = queries(entities, options.queries)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{len(entities)} entities, {len(rows)} queries")
        each = own(program, options.lists, rows, folder)
        python = venv(options.venv)
        if python:
            peers(python, entities, rows, folder, each)
        else:
            print("nomenklatura and rapidfuzz could not be installed: measured without them")
        if options.made_up:
            made = folder / "made.jsonl"
            made_up(made, options.made_up)
            some = [json.loads(line) for line, _ in zip(open(made), range(200000))]
            print(f"{options.made_up} made-up entities")
            own(program, [made], queries(some, options.queries), folder)


if __name__ == "__main__":
    main()
