"""Closed vocabularies: every value that an enumerated column may hold."""

from enum import StrEnum

CONTRACT_VERSION = "2.2"
"""MAJOR.MINOR of the published contract; the first two parts of every snapshot version."""

VERSION = r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$"
"""What a snapshot version looks like: the contract's MAJOR.MINOR and the data's revision."""

TABLE_NAMES = (
    "articles", "entity_mentions", "entities", "claim_mentions", "claims", "claim_conflicts", "stories", "coverage",
    "statements", "resolution_edges", "redirects", "rejects",
)  # fmt: skip
"""The published tables in the order in which people read them, for who reads files and needs no models."""


class EntityType(StrEnum):
    """Kinds of entity, after OntoNotes 5, reduced to those that act or are acted upon in news."""

    PERSON = "PERSON"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    NORP = "NORP"
    FAC = "FAC"
    EVENT = "EVENT"
    LAW = "LAW"
    PRODUCT = "PRODUCT"


PLACES = frozenset({EntityType.GPE, EntityType.LOC, EntityType.FAC})
"""Kinds of entity that something happens at."""


class MentionType(StrEnum):
    """How a mention refers: by name, by description, or by pronoun (ACE)."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Attribution(StrEnum):
    """How content is presented: quoted, reported, partly quoted, or in the publisher's own voice."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NARRATED = "narrated"


class Polarity(StrEnum):
    """Whether the proposition is affirmed or negated."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class StatementPart(StrEnum):
    """Where a part of a statement comes from.

    verbatim: words of the content, as they stand. bracket: words from elsewhere in the article (the name behind a
    pronoun, the given names of a surname, the subject of an infinitive). negation: the phrase `NEGATION`, which stands
    for the cue that it points at.
    background: words of the article before the content that a reader needs to understand it; one to three parts,
    always the first ones, in the order of the article, and no part of what is compared.
    """

    VERBATIM = "verbatim"
    BRACKET = "bracket"
    NEGATION = "negation"
    BACKGROUND = "background"


NEGATION = "It is not true that"
"""What a statement says in place of a cue of denial: "denied that he knew" is "[It is not true that] he knew"."""


class DropReason(StrEnum):
    """Why a claim that was found is no row; the manifest counts them.

    half_sentence: a predicate without its subject. no_clause: words without a finite verb, below the floor of
    confidence. doubtful: a clause below it.
    """

    HALF_SENTENCE = "half_sentence"
    NO_CLAUSE = "no_clause"
    DOUBTFUL = "doubtful"


class Bound(StrEnum):
    """What a hedge makes of a figure: "about 40", "more than 40", "fewer than 40", "at least 40", "up to 40"."""

    ABOUT = "about"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Modality(StrEnum):
    """The mode of the proposition's main clause."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    NECESSARY = "necessary"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    IMPERATIVE = "imperative"


class ConflictType(StrEnum):
    """On what two claims disagree."""

    QUANTITY = "quantity"
    POLARITY = "polarity"
    LIST = "list"
    DATE = "date"
    STANCE = "stance"
    PLACE = "place"
    NAME = "name"
    UPDATE = "update"


class CoverageStance(StrEnum):
    """What an outlet of a story does with a claim that others of its outlets carry."""

    CARRIED = "carried"
    CONTRADICTED = "contradicted"
    ABSENT = "absent"


class Judgement(StrEnum):
    """Whether a pair was found to be one thing or two."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Stage(StrEnum):
    """The stages of a build, in order."""

    INGEST = "ingest"
    EXTRACT = "extract"
    RESOLVE = "resolve"
    VALIDATE = "validate"
    PUBLISH = "publish"


class Cause(StrEnum):
    """Why a row of a snapshot differs from its parent's."""

    INPUT = "input"
    CODE = "code"
    MODEL = "model"
    SETTINGS = "settings"
    JUDGEMENT = "judgement"


class RejectReason(StrEnum):
    """Why something that came in is not in the tables."""

    EMPTY = "empty"
    BINARY = "binary"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    EXPANDS_TOO_FAR = "expands_too_far"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNDECODABLE = "undecodable"
    MALFORMED = "malformed"
    NOT_ENGLISH = "not_english"
    NO_TEXT = "no_text"
    EXACT_DUPLICATE = "exact_duplicate"
    UNREADABLE = "unreadable"
    OUTSIDE_FOLDER = "outside_folder"
    CHANGED_WHILE_READ = "changed_while_read"
    TOO_SLOW = "too_slow"
    EXCLUDED = "excluded"
    BOT_WALL = "bot_wall"
    NOT_FOUND = "not_found"
    CONSENT = "consent"
    PAYWALL = "paywall"
    BOILERPLATE = "boilerplate"
    CONFLICTING_DATES = "conflicting_dates"
    INVALID_ROW = "invalid_row"


NOTES = (RejectReason.BOILERPLATE, RejectReason.CONFLICTING_DATES)
"""Reasons that note something about a document that is an article: parts of it that were dropped, dates that
contradict each other."""
