"""How surely a row is right and of use alone: a logistic model over what is known of it at extraction.

The features are named below and, for the wording of the statement, in `statement_wording`; their weights lie in
`seeds/models/statement_quality.csv`, fitted by `flows.train.statement_quality` on statements of news that careful
readers marked as good or of no use (fragments, wrong words, wrong speakers, pronouns that stand for nobody).
"""

from collections.abc import Sequence
from math import log
from operator import mul
from typing import NamedTuple

from flows.extract.claims.statements.references import Said
from flows.extract.claims.statements.statement_wording import wording_features
from flows.extract.claims.statements.statement_writer import Statement
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import COMPLEMENTISERS, FINITE, NOMINAL, RELATIVE, STOPS, SUBORDINATORS
from flows.lexicons import word_list
from flows.lexicons.weights import load_weights
from flows.probabilities import log_odds, logistic
from flows.spans import Span
from schemas.vocabularies import Attribution as Voice
from schemas.vocabularies import StatementPart

_HANGING = frozenset({"IN", "TO", "DT", "CC", "PRP$", "MD", "WDT", "WP", "WRB", "POS"})
_PERSONAL_FORMS = FINITE - {"MD"}
_PERSONAL = word_list("first_and_second_person")
_ANAPHORIC = word_list("anaphoric_words")
_PASSIVE = frozenset({"is", "are", "was", "were", "been"})


class Around(NamedTuple):
    """What stands around the words of a row: the words or marks before and after them in their sentence, and those of
    its cue.
    """

    before: Word | None = None
    after: Word | None = None
    cue: Sequence[Word] = ()


class Rated(NamedTuple):
    """A row before it is rated: its statement, its attribution, how surely that was found,
    in how many pieces it stands, whether it is a quoted sentence whole, which needs no verb ("Nonsense!"), what
    stands around it, and the statement and its source as they are written."""

    statement: Statement
    said: Said
    voice: Voice
    confidence: float
    pieces: int
    utterance: bool = False
    around: Around = Around()
    rendered: str = ""
    source: str = ""

    @property
    def words(self) -> Sequence[Word]:
        """Return the words of the proposition that the statement shows."""
        return self.statement.words


def quality(row: Rated) -> float:
    """Return the probability that a row is right and of use, 0 to 1."""
    weights = load_weights("statement_quality")
    measured = features(row)
    counted = sum(map(mul, map(weights.__getitem__, measured), measured.values()))
    return logistic(weights["bias"] + counted + sum([weights[name] for name in wording_of(row) if name in weights]))


def wording_of(row: Rated) -> list[str]:
    """Return the names of what the wording of a row shows, each of which counts 1."""
    around = row.around
    return wording_features(
        row.rendered,
        row.voice.value,
        row.source,
        " ".join(word.form for word in around.cue),
        around.before.form if around.before is not None else "",
        around.after.form if around.after is not None else "",
    )


