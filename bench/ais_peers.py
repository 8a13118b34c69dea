#!/usr/bin/env python3
"""Lines of AIS a second of processor time: cordon beside the decoders that package registries offer.

usage: bench/ais_peers.py PROGRAM FEED [--bench AIS_BENCH] [--work DIR] [--lines N] [--runs N]

PROGRAM is cordon, FEED a file of plain sentences (no tag blocks: not every peer takes them). Peers are installed in the
work folder on first use: pyais and libais with pip, nmea-parser with cargo, gpsdecode from the system or from Debian's
packages, unpacked without being installed. A peer that cannot be had is told as such, with the reason. All read the
same lines in the same run, FEED repeated to --lines; cordon, which would be done before the clock has moved, reads them
ten times over. Each is run several times and the least user plus system time of all its threads is shown: what else the
machine does can only add to it. --bench names the ais_bench program of a benchmark build: it measures decoding to
columns, which no command line tool shows.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

PYAIS = """
import sys
from pyais.stream import FileReaderStream
good = bad = 0
for message in FileReaderStream(sys.argv[1]):
    try:
        message.decode()
        good += 1
    except Exception:
        bad += 1
print(good)
"""

LIBAIS = """
import sys
import ais.stream
good = 0
with open(sys.argv[1]) as feed:
    for message in ais.stream.decode(feed):
        good += 1
