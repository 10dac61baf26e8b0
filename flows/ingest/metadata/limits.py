"""The limits of what a headline, a byline and a date of publication may be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MetadataLimits:
    """Sizes that news keeps to, each with its reason."""

    date_characters: int = 80
    """A longer text is a sentence with a date in it, not a date."""
    earliest_year: int = 1500
    """The oldest newspapers are of the seventeenth century."""
    latest_year: int = 2200
    """A later year is a number of something else."""
    head_paragraphs: int = 4
    """Headline, subtitle, byline and date stand in the first paragraphs or nowhere."""
    title_characters: int = 160
    """A longer paragraph is a lead, not a headline."""
    title_words: int = 3
    """Fewer words are the name of a section."""


LIMITS = MetadataLimits()
