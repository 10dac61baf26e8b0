"""Thousands of malformed files through the whole build, and good articles damaged at random; nothing may be lost.

The command line reads a folder of files made to break it (tests/hostile.py; with --huge also gzip and HTML bombs, ten
million quotation marks, a sentence of a million words, the longest text that is allowed) while one file is written to
all the time, and then a folder of damaged articles of ../shared/seeds (of seeds/articles where that is absent). The run
must end with a snapshot, or with the quality gate's report on it; every file must be in it, as article or reject.
Usage: python -m tests.benchmarks.hostile [--shared ../shared] [--files 3000] [--huge]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from flows.ingest.sources.local_files import escape
from tests.builders import hostile

ROOT = Path(__file__).resolve().parent.parent.parent


def build(seeds: Path, output: Path) -> None:
    """Runs the command line; prints its time and the most memory that any of its processes had."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", "build", "-q", "--seeds", str(seeds), "--output", str(output)], cwd=ROOT
    )
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: the quality gate refused what was read
        sys.exit(f"the build of {seeds} ended with status {status}")
    print(
        f"  {time.monotonic() - begun:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of processor time, "
        f"{used.ru_maxrss / 2**20:.1f} GiB at most"
    )


def account(seeds: Path, output: Path) -> None:
    """Fails unless every file is an article or a reject; prints how many of which."""
    from flows.cli.validate import violations_of
    from flows.snapshots import manifest
    from flows.snapshots.inputs import read_inputs

    published = (output / "latest").is_symlink()
    folder = output / "latest" if published else max((output / "failed").iterdir())
    assert not (published and (found := violations_of(folder)[1])), found
    inputs = read_inputs(folder, manifest.read(folder)).to_dicts()
    went_in = {escape(path.name) for path in seeds.iterdir()}
    came_out = {item["source_uri"].split("#")[0] for item in inputs}
    assert came_out == went_in, sorted(came_out ^ went_in)[:5]
    assert all((item["article_id"] is None) != (item["reason"] is None) for item in inputs)
    reasons = Counter(item["reason"] for item in inputs if item["reason"])
    articles = len(inputs) - reasons.total()
    print(f"  {len(went_in)} files in: {articles} articles and {reasons.total()} rejects out, none lost", end="; ")
    print("published" if published else "the quality gate refused them for what is in them, as it should")
    print("  " + ", ".join(f"{reason} {number}" for reason, number in reasons.most_common()))


def writing(path: Path, over: threading.Event) -> None:
    """Writes to a file all the time."""
    while not over.wait(0.001):
        with path.open("a") as sink:
            sink.write(hostile.SENTENCE)
        if path.stat().st_size > 2**20:
            path.write_text("")


def main() -> None:
    """Builds both folders."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--huge", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-hostile-") as folder:
        seeds, output, over = Path(folder, "seeds"), Path(folder, "output"), threading.Event()
        print(f"{arguments.files} malformed files")
        hostile.write(seeds, arguments.files, huge=arguments.huge)
        writer = threading.Thread(target=writing, args=(seeds / "secret.txt", over), daemon=True)
        writer.start()
        build(seeds, output)
        over.set()
        writer.join()
        account(seeds, output)
        found = Path(arguments.shared, "seeds")
        good = sorted((found if found.is_dir() else ROOT / "seeds/articles").glob("*.txt"))
        seeds, output = Path(folder, "damaged"), Path(folder, "damaged-output")
        seeds.mkdir()
        print(f"{arguments.files // 10} damaged articles")
        for name, data in hostile.damaged([path.read_bytes() for path in good], arguments.files // 10):
            (seeds / name).write_bytes(data)
        build(seeds, output)
        account(seeds, output)


if __name__ == "__main__":
    main()
