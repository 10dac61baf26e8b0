"""`onrecord validate`: a whole snapshot passes; published files spoiled in many ways are each caught and named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer

from flows.cli.validate import validate, violations_of
from flows.errors import SettingsError, SnapshotError
from flows.publish import parquet
from flows.runtime.fingerprints import file_sha256
from flows.snapshots import manifest
from schemas.contract import current
from tests.builders.synthetic import documents, publish

CONTRACT = current()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("published")
    publish(root, documents(3))
    folder = publish(root, documents(4, first=1))
    assert folder is not None
    return folder


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    shutil.copytree(published, tmp_path / "copy")
    return tmp_path / "copy"


def forged(folder: Path, table: str, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """A table altered by somebody who knows the format: file, types, hashes and manifest all fit."""
    rows = change(pl.read_parquet(folder / f"{table}.parquet"))
    path = folder / f"{table}.parquet"
    facts = parquet.write(rows, CONTRACT.table(table), CONTRACT, path)
    edit(folder, lambda said: said["tables"].update({table: facts.model_dump()}))


def edit(folder: Path, change: Callable[[dict], object]) -> None:
    said = json.loads((folder / manifest.FILE).read_text())
    change(said)
    (folder / manifest.FILE).write_text(json.dumps(said))


def rewritten(folder: Path, table: str, **options: object) -> None:
    """The same rows through another writer."""
    path = folder / f"{table}.parquet"
    pl.read_parquet(path).write_parquet(path, **options)


def flip_byte(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(bytes(data))


def retyped(folder: Path) -> None:
    path = folder / "articles.parquet"
    table = pq.read_table(path)
    index = table.schema.get_field_index("word_count")
    field = table.schema.field(index).with_type(pa.int64())
    pq.write_table(table.set_column(index, field, table["word_count"].cast("int64")), path)


def large_strings(folder: Path) -> None:
    rewritten(folder, "entities")


SPOILED: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a flipped byte": (lambda f: flip_byte(f / "claims.parquet", 200), "claims", "SHA-256 of the file"),
    "a file cut short": (
        lambda f: (f / "claims.parquet").write_bytes((f / "claims.parquet").read_bytes()[:-100]),
        "claims",
        "no readable Parquet",
    ),
    "an empty file": (lambda f: (f / "claims.parquet").write_bytes(b""), "claims", "no readable Parquet"),
    "a missing file": (lambda f: (f / "claims.parquet").unlink(), "claims", "missing"),
    "a file for a table that is none": (
        lambda f: (f / "moods.parquet").write_bytes(b""),
        "snapshot",
        "no table of the contract",
    ),
    "another writer's strings": (large_strings, "entities", "column entity_id is of another type"),
    "a wider integer": (retyped, "articles", "column word_count is of another type"),
    "a column dropped": (
        lambda f: pl.read_parquet(f / "claims.parquet").drop("modality").write_parquet(f / "claims.parquet"),
        "claims",
        "column modality is missing",
    ),
    "a row dropped": (lambda f: forged(f, "entities", lambda t: t[1:]), "entity_mentions", "entity_id of entities"),
    "a row repeated": (
        lambda f: forged(f, "claims", lambda t: pl.concat([t, t[:1]])),
        "claims",
        "no two rows have the same claim_id",
    ),
    "an offset moved": (
        lambda f: forged(f, "entity_mentions", lambda t: t.with_columns(pl.col("start_char", "end_char") + 1)),
        "entity_mentions",
        "is surface",
    ),
    "an enum value": (
        lambda f: forged(f, "claims", lambda t: t.with_columns(polarity=pl.lit("unsure"))),
        "claims",
        "polarity satisfies isin",
    ),
    "a count": (
        lambda f: forged(f, "claims", lambda t: t.with_columns(pl.col("mention_count") + 1)),
        "claims",
        "mention_count is what its mentions add up to",
    ),
    "a redirect to nowhere": (
        lambda f: forged(f, "redirects", lambda t: t.with_columns(current_id=pl.lit("art_0000000000000000"))),
        "redirects",
        "a current id is a row of its table",
    ),
    "rows of another snapshot": (
        lambda f: shutil.copy(f.parent / "first/articles.parquet", f / "articles.parquet"),
        "articles",
        "the SHA-256 of the rows",
    ),
    "an altered text with a fitting file hash": (
        lambda f: (
            pl.read_parquet(f / "rejects.parquet")
            .with_columns(detail=pl.lit("x"))
            .write_parquet(f / "rejects.parquet"),
            edit(f, lambda said: said["tables"]["rejects"].update(sha256=file_sha256(f / "rejects.parquet"))),
        ),
        "rejects",
        "the size in bytes",
    ),
    "rows out of order": (
        lambda f: reordered(f),  # noqa: PLW0108 - defined below
        "claims",
        "rows are sorted by claim_id",
    ),
    "a manifest of another version": (
        lambda f: edit(f, lambda said: said.update(version="3.0.0")),
        "manifest.json",
        "does not begin with the contract's",
    ),
    "a manifest without a table": (
        lambda f: edit(f, lambda said: said["tables"].pop("claims")),
        "manifest.json",
        "a table is missing",
    ),
    "a link out of the folder": (
        lambda f: ((f / "claims.parquet").rename(f.parent / "c"), (f / "claims.parquet").symlink_to(f.parent / "c")),
        "claims",
        "no plain file of this folder",
    ),
}


def reordered(folder: Path) -> None:
    path = folder / "claims.parquet"
    table = pq.read_table(path)
    pq.write_table(table.take(list(reversed(range(table.num_rows)))), path, compression="zstd")


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_snapshot_is_caught(how: str, copy: Path, published: Path) -> None:
    shutil.copytree(published.parent / "2.2.0", copy.parent / "first")
    spoil, table, said = SPOILED[how]
    spoil(copy)
    _, found = violations_of(copy)
    assert any(v.table == table and said in v.rule for v in found), found
    assert all(len(v.examples) <= 3 for v in found)


def test_a_whole_snapshot_passes_wherever_it_is_copied(published: Path, copy: Path) -> None:
    for folder in (published, copy):
        contract, found = violations_of(folder)
        assert found == []
        assert contract == CONTRACT


def test_the_command_prints_what_is_wrong_and_exits_1(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended:
        validate(str(copy), Path("output"), as_json=False)
    assert ended.value.exit_code == 0
    forged(copy, "claims", lambda t: t.with_columns(polarity=pl.lit("unsure")))
    with pytest.raises(typer.Exit) as ended:
        validate(str(copy), Path("output"), as_json=False)
    assert ended.value.exit_code == 1
    assert "unsure" in capsys.readouterr().out
    with pytest.raises(typer.Exit):
        validate(str(copy), Path("output"), as_json=True)
    report = json.loads(capsys.readouterr().out)
    assert report["violations"][0]["count"] == pl.read_parquet(copy / "claims.parquet").height


HOSTILE = ["../../../etc/passwd", "/etc/passwd", "a/b", "..", "claims\x00", "Claims", ""]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_manifest_cannot_lead_out_of_its_folder(name: str, copy: Path) -> None:
    edit(copy, lambda said: said["tables"].update({name: said["tables"]["claims"]}))
    with pytest.raises(SnapshotError, match="is no table name"):
        violations_of(copy)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": "2.2.0"}', '{"version": "../.."}', "\xff", "null"])
def test_a_manifest_that_makes_no_sense_is_one_clear_sentence(text: str, copy: Path) -> None:
    (copy / manifest.FILE).write_text(text, encoding="latin-1")
    with pytest.raises(SnapshotError, match="makes no sense"):
        violations_of(copy)


def test_no_snapshot_and_an_unknown_contract_say_what_to_do(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"is no snapshot.*Give the folder of one version"):
        violations_of(tmp_path)
    edit(copy, lambda said: said.update(contract_version="9.4"))
    with pytest.raises(SnapshotError, match=r"contract 9\.4 is unknown to this onrecord, which knows 1\.0"):
        violations_of(copy)


@pytest.mark.parametrize(
    ("major", "minor", "kept"), [(0, 0, True), (0, 1, False), (1, 0, False), (-1, 0, False)], ids=str
)
def test_a_consumer_says_which_contract_is_relied_on(major: int, minor: int, kept: bool, copy: Path) -> None:
    """Relative to the current contract: the same one is kept; a later one, or another MAJOR, is not."""
    now = tuple(map(int, CONTRACT.version.split(".")))
    with pytest.raises(typer.Exit) as ended:
        validate(str(copy), Path("output"), relied_on=f"{now[0] + major}.{now[1] + minor}", as_json=True)
    assert ended.value.exit_code == (0 if kept else 1)


def test_a_contract_that_is_none_is_said_to_be(copy: Path) -> None:
    with pytest.raises(SettingsError, match="a contract looks like"):
        validate(str(copy), Path("output"), relied_on="1", as_json=True)
