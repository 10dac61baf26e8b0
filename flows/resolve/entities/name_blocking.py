"""Which names are worth comparing: blocks of like-sounding names, each name against its neighbours in the block.

No all-pairs comparison: a block is ordered by sound and each name meets the next few only (the sorted
neighbourhood method, Hernández and Stolfo 1995), so the work grows with the number of names, not its square.
A vectorised string distance then drops what cannot be one name.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.parse_name import Name, skeleton, sound


def sounds(name: Name) -> str:
    """Return the sounds of a name's tokens in alphabetical order: one string for names in any word order."""
    return " ".join(sorted(sound(token) for token in name.tokens))


def block_keys(name: Name, is_person: bool) -> set[str]:
    """Return the blocks of a name. Two spellings of one name share at least one key in all but rare cases."""
    parts = [skeleton(token) for token in name.tokens]
    first, last = parts[0], parts[-1]
    keys = {"all:" + " ".join(sorted(parts)), "one:" + "".join(parts)}
    if is_person:
        keys |= {f"last:{last} {first[:1]}", f"first:{first} {last[:1]}"}
        if len(parts) > 2:
            keys |= {f"last:{part} {first[:1]}" for part in parts[1:-1]}
    else:
        keys |= {f"first:{first} {len(parts)}", f"last:{last} {first[:1]}"}
        if len(parts) > 2:
            keys.add("two:" + " ".join(parts[:2]))
    return keys


def neighbour_pairs(keys: Sequence[set[str]], order: Sequence[str]) -> pl.DataFrame:
    """Pair (left < right) the names that stand near each other in a block; `order` sorts names within blocks."""
    table = (
        pl.DataFrame(
            {"key": [sorted(k) for k in keys], "order": order}, schema={"key": pl.List(pl.String), "order": pl.String}
        )
        .with_row_index("node")
        .explode("key")
        .filter(pl.len().over("key") > 1)
        .with_columns(pl.col("key").hash())
        .sort("key", "order", "node")
    )
    pairs = []
    for step in range(1, THRESHOLDS.window + 1):
        near = table.select(
            left="node", right=pl.col("node").shift(-step), same=pl.col("key") == pl.col("key").shift(-step)
        ).filter("same")
        pairs.append(near.select(left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right")))
    return pl.concat(pairs).unique().sort("left", "right")


def candidate_pairs(names: Sequence[Name], is_person: bool) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield pairs of positions in `names` that are worth a full comparison, in chunks."""
    heard = [sounds(name) for name in names]
    pairs = neighbour_pairs([block_keys(name, is_person) for name in names], heard)
    texts = np.array(heard, dtype=object)
    for start in range(0, pairs.height, THRESHOLDS.chunk):
        part = pairs.slice(start, THRESHOLDS.chunk)
        left, right = part["left"].to_numpy(), part["right"].to_numpy()
        a, b = texts[left], texts[right]
        alike = cpdist(a, b, scorer=fuzz.ratio, dtype=np.uint8, workers=2) >= THRESHOLDS.least_sound_ratio
        within = (
            cpdist(a, b, scorer=fuzz.token_set_ratio, dtype=np.uint8, workers=2) >= THRESHOLDS.contained_sound_ratio
        )
        keep = alike | within
        yield left[keep], right[keep]
