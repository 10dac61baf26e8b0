"""What the fits of weights on annotated events share: documents read as in a build, and a regression left out by event.

GOLD: a document a line, {"doc_id", "event", "text", "claims": [{"key", "content": [[start, end], …]}]} with title and
published_on where they are known; PAIRS: "clusters" of claim keys, "open" pairs, "conflict" [key, key, type, why].
Documents are read by the shipped reader and resolved as in a build; a row belongs to the statement of which it covers
most. A logistic regression with Gaussian priors at zero; the bias is then moved so that a score of one half is where
a given precision of all pairs above it is right, each event scored with the weights of the others.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from pandera.typing.polars import DataFrame

from flows.extract.extract_articles import extract_articles
from flows.lexicons.paths import reader_folder
from flows.resolve.claims.claim_mentions import (
    actors_inside,
    identified,
    speaking_as,
    with_speakers,
    without_background,
)
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.proposition_rows import proposition_rows, propositions
from flows.resolve.claims.pairs.pair_model import PairModel
from flows.resolve.entities.resolve_entities import resolve_entities
from flows.settings import Settings
from flows.train.closed_parts import events_by_part, read_lines
from flows.train.logistic_fit import fit_logistic, report_weights
from schemas import ids
from schemas.articles import Articles
from schemas.intermediate import FoundMentions
from schemas.tables import polars_schema

PRIOR = 0.03
"""Of the Gaussian priors at zero, for features scaled to unit variance."""


@dataclass(frozen=True)
class Labelled:
    """Pairs of one event.

    features [n, FEATURES]; same [n]: whether they are one claim, or of one point; event [n]; sure [n]: called the same
    before this score is asked.
    """

    features: np.ndarray
    same: np.ndarray
    event: np.ndarray
    sure: np.ndarray


@dataclass(frozen=True)
class Fit:
    """A table of `seeds/models`: its name, features, the pairs to fit it on, and the precision at one half.

    trained: whether the events are those that the pair model was trained on, or the others.
    """

    name: str
    features: tuple[str, ...]
    labelled: Callable[[Sequence[dict], dict, PairModel], Labelled]
    precision: float
    trained: bool


@dataclass(frozen=True)
class Read:
    """Documents as the pipeline reads them: articles, claim mentions, actors inside them, and what each row asserts."""

    articles: pl.DataFrame
    mentions: pl.DataFrame
    places: pl.DataFrame
    propositions: Mapping[int, Proposition]

    @classmethod
    def of(cls, documents: Sequence[dict]) -> "Read":
        """Read and resolve documents, each event a story."""
        articles = as_articles(documents)
        return cls.resolved(articles, *extract_articles(articles, reader_folder(None), Settings().extract))

    @classmethod
    def resolved(cls, articles: pl.DataFrame, found_mentions: pl.DataFrame, found_claims: pl.DataFrame) -> "Read":
        """Resolve what was found in articles."""
        entities = resolve_entities(
            articles, DataFrame[FoundMentions](found_mentions), None, (), Settings().resolve, "0.0.0"
        )
        told = with_speakers(identified(without_background(found_claims)), entities.mentions)
        mentions = speaking_as(told, entities.entities)
        places = actors_inside(mentions, entities.mentions, entities.entities)
        rows = proposition_rows(mentions, places, articles)
        return cls(articles, mentions, places, propositions(rows, range(rows.height)))


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


def read_documents(path: Path, *, trained: bool) -> list[dict]:
    """Return the documents of the events that the pair model was trained on, or of the others."""
    documents = list(read_lines(path))
    parts = events_by_part(document["event"] for document in documents)
    return [document for document in documents if (parts[document["event"]] == "train") == trained]


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


def cluster_of(given: dict) -> dict[str, int]:
    """Return the cluster of each statement that has one."""
    return {key: number for number, keys in enumerate(given["clusters"]) for key in keys}


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


def main(fit: Fit, description: str | None) -> None:
    """Fit, print figures, and write the table if asked."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--source", default="crossclaims", help="what the table says of where it comes from")
    parser.add_argument("--write", metavar="DATE", help=f"write seeds/models/{fit.name}.csv, fitted on that day")
    options = parser.parse_args()
    given = json.loads(options.pairs.read_text(encoding="utf-8"))
    pairs = fit.labelled(read_documents(options.gold, trained=fit.trained), given, PairModel.load())
    print(f"{len(pairs.same)} pairs, {pairs.same.sum()} that are one, {pairs.sure.sum()} of them sure before")
    odds = left_out(pairs)
    for precision in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        least, found = operating_point(odds, pairs.same, precision)
        print(f"precision {precision:.2f}  from {least:+.2f}  found {100 * found:.1f}")
    weights = fit_logistic(pairs.features[~pairs.sure], pairs.same[~pairs.sure], PRIOR)
    weights[-1] -= operating_point(odds, pairs.same, fit.precision)[0]
    report_weights(fit.name, fit.features, weights, options.source, options.write)
