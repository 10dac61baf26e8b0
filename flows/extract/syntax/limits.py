"""The limits of segmentation: how far rules look, and what is too short to be a clause."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SyntaxLimits:
    """Every number by which sentences and clauses are cut, with its unit and its reason."""

    wrapped_line_characters: int = 45
    """A line at least this long that ends without a stop, and no empty line after it, goes on in the next."""
    closing_marks: int = 8
    """Closing marks in a row that are passed over; a text has two or three, an attack has millions."""
    sentence_words: int = 400
    """Rules look from a word to its sentence's ends: this bounds what a text without stops costs."""
    coordinate_words: int = 4
    """Words behind a coordinator from which on a predicate is worth a clause of its own."""
    head_words: int = 9
    """Words of the longest noun phrase that a participle behind it describes."""
    noun_phrase_words: int = 12
    """Words of the longest noun phrase that is looked for before a place; what is longer is mostly more than one."""
    insertion_words: int = 3
    """Words of the shortest insertion or participle clause between two marks."""
    wrongly_claimed_words: int = 12
    """Words of the longest clause that says who is wrong to claim something: `the leader of the union was lying when he
    said`."""
    untrue_words: int = 6
    """Words of the longest clause that denies by an adjective: `it was quite simply not false`."""
    tag_question_words: int = 6
    """Words and marks of the longest tag question: `isn ' t it ?`."""


LIMITS = SyntaxLimits()
