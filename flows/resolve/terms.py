"""The words of a text as terms: light stems with a weight, how rare a stem is in news.

Stems are light: case, accents, possessives and inflections off, six letters kept, so that "recognize",
"recognised" and "recognition" meet (truncation works as well as a full stemmer in English retrieval,
McNamee and Mayfield 2004). A weight is the inverse document frequency in a fixed table of news
(`seeds/lexicons/stem_frequency.csv`), not in the corpus at hand: two texts compare alike whatever else is
there.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix, diags

from flows.lexicons import LEXICONS, rows
from flows.resolve.thresholds import THRESHOLDS

TERM = r"[\p{L}\p{N}]+(?:[.,]\p{N}+)*"
"""What a term is, as a regular expression of Polars: letters and digits, a number with its separators in one."""

_SUFFIX = re.compile(r"(?:ings?|edly|ed|es|s|ly|ied|ies)$")


@lru_cache(maxsize=1 << 16)
def stem(term: str) -> str:
    """Return the stem of one term, of none nothing; a number is its own stem without separators of thousands."""
    if term[:1].isdigit():
        return term.replace(",", "")
    plain = unicodedata.normalize("NFKD", term.lower()).encode("ascii", "ignore").decode() or term.lower()
    cut = _SUFFIX.sub("", plain)
    plain = cut if len(cut) >= 4 else plain.removesuffix("s") if len(plain) > 3 else plain
    return plain[: THRESHOLDS.kept_letters]


def inflected_stems(word: str) -> frozenset[str]:
    """Return the stems of a word and of its regular inflections: a light stem leaves `raise` and `raised` apart."""
    low = word.lower()
    bare = low.removesuffix("e")
    forms = {low, f"{low}s", f"{low}es", f"{bare}ed", f"{bare}ing", f"{low}{low[-1]}ed", f"{low}{low[-1]}ing"}
    if low.endswith("y"):
        forms |= {f"{low[:-1]}ies", f"{low[:-1]}ied"}
    return frozenset(map(stem, forms))


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    return {row["stem"]: float(row["share"]) for row in rows(LEXICONS, "stem_frequency", ("stem", "share"))}


@lru_cache(maxsize=1 << 16)
def weight(stemmed: str) -> float:
    """Return the inverse document frequency of a stem, in nats: 0 for what is everywhere, 11.5 for what is nowhere."""
    return log(
        1 / (THRESHOLDS.number_share if stemmed[0].isdigit() else _shares().get(stemmed, THRESHOLDS.rarest_share))
    )


@dataclass(frozen=True)
class Terms:
    """Every term of every text in order, 8 bytes each.

    row [n]: number of its text; stem [n]: number of its stem; stems: the distinct stems in order; weights: of each.
    """

    row: np.ndarray
    stem: np.ndarray
    stems: pl.Series
    weights: np.ndarray

    def of(self, kept: np.ndarray) -> "Terms":
        """Return the terms of some stems; kept: by stem."""
        chosen = kept[self.stem]
        return replace(self, row=self.row[chosen], stem=self.stem[chosen])

    def content(self) -> "Terms":
        """Return the terms that are no function words."""
        return self.of(self.weights >= THRESHOLDS.content_weight)

    def weighted(self, weights: np.ndarray | None = None) -> pl.DataFrame:
        """Return row, value (number of the stem) and weight of each; weights: other ones, by stem."""
        weights = self.weights if weights is None else weights
        return pl.DataFrame({"row": self.row, "value": self.stem, "weight": weights[self.stem]})

    def matrix(self, count: int) -> csr_matrix:
        """Return a matrix of `count` rows and a column a stem, with the weight of each stem that a text has."""
        ones = np.ones(len(self.row), np.float32)
        found = csr_matrix((ones, (self.row, self.stem)), shape=(count, max(1, len(self.stems))))
        found.sum_duplicates()
        found.data = self.weights.astype(np.float32)[found.indices]
        return found


def terms_of(texts: pl.Series) -> Terms:
    """Return every term of every text in order; of so many texts at a time, since words take much more than numbers."""
    step = max(1, THRESHOLDS.bytes_at_once * len(texts) // max(1, int(texts.str.len_bytes().sum())))
    known = pl.DataFrame(schema={"term": pl.String, "number": pl.UInt32})
    parts = [pl.DataFrame(schema={"row": pl.UInt32, "number": pl.UInt32})]
    for start in range(0, len(texts), step):
        found = (
            pl.DataFrame({"term": texts[start : start + step].str.extract_all(TERM)})
            .with_row_index("row", offset=start)
            .explode("term", empty_as_null=False)
            .drop_nulls("term")
        )
        new = found.select(pl.col("term").unique()).join(known, on="term", how="anti")
        known = pl.concat([known, new.with_row_index("number", offset=known.height).select("term", "number")])
        parts.append(found.join(known, on="term", how="left", maintain_order="left").select("row", "number"))
    found = pl.concat(parts)
    stemmed = [stem(term) or term for term in known["term"]]
    stems = pl.Series(sorted(set(stemmed)), dtype=pl.String)
    at = {of: number for number, of in enumerate(stems)}
    numbers = np.array([at[of] for of in stemmed], np.int32)
    weights = np.array([weight(of) for of in stems], np.float64)
    return Terms(found["row"].to_numpy(), numbers[found["number"].to_numpy()], stems, weights)


def term_matrix(values: pl.DataFrame, count: int) -> csr_matrix:
    """Return a matrix of `count` rows from (row, value, weight), a column a distinct value in their order.

    Weights of a value that a row has several times are summed.
    """
    names = values["value"].unique().sort()
    column = values["value"].rank("dense").cast(pl.Int64).to_numpy() - 1
    data = values["weight"].to_numpy().astype(np.float32)
    matrix = csr_matrix((data, (values["row"].to_numpy(), column)), shape=(count, max(1, len(names))), dtype=np.float32)
    matrix.sum_duplicates()
    return matrix


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    """Return the matrix with every row of length one; an empty row stays empty."""
    norm = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norm, 1e-9)) @ matrix).tocsr()


def paired_dot(a: csr_matrix, b: csr_matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the products of rows `left` of one matrix with rows `right` of another, pair by pair."""
    return np.asarray(a[left].multiply(b[right]).sum(axis=1)).ravel()
