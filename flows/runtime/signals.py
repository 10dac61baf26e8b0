"""Ctrl-C and SIGTERM end a command at once, whatever its threads and its libraries are at."""

import contextvars
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

LOOK_SECONDS = 0.2


def beside(work: Callable[..., None], *arguments: Any) -> None:
    """`work(*arguments)` in a second thread, so that this one, the main one, is free to hear of signals.

    Outside the main thread Prefect leaves signals alone; in it, it would wait for whatever runs. The wait has a
    limit because Polars makes the system resume a wait that Ctrl-C has interrupted, and nobody would hear of it.
    """
    with ThreadPoolExecutor(1, "beside") as thread:
        done = thread.submit(contextvars.copy_context().run, work, *arguments)
        while not done.done():
            wait([done], timeout=LOOK_SECONDS)
        done.result()


@contextmanager
def stopping(tidy: Callable[[], None], said: str) -> Iterator[None]:
    """On Ctrl-C or SIGTERM: tidies, says it, and ends the process with 128 and the signal's number."""

    def stop(number: int, _: object) -> None:
        tidy()
        sys.stderr.write(f"\n{said}\n")
        sys.stderr.flush()
        os._exit(128 + number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
