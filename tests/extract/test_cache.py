"""The cache of extraction: what was damaged on the disk is not believed but read anew."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from flows.extract.cache import Cache, nest_rows
from schemas.intermediate import FoundClaims, FoundMentions
from schemas.tables import polars_schema

ARTICLES = pl.DataFrame(
    {"article_id": [f"art_{n:016x}" for n in range(40)], "published_on": [dt.date(2024, 1, 1)] * 39 + [None]}
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    cache = Cache(tmp_path, "0" * 64, 2**30)
    mentions, claims = (pl.DataFrame(schema=polars_schema(model)) for model in (FoundMentions, FoundClaims))
    dropped = [[{"reason": "no_verb", "start_char": n, "end_char": n + 9}] for n in range(ARTICLES.height)]
    for part in (slice(0, 25), slice(25, 40)):
        cache.store(nest_rows(ARTICLES[part], mentions, claims, dropped[part]))
    return cache


def test_what_is_stored_is_known_and_loaded(cache: Cache) -> None:
    assert cache.known().sort("article_id").equals(ARTICLES)
    assert cache.load(ARTICLES)["dropped"].list.len().to_list() == [1] * 40
    cache.prune(ARTICLES)
    assert cache.known().height == 40


def test_a_flipped_bit_anywhere_costs_its_shard_and_no_more(cache: Cache) -> None:
    shard = next(path for path in cache.shards() if pl.read_parquet(path).height == 25)
    whole = shard.read_bytes()
    for at in range(0, len(whole), len(whole) // 60):
        shard.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert cache.known().sort("article_id").equals(ARTICLES[25:]), f"byte {at} of {len(whole)}"
        assert not shard.exists()
    for damaged in (whole[:-1], b"", whole + b"\0"):
        shard.write_bytes(damaged)
        assert cache.known().height == 15
