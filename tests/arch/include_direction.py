#!/usr/bin/env python3
"""The shape of the house, checked: which room includes which, how long files are, what stays out of headers.

Reads src/cordon/ROOMS and every source file; prints one line for each breach (file, line, rule) and exits 1.
Run with --self-test to see that each rule can fail.
"""
import re
import statistics
import sys
import tempfile
from pathlib import Path

MAX_LINES, MAX_MEDIAN = 800, 170
# Seconds of compile time each (nlohmann/json_fwd.hpp is the cheap way to name its types).
HEAVY = ("unicode/", "CLI/", "boost/", "nlohmann/")
NOT_IN_HEADERS = ("regex", "iostream")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
# Folders of the machine something was written on have no place in a program that runs elsewhere.
MACHINE = re.compile(r"(?<![\w.])/(?:work|root)/|(?<![\w.])/home/[a-z]+/")
SOURCE = {".cpp", ".hpp", ".h", ".c", ".def", ".py", ".ts", ".tsx", ".css", ".html"}


def rooms_of(root):
    rows = (root / "src/cordon/ROOMS").read_text(encoding="utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]


def check(root):
    rooms = rooms_of(root)
    rank = {room: i for i, room in enumerate(rooms)}
    found, lengths = [], []
    for path in sorted((root / "src").rglob("*")):
        if path.suffix not in SOURCE or not path.is_file():
            continue
        name = path.relative_to(root).as_posix()
        lines = path.read_text(encoding="utf-8").splitlines()
        lengths.append(len(lines))
        if len(lines) > MAX_LINES:
            found.append(f"{name}:{MAX_LINES + 1}: a file has at most {MAX_LINES} lines, this one {len(lines)}")
        parts = path.relative_to(root / "src").parts
        room = parts[1] if parts[0] == "cordon" and len(parts) > 2 else None
        if room is not None and room not in rank:
            found.append(f"{name}:1: the room '{room}' is not in src/cordon/ROOMS")
        header = path.suffix in (".hpp", ".h")
        for number, line in enumerate(lines, 1):
            if MACHINE.search(line):
                found.append(f"{name}:{number}: names a folder of one machine: {line.strip()}")
            include = INCLUDE.match(line)
            if not include:
                continue
            target = include.group(1)
            if header and target in NOT_IN_HEADERS:
                found.append(f"{name}:{number}: <{target}> does not belong in a header")
            if header and target.startswith(HEAVY) and not target.endswith("json_fwd.hpp"):
                found.append(f"{name}:{number}: {target} is heavy and belongs in a .cpp only")
            if room is None:
                continue
            if not target.startswith("cordon/"):
                if target.startswith(("cli/", "serve/")):
                    found.append(f"{name}:{number}: the room '{room}' includes {target}, which lies outside the rooms")
                continue
            other = target.split("/")[1]
            if other not in rank:
                found.append(f"{name}:{number}: {target}: '{other}' is not a room of src/cordon/ROOMS")
            elif room in rank and rank[other] > rank[room]:
                found.append(f"{name}:{number}: '{room}' includes '{other}', but ROOMS lists '{other}' after it")
    if lengths and statistics.median(lengths) >= MAX_MEDIAN:
        found.append(f"src: the median file has {statistics.median(lengths):g} lines, allowed are less than {MAX_MEDIAN}")
    return found


def self_test():
    """Each rule on a small tree that breaks it, and a clean tree that breaks none."""
    cases = {
        "clean": ({"src/cordon/b/x.cpp": '#include <unicode/x.h>\n#include "cordon/a/y.hpp"\n',
                   "src/cli/z.cpp": '#include "cordon/b/x.hpp"\n'}, None),
        "direction": ({"src/cordon/a/x.cpp": '\n#include "cordon/b/y.hpp"\n'}, "x.cpp:2: 'a' includes 'b'"),
        "unknown room": ({"src/cordon/a/x.cpp": '#include "cordon/c/y.hpp"\n'}, "'c' is not a room"),
        "unlisted room": ({"src/cordon/d/x.cpp": "\n"}, "'d' is not in src/cordon/ROOMS"),
        "outside": ({"src/cordon/a/x.cpp": '#include "cli/y.hpp"\n'}, "outside the rooms"),
        "long": ({"src/cordon/a/x.cpp": "\n" * 801, "src/cordon/a/y.cpp": "", "src/cordon/a/z.cpp": ""}, "at most 800"),
        "median": ({"src/cordon/a/x.cpp": "\n" * 170}, "median"),
        "regex": ({"src/cordon/a/x.hpp": "#include <regex>\n"}, "<regex>"),
        "heavy": ({"src/cordon/a/x.hpp": "#include <nlohmann/json.hpp>\n"}, "heavy"),
        "machine": ({"src/cordon/a/x.cpp": "// see /root" + "/notes\n"}, "one machine"),
    }
    for name, (files, expected) in cases.items():
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for file, text in {"src/cordon/ROOMS": "# rooms\na\nb\n", **files}.items():
                (root / file).parent.mkdir(parents=True, exist_ok=True)
                (root / file).write_text(text, encoding="utf-8")
            found = check(root)
        good = not found if expected is None else len(found) == 1 and expected in found[0]
        if not good:
            sys.exit(f"self-test '{name}': expected {expected!r}, found {found}")


def main():
    self_test()
    if "--self-test" in sys.argv[1:]:
        return
    found = check(Path(__file__).resolve().parents[2])
    for line in found:
        print(line)
    if found:
        sys.exit(f"{len(found)} breaches of the house rules")


if __name__ == "__main__":
    main()
