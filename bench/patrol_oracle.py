#!/usr/bin/env python3
"""Random allocation problems against a linear programme: does `cordon patrol allocate` reach the optimum?

usage: bench/patrol_oracle.py PROGRAM [--cases 20] [--seed 1]

The chance of detection 1 - exp(-C) is concave: its tangents make a linear programme whose value no allocation exceeds, and whose
effort, valued exactly, is one. So  exact value of the programme's effort <= cordon's bound  and  cordon's pos <= the programme's
value  must hold, and with many tangents all four meet. The programme is solved by CLP (Debian: coinor-clp). Without it the script
says so and ends well.
"""
import argparse
import json
import math
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TANGENTS = 60


def problem(rng):
    areas, resources = rng.randint(5, 60), rng.randint(1, 4)
    weights = [rng.random() ** 3 for _ in range(areas)]
    return {
        "p": [w / sum(weights) for w in weights],
        "T": [areas * 0.3 / resources * (0.5 + rng.random()) for _ in range(resources)],
        "w": [[0 if rng.random() < 0.1 else 0.2 + rng.random() for _ in range(resources)] for _ in range(areas)],
    }


def programme(case):
    """LP format: maximise the sum of v_i, v_i below each tangent in its coverage, efforts within T."""
    p, total, w = case["p"], case["T"], case["w"]
    lines = ["Maximize", " obj: " + " + ".join(f"v{i}" for i in range(len(p))), "Subject To"]
    for i, weight in enumerate(p):
        terms = [(r, rate) for r, rate in enumerate(w[i]) if rate > 0]
        for k in range(TANGENTS):
            at = 12.0 * (k / (TANGENTS - 1)) ** 2
            slope = weight * math.exp(-at)
            side = weight * (1 - math.exp(-at)) - slope * at
            lines.append(f" t{i}_{k}: v{i} " + " ".join(f"- {slope * rate:.15g} z{i}_{r}" for r, rate in terms) + f" <= {side:.15g}")
    for r, limit in enumerate(total):
        lines.append(f" e{r}: " + " + ".join(f"z{i}_{r}" for i in range(len(p))) + f" <= {limit:.15g}")
    return "\n".join([*lines, "End", ""])


def solve(case, folder):
    model, answer = folder / "model.lp", folder / "answer.txt"
    model.write_text(programme(case))
    subprocess.run(["clp", str(model), "-maximize", "-dualsimplex", "-printingOptions", "all", "-solution", str(answer)], check=True, capture_output=True)
    value, coverage = 0.0, [0.0] * len(case["p"])
    for line in answer.read_text().splitlines():
        words = line.replace("**", "").split()
        if len(words) < 3:
            continue
        if words[1].startswith("v"):
            value += float(words[2])
        elif words[1].startswith("z"):
            i, r = (int(part) for part in words[1][1:].split("_"))
            coverage[i] += float(words[2]) * case["w"][i][r]
    return value, sum(p * (1 - math.exp(-c)) for p, c in zip(case["p"], coverage))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("--cases", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    if not shutil.which("clp"):
        print("clp is not installed (Debian: coinor-clp): nothing compared")
        return 0
    rng, worst = random.Random(options.seed), 0.0
    cases = [problem(rng) for _ in range(options.cases)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "cases.json").write_text(json.dumps(cases))
        out = subprocess.run([options.program, "patrol", "allocate", str(folder / "cases.json")], check=True, capture_output=True, text=True)
        for case, line in zip(cases, out.stdout.splitlines()):
            mine = json.loads(line)
            above, below = solve(case, folder)
            wrong = mine["pos"] > above + 1e-7 or below > mine["bound"] + 1e-7
            worst = max(worst, above - mine["pos"])
            print(f"{len(case['p']):4} areas {len(case['T'])} resources: pos {mine['pos']:.9f} bound {mine['bound']:.9f} "
                  f"programme {above:.9f} its effort {below:.9f}{'  WRONG' if wrong else ''}")
            if wrong:
                return 1
    print(f"{len(cases)} cases agree; the programme is at most {worst:.1e} above")
    return 0


if __name__ == "__main__":
    sys.exit(main())
