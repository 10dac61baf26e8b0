"""What every test may use: the annotated corpora where they are, and builds run as a user would run them."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock
from hypothesis import settings

from flows.runtime.environment import configure_environment
from tests.compiled_once import ROOT, compile_once

compile_once()
configure_environment()  # before a test imports a library that reads its settings then

pytest_plugins = ["tests.skips"]

settings.register_profile("onrecord", deadline=None)  # no test asserts on seconds
settings.load_profile("onrecord")

SHARED = ROOT.parent / "shared"
LONG = (
    "e2e/test_faults",
    "e2e/test_serve",
    "e2e/",
    "packaging/",
    "golden/",
    "resolve/test_incremental",
    "report/test_b",
)
"""Files that take longest, by the beginning of their paths here: whole builds, a wheel, a browser."""


LISTENING = ROOT / "tests" / "builders" / "listening"
FAR_AWAY = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "POLARS_MAX_THREADS": "1"}
"""The environment of a machine that is not at all like that of whoever runs the tests."""


class Shipped(NamedTuple):
    """A build of the shipped articles: its output folder, what it printed, and the file of its connections."""

    output: Path
    stdout: str
    stderr: str
    connections: Path


def own_environment(**variables: str) -> dict[str, str]:
    """As on a machine without a Prefect server: the one that tests within this process share is no other program's.

    Nor is what this process was told about telemetry.
    """
    given = ("PREFECT_", "GX_", "DO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(given)} | variables


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that the workers end together; a file is one worker's."""

    def rank(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests").as_posix()
        return next((place for place, long in enumerate(LONG) if path.startswith(long)), len(LONG))

    items.sort(key=rank)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of raw articles and annotated corpora; tests that need it are skipped where it is absent."""
    if not (SHARED / "eval").is_dir():
        pytest.skip("the annotated corpora (../shared) are not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server of this machine."""
    if find_spec("moto") is None:
        pytest.skip("the S3 server of the tests is not installed yet: make setup")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[str, str]:
    """The name of a new bucket there, and the server's address; the environment says who we are."""
    for name, value in (("ACCESS_KEY_ID", "key"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()  # one that was made for another server would be used again
    bucket = f"news-{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:16]}"
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(bucket)
    return bucket, s3_server


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.fixture(scope="session")
def run_onrecord() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command line in a process of its own: `run_onrecord("build", "--seeds", folder, env={…})`."""

    def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "flows", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=own_environment(NO_COLOR="1", COLUMNS="120") | (env or {}),
            timeout=900,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def shipped(
    run_onrecord: Callable[..., subprocess.CompletedProcess[str]], tmp_path_factory: pytest.TempPathFactory
) -> Shipped:
    """The shipped articles, built as a newcomer far away does, once for all workers of a run; nobody changes it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    printed = folder / "shipped.json"
    with FileLock(folder / "shipped.lock"):
        if not printed.is_file():
            listening = {"PYTHONPATH": f"{LISTENING}{os.pathsep}{ROOT}", "CONNECTIONS": str(folder / "connections")}
            done = run_onrecord("build", "--output", folder / "shipped", env=FAR_AWAY | listening)
            assert done.returncode == 0, done.stderr
            printed.write_text(json.dumps([done.stdout, done.stderr]), encoding="utf-8")
    said = json.loads(printed.read_text(encoding="utf-8"))
    return Shipped(folder / "shipped", *said, connections=folder / "connections")
