"""How much a clause is worth checking, by a table of named features (`seeds/models/check_worthiness.csv`).

They are what fact-checkers look for (Hassan et al. 2017: numbers, dates, names, past events) against what they leave
(opinion, questions, the reader addressed, the future).
"""

from collections.abc import Sequence

from flows.extract.claims.dates.date_expressions import date_expressions
from flows.extract.claims.quantities.find_quantities import find_quantities
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.claims.voices import Voices
from flows.extract.syntax.assembled_clauses import Clause
from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import FINITE
from flows.lexicons import of_kind, word_list
from flows.lexicons.weights import load_weights
from flows.probabilities import logistic
from flows.spans import Span, joined

_PERSONAL = word_list("first_and_second_person")
_ANAPHORIC = word_list("anaphoric_words") | {"which", "who"}


def tabular(text: str, sentence: Sequence[Word]) -> bool:
    """Tell whether a line is a row of figures ("Shr 12 cts vs nine cts"): it says nothing without its table."""
    if sentence[-1].form == ".":
        return False
    tokens = text[sentence[0].start : sentence[-1].end].split()
    figures = sum(1 for token in tokens if token[0].isdigit() or token.lower() in of_kind("numbers", "unit", "ten"))
    return figures >= THRESHOLDS.table_figures and figures >= THRESHOLDS.table_share * len(tokens)


def check_worthiness(
    text: str, sentence: Sequence[Word], clause: Clause, spans: Sequence[Span], voices: Voices, lead: bool
) -> float:
    """Return how surely a clause is worth checking, 0 to 1; spans: where it stands, its subject included."""
    weights = load_weights("check_worthiness")
    features = _features(text, sentence, clause, spans, voices, lead)
    return logistic(weights["bias"] + sum(weights[name] for name, present in features.items() if present))


def _features(
    text: str, sentence: Sequence[Word], clause: Clause, spans: Sequence[Span], voices: Voices, lead: bool
) -> dict[str, bool]:
    """Return the named features of a clause; each is weighed in `check_worthiness.csv`."""
    words = clause.words
    said = joined(text, spans)
    forms, tags = {w.form for w in words}, {w.tag for w in words}
    near = voices.names.touching(spans[0].start, max(s.end for s in spans))
    names = sum(1 for n in near if any(s.contains(n) for s in spans))
    first_verb = next((w.form for w in words if w.tag in FINITE), "")
    return {
        "quantity": bool(find_quantities(said)),
        "date": bool(date_expressions(said)),
        "entity": names >= 1,
        "second_entity": names >= 2,
        "past_or_perfect": "VBD" in tags or ("VBN" in tags and not forms.isdisjoint({"has", "have"})),
        "present_fact": not tags.isdisjoint({"VBZ", "VBP"}),
        "event_word": not forms.isdisjoint(of_kind("event_words", "event")),
        "standing": first_verb in of_kind("event_words", "standing"),
        "list": "," in said and sum(1 for w in words if w.tag in {"NNP", "NNPS"}) >= 3,
        "first_or_second_person": not forms.isdisjoint(_PERSONAL),
        "question": sentence[-1].form == "?",
        "modal": "MD" in tags,
        "evaluation": not forms.isdisjoint(of_kind("event_words", "evaluation")),
        "no_verb": not any(tag.startswith("VB") for tag in tags),
        "anaphoric_subject": words[0].form in _ANAPHORIC and clause.kind != "relative",
        "short": len(words) < THRESHOLDS.short_clause_words,
        "long_enough": len(words) >= THRESHOLDS.long_clause_words,
        "participle": clause.kind == "participle",
        "relative": clause.kind in ("relative", "subordinate"),
        "lead": lead,
        "imperative": words[0].tag == "VB",
    }
