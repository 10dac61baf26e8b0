"""The build, as a table of contents: ingest, extract, resolve, validate, publish.

One Prefect flow with one sub-flow per stage. Frames stay in the workspace; what passes here are folders, settings and
counts. The lock on the output folder is held from the first look at the parent to the last rename, so that of two
builds at once the second waits and then builds on what the first published.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict

from prefect import flow
from prefect.runtime import flow_run

from flows.credentials import hide, masking
from flows.errors import SettingsError
from flows.extract.flow import extract, preload_reader
from flows.ingest.corrections import corrections_file
from flows.ingest.flow import ingest
from flows.ingest.sources.about_the_articles import about_folder
from flows.ingest.sources.input_fingerprint import input_fingerprint
from flows.ingest.sources.local_files import absolute
from flows.lexicons.paths import CHECKOUT, reader_folder
from flows.publish.commit import Staged, parent_manifest
from flows.publish.flow import RunFacts, accompany, describe, publish, stage_tables
from flows.publish.open_lineage import told_as_lineage
from flows.report.page.render import contents, write_report
from flows.resolve.flow import resolve
from flows.resolve.judgements.read_judgements import judgements_file
from flows.runtime.environment import configure_environment
from flows.runtime.fingerprints import (
    NO_DATA,
    build_fingerprint,
    code_sha256,
    data_sha256,
    file_sha256,
    libraries,
    reader_sha256,
    reader_version,
    settings_sha256,
)
from flows.runtime.limits import LIMITS
from flows.runtime.logs import begin_run
from flows.runtime.progress import log
from flows.runtime.servers.prefect_server import end_with_serve
from flows.runtime.workers.executors import DeferredExecutor, StartableExecutor, current_executor, executing
from flows.runtime.workers.task_runners import Runner, create_executor, create_helper, task_runner
from flows.runtime.workspace import Workspace, temporary_workspace
from flows.settings import Settings
from flows.snapshots.manifest import Check, Decided, ReaderModel, Validation
from flows.snapshots.output_folder.integrity import demand_whole
from flows.snapshots.output_folder.last_build import is_up_to_date, record_fingerprint
from flows.snapshots.output_folder.store import Store, publishing
from flows.snapshots.output_folder.versions import next_version
from flows.snapshots.reader import Snapshot
from flows.snapshots.take_downs import forgotten
from flows.validate.flow import gate, validate
from flows.validate.gate import preload
from flows.validate.gate.result import GateResult

SEEDS_VARIABLE, OUTPUT_VARIABLE = "ONRECORD_SEEDS", "ONRECORD_OUTPUT"
"""Environment variables that say what a scheduled build reads and where it publishes."""


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
    """Read a folder of raw news articles and publish a validated, versioned snapshot of who said what.

    Args:
        seeds: Folder of raw articles, or an fsspec URL of one.
        output: Folder that snapshots are published in.
        settings: Bounds of what is read, thresholds, the reader's model.
        runner: Where tasks run: processes of this machine, or Dask.
    """
    configure_environment()
    end_with_serve()
    begin_run(flow_run.get_id())
    folder, seeds = Path(output).absolute(), hide(absolute(seeds))
    with (
        told_as_lineage(seeds) as published,
        publishing(folder, on_wait=log.warning) as store,
        temporary_workspace(folder) as work,
    ):
        result = _build(seeds, store, work, settings, runner)
        published(Path(result["snapshot"]) if result["published"] else None)
        return result


build_snapshot.serialize_parameters = masking(build_snapshot.serialize_parameters)  # type: ignore[method-assign]


@flow(name="build-snapshot", persist_result=False, retries=0)
def scheduled_build() -> BuildResult:
    """Build the snapshot that `onrecord serve` serves.

    It has no parameters, which whoever starts a run could set: an output folder, a Dask scheduler that runs code. The
    two folders come from the environment of the process that serves it. Raises SettingsError where it names none:
    nothing is built by surprise.
    """
    named = [os.environ.get(variable, "") for variable in (SEEDS_VARIABLE, OUTPUT_VARIABLE)]
    if not all(named):
        raise SettingsError(
            f"a scheduled build reads the folder {SEEDS_VARIABLE} and publishes in {OUTPUT_VARIABLE}; set both where "
            "its worker starts"
        )
    return build_snapshot.fn(seeds=named[0], output=named[1])


@dataclass(frozen=True)
class _Run:
    """What every step of one build is given."""

    seeds: str
    store: Store
    work: Workspace
    settings: Settings
    runner: Runner
    latest: str | None
    clock: "_Clock"

    @property
    def parent(self) -> Snapshot | None:
        """The snapshot that this build follows, opened anew: a stage holds what it reads of it, and no other does."""
        return Snapshot(self.store.folder(self.latest)) if self.latest else None

    @property
    def about(self) -> str:
        """The folder that corrections and judgements lie in, or beside: of seeds behind an address, once ingested."""
        return about_folder(self.seeds, self.work.path)


def _build(seeds: str, store: Store, work: Workspace, settings: Settings, runner: Runner) -> BuildResult:
    """Build, unless all that a snapshot depends on is as it was for the latest one."""
    latest = store.history().latest
    next_version(store)  # an older program is told before it reads anything
    if latest:
        demand_whole(store, latest)
    inputs = input_fingerprint(seeds)
    fingerprint = build_fingerprint(inputs, settings)
    if latest and is_up_to_date(store.root, latest, fingerprint):
        return _unchanged(store, latest)
    forgotten.copy_to(work.path, store.root)
    result = _rebuild(_Run(seeds, store, work, settings, runner, latest, _Clock()))
    if inputs == input_fingerprint(seeds):  # else a file changed while it was read
        record_fingerprint(store.root, result["version"], fingerprint)
    return result


def _unchanged(store: Store, latest: str) -> BuildResult:
    return BuildResult(version=latest, snapshot=str(store.folder(latest)), published=False)


def _rebuild(run: _Run) -> BuildResult:
    """Read, resolve, validate, and publish where a row has changed and the quality gate has nothing against it."""
    created_at = datetime.now(UTC).isoformat(timespec="seconds")
    articles = _read_articles(run)
    with (
        create_helper(run.runner, preload) as gate_worker,
        ThreadPoolExecutor(1) as beside,
        executing(gate_worker),
    ):
        if articles <= LIMITS.few_articles:
            gate_worker.start()
        _make_tables(run, gate_worker)
        staged = stage_tables(run.store, run.work)
        if staged is None:
            return _unchanged(run.store, str(run.store.history().latest))
        drawn = beside.submit(contents, staged.folder)  # here, and not in one more process: the libraries are loaded
        outcome = gate(staged.folder, run.parent.folder if run.parent else None, run.settings)
        run.clock.lap("gate")
        page = drawn.result()
    _describe(run, staged, outcome, page, created_at)
    folder = publish(staged, run.work)
    if not outcome.success:
        raise outcome.error(folder)
    return BuildResult(version=staged.version, snapshot=str(folder), published=True)


def _read_articles(run: _Run) -> int:
    """Ingest and extract, and return the number of articles; the workers end here, resolution needs the memory."""
    tasks = task_runner(run.runner)
    with (
        current_executor()
        or create_executor(
            run.runner, preload_reader(run.settings), reader_folder(run.settings.extract.reader)
        ) as workers,
        executing(workers),
    ):
        articles = ingest.with_options(task_runner=tasks)(
            run.seeds, run.work, run.store.root / "cache", run.parent, run.settings
        )
        run.clock.lap("ingest")
        extract.with_options(task_runner=tasks)(run.work, run.store.root, run.settings)
    run.clock.lap("extract")
    return articles


def _make_tables(run: _Run, gate_worker: StartableExecutor) -> None:
    """Resolve and validate; the gate's worker loads meanwhile."""
    version = next_version(run.store)
    with DeferredExecutor(lambda: create_executor(run.runner)) as workers, executing(workers):
        resolve(run.work, run.store.root, run.about, run.parent, version, run.settings)
    run.clock.lap("resolve")
    gate_worker.start()
    validate(run.work, run.parent, version)
    run.clock.lap("validate")


