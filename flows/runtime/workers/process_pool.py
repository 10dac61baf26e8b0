"""Worker processes of this machine: pure Python work runs in them, because threads would share one processor.

The processes are loky's: they do not import the main module again, and they can be ended while they work. A worker
loads what it is told to before its first work, writes what libraries print to stderr, and ends with the process that
started it, however that one ends.
"""

import contextlib
import os
import pickle
import re
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, NamedTuple, TypeVar

from flows.errors import LostWorkerError
from flows.runtime.environment import block_needless_imports, gc_paused
from flows.runtime.limits import LIMITS
from flows.runtime.signals import end_with_parent
from flows.runtime.workers.executors import StartableExecutor

Result = TypeVar("Result")

VARIABLES = {
    "POLARS_MAX_THREADS": "1",
    # loky restarts a worker that has grown: a long article takes memory for a while, and the reader would load again
    "LOKY_MAX_MEMORY_LEAK_SIZE": "1e12",
    "PYTHONSAFEPATH": "1",  # also where a step is called without the command line's environment
}
"""Environment of a worker, where the parent's does not say otherwise."""


class Call(NamedTuple):
    """Work, the future of those who wait for it, and how many attempts are left."""

    work: Callable[[], Any]
    future: "Future[Any]"
    attempts: int


class ProcessPool(StartableExecutor):
    """An executor of worker processes that goes on when one of them dies."""

    def __init__(self, workers: int, preload: Callable[[], object] | None = None) -> None:
        self.workers = workers
        self._preload = preload
        self._lock = threading.Lock()
        self._pool: Executor | None = None
        self._ended = False

    def start(self, most: int | None = None) -> None:
        """Start the workers, which begin to load; once they have, their number stays."""
        with self._lock:
            if most is not None and self._pool is None:
                self.workers = max(1, min(self.workers, most))
        self.submit(int)

    def submit(self, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> "Future[Result]":
        """Call the function in the next free worker. Function, arguments and result are pickled.

        The future raises what the function raises; LostWorkerError where its worker dies twice, or was ended.
        """
        call = Call(partial(function, *arguments, **named), Future(), LIMITS.attempts)
        self._attempt(call)
        return call.future

    def _attempt(self, call: Call) -> None:
        with self._lock:
            if self._ended:
                call.future.set_exception(LostWorkerError("the workers of this build have been ended"))
                return
            pool = self._pool = self._pool or self._started()
            try:
                attempt = pool.submit(_guarded, call.work)
            except BrokenProcessPool:  # a worker died while it had no work, so no call was told of it
                pool = self._pool = self._started()
                attempt = pool.submit(_guarded, call.work)
        attempt.add_done_callback(partial(self._settle, call._replace(attempts=call.attempts - 1), pool))

    def _started(self) -> Executor:
        from loky import ProcessPoolExecutor

        variables = {name: os.environ.get(name, value) for name, value in VARIABLES.items()}
        begin = partial(begin_worker, os.getpid(), self._preload)
        return ProcessPoolExecutor(self.workers, initializer=begin, env=variables)

    def _settle(self, call: Call, pool: Executor, attempt: "Future[tuple[bool, Any]]") -> None:
        """Hand on what came of an attempt, or make another in new processes where a worker died."""
        lost = attempt.exception()
        with self._lock:
            if lost and self._pool is pool:
                self._pool = None
            again = isinstance(lost, BrokenProcessPool) and call.attempts > 0 and not self._ended
        if again:
            self._attempt(call)
        elif not call.future.set_running_or_notify_cancel():
            return
        elif lost:
            call.future.set_exception(self._explained(lost))
        else:
            done, result = attempt.result()
            (call.future.set_result if done else call.future.set_exception)(result)

    def _explained(self, lost: BaseException) -> BaseException:
        if self._ended:
            return LostWorkerError("the workers of this build have been ended")
        if not isinstance(lost, BrokenProcessPool):
            return lost
        codes = re.search(r"exit codes of the workers are \{(.*)\}", str(lost))
        return LostWorkerError(
            f"a worker process died {LIMITS.attempts} times over the same work ({codes[1] if codes else lost}); "
            "if it was killed (SIGKILL), memory ran out: build with fewer --workers"
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - always both
        """End all workers at once, also those that work: whoever waits for them is told."""
        with self._lock:
            self._ended = True
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, kill_workers=True)  # type: ignore[call-arg]  # loky's own


def _guarded(work: Callable[[], Any]) -> tuple[bool, Any]:
    """Call, and return (True, result) or (False, error): some errors pickle and cannot be read back."""
    try:
        return True, work()
    except Exception as error:
        try:
            pickle.loads(pickle.dumps(error))  # noqa: S301 - what was pickled here
        except Exception:
            return False, RuntimeError("".join(traceback.format_exception(error)))
        return False, error


def begin_worker(parent: int, preload: Callable[[], object] | None) -> None:
    """Prepare a worker process. Ctrl-C is for the one who started it; stdout is for what a person asked for."""
    block_needless_imports()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(2, 1)
    end_with_parent(parent)
    if preload is not None:
        with gc_paused(), contextlib.suppress(Exception):  # what cannot be loaded is told by the work that needs it
            preload()
