"""Support counted honestly: near-copies and revisions of an article are one witness, however many papers
print it.
"""

import numpy as np
import polars as pl
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


def witnesses(articles: pl.DataFrame) -> pl.DataFrame:
    """Which articles are one witness: article_id, witness (i64).

    articles: article_id, duplicate_of, revision_of. Articles are one witness where a chain of near-copies and
    revisions joins them, through articles of an earlier snapshot as well.
    """
    links = pl.concat(
        [
            articles.select("article_id", other=pl.col(column).cast(pl.String)).drop_nulls()
            for column in ("duplicate_of", "revision_of")
        ]
    )
    known = pl.concat([articles["article_id"], links["other"]]).unique().sort()
    number = pl.DataFrame({"article_id": known, "number": np.arange(len(known), dtype=np.int64)})
    ends = [
        links.select(article_id=column)
        .join(number, on="article_id", how="left", maintain_order="left")["number"]
        .to_numpy()
        for column in ("article_id", "other")
    ]
    graph = coo_matrix((np.ones(links.height), (ends[0], ends[1])), shape=(len(known), len(known)))
    _, group = connected_components(graph, directed=False)
    return number.select("article_id", witness=pl.Series(group.astype(np.int64))).join(
        articles.select("article_id"), on="article_id", how="semi"
    )


def support(mentions: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Who stands behind each claim: claim_id and the counting columns of `schemas.claims.Claims`.

    mentions: claim_id, article_id, speaker_id. articles: article_id, duplicate_of, revision_of, publisher,
    published_on.
    """
    known = articles.select("article_id", "publisher", "published_on").join(
        witnesses(articles), on="article_id", how="left"
    )
    return (
        mentions.select("claim_id", "article_id", "speaker_id")
        .join(known, on="article_id", how="left")
        .group_by("claim_id")
        .agg(
            speaker_ids=pl.col("speaker_id").drop_nulls().unique().sort(),
            mention_count=pl.len().cast(pl.Int32),
            article_count=pl.col("article_id").n_unique().cast(pl.Int32),
            independent_count=pl.col("witness").n_unique().cast(pl.Int32),
            publisher_count=pl.col("publisher").drop_nulls().n_unique().cast(pl.Int32),
            first_published_on=pl.col("published_on").min(),
            last_published_on=pl.col("published_on").max(),
        )
    )
