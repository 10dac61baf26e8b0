"""A build's server finds the tables that it needs in a database that is made from Prefect's models."""

import sqlite3
from pathlib import Path

from flows.runtime.servers.prefect_server import make_tables

ASKED_BY_A_BUILD = {
    "flow": {"id", "name"},
    "flow_run": {"id", "flow_id", "state_type", "parent_task_run_id"},
    "flow_run_state": {"id", "flow_run_id", "type", "timestamp"},
    "task_run": {"id", "flow_run_id", "state_type", "task_key"},
    "task_run_state": {"id", "task_run_id", "type", "timestamp"},
    "log": {"id", "message", "timestamp"},
    "events": {"id", "event", "occurred"},
}


def test_the_tables_of_a_build_are_made_from_prefects_models(tmp_path: Path) -> None:
    """Where this fails after an update of Prefect, see docs/decisions/0001-server-per-build.md."""
    make_tables(tmp_path)
    with sqlite3.connect(tmp_path / "prefect.db") as database:
        found = {
            table: {row[1] for row in database.execute(f"PRAGMA table_info({table})")} for table in ASKED_BY_A_BUILD
        }
    missing = {(table, column) for table, columns in ASKED_BY_A_BUILD.items() for column in columns - found[table]}
    assert missing == set()
