"""What came of a build, for another program: the facts of its manifest that a dashboard or an alert asks for."""

from pathlib import Path
from typing import Any

from flows.report import REPORT
from flows.snapshots import manifest


def build_result(folder: Path, published: bool) -> dict[str, Any]:
    """Return the result of a build that published the snapshot in `folder`, or that found nothing changed since it.

    Raises SnapshotError where the folder is no snapshot.
    """
    said = manifest.read(folder)
    checks = said.validation.checks if said.validation else ()
    report = folder / REPORT
    return {
        "version": said.version,
        "published": published,
        "snapshot": str(folder),
        "report": str(report) if report.is_file() else None,
        "parent": said.parent,
        "contract_version": said.contract_version,
        "created_at": said.created_at,
        "rows": {name: facts.rows for name, facts in said.tables.items()},
        "changes": {name: changes.model_dump(mode="json") for name, changes in said.changes.items()},
        "checks": {"passed": sum(check.success for check in checks), "failed": sum(not c.success for c in checks)},
        "quality": said.quality,
        "seconds": said.seconds,
    }
