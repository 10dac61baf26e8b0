"""`onrecord build`: settings and runner from the arguments, the flow, and what a person is told of it."""

import errno
import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer
from rich.console import Console

from flows import settings as settings_file
from flows.cli.limits import LIMITS
from flows.credentials import masked
from flows.errors import OnrecordError, PlaceError, SettingsError, unwritable
from flows.runtime import workspace
from flows.runtime.environment import gc_paused, has_own_server, silence_prefect_loggers, use_prefect_home
from flows.runtime.logs import hide_prefect_lines, writes_json
from flows.runtime.servers.prefect_server import Server, private_server, without_heartbeats
from flows.runtime.signals import run_off_main_thread, stopping
from flows.settings import MIB, Settings

if TYPE_CHECKING:
    from flows.runtime.progress import Reporter

STOPPED = "stopped; nothing was published, and finished work is kept in the cache"


@dataclass(frozen=True)
class BuildArguments:
    """What the command line said, unchanged."""

    seeds: str
    output: Path
    settings: Path | None
    reader: str | None
    runner: Literal["local", "dask"]
    workers: int | None
    dask_address: str | None
    quiet: bool
    verbose: bool
    as_json: bool = False


def _settings(arguments: BuildArguments) -> Settings:
    settings = settings_file.load(arguments.settings)
    if arguments.reader is None:
        return settings
    return settings.model_copy(update={"extract": settings.extract.model_copy(update={"reader": arguments.reader})})


def _reporter(arguments: BuildArguments, console: Console) -> "Reporter":
    from flows.runtime.progress import Bars, Lines, Silent

    if arguments.quiet:
        return Silent()
    logging.getLogger("onrecord").setLevel(logging.INFO)
    return Bars(console) if console.is_terminal and not writes_json() else Lines()


def run_build(arguments: BuildArguments) -> None:
    """Build and publish; exit 0 when published or unchanged, else raise what the errors module says."""
    if arguments.quiet and arguments.verbose:
        raise SettingsError("--quiet and --verbose exclude each other")
    greeting = Console(stderr=True, highlight=False)
    if greeting.is_terminal and not arguments.quiet and not writes_json():  # a person sees at once that it has begun
        greeting.print(
            f"Reading {masked(arguments.seeds)}, publishing to {arguments.output}", markup=False, soft_wrap=True
        )
    settings = _settings(arguments)
    if not has_own_server():  # one of one's own is told of all
        _demand_files(arguments.seeds)
    try:
        arguments.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(f"output folder {arguments.output}", error) from error
    if arguments.verbose:
        logging.getLogger().setLevel(logging.INFO)
    elif has_own_server():
        hide_prefect_lines()
    else:
        silence_prefect_loggers()
    unchanged = None if has_own_server() else _up_to_date(arguments, settings)
    if unchanged is not None:
        _say(arguments, unchanged, published=False)
    else:
        with _disk_full_explained(arguments.output):
            _run(arguments, settings)
    raise typer.Exit(0)


def _run(arguments: BuildArguments, settings: Settings) -> None:
    """Run the build beside a Prefect server of its own, or with the one that the environment names."""
    try:
        work = workspace.create(arguments.output)
    except OSError as error:
        raise _disk_full(arguments.output, error) or unwritable(f"output folder {arguments.output}", error) from error
    try:
        with (
            nullcontext()
            if has_own_server()
            else private_server(use_prefect_home(work / "prefect"), work / "server.log") as server,
            stopping(partial(_tidy, work, server), STOPPED) as end,
        ):
            watch = partial(server.end_if_lost, end) if server else int
            run_off_main_thread(_build, arguments, settings, server, meanwhile=watch)
    finally:
        workspace.remove(work)


