"""A Dask cluster as an executor: work goes to workers that have proved that they would answer as this process does.

Workers open neither the seeds nor the output folder: this process reads and writes both, and sends bytes. What they
need is the program: the same code, libraries, lexicons and models, in the same places. Each says so before work
starts, and one that joins later before its first work. The only file that imports distributed.
"""

import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from pathlib import Path
from typing import Any, TypeVar

from flows.errors import PlaceError
from flows.runtime.extras import from_extra
from flows.runtime.fingerprints import worker_program
from flows.runtime.limits import LIMITS
from flows.runtime.workers.executors import StartableExecutor

Result = TypeVar("Result")
GONE = "the Dask scheduler is gone or has cancelled its work; start it, then run again: finished work is in the cache"


class DaskExecutor(StartableExecutor):
    """An executor of a Dask cluster: one that runs at an address, or a local one that ends with it."""

    def __init__(self, address: str | None, workers: int, reader: Path) -> None:
        """Join the scheduler at `address`, or start a cluster of `workers` where that is None; let workers prove.

        reader: folder of the model that workers read with. Raises SettingsError where the extra is not installed,
        PlaceError where nobody answers, or a worker would not answer as this process does.
        """
        with from_extra("dask", "--runner dask"):
            from distributed import Client, LocalCluster

        for name in ("distributed", "distributed.client"):  # what is lost is told once, by the error
            logging.getLogger(name).setLevel(logging.CRITICAL)
        options = {"threads_per_worker": 1, "processes": True, "dashboard_address": None, "silence_logs": "CRITICAL"}
        self._reader = reader
        self._program = worker_program(reader)
        self._cluster = None if address else LocalCluster(n_workers=workers, **options)
        where = address or "of this machine"
        try:
            self._client = Client(self._cluster or address, timeout=LIMITS.scheduler_seconds)
        except (OSError, TimeoutError, ValueError) as error:
            raise PlaceError(f"no Dask scheduler answers at {where}: {error}; start it, or name another") from error
        try:
            self._demand_proof(where)
        except BaseException:
            self.shutdown()
            raise
        self._executor = self._client.get_executor(pure=False)

    def _demand_proof(self, where: str) -> None:
        """Let every worker prove its program. Raises PlaceError, naming the first that cannot."""
        try:
            self._client.wait_for_workers(1, timeout=LIMITS.scheduler_seconds)
        except TimeoutError as error:
            raise PlaceError(f"the Dask scheduler {where} has no workers; start some, then run again") from error
        answers = self._client.run(worker_program, self._reader, on_error="return")
        for worker, said in sorted(answers.items()):
            if said != self._program:
                raise PlaceError(_differs(worker, self._program, said))

    def submit(self, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> "Future[Result]":
        """Call the function in a worker of the cluster; Dask calls it again where that worker is lost.

        Raises PlaceError where the scheduler is gone; so does the future where it goes later.
        """
        if self._client.status not in ("running", "connecting"):
            raise PlaceError(GONE)
        given = self._executor.submit(proven, self._program, self._reader, function, arguments, named)
        told: Future[Result] = Future()
        given.add_done_callback(lambda done: _hand_on(done, told))
        told.add_done_callback(lambda done: done.cancelled() and given.cancel())
        return told

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - always both
        """Cancel what is not done, and leave the cluster."""
        if hasattr(self, "_executor"):
            with contextlib.suppress(Exception):  # each kind of loss has its own; there is nothing to cancel then
                self._executor.shutdown(wait=False)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


def _hand_on(done: "Future[Result]", told: "Future[Result]") -> None:
    """Tell what came of work. Dask calls it cancelled where the scheduler is lost: who asked did not cancel it."""
    with contextlib.suppress(InvalidStateError):  # who asked did
        error = PlaceError(GONE) if done.cancelled() else done.exception()
        if error is not None:
            told.set_exception(error)
        else:
            told.set_result(done.result())


def proven(
    program: dict[str, str],
    reader: Path,
    function: Callable[..., Result],
    arguments: tuple[Any, ...],
    named: dict[str, Any],
) -> Result:
    """Call a function in a worker that runs the same program. Raises PlaceError in another."""
    from distributed import get_worker

    if (here := worker_program(reader)) != program:
        raise PlaceError(_differs(get_worker().address, program, here))
    return function(*arguments, **named)


def _differs(worker: str, program: dict[str, str], said: object) -> str:
    """What is wrong with a worker, in a sentence."""
    if isinstance(said, dict):
        wrong = "has other " + ", ".join(name for name in program if said.get(name) != program[name])
    else:
        wrong = f"cannot run onrecord ({type(said).__name__}: {str(said).splitlines()[0] if str(said) else ''})"
    return f"the Dask worker {worker} {wrong}; give it what this process has, in the same places, then run again"
