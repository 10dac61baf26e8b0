"""Raw files to published snapshot, beside bare spaCy on the same texts in the same run; growth, reruns, memory.

Usage: python -m tests.benchmarks.throughput [--shared ../shared] [--articles 1000] [--growth]
Memory is the peak of the sum of resident sizes over the process and all its children, sampled ten times a second.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Measured:
    """What one command took."""

    seconds: float
    peak_mib: float


def _children(pid: int) -> list[int]:
    found, pending = [], [pid]
    while pending:
        current = pending.pop()
        found.append(current)
        for task in Path(f"/proc/{current}/task").glob("*/children"):
            try:
                pending += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    total = 0
    for process in _children(pid):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
        except (OSError, IndexError):
            continue
    return total


def measure(command: list[str]) -> Measured:
    """Runs a command to its end; its time and the peak memory of it and its children."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak, over = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.1):
            peak = max(peak, _resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    over.set()
    watcher.join()
    if code:
        sys.exit(f"{' '.join(command)} ended with {code}")
    return Measured(time.perf_counter() - begun, peak / 2**20)


def sample(shared: Path, count: int) -> list[dict[str, str]]:
    """`count` articles of the corpus, the same ones each time."""
    with (shared / "eval/news/all.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(7).shuffle(rows)  # noqa: S311 - a sample, not a secret
    return [row for row in rows if len(row["text"]) > 400][:count]


def write(rows: list[dict[str, str]], folder: Path, prefix: str = "a") -> None:
    """Articles as JSON Lines of 200, as a feed would deliver them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(0, len(rows), 200):
        part = "\n".join(json.dumps(row) for row in rows[number : number + 200])
        (folder / f"{prefix}{number:06d}.jsonl").write_text(part, encoding="utf-8")


def build(seeds: Path, output: Path, *flags: str) -> Measured:
    """One build by the command line."""
    return measure(
        [sys.executable, "-m", "flows", "build", "--seeds", str(seeds), "--output", str(output), "--quiet", *flags]
    )


SPACY = """
import sys, json, spacy
texts = [json.loads(l)["text"] for p in sys.argv[1:] for l in open(p, encoding="utf-8")]
nlp = spacy.load("en_core_web_sm")
print(sum(len(doc) for doc in nlp.pipe(texts, n_process=2)))
"""


def spacy(seeds: Path) -> Measured | None:
    """Bare spaCy on the same texts with two processes; None where it is not installed."""
    if subprocess.run([sys.executable, "-c", "import en_core_web_sm"], capture_output=True, check=False).returncode:
        return None
    return measure([sys.executable, "-c", SPACY, *map(str, sorted(seeds.glob("*.jsonl")))])


def report(name: str, took: Measured, words: int) -> None:
    """One line of figures."""
    print(
        f"{name:<34}{took.seconds:9.1f} s {words / took.seconds:11,.0f} words/s {took.peak_mib:9,.0f} MiB", flush=True
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--growth", action="store_true", help="measure 1,000, 5,000 and 20,000 articles")
    arguments = parser.parse_args()
    if not (arguments.shared / "eval/news/all.jsonl").is_file():
        print("skipped: ../shared/eval/news/all.jsonl is not here")
        return
    for count in [1000, 5000, 20000] if arguments.growth else [arguments.articles]:
        with tempfile.TemporaryDirectory() as scratch:
            _one(sample(arguments.shared, count + count // 100), count, Path(scratch))


def _one(rows: list[dict[str, str]], count: int, scratch: Path) -> None:
    seeds, output = scratch / "seeds", scratch / "output"
    write(rows[:count], seeds)
    words = sum(len(row["text"].split()) for row in rows[:count])
    print(f"-- {count} articles, {words:,} words")
    full = build(seeds, output)
    report("onrecord, raw files to snapshot", full, words)
    bare = spacy(seeds)
    if bare is None:
        print("bare spaCy: skipped, en_core_web_sm is not installed (pip install -e '.[bench]')")
    else:
        report("bare spaCy, n_process=2", bare, words)
        print(f"{'onrecord : bare spaCy':<34}{bare.seconds / full.seconds:9.2f} ×")
    again = build(seeds, output)
    report("unchanged rerun", again, words)
    write(rows[count:], seeds, "new")
    report("rerun with 1 % new articles", build(seeds, output), words)
    size = sum(p.stat().st_size for p in output.rglob("*") if p.is_file() and not p.is_symlink())
    print(f"{'output folder':<34}{size / 2**20:9.0f} MiB")
    shutil.rmtree(scratch / "seeds")


if __name__ == "__main__":
    main()
