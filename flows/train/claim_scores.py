"""Fits the weights that turn answers of the pair model into the score of a pair: `seeds/models/claim_scores.csv`.

    python -m flows.train.claim_scores GOLD.jsonl PAIRS.json [--write DATE]

GOLD and PAIRS as `flows.train.annotated_events` has them. Only events are fitted on that the pair model was not trained
on, or its answers would look surer than they are, and only pairs of two articles that are left to this score.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from flows.resolve.claims.claim_blocking import likeness, measured
from flows.resolve.claims.claim_vectors import claim_vectors
from flows.resolve.claims.matching.decisions import cheap, with_main_clauses
from flows.resolve.claims.matching.pair_scores import (
    FEATURES,
    alone,
    least_same,
    may_be_one,
    nearly_one,
    pair_features,
    with_answers,
)
from flows.resolve.claims.pairs.pair_model import PairModel
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.train.annotated_events import Fit, Labelled, Read, cluster_of, main, statement_keys

PRECISION = 0.80
"""Of single pairs of rows, each event with weights of the others. Of the pairs of statements of two outlets that a
build puts in one claim 88 in 100 are right then, and 45 in 100 of all are found; at 0.83 likewise 88, and 43."""


def labelled(documents: Sequence[dict], given: dict, model: PairModel) -> Labelled:
    """Return the pairs of claims of two articles of one event, without those that may be the same or not."""
    read = Read.of(documents)
    vectors = claim_vectors(read.mentions, read.places, read.articles.select("article_id", "story_id"))
    rows = list(_pairs(documents, read.mentions, given))
    left, right = (np.array([row[side] for row in rows]) for side in (0, 1))
    pairs = measured(vectors, left, right).with_columns(
        same=pl.Series([row[2] for row in rows]), event=pl.Series([row[3] for row in rows])
    )
    kept = pairs.filter(likeness() >= THRESHOLDS.least_likeness)
    ends = [(read.propositions[a], read.propositions[b]) for a, b in kept.select("left", "right").iter_rows()]
    decided = [cheap(a, b)[0] for a, b in ends]
    told = [(a.statement, b.statement) for a, b in ends]
    answers = model.judge(told)
    measures = kept.select("meaning", "cover").iter_rows()
    features = np.array([pair_features(a, b, *given) for (a, b), given in zip(ends, measures, strict=True)])
    near = np.array([nearly_one(a, b) for a, b in ends])
    least = np.array([least_same(a, b) for a, b in ends])
    mains = with_main_clauses(told, answers, may_be_one(answers, features, near, least), model)
    sure = np.array([score == 1 for score in decided]) | (near & (alone(answers, least) >= 0.5))
    left_open = np.array([score is None for score in decided]) & ~near
    chosen = sure | left_open
    return Labelled(
        with_answers(answers, mains, features)[chosen],
        kept["same"].to_numpy()[chosen],
        kept["event"].to_numpy()[chosen],
        sure[chosen],
    )


def _pairs(documents: Sequence[dict], mentions: pl.DataFrame, given: dict) -> Iterator[tuple[int, int, bool, str]]:
    """Rows of two articles of one event, whether they say the same, and the event."""
    cluster = cluster_of(given)
    unsure = {frozenset(cluster.get(key, key) for key in pair) for pair in given["open"]}
    said = defaultdict(list)
    for document, keys in statement_keys(documents, mentions):
        said[document["event"]].append(keys)
    for event, articles in said.items():
        for one, other in itertools.combinations(articles, 2):
            for (a, p), (b, q) in itertools.product(one, other):
                first, second = cluster.get(p, p), cluster.get(q, q)
                if frozenset((first, second)) not in unsure:
                    yield min(a, b), max(a, b), first == second, event


FIT = Fit("claim_scores", FEATURES, labelled, PRECISION, trained=False)

if __name__ == "__main__":
    main(FIT, __doc__)
