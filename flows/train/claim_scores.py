"""Fits the weights that turn answers of the pair model into the score of a pair: `seeds/models/claim_scores.csv`.

    python -m flows.train.claim_scores GOLD.jsonl PAIRS.json [--write]

GOLD: a document a line, {"doc_id", "event", "text", "claims": [{"key", "content": [[start, end], …]}]} with title and
published_on where they are known; PAIRS: "clusters" of claim keys and "open" pairs. Documents are read by the shipped
reader and resolved as in a build; a row belongs to the statement of which it covers most. Only events are fitted on
that the pair model was not trained on, or its answers would look surer than they are, and only pairs of two articles
that are left to this score. A logistic regression with Gaussian priors at zero; the bias is then moved so that a score
of one half is where PRECISION of all pairs above it are right, each event scored with the weights of the others.
"""

import argparse
import csv
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from flows.extract.extract_articles import extract_articles
from flows.lexicons.paths import asset, reader_folder
from flows.resolve.claims.claim_blocking import likeness, measured
from flows.resolve.claims.claim_mentions import actors_inside, identified, speaking_as, with_speakers
from flows.resolve.claims.claim_vectors import claim_vectors
from flows.resolve.claims.decisions import cheap
from flows.resolve.claims.pair_scores import FEATURES, alone, nearly_one, pair_features, reordered, with_answers
from flows.resolve.claims.pairs.pair_model import PairModel
from flows.resolve.claims.proposition import propositions
from flows.resolve.claims.thresholds import THRESHOLDS
from flows.resolve.entities.resolve_entities import resolve_entities
from flows.settings import Settings
from flows.train.claim_pairs.pairs_data import events_by_part
from flows.train.logistic_fit import fit_logistic
from schemas import ids
from schemas.articles import Articles
from schemas.tables import polars_schema

PRECISION = 0.76
"""Of single pairs: groups of claims, which average over them, are surer (84 where single pairs are 76)."""
PRIOR = 0.03
"""Of the Gaussian priors at zero, for features scaled to unit variance."""


@dataclass(frozen=True)
class Labelled:
    """Pairs of claims of two articles of one event.

    features [n, FEATURES]; same [n]: whether they are one claim; event [n]; sure [n]: called the same before this score
    is asked; found: how many of all pairs that are one claim are among these.
    """

    features: np.ndarray
    same: np.ndarray
    event: np.ndarray
    sure: np.ndarray


def left_out(pairs: Labelled) -> np.ndarray:
    """Return the log odds of each pair by weights that saw no pair of its event; infinite where it is called before."""
    odds = np.zeros(len(pairs.same))
    for event in np.unique(pairs.event):
        held = pairs.event == event
        used = ~held & ~pairs.sure
        weights = fit_logistic(pairs.features[used], pairs.same[used], PRIOR)
        odds[held] = pairs.features[held] @ weights[:-1] + weights[-1]
    return np.where(pairs.sure, np.inf, odds)


def operating_point(odds: np.ndarray, same: np.ndarray, precision: float) -> tuple[float, float]:
    """Return the least log odds above which `precision` of the pairs are the same, and the share of them found."""
    order = np.argsort(-odds, kind="stable")
    hits = np.cumsum(same[order])
    good = np.flatnonzero(hits / np.arange(1, len(order) + 1) >= precision)
    return (float(odds[order][good[-1]]), float(hits[good[-1]] / same.sum())) if len(good) else (np.inf, 0.0)


def read_documents(path: Path) -> list[dict]:
    """Return the documents of the events that the pair model was not trained on."""
    with path.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    parts = events_by_part(document["event"] for document in documents)
    return [document for document in documents if parts[document["event"]] != "train"]


def as_articles(documents: Sequence[dict]) -> pl.DataFrame:
    """Return the documents as rows of `Articles`, each event a story."""
    rows = [
        {
            "article_id": ids.article_id(document["text"]),
            "text": document["text"],
            "title": document.get("title"),
            "published_on": date.fromisoformat(document["published_on"]) if document.get("published_on") else None,
            "story_id": ids.story_id(document["event"]),
        }
        for document in documents
    ]
    return pl.DataFrame(rows, schema=polars_schema(Articles)).unique("article_id").sort("article_id")


