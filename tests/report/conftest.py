"""Made-up snapshots with their reports, once a run."""

import json
from pathlib import Path

import pytest

from flows.report.page.render import write_report
from flows.snapshots.reader import Snapshot, read_snapshot
from tests.builders import report_corpus

HOSTILE = (
    "</script><script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'>{{ 7 * 7 }}<!-- ]]>"
    "\x00\x07\x1b[31m\u009b2J\u200e\u202egnihton\u2066 javascript:alert(1) \"';//"
)
"""What an article may never get away with, in a page or on a terminal."""


def _published(root: Path, **arguments: object) -> Path:
    """An output folder whose one snapshot has its report."""
    output = report_corpus.output(root, **arguments)
    folder = output / "snapshots" / "2.2.1"
    before = {"version": "2.2.0", "tables": {"claims": {"rows": 20}}}
    write_report(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8")), before)
    return output


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with one snapshot of 24 articles."""
    return _published(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="session")
def hostile_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder whose snapshot has an article made of script tags and control characters."""
    return _published(tmp_path_factory.mktemp("hostile"), articles=6, hostile=HOSTILE)


@pytest.fixture(scope="session")
def snapshot(output: Path) -> Snapshot:
    """The snapshot of 24 articles."""
    return read_snapshot(output / "snapshots" / "2.2.1")


@pytest.fixture(scope="session")
def hostile(hostile_output: Path) -> Snapshot:
    """The snapshot with the hostile article."""
    return read_snapshot(hostile_output / "snapshots" / "2.2.1")
