"""The figures of a run for a dashboard: what the page takes out of a manifest is there, in the form that is read."""

import re
import shutil
import subprocess
from pathlib import Path

from flows.snapshots import manifest
from schemas.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
BUILT = sorted((ROOT / "tests" / "golden" / "contract-2.2").iterdir())[-1]
LINE = re.compile(r'^onrecord_[a-z_]+(?:\{[a-z]+="[a-z_]+"\})? -?[0-9.]+(?:e[+-]?[0-9]+)?$')


def program() -> str:
    """The program of jq that the page gives."""
    found = re.search(r"^    jq -r '(.*?)' \\$", PAGE, re.M | re.S)
    assert found
    return found[1]


def test_every_field_that_is_read_is_one_of_the_manifest() -> None:
    named = set(re.findall(r"\(\.(\w+)(?= \||\s)", program()))
    assert {"tables", "changes", "quality", "seconds", "created_at"} <= named
    assert named - {"key", "value"} <= set(manifest.Manifest.model_fields)


def test_what_comes_out_is_what_prometheus_reads(tmp_path: Path) -> None:
    jq = shutil.which("jq")
    if jq is None:  # the names are held above
        return
    figures = {"quality": {"quoted_share": 0.25, "claim_ids_kept": None}, "seconds": {"ingest": 1e-05, "extract": 12.5}}
    changes = {"changes": {"claims": manifest.TableChanges(added=0, removed=3, changed=0)}}
    said = manifest.read(BUILT).model_copy(update=figures | changes)
    (tmp_path / manifest.FILE).write_text(said.to_json(), encoding="utf-8")
    done = subprocess.run([jq, "-r", program(), tmp_path / manifest.FILE], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert [line for line in lines if not LINE.match(line)] == []
    assert {f'onrecord_rows{{table="{name}"}}' for name in TABLES} <= {line.split(" ")[0] for line in lines}
    assert {'onrecord_removed_rows{table="claims"} 3', 'onrecord_quality{figure="quoted_share"} 0.25'} <= set(lines)
    assert len([line for line in lines if line.startswith("onrecord_seconds")]) == 2
    assert any(line.startswith("onrecord_created_seconds 1") for line in lines)
