#!/usr/bin/env python3
"""How well `cordon detect` finds what `cordon simulate` hid: precision, recall and ROC by type, and the innocents.

usage: bench/detect_quality.py PROGRAM [--seeds 101-110] [--vessels 800] [--days 2] [--thin 240] [--nmea] [--cache DIR]

Seeds 1 to 20 may be used for tuning, none above 100. Beside it, on the same positions, a plain implementation of the
published rules of Global Fishing Watch (encounter, loitering, gap), written here from their documentation.

A detection matches a true event of its type when it names `need` of the vessels, the times overlap within an hour (six
for a changed identity), and the place is within 30 km (50 km: gap, dark_rendezvous, position_spoofing; 60 km:
identity_change). Further matches of an event are neither right nor wrong, nor are those of optional events.
"""
import argparse
import csv
import json
import math
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KM = {"gap": 50, "dark_rendezvous": 50, "position_spoofing": 50, "identity_change": 60}
PLACELESS = {"shared_mmsi", "identity_mismatch", "listed_vessel"}
THRESHOLD = 0.5


def seconds(text):
    return datetime.fromisoformat(text.rstrip("Z")).replace(tzinfo=timezone.utc).timestamp()


def km(lat, lon, lat2, lon2):
    a, b = math.radians(lat), math.radians(lat2)
    s = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, s)))


def prepared(row):
    return {**row, "a": seconds(row["start"]), "b": seconds(row["end"]), "who": set(row["mmsi"])}


def fits(found, true, need):
    kind = found["type"]
    pad = 6 * 3600 if kind == "identity_change" else 3600
    if len(found["who"] & true["who"]) < need or found["a"] > true["b"] + pad or found["b"] < true["a"] - pad:
        return False
    params = true.get("params") or {}
    if kind in PLACELESS or params.get("anyplace") or found["lat"] is None:
        return True
    places = [(true["lat"], true["lon"])]
    if "end_lat" in params:
        places.append((params["end_lat"], params["end_lon"]))
    return min(km(found["lat"], found["lon"], *place) for place in places) <= KM.get(kind, 30)


class Score:
    """Of one type: every detection is right or wrong at its score; events are found at the best score of theirs."""

    def __init__(self):
        self.events = self.detectable = 0
        self.found = []  # score at which an event is found
        self.found_detectable = 0
        self.wrong = []  # score of a false alarm

    def at(self, threshold):
        right, wrong = (sum(s >= threshold for s in x) for x in (self.found, self.wrong))
        return right / max(1, self.events), right / max(1, right + wrong), wrong


def judge(detections, truth, scores, innocents):
    by_vessel, forbidden = defaultdict(list), defaultdict(list)
    for event in truth["events"]:
        if not event["optional"]:
            scores[event["type"]].events += 1
            scores[event["type"]].detectable += event["detectable"]
        for mmsi in event["who"]:
            by_vessel[event["type"], mmsi].append(event)
    for negative in truth["negatives"]:
        for mmsi in negative["who"]:
            forbidden[mmsi].append(negative)
    hit, flagged = set(), set()
    for found in sorted(detections, key=lambda d: -d["score"]):
        score = scores[found["type"]]
        near = {e["id"]: e for m in found["who"] for e in by_vessel[found["type"], m] if fits(found, e, e["need"])}
        new = [e for e in near.values() if not e["optional"] and e["id"] not in hit]
        if new:
            best = max(new, key=lambda e: min(found["b"], e["b"]) - max(found["a"], e["a"]))
            hit.add(best["id"])
            score.found.append(found["score"])
            score.found_detectable += best["detectable"] and found["score"] >= THRESHOLD
        elif not near:
            score.wrong.append(found["score"])
            if found["score"] >= THRESHOLD:
                need = 2 if found["type"] == "encounter" else 1
                for m in found["who"]:
                    for n in forbidden[m]:
                        if found["type"] in n["forbids"] and fits(found, n, min(need, len(n["who"]))):
                            flagged.add(n["id"])
    for negative in truth["negatives"]:
        innocents[negative["type"]][0] += 1
        innocents[negative["type"]][1] += negative["id"] in flagged


# ---- the published rules of Global Fishing Watch, plainly -------------------------------------------------------


