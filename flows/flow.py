"""The build, as a table of contents: ingest, extract, resolve, validate, publish.

One Prefect flow with a sub-flow a stage. Frames stay in the workspace; what passes here are folders, settings and
counts. The lock on the output folder is held from the first look at the parent to the last rename, so that of two
builds at once the second waits and then builds on what the first published.
"""

import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from prefect import flow

from flows.extract.flow import extract, preload_reader
from flows.ingest.flow import ingest
from flows.ingest.sources.input_fingerprint import input_fingerprint
from flows.lexicons.paths import CHECKOUT, reader_folder
from flows.publish.commit import parent_manifest
from flows.publish.croissant import write_croissant
from flows.publish.flow import RunFacts, describe, publish, stage_tables
from flows.report.page.render import contents, write_report
from flows.resolve.flow import resolve
from flows.resolve.judgements.read_judgements import judgements_file
from flows.runtime.environment import configure_environment
from flows.runtime.executors import current_executor, executing
from flows.runtime.fingerprints import (
    build_fingerprint,
    file_sha256,
    is_up_to_date,
    reader_sha256,
    reader_version,
    record_fingerprint,
)
from flows.runtime.prefect_server import follow
from flows.runtime.progress import log
from flows.runtime.task_runners import Runner, create_executor, create_helper, task_runner
from flows.runtime.workspace import Workspace, temporary_workspace
from flows.settings import Settings
from flows.snapshots.manifest import Check, ReaderModel, Validation
from flows.snapshots.store import Store, publishing
from flows.snapshots.versions import next_version
from flows.validate.flow import gate, validate
from flows.validate.gate import preload
from schemas.contract import current


class BuildResult(TypedDict):
    """What a build came to: the version that `latest` leads to, its folder, and whether this build published it."""

    version: str
    snapshot: str
    published: bool


FEW_ARTICLES = 10_000
"""Up to so many, resolution leaves the memory to load the quality gate beside it."""


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
        runner: Where tasks run: processes of this machine, or Dask.
    """
    configure_environment()
    follow()
    folder = Path(output)
    with publishing(folder, on_wait=log.warning) as store, temporary_workspace(folder) as work:
        return _build(seeds, store, work, settings, runner)


def _build(seeds: str, store: Store, work: Workspace, settings: Settings, runner: Runner) -> BuildResult:
    """Builds, unless all that a snapshot depends on is as it was for the latest one."""
    latest = store.history().latest
    previous = store.folder(latest) if latest else None
    inputs = input_fingerprint(seeds)
    fingerprint = build_fingerprint(inputs, settings)
    if is_up_to_date(store.root, latest, fingerprint):
        return BuildResult(version=str(latest), snapshot=str(previous), published=False)
    result = _rebuild(seeds, store, work, settings, runner)
    if inputs == input_fingerprint(seeds):  # else a file changed while it was read
        record_fingerprint(store.root, result["version"], fingerprint)
    return result


def _rebuild(seeds: str, store: Store, work: Workspace, settings: Settings, runner: Runner) -> BuildResult:
    clock = _Clock()
    created_at = datetime.now(UTC).isoformat(timespec="seconds")
    latest = store.history().latest
    previous = store.folder(latest) if latest else None
    version = next_version(store)
    tasks = task_runner(runner)
    reading = current_executor() or create_executor(runner, preload_reader(settings))
    with reading, executing(reading):  # ended before resolution, which needs the memory
        articles = ingest.with_options(task_runner=tasks)(seeds, work, previous, settings)
        clock.lap("ingest")
        extract.with_options(task_runner=tasks)(work, store.root, settings)
    clock.lap("extract")
    with create_helper(runner, preload) as gate_worker, create_helper(runner) as page_worker, executing(gate_worker):
        if articles <= FEW_ARTICLES:
            gate_worker.start()
        resolve(work, seeds, previous, version, settings)
        clock.lap("resolve")
        gate_worker.start()
        validate(work, previous, version)
        clock.lap("validate")
        staged = stage_tables(store, work)
        if staged is None:
            return BuildResult(version=str(latest), snapshot=str(previous), published=False)
        drawn = page_worker.submit(contents, staged.folder)
        outcome = gate(staged.folder, previous, settings)
        clock.lap("gate")
        page = drawn.result()
    facts = _facts(seeds, settings, created_at, clock.seconds)
    checks = tuple(Check(**asdict(check)) for check in outcome.checks)
    validation = Validation(success=outcome.success, checks=checks)
    described = describe(staged, work, facts, validation)
    before = parent_manifest(staged)
    write_croissant(staged.folder, described, current())
    earlier = before.model_dump(mode="json") if before else None
    write_report(staged.folder, described.model_dump(mode="json"), earlier, page)
    folder = publish(staged, work)
    if not outcome.success:
        raise outcome.error()
    return BuildResult(version=staged.version, snapshot=str(folder), published=True)


def _facts(seeds: str, settings: Settings, created_at: str, seconds: dict[str, float]) -> RunFacts:
    folder = reader_folder(settings.extract.reader)
    judgements = judgements_file(seeds)
    lock = CHECKOUT / "requirements.lock" if CHECKOUT else None
    decisive = settings.model_dump(mode="json", exclude={"shard_articles": True, "cache_max_bytes": True})
    return RunFacts(
        created_at=created_at,
        settings=decisive,
        model=ReaderModel(package=folder.name, version=reader_version(folder), hash=reader_sha256(folder)),
        lock_sha256=_sha256(lock),
        judgements_sha256=_sha256(judgements),
        seconds=seconds,
    )


def _sha256(path: Path | None) -> str | None:
    return file_sha256(path) if path and path.is_file() else None


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
