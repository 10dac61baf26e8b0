"""What every test may use: the annotated corpora where they are, and builds run as a user would run them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.runtime.environment import configure_environment

configure_environment()  # before a test imports a library that reads its settings then

pytest_plugins = ["tests.skips"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of raw articles and annotated corpora; tests that need it are skipped where it is absent."""
    if not (SHARED / "eval").is_dir():
        pytest.skip("the annotated corpora (../shared) are not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def run_onrecord() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command line in a process of its own: `run_onrecord("build", "--seeds", folder, env={…})`."""

    def run(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        variables = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", **(env or {})}
        return subprocess.run(
            [sys.executable, "-m", "flows", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=variables,
            timeout=900,
            check=False,
        )

    return run
