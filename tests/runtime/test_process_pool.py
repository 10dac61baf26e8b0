"""Worker processes: results in order, errors as they were raised, and a worker that is killed is replaced."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextvars import copy_context
from functools import partial
from operator import truediv
from pathlib import Path

import psutil
import pytest

from flows.errors import LostWorkerError
from flows.runtime.limits import LIMITS
from flows.runtime.workers.executors import (
    InlineExecutor,
    abandon_work,
    current_executor,
    each_in_workers,
    executing,
    map_in_workers,
    run_in_worker,
    start_workers,
    submit,
)
from flows.runtime.workers.process_pool import ProcessPool
from flows.runtime.workers.task_runners import Runner, create_executor, create_helper

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    with ProcessPool(2) as pool, executing(pool):
        yield pool


class OddError(Exception):
    """An error that pickles and cannot be read back."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} {other}")


def fail_oddly() -> None:
    raise OddError("what", "happened")


def import_it(name: str) -> str:
    return str(__import__(name).__file__)


def test_a_worker_imports_nothing_from_the_folder_that_the_build_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("polars", "loky", "cloudpickle", "colorsys", "multiprocessing"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'was_run')!r}, 'a').write({name!r})")
    monkeypatch.chdir(tmp_path)
    with ProcessPool(1) as pool:
        assert not pool.submit(import_it, "polars").result(60).startswith(str(tmp_path))
    assert not (tmp_path / "was_run").exists()


def test_the_module_imports_nothing_from_there_either(tmp_path: Path) -> None:
    for name in ("typer", "pathlib", "logging", "polars"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('was run')")
    elsewhere = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run(
        [sys.executable, "-m", "flows", "--version"],
        env={**elsewhere, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("pool")
def test_results_come_in_the_order_of_the_calls_from_other_processes() -> None:
    assert map_in_workers(divmod, [(n, 7) for n in range(40)]) == [divmod(n, 7) for n in range(40)]
    assert run_in_worker(os.getpid) != os.getpid()


def test_of_many_calls_few_arguments_are_made_before_there_are_results(pool: ProcessPool) -> None:
    made = 0

    def calls() -> Iterator[tuple[int, int]]:
        nonlocal made
        for made in range(1, 101):
            yield made, 2

    found = each_in_workers(truediv, calls())
    assert next(found) == 0.5
    assert made == LIMITS.calls_ahead
    assert [*found] == [number / 2 for number in range(2, 101)]


def test_where_there_is_no_executor_work_is_done_here() -> None:
    assert current_executor() is None
    assert run_in_worker(os.getpid) == os.getpid()
    assert map_in_workers(os.getpid, [(), ()]) == [os.getpid()] * 2
    failed = submit(truediv, 1, 0)
    with pytest.raises(ZeroDivisionError):
        failed.result()


def test_one_processor_needs_no_process() -> None:
    for runner, inline in ((Runner(workers=1), True), (Runner(workers=2), False)):
        with create_executor(runner) as executor, create_helper(runner) as helper:
            assert isinstance(executor, InlineExecutor) == isinstance(helper, InlineExecutor) == inline


def test_the_threads_of_a_block_have_its_executor(pool: ProcessPool) -> None:
    seen = []
    thread = threading.Thread(target=copy_context().run, args=(lambda: seen.append(current_executor()),))
    thread.start()
    thread.join()
    assert seen == [pool]


@pytest.mark.usefixtures("pool")
def test_what_a_worker_raises_is_raised_where_it_is_asked_for_and_the_worker_goes_on() -> None:
    with pytest.raises(ZeroDivisionError, match="division by zero"):
        run_in_worker(truediv, 1, 0)
    with pytest.raises(RuntimeError, match="OddError: what happened"):
        run_in_worker(fail_oddly)
    assert run_in_worker(truediv, 1, 2) == 0.5


def test_workers_have_loaded_what_they_were_told_to_before_their_first_work() -> None:
    with ProcessPool(1, partial(os.umask, 0o055)) as pool:  # something that a process keeps
        pool.start()
        assert pool.submit(os.umask, 0o022).result() == 0o055


def test_a_pool_starts_as_many_workers_as_are_worth_it_and_keeps_them() -> None:
    with ProcessPool(4) as pool, executing(pool):
        start_workers(1)
        start_workers(4)
        assert len(set(map_in_workers(os.getpid, [()] * 8))) == 1


def test_what_cannot_be_loaded_is_told_by_the_work_that_needs_it() -> None:
    with ProcessPool(1, partial(truediv, 1, 0)) as pool:
        assert pool.submit(truediv, 1, 2).result() == 0.5


@pytest.mark.usefixtures("pool")
def test_a_killed_worker_is_replaced_and_work_that_kills_twice_is_an_error() -> None:
    first = run_in_worker(os.getpid)
    os.kill(first, signal.SIGKILL)
    assert run_in_worker(os.getpid) not in (first, os.getpid())
    with pytest.raises(LostWorkerError, match=r"died 2 times over the same work \(EXIT\(3\)\)"):
        run_in_worker(os._exit, 3)
    assert run_in_worker(truediv, 1, 2) == 0.5


@pytest.mark.usefixtures("pool")
def test_abandoned_work_ends_at_once_and_no_more_is_done() -> None:
    run_in_worker(os.getpid)
    threading.Timer(0.5, copy_context().run, [abandon_work]).start()
    with pytest.raises(LostWorkerError, match="have been ended"):
        run_in_worker(time.sleep, 600)
    with pytest.raises(LostWorkerError, match="have been ended"):
        run_in_worker(os.getpid)


def test_no_worker_outlives_the_block() -> None:
    with ProcessPool(2) as pool:
        worker = pool.submit(os.getpid).result()
        os.kill(worker, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


PROGRAM = """
import os, sys, time
from flows.runtime.environment import configure_environment
from flows.runtime.workers.process_pool import ProcessPool
configure_environment()
pool = ProcessPool(2)
print(pool.submit(os.getpid).result(), flush=True)
pool.submit(print, "a library talks").result()
{end}
"""


@pytest.mark.parametrize(("end", "code"), [("time.sleep(600)", -9), ("os._exit(130)", 130), ("pool.shutdown()", 0)])
def test_workers_end_with_the_process_that_started_them_and_leave_no_word(end: str, code: int, tmp_path: Path) -> None:
    """Also a script without the guard of a main module: workers do not import it."""
    script = tmp_path / "script.py"
    script.write_text(PROGRAM.format(end=end), encoding="utf-8")
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    started = int(process.stdout.readline())
    worker = psutil.Process(started) if psutil.pid_exists(started) else None  # one that is told to end may be gone
    if code == -9:
        process.kill()
    said, complained = process.communicate(timeout=60)
    assert process.returncode == code
    assert not said
    assert complained.strip() in ("a library talks", "")
    if worker is not None:
        psutil.wait_procs([worker], timeout=10)
        assert not worker.is_running()
