"""Fits the weights that say which pairs the pair model is asked about: `seeds/models/worth_reading.csv`.

    python -m flows.train.worth_reading OUTPUT … [--source NAME] [--write DATE]

OUTPUT: the folder of a build by this program, of articles whose licences allow that weights are fitted on them. The
model is asked about every pair that rules leave open. A pair was worth it where it ends as one claim, or near to it:
the regression learns from the model, not from people. The bias is then moved so that all but LOST of the pairs that are
one claim are read. Printed: of each half of the articles, with the weights of the other, what is lost where so much is
read.
"""

import argparse
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from flows.extract.cache import load_results, result_cache
from flows.resolve.claims.claim_blocking import candidates
from flows.resolve.claims.claim_vectors import claim_vectors
from flows.resolve.claims.matching.decisions import answered, cheap
from flows.resolve.claims.matching.worth_reading import FEATURES, cheap_features
from flows.resolve.claims.pairs.kept_answers import KeptAnswers, answer_cache
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.settings import Settings
from flows.train.annotated_events import Read
from flows.train.logistic_fit import fit_logistic, report_weights

IN_ARTICLE = FEATURES.index("one_article")
PRIOR = 1e-4
"""Of the Gaussian priors at zero, for features scaled to unit variance: tens of thousands of rows need hardly any."""
ONE, NEARLY = Settings().resolve.claim_threshold, THRESHOLDS.published_score
"""Scores from which a pair is one claim, and from which it is told that it nearly was."""
ONE_WEIGHS = 3.0
"""What a pair that is one claim counts beside others."""
LOST, LOST_IN_ARTICLE = 0.02, 0.05
"""Of the pairs that are one claim the share that is not read; what is lost is unsure, too. Two thirds of all that would
be read at 0.02 are of one article, which counts once whether it tells a thing twice or not."""


def scored(output: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return features [n, FEATURES] of the pairs that rules leave open, their scores [n], and the half of each [n]."""
    articles = pl.read_parquet(output / "latest/articles.parquet")
    # new weights are another program, by which nothing was extracted yet
    latest = max((output / "cache/extraction").iterdir(), key=lambda folder: folder.stat().st_mtime)
    found = load_results(replace(result_cache(output, Settings()), fingerprint=latest.name), articles)
    read = Read.resolved(articles, found["mentions"], found["claims"])
    vectors = claim_vectors(read.mentions, read.places, articles.select("article_id", "story_id"))
    pairs = candidates(vectors)
    ends = [(read.propositions[a], read.propositions[b]) for a, b in pairs.select("left", "right").iter_rows()]
    left_open = [at for at, (a, b) in enumerate(ends) if cheap(a, b)[0] is None]
    pairs, ends = pairs[left_open], [ends[at] for at in left_open]
    model = KeptAnswers(answer_cache(output))
    score = answered(pairs, lambda _: read.propositions, model)["score"].to_numpy()
    model.close()
    measures = pairs.select("meaning", "cover").iter_rows()
    features = np.array([cheap_features(a, b, *given) for (a, b), given in zip(ends, measures, strict=True)])
    half = np.array([zlib.crc32(min(a.story or a.article, b.story or b.article).encode()) % 2 for a, b in ends])
    return features, score, half


def fit(features: np.ndarray, score: np.ndarray) -> np.ndarray:
    """Return the weights and the bias behind them."""
    return fit_logistic(features, score >= NEARLY, PRIOR, np.where(score >= ONE, ONE_WEIGHS, 1.0))


def least(odds: np.ndarray, score: np.ndarray, lost: float) -> float:
    """Return the log odds from which all but a share of the pairs that are one claim are read."""
    return float(np.quantile(odds[score >= ONE], lost))


def main() -> None:
    """Fit, print figures, and write the table if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outputs", type=Path, nargs="+")
    parser.add_argument("--source", default="fnc1 wikinews", help="what the table says of where it comes from")
    parser.add_argument("--write", metavar="DATE", help="write seeds/models/worth_reading.csv, fitted on that day")
    options = parser.parse_args()
    features, score, half = (np.concatenate(part) for part in zip(*map(scored, options.outputs), strict=True))
    print(f"{len(score)} pairs, {(score >= ONE).sum()} that are one, {(score >= NEARLY).sum()} nearly")
    odds = np.empty(len(score))
    for side in (0, 1):
        weights = fit(features[half != side], score[half != side])
        odds[half == side] = features[half == side] @ weights[:-1] + weights[-1]
    inside = features[:, IN_ARTICLE] == 1
    for name, some in (("of two articles", ~inside), ("of one", inside)):
        for lost in (0.005, 0.01, 0.02, 0.03, 0.05):
            read = odds[some] >= least(odds[some], score[some], lost)
            nearly = 100 * (~read)[score[some] >= NEARLY].mean()
            print(f"{name}: lost {100 * lost:.1f} %, of nearly one {nearly:.1f} %, read {read.sum()} of {some.sum()}")
    weights = fit(features, score)
    cut = least(odds[~inside], score[~inside], LOST)
    weights[-1] -= cut
    weights[IN_ARTICLE] -= least(odds[inside], score[inside], LOST_IN_ARTICLE) - cut
    report_weights("worth_reading", FEATURES, weights, options.source, options.write)


if __name__ == "__main__":
    main()
