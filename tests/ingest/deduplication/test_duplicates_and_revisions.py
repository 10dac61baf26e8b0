"""Exact copies, near-copies and revisions, on rewritten texts and, where it is, on real news."""

import datetime as dt
import json
import random
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.clean_documents import SCHEMA
from flows.ingest.deduplication import minhash_pairs, shingles
from flows.ingest.deduplication.duplicates_and_revisions import mark_copies
from flows.ingest.deduplication.thresholds import THRESHOLDS
from flows.settings import IngestSettings
from schemas import ids

SETTINGS = IngestSettings()
WORDS = [f"word{n}" for n in range(3000)]


def prose(seed: int, words: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)  # noqa: S311 -- test data


def edited(words: list[str], share: float, seed: int) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 -- test data
    return [f"new{chance.getrandbits(60)}" if chance.random() < share else word for word in words]


def row(uri: str, text: str, day: int | None = None, url: str | None = None) -> dict[str, object]:
    return {
        "article_id": ids.article_id(text), "title": None, "publisher": None, "author": None,
        "published_on": dt.date(2024, 1, day) if day else None, "url": url, "language": "en", "text": text,
        "word_count": max(1, len(text.split())), "source_uri": uri, "source_sha256": "0" * 64,
        "truncated": False,
    }  # fmt: skip


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=SCHEMA)


def exact(a: str, b: str) -> float:
    left, right = ({tuple(t.split()[i : i + 5]) for i in range(len(t.split()) - 4)} for t in (a, b))
    return len(left & right) / len(left | right) if left | right else 0.0


def test_shingles_agree_with_the_definition() -> None:
    texts = [
        "The cat sat on the mat, the cat sat on the mat.",
        "the CAT sat on the mat",
        "too few words",
        "",
        "Ärger über Über-Ärger im Haus heute",
    ]
    sets = shingles.distinct(pl.Series(texts))
    assert [len(one) for one in sets] == [6, 2, 0, 0, 3]
    assert minhash_pairs.jaccard(sets[0], sets[1]) == pytest.approx(2 / 6)


def test_no_shingle_reaches_into_the_next_text() -> None:
    together = shingles.shingle(pl.Series(["a b c d e", "f g", "h i j k l m"]))
    assert together.bounds.tolist() == [0, 1, 1, 3]
    assert len(set(together.hashes.tolist())) == 3


def test_recall_and_precision_on_edited_copies() -> None:
    texts: list[str] = []
    for seed in range(300):
        words = prose(seed)
        texts.append(" ".join(words))
        texts.append(" ".join(edited(words, seed % 20 / 100, seed)))
    found = {
        (left, right): score for left, right, score in minhash_pairs.near_copies(pl.Series(texts), 0.5).iter_rows()
    }
    wanted = {(i, i + 1) for i in range(0, len(texts), 2) if exact(texts[i], texts[i + 1]) >= 0.5}
    assert 50 < len(wanted) < 290
    assert len(wanted - set(found)) <= 0.02 * len(wanted)
    assert set(found) <= wanted
    assert all(score == pytest.approx(exact(texts[i], texts[j])) for (i, j), score in found.items())


def test_near_copies_of_the_real_corpus(shared: Path) -> None:
    """The first five thousand articles; the whole corpus is in the benchmarks."""
    with (shared / "eval/news/all.jsonl").open(encoding="utf-8") as lines:
        documents = [json.loads(next(lines)) for _ in range(5000)]
    names = [document["id"] for document in documents]
    here = set(names)
    with (shared / "eval/news/near_duplicate_pairs.jsonl").open(encoding="utf-8") as lines:
        pairs = [pair for pair in map(json.loads, lines) if pair["a"] in here and pair["b"] in here]
    wanted = {frozenset((pair["a"], pair["b"])) for pair in pairs if pair["jaccard"] >= 0.5}
    found = minhash_pairs.near_copies(pl.Series([document["text"] for document in documents]), 0.5)
    got = {frozenset((names[left], names[right])) for left, right, _ in found.iter_rows()}
    assert len(wanted) > 50
    assert len(got & wanted) >= 0.98 * len(wanted)
    assert len(got & wanted) >= 0.98 * len(got)


