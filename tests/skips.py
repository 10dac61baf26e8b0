"""A plugin of pytest: a test that is skipped for a reason that nobody foresaw fails.

A library that is missing from the lock would otherwise switch tests off in silence, for good.
"""

from collections.abc import Iterator
from typing import Any

import pytest

FORESEEN = (
    "the annotated corpora (../shared) are not on this machine",
    "training needs the extra `train`",
    "chromium and chromedriver are not installed",
    "the S3 server of the tests is not installed yet",
    "mounting a small disk is not allowed here",
    "process namespaces are not allowed here",
)
"""Beginnings of the reasons that a machine, not the lock, is to blame for."""


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Fail a test that skips itself unforeseen."""
    outcome: Any = yield
    _judge(outcome.get_result())


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """Fail a file that skips itself unforeseen."""
    outcome: Any = yield
    _judge(outcome.get_result())


def _judge(report: Any) -> None:
    if report.outcome != "skipped" or hasattr(report, "wasxfail") or not isinstance(report.longrepr, tuple):
        return
    reason = str(report.longrepr[2]).removeprefix("Skipped: ")
    if not reason.startswith(FORESEEN):
        report.outcome = "failed"
        report.longrepr = f"skipped for a reason that tests/skips.py does not foresee: {reason}"
