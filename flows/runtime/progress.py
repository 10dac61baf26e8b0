"""What a running build tells a person: bars on a terminal, plain lines elsewhere, nothing when quiet.

A stage reports through the current `Progress`; it never prints. Which one is current is set once by whoever
starts the build (the command line), so that no step needs to know of terminals.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from flows.runtime.logs import FACTS, begin_stage

log = logging.getLogger("onrecord")
run_log = logging.getLogger("prefect.flow_runs.onrecord")
"""Leads to the logs of the flow run that it is used in, on Prefect's server."""


class Reporter(Protocol):
    """Receives the start, the advance and the end of each stage."""

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Take note that a stage begins; `total` units of work are known, or None."""

    def advance(self, stage: str, done: int, note: str = "") -> None:
        """Take note that `done` more units of the stage are finished; `note` says what is being done now."""

    def finish(self, stage: str, note: str) -> None:
        """Take note that the stage is over; `note` says in a few words what came of it."""


class Silent:
    """Says nothing, but to Prefect's server what came of each stage."""

    def start(self, stage: str, total: int | None, unit: str) -> None:  # noqa: ARG002 - of the interface
        """Note the stage, for the line of an error."""
        begin_stage(stage)

    def advance(self, stage: str, done: int, note: str = "") -> None:
        """Ignore it."""

    def finish(self, stage: str, note: str) -> None:
        """Log it with the flow run."""
        run_log.info("%s: %s", stage, note, extra={"stage": stage, "flow_run_name": stage})


class Lines(Silent):
    """One log line when a stage ends, and one every `every` seconds of a long one."""

    def __init__(self, every: float = 30.0) -> None:
        self._every = every
        self._begun: dict[str, float] = {}
        self._said: dict[str, float] = {}
        self._done: dict[str, int] = {}
        self._total: dict[str, tuple[int | None, str]] = {}
        self._lock = threading.Lock()  # tasks advance a stage side by side

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Remember when the stage began."""
        super().start(stage, total, unit)
        now = time.monotonic()
        self._begun[stage], self._said[stage] = now, now
        self._done[stage], self._total[stage] = 0, (total, unit)

    def advance(self, stage: str, done: int, note: str = "") -> None:  # noqa: ARG002 - of the interface
        """Count, and say how far it is when the last word is long ago."""
        now = time.monotonic()
        with self._lock:
            self._done[stage] += done
            if now - self._said[stage] < self._every:
                return
            self._said[stage] = now
        total, unit = self._total[stage]
        rate = self._done[stage] / max(now - self._begun[stage], 1e-9)
        left = f", {(total - self._done[stage]) / rate:.0f} s left" if total and rate else ""
        facts = {"done": self._done[stage], "total": total, "unit": unit}
        line = "%s: %d of %s %s, %.1f a second%s"
        log.info(line, stage, self._done[stage], total or "?", unit, rate, left, extra={FACTS: facts})

    def finish(self, stage: str, note: str) -> None:
        """Say what came of the stage and how long it took."""
        super().finish(stage, note)
        seconds = time.monotonic() - self._begun[stage]
        total, unit = self._total[stage]
        counted = {"done": total, "unit": unit} if total is not None else {}
        facts = {**counted, "seconds": round(seconds, 3)}
        log.info("%s: %s (%.1f s)", stage, note, seconds, extra={"stage": stage, FACTS: facts})


class Bars(Silent):
    """A live bar per stage, with counts, elapsed time and time left."""

    def __init__(self, console: Console) -> None:
        self._bars = Progress(
            SpinnerColumn(finished_text="[green]✓"),
            TextColumn("{task.fields[stage]:<9}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=console,
        )
        self._ids: dict[str, TaskID] = {}

    def start(self, stage: str, total: int | None, unit: str) -> None:
        """Show a new bar."""
        super().start(stage, total, unit)
        self._bars.start()
        self._ids[stage] = self._bars.add_task(stage, total=total, stage=stage, unit=unit, note="")

    def advance(self, stage: str, done: int, note: str = "") -> None:
        """Move the bar, and write beside it what is being done."""
        self._bars.update(self._ids[stage], advance=done, note=note)

    def finish(self, stage: str, note: str) -> None:
        """Fill the bar and write the note beside it."""
        super().finish(stage, note)
        bar = self._ids[stage]
        total = next(t.total for t in self._bars.tasks if t.id == bar) or 1
        self._bars.update(bar, total=total, completed=total, note=note)

    def close(self) -> None:
        """Leave the bars on the screen as they are."""
        self._bars.stop()


_current: ContextVar[Reporter | None] = ContextVar("reporter", default=None)
_SILENT = Silent()


def reporter() -> Reporter:
    """Return the current reporter; silent where nobody set one."""
    return _current.get() or _SILENT


@contextmanager
def counting(stage: str) -> Iterator[Callable[..., None]]:
    """Hand out what advances a stage; where the block fails, what it had counted is taken back: it is tried again."""
    told = reporter()
    counted = [0]

    def count(done: int, note: str = "") -> None:
        counted.append(done)
        told.advance(stage, done, note)

    try:
        yield count
    except BaseException:
        told.advance(stage, -sum(counted))
        raise


@contextmanager
def reporting(to: Reporter) -> Iterator[None]:
    """Make `to` the current reporter for the duration of the block."""
    token = _current.set(to)
    try:
        yield
    finally:
        _current.reset(token)
        if isinstance(to, Bars):
            to.close()
