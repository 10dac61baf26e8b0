"""Where the tasks of a build run: this process and its workers, or a Dask cluster. The bytes are the same.

Locally a task is a thread of this process that hands its work to worker processes (flows.processes). Dask is the way
to several machines: a local cluster of processes, or a scheduler that is already running. Workers need the same code
and the same `output` path as the process that starts the build.
"""

import os
from typing import Any, Literal

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from pydantic import BaseModel, ConfigDict, Field

from flows.errors import SettingsError
from flows.runtime.extras import from_extra


class Runner(BaseModel):
    """Which runner, how many workers, and which scheduler."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["local", "dask"] = Field("local", description="Processes of this machine, or Dask.")
    workers: int | None = Field(None, ge=1, description="Workers; one a processor where None.")
    dask_address: str | None = Field(None, description="A running scheduler; a local cluster where None.")

    @property
    def width(self) -> int:
        """How many tasks run at a time in this process or its local cluster."""
        return self.workers or len(os.sched_getaffinity(0))

    @property
    def processes(self) -> int:
        """Worker processes of this one; Dask has its own."""
        return self.width if self.kind == "local" else 1


def task_runner(runner: Runner) -> TaskRunner[Any]:
    """The Prefect task runner for `runner`. Raises SettingsError for a combination that makes no sense."""
    if runner.kind == "local":
        if runner.dask_address:
            raise SettingsError("--dask-address names a scheduler but the runner is local; add --runner dask")
        return ThreadPoolTaskRunner(max_workers=runner.width)
    with from_extra("dask", "--runner dask"):
        from prefect_dask import DaskTaskRunner

    if runner.dask_address:
        return DaskTaskRunner(address=runner.dask_address)
    return DaskTaskRunner(
        cluster_kwargs={
            "n_workers": runner.width,
            "threads_per_worker": 1,
            "processes": True,
            "dashboard_address": None,
            "silence_logs": "CRITICAL",
        }
    )
