"""The thresholds of stems, which count as content and what they weigh, and of pronouns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StemThresholds:
    """Numbers by which words are cut to stems and weighed."""

    kept_letters: int = 6
    """Letters of a stem: election and elected are one, election and electric are not."""
    rarest_share: float = 1e-5
    """Share of articles that a stem outside the table is taken to be in."""
    number_share: float = 3e-3
    """The same of a number: it says as much as a rather rare word; its value is compared elsewhere."""
    content_weight: float = 1.6
    """Stems below this weight (in more than a fifth of all articles) are function words."""


THRESHOLDS = StemThresholds()


@dataclass(frozen=True)
class PronounThresholds:
    """How far the pronouns of a sentence are looked at."""

    sentence_characters: int = 300
    """Characters behind a name in which its sentence ends, all but the longest ones."""


PRONOUNS = PronounThresholds()
