"""The list of inputs: a file beside the manifest, and still a list inside those that were written before."""

from pathlib import Path

import polars as pl

from flows.publish.change_causes import Side
from flows.publish.diff import diff, side_of
from flows.publish.verify_files import verify_files
from flows.snapshots import manifest
from flows.snapshots.inputs import FILE, read_inputs, write_inputs
from flows.snapshots.manifest import InputsFile
from flows.snapshots.reader import read_snapshot
from schemas.contract import current
from tests.builders.synthetic import documents, publish


def with_file(folder: Path) -> manifest.Manifest:
    """A snapshot that lists its inputs itself, with the same in a file."""
    said = manifest.read(folder)
    listed, facts = write_inputs(folder, read_inputs(folder, said))
    new = said.model_copy(update={"inputs": listed, "files": {**said.files, FILE: facts}})
    (folder / manifest.FILE).write_text(new.to_json(), encoding="utf-8")
    return new


def test_both_forms_say_the_same(tmp_path: Path) -> None:
    folder = publish(tmp_path, documents(3))
    assert folder is not None
    before = manifest.read(folder)
    rows = read_inputs(folder, before)
    assert rows.height == before.input_count == 3 and before.input_count == len(before.inputs)
    after = with_file(folder)
    assert after.input_count == 3 and isinstance(manifest.read(folder).inputs, InputsFile)
    assert read_inputs(folder, after).equals(rows)
    assert verify_files(folder, after, current()).violations == []


def test_causes_are_told_across_the_two_forms(tmp_path: Path) -> None:
    folders = [publish(tmp_path, documents(size)) for size in (3, 4)]
    assert folders[0] is not None and folders[1] is not None
    with_file(folders[1])
    old, new = (side_of(read_snapshot(folder)) for folder in folders if folder)
    assert set(diff(old, new, None, "2.0.1").tables["articles"]["cause"]) == {"input"}
    rejects = pl.concat([new.tables["rejects"].with_columns(source_uri=pl.lit("news/003.txt")), new.tables["rejects"]])
    changed = Side({**new.tables, "rejects": rejects}, new.manifest, new.inputs)
    assert diff(old, changed, None, "2.0.1").tables["rejects"]["cause"].to_list() == ["input"]


def test_a_list_that_is_damaged_or_a_strangers_is_told(tmp_path: Path) -> None:
    folder = publish(tmp_path, documents(2))
    assert folder is not None
    (folder / FILE).write_bytes(b"of somebody else")
    assert [v.rule for v in verify_files(folder, manifest.read(folder), current()).violations] == [
        "a file is no table of the contract"
    ]
    said = with_file(folder)
    (folder / FILE).write_bytes((folder / FILE).read_bytes()[:-1])
    assert [v.rule for v in verify_files(folder, said, current()).violations] == ["the file is not the manifest's"]


def test_a_million_inputs_make_no_larger_manifest(tmp_path: Path) -> None:
    many = pl.DataFrame({"source_uri": pl.int_range(200_000, eager=True).cast(pl.String)}).with_columns(
        sha256=pl.lit("0" * 64), bytes=pl.lit(1), article_id=pl.lit(None, pl.String), reason=pl.lit("empty")
    )
    listed, facts = write_inputs(tmp_path, many)
    assert listed.model_dump() == {"file": "inputs.parquet", "rows": 200_000}
    assert facts.bytes == (tmp_path / FILE).stat().st_size