def test_the_earliest_of_equal_texts_stays_in_any_order() -> None:
    text = " ".join(prose(1))
    rows = [row("c.txt", text), row("b.txt", text, day=9), row("a.txt", text, day=10), row("d.txt", text)]
    for order in (rows, rows[::-1], [rows[2], rows[0], rows[3], rows[1]]):
        articles, rejects = mark_copies(frame(*order), None, SETTINGS)
        assert articles["source_uri"].to_list() == ["b.txt"]
        assert rejects["source_uri"].to_list() == ["a.txt", "c.txt", "d.txt"]
        assert set(rejects["reason"]) == {"exact_duplicate"}


def test_near_copies_point_to_the_earliest_and_never_in_chains() -> None:
    base = prose(1, 400)
    rows = [row(f"{n}.txt", " ".join(edited(base, 0.02, n)), day=20 - n) for n in range(8)]
    rows.append(row("other.txt", " ".join(prose(2, 400)), day=1))
    articles, _ = mark_copies(frame(*rows), None, SETTINGS)
    earliest = ids.article_id(str(rows[7]["text"]))
    marked = dict(articles.select("source_uri", "duplicate_of").iter_rows())
    assert marked == {**{f"{n}.txt": earliest for n in range(7)}, "7.txt": None, "other.txt": None}


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.sampled_from([None, 1, 2])), max_size=12),
    st.randoms(),
)
def test_marks_do_not_depend_on_the_order(shape: list[tuple[int, int, int | None]], chance: random.Random) -> None:
    rows = [
        row(f"{n}.txt", " ".join(edited(prose(base, 60), change / 40, change)), day)
        for n, (base, change, day) in enumerate(shape)
    ]
    first = mark_copies(frame(*rows), None, SETTINGS)
    chance.shuffle(rows)
    second = mark_copies(frame(*rows), None, SETTINGS)
    assert first[0].equals(second[0])
    assert first[1].equals(second[1])
    originals = set(first[0]["duplicate_of"].drop_nulls())
    copies = set(first[0].filter(pl.col("duplicate_of").is_not_null())["article_id"])
    assert not originals & copies
    assert len(first[0]) + len(first[1]) == len(rows)


def test_revisions_of_a_file_and_of_an_address() -> None:
    old, unrelated = " ".join(prose(1)), " ".join(prose(9))
    parent, _ = mark_copies(
        frame(row("a.txt", old), row("f.jsonl#1", " ".join(prose(2))), row("b.txt", " ".join(prose(3)), url="u")),
        None,
        SETTINGS,
    )
    new = " ".join(edited(prose(1), 0.3, 1))
    run = frame(
        row("a.txt", new),
        row("f.jsonl#1", unrelated),
        row("f.jsonl#2", " ".join(prose(2))),
        row("b.txt", " ".join(prose(3)), url="u"),
        row("c.txt", " ".join(edited(prose(3), 0.2, 2)), day=3, url="u#top"),
    )
    articles, _ = mark_copies(run, parent, SETTINGS)
    revision = dict(articles.select("source_uri", "revision_of").iter_rows())
    assert revision == {
        "a.txt": ids.article_id(old),
        "f.jsonl#1": None,
        "f.jsonl#2": None,
        "b.txt": None,
        "c.txt": ids.article_id(" ".join(prose(3))),
    }
    again, _ = mark_copies(run, articles, SETTINGS)
    assert again.equals(articles)


def test_no_articles_at_all() -> None:
    articles, rejects = mark_copies(frame(), None, SETTINGS)
    assert articles.is_empty()
    assert rejects.is_empty()


@given(st.integers(0, 2**32), st.integers(0, 40), st.integers(2, 30))
@settings(max_examples=30)
def test_candidates_are_the_pairs_that_agree_in_a_band(seed: int, rows: int, values: int) -> None:
    signatures = np.random.default_rng(seed).integers(0, values, (rows, minhash_pairs.PERMUTATIONS)).astype(np.uint32)
    bands = signatures.reshape(rows, THRESHOLDS.bands, THRESHOLDS.band_rows)
    agree = [(i, j) for i in range(rows) for j in range(i + 1, rows) if (bands[i] == bands[j]).all(axis=1).any()]
    assert minhash_pairs.candidates(signatures) == agree


def test_a_mass_mailing_has_few_pairs_and_all_meet_in_the_earliest() -> None:
    pairs = minhash_pairs.candidates(np.zeros((500, minhash_pairs.PERMUTATIONS), dtype=np.uint32))
    assert len(pairs) < 500 * 10
    assert {right for left, right in pairs if left == 0} == set(range(1, 500))
