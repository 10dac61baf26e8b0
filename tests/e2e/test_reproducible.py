"""Byte for byte the same, whatever the machine's locale, time zone, hash seed and number of processes."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from schemas.tables import TABLES
from tests.e2e.conftest import hashes, write

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_other_locale_time_zone_and_hash_seed_give_the_same_files(run_onrecord: Run, tmp_path: Path) -> None:
    write(tmp_path / "seeds", range(4))
    worlds = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "tr_TR.UTF-8", "POLARS_MAX_THREADS": "1"},
    ]
    found = []
    for number, world in enumerate(worlds):
        output = tmp_path / str(number)
        done = run_onrecord("build", "--seeds", tmp_path / "seeds", "--output", output, "-q", env=world)
        assert done.returncode == 0, done.stderr
        assert done.stdout + done.stderr == ""
        found.append(hashes(output / "latest"))
    assert found[0] == found[1]
    assert found[0].keys() == {f"{name}.parquet" for name in (*TABLES, "inputs")}
