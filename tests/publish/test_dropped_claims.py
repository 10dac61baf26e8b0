"""Claims that are no rows are counted in the manifest: by reason, with where some of them stand."""

import polars as pl

from flows.publish.limits import LIMITS
from flows.publish.quality_metrics import drops_by_reason


def test_dropped_claims_are_counted_by_reason_whatever_their_order():
    rows = pl.DataFrame(
        {
            "article_id": ["art_b", "art_a", "art_a", "art_c", "art_a"],
            "reason": ["doubtful", "doubtful", "no_clause", "doubtful", "doubtful"],
            "start_char": [4, 30, 2, 0, 9],
            "end_char": [8, 40, 5, 7, 12],
        }
    )
    found = drops_by_reason(rows)
    assert found == drops_by_reason(rows.reverse())
    assert {reason: dropped.count for reason, dropped in found.items()} == {"doubtful": 4, "no_clause": 1}
    assert [(p.article_id, p.start_char) for p in found["doubtful"].examples] == [
        ("art_a", 9), ("art_a", 30), ("art_b", 4),
    ][: LIMITS.dropped_examples]  # fmt: skip


EMPTY = {"article_id": pl.String, "reason": pl.String, "start_char": pl.Int64, "end_char": pl.Int64}


def test_where_nothing_was_dropped_nothing_is_told():
    assert drops_by_reason(pl.DataFrame(schema=EMPTY)) == {}
