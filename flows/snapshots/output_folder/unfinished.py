"""What a run announces before it changes what is published, so that the next one completes it where it is killed.

Without it a snapshot that got its name but not yet its line in the history could not be told from a folder that
somebody has copied there.
"""

import json
from pathlib import Path
from typing import Any

from flows.errors import SnapshotError
from flows.runtime.atomic_writes import write_whole
from flows.runtime.fingerprints import file_sha256
from flows.snapshots import manifest
from flows.snapshots.output_folder.history import History, recorded

FILE = ".unfinished"


def announce_snapshot(root: Path, version: str, described: Path) -> None:
    """Note that the snapshot with the manifest `described` is about to be published as `version`."""
    _write(root, {"publish": version, "manifest_sha256": file_sha256(described)})


def announce_deletion(root: Path, versions: tuple[str, ...]) -> None:
    """Note that versions are about to be deleted."""
    _write(root, {"delete": list(versions)})


def completed(root: Path, snapshots: Path, history: History) -> History:
    """Return the history with the version that was announced, where its folder got its name."""
    said = _read(root)
    folder = snapshots / str(said.get("publish"))
    try:
        if "publish" not in said or file_sha256(folder / manifest.FILE) != said.get("manifest_sha256"):
            return history
        described = manifest.read(folder)
    except (OSError, SnapshotError):
        return history
    known = {entry.version for entry in history.versions}
    return history if described.version in known else recorded(history, described)


def to_delete(root: Path) -> list[str]:
    """Return the versions whose deletion was announced."""
    return [str(version) for version in _read(root).get("delete", [])]


def done(root: Path) -> None:
    """Forget what was announced: it is done, or was undone."""
    (root / FILE).unlink(missing_ok=True)


def _write(root: Path, said: dict[str, Any]) -> None:
    write_whole(root / FILE, json.dumps(said) + "\n")


def _read(root: Path) -> dict[str, Any]:
    try:
        said = json.loads((root / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
