"""Which names are worth comparing: blocks of like-sounding names, each name against its neighbours in the block.

No all-pairs comparison: a block is ordered by sound and each name meets the next few only (the sorted
neighbourhood method, Hernández and Stolfo 1995), so the work grows with the number of names, not its square.
Blocks of one kind of key are made, paired and sifted at a time: a vectorised string distance drops what cannot be one
name before the next kind is looked at.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.parse_name import Name, consonants, skeleton, sound
from flows.resolve.names.person_features import PersonNames
from flows.resolve.names.token_pairs import letters
from flows.resolve.names.words import numbered
from flows.resolve.sorted_values import once


def sorted_sounds(tokens: Sequence[str]) -> str:
    """Return the sounds of a name's tokens in alphabetical order: one string for names in any word order."""
    return " ".join(sorted(sound(token) for token in tokens))


def body_keys(name: Name) -> set[str]:
    """Return the blocks of a body, place or thing; two spellings of one share a key in all but rare cases."""
    parts = [skeleton(token) for token in name.tokens]
    first, last = parts[0], parts[-1]
    keys = {"all:" + " ".join(sorted(parts)), "one:" + "".join(parts)}
    keys |= {f"first:{first} {len(parts)}", f"last:{last} {first[:1]}"}
    if len(parts) > 2:
        keys.add("two:" + " ".join(parts[:2]))
    return keys


