"""A build that is killed costs nothing: `latest` stays whole, nothing half-made can be read, the next run goes on."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import psutil
import pytest

from schemas.relations import TABLES
from tests.e2e.conftest import ROOT, hashes, write

Run = Callable[..., subprocess.CompletedProcess[str]]

KILL_AT_STEP = """
import os, signal, sys
from flows import quiet
from flows.publish import snapshot
step = sys.argv[1]
taken = snapshot.commit
def commit(staged, manifest):
    return taken(staged, manifest, lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == step else None)
import flows.publish.flow as publishing
publishing.commit = commit
from flows.cli import main
sys.argv = ["onrecord", "build", "--quiet", "--seeds", sys.argv[2], "--output", sys.argv[3]]
main()
"""


def _whole(output: Path) -> None:
    """Whatever is published can be read; nothing else bears the name of a version."""
    for folder in (output / "snapshots").glob("[0-9]*"):
        assert (folder / "manifest.json").is_file()
        for name in TABLES:
            pl.read_parquet(folder / f"{name}.parquet")
    if (output / "latest").exists():
        assert (output / "latest").resolve().parent == (output / "snapshots").resolve()


def _left_no_process(pid: int) -> None:
    """The server of a killed build ends by itself within seconds."""
    for _ in range(100):
        servers = [p for p in psutil.process_iter(["cmdline"]) if f"flows.server {pid}" in _said(p)]
        if not servers:
            return
        time.sleep(0.1)
    raise AssertionError(f"{servers} outlive the build {pid}")


def _said(process: psutil.Process) -> str:
    return " ".join(process.info["cmdline"] or [])


@pytest.fixture(scope="module")
def published(run_onrecord: Run, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, str]]:
    """A first snapshot, seeds with one article more, and the hashes of what a quiet run makes of them."""
    folder = tmp_path_factory.mktemp("faults")
    write(folder / "seeds", range(3))
    assert run_onrecord("build", "--seeds", folder / "seeds", "--output", folder / "output", "-q").returncode == 0
    return folder / "seeds", folder / "output", hashes(folder / "output" / "latest")


@pytest.mark.parametrize("step", ["place", "point_latest"])
def test_killed_while_publishing(published: tuple[Path, Path, dict[str, str]], run_onrecord: Run, step: str) -> None:
    seeds, output, _ = published
    number = len(list(seeds.iterdir()))
    write(seeds, range(number, number + 1))
    before = hashes(output / "latest")
    killed = subprocess.Popen(
        [sys.executable, "-c", KILL_AT_STEP, step, str(seeds), str(output)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert killed.wait(timeout=300) == -signal.SIGKILL
    _left_no_process(killed.pid)
    _whole(output)
    assert hashes(output / "latest") == before
    again = run_onrecord("build", "--seeds", seeds, "--output", output, "-q")
    assert again.returncode == 0, again.stderr
    _whole(output)
    assert pl.read_parquet(output / "latest" / "articles.parquet").height == number + 1
    assert not (output / ".work").exists()
    assert not [p for p in (output / "snapshots").iterdir() if p.name.startswith(".")]


def test_killed_at_a_random_moment(run_onrecord: Run, tmp_path: Path) -> None:
    write(tmp_path / "seeds", range(6))
    output = tmp_path / "output"
    moments = random.Random(11)  # noqa: S311 - a moment, not a secret
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-m", "flows", "build", "-q", "--seeds", str(tmp_path / "seeds"), "--output", str(output)],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(moments.uniform(2, 15))
        process.kill()
        process.wait()
        _left_no_process(process.pid)
        _whole(output)
    done = run_onrecord("build", "--seeds", tmp_path / "seeds", "--output", output, "-q")
    assert done.returncode == 0, done.stderr
    assert pl.read_parquet(output / "latest" / "articles.parquet").height == 6
    assert [p.name for p in (output / "snapshots").iterdir()] == ["1.0.0"]


def test_two_builds_at_once_publish_in_turn(tmp_path: Path) -> None:
    output = tmp_path / "output"
    for name, numbers in (("one", range(3)), ("two", range(2, 6))):
        write(tmp_path / name, numbers)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "flows", "build", "-q", "--seeds", str(tmp_path / name), "--output", str(output)],
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
        )
        for name in ("one", "two")
    ]  # fmt: skip
    outcomes = [(process.communicate()[1], process.returncode) for process in running]
    assert [code for _, code in outcomes] == [0, 0], outcomes
    _whole(output)
    assert sorted(p.name for p in (output / "snapshots").iterdir()) == ["1.0.0", "1.0.1"]
