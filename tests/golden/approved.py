"""The approved tables of `seeds/articles`: what they are now, and how a change of them is approved.

    python -m tests.golden.approved        writes what a build gives now to tests/golden/snapshot/

Each table is a file of JSON Lines, a line a row, in the order of the published table, so that a change of behaviour
shows in review as a readable diff. Probabilities are rounded to two digits, for the last bits of the reader's figures
differ from one kind of processor to another.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent.parent
APPROVED = Path(__file__).resolve().parent / "snapshot"
TABLES = ("entities", "claim_mentions", "claims", "claim_conflicts", "stories", "coverage")


def build(output: Path) -> Path:
    """Builds `seeds/articles` as a user would and returns the snapshot's folder."""
    command = [sys.executable, "-m", "flows", "build", "--seeds", "seeds/articles", "--output", str(output), "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the build of seeds/articles ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return output / "latest"


def lines_of(snapshot: Path, table: str) -> list[str]:
    """The rows of a published table as lines of JSON."""
    rows = pl.read_parquet(snapshot / f"{table}.parquet").to_dicts()
    return [json.dumps(_rounded(row), ensure_ascii=False, default=str) for row in rows]


def _rounded(value: object, column: str = "") -> object:
    if isinstance(value, dict):
        return {name: _rounded(held, name) for name, held in value.items()}
    return round(value, 2) if column in ("confidence", "cohesion") and isinstance(value, float) else value


def main() -> None:
    """Write the approved files anew."""
    with tempfile.TemporaryDirectory() as scratch:
        snapshot = build(Path(scratch))
        APPROVED.mkdir(exist_ok=True)
        for table in TABLES:
            text = "".join(line + "\n" for line in lines_of(snapshot, table))
            (APPROVED / f"{table}.jsonl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
