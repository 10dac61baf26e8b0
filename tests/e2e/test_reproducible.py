"""Byte for byte the same, whatever the machine's locale, time zone, hash seed and number of processes."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from schemas.tables import TABLES
from tests.e2e.conftest import Build, hashes, write

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_another_locale_time_zone_and_hash_seed_give_the_same_files(
    build: Build, run_onrecord: Run, tmp_path: Path
) -> None:
    seeds = tmp_path / "seeds"
    write(seeds, range(4))
    here = hashes(Path(str(build(seeds, tmp_path / "here")["snapshot"])))
    world = {
        "PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "POLARS_MAX_THREADS": "1",
    }  # fmt: skip
    done = run_onrecord("build", "--seeds", seeds, "--output", tmp_path / "there", "-q", env=world)
    assert done.returncode == 0, done.stderr
    assert done.stdout + done.stderr == ""
    assert hashes(tmp_path / "there" / "latest") == here
    assert here.keys() == {f"{name}.parquet" for name in (*TABLES, "inputs")}
