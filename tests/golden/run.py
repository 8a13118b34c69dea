#!/usr/bin/env python3
"""Golden tests: what each verb prints, byte for byte.

usage: tests/golden/run.py PROGRAM [--update] [--only VERB]

tests/golden/<verb>/NAME.cmd is a line for bash, run in that folder with CORDON = the program. NAME.out is the
expected stdout, NAME.err (if there) the expected stderr, NAME.rc (if there) the expected exit status, else 0.
--update writes what was found instead of comparing. A line '# needs ../shared' in a .cmd skips the case where the
repository has no folder 'shared' beside it; the case finds that folder in $SHARED.
"""
import argparse
import difflib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
SECONDS = 120


def text_of(data):
    return data.decode("utf-8", "backslashreplace").splitlines(keepends=True)


def difference(name, expected, found):
    lines = difflib.unified_diff(text_of(expected), text_of(found), f"{name} (expected)", f"{name} (found)")
    shown = [line if line.endswith("\n") else line + "\n\\ no newline at end\n" for line in lines]
    more = [f"... {len(shown) - 60} more lines\n"] if len(shown) > 60 else []
    return "".join(shown[:60] + more)


def run(case, program):
    """(stdout, stderr, status) of one .cmd file."""
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("CORDON", "LC_", "LANG"))},
        "CORDON": str(program), "LC_ALL": "C", "TZ": "UTC", "SHARED": str(SHARED),
    }
    done = subprocess.run(["bash", "-euo", "pipefail", str(case)], cwd=case.parent, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False)
    return done.stdout, done.stderr, done.returncode


def check(case, program, update):
    """The text of what differs; empty where all is as expected."""
    try:
        out, err, status = run(case, program)
    except subprocess.TimeoutExpired:
        return f"still running after {SECONDS} s\n"
    out_file, err_file, status_file = (case.with_suffix(s) for s in (".out", ".err", ".rc"))
    if update:
        out_file.write_bytes(out)
        if err_file.exists():
            err_file.write_bytes(err)
        if status != 0:
            status_file.write_text(f"{status}\n")
        else:
            status_file.unlink(missing_ok=True)
        return ""
    wrong = ""
    expected_status = int(status_file.read_text()) if status_file.exists() else 0
    if status != expected_status:
        wrong += f"exit status: expected {expected_status}, found {status}\n"
        if not err_file.exists():
            wrong += "".join(text_of(err)[-20:])
    if not out_file.exists():
        wrong += f"{out_file.name} is missing; --update writes it\n"
    elif out_file.read_bytes() != out:
        wrong += difference(out_file.name, out_file.read_bytes(), out)
    if err_file.exists() and err_file.read_bytes() != err:
        wrong += difference(err_file.name, err_file.read_bytes(), err)
    return wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("--only", metavar="VERB")
    options = arguments.parse_args()
    program = options.program.resolve()
    if not os.access(program, os.X_OK):
        sys.exit(f"{program}: no such program")
    if options.only and not (HERE / options.only).is_dir():
        sys.exit(f"{HERE / options.only}: no such folder of golden tests")
    passed, failed, skipped = 0, 0, 0
    for case in sorted(HERE.glob(f"{options.only or '*'}/*.cmd")):
        name = case.relative_to(HERE).as_posix()
        needs = any(line.strip() == "# needs ../shared" for line in case.read_text(encoding="utf-8").splitlines())
        if needs and not SHARED.is_dir():
            print(f"skipped {name}: it needs the folder 'shared' beside the repository")
            skipped += 1
            continue
        wrong = check(case, program, options.update)
        if wrong:
            print(f"FAILED {name}\n{wrong}", end="")
            failed += 1
        else:
            passed += 1
    print(f"golden tests: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
