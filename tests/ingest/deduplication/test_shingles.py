"""Which texts share enough shingles: none of a pair is left out, in any script, however the work is cut."""

import random
import re
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.ingest.deduplication import minhash_pairs, overlap_prefilter, shingles
from flows.ingest.deduplication.thresholds import THRESHOLDS

SCRIPTS = {
    "latin": ("abcdefghijklmnopqrstuvwxyz", [" ", ", ", " — ", " «", "» ", "\u00a0"]),
    "cyrillic": ("абвгдежзийклмнопрстуфхцчшщыэюя", [" ", ", ", " – ", " «", "» ", "\u00a0"]),
    "arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", [" ", "، ", "؛ "]),
    "han": ("山水火木金土日月天地人口手足耳目上下左右中大小", ["，", "。", "、"]),
}


def pairs_of_texts(script: str, seed: int) -> list[str]:
    """A hundred texts, each followed by one that holds it, or is cut, or has words replaced, with other signs
    between."""
    chance = random.Random(seed)  # noqa: S311 -- test data
    letters, signs = SCRIPTS[script]
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(2000)]
    texts: list[str] = []
    for n in range(100):
        size = chance.choice([20, 40, 120, 400])
        words = chance.choices(vocabulary, k=size)
        other = list(words)
        if n % 3 == 0:
            other += chance.choices(vocabulary, k=int(size * chance.uniform(0.3, 0.8)))
        elif n % 3 == 1:
            other = other[int(size * chance.uniform(0.05, 0.3)) :] + chance.choices(vocabulary, k=size // 10)
        else:
            for _ in range(max(1, size // 20)):
                other[chance.randrange(size)] = chance.choice(vocabulary)
        texts += ["".join(word + chance.choice(signs) for word in one) for one in (words, other)]
    return texts


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_text_of_a_pair_is_left_out(script: str) -> None:
    texts = pl.Series(pairs_of_texts(script, 1) + pairs_of_texts(script, 2))
    sets = shingles.distinct(texts)
    near = [n for n in range(0, len(texts), 2) if minhash_pairs.jaccard(sets[n], sets[n + 1]) >= 0.5]
    assert 60 < len(near) <= 200
    kept = set(overlap_prefilter.with_overlap(texts, 0.5).tolist())
    assert {row for n in near for row in (n, n + 1)} <= kept
    found = minhash_pairs.near_copies(texts, 0.5)
    missed = {(n, n + 1) for n in near} - set(found.select("left", "right").iter_rows())
    assert len(missed) <= 0.02 * len(near)


def test_texts_that_share_little_are_left_out() -> None:
    chance = random.Random(3)  # noqa: S311 -- test data
    shared = [f"again{n}" for n in range(60)]
    texts = [" ".join([f"{n}x{k}" for k in range(200)] + chance.sample(shared, 40)) for n in range(300)]
    texts[200] = texts[100].replace("100x0 ", "zero ")
    assert overlap_prefilter.with_overlap(pl.Series(texts), 0.5).tolist() == [100, 200]
    # what a text says twice is not thereby shared
    assert not len(overlap_prefilter.with_overlap(pl.Series([f"{texts[299]} " * 30, *texts[:50]]), 0.5))


def test_the_same_texts_in_any_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series(["", "one", *pairs_of_texts("latin", 4), "", *pairs_of_texts("han", 4)[::2], "two three"])
    rows, sets = overlap_prefilter.with_overlap(texts, 0.5).tolist(), shingles.distinct(texts)
    assert 50 < len(rows) < len(texts) - 50
    small = replace(THRESHOLDS, chunk_bytes=100, keys_at_once=1)
    monkeypatch.setattr(shingles, "THRESHOLDS", small)
    monkeypatch.setattr(overlap_prefilter, "THRESHOLDS", small)
    assert overlap_prefilter.with_overlap(texts, 0.5).tolist() == rows
    assert [one.tolist() for one in shingles.distinct(texts)] == [one.tolist() for one in sets]


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["one"], ["one two three four"] * 2, ["—", "«»\x00"]])
def test_texts_without_shingles(texts: list[str]) -> None:
    series = pl.Series(texts, dtype=pl.String)
    assert not len(overlap_prefilter.with_overlap(series, 0.5))
    assert [len(one) for one in shingles.distinct(series)] == [0] * len(texts)
    assert minhash_pairs.near_copies(series, 0.5).is_empty()


def test_one_text_alone_and_the_shortest_pair() -> None:
    alone = pl.Series(["a text of seven words stands alone"])
    assert minhash_pairs.near_copies(alone, 0.5).is_empty()
    # of a single shingle, wherever in the sample it falls
    for n in range(20):
        pair = pl.Series(
            [f"five words make shingle {n}", f"Five words: make 'SHINGLE' {n}!", "no word of them", "so it is"]
        )
        assert minhash_pairs.near_copies(pair, 0.5).rows() == [(0, 1, 1.0)]


@settings(max_examples=60)
@given(st.lists(st.text(st.sampled_from("abB_9é界 \n.,-'\x00\u00a0“”—。，"), max_size=40), min_size=1, max_size=6))
def test_words_told_by_bytes_are_the_words(texts: list[str]) -> None:
    hashes, ends = overlap_prefilter.fast_word_hashes(pl.Series(texts))
    words = [re.findall(r"\w+", text.lower()) for text in texts]
    assert ends.tolist() == [sum(map(len, words[: n + 1])) for n in range(len(texts))]
    # and equal where their first eight bytes are
    short = [word.encode()[:8] for text in words for word in text]
    assert len(set(zip(short, hashes.tolist(), strict=True))) == len(set(short)) == len(set(hashes.tolist()))
