"""How articles are dealt out to extraction tasks."""

import polars as pl

from flows.extract.flow import split
from flows.runtime.workspace import Workspace


def test_near_copies_stand_together_and_every_article_is_in_one_shard(tmp_path):
    rows = [("art_a", None), ("art_b", "art_d"), ("art_c", None), ("art_d", None), ("art_e", "art_a")]
    articles = pl.DataFrame(
        [{"article_id": name, "text": name * 9, "duplicate_of": original} for name, original in rows],
        schema={"article_id": pl.String, "text": pl.String, "duplicate_of": pl.String},
    )
    workspace = Workspace(tmp_path)
    count = split(articles.sample(fraction=1.0, shuffle=True, seed=3), 2, workspace)
    shards = [pl.read_parquet(workspace.shard("extract", n))["article_id"].to_list() for n in range(count)]
    assert shards == [["art_a", "art_e"], ["art_c", "art_b"], ["art_d"]]
