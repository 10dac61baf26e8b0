"""Where the work of a stage runs: one interface, `concurrent.futures.Executor`, for all kinds of places.

Worker processes of this machine (process_pool), a Dask cluster (task_runners), or this very thread: what comes back is
the same. A stage asks for work with the functions below, which find the executor that `executing` has made the current
one. Where there is none, as in a test of a step, they call at once.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from itertools import starmap
from typing import Any, TypeVar

from flows.runtime.limits import LIMITS

Result = TypeVar("Result")


class StartableExecutor(Executor):
    """An executor whose workers can be told to start, and to load what they need, before there is work."""

    def start(self, most: int | None = None) -> None:
        """Start what takes time to start, at most so many workers; does nothing where nothing does."""


class InlineExecutor(StartableExecutor):
    """Calls in this thread and at once."""

    def submit(self, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> "Future[Result]":
        """Call the function and return a future that is done."""
        done: Future[Result] = Future()
        try:
            done.set_result(function(*arguments, **named))
        except Exception as error:
            done.set_exception(error)
        return done


class DeferredExecutor(StartableExecutor):
    """An executor that is made when the first work comes: a cluster is not asked for what this process does itself."""

    def __init__(self, make: Callable[[], StartableExecutor]) -> None:
        self._make = make
        self._made: StartableExecutor | None = None

    def submit(self, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> "Future[Result]":
        """Call the function as the executor does that is made for it; call this from one thread."""
        self._made = self._made or self._make()
        return self._made.submit(function, *arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End what was made."""
        if self._made is not None:
            self._made.shutdown(wait=wait, cancel_futures=cancel_futures)


_current: ContextVar[Executor | None] = ContextVar("executor", default=None)
run_inline = InlineExecutor().submit


def current_executor() -> Executor | None:
    """Return the executor of the block that this is called in, also in the threads of its tasks."""
    return _current.get()


@contextmanager
def executing(executor: Executor) -> Iterator[None]:
    """Let the functions below use an executor for the duration of the block."""
    token = _current.set(executor)
    try:
        yield
    finally:
        _current.reset(token)


def start_workers(most: int) -> None:
    """Start workers for what is coming, no more than that is worth."""
    executor = current_executor()
    if isinstance(executor, StartableExecutor):
        executor.start(most)


def submit(function: Callable[..., Result], *arguments: Any) -> "Future[Result]":
    """Call a function of a module in a worker, beside what goes on here. What a worker is given may be pickled."""
    executor = current_executor()
    return executor.submit(function, *arguments) if executor else run_inline(function, *arguments)


def run_in_worker(function: Callable[..., Result], *arguments: Any) -> Result:
    """Call a function of a module in a worker and return its result."""
    return submit(function, *arguments).result()


def map_in_workers(
    function: Callable[..., Result], calls: Iterable[Sequence[Any]], done: Callable[[int], object] | None = None
) -> list[Result]:
    """Return the results of a function for each of some arguments, in their order.

    done: called with the number of each call that has a result, as soon as it has, from any thread.
    """
    futures = []
    try:
        for number, arguments in enumerate(calls):
            futures.append(submit(function, *arguments))
            if done is not None:
                futures[-1].add_done_callback(partial(_tell, done, number))
        return [future.result() for future in futures]
    finally:
        for future in futures:
            future.cancel()


def each_in_workers(
    function: Callable[..., Result], calls: Iterable[Sequence[Any]], *, here: bool = False
) -> Iterator[Result]:
    """Yield the results of a function for each of some arguments, in their order.

    Arguments are made no sooner than they are wanted: so memory holds those of a few calls, however many there are.
    here: call in this thread after all, as what is less work than to start a worker.
    """
    if here:
        yield from starmap(function, calls)
        return
    waiting: deque[Future[Result]] = deque()
    try:
        for arguments in calls:
            waiting.append(submit(function, *arguments))
            if len(waiting) >= LIMITS.calls_ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _tell(done: Callable[[int], object], number: int, future: "Future[Any]") -> None:
    if not future.cancelled() and future.exception() is None:
        done(number)


def abandon_work() -> None:
    """End all workers: what they do now is an error for those who wait for it, and nothing more can be asked."""
    executor = current_executor()
    if executor is not None:
        executor.shutdown(wait=False, cancel_futures=True)
