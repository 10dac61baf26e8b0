"""`make bench`: runs every benchmark in a process of its own and prints what it measured.

Usage: python -m tests.benchmarks [--shared ../shared] [--quick] [NAME …]
Those that last, minutes to hours, run only when they are named: faults, endurance, hostile, fuzz.
A benchmark is a module of this folder with a `main` that takes --shared; it prints its figures and the machine's
size, and skips with a message what is not installed or not there. Speed is measured here and asserted nowhere.
"""

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LASTING = {"faults", "endurance", "hostile", "fuzz"}
QUICK = {"throughput", "near_copies", "extraction"}


def names() -> list[str]:
    """Every benchmark of this folder."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def main() -> None:
    """Runs the benchmarks that are asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.names) - set(names()))
    if unknown:
        parser.error(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(names())}")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"machine: {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, Python {platform.python_version()}\n")
    failed = []
    for name in arguments.names or [name for name in names() if name not in LASTING]:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"tests.benchmarks.{name}", "--shared", arguments.shared]
        done = subprocess.run([*command, *(["--quick"] if arguments.quick and name in QUICK else [])], check=False)
        if done.returncode:
            failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
