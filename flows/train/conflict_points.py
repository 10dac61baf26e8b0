"""Fits the weights that tell whether two figures are of one point: `seeds/models/conflict_points.csv`.

    python -m flows.train.conflict_points GOLD.jsonl PAIRS.json [--write]

GOLD and PAIRS as `flows.train.claim_scores` takes them; PAIRS has "conflict" besides, [key, key, type, why]. Figures of
two statements are of one point where the statements are in conflict or the later updates the earlier. The events are
those that the pair model was trained on, so that the others stay to be measured on; its answers look surer here than
they are elsewhere. A logistic regression with Gaussian priors at zero; the bias is then moved so that a score of one
half is where PRECISION of all pairs above it are right, each event scored with the weights of the others.
"""

import argparse
import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from flows.extract.extract_articles import extract_articles
from flows.lexicons.paths import asset, reader_folder
from flows.resolve.claims.claim_mentions import actors_inside, identified, speaking_as, with_speakers
from flows.resolve.claims.pairs.pair_model import PairModel
from flows.resolve.claims.proposition import propositions
from flows.resolve.conflicts.same_measure import FEATURES, measured_pairs, pair_features, with_answers
from flows.resolve.conflicts.voices import Voices
from flows.resolve.entities.resolve_entities import resolve_entities
from flows.settings import Settings
from flows.train.claim_pairs.pairs_data import events_by_part, read_lines
from flows.train.claim_scores import PRIOR, Labelled, as_articles, left_out, operating_point, statement_keys
from flows.train.logistic_fit import fit_logistic

PRECISION = 0.8
"""Of single pairs; the annotation leaves some conflicts out, so more of them hold."""


def read_documents(path: Path) -> list[dict]:
    """Return the documents of the events that the pair model was trained on."""
    documents = list(read_lines(path))
    parts = events_by_part(document["event"] for document in documents)
    return [document for document in documents if parts[document["event"]] == "train"]


def labelled(documents: Sequence[dict], given: dict, model: PairModel) -> Labelled:
    """Return the pairs of figures of one event, and whether they are of one point."""
    articles = as_articles(documents)
    found_mentions, found_claims = extract_articles(articles, reader_folder(None), Settings().extract)
    entities = resolve_entities(articles, found_mentions, None, (), Settings().resolve, "0.0.0")
    mentions = speaking_as(with_speakers(identified(found_claims), entities.mentions), entities.entities)
    places = actors_inside(mentions, entities.mentions, entities.entities)
    known = propositions(mentions, places, articles, range(mentions.height))
    labels = dict(_labels(statement_keys(documents, mentions), given))
    voices = Voices.of(articles)
    pairs = [
        (a, b)
        for a, b in measured_pairs(known, lambda a, b: voices.may_conflict(known[a], known[b]))
        if {a.row, b.row} <= labels.keys() and labels[a.row][0] != labels[b.row][0]
    ]
    ends = [(known[a.row], known[b.row]) for a, b in pairs]
    features = [pair_features(*pair, *end) for pair, end in zip(pairs, ends, strict=True)]
    answers = model.judge([(a.statement, b.statement) for a, b in ends])
    opposed = {frozenset(_cluster(given).get(key, key) for key in pair[:2]) for pair in given["conflict"]}
    one_point = [frozenset((labels[a.row][0], labels[b.row][0])) in opposed for a, b in pairs]
    events = np.array([labels[a.row][1] for a, _ in pairs])
    return Labelled(with_answers(answers, np.array(features)), np.array(one_point), events, np.zeros(len(pairs), bool))


def _cluster(given: dict) -> dict[str, int]:
    return {key: number for number, keys in enumerate(given["clusters"]) for key in keys}


def _labels(
    read: Iterable[tuple[dict, list[tuple[int, str]]]], given: dict
) -> Iterator[tuple[int, tuple[int | str, str]]]:
    """Yield each row with the cluster, or else the key, of its statement, and its event."""
    cluster = _cluster(given)
    for document, keys in read:
        for row, key in keys:
            yield row, (cluster.get(key, key), document["event"])


def main() -> None:
    """Fit, print figures, and write the table if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--source", default="crossclaims", help="what the table says of where it comes from")
    parser.add_argument("--write", action="store_true", help="write seeds/models/conflict_points.csv")
    options = parser.parse_args()
    given = json.loads(options.pairs.read_text(encoding="utf-8"))
    pairs = labelled(read_documents(options.gold), given, PairModel.load())
    print(f"{len(pairs.same)} pairs of figures, {pairs.same.sum()} of one point")
    odds = left_out(pairs)
    for precision in (0.5, 0.6, 0.7, 0.8):
        least, found = operating_point(odds, pairs.same, precision)
        print(f"precision {precision:.2f}  from {least:+.2f}  found {100 * found:.1f}")
    weights = fit_logistic(pairs.features, pairs.same, PRIOR)
    weights[-1] -= operating_point(odds, pairs.same, PRECISION)[0]
    table = [("bias", weights[-1]), *zip(FEATURES, weights[:-1], strict=True)]
    for name, value in table:
        print(f"{name:18} {value:+.3f}")
    if options.write:
        with asset("models/conflict_points.csv").open("w", encoding="utf-8", newline="") as sink:
            csv.writer(sink, lineterminator="\n").writerows(
                [("feature", "weight", "source"), *((name, f"{value:.3f}", options.source) for name, value in table)]
            )


if __name__ == "__main__":
    main()
