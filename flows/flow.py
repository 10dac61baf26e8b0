"""The build, as a table of contents: ingest, extract, resolve, validate, publish.

One Prefect flow with a sub-flow a stage. Frames stay in the workspace; what passes here are folders, settings and
counts. The lock on the output folder is held from the first look at the parent to the last rename, so that of two
builds at once the second waits and then builds on what the first published.
"""

from flows import quiet  # isort: skip  # noqa: F401  # before any library that reads its settings on import

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

import polars as pl
from prefect import flow

from flows import workspace as workspaces
from flows.extract.flow import extract
from flows.ingest.flow import ingest
from flows.progress import log
from flows.publish.flow import publish
from flows.publish.store import Store, publishing
from flows.publish.versions import next_version
from flows.resolve.carry import Parent
from flows.resolve.flow import resolve
from flows.runners import Runner, task_runner
from flows.settings import Settings
from flows.validate.flow import gate, validate
from flows.workspace import Workspace
from schemas.relations import TABLES


class BuildResult(TypedDict):
    """What a build came to: the version that `latest` leads to, its folder, and whether this build published it."""

    version: str
    snapshot: str
    published: bool


@flow(name="build-snapshot", persist_result=False, retries=0)
def build_snapshot(
    seeds: str = "seeds/articles",
    output: str = "output",
    settings: Settings = Settings(),  # noqa: B008 - frozen, and Prefect shows the defaults of its fields
    runner: Runner = Runner(),  # noqa: B008
) -> BuildResult:
    """Reads a folder of raw news articles and publishes a validated, versioned snapshot of who said what.

    Args:
        seeds: Folder of raw articles, or an fsspec URL of one.
        output: Folder that snapshots are published in.
        settings: Bounds of what is read, thresholds, the reader's model.
        runner: Where tasks run: threads of this process, or Dask.
    """
    folder = Path(output)
    with publishing(folder, on_wait=log.warning) as store, _workspace(folder) as work:
        return _build(seeds, store, work, settings, runner)


@contextmanager
def _workspace(output: Path) -> Iterator[Workspace]:
    work = workspaces.create(output)
    try:
        yield work
    finally:
        work.remove()


def _build(seeds: str, store: Store, work: Workspace, settings: Settings, runner: Runner) -> BuildResult:
    clock = _Clock()
    created_at = datetime.now(UTC).isoformat(timespec="seconds")
    parent = _parent(store)
    version = next_version(store)
    on = {"task_runner": task_runner(runner)}
    ingest.with_options(**on)(seeds, work, parent.articles if parent else None, settings)
    clock.lap("ingest")
    extract.with_options(**on)(work, store.root, settings)
    clock.lap("extract")
    resolve(work, seeds, parent, version, settings)
    clock.lap("resolve")
    validate(work)
    clock.lap("validate")
    return publish(store, work, settings, created_at, clock.seconds, gate)


def _parent(store: Store) -> Parent | None:
    """The tables of the snapshot that `latest` leads to."""
    latest = store.history().latest
    if latest is None:
        return None
    folder = store.folder(latest)
    tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    return Parent.of(latest, tables)


class _Clock:
    """Seconds by stage, for the manifest only."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Notes the seconds since the last lap."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now
