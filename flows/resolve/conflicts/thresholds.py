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
    denied_words: int = 4
    """Words behind `no` or `never` among which what is denied begins; the other statement must have it."""
    rise: float = 0.4
    """By how much they agree more than before: else the exchange only made two statements alike that agreed already."""
    alike: float = 0.5
    """Dice of the words that are no names, from which a name, a place, a day, a `not` or an opposite is the point.
    Figures need no such likeness: their unit tells what they count."""
    one_deed: float = 0.6
    """Dice of the words that tell what was done, from which it is one deed; of those that tell by whom, below which
    two are told of."""
    listed_alike: float = 0.6
    """The same from which two lists are of one kind."""
    denied_alike: float = 0.25
    """The same for a denial, which is told without its negation: of statements that share less none is denied."""
    spelled_alike: float = 0.7
    """Ratio of matching letters from which two names may be one, told in two ways: Tarnowka and Tarnovka."""
    words_of_one_place: int = 2
    """Words that two names of places share, from which they may be of one."""
    few_differing: int = 1 << 14
    """Up to so many pairs that differ are looked at in the process that resolves: three seconds of work."""
    one_point: float = 0.4
    """Probability that two figures measure one point: the least at which the events of the fit lose nothing. Their
    annotation leaves conflicts out, so more hold than the probability says."""
    openly: float = 0.9
    """Probability of a contradiction for which no single point is found."""
    denied_openly: float = 0.94
    """The same where one denies what the other affirms, whoever speaks: of 8 that were read 6 hold, below none of 4."""
    one_wording: float = 0.9
    """Share of the words of the shorter from which two statements are one wording, which contradicts nobody."""
    most_points: int = 4
    """Points of one pair that are tried: statements that differ in more do not tell of one thing."""
    days_apart: int = 3
    """Figures published further apart may both be right: things change."""
    most_judged: int = 60_000
    """Exchanged statements that the model is asked about in one build, the likest first."""
    window: int = 8
    """Words on each side of a figure that may say what it measures."""
    name_behind_age: int = 60
    """Characters behind `the 40-year-old` in which a name is that of whoever is so old."""
    one_person: float = 0.8
    """Probability that two ages of one person are of one point, whatever else is told: all but birthdays."""
    range_chars: int = 30
    """Characters before a figure in which `between` makes it an end of a range."""
    largest_block: int = 200
    """Figures of one noun in one story that are compared with each other; a story with more is a live report."""
    filed_stems: int = 3
    """Rarest stems under which a figure that counts no noun is filed; it meets those that share one."""
    says_what: int = 3
    """Words besides figures, without those in brackets, from which a statement tells of what a figure is that counts
    nothing: of 13 false conflicts of prices five were of a price alone."""
    counted_below: float = 100
    """Whole figures below are counts, which nobody rounds."""
    near_bound: float = 0.2
    """More than 100,000 may be 120,000, but who writes it does not mean 200,000."""
    near_measured: float = 0.5
    """The same of a sum, a time, a mass: more than 10 years may be 14, more than 24 may be 35."""
    alike_bare: float = 0.4
    """Dice of the content words from which two figures that count no noun may be of one point."""
    one_order: float = 2.1
    """Natural logarithm of the ratio of two figures: of what is eight times as much something else is told."""
    rounded_off: float = 0.1
    """Figures within a tenth of each other are one figure, if one is told with fewer digits or as `about`."""
    remembered_statements: int = 1 << 14
    """Statements whose numbers and days are kept: a story's are asked for one after the other."""
    remembered_words: int = 1 << 16
    """Words of which is kept whether they are such."""
    excerpt_chars: int = 160
    """Of words at issue in an explanation, which is one sentence."""


THRESHOLDS = ConflictThresholds()
