"""Working folders on a disk that several hosts or containers share: whose one is, its lock says, no process number."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from flows.runtime import workspace
from tests.conftest import ROOT

OWNER = """
import sys, pathlib
from flows.runtime import workspace
path = workspace.create(pathlib.Path(sys.argv[1]))
(path / "frame.parquet").touch()
print(path.name, flush=True)
sys.stdin.read()
workspace.remove(path)
"""
ELSEWHERE = ("unshare", "--pid", "--fork", "--kill-child")


@contextmanager
def owner(output: Path, *under: str) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that has a working folder until its input ends, and that folder."""
    command = [*under, sys.executable, "-c", OWNER, str(output)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout and process.stdin
    name = process.stdout.readline().strip()
    try:
        if under and not name:
            pytest.skip("process namespaces are not allowed here")
        yield process, output / workspace.FOLDER / name
        process.stdin.close()
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.read()  # to its end: the process in the namespace is gone, and its lock with it
        process.stdout.close()


def test_builds_of_two_process_namespaces_leave_each_other_alone(tmp_path: Path) -> None:
    with owner(tmp_path) as (_, here), owner(tmp_path, *ELSEWHERE) as (_, there):
        mine = workspace.create(tmp_path)
        assert all((path / "frame.parquet").is_file() for path in (here, there))
        workspace.remove(mine)
        assert here.is_dir() and there.is_dir()
    assert not (tmp_path / workspace.FOLDER).exists()


def test_what_is_nobodys_goes_also_where_its_process_was_number_one(tmp_path: Path) -> None:
    root = tmp_path / workspace.FOLDER
    (root / "1-0" / "prefect").mkdir(parents=True)  # of an earlier version, named by its process
    (root / "0123.lock").touch()
    with pytest.raises(AssertionError), owner(tmp_path, *ELSEWHERE) as (process, path):
        os.killpg(process.pid, signal.SIGKILL)
    assert path.is_dir()
    mine = workspace.create(tmp_path)
    assert {entry.name for entry in root.iterdir()} == {mine.name, f"{mine.name}.lock"}
    workspace.remove(mine)
    assert not root.exists()


def test_a_frame_stays_whole_while_another_takes_its_place(tmp_path):
    kept = workspace.Workspace(tmp_path)
    frame = pl.DataFrame({"name": [f"name {number}" for number in range(20_000)], "parts": [[{"at": 1}]] * 20_000})
    kept.put("names", frame)
    read = kept.get("names")
    kept.put("names", read.head(3))
    assert read.equals(frame)
    assert kept.get("names").equals(frame.head(3))
    assert read.n_chunks() == 1
