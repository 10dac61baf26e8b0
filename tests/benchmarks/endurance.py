"""A thousand builds in a row in one process: what grows? Memory, open files, threads, the disk beside the snapshots.

A small corpus of which one article is rewritten before each build, as a schedule sees it; old versions are pruned as an
operator would. Resident memory is read after a garbage collection. It fails where a thread or a file is left open, or
where memory grew by more than a tenth between the first fifth of the runs (until then caches fill) and the last.
All of a build happens in the process that is measured, unless worker processes are asked for.
Usage: python -m tests.benchmarks.endurance [--runs 1000] [--workers 1]
"""

import argparse
import gc
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks import _forks as forks
from tests.e2e.conftest import write

ARTICLES = 5
KEPT = 5
MOST_GROWTH = 1.1
CACHE_BYTES = 256 * 1024
"""The bound of the cache here, low enough to be reached: up to its bound a cache grows, which is what it is for."""


@dataclass(frozen=True)
class Reading:
    """What the process and its output folder take after a run; disk without snapshots, in bytes."""

    memory: int
    files: int
    threads: int
    disk: int
    history: int


def read(process: psutil.Process, output: Path) -> Reading:
    """The figures of this moment."""
    gc.collect()
    kept = [p for p in output.rglob("*") if p.is_file() and not p.is_symlink() and "snapshots" not in p.parts]
    history = (output / "versions.json").stat().st_size
    return Reading(
        process.memory_info().rss,
        process.num_fds(),
        process.num_threads(),
        sum(p.stat().st_size for p in kept) - history,
        history,
    )


def line(run: int, reading: Reading, seconds: float) -> str:
    """A reading as a row of the table."""
    return (
        f"{run:>5} {reading.memory / 2**20:>8.0f} {reading.files:>6} {reading.threads:>8} "
        f"{reading.disk / 2**10:>10.0f} {reading.history / 2**10:>12.0f} {seconds:>8.1f}"
    )


def grew(readings: list[Reading]) -> list[str]:
    """What is larger at the end than it was when caches were full."""
    fifth = max(1, len(readings) // 5)
    early, late = readings[fifth : 2 * fifth] or readings[:1], readings[-fifth:]
    found = [
        f"{name}: {max(getattr(r, name) for r in early)} to {min(getattr(r, name) for r in late)}"
        for name in ("files", "threads")
        if min(getattr(r, name) for r in late) > max(getattr(r, name) for r in early)
    ]
    for name in ("memory", "disk"):
        was, now = (statistics.median(getattr(r, name) for r in part) for part in (early, late))
        if now > MOST_GROWTH * was:
            found.append(f"{name}: {was / 2**20:.1f} to {now / 2**20:.1f} MiB")
    return found


def main() -> None:
    """Builds as often as asked, prints a reading every twentieth of the way, fails where something grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", help="not used")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    process = psutil.Process()
    readings: list[Reading] = []
    with tempfile.TemporaryDirectory(prefix="onrecord-endurance-") as folder, forks.imported():
        from flows.flow import build_snapshot
        from flows.runtime.servers.prefect_server import without_heartbeats
        from flows.runtime.workers.task_runners import Runner
        from flows.settings import Settings
        from flows.snapshots.output_folder.versions import prune
        from schemas.vocabularies import CONTRACT_VERSION

        settings, runner = Settings(cache_max_bytes=CACHE_BYTES), Runner(workers=arguments.workers)
        seeds, output = Path(folder, "seeds"), Path(folder, "output")
        write(seeds, range(ARTICLES))
        print("  run  MiB RSS  files  threads  disk KiB  history KiB  seconds")
        begun = time.monotonic()
        for run in range(1, arguments.runs + 1):
            number = run % ARTICLES
            write(seeds, range(number, number + 1), edition=run)
            with without_heartbeats():  # as the command line builds
                published = build_snapshot(str(seeds), str(output), settings, runner)["version"]
            assert published == f"{CONTRACT_VERSION}.{run - 1}"
            prune(output, KEPT)
            readings.append(read(process, output))
            if run % max(1, arguments.runs // 20) == 0 or run == 1:
                print(line(run, readings[-1], time.monotonic() - begun), flush=True)
    if found := grew(readings):
        sys.exit(f"grew: {'; '.join(found)}")
    print(f"{arguments.runs} runs: memory, open files, threads and disk are where they were")


if __name__ == "__main__":
    main()
