"""Log lines: words for people, or one JSON object a line for what collects logs.

A line has time (UTC), level, logger, run, stage and message, and what its step counts. `run` is the id of Prefect's
flow run, under which its server has the same run. Everything that a build prints on stderr is such a line then, the
error that ends it, too. Processes that Prefect starts are told by the environment.
"""

import json
import logging
import os
import sys
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

VARIABLE = "ONRECORD_LOG_FORMAT"
FACTS = "facts"
"""Attribute of a log record with what its step counts."""
AS_JSON = {
    VARIABLE: "json",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
    "PREFECT_LOGGING_FORMATTERS_JSON_CLASS": f"{__name__}.JsonLines",
    "PREFECT_LOGGING_COLORS": "false",
}
"""Environment in which Prefect's processes write the same lines."""


class LogFormat(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


class _Now:
    """What the one build of this process is at."""

    run: str | None = None
    stage: str | None = None


def begin_run(run: str | None) -> None:
    """Name the run in all lines that follow; None where no run is known."""
    _Now.run, _Now.stage = run, None


def begin_stage(stage: str) -> None:
    """Name the stage in all lines that follow, also in that of an error that ends it."""
    _Now.stage = stage


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object on one line, in ASCII: nothing in it acts on a terminal."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__()  # a configuration gives a pattern, which has no meaning here

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; records of Prefect bring their run and its name."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "run": _Now.run or getattr(record, "flow_run_id", None),
            "stage": getattr(record, "stage", None) or _Now.stage,
            "message": record.getMessage(),
            **getattr(record, FACTS, {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def set_up_logs(form: LogFormat) -> None:
    """Write log lines to stderr in this form from now on, also in processes that are started from here."""
    if form is LogFormat.JSON:
        os.environ.update(AS_JSON)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines() if form is LogFormat.JSON else logging.Formatter("%(message)s"))


def writes_json() -> bool:
    """Tell whether lines are JSON."""
    return os.environ.get(VARIABLE) == LogFormat.JSON


def last_line(message: str) -> str:
    """Return the line of a process that is stopped at once: a logger may be in the middle of one, and is not asked."""
    if not writes_json():
        return f"\n{message}\n"
    record = logging.LogRecord("onrecord", logging.ERROR, "", 0, message, (), None)
    return JsonLines().format(record) + "\n"


def hide_prefect_lines() -> None:
    """Leave what Prefect says of a run to its server: the same is on this screen in other words."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: not record.name.startswith("prefect"))


def start_logs() -> None:
    """Write warnings and errors to stderr, as the environment says."""
    logging.basicConfig(format="%(message)s", level=logging.WARNING, stream=sys.stderr)
    if writes_json():
        set_up_logs(LogFormat.JSON)