def labelled(documents: Sequence[dict], given: dict, model: PairModel) -> Labelled:
    """Return the pairs of claims of two articles of one event, without those that may be the same or not."""
    articles = as_articles(documents)
    found_mentions, found_claims = extract_articles(articles, reader_folder(None), Settings().extract)
    entities = resolve_entities(articles, found_mentions, None, (), Settings().resolve, "0.0.0")
    mentions = speaking_as(with_speakers(identified(found_claims), entities.mentions), entities.entities)
    places = actors_inside(mentions, entities.mentions, entities.entities)
    known = propositions(mentions, places, articles, range(mentions.height))
    vectors = claim_vectors(mentions, places, articles.select("article_id", "story_id"))
    rows = list(_pairs(documents, mentions, given))
    left, right = (np.array([row[side] for row in rows]) for side in (0, 1))
    pairs = measured(vectors, left, right).with_columns(
        same=pl.Series([row[2] for row in rows]), event=pl.Series([row[3] for row in rows])
    )
    kept = pairs.filter(likeness() >= THRESHOLDS.least_likeness)
    ends = [(known[a], known[b]) for a, b in kept.select("left", "right").iter_rows()]
    decided = [cheap(a, b, None)[0] for a, b in ends]
    answers = model.judge([(a.statement, b.statement) for a, b in ends])
    measures = kept.select("meaning", "cover").iter_rows()
    features = np.array([pair_features(a, b, *given) for (a, b), given in zip(ends, measures, strict=True)])
    near = np.array([nearly_one(a, b) for a, b in ends])
    same_words = np.array([reordered(a, b) for a, b in ends])
    sure = np.array([score == 1 for score in decided]) | (near & (alone(answers, same_words) >= 0.5))
    left_open = np.array([score is None for score in decided]) & ~near
    chosen = sure | left_open
    return Labelled(
        with_answers(answers, features)[chosen],
        kept["same"].to_numpy()[chosen],
        kept["event"].to_numpy()[chosen],
        sure[chosen],
    )


def _pairs(documents: Sequence[dict], mentions: pl.DataFrame, given: dict) -> Iterator[tuple[int, int, bool, str]]:
    """Rows of two articles of one event, whether they say the same, and the event."""
    cluster = {key: number for number, keys in enumerate(given["clusters"]) for key in keys}
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


def statement_keys(documents: Sequence[dict], mentions: pl.DataFrame) -> Iterator[tuple[dict, list[tuple[int, str]]]]:
    """Yield each document that is read, and its rows of `mentions` with the keys of their statements."""
    numbered = mentions.with_row_index("row").select("row", "article_id", "spans")
    by_article = numbered.partition_by("article_id", as_dict=True)
    for document in documents:
        rows = by_article.get((ids.article_id(document["text"]),))
        if rows is not None:
            yield document, _keys(document, rows)


def _keys(document: dict, rows: pl.DataFrame) -> list[tuple[int, str]]:
    """The rows of a document with the key of the statement of which each covers most."""
    found = []
    for row, _, spans in rows.iter_rows():
        mine = {at for span in spans for at in range(span["start_char"], span["end_char"])}
        best = max(((len(mine & _characters(claim)), claim["key"]) for claim in document["claims"]), default=(0, ""))
        if 2 * best[0] >= len(mine):
            found.append((row, best[1]))
    return found


def _characters(claim: dict) -> set[int]:
    return {at for start, end in claim["content"] for at in range(start, end)}


def main() -> None:
    """Fit, print figures, and write the table if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--source", default="crossclaims", help="what the table says of where it comes from")
    parser.add_argument("--write", action="store_true", help="write seeds/models/claim_scores.csv")
    options = parser.parse_args()
    given = json.loads(options.pairs.read_text(encoding="utf-8"))
    pairs = labelled(read_documents(options.gold), given, PairModel.load())
    odds = left_out(pairs)
    for precision in (0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        least, found = operating_point(odds, pairs.same, precision)
        print(f"precision {precision:.2f}  from {least:+.2f}  found {100 * found:.1f}")
    weights = fit_logistic(pairs.features[~pairs.sure], pairs.same[~pairs.sure], PRIOR)
    weights[-1] -= operating_point(odds, pairs.same, PRECISION)[0]
    table = [("bias", weights[-1]), *zip(FEATURES, weights[:-1], strict=True)]
    for name, value in table:
        print(f"{name:18} {value:+.3f}")
    if options.write:
        with asset("models/claim_scores.csv").open("w", encoding="utf-8", newline="") as sink:
            csv.writer(sink, lineterminator="\n").writerows(
                [("feature", "weight", "source"), *((name, f"{value:.3f}", options.source) for name, value in table)]
            )


if __name__ == "__main__":
    main()
