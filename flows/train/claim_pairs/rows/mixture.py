"""What a training is shown: all rows together, each as often as its kind deserves.

Most pairs of one event have nothing to do with each other: those that share no word teach nothing after the first
hundred, those that share many are what the model must learn to keep apart.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from flows.train.claim_pairs.rows.annotated_pairs import CROSSCLAIMS, INVENTED, Row, content_words
from flows.train.claim_pairs.rows.generated_rows import edited_sentences, reworded_pairs, within_articles
from flows.train.claim_pairs.rows.mining import unlabelled
from flows.train.closed_parts import share
from flows.train.data.vocabulary import cut

TIMES = {"same": 4.0, "conflict": 6.0, "trap": 4.0, "more": 2.0, "vague": 2.0}
"""How often an epoch shows pairs of one event, by the first word of their kind."""

OVERLAPS = ((0.12, 0.02), (0.25, 0.15), (0.4, 0.6), (1.01, 1.5))
"""The same for all others, by the share of words that they have in common: below, times."""

EDITS, WITHIN = 15000, 3000
KEPT_OF_RARE = 0.3
"""Share of the rarest rows that are kept at all, which saves making their input."""


OF_EVENTS = (CROSSCLAIMS, INVENTED)
"""Corpora whose rows are all pairs of statements of an event."""

HALF = 0.5
"""The pairs of an event come twice, in the annotators' words and as a build reads them: each half as often."""


def all_rows(annotated: Sequence[Row], again: Sequence[Row], sentences: Sequence[dict], seed: int) -> list[Row]:
    """Annotated, generated and unlabelled rows; `again`: annotated pairs as a build reads them."""
    kept = [row for row in map(weighed, [*annotated, *again]) if worth_reading(row)]
    rows = [replace(row, times=HALF * row.times) if row.corpus == CROSSCLAIMS else row for row in kept]
    made = [*edited_sentences(sentences, EDITS, seed), *within_articles(sentences, WITHIN, seed)]
    return [*rows, *made, *reworded_pairs(rows, seed), *unlabelled(sentences, seed)]


def overlap(row: Row) -> float:
    """Share of the shorter statement's words that the other has."""
    a, b = content_words(row.a), content_words(row.b)
    return len(a & b) / (1 + min(len(a), len(b)))


def weighed(row: Row) -> Row:
    """Return the row with how often an epoch shows it."""
    if row.corpus not in OF_EVENTS:
        return row
    times = TIMES.get(row.kind.split()[0])
    if times is None:
        found = overlap(row)
        times = next(times for below, times in OVERLAPS if found < below)
    return replace(row, times=times)


def worth_reading(row: Row) -> bool:
    """Return whether a row is kept: most rows of one event without a common word are not."""
    if row.corpus not in OF_EVENTS or not row.kind.startswith("other"):
        return True
    if row.part != "train":
        return " in_one" not in row.kind and bool(content_words(row.a) & content_words(row.b))
    return row.times > OVERLAPS[0][1] or share(row.a + row.b) <= KEPT_OF_RARE


def make_vocabulary(base: Path, rows: Sequence[Row], target: Path, size: int) -> list[int]:
    """The tokenizer with about `size` of the base's word pieces, those that the rows have most; the rows kept."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    counts = np.zeros(tokenizer.get_vocab_size(), np.int64)
    texts = sorted({text for row in rows for text in (row.a, row.b)})
    for coded in tokenizer.encode_batch(texts, add_special_tokens=False):
        counts += np.bincount(coded.ids, minlength=len(counts))
    least = int(np.sort(counts)[::-1][min(size, len(counts) - 1)])
    return cut(base, counts, max(least, 1), target)


def base_rows(folder: Path, tokenizer: Path) -> list[int]:
    """For each piece of `tokenizer`, its row in the vocabulary of the base in `folder`."""
    pieces = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    known = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    named = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    rows: dict[int, int] = defaultdict(int)
    for piece, number in pieces.items():
        rows[number] = known.get(named.get(piece, piece) if named["[CLS]"] in known else piece, known["[UNK]"])
    return [rows[number] for number in range(len(pieces))]
