"""What lies beside the tables: statements.csv, the dataset card, and hashes in the manifest that notice a change."""

import csv
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
import yaml

from flows.publish import companions
from flows.publish.companions import write_companions
from flows.publish.limits import PublishLimits
from flows.publish.verify_files import verify_files
from flows.snapshots import manifest
from flows.snapshots.manifest import Manifest
from schemas.contract import current
from tests.builders.synthetic import Document, Statement, documents, publish

FORMULA = Document("news/evil.txt", (Statement("=HYPERLINK(1) is what the harbour costs", "Tobias Renn"),), lead="-")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    folder = publish(tmp_path_factory.mktemp("beside"), [*documents(4), FORMULA])
    assert folder is not None
    return folder, write_companions(folder, manifest.read(folder), current())


def test_the_csv_has_the_rows_of_the_table_in_every_reader(snapshot: tuple[Path, Manifest]) -> None:
    folder, _ = snapshot
    path, table = folder / "statements.csv", pl.read_parquet(folder / "statements.parquet")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["claim_mention_id"] for row in csv.DictReader(file)] == table["claim_mention_id"].to_list()
    for found in (
        pd.read_csv(path)["text"].to_list(),
        [row[0] for row in duckdb.read_csv(str(path)).project("text").fetchall()],
        pl.read_csv(path)["text"].to_list(),
    ):
        bare = [text.removeprefix("'") for text in found]
        assert bare == [text.removeprefix("'") for text in table["text"]]


def test_no_cell_of_the_csv_is_a_formula(snapshot: tuple[Path, Manifest]) -> None:
    cells = pl.read_csv(snapshot[0] / "statements.csv", infer_schema=False)
    assert pl.read_parquet(snapshot[0] / "statements.parquet")["text"].str.contains("=HYPERLINK").any()
    for column in cells.columns:
        assert not cells[column].str.contains(r"^[=+\-@]").any()


def test_the_manifest_names_them_and_a_change_is_noticed(tmp_path: Path) -> None:
    folder = publish(tmp_path, documents(3))
    assert folder is not None
    named = write_companions(folder, manifest.read(folder), current())
    assert set(named.files) == {"statements.csv", "README.md"}
    assert Manifest.model_validate_json(named.to_json()) == named
    assert verify_files(folder, named, current()).violations == []
    with (folder / "statements.csv").open("a", encoding="utf-8") as file:
        file.write("one more")
    (folder / "README.md").unlink()
    found = verify_files(folder, named, current()).violations
    assert [(violation.table, violation.rule[:20]) for violation in found] == [
        ("statements.csv", "the file is not the "),
        ("README.md", "the file is missing "),
    ]


@pytest.mark.parametrize("name", ["../statements.csv", "/etc/hosts.txt", "a/b.csv", ".hidden.csv", "README"])
def test_a_manifest_names_no_file_of_another_folder(snapshot: tuple[Path, Manifest], name: str) -> None:
    said = snapshot[1].model_dump(mode="json")
    with pytest.raises(ValueError, match="is no file name"):
        Manifest.model_validate({**said, "files": {name: {"bytes": 1, "sha256": "0" * 64}}})


def test_the_same_snapshot_gives_the_same_bytes(snapshot: tuple[Path, Manifest], tmp_path: Path) -> None:
    folder, named = snapshot
    again = write_companions(folder, manifest.read(folder), current())
    assert again.files == named.files


def test_more_rows_than_a_spreadsheet_opens_are_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = publish(tmp_path, documents(3))
    assert folder is not None
    monkeypatch.setattr(companions, "LIMITS", PublishLimits(spreadsheet_rows=1))
    assert set(write_companions(folder, manifest.read(folder), current()).files) == {"README.md"}
    assert not (folder / "statements.csv").exists()
    assert "statements.csv`:" not in (folder / "README.md").read_text(encoding="utf-8")


def test_the_card_has_what_a_hub_reads_and_a_person_asks(snapshot: tuple[Path, Manifest]) -> None:
    folder, named = snapshot
    card = (folder / "README.md").read_text(encoding="utf-8")
    _, front, text = card.split("---\n", 2)
    read = yaml.safe_load(front)
    assert read["language"] == ["en"]
    assert [config["config_name"] for config in read["configs"] if config.get("default")] == ["statements"]
    assert {config["data_files"] for config in read["configs"]} == {path.name for path in folder.glob("*.parquet")}
    headings = ["## Files", "## How it was made", "## Measured quality", "## Limits", "## Licence and citation"]
    assert [text.index(heading) for heading in headings] == sorted(text.index(heading) for heading in headings)
    assert "5 articles of" in text
    assert "March 2024" in text
    for name, facts in named.tables.items():
        assert f"| `{name}.parquet` | {facts.rows:,} |" in text
