"""A build that is killed costs nothing: `latest` stays whole, nothing half-made can be read, the next run goes on."""

import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import polars as pl
import psutil
import pytest

from schemas.tables import TABLES
from tests.conftest import own_environment
from tests.e2e.conftest import ROOT, Build, hashes, write

Run = Callable[..., subprocess.CompletedProcess[str]]

KILL_AT_STEP = """
import os, signal, sys
from flows.publish import commit as publishing
step = sys.argv[1]
taken = publishing.commit
def commit(staged, manifest):
    return taken(staged, manifest, lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == step else None)
publishing.commit = commit  # before anything imports Prefect, which reads on import which server it has
from flows.cli.main import main
sys.argv = ["onrecord", "build", "--quiet", "--workers", "1", "--seeds", sys.argv[2], "--output", sys.argv[3]]
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


def _left_no_process(processes: list[psutil.Process]) -> None:
    """What a killed build had started ends by itself within seconds."""
    _, alive = psutil.wait_procs(processes, timeout=20)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE], alive


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _started(seeds: Path, output: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "build", "-q", "--seeds", str(seeds), "--output", str(output)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=own_environment(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def published(build: Build, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The seeds and the output folder of a first snapshot."""
    folder = tmp_path_factory.mktemp("faults")
    write(folder / "seeds", range(3))
    build(folder / "seeds", folder / "output")
    return folder / "seeds", folder / "output"


@pytest.mark.parametrize("step", ["place", "point_latest"])
def test_killed_while_publishing(published: tuple[Path, Path], build: Build, step: str) -> None:
    seeds, output = published
    number = len(list(seeds.iterdir()))
    write(seeds, range(number, number + 1))
    before = hashes(output / "latest")
    killed = subprocess.Popen(
        [sys.executable, "-c", KILL_AT_STEP, step, str(seeds), str(output)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=own_environment(),
    )
    children: dict[int, psutil.Process] = {}
    while killed.poll() is None:
        children |= {child.pid: child for child in _children(killed.pid)}
        time.sleep(0.05)
    assert killed.returncode == -signal.SIGKILL
    assert children
    _left_no_process(list(children.values()))
    _whole(output)
    assert hashes(output / "latest") == before
    build(seeds, output)
    _whole(output)
    assert pl.read_parquet(output / "latest" / "articles.parquet").height == number + 1
    assert not (output / ".work").exists()
    assert not [p for p in (output / "snapshots").iterdir() if p.name.startswith(".")]


def test_killed_at_a_random_moment(build: Build, tmp_path: Path) -> None:
    write(tmp_path / "seeds", range(6))
    output = tmp_path / "output"
    moments = random.Random(11)  # noqa: S311 - a moment, not a secret
    for _ in range(2):
        process = _started(tmp_path / "seeds", output)
        time.sleep(moments.uniform(2, 9))
        children = _children(process.pid)
        process.kill()
        process.communicate()
        _left_no_process(children)
        _whole(output)
    build(tmp_path / "seeds", output)
    assert pl.read_parquet(output / "latest" / "articles.parquet").height == 6
    assert [p.name for p in (output / "snapshots").iterdir()] == ["2.2.0"]


def test_two_builds_at_once_publish_in_turn(build: Build, tmp_path: Path) -> None:
    output = tmp_path / "output"
    for name, numbers in (("one", range(3)), ("two", range(2, 6))):
        write(tmp_path / name, numbers)
    other = _started(tmp_path / "one", output)
    while other.poll() is None and not list(output.glob(".work/*")):
        time.sleep(0.1)
    assert other.poll() is None, "it has not begun"
    build(tmp_path / "two", output)
    _, said = other.communicate()
    assert other.returncode == 0, said
    _whole(output)
    assert sorted(p.name for p in (output / "snapshots").iterdir()) == ["2.2.0", "2.2.1"]


def _answers(processes: list[psutil.Process]) -> list[int]:
    """What the APIs of some processes answer whoever has no secret."""
    ports = {c.laddr.port for p in processes for c in p.net_connections("tcp") if c.status == psutil.CONN_LISTEN}
    answers = []
    for port in ports:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/api/flow_runs/filter", data=b"{}", method="POST")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=30)  # noqa: S310 - a loopback address of our own
        answers.append(refused.value.code)
    return answers


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_at_once_whatever_the_build_is_at(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    (tmp_path / "seeds").mkdir()
    endless = "The mayor said on Monday that the road would be closed. “No, ” " + "said the mayor of the town " * 20_000
    (tmp_path / "seeds" / "long.txt").write_text(endless, encoding="utf-8")
    process = _started(tmp_path / "seeds", tmp_path / "output")
    while process.poll() is None and not list((tmp_path / "output").glob(".work/*/extract-*")):
        time.sleep(0.1)
    assert process.poll() is None, "extraction was not reached"
    children = _children(process.pid)
    assert _answers(children) == [401], "whoever is on this machine could see and change the run"
    process.send_signal(sent)
    _, said = process.communicate(timeout=30)
    assert process.returncode == code
    assert said.strip() == "stopped; nothing was published, and finished work is kept in the cache"
    assert children
    _left_no_process(children)
    assert not (tmp_path / "output" / "latest").exists()


def test_a_full_disk_is_told_and_costs_nothing(
    small_disk: Path, build: Build, run_onrecord: Run, tmp_path: Path
) -> None:
    seeds, output, filler = tmp_path / "seeds", small_disk / "output", small_disk / "filler"
    write(seeds, range(2))
    build(seeds, output)
    before = hashes(output / "latest")
    write(seeds, range(2, 3))
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 2**21))  # the server's state alone takes more
    done = run_onrecord("build", "-q", "--seeds", seeds, "--output", output)
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert all(word in done.stderr for word in (str(output), "is full", "latest", "onrecord prune", "run again"))
    _whole(output)
    assert hashes(output / "latest") == before
    assert [path.name for path in (output / "snapshots").iterdir()] == ["2.2.0"]
    filler.unlink()
    build(seeds, output)
    assert pl.read_parquet(output / "latest" / "articles.parquet").height == 3
