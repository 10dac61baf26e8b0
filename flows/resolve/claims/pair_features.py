"""How alike two claim mentions are: named features of a pair, weighed by a table and squashed to 0..1.

The table is `seeds/lexicons/same_wording.csv`. Every feature is symmetric, so is the score. What makes two claims
whatever else they share has a weight set by hand to outweigh the rest: another count of the same noun, another
list, another date, a "not" more, actors that have changed places, opposite words, another act on one thing. So have
the places in an article where its author says a thing twice (`flows.resolve.discourse`). The other weights are fitted
by `flows.train.wording` on what a build makes of labelled pairs: the training part of MSRP, KnownLie/PolitiFact, the
annotated pairs of two seed articles, and as negatives ClaimDiff topics and unlike claims of one article of news.
MSRP's development part was not fitted on; `wordings.BARE_WORDS` was chosen
with its figure in view.
"""

from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix

from flows.lexicons import LEXICONS, rows
from flows.probabilities import logistic
from flows.resolve.claims.claim_features import Propositions

DEMANDED = 3
"""The mode of what ought to be, in `Propositions.mode`."""

CHUNK = 100_000
"""Pairs that are compared at once: bounds memory at about half a GB."""

SAME_WORDS = 0.85
"""Dice of all words from which a "not" more, or two names in other places, is what makes the difference."""

BLOCK = 2048
"""Meanings that are multiplied at once: what fits the processor's cache."""

PART = 0.75
"""Ranges that overlap are one statement drawn twice if the shorter is at least this share of the longer."""

FEW_WORDS = 0.3
"""Dice of the content words below which two statements are of one subject rather than one."""

THIN_WEIGHT = 8.0
"""About two words of content: of a claim that has no more beside its names, little can be said."""

FAR_MEANING, MEANING_SPAN = 0.6, 0.2
"""From this cosine on a quotation may have the gist of the report before it; so much more is enough alone."""

LOOKS_BACK = 0.35
"""What it adds that a quotation opens with a pronoun: it speaks of what was just reported."""

QUOTES_ALREADY = 0.5
"""What is left of it where the report itself quotes: then the quotation more often goes on than bears out."""

SAME_GIST = 0.3
"""So much of the content words of the shorter one in common is enough alone."""

NEAR_CHARS = 900
"""A quotation that follows its indirect report stands within about this many characters of it."""

FEATURES = (
    "meaning", "word_cover", "word_dice", "rare_cover", "token_dice", "token_low", "thin", "pair_dice",
    "entity_dice", "entity_differs", "agent_shared", "agent_differs", "quantity_shared", "quantity_differs",
    "numbers_differ",
    "count_differs", "list_differs", "date_shared", "date_differs", "negation_differs", "polarity_differs",
    "modality_differs", "opposition", "roles_swapped", "length_differs", "acts_differ", "form_differs",
    "part_of", "anaphoric", "restated", "borne_out", "headlined", "voices_differ", "same_article",
    "words_differ",
)  # fmt: skip


@lru_cache(maxsize=1)
def weights() -> tuple[float, np.ndarray]:
    """The bias, and the weights in the order of FEATURES."""
    table = {row["feature"]: float(row["weight"]) for row in rows(LEXICONS, "same_wording", ("feature", "weight"))}
    return table["bias"], np.array([table[name] for name in FEATURES])


