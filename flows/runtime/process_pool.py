"""Worker processes of this machine: pure Python work runs in them, because threads would share one processor.

`apart`, `begin` and `spread` call a function of a module in such a process; where none were asked for (one processor,
a Dask worker, a test of a step) they call it here, and what comes back is the same. A worker is started when it is
first needed, imports nothing but what its work needs, keeps what it has loaded (and is given more of the same), and
ends with the process that started it, however that one ends: it reads its work from a pipe, and a pipe without a
writer is at its end.
"""

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Any, TypeVar

from flows.runtime import environment
from flows.runtime.prefect_server import end_without

Result = TypeVar("Result")

_LENGTH = struct.Struct("<Q")
_ATTEMPTS = 2
"""Times that a call is tried whose worker dies: one that dies twice takes too much memory, or crashes a library."""


class LostWorkerError(RuntimeError):
    """A worker process ended while it worked."""


class _Worker:
    """One process and the two pipes to it."""

    def __init__(self) -> None:
        # the same modules as here, wherever this process has them from; the main module is not imported again
        variables = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        variables.setdefault("POLARS_MAX_THREADS", "1")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.runtime.process_pool"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=variables,
        )
        self.loaded: set[str] = set()
        """Modules whose functions it has called."""

    def call(self, work: bytes) -> Any:
        """The result of pickled work; raises what it raised, or LostWorkerError."""
        pipes = self._process
        assert pipes.stdin and pipes.stdout  # noqa: S101 - for the type checker: both are pipes
        try:
            _write(pipes.stdin, work)
            done, result = pickle.loads(_read(pipes.stdout))  # noqa: S301 - our own process wrote it
        except (OSError, EOFError, ValueError) as error:
            raise LostWorkerError(f"a worker process ended with code {self._process.wait()} while it worked") from error
        if done:
            return result
        raise result

    def end(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()


class _Pool:
    """As many workers as there may be at a time, each started when there is work for it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._free: list[_Worker | None] = [None] * size
        self._started: set[_Worker] = set()
        self._lock = threading.Lock()
        self._freed = threading.Condition(self._lock)
        self._ended = False
        self.threads = ThreadPoolExecutor(size, thread_name_prefix="worker-process")

    def call(self, function: Callable[..., Any], arguments: Sequence[Any]) -> Any:
        """Calls in the next free worker; once more in a new one where that was lost."""
        if self._ended:
            raise LostWorkerError("the build is over")
        work = pickle.dumps((function, arguments), protocol=pickle.HIGHEST_PROTOCOL)
        for attempt in range(_ATTEMPTS):
            worker = self._take(function.__module__)
            try:
                worker = worker or self._start()
                worker.loaded.add(function.__module__)
                return worker.call(work)
            except LostWorkerError:
                if worker:
                    self._drop(worker)
                worker = None
                if self._ended or attempt + 1 == _ATTEMPTS:
                    raise
            finally:
                with self._freed:
                    self._free.append(worker)
                    self._freed.notify()
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _take(self, module: str) -> _Worker | None:
        """A free place: with a worker that has loaded the module, else without one, else with the one free last."""
        with self._freed:
            self._freed.wait_for(lambda: self._free)
            knowing = [n for n, worker in enumerate(self._free) if worker and module in worker.loaded]
            unused = [n for n, worker in enumerate(self._free) if not worker]  # what others have loaded is for others
            return self._free.pop([-1, *unused, *knowing][-1])

    def _start(self) -> _Worker:
        with self._lock:
            if self._ended:
                raise LostWorkerError("the build is over")
            worker = _Worker()
            self._started.add(worker)
            return worker

    def _drop(self, worker: _Worker) -> None:
        worker.end()
        with self._lock:
            self._started.discard(worker)

    def end(self) -> None:
        """Ends all workers, also those that work."""
        with self._lock:
            self._ended = True
            for worker in self._started:
                worker.end()
        self.threads.shutdown(wait=False, cancel_futures=True)


_pool: _Pool | None = None
_ahead: _Pool | None = None


def ahead(size: int, function: Callable[..., object], *arguments: Any) -> None:
    """Starts the workers of the next block of `processes(size)` and lets each call `function`, for what it loads."""
    global _ahead  # noqa: PLW0603 - as below
    _ahead = _Pool(size) if size > 1 else None
    _everywhere(_ahead, function, *arguments)


@contextlib.contextmanager
def processes(size: int) -> Iterator[None]:
    """Lets `apart` and `spread` use up to `size` worker processes for the duration of the block; none where it is 1."""
    global _pool, _ahead  # noqa: PLW0603 - task threads must find it, and context variables do not reach them
    started, _ahead = _ahead, None
    if started and started.size != size:
        started.end()
        started = None
    before, _pool = _pool, (started or _Pool(size)) if size > 1 else None
    mine = _pool
    try:
        yield
    finally:
        _pool = before
        if mine:
            mine.end()


def abandon() -> None:
    """Ends all workers: what they do now is an error for those who wait for it, and nothing more can be asked."""
    if _pool:
        _pool.end()


def apart(function: Callable[..., Result], *arguments: Any) -> Result:
    """`function(*arguments)`, in a worker process where there are any. Function, arguments and result are pickled."""
    pool = _pool
    return pool.call(function, arguments) if pool else function(*arguments)


def begin(function: Callable[..., Result], *arguments: Any) -> "Future[Result]":
    """`function(*arguments)` in a worker process, beside what goes on here; made here and now where there is none."""
    pool = _pool
    return pool.threads.submit(pool.call, function, arguments) if pool else here(function, *arguments)


def here(function: Callable[..., Result], *arguments: Any) -> "Future[Result]":
    """`function(*arguments)`, made in this process and at once."""
    done: Future[Result] = Future()
    try:
        done.set_result(function(*arguments))
    except Exception as error:
        done.set_exception(error)
    return done


def everywhere(function: Callable[..., object], *arguments: Any) -> None:
    """Lets every worker process call `function`, for what it loads; nothing where there are none."""
    _everywhere(_pool, function, *arguments)


def _everywhere(pool: _Pool | None, function: Callable[..., object], *arguments: Any) -> None:
    if pool:
        for _ in range(pool.size):
            pool.threads.submit(pool.call, function, arguments)


def spread(function: Callable[..., Result], calls: Iterable[Sequence[Any]]) -> list[Result]:
    """The results of `function` for each of some arguments, in their order; one call alone is made here."""
    pool, work = _pool, list(calls)
    if pool is None or len(work) < 2:
        return [function(*arguments) for arguments in work]
    futures = [pool.threads.submit(pool.call, function, arguments) for arguments in work]
    try:
        return [future.result() for future in futures]
    finally:
        for future in futures:
            future.cancel()


def _write(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """The next message. Raises EOFError where there is none any more."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    size = _LENGTH.unpack(head)[0]
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _attempt(work: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(work)  # noqa: S301 - the process that started this one wrote it
        return pickle.dumps((True, function(*arguments)), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        try:
            content = pickle.dumps((False, error), protocol=pickle.HIGHEST_PROTOCOL)
            pickle.loads(content)  # noqa: S301 - some exceptions pickle and cannot be read back
        except Exception:
            told = RuntimeError("".join(traceback.format_exception(error)))
            content = pickle.dumps((False, told), protocol=pickle.HIGHEST_PROTOCOL)
        return content


def main() -> None:
    """A worker's life: reads work, does it, answers, until the pipe ends. Ctrl-C is for the one who started it."""
    environment.nothing_made_up()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # the pipe tells only a worker that waits; one that works looks whether there is still somebody to work for
    threading.Thread(target=end_without, args=(os.getppid(),), name="watch-parent", daemon=True).start()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the answers
    requests = sys.stdin.buffer
    with contextlib.suppress(EOFError, BrokenPipeError):
        with environment.uncollected():  # the first work is mostly imports
            _write(answers, _attempt(_read(requests)))
        while True:
            _write(answers, _attempt(_read(requests)))


if __name__ == "__main__":
    main()