def _build(arguments: BuildArguments, settings: Settings, server: Server | None) -> None:
    """Import what a build needs while its server starts, run it, and say what came of it."""
    with gc_paused():
        from flows.extract.flow import preload_reader
        from flows.flow import build_snapshot
        from flows.lexicons.paths import reader_folder
        from flows.runtime.progress import reporting
        from flows.runtime.workers.executors import executing
        from flows.runtime.workers.task_runners import Runner, create_executor

    runner = Runner(kind=arguments.runner, workers=arguments.workers, dask_address=arguments.dask_address)
    reader = reader_folder(settings.extract.reader)
    with create_executor(runner, preload_reader(settings), reader) as executor, executing(executor):
        if server is not None:
            if not (arguments.output / "snapshots").exists():  # all is new; else extraction knows how many are worth it
                executor.start()  # the server needs two seconds more, of one processor
            server.wait()
        with reporting(_reporter(arguments, Console(stderr=True))), without_heartbeats() if server else nullcontext():
            result = build_snapshot(
                seeds=arguments.seeds, output=str(arguments.output), settings=settings, runner=runner
            )
    _say(arguments, arguments.output / "snapshots" / result["version"], result["published"])


def _demand_files(seeds: str) -> None:
    """Raise InputError or PlaceError where a folder has nothing to read: known without a flow and its server."""
    from flows.ingest.sources.local_files import demand_files, is_address

    if not is_address(seeds):
        demand_files(seeds)


def _up_to_date(arguments: BuildArguments, settings: Settings) -> Path | None:
    """Return the latest snapshot where this build would only make it again; known without a flow and its server."""
    from flows.ingest.sources.input_fingerprint import input_fingerprint
    from flows.runtime.fingerprints import build_fingerprint
    from flows.snapshots.output_folder.integrity import demand_whole
    from flows.snapshots.output_folder.last_build import LAST_BUILD, is_up_to_date
    from flows.snapshots.output_folder.store import Store

    if not (arguments.output / LAST_BUILD).is_file():
        return None
    store = Store(arguments.output)
    latest = store.history().latest
    fingerprint = build_fingerprint(input_fingerprint(arguments.seeds), settings)
    if not is_up_to_date(arguments.output, latest, fingerprint):
        return None
    demand_whole(store, str(latest))
    return store.folder(str(latest))


def _say(arguments: BuildArguments, snapshot: Path, published: bool) -> None:
    if arguments.as_json:
        from flows.report.build_result import build_result

        typer.echo(json.dumps(build_result(snapshot, published), ensure_ascii=False, indent=2))
    if arguments.quiet or arguments.as_json or writes_json():
        return
    if published:
        from flows.report.terminal.build_summary import summary as said
    else:
        from flows.report.terminal.up_to_date import unchanged as said
    Console().print(said(snapshot))


def _tidy(work: Path, server: Server | None) -> None:
    """What a stopped build leaves is put in order by the next one, so that nothing has to be waited for here."""
    workspace.remove(work)
    if server is not None:
        server.end()


@contextmanager
def _disk_full_explained(output: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if full := _disk_full(output, error):
            raise full from error
        raise


def _disk_full(output: Path, error: BaseException) -> PlaceError | None:
    """What to say instead of `error` where the disk was full; whatever met it first, a library or its server, failed.

    An error that explains itself stays as it is.
    """
    if isinstance(error, OnrecordError) and type(error) is not OnrecordError:
        return None
    said, link = [], error
    while link is not None:
        said.append(link)
        link = link.__cause__ or link.__context__  # type: ignore[assignment]
    refused = any(isinstance(e, OSError) and e.errno in (errno.ENOSPC, errno.EDQUOT) for e in said)
    free = shutil.disk_usage(output).free
    if not refused and free > LIMITS.free_bytes:
        return None
    return PlaceError(
        f"the disk of {output} is full ({free / MIB:.1f} MiB are free); nothing was published, `latest` is as it was. "
        f"Make room (`onrecord prune --keep 10 --output {output}`, or delete {output / 'cache'}), then run again"
    )
