"""The workflows: what they run is there, and the step that validates for a consumer works in the workflow's shell."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from schemas.contract import current
from tests.builders.synthetic import documents, publish

ROOT = Path(__file__).resolve().parents[2]
ACTION = ROOT / ".github/actions/validate-snapshot/action.yml"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = publish(tmp_path_factory.mktemp("published"), documents(3))
    assert folder is not None
    return folder


def outcome(snapshot: Path, contract: str, tmp_path: Path) -> int:
    """The exit code of the step, with this code's `onrecord` where the step finds its own."""
    step = next(
        s for s in yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"] if s.get("name") == "Validate"
    )
    assert set(step["env"]) == {"SNAPSHOT", "CONTRACT"}
    command = tmp_path / "onrecord"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m flows "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    variables = {
        **os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
        "SNAPSHOT": str(snapshot), "CONTRACT": contract,
    }  # fmt: skip
    return subprocess.run(["bash", "-e", "-c", step["run"]], env=variables, check=False, capture_output=True).returncode


def test_a_sound_snapshot_passes_and_a_spoiled_one_does_not(snapshot: Path, tmp_path: Path) -> None:
    assert outcome(snapshot, "", tmp_path) == 0
    assert outcome(snapshot, current().version, tmp_path) == 0
    copy = tmp_path / "a copy"
    shutil.copytree(snapshot, copy)
    (copy / "claims.parquet").unlink()
    assert outcome(copy, "", tmp_path) == 1


def test_another_contract_than_the_one_relied_on_fails(snapshot: Path, tmp_path: Path) -> None:
    assert outcome(snapshot, f"{int(current().version.split('.')[0]) + 1}.0", tmp_path) == 1


def test_every_step_of_every_workflow_can_run() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
        workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert {"name", True, "jobs"} <= workflow.keys(), f"{path.name}: YAML reads `on` as true"
        for name, job in workflow["jobs"].items():
            for step in job["steps"]:
                assert ("uses" in step) != ("run" in step), f"{path.name}, {name}: {step}"
                for line in step.get("run", "").splitlines():
                    words = line.split()
                    assert words[0] != "make" or words[1] in targets, f"{path.name}, {name}: make {words[1]}"
                    assert words[0] == "make" or shutil.which(words[0]), f"{path.name}, {name}: {words[0]}"


def test_the_actions_steps_are_shell(tmp_path: Path) -> None:
    for step in yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        if "run" in step:
            assert step["shell"] == "bash"
            subprocess.run(["bash", "-n", "-c", step["run"]], check=True)
