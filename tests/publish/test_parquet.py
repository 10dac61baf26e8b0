"""Files are a function of their rows: bytes, Arrow types, hashes; and every reader reads them."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from flows.errors import ContractError
from flows.publish import parquet
from flows.runtime.fingerprints import file_sha256
from schemas.contract import current
from tests.builders import synthetic

CONTRACT = current()
TABLES = synthetic.build(synthetic.documents(6))


@pytest.mark.parametrize("name", CONTRACT.names)
def test_the_same_rows_in_any_order_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    table = CONTRACT.table(name)
    one = parquet.write(TABLES[name], table, CONTRACT, tmp_path / "one.parquet")
    other = parquet.write(TABLES[name].reverse().rechunk(), table, CONTRACT, tmp_path / "other.parquet")
    assert one == other
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "other.parquet").read_bytes()


@pytest.mark.parametrize("name", CONTRACT.names)
def test_arrow_types_are_the_contracts_also_without_a_row(name: str, tmp_path: Path) -> None:
    table = CONTRACT.table(name)
    full = parquet.write(TABLES[name], table, CONTRACT, tmp_path / "full.parquet")
    empty = parquet.write(table.empty(), table, CONTRACT, tmp_path / "empty.parquet")
    assert full.schema_fingerprint == empty.schema_fingerprint == parquet.fingerprint(table)
    for file in ("full", "empty"):
        assert parquet.describe(tmp_path / f"{file}.parquet")["fingerprint"] == parquet.fingerprint(table)
        kinds = str(pq.read_schema(tmp_path / f"{file}.parquet").types)
        assert "large" not in kinds
        assert "view" not in kinds
        assert "null" not in kinds


def test_a_file_describes_itself(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    parquet.write(TABLES["claims"], CONTRACT.table("claims"), CONTRACT, path)
    file = pq.ParquetFile(path)
    assert file.schema_arrow.metadata[b"onrecord.contract_version"] == CONTRACT.version.encode()
    assert file.schema_arrow.metadata[b"onrecord.table"] == b"claims"
    assert file.schema_arrow.field("claim_id").metadata[b"description"].decode().startswith("Id that stays")
    column = file.metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.statistics.min == TABLES["claims"]["claim_id"].min()


@pytest.mark.parametrize("name", CONTRACT.names)
def test_readers_agree(name: str, tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    parquet.write(TABLES[name], CONTRACT.table(name), CONTRACT, path)
    rows = pl.read_parquet(path)
    assert rows.equals(CONTRACT.table(name).ordered(TABLES[name]))
    assert len(pd.read_parquet(path)) == rows.height
    assert duckdb.sql(f"select * from read_parquet('{path}')").pl().equals(rows)  # noqa: S608 - a path of the test


def test_the_logical_hash_is_of_the_rows_and_not_of_the_file(tmp_path: Path) -> None:
    table = CONTRACT.table("claim_mentions")
    rows = TABLES["claim_mentions"]
    facts = parquet.write(rows, table, CONTRACT, tmp_path / "ours.parquet")
    rows.write_parquet(tmp_path / "theirs.parquet", compression="snappy", row_group_size=5)
    theirs = pl.read_parquet(tmp_path / "theirs.parquet")
    assert file_sha256(tmp_path / "theirs.parquet") != facts.sha256
    assert parquet.logical_sha256(theirs.sample(fraction=1, shuffle=True, seed=1), table) == facts.logical_sha256


ALTERED = {
    "a word": pl.col("text").str.replace("that", "thot"),
    "an empty text for a null": pl.col("cue").fill_null(""),
    "a number": pl.col("start_char") + 1,
    "a float's last bit": pl.col("confidence") + 1e-15,
    "an id of a list": pl.col("entity_ids").list.eval(pl.element().str.replace("ent_.", "ent_x")),
    "a list cut elsewhere": pl.col("entity_ids").shift(1, fill_value=[]),
    "a part of a struct": pl.lit([], dtype=pl.List(pl.Struct({"iso": pl.String, "surface": pl.String})))
    .list.concat(pl.struct(iso=pl.lit("2008"), surface=pl.lit(""))).alias("dates"),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_the_logical_hash_notices(what: str) -> None:
    table = CONTRACT.table("claim_mentions")
    rows = TABLES["claim_mentions"]
    altered = rows.with_columns(ALTERED[what]).cast(dict(rows.schema))
    assert parquet.logical_sha256(altered, table) != parquet.logical_sha256(rows, table)


def test_text_does_not_run_into_its_neighbour() -> None:
    table = CONTRACT.table("rejects")
    one = pl.DataFrame([("ingest", "ab", "empty", "c", None)], schema=table.schema, orient="row")
    other = pl.DataFrame([("ingest", "a", "empty", "bc", None)], schema=table.schema, orient="row")
    assert parquet.logical_sha256(one, table) != parquet.logical_sha256(other, table)


def test_many_rows_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "LIMITS", replace(parquet.LIMITS, group_bytes=200))
    parquet.write(TABLES["articles"], CONTRACT.table("articles"), CONTRACT, tmp_path / "groups.parquet")
    assert pq.ParquetFile(tmp_path / "groups.parquet").num_row_groups > 1
    assert pl.read_parquet(tmp_path / "groups.parquet").equals(TABLES["articles"])


def test_a_column_of_another_type_is_refused(tmp_path: Path) -> None:
    wrong = TABLES["redirects"].vstack(
        pl.DataFrame([("claims", None, None, "2.2.0")], schema=TABLES["redirects"].schema, orient="row")
    )
    with pytest.raises(ContractError, match="redirects cannot be written as contract"):
        parquet.write(wrong, CONTRACT.table("redirects"), CONTRACT, tmp_path / "wrong.parquet")
