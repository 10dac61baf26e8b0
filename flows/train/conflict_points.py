"""Fits the weights that tell whether two figures are of one point: `seeds/models/conflict_points.csv`.

    python -m flows.train.conflict_points GOLD.jsonl PAIRS.json [--write DATE]

GOLD and PAIRS as `flows.train.annotated_events` has them. Figures of two statements are of one point where the
statements are in conflict or the later updates the earlier. The events are those that the pair model was trained on, so
that the others stay to be measured on; its answers look surer here than they are elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from flows.resolve.claims.pairs.pair_model import PairModel
from flows.resolve.conflicts.same_measure import FEATURES, measured_pairs, pair_features, with_answers
from flows.resolve.conflicts.voices import Voices
from flows.train.annotated_events import Fit, Labelled, Read, cluster_of, main, statement_keys

PRECISION = 0.8
"""Of single pairs; the annotation leaves some conflicts out, so more of them hold."""


def labelled(documents: Sequence[dict], given: dict, model: PairModel) -> Labelled:
    """Return the pairs of figures of one event, and whether they are of one point."""
    read = Read.of(documents)
    known, cluster = read.propositions, cluster_of(given)
    labels = dict(_labels(statement_keys(documents, read.mentions), cluster))
    voices = Voices.of(read.articles, {})
    pairs = [
        (a, b)
        for a, b in measured_pairs(known, lambda a, b: voices.may_conflict(known[a], known[b]))
        if {a.row, b.row} <= labels.keys() and labels[a.row][0] != labels[b.row][0]
    ]
    ends = [(known[a.row], known[b.row]) for a, b in pairs]
    features = [pair_features(*pair, *end) for pair, end in zip(pairs, ends, strict=True)]
    answers = model.judge([(a.statement, b.statement) for a, b in ends])
    opposed = {frozenset(cluster.get(key, key) for key in pair[:2]) for pair in given["conflict"]}
    one_point = [frozenset((labels[a.row][0], labels[b.row][0])) in opposed for a, b in pairs]
    events = np.array([labels[a.row][1] for a, _ in pairs])
    return Labelled(with_answers(answers, np.array(features)), np.array(one_point), events, np.zeros(len(pairs), bool))


def _labels(
    read: Iterable[tuple[dict, list[tuple[int, str]]]], cluster: dict[str, int]
) -> Iterator[tuple[int, tuple[int | str, str]]]:
    """Yield each row with the cluster, or else the key, of its statement, and its event."""
    for document, keys in read:
        for row, key in keys:
            yield row, (cluster.get(key, key), document["event"])


FIT = Fit("conflict_points", FEATURES, labelled, PRECISION, trained=True)

if __name__ == "__main__":
    main(FIT, __doc__)
