"""What the latest snapshot came of, `cache/last-build.json`: whether another build would only make it again.

Imports nothing that knows a table or a flow: most of the time of a build with nothing to do would go there.
"""

import contextlib
import json
from pathlib import Path

from flows.runtime.atomic_writes import write_whole
from flows.runtime.fingerprints import file_sha256
from flows.snapshots import manifest
from flows.snapshots.output_folder.store import TAKEN_DOWN, Store

LAST_BUILD = "cache/last-build.json"
"""The fingerprint that the latest snapshot came of, relative to the output folder."""


def is_up_to_date(output: Path, latest: str | None, fingerprint: str | None) -> bool:
    """Tell whether the snapshot `latest` of an output folder came of a fingerprint, is as it was, and is led to."""
    if latest is None or fingerprint is None:
        return False
    with contextlib.suppress(OSError, ValueError):
        noted = json.loads((output / LAST_BUILD).read_text(encoding="utf-8"))
        leads_to = Store(output).latest.readlink().name
        return bool(noted == _note(output, latest, fingerprint) and leads_to == latest)
    return False


def record_fingerprint(output: Path, latest: str, fingerprint: str | None) -> None:
    """Note the fingerprint that the snapshot `latest` came of; None, which says nothing, is not noted."""
    if fingerprint is None:
        return
    file = output / LAST_BUILD
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(_note(output, latest, fingerprint)) + "\n")


def _note(output: Path, latest: str, fingerprint: str) -> dict[str, str]:
    described, taken_down = Store(output).folder(latest) / manifest.FILE, output / TAKEN_DOWN
    note = {"fingerprint": fingerprint, "version": latest, "manifest_sha256": file_sha256(described)}
    return {**note, "taken_down_sha256": file_sha256(taken_down) if taken_down.is_file() else ""}
