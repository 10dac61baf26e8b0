"""The thresholds of resolving entities, in one place; those that a user may set are in `flows.settings`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EntityThresholds:
    """Numbers that decide which names are compared and joined; judged by hand on annotated news across articles."""

    window: int = 6
    """Neighbours that each name is compared with in each of its blocks."""
    least_sound_ratio: float = 76.0
    """Pairs whose sounds are less alike than this (0 to 100) are no candidates."""
    contained_sound_ratio: float = 96.0
    """Likeness (0 to 100) from which the sounds of one name are contained in those of another."""
    chunk: int = 1_000_000
    """Pairs that are looked at together."""
    least_names: float = 0.3
    """Probability of the names alone below which nothing else is looked at."""
    noted: float = 0.25
    """Refused pairs from this score up are kept as negative edges: what a person may want to judge."""
    same_given_name: float = 0.6
    """Likeness of given names below which two full names cannot be one person."""
    spelt_alike: float = 0.85
    """Likeness from which a lone surname may be a misspelling of the one in a full name."""
    unlike_words: float = 0.8
    """Paired words of bodies and places below this likeness speak against their being one."""
    together: float = 0.6
    """Share of the articles with a short name that must have the longer one too before it can stand for it."""
    foremost: float = 0.75
    """Share of the articles with persons of one surname from which one of them is meant by the surname alone."""
    foremost_articles: int = 3
    """Articles that a surname must be in before one of several persons can be the foremost."""


THRESHOLDS = EntityThresholds()
