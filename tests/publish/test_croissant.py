"""The Croissant description: mlcroissant loads every table through it, and notices an altered file."""

from pathlib import Path

import mlcroissant
import polars as pl
import pytest
from mlcroissant import GenerationError

from flows.publish.croissant import write_croissant
from flows.snapshots import manifest
from schemas.contract import current
from tests.builders.synthetic import documents, publish

pytestmark = pytest.mark.filterwarnings("ignore")  # mlcroissant's own, of rdflib and pandas


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = publish(tmp_path_factory.mktemp("croissant"), documents(4))
    assert folder is not None
    return write_croissant(folder, manifest.read(folder), current())


@pytest.mark.parametrize("name", ["articles", "claim_mentions", "entities", "redirects"])
def test_tables_load(described: Path, name: str) -> None:
    dataset = mlcroissant.Dataset(str(described))
    assert not dataset.metadata.issues.errors
    rows = pl.read_parquet(described.parent / f"{name}.parquet").to_dicts()
    loaded = list(dataset.records(name))
    assert len(loaded) == len(rows)
    for found, row in zip(loaded, rows, strict=True):
        assert set(found) == {f"{name}/{column}" for column in row}
        for column, value in row.items():
            if isinstance(value, str):
                assert found[f"{name}/{column}"].decode() == value
            elif isinstance(value, int):
                assert found[f"{name}/{column}"] == value


def test_lists_keep_their_parts(described: Path) -> None:
    rows = list(mlcroissant.Dataset(str(described)).records("claim_mentions"))
    parts = rows[0]["claim_mentions/spans"][0]
    assert set(parts) == {"claim_mentions/spans/start_char", "claim_mentions/spans/end_char"}


def test_an_altered_file_does_not_load(described: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in described.parent.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    rows = pl.read_parquet(copy / "claims.parquet")
    rows.with_columns(text=pl.lit("something else")).write_parquet(copy / "claims.parquet")
    with pytest.raises(GenerationError, match=r"Download\(claims\.parquet\)"):
        list(mlcroissant.Dataset(str(copy / "croissant.json")).records("claims"))