def features(p: Propositions, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The features of pairs (left[k], right[k]): float64 [pairs, FEATURES]; each 0..1 but `meaning`, a
    cosine.
    """
    parts = [_features(p, left[i : i + CHUNK], right[i : i + CHUNK]) for i in range(0, len(left), CHUNK)]
    return np.concatenate(parts) if parts else np.zeros((0, len(FEATURES)))


def score(found: np.ndarray) -> np.ndarray:
    """Probability that the two mentions of each pair assert one proposition."""
    bias, weight = weights()
    return logistic(found @ weight + bias)


def reasons(found: np.ndarray, most: int = 4) -> list[str]:
    """For each pair the features that moved the score most, e.g. `meaning +5.1, quantity_differs -2.0`."""
    _, weight = weights()
    moved = np.round(found * weight, 2)
    order = np.argsort(-np.abs(moved), axis=1, kind="stable")[:, :most]
    return [
        ", ".join(f"{FEATURES[c]} {moved[i, c]:+.2f}" for c in row if moved[i, c] != 0) or "nothing in common"
        for i, row in enumerate(order)
    ]


def cosine(p: Propositions, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Cosine of the meanings of each pair; integers in float32, so exact in any order of summation."""
    dot = np.empty(len(left), np.float64)
    for start in range(0, len(left), BLOCK):
        end = min(start + BLOCK, len(left))
        a, b = (p.meaning[side[start:end]].astype(np.float32) for side in (left, right))
        dot[start:end] = np.einsum("ij,ij->i", a, b)
    norm = p.size[left] * p.size[right]
    return np.divide(dot, norm, out=np.zeros(len(left)), where=norm > 0)


def _features(p: Propositions, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    words = _Overlap(p.words, left, right)
    pairs, tokens = _Overlap(p.pairs, left, right), _Overlap(p.tokens, left, right)
    entities = _Overlap(p.entities, left, right)
    values, measures = _Overlap(p.values, left, right), _Overlap(p.measures, left, right)
    years, days = _Overlap(p.years, left, right), _Overlap(p.days, left, right)
    opposed = dot(p.plus, p.minus, left, right) + dot(p.minus, p.plus, left, right)
    alike = cosine(p, left, right)
    same_article = p.article[left] == p.article[right]
    near = np.abs(p.start[left] - p.start[right]) <= NEAR_CHARS
    known = (p.speaker[left] >= 0) & (p.speaker[right] >= 0)
    one_speaker = (p.speaker[left] == p.speaker[right]) & known
    no_other = one_speaker | ~known
    swapped = (
        (p.first_entity[left] == p.last_entity[right])
        & (p.first_entity[right] == p.last_entity[left])
        & (p.first_entity[left] != p.first_entity[right])
        & (p.first_entity[left] >= 0)
        & (p.passive[left] == p.passive[right])
        & p.opens[left]  # "On the exchange, Kraft fell" has no actors to change
        & p.opens[right]
        & (entities.larger == 2)  # two actors that have changed places, and nothing else
        & (tokens.dice >= SAME_WORDS)
    )
    gist = np.clip((alike - FAR_MEANING) / MEANING_SPAN + words.cover_of(THIN_WEIGHT) / SAME_GIST, 0, 1)
    left_quotes = (p.report[left] == right[:, None]).any(axis=1)
    right_quotes = (p.report[right] == left[:, None]).any(axis=1)
    quoted, report = np.where(left_quotes, (left, right), (right, left))
    own_words = np.clip(gist + LOOKS_BACK * p.backward[quoted], 0, 1)
    borne_out = (left_quotes | right_quotes) & no_other
    headlined = same_article & p.voiced[left] & p.voiced[right] & (p.headline[left] != p.headline[right]) & no_other
    # a noun phrase says something only with who says it
    voices_differ = (p.nominal[left] & p.nominal[right] & known & ~one_speaker) | (
        (p.bare[left] | p.bare[right])
        & (p.voiced[left] & p.voiced[right])
        & ~same_article
        & (p.voice[left] != p.voice[right])
    )
    voices_differ |= same_article & (_reports(p, left, right) | _reports(p, right, left))
    lists = _Overlap(p.listed, left, right)
    agents = _Overlap(p.agents, left, right)
    columns = {
        "meaning": alike,
        "word_cover": words.cover_of(THIN_WEIGHT),
        "word_dice": words.dice,
        "rare_cover": _Overlap(p.rare, left, right).cover,
        "token_dice": tokens.dice,
        "token_low": tokens.shared / np.maximum(tokens.larger, 1),
        "pair_dice": pairs.dice,
        "entity_dice": entities.dice,
        "entity_differs": np.where(entities.both_left_over, 1 - entities.cover, 0),
        "agent_shared": agents.any_shared,
        "agent_differs": agents.disjoint,
        "quantity_shared": measures.any_shared,
        "quantity_differs": values.both_left_over,
        "numbers_differ": values.disjoint,
        "count_differs": (_Overlap(p.units, left, right).shared > 0) & values.disjoint,
        "list_differs": (lists.shared >= 2) & (lists.shared < lists.larger),
        "date_shared": years.any_shared,
        "date_differs": np.maximum(years.disjoint, days.disjoint),
        "negation_differs": p.negative[left] != p.negative[right],
        "polarity_differs": (p.denied[left] != p.denied[right]) & (tokens.dice >= SAME_WORDS),
        "modality_differs": p.mode[left] != p.mode[right],
        "opposition": opposed > 0,
        "roles_swapped": swapped,
        "thin": THIN_WEIGHT / (THIN_WEIGHT + words.smaller),
        "length_differs": 1 - words.smaller / np.maximum(words.larger, 1e-9),
        "acts_differ": _acts_differ(p, left, right),
        "form_differs": p.nominal[left] != p.nominal[right],
        "part_of": same_article & _part_of(p, left, right),
        "anaphoric": p.anaphoric[left] | p.anaphoric[right],
        "restated": (same_article & near & one_speaker & (p.direct[left] != p.direct[right]))
        * alike
        * words.cover_of(THIN_WEIGHT),
        "borne_out": borne_out * own_words * np.where(p.mixed[report], QUOTES_ALREADY, 1),
        "headlined": headlined * gist,
        "same_article": same_article & ~borne_out & ~headlined & ~_overlap(p, left, right),
        "voices_differ": voices_differ,
        "words_differ": ~same_article * np.clip(1 - words.dice / FEW_WORDS, 0, 1),
    }
    return np.column_stack([np.asarray(columns[name], np.float64) for name in FEATURES])


def _acts_differ(p: Propositions, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether one reports an act on what it names ("condemned the invasion") that the other does not.

    Only where a content is no clause of its own; and a demand is exempt: to urge, to ask and to call for
    are one act.
    """
    act = (_total(p.acts[left]) > 0) | (_total(p.acts[right]) > 0)
    shared = dot(p.acts, p.acts, left, right) > 0
    told = (dot(p.acts, p.told_acts, left, right) > 0) | (dot(p.told_acts, p.acts, left, right) > 0)
    asserted = (p.mode[left] == 0) & (p.mode[right] == 0) & (p.nominal[left] | p.nominal[right])
    return act & ~shared & ~told & asserted


def _part_of(p: Propositions, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether two ranges overlap and were drawn apart: one is a part of the other, or both are clauses of a
    sentence.

    A part of a statement is another statement; ranges of almost one size are one statement that was drawn
    twice.
    """
    size = [p.end[side] - p.start[side] for side in (left, right)]
    drawn_apart = (np.minimum(*size) < PART * np.maximum(*size)) | ~(p.voiced[left] | p.voiced[right])
    return _overlap(p, left, right) & drawn_apart


def _reports(p: Propositions, outer: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """Whether one content tells that somebody said or thinks the other, which it does not state itself.

    A demand is another thing: who says that parliament asks for it tells of the asking, and the content is that.
    """
    inside = (p.start[outer] <= p.cue[inner]) & (p.cue[inner] < p.end[outer])
    return inside & (p.mode[inner] != DEMANDED)


def _overlap(p: Propositions, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether the ranges of two claims of one article have characters in common."""
    return np.minimum(p.end[left], p.end[right]) > np.maximum(p.start[left], p.start[right])


def dot(a: csr_matrix, b: csr_matrix, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The products of rows `left` of one matrix with rows `right` of another, pair by pair."""
    return np.asarray(a[left].multiply(b[right]).sum(axis=1)).ravel()


class _Overlap:
    """What the rows of a weighted set share, pair by pair."""

    def __init__(self, matrix: csr_matrix, left: np.ndarray, right: np.ndarray):
        a, b = matrix[left], matrix[right]
        total_a, total_b = _total(a), _total(b)
        self.shared = np.asarray(a.minimum(b).sum(axis=1)).ravel()
        self.smaller, self.larger = np.minimum(total_a, total_b), np.maximum(total_a, total_b)

    @property
    def dice(self) -> np.ndarray:
        """Shared weight, of the mean of both sums."""
        return 2 * self.shared / np.maximum(self.smaller + self.larger, 1e-9)

    @property
    def cover(self) -> np.ndarray:
        """Shared weight, of the smaller sum."""
        return self.shared / np.maximum(self.smaller, 1e-9)

    def cover_of(self, thin: float) -> np.ndarray:
        """Shared weight, of the smaller sum and as much as `thin` that may be missing."""
        return self.shared / (self.smaller + thin)

    @property
    def any_shared(self) -> np.ndarray:
        """Whether anything is shared."""
        return self.shared > 0

    @property
    def disjoint(self) -> np.ndarray:
        """Whether both have something and nothing in common."""
        return (self.smaller > 0) & (self.shared == 0)

    @property
    def both_left_over(self) -> np.ndarray:
        """Whether each has something that the other lacks."""
        return self.smaller - self.shared > 1e-6


def _total(matrix: csr_matrix) -> np.ndarray:
    return np.asarray(matrix.sum(axis=1)).ravel()
