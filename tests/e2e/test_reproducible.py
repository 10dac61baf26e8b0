"""Byte for byte the same, whatever the machine's locale, time zone, hash seed and number of processes."""

from pathlib import Path

from schemas.tables import TABLES
from tests.conftest import Shipped
from tests.e2e.conftest import ROOT, Build, hashes


def test_another_locale_time_zone_and_hash_seed_give_the_same_files(
    build: Build, shipped: Shipped, tmp_path: Path
) -> None:
    """What was built far away, in processes of its own, is what this process makes."""
    here = hashes(Path(str(build(ROOT / "seeds" / "articles", tmp_path / "here")["snapshot"])))
    assert hashes(shipped.output / "latest") == here
    assert here.keys() == {f"{name}.parquet" for name in (*TABLES, "inputs")}
