"""Sentences of news, and pairs of them from two articles that may speak of one thing: nobody has labelled them.

Teachers answer them, and the small model learns from the answers. Only articles whose licence allows weights that are
given on are read.
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse

from flows.lexicons.stems import stem, weight
from flows.train.claim_pairs.rows.annotated_pairs import Row, content_words
from flows.train.claim_pairs.rows.generated_edits import TAUGHT, edited, names_in
from flows.train.closed_parts import read_lines

SOURCES = {"fnc1": "Apache-2.0", "wikinews": "CC BY 2.5"}
"""Sources of `news` that sentences are taken from, and their licences."""

AMOUNTS = {2: 14000, 3: 18000, 4: 14000, 5: 18000}
"""Pairs to draw by tenths of likeness, 5 standing for all above."""

EDITED = 14000
LEAST, MOST, COMMON = 0.22, 0.97, 0.02
NEIGHBOURS = 40

_BREAK = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[A-Z0-9])")


def read_sentences(news: Path) -> list[dict]:
    """Distinct sentences of 5 to 45 words: `doc`, `text`."""
    found: dict[str, dict] = {}
    for article in read_lines(news):
        if article["source"] not in SOURCES:
            continue
        for paragraph in article["text"].split("\n"):
            for sentence in _BREAK.split(" ".join(paragraph.split())):
                if (
                    5 <= len(sentence.split()) <= 45
                    and not re.search(r"[|@]|http", sentence)
                    and re.search("[a-z]{3}", sentence)
                ):
                    key = re.sub(r"\W+", " ", sentence.lower())
                    found.setdefault(key, {"doc": article["id"], "text": sentence.strip()})
    return list(found.values())


def similar_pairs(sentences: Sequence[dict], seed: int) -> list[tuple[int, int, float]]:
    """Return the numbers of two sentences of different articles and their likeness: cosine of weighed stems."""
    terms = [sorted({stem(form) or form for form in content_words(found["text"])}) for found in sentences]
    numbers = {term: number for number, term in enumerate(sorted({t for found in terms for t in found}))}
    rows = np.repeat(np.arange(len(terms)), [len(found) for found in terms])
    columns = np.array([numbers[term] for found in terms for term in found], np.int64)
    table = sparse.csr_matrix(
        (np.array([weight(term) for found in terms for term in found], np.float32), (rows, columns)),
        shape=(len(terms), len(numbers)),
    )
    often = np.bincount(columns, minlength=len(numbers))
    table = table[:, (often > 1) & (often < COMMON * len(terms))]
    length = np.sqrt(table.multiply(table).sum(axis=1)).A1
    table = sparse.diags(1 / np.maximum(length, 1e-6)) @ table
    article = np.unique([found["doc"] for found in sentences], return_inverse=True)[1]
    draw = np.random.default_rng(seed)
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, table.shape[0], 1000):
        likeness = (table[start : start + 1000] @ table.T).tocsr()
        for row in range(likeness.shape[0]):
            for other, value in _chosen(likeness[row], article, start + row, draw):
                pairs[min(start + row, other), max(start + row, other)] = value
    return [(a, b, value) for (a, b), value in sorted(pairs.items())]


def _chosen(
    likeness: sparse.csr_matrix, article: np.ndarray, mine: int, draw: np.random.Generator
) -> Iterator[tuple[int, float]]:
    """The three likest sentences of other articles, and two of the next ones."""
    fitting = (article[likeness.indices] != article[mine]) & (likeness.data > LEAST) & (likeness.data < MOST)
    others, values = likeness.indices[fitting], likeness.data[fitting]
    order = np.argsort(-values, kind="stable")[:NEIGHBOURS]
    rest = order[3:]
    drawn = draw.choice(rest, size=min(2, len(rest)), replace=False) if len(rest) else rest
    for place in (*order[:3], *drawn):
        yield int(others[place]), float(values[place])


def unlabelled(sentences: Sequence[dict], seed: int) -> Iterator[Row]:
    """Rows without answers: pairs by tenths of likeness, and like pairs with an edit of one side."""
    rng = random.Random(f"{seed}/mined")  # noqa: S311 - training data, no secret
    by_tenth: dict[int, list[tuple[int, int]]] = {}
    for a, b, value in similar_pairs(sentences, seed):
        by_tenth.setdefault(min(5, int(value * 10)), []).append((a, b))
    for tenth, amount in AMOUNTS.items():
        found = by_tenth.get(tenth, [])
        for a, b in rng.sample(found, min(amount, len(found))):
            yield Row(sentences[a]["text"], sentences[b]["text"], (), "mined", "unlabelled", str(tenth))
    names: dict[str, list[str]] = {}
    for found_sentence in sentences:
        names.setdefault(found_sentence["doc"], []).extend(names_in(found_sentence["text"]))
    like = by_tenth.get(4, []) + by_tenth.get(5, [])
    for a, b in rng.sample(like, min(EDITED, len(like))):
        first, second = (a, b) if rng.random() < 0.5 else (b, a)
        change = edited(sentences[second]["text"], TAUGHT, rng, names[sentences[a]["doc"]] + names[sentences[b]["doc"]])
        if change:
            yield Row(sentences[first]["text"], change[0], (), "mined edits", "unlabelled", change[1])
