"""A real Dask cluster gives the very same bytes, whatever its workers see, also when one of them is killed half-way.

Its workers read files and compare claims, too: this process fetches bytes, and gets back rows and numbers. A worker of
another program is told before work starts.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from flows.errors import PlaceError
from flows.resolve.claims.pairs import kept_answers
from flows.resolve.claims.pairs.limits import PairLimits
from flows.runtime.workers import dask_executor
from flows.runtime.workers.task_runners import Runner, create_executor
from flows.settings import Settings
from tests.e2e.conftest import ROOT, Build, hashes, write

BLIND = 'for folder in "$@"; do mount -t tmpfs none "$folder" || exit 77; done; exec $WORKER'


@contextmanager
def scheduler() -> Iterator[str]:
    """A scheduler of its own; its address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as cluster:
        yield cluster.scheduler_address


@contextmanager
def worker(address: str, folder: Path, code: Path = ROOT, blind: tuple[Path, ...] = ()) -> Iterator[int]:
    """A worker process that is started in another folder, with the code that lies in `code`; its process.

    blind: folders in whose place it sees empty ones.
    """
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
    variables = {**os.environ, "PYTHONPATH": str(code), "WORKER": " ".join(command), "DASK_LOGGING__DISTRIBUTED": "50"}
    mounted = ["unshare", "--mount", "sh", "-c", BLIND, "sh", *map(str, blind)]
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen(mounted if blind else command, cwd=folder, env=variables, stderr=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        for child in [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []:
            child.kill()
        process.kill()
        process.wait()


def may_hide_folders() -> bool:
    return subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode == 0


def test_blind_workers_give_the_same_bytes_though_one_dies(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds, output = tmp_path / "seeds", tmp_path / "dask"
    write(seeds, range(12))
    output.mkdir()
    settings = Settings(shard_articles=2)
    local = build(seeds, tmp_path / "local", settings=settings)
    monkeypatch.setattr(kept_answers, "LIMITS", PairLimits(few_pairs=0, part_pairs=50))
    given, submit = set(), dask_executor.DaskExecutor.submit

    def note(executor: dask_executor.DaskExecutor, function: Callable[..., object], *arguments: object) -> object:
        given.add(function.__name__)
        return submit(executor, function, *arguments)

    monkeypatch.setattr(dask_executor.DaskExecutor, "submit", note)
    blind = (seeds, output) if may_hide_folders() else ()
    with scheduler() as address, ExitStack() as workers:
        pids = [workers.enter_context(worker(address, tmp_path / f"home{n}", blind=blind)) for n in range(2)]
        over = threading.Event()

        def kill_one() -> None:
            """Kills a worker once the first extraction shards are in the cache."""
            while not over.wait(0.02):
                if len(list((output / "cache").rglob("*.parquet"))) >= 2:
                    for process in (*psutil.Process(pids[0]).children(recursive=True), psutil.Process(pids[0])):
                        process.send_signal(signal.SIGKILL)
                    return

        killer = threading.Thread(target=kill_one)
        killer.start()
        monkeypatch.chdir(tmp_path)
        spread = build(Path("seeds"), Path("dask"), settings=settings, runner=Runner(kind="dask", dask_address=address))
        over.set()
        killer.join()
    assert hashes(Path(str(local["snapshot"]))) == hashes(Path(str(spread["snapshot"])))
    assert Path(str(spread["snapshot"])).is_absolute()
    assert given == {"read_and_clean", "extract_rows", "read_pairs"}


def test_a_worker_of_another_program_is_told_before_work_starts(tmp_path: Path) -> None:
    for folder in ("flows", "schemas", "seeds/lexicons", "seeds/models"):
        shutil.copytree(ROOT / folder, tmp_path / "other" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "empty" / "flows").mkdir(parents=True)
    (tmp_path / "empty" / "flows" / "__init__.py").touch()  # in the place of whatever is installed
    lexicon = next((tmp_path / "other/seeds/lexicons").glob("*.yml"))
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with scheduler() as address:
        runner = Runner(kind="dask", dask_address=address)
        with (
            worker(address, tmp_path / "home", tmp_path / "other"),
            pytest.raises(PlaceError, match=r"worker tcp://\S+ has other lexicons and models; give"),
            create_executor(runner),
        ):
            pass
        with (
            worker(address, tmp_path / "home", tmp_path / "empty"),
            pytest.raises(PlaceError, match="cannot run onrecord"),
            create_executor(runner),
        ):
            pass


def test_a_scheduler_that_is_away_or_has_no_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_executor, "LIMITS", replace(dask_executor.LIMITS, scheduler_seconds=0.5))
    with pytest.raises(PlaceError, match="no Dask scheduler answers at tcp://127"):
        create_executor(Runner(kind="dask", dask_address="tcp://127.0.0.1:9"))
    with scheduler() as address, pytest.raises(PlaceError, match="has no workers"):
        create_executor(Runner(kind="dask", dask_address=address))


def test_a_scheduler_that_goes_while_work_is_done_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(dask_executor, "LIMITS", replace(dask_executor.LIMITS, scheduler_seconds=1.0))
    here = {"processes": False, "protocol": "tcp", "dashboard_address": None, "silence_logs": 50}
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, **here) as cluster,
        create_executor(Runner(kind="dask", dask_address=cluster.scheduler_address)) as executor,
    ):
        assert executor.submit(abs, -2).result() == 2
        asked = [executor.submit(time.sleep, 3) for _ in range(2)]
        assert asked[1].cancel() and asked[1].cancelled()
        cluster.close()
        with pytest.raises(PlaceError, match="the Dask scheduler is gone"):
            asked[0].result()
        with pytest.raises(PlaceError, match="the Dask scheduler is gone"):
            for _ in range(100):  # until the client has given it up
                executor.submit(abs, -2).result()
