"""What lies beside the tables of a snapshot for people and catalogues, each named in the manifest with its hash."""

from pathlib import Path

import polars as pl

from flows.publish.dataset_card import FILE as CARD
from flows.publish.dataset_card import dataset_card
from flows.publish.limits import LIMITS
from flows.runtime.fingerprints import file_sha256
from flows.snapshots.flat_files import csv_parts
from flows.snapshots.manifest import FileFacts, Manifest
from flows.snapshots.scope import scope
from schemas.contract import Contract

STATEMENTS = "statements.csv"


def write_companions(folder: Path, manifest: Manifest, contract: Contract) -> Manifest:
    """Write statements.csv and README.md beside the tables, and return the manifest with their sizes and hashes.

    A table with more rows than a spreadsheet opens has no statements.csv: `onrecord export --to csv` writes one.
    """
    written = {}
    statements = pl.read_parquet(folder / "statements.parquet")
    if statements.height <= LIMITS.spreadsheet_rows:
        with (folder / STATEMENTS).open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_parts(statements, LIMITS.group_rows, bom=True))
        written[STATEMENTS] = "the statements for spreadsheets; an apostrophe stands before what begins like a formula"
    about = scope(pl.scan_parquet(folder / "articles.parquet"))
    beside = {
        **written,
        "inputs.parquet": "every file and record that came in, with its hash and what became of it",
        "manifest.json": "versions, hashes, quality figures, what changed and why",
        "croissant.json": "this dataset for machine-learning tools (MLCommons Croissant)",
        "report.html": "the snapshot as a page: stories, people, claims, possible conflicts",
    }
    (folder / CARD).write_text(dataset_card(manifest, contract, about, beside), encoding="utf-8", newline="\n")
    facts = {
        name: FileFacts(bytes=(folder / name).stat().st_size, sha256=file_sha256(folder / name))
        for name in (*written, CARD)
    }
    return manifest.model_copy(update={"files": {**manifest.files, **facts}})
