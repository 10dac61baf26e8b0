"""Pairs as a build asks them: statements with their additions in brackets, of articles that tell of one event.

Sentences of news are whole; what the model reads in a build is what extraction makes of them. Two kinds of rows: pairs
of the annotated events, each statement as the pipeline reads it, and pairs of raw news that nobody has labelled.
"""

import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from flows.extract.extract_articles import extract_articles
from flows.lexicons.paths import reader_folder
from flows.resolve.claims.pairs.pair_model import ANSWERS, OTHER, SAME
from flows.resolve.claims.resolve_claims import resolve_claims
from flows.resolve.entities.resolve_entities import resolve_entities
from flows.settings import Settings
from flows.train.annotated_events import Read, statement_keys
from flows.train.claim_pairs.rows.annotated_pairs import CROSSCLAIMS, Row, answers_of, labels_of_pairs
from flows.train.claim_pairs.rows.generated_edits import TAUGHT, edited, names_in
from flows.train.claim_pairs.rows.mixture import overlap
from flows.train.closed_parts import events_by_part, read_lines, share

LIKE, EDITED = 0.4, 30_000
"""Share of common words from which an asked pair is edited, too; most of these."""


class Recorder:
    """A judge (`matching.decisions.Judge`) that cannot decide and notes what it was asked.

    It leaves every pair open enough that main clauses are asked for, too.
    """

    def __init__(self) -> None:
        self.asked: dict[tuple[str, str], None] = {}

    def judge(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Probabilities [n, 5]."""
        self.asked.update(dict.fromkeys((min(pair), max(pair)) for pair in pairs))
        answers = np.zeros((len(pairs), len(ANSWERS)), np.float32)
        answers[:, [SAME, OTHER]] = 0.5
        return answers


def asked(snapshot: Path, most: int, seed: int) -> Iterator[Row]:
    """Yield at most `most` of the pairs that a build of the snapshot's articles asks; without answers."""
    articles = pl.read_parquet(snapshot / "articles.parquet")
    mentions, claims = extract_articles(articles, reader_folder(None), Settings().extract)
    settings, version = Settings().resolve, "0.0.0"
    entities = resolve_entities(articles, mentions, None, (), settings, version)
    recorder = Recorder()
    resolve_claims(articles, claims, entities, None, (), settings, version, recorder)
    found = sorted(recorder.asked, key=lambda pair: share(f"{seed}/{pair}"))[:most]
    rows = [Row(a, b, (), "asked", "unlabelled", "asked") for a, b in found]
    yield from rows
    yield from edits_of_like(rows, seed)


def edits_of_like(rows: Sequence[Row], seed: int) -> Iterator[Row]:
    """Yield at most `EDITED` of the rows that share many words once more, with an edit of one side."""
    rng = random.Random(f"{seed}/asked edits")  # noqa: S311 - training data, no secret
    made = []
    for row in rows:
        if overlap(row) < LIKE:
            continue
        a, b = (row.a, row.b) if rng.random() < 0.5 else (row.b, row.a)
        change = edited(b, TAUGHT, rng, names_in(a) + names_in(b))
        if change:
            made.append(Row(a, change[0], (), "asked edits", "unlabelled", change[1]))
    yield from rng.sample(made, min(EDITED, len(made)))


def as_read(claims: Path) -> Iterator[Row]:
    """Yield the pairs of annotated events as `annotated_pairs.crossclaims` does, in the words that the pipeline reads.

    Only events that are trained on. A row belongs to the statement of which it covers most.
    """
    folder = claims / CROSSCLAIMS / "dev"
    documents = list(read_lines(folder / "gold.jsonl"))
    parts = events_by_part(document["event"] for document in documents)
    documents = [document for document in documents if parts[document["event"]] == "train"]
    kind_of = labels_of_pairs(json.loads((folder / "pairs.json").read_text(encoding="utf-8")))
    read = Read.of(documents)
    said: dict[str, dict[tuple[str, str, str], None]] = defaultdict(dict)
    for document, keys in statement_keys(documents, read.mentions):
        for row, key in keys:
            said[document["event"]][read.mentions["statement"][row], key, document["doc_id"]] = None
    for event, found in said.items():
        for (a, p, one), (b, q, other) in itertools.combinations(sorted(found), 2):
            kind = kind_of(p, q)
            if kind != "open" and p != q:
                where = " in_one" if one == other else ""
                yield Row(a, b, answers_of(kind, a, b), CROSSCLAIMS, "train", f"{kind}{where}", 1.0, event)
