"""How a process ends: on Ctrl-C and SIGTERM at once, whatever its threads are at, and with the one that started it."""

import contextvars
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, NoReturn

from flows.runtime.limits import LIMITS
from flows.runtime.logs import last_line


def run_off_main_thread(work: Callable[..., None], *arguments: Any, meanwhile: Callable[[], object] = int) -> None:
    """Call `work` in a second thread, so that this one, the main one, is free to hear of signals.

    meanwhile: called here again and again until the work is done; it may end the process.

    Outside the main thread Prefect leaves signals alone; in it, it would wait for whatever runs. The wait has a
    limit because Polars makes the system resume a wait that Ctrl-C has interrupted, and nobody would hear of it.
    """
    with ThreadPoolExecutor(1, "off-main") as thread:
        done = thread.submit(contextvars.copy_context().run, work, *arguments)
        while not done.done():
            wait([done], timeout=LIMITS.look_seconds)
            meanwhile()
        done.result()


@contextmanager
def stopping(tidy: Callable[[], None], said: str) -> Iterator[Callable[[str, int], NoReturn]]:
    """Tidy on Ctrl-C or SIGTERM within the block, say it, and end the process with 128 and the signal's number.

    Yields what ends it in the same way for another reason: called with what it says, and the exit code.
    """

    def end(last: str, code: int) -> NoReturn:
        tidy()
        sys.stderr.write(last_line(last))
        sys.stderr.flush()
        os._exit(code)

    def stop(number: int, _frame: object) -> None:
        end(said, 128 + number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield end
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_with_parent(parent: int) -> None:
    """End this process soon after its parent is another than `parent`: the system gives orphans to a new one."""
    threading.Thread(target=_watch, args=(parent,), name="watch-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LIMITS.parent_seconds)
    os._exit(1)
