"""Fits the weights that say whether two articles tell of one event: `seeds/models/story_pairs.csv`.

    python -m flows.train.story_pairs GOLD.jsonl SNAPSHOT [--write DATE]

GOLD: a document a line, {"doc_id", "story", "event"}; SNAPSHOT: built from a folder with a file per document, whose
name ends in a hash of its id. A logistic regression over all pairs of one topic (`event`: like events, which are hard
to tell apart) and a twentieth of the pairs of two topics. Printed: B-cubed precision, recall and F1 of stories by
threshold, each fold of topics with the weights of the other three.
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import polars as pl

from flows.probabilities import logistic
from flows.resolve.average_linkage import average_linkage
from flows.resolve.stories.article_pairs import FEATURES, features
from flows.resolve.stories.article_vectors import article_vectors
from flows.train.closed_parts import read_lines
from flows.train.logistic_fit import fit_logistic, report_weights

FOLDS = 4
OTHER_TOPICS = 20
"""One in so many pairs of two topics is taken, and weighs OTHER_WEIGHT: there are a hundred times as many."""
OTHER_WEIGHT = 0.4
PRIOR = 1e-3
"""Of the Gaussian priors at zero, for features scaled to unit variance."""
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def b_cubed(gold: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """Return precision, recall and F1 of groups, given as numbers of the same rows."""
    together = (found[:, None] == found) & (gold[:, None] == gold)
    precision = (together.sum(1) / (found[:, None] == found).sum(1)).mean()
    recall = (together.sum(1) / (gold[:, None] == gold).sum(1)).mean()
    return precision, recall, 2 * precision * recall / (precision + recall)


def read(gold: Path, snapshot: Path) -> tuple[pl.DataFrame, pl.DataFrame, np.ndarray, np.ndarray]:
    """Return articles, their entity mentions, and the story and topic of each article as numbers."""
    known = {_mark(row["doc_id"]): (row["story"], row["event"]) for row in read_lines(gold)}
    articles = pl.read_parquet(snapshot / "articles.parquet").sort("article_id")
    found = [known.get(Path(uri).stem.rsplit("-", 1)[-1]) for uri in articles["source_uri"]]
    articles = articles.filter(pl.Series([row is not None for row in found]))
    named = [row for row in found if row is not None]
    types = pl.read_parquet(snapshot / "entities.parquet").select("entity_id", type="entity_type")
    mentions = pl.read_parquet(snapshot / "entity_mentions.parquet")
    if "entity_type" not in mentions.columns:
        mentions = mentions.join(types.rename({"type": "entity_type"}), on="entity_id")
    numbered = [np.unique([row[side] for row in named], return_inverse=True)[1] for side in (0, 1)]
    return articles, mentions, numbered[0], numbered[1]


def _mark(doc_id: str) -> str:
    """What the name of a document's file ends with."""
    return hashlib.sha256(doc_id.encode()).hexdigest()[:8]


def folded(x: np.ndarray, same: np.ndarray, topic: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the probability of each pair, from weights that saw no pair of its topics."""
    fold = [np.array([int(hashlib.sha256(str(t).encode()).hexdigest(), 16) % FOLDS for t in side]) for side in topic]
    chances = np.zeros(len(x))
    for number in range(FOLDS):
        inside = (fold[0] == number) | (fold[1] == number)
        w = fit_all(x[~inside], same[~inside], (topic[0] == topic[1])[~inside])
        chances[inside] = logistic(x[inside] @ w[:-1] + w[-1])
    return chances


def fit_all(x: np.ndarray, same: np.ndarray, one_topic: np.ndarray) -> np.ndarray:
    """Return the weights of all pairs of one topic and a share of the others."""
    kept = one_topic | (np.arange(len(x)) % OTHER_TOPICS == 0)
    return fit_logistic(x[kept], same[kept], PRIOR, np.where(one_topic, 1.0, OTHER_WEIGHT)[kept])


def main() -> None:
    """Fit, print figures, and write the table if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--write", metavar="DATE", help="write seeds/models/story_pairs.csv, fitted on that day")
    parser.add_argument("--source", default="ECB+ and BASIL", help="what the table says of where it comes from")
    options = parser.parse_args()
    articles, mentions, story, topic = read(options.gold, options.snapshot)
    left, right = np.triu_indices(articles.height, 1)
    x = features(article_vectors(articles, mentions), left, right)
    same = story[left] == story[right]
    chances = folded(x, same, (topic[left], topic[right]))
    for threshold in THRESHOLDS:
        linked = chances >= 0.05
        groups = average_linkage(len(story), left[linked], right[linked], chances[linked], threshold)
        print(f"{threshold:.2f}  " + " / ".join(f"{100 * v:.1f}" for v in b_cubed(story, groups)))
    weights = fit_all(x, same, topic[left] == topic[right])
    report_weights("story_pairs", FEATURES, weights, options.source, options.write)


if __name__ == "__main__":
    main()
