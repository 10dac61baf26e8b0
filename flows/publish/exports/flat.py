"""Every table as CSV or JSON Lines."""

from pathlib import Path

from flows.snapshots.flat_files import to_csv, to_jsonl
from flows.snapshots.reader import Snapshot


def export_csv(snapshot: Snapshot, target: Path) -> list[Path]:
    """Write a CSV file a table: lists joined, formulas neutralised, with the byte order mark that Excel asks for."""
    return [_write(target / f"{name}.csv", to_csv(frame, bom=True)) for name, frame in snapshot.tables.items()]


def export_jsonl(snapshot: Snapshot, target: Path) -> list[Path]:
    """Write a file a table with one JSON object a row; lists and structs stay what they are."""
    return [_write(target / f"{name}.jsonl", to_jsonl(frame)) for name, frame in snapshot.tables.items()]


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path