def _describe(run: _Run, staged: Staged, outcome: GateResult, page: dict[str, Any], created_at: str) -> None:
    """Write the manifest, what lies beside the tables, and the report of a staged snapshot."""
    checks = tuple(Check(**asdict(check)) for check in outcome.checks)
    validation = Validation(success=outcome.success, checks=checks)
    described = describe(staged, run.work, run.parent, _facts(run, created_at), validation)
    before = parent_manifest(staged)
    described = accompany(staged, run.work, described)
    earlier = before.model_dump(mode="json") if before else None
    write_report(staged.folder, described.model_dump(mode="json"), earlier, page)


def _facts(run: _Run, created_at: str) -> RunFacts:
    reader = reader_folder(run.settings.extract.reader)
    return RunFacts(
        created_at=created_at,
        decided=Decided(
            code=code_sha256(),
            lexicons=data_sha256("lexicons"),
            models=data_sha256("models"),
            settings=settings_sha256(run.settings),
            corrections=_sha256(corrections_file(run.about)),
            libraries=libraries(),
        ),
        settings=run.settings.model_dump(mode="json", exclude=NO_DATA),
        model=ReaderModel(package=reader.name, version=reader_version(reader), hash=reader_sha256(reader)),
        lock_sha256=_sha256(CHECKOUT / "requirements.lock" if CHECKOUT else None),
        judgements_sha256=_sha256(judgements_file(run.about)),
        seconds=run.clock.seconds,
    )


def _sha256(path: Path | None) -> str | None:
    return file_sha256(path) if path and path.is_file() else None


class _Clock:
    """Seconds by stage, for the manifest only."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Note the seconds since the last lap."""
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now
