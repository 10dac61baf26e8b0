"""The thresholds of comparing two names."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NameThresholds:
    """Numbers that decide which words of two names are one word; judged on pairs of names from news."""

    alike: float = 0.55
    """Two words below this are two different words, not two spellings."""
    one_name: float = 0.5
    """Two names from this similarity up are one name: the threshold that the figures are given for."""
    same_sound: float = 0.97
    """Two spellings of one sound: all but the same word."""
    declined: float = 0.92
    """A word and the same with an ending of Latin, the Baltic languages or Czech."""
    with_ending: float = 0.5
    """Likeness that a sound and the same with such an ending have at least: stems are longer than endings."""
    nickname: float = 0.9
    """A given name and its short form."""
    initial: float = 0.7
    """An initial and a word that begins with it: many words do."""
    other_beginning: float = 0.9
    """What is left of a likeness where the first letters differ in writing and in sound: typing errors are inside."""
    generic_weight: float = 0.4
    """What `bank` or `ministry` counts in a body's name, beside 1 for a word that is its own."""
    common: int = 20
    """Names with a word from which on it is common, and one much like it and rare is a slip."""
    slips: float = 0.125
    """How common a slip may be, beside the word that was meant."""
    no_slip: int = 8
    """Names with a word from which on it is no slip, if it is about as common as the other."""
    peers: float = 0.25
    """Share of the commoner word's names from which on a word is about as common."""
    texts: int = 65_536
    """Texts whose letters are counted together."""
    shortest_stem: int = 3
    """Letters that a name must have more of before an ending makes it a woman's, or a case: `Oleksandra`, `Halića`."""
    most_left: float = 3.0
    """Words without a counterpart in the longer name, more of which change nothing."""


THRESHOLDS = NameThresholds()
