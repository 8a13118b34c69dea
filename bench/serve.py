#!/usr/bin/env python3
"""How fast cordon serve is: start, cost of a request, /match under load, memory under idle connections.

usage: bench/serve.py PROGRAM [--lists PATH]... [--feed FILE]... [--port 18180] [--connections 10000]

Needs wrk (Debian: wrk). The server runs on core 0, wrk on core 1. Prints one line a measure.
"""
import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

LUA = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local bodies = {}
for line in io.lines("%s") do bodies[#bodies + 1] = line end
local i = 0
request = function() i = i %% #bodies + 1; return wrk.format(nil, "/match/default?limit=5", nil, bodies[i]) end
"""
# 64 connections that each pause 30 ms on average ask about 2,000 times a second, however fast the answers are.
PAUSE = "delay = function() return math.random(0, 60) end\n"


def get(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


ONE_CORE = ["taskset", "-c", "0"]


def start(program, arguments, port, path, cores=ONE_CORE):
    """(process, ms to the first 200 of path)"""
    begin = time.perf_counter()
    process = subprocess.Popen([*cores, program, "serve", "--listen", f"127.0.0.1:{port}",
                                *(["--threads", "1"] if cores else []), *arguments], stderr=subprocess.DEVNULL)
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)) as peer:
                peer.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
                if b" 200 " in peer.recv(100):
                    return process, (time.perf_counter() - begin) * 1000
        except OSError:
            pass
        time.sleep(0.001)


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def wrk(pid, url, connections, seconds, script=None):
    before = cpu_seconds(pid)
    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    out = subprocess.run([*command, *(["-s", script] if script else []), url], capture_output=True, text=True,
                         check=True).stdout
    used = cpu_seconds(pid) - before
    requests = next(int(line.split()[0]) for line in out.splitlines() if " requests in " in line)
    bad = [line.strip() for line in out.splitlines() if "Non-2xx" in line or "Socket errors" in line]
    p99 = next(line.split()[1] for line in out.splitlines() if line.strip().startswith("99%"))
    return requests / seconds, requests / used if used else 0, used / requests * 1e6, p99, bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--lists", action="append", default=[])
    parser.add_argument("--feed", action="append", default=[])
    parser.add_argument("--port", type=int, default=18180)
    parser.add_argument("--connections", type=int, default=10000)
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("bench/serve.py: wrk is not installed (Debian: wrk)")
    base = f"http://127.0.0.1:{options.port}"
    lists = [word for path in options.lists for word in ("--lists", path)]

    def median_start(what, arguments):
        for cores, name in ((ONE_CORE, "one core"), ([], "all cores")):
            starts = []
            for _ in range(5):
                process, ms = start(options.program, arguments, options.port, "/readyz", cores)
                starts.append(ms)
                process.terminate()
                process.wait()
            print(f"start to first 200 of /readyz, {what}, {name}: median {sorted(starts)[2]:.0f} ms")

    median_start("embedded lists", [])
    if options.feed or lists:
        median_start("lists and feeds", [*lists, *options.feed])
        with tempfile.TemporaryDirectory() as folder:
            kept = ["--snapshot", f"{folder}/lists.cordonidx"]
            median_start("lists, their index kept", [*lists, *kept])
            median_start("lists and feeds, the index kept", [*lists, *options.feed, *kept])
    process, _ = start(options.program, [*lists, *options.feed], options.port, "/readyz")
    status = json.loads(get(base + "/api/v1/status"))
    entities = sum(row["entities"] for row in status["lists"])
    print(f"loaded: {entities} entities, {status['positions']} positions; {memory_mb(process.pid):.0f} MB")

    rate, _, cost, p99, bad = wrk(process.pid, base + "/healthz", 16, options.seconds)
    print(f"/healthz, 16 connections: {rate:,.0f} requests/s, {cost:.1f} us of CPU a request, p99 {p99} {bad}")

    found = json.loads(get(base + "/search/default?limit=400"))["results"]
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/bodies", "w", encoding="utf-8") as bodies:
            for entity in found:
                properties = {k: v[:1] for k, v in entity["properties"].items()
                              if k in ("name", "birthDate", "country", "nationality", "imoNumber")}
                bodies.write(json.dumps({"queries": {"q": {"schema": entity["schema"], "properties": properties}}},
                                        ensure_ascii=False) + "\n")
        with open(folder + "/match.lua", "w", encoding="utf-8") as script:
            script.write(LUA % (folder + "/bodies"))
        rate, per_cpu, cost, p99, bad = wrk(process.pid, base, 64, options.seconds, folder + "/match.lua")
        print(f"/match, 64 connections, one core, as fast as it goes: {rate:,.0f} requests/s ({per_cpu:,.0f} a CPU "
              f"second), {cost:.0f} us of CPU each, p99 {p99} {bad}")
        with open(folder + "/match.lua", "a", encoding="utf-8") as script:
            script.write(PAUSE)
        rate, _, _, p99, bad = wrk(process.pid, base, 64, options.seconds, folder + "/match.lua")
        print(f"/match, 64 connections that pause: {rate:,.0f} requests/s, p99 {p99} {bad}")

    before = memory_mb(process.pid)
    slow = []
    for _ in range(options.connections):
        try:
            peer = socket.create_connection(("127.0.0.1", options.port), timeout=2)
            peer.sendall(b"GET /api/v1/status HTTP/1.1\r\nHost: loc")
            slow.append(peer)
        except OSError:
            break
    begin = time.perf_counter()
    get(base + "/healthz")
    print(f"{len(slow)} clients in the middle of a head: {memory_mb(process.pid) - before:.0f} MB more, the next one "
          f"answered in {(time.perf_counter() - begin) * 1000:.1f} ms")
    for peer in slow:
        peer.close()
    process.terminate()
    process.wait()


if __name__ == "__main__":
    main()
