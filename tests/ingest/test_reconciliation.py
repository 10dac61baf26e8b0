"""Reconciliation: a file that is lost on the way stops the run; it never just makes a table smaller."""

from collections.abc import Iterator

import polars as pl
import pytest

from flows.errors import OnrecordError
from flows.ingest.reconciliation import reconcile

HASH = "a" * 64
LISTED = ["a.txt", "b.jsonl", "pipe"]
INPUTS = pl.DataFrame(
    {"source_uri": ["a.txt", "b.jsonl#1", "b.jsonl#2", "pipe"], "sha256": [HASH, HASH, HASH, ""], "bytes": [9, 9, 9, 0]}
)
ARTICLES = pl.DataFrame({"source_uri": ["a.txt", "b.jsonl#1"], "source_sha256": [HASH, HASH]})
NOTE = {"source_uri": "a.txt", "reason": "boilerplate"}  # on an article, and no outcome
REJECTS = pl.DataFrame([{"source_uri": uri, "reason": "empty"} for uri in ("b.jsonl#2", "pipe")] + [NOTE])


def test_what_balances_passes() -> None:
    reconcile(LISTED, INPUTS, ARTICLES, REJECTS)


def unbalanced() -> Iterator[tuple[str, list[str], pl.DataFrame, pl.DataFrame, pl.DataFrame]]:
    yield "neither as article nor as reject: 'c.txt'", [*LISTED, "c.txt"], INPUTS, ARTICLES, REJECTS
    yield "not come out exactly once.*'pipe'", LISTED, INPUTS, ARTICLES, REJECTS[:1]
    yield (
        "not come out exactly once.*'a.txt'",
        LISTED,
        INPUTS,
        ARTICLES,
        pl.concat([REJECTS, pl.DataFrame([{"source_uri": "a.txt", "reason": "empty"}])]),
    )
    yield "more than once: 'pipe'", LISTED, pl.concat([INPUTS, INPUTS[3:]]), ARTICLES, REJECTS
    yield "not of the bytes.*'a.txt'", LISTED, INPUTS.with_columns(sha256=pl.lit("b" * 64)), ARTICLES, REJECTS
    yield "not of the bytes", LISTED, INPUTS.with_columns(bytes=pl.lit(0)), ARTICLES, REJECTS


@pytest.mark.parametrize(("said", "listed", "inputs", "articles", "rejects"), list(unbalanced()))
def test_what_does_not_stops_the_run(
    said: str, listed: list[str], inputs: pl.DataFrame, articles: pl.DataFrame, rejects: pl.DataFrame
) -> None:
    with pytest.raises(OnrecordError, match=said):
        reconcile(listed, inputs, articles, rejects)