class Coast:
    def __init__(self):
        self.cells = defaultdict(list)
        for line in (ROOT / "data/geo/land.txt").read_text().splitlines():
            if line[:1] not in "-0123456789":
                continue
            numbers, lat, lon = list(map(int, line.split())), 0, 0  # thousandths of a degree, as differences
            for d_lat, d_lon in zip(numbers[::2], numbers[1::2]):
                lat, lon = lat + d_lat, lon + d_lon
                self.add(lat / 1000, lon / 1000)

    def add(self, lat, lon):
        self.cells[int(lat // 1), int(lon // 1)].append((lat, lon))

    def nm(self, lat, lon):
        near = [p for r in (-1, 0, 1) for c in (-1, 0, 1) for p in self.cells.get((int(lat // 1) + r, int(lon // 1) + c), ())]
        return min((km(lat, lon, *p) for p in near), default=185) / 1.852


def gfw_rules(positions, coast, ports):
    tracks = defaultdict(list)
    with open(positions) as file:
        for row in csv.DictReader(file):
            if row["LAT"]:
                tracks[int(row["MMSI"])].append((seconds(row["BaseDateTime"]), float(row["LAT"]), float(row["LON"])))
    grid = defaultdict(dict)
    for mmsi, track in tracks.items():
        slow = None
        for (t, lat, lon), (u, lat2, lon2) in zip(track, track[1:]):
            way = km(lat, lon, lat2, lon2)
            if u - t >= 12 * 3600 and coast.nm(lat, lon) > 50:
                yield "gap", t, u, {mmsi}, lat, lon
            knots = way / 1.852 / max(u - t, 1) * 3600
            if knots < 2 and u - t < 12 * 3600:
                slow = slow or (t, lat, lon)
            elif slow:
                if t - slow[0] >= 4 * 3600 and coast.nm(lat, lon) >= 20:
                    yield "loitering", slow[0], t, {mmsi}, (slow[1] + lat) / 2, (slow[2] + lon) / 2
                slow = None
            if u - t < 3600:  # resampled to ten minutes
                for n in range(int(t // 600) + 1, int(u // 600) + 1):
                    f = (n * 600 - t) / (u - t)
                    grid[n][mmsi] = (lat + (lat2 - lat) * f, lon + (lon2 - lon) * f, knots)
    runs = {}
    ended = []
    for n in sorted(grid):
        cells = defaultdict(list)
        for mmsi, (lat, lon, knots) in grid[n].items():
            here = (int(lat * 200), int(lon * 160))
            for r in (-1, 0, 1):
                for c in (-1, 0, 1):
                    for other, lat2, lon2, knots2 in cells.get((here[0] + r, here[1] + c), ()):
                        if km(lat, lon, lat2, lon2) <= 0.5:
                            runs.setdefault(tuple(sorted((mmsi, other))), []).append((n, lat, lon, max(knots, knots2)))
            cells[here].append((mmsi, lat, lon, knots))
        for pair in [p for p, run in runs.items() if run[-1][0] < n - 1]:
            ended.append((pair, runs.pop(pair)))
    for pair, run in ended + list(runs.items()):
        lat, lon, middle = run[len(run) // 2][1], run[len(run) // 2][2], sorted(r[3] for r in run)[len(run) // 2]
        if run[-1][0] - run[0][0] >= 12 and middle < 2 and all(km(lat, lon, *p) > 10 for p in ports):
            yield "encounter", run[0][0] * 600, run[-1][0] * 600, set(pair), lat, lon


def baseline(folder, coast, ports):
    for kind, a, b, who, lat, lon in gfw_rules(folder / "positions.csv", coast, ports):
        yield {"type": kind, "a": a, "b": b, "who": who, "lat": lat, "lon": lon, "score": 1.0}


def table(title, scores, roc):
    print(f"\n{title}\n{'type':18} events detectable  precision recall  of detectable  false alarms")
    for kind, s in sorted(scores.items()):
        recall, precision, wrong = s.at(THRESHOLD)
        print(f"{kind:18} {s.events:6} {s.detectable:10}  {precision:9.3f} {recall:6.3f}  "
              f"{s.found_detectable / max(1, s.detectable):13.3f}  {wrong:12}")
    if roc:
        steps = (0.1, 0.3, 0.5, 0.7, 0.9, 0.95)
        print("\nROC: recall / false alarms at scores from " + ", ".join(map(str, steps)))
        for kind, s in sorted(scores.items()):
            print(f"{kind:18} " + "  ".join(f"{s.at(t)[0]:5.3f}/{s.at(t)[2]:<5}" for t in steps))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--seeds", default="101-110")
    parser.add_argument("--vessels", type=int, default=800)
    parser.add_argument("--days", type=float, default=2)
    parser.add_argument("--thin", type=int, default=240)
    parser.add_argument("--nmea", action="store_true", help="detect from sentences, not from rows")
    parser.add_argument("--cache", type=Path, help="keep the scenarios here")
    options = parser.parse_args()
    first, _, last = options.seeds.partition("-")
    scores, plain = defaultdict(Score), defaultdict(Score)
    innocents, plain_innocents = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    coast = Coast()
    with open(ROOT / "data/ports/ports.csv") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        ports = [(float(r["lat"]), float(r["lon"])) for r in rows]
    ports = [p for p in ports if 15 < p[0] < 50 and 100 < p[1] < 150]
    with tempfile.TemporaryDirectory() as temporary:
        for seed in range(int(first), int(last or first) + 1):
            folder = (options.cache or Path(temporary)) / f"{seed}-{options.vessels}-{options.days}-{options.thin}"
            if not (folder / "truth.json").exists():
                subprocess.run([options.program, "simulate", "--seed", str(seed), "--vessels", str(options.vessels),
                                "--days", str(options.days), "--thin", str(options.thin), "--output", folder],
                               check=True, stderr=subprocess.DEVNULL)
            truth = json.loads((folder / "truth.json").read_text())
            truth = {key: [prepared(row) for row in truth[key]] for key in ("events", "negatives")}
            feed = folder / ("feed.nmea" if options.nmea else "positions.csv")
            events = subprocess.run([options.program, "detect", feed, "--registry", folder / "registry.csv", "--all"],
                                    check=True, capture_output=True, text=True).stdout.splitlines()
            judge([prepared(json.loads(line)) for line in events], truth, scores, innocents)
            judge(list(baseline(folder, coast, ports)), truth, plain, plain_innocents)
            print(f"seed {seed}: {len(events)} candidates", file=sys.stderr)
    table("cordon detect", scores, roc=True)
    for title, rows in (("cordon detect", innocents), ("the plain rules", plain_innocents)):
        flagged, count = sum(f for _, f in rows.values()), sum(n for n, _ in rows.values())
        named = ", ".join(f"{kind} {f} of {n}" for kind, (n, f) in sorted(rows.items()) if f)
        print(f"\ninnocents not flagged by {title}: {1 - flagged / max(1, count):.3f} of {count}" + (f" ({named})" if named else ""))
    table("published rules of Global Fishing Watch, plainly", {k: plain[k] for k in ("encounter", "gap", "loitering")}, roc=False)


if __name__ == "__main__":
    main()
