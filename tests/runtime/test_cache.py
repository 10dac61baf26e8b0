"""What is kept from build to build: found by its key, bounded, and made again where a file is no longer whole."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from flows.runtime import cache as module
from flows.runtime.cache import Cache
from flows.runtime.limits import RuntimeLimits

SCHEMA = {"name": pl.String, "day": pl.Date, "words": pl.List(pl.Int64)}
DAY = dt.date(2024, 3, 1)


def cache_in(root: Path, fingerprint: str = "a" * 64, max_bytes: int = 1 << 20) -> Cache:
    return Cache(root, fingerprint, SCHEMA, ("name", "day"), max_bytes)


def rows(*names: str, day: dt.date | None = DAY) -> pl.DataFrame:
    return pl.DataFrame({"name": names, "day": day, "words": [[len(name)] for name in names]}, schema=SCHEMA)


def test_a_row_is_found_by_its_whole_key_and_a_missing_day_is_a_day_of_its_own(tmp_path: Path) -> None:
    kept = cache_in(tmp_path)
    kept.store(rows("b", "a"))
    kept.store(rows("c", day=None))
    assert kept.load(rows("c", "a", "d")).equals(rows("a"))
    assert kept.load(rows("c", "a", day=None)).equals(rows("c", day=None))
    assert kept.known().height == 3
    assert cache_in(tmp_path, "b" * 64).load(rows("a")).is_empty()


@pytest.mark.parametrize("cut", [40, -1])
def test_a_file_that_is_not_as_it_was_written_is_deleted_and_its_rows_are_missing(tmp_path: Path, cut: int) -> None:
    kept = cache_in(tmp_path)
    path = kept.store(rows("a"))
    kept.store(rows("b"))
    written = path.read_bytes()
    path.write_bytes(written[:cut] if cut > 0 else written.replace(b"a", b"b", 1))
    assert kept.load(rows("a", "b")).equals(rows("b"))
    assert not path.exists()


def test_a_flipped_bit_anywhere_costs_its_file_and_no_more(tmp_path: Path) -> None:
    cache = Cache(tmp_path, "0" * 64, {"id": pl.String, "number": pl.Int64}, ("id",), 2**30)
    cache.store(pl.DataFrame({"id": ["kept"], "number": [1]}))
    shard = cache.store(pl.DataFrame({"id": [f"id{n}" for n in range(40)], "number": range(40)}))
    whole = shard.read_bytes()
    for at in range(0, len(whole), len(whole) // 60):
        shard.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert cache.known()["id"].to_list() == ["kept"], f"byte {at} of {len(whole)}"
        assert not shard.exists()


def test_many_small_files_are_written_together_and_large_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = cache_in(tmp_path)
    large = kept.store(rows(*(f"{number:04d}" for number in range(2000))))
    monkeypatch.setattr(module, "LIMITS", RuntimeLimits(cache_files=3, cache_shard_bytes=large.stat().st_size))
    names = "abcdef"
    for name in names:
        kept.store(rows(name))
    kept.prune(rows("a"))
    assert large in kept.shards()
    assert len(kept.shards()) < len(names)
    assert kept.load(rows(*names)).equals(rows(*names))


def test_past_its_size_the_cache_keeps_what_the_build_wanted(tmp_path: Path) -> None:
    one = cache_in(tmp_path / "one").store(rows("a")).stat().st_size
    kept = cache_in(tmp_path, max_bytes=one + one // 2)
    for name in "abc":
        kept.store(rows(name))
    kept.prune(rows("b"))
    assert kept.known().equals(rows("b").select("name", "day"))


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_the_cache_stays_under_its_bound_whatever_is_wanted(most: int, tmp_path: Path) -> None:
    """Of what is wanted, too, no more is kept; and what fits is not written anew by every build."""
    one = cache_in(tmp_path / "one").store(rows("a")).stat().st_size
    earlier = cache_in(tmp_path / "many", "b" * 64)
    earlier.store(rows("a"))
    kept = cache_in(tmp_path / "many", max_bytes=most * (one + 8))
    for name in "abcde":
        kept.store(rows(name))
    kept.prune(rows(*"abcde"))
    files = {path: path.stat().st_mtime_ns for path in (tmp_path / "many").rglob("*.parquet")}
    assert len(files) == most and earlier.shards() == []
    assert sum(path.stat().st_size for path in files) <= kept.max_bytes
    kept.prune(rows(*"abcde"))
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "many").rglob("*.parquet")} == files


def test_large_files_are_written_once_however_many_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files than are opened gladly: once each is large, no build writes them again."""
    kept = cache_in(tmp_path)
    size = kept.store(rows("a")).stat().st_size
    monkeypatch.setattr(module, "LIMITS", RuntimeLimits(cache_files=3, cache_shard_bytes=size - 64))
    for name in "bcdefghij":
        kept.store(rows(name))
    before = {path: path.stat().st_mtime_ns for path in kept.shards()}
    kept.prune(rows(*"abcdefghij"))
    assert {path: path.stat().st_mtime_ns for path in kept.shards()} == before and len(before) == 10


def test_two_versions_of_the_program_are_kept(tmp_path: Path) -> None:
    for fingerprint in "abc":
        kept = cache_in(tmp_path, fingerprint * 64)
        kept.store(rows("a"))
        kept.prune(rows("a"))
    assert len(list(tmp_path.iterdir())) == 2
    assert kept.load(rows("a")).height == 1
