"""A real Dask cluster of two processes gives the very same bytes, also when one of them is killed half-way.

Its workers read files, too: this process only fetches their bytes.
"""

import os
import signal
import threading
from pathlib import Path

import psutil

from tests.e2e.conftest import Build, hashes, write


def test_dask_gives_the_same_bytes_though_a_worker_dies(build: Build, tmp_path: Path) -> None:
    from distributed import LocalCluster

    from flows.runtime.task_runners import Runner
    from flows.settings import Settings

    seeds = tmp_path / "seeds"
    write(seeds, range(24))
    settings = Settings(shard_articles=2)
    local = build(seeds, tmp_path / "local", settings=settings)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        over = threading.Event()

        def kill_one() -> None:
            """Kills a worker once the first extraction shards are in the cache."""
            cache = tmp_path / "dask" / "cache"
            while not over.wait(0.02):
                if len(list(cache.rglob("*.parquet"))) >= 2:
                    victim = next(iter(cluster.workers.values())).pid
                    for child in psutil.Process(victim).children(recursive=True):
                        child.kill()
                    os.kill(victim, signal.SIGKILL)
                    return

        killer = threading.Thread(target=kill_one)
        killer.start()
        runner = Runner(kind="dask", dask_address=cluster.scheduler_address)
        spread = build(seeds, tmp_path / "dask", settings=settings, runner=runner)
        over.set()
        killer.join()
        given = set(cluster.scheduler.task_prefixes)
    assert hashes(Path(str(local["snapshot"]))) == hashes(Path(str(spread["snapshot"])))
    assert {"read_and_clean", "extract_rows"} <= given
