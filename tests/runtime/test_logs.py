"""Log lines as JSON: one object a line with time, level, run and stage, whoever writes it."""

import json
import logging
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.runtime.logs import FACTS, JsonLines, begin_run, begin_stage, last_line
from flows.runtime.progress import Lines, Silent
from tests.conftest import own_environment

ROOT = Path(__file__).resolve().parents[2]


class Kept(logging.Handler):
    """Keeps the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines("a pattern"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one."""
        self.lines.append(self.format(record))


@pytest.fixture
def kept(request: pytest.FixtureRequest):
    """What is logged by a logger at INFO, as lines."""
    logger, handler = logging.getLogger(request.param), Kept()
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler.lines
    logger.removeHandler(handler)
    logger.setLevel(before)
    begin_run(None)


@pytest.mark.parametrize("kept", ["onrecord"], indirect=True)
def test_a_line_has_time_level_run_stage_and_what_was_counted(kept: list[str]) -> None:
    begin_run("run-1")
    lines = Lines()
    lines.start("extract", 12, "articles")
    lines.finish("extract", "12 read")
    logging.getLogger("onrecord").error("stopped\nby \u202e\x1b[31m")
    done, error = map(json.loads, kept)
    assert datetime.fromisoformat(done.pop("time")).tzinfo == UTC
    assert done.pop("seconds") >= 0
    assert done.pop("message").startswith("extract: 12 read (")
    said = {"level": "info", "logger": "onrecord", "run": "run-1", "stage": "extract"}
    assert done == {**said, "done": 12, "unit": "articles"}
    assert (error["level"], error["stage"], error["message"]) == ("error", "extract", "stopped\nby \u202e\x1b[31m")
    assert all(line.isascii() and "\n" not in line for line in kept)


@pytest.mark.parametrize("kept", ["prefect.flow_runs"], indirect=True)
def test_what_came_of_a_stage_is_logged_with_its_flow_run_also_where_nothing_is_shown(kept: list[str]) -> None:
    begin_stage("publish")
    Silent().finish("ingest", "3 articles, 1 rejects")
    assert [(json.loads(line)["stage"], json.loads(line)["message"]) for line in kept] == [
        ("ingest", "ingest: 3 articles, 1 rejects")
    ]


def test_facts_and_tracebacks_are_fields() -> None:
    record = logging.LogRecord("onrecord", logging.ERROR, "", 0, "failed", (), None)
    setattr(record, FACTS, {"rows": 3})
    try:
        raise ValueError("no such row")
    except ValueError:
        record.exc_info = sys.exc_info()
    line = json.loads(JsonLines().format(record))
    assert line["rows"] == 3
    assert line["traceback"].endswith("ValueError: no such row")


@pytest.mark.parametrize(("form", "starts"), [("text", "\nstopped"), ("json", '{"time": ')])
def test_a_stopped_process_says_so_in_the_same_form(form: str, starts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_LOG_FORMAT", form)
    line = last_line("stopped")
    assert line.startswith(starts)
    assert line.endswith("\n")


def test_the_error_that_ends_a_command_is_a_line_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows", "build", tmp_path / "none", "-o", tmp_path / "o", "--log-format", "json"]
    done = subprocess.run(command, cwd=ROOT, env=own_environment(), capture_output=True, text=True, check=False)
    *_, last = done.stderr.splitlines()
    assert (done.returncode, json.loads(last)["level"], done.stdout) == (2, "error", "")
    assert "does not exist" in json.loads(last)["message"]
