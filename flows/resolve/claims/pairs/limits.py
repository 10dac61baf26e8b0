"""The limits of the pair model: what it reads of a statement, and what is kept of its answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PairLimits:
    """Numbers that the model was trained with, and sizes of what is kept; each with its reason."""

    statement_pieces: int = 100
    """Word pieces of one statement that are read; 1 in 500 statements of news is longer."""
    beginning_letters: int = 5
    """Letters that two forms of a word have in common: elected, election."""
    counted: float = 4.0
    """A count of words that differ says no more beyond this."""
    remembered_statements: int = 4096
    """Statements whose reading is kept, the latest ones; about 50 KiB each."""
    probability_floor: float = 1e-4
    """Added to the network's probabilities before their logarithm is taken."""
    decimals: int = 4
    """Decimals of a probability: what a processor adds up in another order does not show."""
    part_pairs: int = 500
    """Pairs that a worker is given at a time: one or two seconds of work, so that all of them end together."""
    few_pairs: int = 2000
    """Up to so many new pairs are read in threads of the process that resolves: a worker takes two seconds to load."""
    hashed_rows: int = 1 << 16
    """Wordings that are written out at once to make their keys, about 60 MiB; bounds memory."""
    cache_bytes: int = 1024 * 1024 * 1024
    """Size that the cache of answers is kept under, and that of decisions: about forty million pairs each."""


LIMITS = PairLimits()
