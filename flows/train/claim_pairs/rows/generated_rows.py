"""Rows that are made: edited sentences of news, and edits of pairs that are known to say the same.

The second kind is what no corpus has: a contradiction between statements that are worded freely.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from flows.train.claim_pairs.rows.annotated_pairs import OTHER, SAME, Row, content_words
from flows.train.claim_pairs.rows.generated_edits import EDITS, HARMFUL, HARMLESS, edited, names_in

TRIES = 500
"""Sentences that are tried for one edit: the rarest, of a dateline, fits one in three hundred."""


def edited_sentences(sentences: Sequence[dict], amount: int, seed: int) -> Iterator[Row]:
    """`amount` rows (sentence, edited sentence); a third has a harmless change on the other side as well."""
    rng = random.Random(f"{seed}/edits")  # noqa: S311 - training data, no secret
    names: dict[str, list[str]] = defaultdict(list)
    for found in sentences:
        names[found["doc"]] += names_in(found["text"])
    kinds = rng.choices(list(EDITS), [weight for _, _, weight in EDITS.values()], k=amount)
    for kind in kinds:
        for found in rng.choices(sentences, k=TRIES):
            result = edited(found["text"], (kind,), rng, names[found["doc"]])
            if result:
                break
        else:  # no sentence has what this edit needs
            continue
        others, first, new = names[found["doc"]], found["text"], result[0]
        if kind in HARMFUL and rng.random() < 0.35:
            change = edited(first, HARMLESS, rng, others)
            first = change[0] if change else first
        yield Row(first, new, EDITS[kind][1], "edits", "train", kind, 1.0, found["doc"])


def within_articles(sentences: Sequence[dict], amount: int, seed: int) -> Iterator[Row]:
    """Two sentences of one article that share some words: another matter."""
    rng = random.Random(f"{seed}/within")  # noqa: S311
    by_article = defaultdict(list)
    for found in sentences:
        by_article[found["doc"]].append(found["text"])
    articles = [texts for texts in by_article.values() if len(texts) > 4]
    made = 0
    while made < amount:
        a, b = rng.sample(rng.choice(articles), 2)
        first, second = content_words(a), content_words(b)
        if 0.05 < len(first & second) / (1 + min(len(first), len(second))) < 0.5:
            made += 1
            yield Row(a, b, (OTHER,), "within", "train", "other")


def reworded_pairs(rows: Sequence[Row], seed: int, rounds: int = 4) -> Iterator[Row]:
    """From pairs that say the same: harmless edits that leave them so, and harmful edits of one side.

    A number or name is only edited where the other side has it, so that the edit is about what both speak of.
    """
    rng = random.Random(f"{seed}/reworded")  # noqa: S311
    same = [row for row in rows if row.part == "train" and row.answers == (SAME,) and row.a != row.b]
    names: dict[str, list[str]] = defaultdict(list)
    for row in same:
        names[row.group] += names_in(row.a) + names_in(row.b)
    for row in same:
        for number in range(rounds):
            a, b = (row.a, row.b) if number % 2 else (row.b, row.a)
            change = edited(b, HARMLESS, rng, names[row.group])
            if change and EDITS[change[1]][1] == (SAME,):
                yield Row(a, change[0], (SAME,), row.corpus, "train", f"reworded {change[1]}", 0.5, row.group)
            if rng.random() < 0.85 and (harm := harmful(a, b, rng, names[row.group])):
                new, kind = harm
                yield Row(a, new, EDITS[kind][1], row.corpus, "train", f"reworded {kind}", 0.7, row.group)


def harmful(a: str, b: str, rng: random.Random, names: Sequence[str]) -> tuple[str, str] | None:
    """Return an edit of b that makes it say something else than a."""
    result = edited(b, [kind for kind in HARMFUL if kind != "roles"], rng, names)
    if result is None:
        return None
    new, kind = result
    lost = content_words(b) - content_words(new)
    if kind in ("number", "scale", "name", "day") and not lost & content_words(a):
        return None
    return new, kind
