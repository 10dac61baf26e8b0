"""What came in, as a table beside the manifest: a million names and hashes are no text that one parses at each start.

One row an input, by source_uri: its hash and size, and the article that it became or the reason why it became none.
Manifests of earlier versions have the same as a list inside; both are read here.
"""

from pathlib import Path

import polars as pl

from flows.runtime.fingerprints import file_sha256
from flows.snapshots.manifest import FileFacts, InputsFile, Manifest

FILE = "inputs.parquet"
SCHEMA = {
    "source_uri": pl.String, "sha256": pl.String, "bytes": pl.Int64, "article_id": pl.String, "reason": pl.String,
}  # fmt: skip


def write_inputs(folder: Path, inputs: pl.DataFrame) -> tuple[InputsFile, FileFacts]:
    """Write the inputs of a snapshot beside its tables; return what the manifest says of them, and of their file."""
    path = folder / FILE
    rows = inputs.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()).sort("source_uri")
    rows.write_parquet(path, compression="zstd")
    return InputsFile(file=FILE, rows=rows.height), FileFacts(bytes=path.stat().st_size, sha256=file_sha256(path))


def read_inputs(folder: Path, said: Manifest) -> pl.DataFrame:
    """Return the inputs of a snapshot, in order of source_uri. Raises OSError where their file is missing."""
    if isinstance(said.inputs, InputsFile):
        return pl.read_parquet(folder / FILE)
    return listed(said)


def listed(said: Manifest) -> pl.DataFrame:
    """Return the inputs that a manifest lists itself; none where it names a file."""
    rows = () if isinstance(said.inputs, InputsFile) else said.inputs
    return pl.DataFrame([row.model_dump() for row in rows], schema=SCHEMA)
