"""Where the tasks of a build run, and their work: processes of this machine, or a Dask cluster. The bytes are the same.

A task is a thread of this process, which hands its work to an executor: worker processes of this machine, or a Dask
cluster, the way to several machines: a local cluster of processes, or a scheduler that is already running
(flows.runtime.workers.dask_executor).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from pydantic import BaseModel, ConfigDict, Field

from flows.errors import SettingsError
from flows.lexicons.paths import reader_folder
from flows.runtime.workers.dask_executor import DaskExecutor
from flows.runtime.workers.executors import InlineExecutor, StartableExecutor
from flows.runtime.workers.process_pool import ProcessPool
from flows.runtime.workers.processors import usable_processors


class Runner(BaseModel):
    """Which runner, how many workers, and which scheduler."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["local", "dask"] = Field("local", description="Processes of this machine, or Dask.")
    workers: int | None = Field(None, ge=1, description="Workers; one a processor where None.")
    dask_address: str | None = Field(None, description="A running scheduler; a local cluster where None.")

    @property
    def width(self) -> int:
        """How many tasks run at a time in this process, and how many workers there are where it starts them."""
        return self.workers or usable_processors()


def task_runner(runner: Runner) -> TaskRunner[Any]:
    """Return the Prefect task runner: threads that wait for workers."""
    return ThreadPoolTaskRunner(max_workers=runner.width)


def create_executor(
    runner: Runner, preload: Callable[[], object] | None = None, reader: Path | None = None
) -> StartableExecutor:
    """Return what runs the work of tasks; use it as a context manager, its workers end with the block.

    preload: what each worker process of this machine loads first. reader: folder of the model, which workers elsewhere
    must see, too. Raises SettingsError for a runner that makes no sense, or that needs an extra of this package which
    is not installed; PlaceError where a cluster does not answer, or would answer something else.
    """
    if runner.kind == "dask":
        return DaskExecutor(runner.dask_address, runner.width, reader or reader_folder(None))
    if runner.dask_address:
        raise SettingsError("--dask-address names a scheduler but the runner is local; add --runner dask")
    return create_helper(runner, preload, workers=runner.width)


def create_helper(
    runner: Runner, preload: Callable[[], object] | None = None, *, workers: int = 1
) -> StartableExecutor:
    """Return worker processes of this machine, for what runs beside a stage; none where one processor is all."""
    return ProcessPool(workers, preload) if runner.kind == "local" and runner.width > 1 else InlineExecutor()
