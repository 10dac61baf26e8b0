"""A build that would only repeat the last one is known without building; anything that decides makes it another one."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.ingest.sources.input_fingerprint import input_fingerprint
from flows.runtime.fingerprints import build_fingerprint
from flows.settings import ResolveSettings, Settings
from flows.snapshots.output_folder.last_build import is_up_to_date, record_fingerprint

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
def test_what_decides_about_the_tables_is_in_the_fingerprint(seeds: Path, change: str) -> None:
    before = input_fingerprint(str(seeds))
    assert input_fingerprint(str(seeds)) == before
    CHANGES[change](seeds)
    after = input_fingerprint(str(seeds))
    assert after != before
    assert build_fingerprint(after, Settings()) != build_fingerprint(before, Settings())


def test_nothing_to_do_is_known_and_said_without_tables_and_flows() -> None:
    modules = (
        "flows.cli.main, flows.cli.build, flows.runtime.fingerprints, flows.ingest.sources.input_fingerprint, "
        "flows.snapshots.output_folder.last_build, flows.report.terminal.up_to_date"
    )
    program = (
        f"import sys, {modules}; print(*{{'polars', 'pandera', 'prefect', 'fsspec', 'altair'}} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_settings_count_where_they_decide(seeds: Path) -> None:
    inputs = input_fingerprint(str(seeds))
    before = build_fingerprint(inputs, Settings())
    assert build_fingerprint(inputs, Settings(shard_articles=3)) == before
    assert build_fingerprint(inputs, Settings(resolve=ResolveSettings(claim_threshold=0.9))) != before


def test_an_address_has_no_fingerprint() -> None:
    assert input_fingerprint("https://news.example/archive/") is None
    assert build_fingerprint(None, Settings()) is None


def test_only_the_snapshot_that_was_noted_and_is_as_it_was_is_repeated(tmp_path: Path) -> None:
    for version in ("2.2.0", "2.2.1"):
        folder = tmp_path / "snapshots" / version
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(version)
    link = tmp_path / "latest"
    link.symlink_to("snapshots/2.2.1")
    assert not is_up_to_date(tmp_path, "2.2.1", "fingerprint")
    record_fingerprint(tmp_path, "2.2.1", "fingerprint")
    assert is_up_to_date(tmp_path, "2.2.1", "fingerprint")
    assert not is_up_to_date(tmp_path, "2.2.1", "another")
    assert not is_up_to_date(tmp_path, "2.2.0", "fingerprint")  # rolled back
    assert not is_up_to_date(tmp_path, None, "fingerprint")
    for target in ("snapshots/2.2.0", "snapshots/7.7.7"):
        link.unlink()
        link.symlink_to(target)
        assert not is_up_to_date(tmp_path, "2.2.1", "fingerprint")  # a build puts the link right
    link.unlink()
    link.symlink_to("snapshots/2.2.1")
    (tmp_path / "snapshots/2.2.1/manifest.json").write_text("altered")
    assert not is_up_to_date(tmp_path, "2.2.1", "fingerprint")