def features(row: Rated) -> dict[str, float]:
    """Return what is measured of a row, each weighed in `statement_quality.csv`."""
    words, said = row.words, row.said
    clause, narrated = row.statement.clause or row.utterance, row.voice is Voice.NARRATED
    bracketed = any(part.kind is StatementPart.BRACKET for part in row.statement.parts)
    tags, forms = [word.tag for word in words], [word.form for word in words]
    first, last = words[0], words[-1]
    reported = said.cue is not None and any(
        said.cue.overlaps(Span(part.start, part.end)) for part in row.statement.parts
    )
    depends = first.tag in RELATIVE or first.form in SUBORDINATORS
    certain = log_odds(row.confidence)
    return {
        "narrated": float(narrated),
        "attribution": 0.0 if narrated else certain,
        "worth_checking": certain if narrated else 0.0,
        "direct": float(row.voice is Voice.DIRECT),
        "mixed": float(row.voice is Voice.MIXED),
        "no_clause": float(not clause),
        "no_clause_reported": float(not clause and reported),
        "no_sentence": float(not row.statement.sentence and not row.utterance),
        "no_sentence_quoted": float(not row.statement.sentence and not row.utterance and row.voice is Voice.DIRECT),
        "no_clause_said": float(not clause and said.says),
        "dependent_no_clause": float(not clause and depends),
        "no_clause_infinitive": float(not clause and "VB" in tags),
        "no_clause_short": float(not clause and len(words) < THRESHOLDS.short_words),
        "no_clause_long": float(not clause and len(words) >= 2 * THRESHOLDS.short_words),
        "no_clause_certain": 0.0 if clause else certain,
        "no_subject": float(clause and first.tag in FINITE and not bracketed),
        "dependent": float(depends),
        "hangs": float(last.tag in _HANGING),
        "open_end": float(last.tag in _PERSONAL_FORMS and len(words) > THRESHOLDS.short_words and _single(tags)),
        "pieces": float(row.pieces > 1),
        "short": float(len(words) < THRESHOLDS.short_words),
        "long": float(len(words) > THRESHOLDS.long_words),
        "personal": float(not _PERSONAL.isdisjoint(forms)),
        "anaphoric": float(first.form in _ANAPHORIC and row.statement.parts[0].kind is StatementPart.VERBATIM),
        "named": float("NNP" in tags),
        "counted": float("CD" in tags),
        "question": float(last.form == "?"),
        "lower_case": float(first.tag not in NOMINAL and not clause),
        "no_source": float(not narrated and said.source is None),
        "no_speaker": float(not narrated and said.source is not None and said.speaker is None),
        "says": float(said.says),
        "length": log(len(words)),
        **_edges(row, narrated),
    }


def _single(tags: Sequence[str]) -> bool:
    """Tell whether there is one finite verb among words of these tags."""
    return sum(tag in FINITE for tag in tags) == 1


def _edges(row: Rated, narrated: bool) -> dict[str, float]:
    """Return the features of where a row begins and ends in its sentence, and of its cue: what is cut shows there."""
    around, last = row.around, row.words[-1]
    before, after, cue = around.before, around.after, around.cue
    linked = before is not None and before.tag == "IN"
    subordinated = linked and before is not None and before.form in COMPLEMENTISERS
    stopped = after is not None and after.form in STOPS
    return {
        "opens_sentence": float(before is None),
        "behind_preposition": float(linked and not subordinated),
        "narrated_subordinate": float(narrated and subordinated),
        "stop_follows": float(stopped),
        "narrated_stop_follows": float(narrated and stopped),
        "nothing_follows": float(after is None),
        "verb_follows": float(after is not None and after.tag in FINITE),
        "preposition_follows": float(after is not None and after.tag == "IN" and after.form not in COMPLEMENTISERS),
        "narrated_subordinator_follows": float(
            narrated and after is not None and after.tag == "IN" and after.form in COMPLEMENTISERS
        ),
        "ends_relative": float(last.tag in RELATIVE),
        "cue_words": float(len(cue)),
        "cue_passive": float(any(w.tag == "VBN" for w in cue) and any(w.form in _PASSIVE for w in cue)),
        "cue_noun": float(bool(cue) and not any(w.tag.startswith("VB") for w in cue)),
    }


def is_fragment(row: Rated) -> bool:
    """Tell whether a row is the half of a sentence: the publisher's verb without a subject, a piece of a sentence
    without a verb of its own ("In a talk that was short[, he left]"), or something denied that has no verb ("[It is not
    true that] the plan"). A whole sentence mostly has a verb, though no rule may tell which.
    """
    first, last, opens = row.words[0], row.words[-1], row.statement.parts[0].kind
    if row.voice is Voice.NARRATED:
        headless = first.tag in FINITE and opens is StatementPart.VERBATIM and last.form != "?"
        after = row.around.after
        whole = row.around.before is None and after is not None and after.form in STOPS
        verb = row.statement.clause or (whole and any(word.tag in FINITE for word in row.words))
        return headless or not verb
    clause = any(word.tag.startswith(("VB", "MD")) for word in row.words)
    verb = first.tag in {"VBD", "VBZ"} and first.form != "is"  # that may be a name: "IS wants 40 million"
    headless = row.voice is Voice.INDIRECT and verb and opens is StatementPart.VERBATIM
    return headless or (opens is StatementPart.NEGATION and not (clause or row.statement.clause))
