"""Where the tasks of a build run, and their work: processes of this machine, or a Dask cluster. The bytes are the same.

A task is a thread of this process, which hands its work to an executor: worker processes of this machine, or a Dask
cluster, the way to several machines: a local cluster of processes, or a scheduler that is already running. Workers of
a cluster need the same code in the same place as the process that starts the build, and nothing of its files.
"""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Literal, TypeVar

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from pydantic import BaseModel, ConfigDict, Field

from flows.errors import SettingsError
from flows.runtime.executors import InlineExecutor, StartableExecutor
from flows.runtime.extras import from_extra
from flows.runtime.process_pool import ProcessPool
from flows.runtime.processors import usable_processors

Result = TypeVar("Result")


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


def create_executor(runner: Runner, preload: Callable[[], object] | None = None) -> StartableExecutor:
    """Return what runs the work of tasks; use it as a context manager, its workers end with the block.

    preload: what each worker process loads first. Raises SettingsError for a runner that makes no sense, or that needs
    an extra of this package which is not installed.
    """
    if runner.kind == "dask":
        return DaskExecutor(runner)
    if runner.dask_address:
        raise SettingsError("--dask-address names a scheduler but the runner is local; add --runner dask")
    return create_helper(runner, preload, workers=runner.width)


def create_helper(
    runner: Runner, preload: Callable[[], object] | None = None, *, workers: int = 1
) -> StartableExecutor:
    """Return worker processes of this machine, for what runs beside a stage; none where one processor is all."""
    return ProcessPool(workers, preload) if runner.kind == "local" and runner.width > 1 else InlineExecutor()


class DaskExecutor(StartableExecutor):
    """An executor of a Dask cluster: one that runs at an address, or a local one that ends with it."""

    def __init__(self, runner: Runner) -> None:
        with from_extra("dask", "--runner dask"):
            from distributed import Client, LocalCluster

        options = {"threads_per_worker": 1, "processes": True, "dashboard_address": None, "silence_logs": "CRITICAL"}
        self._cluster = None if runner.dask_address else LocalCluster(n_workers=runner.width, **options)
        self._client = Client(self._cluster or runner.dask_address)
        self._executor = self._client.get_executor(pure=False)

    def submit(self, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> "Future[Result]":
        """Call the function in a worker of the cluster; Dask calls it again where that worker is lost."""
        future: Future[Result] = self._executor.submit(function, *arguments, **named)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - always both
        """Cancel what is not done, and leave the cluster."""
        self._executor.shutdown(wait=False)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()
