"""Articles as unit vectors of what they hold: all words, the opening, names, numbers, rare phrases."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from flows.resolve.stories.thresholds import THRESHOLDS
from flows.resolve.terms import Terms, term_matrix, terms_of, unit_rows

_YEAR = r"^(?:19|20)\d\d$"


@dataclass(frozen=True)
class ArticleVectors:
    """N articles; each matrix [N, …] with rows of length one, or empty ones.

    body: content stems, log-frequency times rarity; opening: those of the title and the first lines; names: those
    inside entity mentions; numbers: figures; phrases: neighbouring stems that are rare together; places, people:
    entities that the opening paragraphs name, unweighted; day [N]: day of publication as a number, NaN where it is not
    known.
    """

    body: csr_matrix
    opening: csr_matrix
    names: csr_matrix
    numbers: csr_matrix
    phrases: csr_matrix
    places: csr_matrix
    people: csr_matrix
    day: np.ndarray

    def __len__(self) -> int:
        return len(self.day)


def article_vectors(articles: pl.DataFrame, entity_mentions: pl.DataFrame) -> ArticleVectors:
    """Return the vectors of `articles` (article_id, title, text, published_on), rows in their order.

    entity_mentions: article_id, entity_id, entity_type, surface, start_char.
    """
    count = articles.height
    terms = terms_of(articles["text"])
    number = articles.select("article_id").with_row_index("row")
    named = entity_mentions.join(number, on="article_id")
    early = named.filter(pl.col("start_char") < THRESHOLDS.early_chars)
    figures = terms.of(terms.stems.str.contains(r"^\p{N}").to_numpy())
    common = terms.stems.str.contains(_YEAR) | (terms.stems.str.len_chars() == 1)
    return ArticleVectors(
        body=_logged(terms.content(), count),
        opening=_logged(terms_of(_opening(articles)).content(), count),
        names=_logged(_surface_terms(named), count),
        numbers=_logged(replace(figures, weights=np.where(common, 0.3, 1.0)), count),
        phrases=_phrases(terms, count),
        places=_entities(early.filter(pl.col("entity_type").is_in(["GPE", "LOC", "FAC"])), count),
        people=_entities(early.filter(pl.col("entity_type") == "PERSON"), count),
        day=articles["published_on"].to_physical().cast(pl.Float64).fill_null(float("nan")).to_numpy(),
    )


def _opening(articles: pl.DataFrame) -> pl.Series:
    first = pl.col("text").str.extract_all(r"[^\n]+").list.head(THRESHOLDS.opening_lines).list.join(" ")
    told = pl.concat_str(pl.col("title").fill_null(""), first.str.slice(0, THRESHOLDS.opening_chars), separator=" ")
    return articles.select(told.alias("opening"))["opening"]


def _surface_terms(named: pl.DataFrame) -> Terms:
    """The terms of content inside the entity mentions of each article, in no order."""
    surfaces = named["surface"].unique().sort()
    terms = terms_of(surfaces).content()
    table = pl.DataFrame({"surface": surfaces.gather(terms.row), "stem": terms.stem})
    inside = named.select("row", "surface").join(table, on="surface")
    return replace(terms, row=inside["row"].to_numpy(), stem=inside["stem"].to_numpy())


def _phrases(terms: Terms, count: int) -> csr_matrix:
    """Neighbouring stems that weigh enough together, of which each pair counts the same."""
    first, second = terms.stem[:-1], terms.stem[1:]
    rare = (terms.row[:-1] == terms.row[1:]) & (
        terms.weights[first] + terms.weights[second] >= THRESHOLDS.phrase_weight
    )
    return _rows_of(terms.row[:-1][rare], first[rare].astype(np.int64) * len(terms.stems) + second[rare], count)


def _logged(terms: Terms, count: int) -> csr_matrix:
    """Unit rows of terms: one plus the logarithm of how often, times what the stem weighs."""
    return _rows_of(terms.row, terms.stem, count, terms.weights)


def _rows_of(row: np.ndarray, value: np.ndarray, count: int, weights: np.ndarray | None = None) -> csr_matrix:
    """Unit rows of values, each as often as it occurs; weights: by value, else all weigh the same.

    What no two rows have is left out then: it says nothing of two, and most phrases are of one article only.
    """
    size = 1 + int(value.max(initial=0))
    places = np.sort(row.astype(np.int64) * size + value)
    first = np.flatnonzero(np.diff(places, prepend=-1))
    often = np.diff(first, append=len(places))
    row, value = np.divmod(places[first], size)
    data = (1 + np.log(often)) * (1.0 if weights is None else weights[value])
    values, column = np.unique(value, return_inverse=True)
    matrix = csr_matrix((data.astype(np.float32), (row, column)), shape=(count, max(1, len(values))))
    return unit_rows(matrix)[:, np.bincount(column, minlength=matrix.shape[1]) > 1]


def _entities(named: pl.DataFrame, count: int) -> csr_matrix:
    values = named.select("row", value="entity_id").unique().sort("row", "value")
    return term_matrix(values.with_columns(weight=pl.lit(1.0)), count)