def person_keys(people: PersonNames) -> Iterator[pl.DataFrame]:
    """Yield the blocks of persons, a frame of `node` and `key` for each kind of key.

    Blocks are of the skeletons of all tokens in any order, of all as one word, of the last token with the initial of
    the first, and of the first token with the initial of the last; any token but the first may be the last one.
    """
    parts = [consonants(heard) for heard in people.table.heard]
    texts = pl.Series(parts, dtype=pl.String)
    number = texts.rank("dense").to_numpy().astype(np.uint64)
    initial = np.array([ord(part[0]) if part else 0 for part in parts], dtype=np.uint64)
    nodes, owners = np.arange(len(people.sizes), dtype=np.uint32), people.owners
    ordered = np.sort(owners.astype(np.uint64) << np.uint64(32) | number[people.flat]) & np.uint64(0xFFFFFFFF)
    place = (np.arange(len(owners)) - people.starts[owners]).astype(np.uint64)
    mixed = (ordered + np.uint64(1)) * (place * np.uint64(2) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    yield _keyed(nodes, np.add.reduceat(mixed ^ (mixed >> np.uint64(29)), people.starts))
    whole = people.words.put_together(texts, "")
    yield _keyed(nodes, whole.hash().to_numpy())
    first, last = people.flat[people.starts], people.flat[people.starts + people.sizes - 1]
    yield _keyed(nodes, number[first] << np.uint64(32) | initial[last])
    others = place > 0
    yield _keyed(owners[others], number[people.flat[others]] << np.uint64(32) | initial[first[owners[others]]])


def _keyed(nodes: np.ndarray, keys: np.ndarray) -> pl.DataFrame:
    return pl.DataFrame({"node": nodes, "key": keys}, schema={"node": pl.UInt32, "key": pl.UInt64})


def body_blocks(names: Sequence[Name]) -> pl.DataFrame:
    """Return the blocks of bodies, places and things, a row of `node` and `key` each."""
    keys = pl.DataFrame({"key": [sorted(body_keys(name)) for name in names]}, schema={"key": pl.List(pl.String)})
    return keys.with_row_index("node").explode("key").with_columns(pl.col("key").hash())


def candidate_pairs(heard: Sequence[str] | pl.Series, blocks: Iterator[pl.DataFrame]) -> pl.DataFrame:
    """Return pairs (left < right) of names that are worth a full comparison, in order.

    heard: `sorted_sounds` of each name. blocks: frames of `node`, the position of a name, and `key`.
    """
    column = pl.Series("heard", heard, dtype=pl.String)
    parts, by_sound = Parts(column), np.argsort(numbered(column)[1], kind="stable")
    found = [np.zeros(0, np.int64)]
    for table in blocks:
        for left, right in _neighbours(table["node"].to_numpy(), table["key"].to_numpy(), by_sound):
            likely = parts.may_be_alike(left, right)
            unlike = np.flatnonzero(~likely)
            likely[unlike] = parts.may_contain(left[unlike], right[unlike])
            found.append(left[likely] << 32 | right[likely])
    pairs = once(np.concatenate(found))  # those of several blocks are measured once
    left, right = (pairs >> 32).astype(np.uint32), pairs.astype(np.uint32)
    alike = _alike(left, right, np.array(column.to_list(), dtype=object), parts)
    return pl.DataFrame({"left": left[alike], "right": right[alike]})


def _neighbours(nodes: np.ndarray, keys: np.ndarray, by_sound: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the pairs of names that stand next to each other in a block, then those one further, and so on.

    by_sound: all names in order of sound.
    """
    place = np.empty(len(by_sound), np.int64)
    place[by_sound] = np.arange(len(by_sound))
    of_key = np.argsort(keys)
    keys, nodes = keys[of_key], nodes[of_key]
    number = np.cumsum(np.append(False, keys[1:] != keys[:-1]))
    in_blocks = np.sort(number << 32 | place[nodes])  # one number for both: numbers are put in order fastest
    block, nodes = in_blocks >> 32, by_sound[in_blocks & 0xFFFFFFFF]
    for step in range(1, THRESHOLDS.window + 1):
        near = (block[:-step] == block[step:]) & (nodes[:-step] != nodes[step:])
        one, other = nodes[:-step][near], nodes[step:][near]
        yield np.minimum(one, other), np.maximum(one, other)


class Parts:
    """The letters and words of texts as numbers, to tell at once which can be alike: to measure that takes longest."""

    def __init__(self, texts: pl.Series) -> None:
        words = texts.str.split(" ")
        sizes = words.list.len().to_numpy().astype(np.int64)
        self._few = sizes <= THRESHOLDS.contained_words
        self._words = np.arange(-THRESHOLDS.contained_words, 0) + np.zeros((len(sizes), 1), np.int64)
        numbers = (words.explode(empty_as_null=True).hash() // 2 + 1).to_numpy().astype(np.int64)
        owners = np.repeat(np.arange(len(sizes)), sizes)
        place = np.arange(len(owners)) - (np.cumsum(sizes) - sizes)[owners]
        inside = self._few[owners]
        self._words[owners[inside], place[inside]] = numbers[inside]
        ordered = np.sort(self._words, axis=1)
        self._few &= (ordered[:, 1:] != ordered[:, :-1]).all(axis=1) & ~texts.str.starts_with(" ").to_numpy()
        self._sizes, self._lengths = sizes, texts.str.len_chars().to_numpy().astype(np.int64)
        self._letters = letters(texts)

    def may_be_alike(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return which pairs of texts can reach `least_sound_ratio` as wholes.

        A letter that one has and the other has not, once or a second time, is one that is put in or left out.
        """
        edits = np.bitwise_count(self._letters[left] ^ self._letters[right])
        return edits <= (1 - (THRESHOLDS.least_sound_ratio - 1) / 100) * (self._lengths[left] + self._lengths[right])

    def may_contain(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return which pairs of texts, unlike as wholes, `token_set_ratio` can find to contain one another.

        They share a word, and one has no other, or only a few letters in another: one letter of twenty at most.
        """
        la, lb = self._lengths[left], self._lengths[right]
        near = (np.minimum(la, lb) >= THRESHOLDS.contained_letters) | (abs(la - lb) == 1)
        out = ~self._few[left] | ~self._few[right]
        both = self._letters[left] & self._letters[right]
        at = np.flatnonzero(~out & (near | (both == self._letters[left]) | (both == self._letters[right])))
        left, right = left[at], right[at]
        a, b = self._words[left], self._words[right]
        shared = ((a[:, :, None] == b[:, None, :]).any(axis=2) & (a > 0)).sum(axis=1)
        out[at] = (shared > 0) & (near[at] | (shared == np.minimum(self._sizes[left], self._sizes[right])))
        return out


def _alike(left: np.ndarray, right: np.ndarray, texts: np.ndarray, parts: Parts) -> np.ndarray:
    """Of which pairs the sounds are alike, or one contains the other."""
    keep = np.zeros(len(left), bool)
    for start in range(0, len(left), THRESHOLDS.chunk):
        part = slice(start, start + THRESHOLDS.chunk)
        a, b = left[part], right[part]
        alike = parts.may_be_alike(a, b)
        alike[alike] = _reach(texts[a[alike]], texts[b[alike]], fuzz.ratio, THRESHOLDS.least_sound_ratio)
        unlike = np.flatnonzero(~alike)
        unlike = unlike[parts.may_contain(a[unlike], b[unlike])]
        held = _reach(texts[a[unlike]], texts[b[unlike]], fuzz.token_set_ratio, THRESHOLDS.contained_sound_ratio)
        alike[unlike] = held
        keep[part] = alike
    return keep


def _reach(a: np.ndarray, b: np.ndarray, scorer: Callable[..., float], least: float) -> np.ndarray:
    """Whether pairs of texts are so much alike, in whole numbers; what is far from it is not measured to the end."""
    return cpdist(a, b, scorer=scorer, score_cutoff=least - 1, dtype=np.uint8, workers=-1) >= least
