"""Makes rows stand alone: what their statements look back at before them, and full names where they have surnames.

The last step of a row. Claims are compared by what is said, without either. How surely a row is of use alone depends on
what was chosen, too, by the weights of `seeds/models/understood.csv` (`flows.train.backgrounds`).
"""

from collections.abc import Callable, Iterator, Sequence

from flows.extract.claims.claim_rows import ClaimRow
from flows.extract.claims.claim_rows import Part as PartOfRow
from flows.extract.claims.statements.background import Backgrounds
from flows.extract.claims.statements.background_choice import Best, Chosen
from flows.extract.claims.statements.content_words import Part
from flows.extract.claims.statements.described_sources import WE
from flows.extract.claims.statements.references import References
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.tags import PRONOUN
from flows.lexicons.weights import load_weights
from flows.probabilities import log_odds, logistic
from schemas.statements import render
from schemas.vocabularies import Attribution as Voice
from schemas.vocabularies import StatementPart

_QUOTED = frozenset({Voice.DIRECT, Voice.MIXED})


def understood(confidence: float, chosen: Chosen) -> float:
    """Return how surely a row is right and of use alone, 0 to 1, now that it is known what stands before it.

    confidence: the same of the row as it was found.
    """
    weights = load_weights("understood")
    found = understood_features(confidence, chosen.best)
    return logistic(weights["bias"] + sum(weights[name] * value for name, value in found.items()))


def understood_features(confidence: float, best: Best) -> dict[str, float]:
    """Return what is measured of a row and its choice: how surely it was right as it was found, how probable it is that
    it needs nothing, and that it needs something which is told before it.
    """
    return {"found": log_odds(confidence), "alone": best.alone, "told": best.told}


def standing_alone(
    rows: Sequence[ClaimRow],
    indexed: IndexedWords,
    references: References,
    rate: Callable[[float, Chosen], float] = understood,
) -> list[ClaimRow]:
    """Return rows with statements that can be read alone; `proposition` is what they were before, where they changed.

    rate: how surely a row is of use, given how surely it was and what was chosen.
    """
    backgrounds = Backgrounds(indexed, references.discourse)
    return [_made(row, indexed, references, backgrounds, rate) for row in rows]


def _made(
    row: ClaimRow,
    indexed: IndexedWords,
    references: References,
    backgrounds: Backgrounds,
    rate: Callable[[float, Chosen], float],
) -> ClaimRow:
    parts = [Part(p["start_char"], p["end_char"], StatementPart(p["kind"])) for p in row["statement_parts"]]
    chosen = backgrounds.of(parts, row["attribution"] in _QUOTED)
    told = [Part(*span, StatementPart.BACKGROUND) for span in chosen.spans]
    own = without_lone_we(parts, told, indexed, references)
    shown = [*told, *with_given_names(own, indexed, references)]
    rated: ClaimRow = {**row, "confidence": round(rate(row["confidence"], chosen), 4)}
    if shown == parts:
        return rated
    listed = [PartOfRow(start_char=part.start, end_char=part.end, kind=part.kind.value) for part in shown]
    statement = render(indexed.text, listed)
    return {**rated, "statement": statement, "statement_parts": listed, "proposition": row["statement"]}


def without_lone_we(
    parts: Sequence[Part], told: Sequence[Part], indexed: IndexedWords, references: References
) -> list[Part]:
    """Return the parts of a statement without the name of one person behind "we" where what stands before it names that
    person: the name says who speaks, and reads as if nobody else were meant.
    """
    found: list[Part] = []
    for part in parts:
        before = found[-1] if found else None
        if before is None or before.kind is not StatementPart.VERBATIM:
            found.append(part)
        elif part.kind is StatementPart.VERBATIM and not indexed.text[before.end : part.start].strip():
            found[-1] = before._replace(end=part.end)  # what stood between is left out
        else:
            speaker = _lone_speaker(before, part, indexed, references) if part.kind is StatementPart.BRACKET else None
            if speaker is None or not any(speaker in references.keys_in(each.start, each.end) for each in told):
                found.append(part)
    return found


def _lone_speaker(before: Part, bracket: Part, indexed: IndexedWords, references: References) -> str | None:
    """Return the key of the person whose name stands behind "we"; None of a body, of several, of other pronouns."""
    last = indexed.between(before.start, before.end)[-THRESHOLDS.contracted_words :]
    pronoun = next((word for word in reversed(last) if word.tag in PRONOUN), None)
    people = references.discourse.mentions_between(bracket.start, bracket.end)
    if pronoun is None or pronoun.form not in WE or len(people) != 1 or people[0].entity_type != "PERSON":
        return None
    return references.key(people[0])


def with_given_names(parts: Sequence[Part], indexed: IndexedWords, references: References) -> Iterator[Part]:
    """Yield the parts of a statement, with the words of a full name in brackets before the first surname that stands
    for it alone: "[Ana] Berg". A name that the statement gives in full needs none.
    """
    known: set[str] = set()
    for number, part in enumerate(parts):
        start = part.start
        if part.kind is StatementPart.VERBATIM:
            for word in indexed.between(part.start, part.end):
                found = references.given_names(word.start) if word.tag in {"NNP", "NNPS"} else None
                if found is None or found[0] in known:
                    continue
                before_it = [*parts[:number], part._replace(end=word.start)]
                if any(found[0] in references.keys_in(each.start, each.end) for each in before_it):
                    continue
                before = indexed.text[part.start : word.start]
                if before.count("[") > before.count("]"):
                    continue  # in brackets of the article's own
                known.add(found[0])
                if start < word.start:
                    yield Part(start, word.start, StatementPart.VERBATIM)
                yield Part(*found[1], StatementPart.BRACKET)
                start = word.start
        yield Part(start, part.end, part.kind)
