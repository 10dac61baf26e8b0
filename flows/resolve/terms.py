"""The words of a text as terms: light stems with a weight, how rare a stem is in news.

Stems are light: case, accents, possessives and inflections off, six letters kept, so that "recognize",
"recognised" and "recognition" meet (truncation works as well as a full stemmer in English retrieval,
McNamee and Mayfield 2004). A weight is the inverse document frequency in a fixed table of news
(`seeds/lexicons/stem_frequency.csv`), not in the corpus at hand: two texts compare alike whatever else is
there.
"""

import re
import unicodedata
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
    """Return the stem of one term; a number is its own stem without separators of thousands."""
    if term[0].isdigit():
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


def terms_of(texts: pl.Series) -> pl.DataFrame:
    """Return every term of every text in order: row (u32), stem, weight."""
    found = (
        pl.DataFrame({"term": texts.str.extract_all(TERM)})
        .with_row_index("row")
        .explode("term", empty_as_null=False)
        .drop_nulls("term")
    )
    spelled = found["term"].unique().sort().to_list()
    stems = [stem(term) or term for term in spelled]
    table = pl.DataFrame(
        {"term": spelled, "stem": stems, "weight": [weight(s) for s in stems]},
        schema={"term": pl.String, "stem": pl.String, "weight": pl.Float64},
    )
    return found.join(table, on="term", how="left", maintain_order="left").select("row", "stem", "weight")


def content(terms: pl.DataFrame) -> pl.DataFrame:
    """Return the terms that are no function words."""
    return terms.filter(pl.col("weight") >= THRESHOLDS.content_weight)


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
