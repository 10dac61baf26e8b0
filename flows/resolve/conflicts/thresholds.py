"""The numbers that decide which claims conflict, with the reason of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConflictThresholds:
    """Thresholds of conflicts. Figures are of the events of crossclaims dev that no weight was fitted on."""

    contradicts: float = 0.5
    """Probability that two statements contradict each other, from which the point at issue is looked for."""
    agrees: float = 0.6
    """Probability that they agree once the words at issue are exchanged: what is left differs in nothing that
    matters."""
    rise: float = 0.4
    """By how much they agree more than before: else the exchange only made two statements alike that agreed already."""
    alike: float = 0.5
    """Dice of the words that are no names, from which a name, a place, a day, a `not` or an opposite is the point.
    Figures need no such likeness: their unit tells what they count."""
    spelled_alike: float = 0.7
    """Ratio of matching letters from which two names may be one, told in two ways: Tarnowka and Tarnovka."""
    openly: float = 0.9
    """Probability of a contradiction for which no single point is found."""
    most_points: int = 4
    """Points of one pair that are tried: statements that differ in more do not tell of one thing."""
    days_apart: int = 3
    """Figures published further apart may both be right: things change."""
    most_judged: int = 60_000
    """Exchanged statements that the model is asked about in one build, the likest first."""
    excerpt_chars: int = 160
    """Of words at issue in an explanation, which is one sentence."""


THRESHOLDS = ConflictThresholds()
