"""The numbers that decide which articles tell of one event, with the reason of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoryThresholds:
    """Thresholds of stories. Dev figures: B-cubed on stories of ECB+ and BASIL, four folds of events."""

    same_story: float = 0.32
    """Mean probability between two groups of articles from which they are one story; F1 is flat from 0.3 to 0.4."""
    named_by_most: float = 0.5
    """Share of a story's articles that name an entity which the story is about."""
    opening_lines: int = 2
    """Lines that tell what is new: news puts it first (the inverted pyramid)."""
    opening_chars: int = 300
    """And no more of them than this: some sources write a text without line ends."""
    early_chars: int = 700
    """The opening paragraphs, whose places and people are those of the event."""
    phrase_weight: float = 5.0
    """Two neighbouring stems that weigh less together are a phrase of everywhere."""
    days: int = 21
    """Articles published further apart tell of two events: a quake and its anniversary, an arrest and the trial."""
    full_days: int = 3
    """Up to so many days apart the date takes nothing from the score; from there on it falls to nothing."""
    common: float = 0.02
    """Names and bigrams in more than this share of the articles propose no pair: they are the subject of the corpus."""
    common_least: int = 60
    """But what so few articles have always does."""
    proposals: int = 40
    """Pairs that are scored for an article, the likeliest by what they share."""
    most_like: int = 4_000_000
    """In millionths, more than what two articles share can come to: three cosines."""
    least_score: float = 0.05
    """Pairs below are no links at all, which bounds memory."""
    body_at_best: float = 1.001
    """The cosine of two equal bodies, and what rounding may add; their likeness speaks for one event, never against."""
    met_at_once: float = 4e6
    """Articles with something in common that are weighed at once, about 50 bytes each; bounds memory."""


THRESHOLDS = StoryThresholds()
