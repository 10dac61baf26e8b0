"""The words of many texts as columns: each distinct word once, so that what is asked of a word is asked once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl


def numbered(texts: pl.Series) -> tuple[pl.Series, np.ndarray]:
    """Return the distinct texts in alphabetical order, and the number of each text among them.

    A rank would say the same, but puts all texts in order, where only the distinct ones have to be.
    """
    distinct = texts.unique().sort()
    numbers = pl.int_range(len(distinct), dtype=pl.Int32, eager=True)
    return distinct, texts.replace_strict(distinct, numbers, return_dtype=pl.Int32).to_numpy().astype(np.int32)


@dataclass(frozen=True)
class Words:
    """The words of some texts.

    distinct  the distinct words in alphabetical order
    flat      the numbers of the words of all texts, one text after another
    sizes     how many words each text has
    """

    distinct: pl.Series
    flat: np.ndarray
    sizes: np.ndarray

    @classmethod
    def of(cls, texts: pl.Series) -> "Words":
        """Return the words of texts; a list each."""
        sizes = texts.list.len().to_numpy().astype(np.int32)
        return cls(*numbered(texts.explode(empty_as_null=False)), sizes)

    @cached_property
    def starts(self) -> np.ndarray:
        """Where the words of each text begin in `flat`."""
        return np.cumsum(self.sizes) - self.sizes

    @cached_property
    def first(self) -> np.ndarray:
        """The number of the first word of each text; -1 where there is none."""
        return self._at(self.starts)

    @cached_property
    def last(self) -> np.ndarray:
        """The number of the last word of each text; -1 where there is none."""
        return self._at(self.starts + self.sizes - 1)

    def _at(self, places: np.ndarray) -> np.ndarray:
        out = np.full(len(self.sizes), -1, np.int32)
        some = self.sizes > 0
        out[some] = self.flat[places[some]]
        return out

    @cached_property
    def owners(self) -> np.ndarray:
        """The number of the text of each word in `flat`."""
        return np.repeat(np.arange(len(self.sizes), dtype=np.uint32), self.sizes)

    def of_texts(self, texts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the numbers of the words of some texts, and before them of each word the place of its text there."""
        sizes = self.sizes[texts]
        at = np.repeat(np.arange(len(texts)), sizes)
        place = np.arange(len(at)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return at, self.flat[self.starts[texts][at] + place]

    def some(self, texts: np.ndarray) -> "Words":
        """Return the words of some texts alone, numbered anew."""
        _, flat = self.of_texts(texts)
        used = np.zeros(len(self.distinct), bool)
        used[flat] = True
        number = (np.cumsum(used) - 1).astype(np.int32)
        return Words(self.distinct.filter(pl.Series(used)), number[flat], self.sizes[texts])

    def put_together(self, of_word: pl.Series, between: str, order: np.ndarray | None = None) -> pl.Series:
        """Return one text each of what there is of its words; each has one word at least.

        of_word: of each distinct word. order: the numbers of the words, text by text, if not as they stand.
        """
        flat = pl.Series(of_word.gather(self.flat if order is None else order))
        frame = pl.DataFrame({"owner": self.owners, "text": flat}).with_columns(pl.col("owner").set_sorted())
        return frame.group_by("owner", maintain_order=True).agg("text").get_column("text").list.join(between)
