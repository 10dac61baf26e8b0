"""What rows tell that a point can be made of, by columns: which pairs have none, before anything of them is read.

Most pairs that are compared leave out a word or two. Two rows have a point, or contradict each other, only where one
may deny, where both give figures or dates or lists or tell of a deed, where they give other numbers or days, where each
names somebody whom the other does not, or where a word of one is opposite to one of the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from flows.lexicons.stems import stem
from flows.resolve.claims.matching.lists import LISTED
from flows.resolve.claims.matching.opposites import opposites
from flows.resolve.claims.pairs.pair_input import negations
from flows.resolve.conflicts.denials import FAILS
from flows.resolve.conflicts.one_wording import numbers_and_days
from flows.resolve.conflicts.sole_doers import TELLS_OF_A_DEED
from flows.resolve.terms import Terms, paired_dot, term_matrix, terms_of


@dataclass(frozen=True)
class ToldRows:
    """Rows of `proposition_rows`.

    denies, lists, deeds, figures, dates [n]: whether a row has a word that negates or tells of a failure, may give a
    list, may tell of what only one can have done, gives figures, dates; numbers [n]: its numbers and days in order, as
    one number, -1 for none; named [n, entities]: 1 for each entity that it names; having, opposing [n, stems]: what is
    not 0 are its stems that have an opposite, and the stems opposite to them.
    """

    denies: np.ndarray
    lists: np.ndarray
    deeds: np.ndarray
    figures: np.ndarray
    dates: np.ndarray
    numbers: np.ndarray
    named: csr_matrix
    having: csr_matrix
    opposing: csr_matrix

    @classmethod
    def of(cls, rows: pl.DataFrame) -> "ToldRows":
        """Return those of rows: statement, names, quantities, dates."""
        terms = terms_of(rows["statement"])
        having = _with(terms, opposites()).matrix(rows.height)
        denying = _with(terms, {stem(part) for word in negations() for part in word.split("'")})
        numbers = [" ".join(numbers_and_days(statement)) or None for statement in rows["statement"]]
        names = rows.select("names").with_row_index("row").explode("names", empty_as_null=False).unnest("names")
        named = names.select("row", value="entity").unique().sort("row", "value").with_columns(weight=pl.lit(1.0))
        return cls(
            (np.bincount(denying.row, minlength=rows.height) > 0) | rows["statement"].str.contains(FAILS).to_numpy(),
            rows["statement"].str.contains(LISTED).to_numpy(),
            rows["statement"].str.contains(TELLS_OF_A_DEED).to_numpy(),
            (rows["quantities"].list.len() > 0).to_numpy(),
            (rows["dates"].list.len() > 0).to_numpy(),
            pl.Series(numbers, dtype=pl.String).rank("dense").cast(pl.Int64).fill_null(-1).to_numpy(),
            term_matrix(named, rows.height),
            having,
            having @ _opposites(terms.stems),
        )

    def may_differ(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """Return which pairs of rows may have a point, or contradict each other.

        Numbers that are the same in the same order are none that are exchanged.
        """
        one, other = self.numbers[left], self.numbers[right]
        counted = (one >= 0) & (other >= 0) & (one != other)
        given = (self.figures[left] & self.figures[right]) | (self.dates[left] & self.dates[right])
        opposed = paired_dot(self.having, self.opposing, left, right) > 0
        told = (self.lists[left] & self.lists[right]) | (self.deeds[left] & self.deeds[right])
        named, shared = np.diff(self.named.indptr), paired_dot(self.named, self.named, left, right)
        each_names_another = (shared < named[left]) & (shared < named[right])
        return self.denies[left] | self.denies[right] | counted | given | opposed | each_names_another | told


def _with(terms: Terms, stems: Iterable[str]) -> Terms:
    return terms.of(terms.stems.is_in(list(stems)).to_numpy())


def _opposites(stems: pl.Series) -> csr_matrix:
    """Which of some stems are opposite to which."""
    place, known = {of: at for at, of in enumerate(stems)}, opposites()
    pairs = [(place[one], place[other]) for one in known.keys() & place for other in known[one] & place.keys()]
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    size = max(1, len(stems))
    return csr_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape=(size, size))
