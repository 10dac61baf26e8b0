"""A build that would only repeat the last one is known without building; anything that decides makes it another one."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.runtime import fingerprints
from flows.settings import ResolveSettings, Settings

CHANGES: dict[str, Callable[[Path], object]] = {
    "an edited article": lambda seeds: (seeds / "a.txt").write_text("The mayor said that the bridge is shut."),
    "a new article": lambda seeds: (seeds / "b.txt").write_text("The mayor said that the bridge is open."),
    "a deleted article": lambda seeds: (seeds / "a.txt").unlink(),
    "a renamed article": lambda seeds: (seeds / "a.txt").rename(seeds / "c.txt"),
    "a correction": lambda seeds: (seeds / "corrections.yml").write_text("corrections: []"),
    "a judgement beside": lambda seeds: (seeds.parent / "judgements.csv").write_text("table,left"),
}


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder of two articles."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text("The mayor said that the bridge is safe.")
    (folder / "z.txt").write_text("The council said that it was not asked.")
    return folder


@pytest.mark.parametrize("change", CHANGES)
def test_what_decides_about_the_tables_is_in_the_account(seeds: Path, change: str) -> None:
    before = fingerprints.account(str(seeds), Settings())
    assert fingerprints.account(str(seeds), Settings()) == before
    CHANGES[change](seeds)
    assert fingerprints.account(str(seeds), Settings()) != before


def test_nothing_to_do_is_known_and_said_without_tables_and_flows() -> None:
    path = "import sys, flows.cli, flows.commands.build, flows.rerun, flows.publish.store, flows.report.unchanged"
    program = f"{path}; print(*{{'polars', 'pandera', 'prefect', 'fsspec', 'altair'}} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_settings_count_where_they_decide(seeds: Path) -> None:
    before = fingerprints.account(str(seeds), Settings())
    assert fingerprints.account(str(seeds), Settings(shard_articles=3)) == before
    assert fingerprints.account(str(seeds), Settings(resolve=ResolveSettings(claim_threshold=0.9))) != before


def test_an_address_has_no_account() -> None:
    assert fingerprints.account("https://news.example/archive/", Settings()) is None


def test_only_the_snapshot_that_was_noted_and_is_as_it_was_is_repeated(tmp_path: Path) -> None:
    for version in ("1.0.0", "1.0.1"):
        folder = tmp_path / "snapshots" / version
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(version)
    assert not fingerprints.repeats(tmp_path, "1.0.1", "account")
    fingerprints.remember(tmp_path, "1.0.1", "account")
    assert fingerprints.repeats(tmp_path, "1.0.1", "account")
    assert not fingerprints.repeats(tmp_path, "1.0.1", "another")
    assert not fingerprints.repeats(tmp_path, "1.0.0", "account")  # rolled back
    assert not fingerprints.repeats(tmp_path, None, "account")
    (tmp_path / "snapshots/1.0.1/manifest.json").write_text("altered")
    assert not fingerprints.repeats(tmp_path, "1.0.1", "account")