print(good)
"""

NMEA_PARSER_MANIFEST = """
[package]
name = "peer"
version = "0.1.0"
edition = "2021"
[dependencies]
nmea-parser = "0.11"
[profile.release]
lto = true
codegen-units = 1
"""

NMEA_PARSER = """
use std::io::BufRead;
fn main() {
    let file = std::fs::File::open(std::env::args().nth(1).unwrap()).unwrap();
    let mut parser = nmea_parser::NmeaParser::new();
    let mut good: u64 = 0;
    // It panics on some messages of type 26.
    std::panic::set_hook(Box::new(|_| {}));
    for line in std::io::BufReader::new(file).lines().flatten() {
        let parsed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| parser.parse_sentence(&line)));
        match parsed {
            Ok(Ok(nmea_parser::ParsedMessage::Incomplete)) => {}
            Ok(Ok(_)) => good += 1,
            _ => {}
        }
    }
    println!("{}", good);
}
"""


class Unavailable(Exception):
    """Why a peer cannot be had."""


def prepare(command, **options):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False, **options)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(str(error)) from error
    if done.returncode != 0:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise Unavailable(f"{command[0]}: {lines[-1] if lines else 'failed'}")


def python_peer(work, package, text):
    home = work / package
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        prepare([sys.executable, "-m", "venv", str(home)])
        prepare([str(python), "-m", "pip", "install", "--quiet", package])
        (home / "ready").touch()
    script = home / "peer.py"
    script.write_text(text)
    version = subprocess.run([str(python), "-c", f"import importlib.metadata as m; print(m.version('{package}'))"],
                             capture_output=True, text=True, check=False).stdout.strip()
    return f"{package} {version}", lambda feed: [str(python), str(script), str(feed)], {}


def nmea_parser(work):
    home = work / "nmea-parser"
    program = home / "target" / "release" / "peer"
    if not program.exists():
        (home / "src").mkdir(parents=True, exist_ok=True)
        (home / "Cargo.toml").write_text(NMEA_PARSER_MANIFEST)
        (home / "src" / "main.rs").write_text(NMEA_PARSER)
        prepare(["cargo", "build", "--release", "--quiet"], cwd=home)
    return "nmea-parser 0.11 (Rust)", lambda feed: [str(program), str(feed)], {}


def gpsdecode(work):
    program, environment = shutil.which("gpsdecode"), {}
    if program is None:
        home = work / "gpsd"
        if not (home / "ready").exists():
            home.mkdir(parents=True, exist_ok=True)
            prepare(["bash", "-c", "apt-get download gpsd-clients libusb-1.0-0 libbluetooth3 "
                                   "$(apt-cache depends gpsd-clients | "
                                   "sed -n 's/.*Depends: \\(libgps[0-9]*\\)$/\\1/p') && "
                                   "for p in *.deb; do dpkg -x \"$p\" .; done"], cwd=home)
            (home / "ready").touch()
        program = str(home / "usr" / "bin" / "gpsdecode")
        libraries = {str(path.parent) for path in home.glob("**/lib*.so*")}
        environment = {"LD_LIBRARY_PATH": ":".join(sorted(libraries))}
    version = subprocess.run([program, "-V"], capture_output=True, text=True, check=False,
                             env={**os.environ, **environment})
    words = (version.stdout + version.stderr).replace(",", " ").split()
    number = next((word for word in words if word[:1].isdigit() and "." in word), "")
    return f"gpsdecode {number} -j", lambda feed: ["sh", "-c", f'exec "{program}" -j <"{feed}"'], environment


def measure(command, runs, environment):
    """(processor seconds of the best run, what it wrote: the last line, and how many)"""
    best = None
    for _ in range(runs):
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                 env={**os.environ, **environment})
        lines, last, rest = 0, b"", b""
        while block := child.stdout.read(1 << 20):
            lines += block.count(b"\n")
            rest = (rest + block)[-4096:]
        last = rest.strip().rsplit(b"\n", 1)[-1]
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise Unavailable(f"exit {child.returncode}")
        seconds = usage.ru_utime + usage.ru_stime
        best = seconds if best is None else min(best, seconds)
    return best, int(last) if last.isdigit() else lines


def repeat(feed, target, lines):
    text = feed.read_bytes().replace(b"\r\n", b"\n")
    if not text.endswith(b"\n"):
        text += b"\n"
    each = text.count(b"\n")
    times = max(1, -(-lines // each))
    with open(target, "wb") as out:
        for _ in range(times):
            out.write(text)
    return times * each


def columns(bench, feed):
    """Lines a second of one core, by ais_bench: (to columns, to JSON)."""
    done = subprocess.run([bench, "--benchmark_filter=(columns/.*:2|ndjson/2)$", "--benchmark_format=json",
                           "--benchmark_min_time=1", "--benchmark_repetitions=3"],
                          env={**os.environ, "CORDON_AIS_SAMPLE": str(feed)}, capture_output=True, text=True,
                          check=True)
    best = {}
    for row in json.loads(done.stdout)["benchmarks"]:
        if row.get("run_type") == "iteration":
            name = row["name"].split("/")[0]
            best[name] = max(best.get(name, 0), row["items_per_second"])
    return best["columns"], best["ndjson"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("feed", type=Path)
    parser.add_argument("--bench", type=Path, help="ais_bench of a benchmark build")
    parser.add_argument("--work", type=Path, default=Path("build/ais_peers"))
    parser.add_argument("--lines", type=int, default=200000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    options.work = options.work.resolve()
    options.work.mkdir(parents=True, exist_ok=True)

    feed, long_feed = options.work / "feed.nmea", options.work / "feed10.nmea"
    lines = repeat(options.feed, feed, options.lines)
    long_lines = repeat(feed, long_feed, lines * 10)
    print(f"{lines} lines, best of {options.runs} runs, user + system time of all threads")

    rates = {}
    peers = {
        "nmea-parser": nmea_parser,
        "gpsdecode": gpsdecode,
        "libais": lambda work: python_peer(work, "libais", LIBAIS),
        "pyais": lambda work: python_peer(work, "pyais", PYAIS),
    }
    for name, install in peers.items():
        try:
            title, command, environment = install(options.work)
            seconds, messages = measure(command(feed), options.runs, environment)
        except Unavailable as reason:
            print(f"{name:32} not available: {reason}")
            continue
        rates[title] = lines / seconds
        print(f"{title:32} {lines / seconds:>14,.0f} lines/s   {messages} messages")

    program = str(options.program.resolve())
    seconds, messages = measure([program, "ais", "decode", str(long_feed)], options.runs, {"CORDON_THREADS": "1"})
    ours = {"cordon ais decode (NDJSON)": long_lines / seconds}
    print(f"{'cordon ais decode (NDJSON)':32} {long_lines / seconds:>14,.0f} lines/s   {messages // 10} messages")
    if options.bench:
        to_columns, _ = columns(str(options.bench.resolve()), feed)
        ours["cordon to columns"] = to_columns
        print(f"{'cordon to columns':32} {to_columns:>14,.0f} lines/s")
    for mine, rate in ours.items():
        for peer, other in rates.items():
            print(f"{mine} : {peer} = {rate / other:.1f}")


if __name__ == "__main__":
    main()
