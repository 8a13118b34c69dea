#!/usr/bin/env python3
"""Asks `cordon network` and networkx the same questions: the answers must be equal, and the times are shown.

usage: bench/network_peers.py PROGRAM [--graphs N] [--nodes N]

First N small random networks: every party's shortest ways to a listed one (shortest_simple_paths) and the OFAC rule
as a plain fixpoint over a networkx graph. Then one large network: reading it, one way to a listed party (breadth-first
over the reversed graph) and the OFAC rule. Exits with 1 at the first difference, 0 with a message where networkx is
not installed (pip install networkx).
"""
import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

try:
    import networkx as nx
except ImportError:
    sys.exit(print("network_peers: networkx is not installed; nothing was compared") or 0)

K, MAX_HOPS, DAY = 3, 6, "2026-01-31"


def random_edges(rng, nodes, edges):
    """owner, owned, percent; at most one edge between two parties, as networkx's DiGraph keeps one."""
    made = {}
    while len(made) < edges:
        owner, owned = rng.randrange(nodes), rng.randrange(nodes)
        if owner != owned:
            made[owner, owned] = rng.randint(50, 100) if rng.random() < 0.2 else rng.randint(1, 49)
    return [(f"E{a}", f"E{b}", pct) for (a, b), pct in made.items()]


def write(folder, edges, listed):
    graph, ids = folder / "graph.csv", folder / "listed.txt"
    with open(graph, "w") as out:
        out.write("owner,owned,pct\n")
        out.writelines(f"{a},{b},{pct}\n" for a, b, pct in edges)
    ids.write_text("".join(f"{one}\n" for one in listed))
    return ["--graph", str(graph), "--listed", str(ids), "--as-of", DAY]


def cordon(program, *arguments):
    """(answers, processor seconds)"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, "network", *arguments], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [json.loads(line) for line in done.stdout.splitlines()], seconds


def ofac(graph, listed):
    """Parties in which the blocked hold 50 % or more together: the least fixpoint, by the book."""
    blocked = set(listed)
    while True:
        more = {n for n in graph if n not in blocked
                and sum(graph[p][n]["pct"] for p in graph.predecessors(n) if p in blocked) >= 50}
        if not more:
            return blocked
        blocked |= more


def ways_up(graph, listed, start):
    """Hops of the K shortest simple ways against the edges that end at their first listed party."""
    upward = nx.DiGraph((b, a) for a, b in graph.edges if b not in listed or b == start)
    upward.add_node(start)
    for one in listed:
        if one != start and one in upward:
            upward.add_edge(one, "any listed party")
    if "any listed party" not in upward:
        return []
    try:
        found = nx.shortest_simple_paths(upward, start, "any listed party")
        return [hops for hops in (len(way) - 2 for way in islice(found, K)) if hops <= MAX_HOPS]
    except nx.NetworkXNoPath:
        return []


def compare_small(program, graphs, folder):
    ways = verdicts = 0
    for seed in range(graphs):
        rng = random.Random(seed)
        nodes = rng.randint(5, 60)
        edges = random_edges(rng, nodes, rng.randint(nodes, 2 * nodes))
        graph = nx.DiGraph()
        graph.add_edges_from((a, b, {"pct": pct}) for a, b, pct in edges)
        listed = rng.sample(sorted(graph), min(3, len(graph)))
        common = write(folder, edges, listed)
        answers, _ = cordon(program, "control", *common, "--rule", "OFAC", "--no-proof", "--only", "blocked")
        if {one["id"] for one in answers} != ofac(graph, listed):
            sys.exit(f"seed {seed}: the OFAC rule differs from the plain fixpoint")
        verdicts += len(graph)
        starts = sorted(graph)
        answers, _ = cordon(program, "paths", *common, "--owners", "-k", str(K), "--max-hops", str(MAX_HOPS),
                            "--from", ",".join(starts))
        for start in starts:
            ours = [one["hops"] for one in answers if one["from"] == start]
            theirs = ways_up(graph, listed, start)
            if ours != theirs:
                sys.exit(f"seed {seed}, from {start}: cordon {ours}, networkx {theirs}")
            ways += len(ours)
    print(f"{graphs} random networks: {verdicts} verdicts and {ways} ways equal")


def compare_large(program, nodes, folder):
    rng = random.Random(7)
    edges = random_edges(rng, nodes, 3 * nodes)
    listed = [f"E{n}" for n in rng.sample(range(nodes), max(1, nodes // 500))]
    common = write(folder, edges, listed)
    start = f"E{rng.randrange(nodes)}"
    rows = []

    clock = time.process_time
    begin = clock()
    graph = nx.DiGraph()
    with open(folder / "graph.csv") as lines:
        next(lines)
        for line in lines:
            a, b, pct = line.split(",")
            graph.add_edge(a, b, pct=int(pct))
    read = clock() - begin
    begin = clock()
    upward, goal = graph.reverse(copy=False), set(listed)
    nearest = next((hops for node, hops in nx.single_source_shortest_path_length(upward, start).items()
                    if node in goal and node != start), None)
    rows.append(("read, then the nearest listed owner of one party", read + clock() - begin))
    begin = clock()
    blocked = ofac(graph, listed)
    rows.append(("read, then the OFAC rule for all", read + clock() - begin))

    way, near = cordon(program, "paths", *common, "--owners", "-k", "1", "--max-hops", "64", "--from", start)
    verdicts, rule = cordon(program, "control", *common, "--rule", "OFAC", "--no-proof", "--only", "blocked")
    if ([one["hops"] for one in way] or [None])[0] != nearest or {one["id"] for one in verdicts} != blocked:
        sys.exit("the answers on the large network differ")
    print(f"\n{nodes} parties, {len(edges)} holdings, {len(blocked)} blocked; processor seconds, whole process for cordon")
    for (what, theirs), ours in zip(rows, (near, rule)):
        print(f"  {what:50} networkx {theirs:7.2f}   cordon {ours:6.2f}   {theirs / ours:5.1f} x")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--graphs", type=int, default=60)
    parser.add_argument("--nodes", type=int, default=300_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare_small(options.program, options.graphs, Path(folder))
        compare_large(options.program, options.nodes, Path(folder))


if __name__ == "__main__":
    main()
