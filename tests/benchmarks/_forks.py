"""Builds in forks of one process that has imported everything and has one Prefect server: seconds, not a minute each.

A fork is a process of its own, which kill -9 ends as it ends any other. The parent never computes anything, because
threads of the data libraries do not survive a fork: builds, checks and pruning all run in children.
"""

import contextlib
import importlib
import os
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from flows.runtime.environment import configure_environment, silence_prefect_loggers
from flows.runtime.servers.prefect_server import private_server

CHANGING = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree")
"""Audit events of everything that changes a disk; `open` for reading among them, which does no harm."""


@contextlib.contextmanager
def imported() -> Iterator[None]:
    """Imports everything that a build needs, and serves its Prefect API meanwhile."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as home:
        os.environ["PREFECT_HOME"] = home
        configure_environment()
        silence_prefect_loggers()
        with private_server(Path(home), Path(home, "server.log")) as server:
            import flows.cli.validate
            import flows.flow
            import flows.report.page.charts
            import flows.report.terminal.build_summary
            import flows.validate.gate.expectations  # noqa: F401

            server.wait()
            yield


def preload(work: Callable[[], object], told: Path) -> None:
    """Runs `work` in a child once, and imports here what it imported on the way, so that later children need not."""

    def listed() -> None:
        work()
        told.write_text("\n".join(sys.modules))

    end(start(listed))
    for name in told.read_text().splitlines():
        if name not in sys.modules and name.isprintable():
            with contextlib.suppress(Exception):
                importlib.import_module(name)


def die() -> None:
    """Ends this process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def start(work: Callable[[], object]) -> int:
    """Runs `work` in a child; its process id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def end(pid: int) -> bool:
    """Waits for a child; whether it came to its end rather than being killed. Raises where it failed."""
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return False
    if status:
        raise SystemExit(f"a process of the benchmark failed with status {status}; its error is above")
    return True


def killed_after(seconds: float, work: Callable[[], object]) -> bool:
    """Whether a child was killed `seconds` after its start; False where it was done before."""
    pid = start(work)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            if status:
                raise SystemExit(f"a build failed with status {status}; its error is above")
            return False
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    return not end(pid)


def killed_at_event(number: int, work: Callable[[], object]) -> bool:
    """Whether a child was killed at its n-th change of the disk, in whichever thread that was."""

    def counted() -> None:
        count(lambda done: die() if done > number else None)
        work()

    return not end(start(counted))


def count(told: Callable[[int], object]) -> None:
    """Has `told` called with 1, 2, 3 … before each change that this process makes to a disk."""
    lock = threading.Lock()
    done = 0

    def hook(event: str, _: object) -> None:
        nonlocal done
        if event in CHANGING:
            with lock:
                done += 1
            told(done)

    sys.addaudithook(hook)
