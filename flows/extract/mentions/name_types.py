"""One type for each name of a text: what the reader saw of all its places, and what the words around them say."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from flows.extract.mentions.gazetteer import CERTAIN, POSSESSIVE, Gazetteer
from flows.extract.mentions.name_span import NameSpan
from flows.extract.mentions.neighbours import is_legal_form
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.lexicons import column, one_of, states, word_list
from schemas.vocabularies import PLACES

_IN = re.compile(r"\b[Ii]n $")
_THE = re.compile(r"\b[Tt]he $")
_NOUN_AFTER = re.compile(rf"[ -](?!(?:{one_of(word_list('finite_auxiliaries'))})\b)[\w“\"]")
"""A noun for which `the` may stand: `the Ilves government`, not `the Sangh will` or `the Sangh's`."""
_BODY_BEFORE = re.compile(rf"\b(?:{one_of(word_list('organisation_nouns') | {'NGO'})}) [\"“‘]$")
"""What calls a name in quotation marks that of a body: `the group “Lake”`."""
_OUTLET_BEFORE = re.compile(rf"\b(?:{one_of(word_list('outlet_nouns'))}) $")
_EXPLAINED_AS_BODY = re.compile(
    r", (?:the|an?) (?:(?!of )[\w-]{1,20} ){0,4}"
    rf"(?:{one_of(word_list('company_nouns') | word_list('outlet_nouns'))})(?:,| that\b| which\b)"
)
"""`the tabloid Lake` and `Lake, the shipping company,` are bodies."""
_OF_A_PLACE = re.compile(r"\b(?:[Ii]n|[Ff]rom|[Tt]o|[Oo]f|[Nn]ear|[Aa]cross|[Aa]gainst|[Vv]isit|[Tt]he) $")
_AGED = re.compile(r", (?:aged )?\d{1,2}[,.;]")
_ADDRESSED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.? $")


class _TypeWeights(dict[str, float]):
    """How much speaks for each type of a form."""

    def __missing__(self, kind: str) -> float:
        return 0.0

    def add(self, more: Mapping[str, float]) -> None:
        """Add to the weight of each type."""
        for kind, weight in more.items():
            self[kind] += weight

    def heaviest(self) -> str:
        """Return the type for which most speaks."""
        return min(self, key=lambda kind: (-self[kind], kind))


def _form(surface: str) -> str:
    return POSSESSIVE.sub("", " ".join(surface.split())).casefold()


def settle_types(text: str, spans: list[NameSpan], gazetteer: Gazetteer) -> list[NameSpan]:
    """Give each form one type, by the weight of what the reader saw; a lone surname is a person like its full name."""
    weights: dict[str, _TypeWeights] = defaultdict(_TypeWeights)
    articled: set[str] = set()
    for span in spans:
        types = weights[_form(span.of(text))]
        types[span.entity_type] += span.score
        if span.entity_type in ("PERSON", "ORG", "GPE", "LOC"):
            votes = _context(text, span)
            types.add(votes)
            if "ORG" in votes:
                articled.add(_form(span.of(text)))
    # a family name stands last, or first where names are written so; the given name stands alone rarely
    surnames = {
        part for form, types in weights.items() if " " in form and types.heaviest() == "PERSON" for part in _ends(form)
    } - {form for form in articled if weights[form].heaviest() == "ORG"}
    for form in _short_forms_of_companies(weights) - surnames:
        weights[form] = _TypeWeights(ORG=sum(weights[form].values()))
    for form in [form for form in weights if _is_full_name(form, weights)]:
        weights[form] = _TypeWeights(PERSON=sum(weights[form].values()))
    for form in _surnames_like_states(text, spans, weights, gazetteer):
        weights[form] = _TypeWeights(PERSON=sum(weights[form].values()))
    settled = [_settled_type(text, span, weights, surnames, gazetteer) for span in spans]
    return [
        span if kind == span.entity_type else replace(span, entity_type=kind)
        for span, kind in zip(spans, settled, strict=True)
    ]


def _short_forms_of_companies(weights: Mapping[str, _TypeWeights]) -> set[str]:
    """Words that a text uses for a company that it also names in full: `Kask` beside `Kask Industries Inc`."""
    bodies = [form for form, types in weights.items() if " " in form and types.heaviest() == "ORG"]
    short = {form.split()[0] for form in bodies if _has_legal_form(form)}
    return {form for form in short if form in weights and weights[form].heaviest() == "PERSON"}


def _has_legal_form(form: str) -> bool:
    """Whether a name in small letters ends in a legal form: `kask industries inc`."""
    words = form.split()
    return any(is_legal_form(" ".join(words[at:])) for at in range(1, len(words)))


def _is_full_name(form: str, weights: Mapping[str, _TypeWeights]) -> bool:
    """Whether `marta ilves`, seen as a body or place, is the full name of whom the text calls Ilves elsewhere."""
    if " " not in form:
        return False
    last = form.rsplit(maxsplit=1)[-1]
    return (
        _opens_with_given_name(form)
        and weights[form].heaviest() in ("ORG", "GPE")
        and last in weights
        and weights[last].heaviest() == "PERSON"
    )


def _is_a_place(text: str, span: NameSpan) -> bool:
    return _OF_A_PLACE.search(text, max(0, span.start - 8), span.start) is not None


def _opens_with_given_name(name: str) -> bool:
    first, *more = name.lower().split()
    return bool(more) and first in column("given_names", "name", "gender")


def _surnames_like_states(
    text: str, spans: list[NameSpan], weights: Mapping[str, _TypeWeights], gazetteer: Gazetteer
) -> set[str]:
    """`Holland` behind `Dean Holland`: names of states by which a text means only the person whom it has named in full.

    It names nothing else of that state, and never says what is in it, from it or of it.
    """
    first: dict[str, int] = {}
    for span in spans:
        full = _form(span.of(text))
        if " " in full and weights[full].heaviest() == "PERSON":
            first.setdefault(full.split()[-1], span.start)
    found = set()
    for form in [form for form in first if form in weights and weights[form].heaviest() in PLACES]:
        alone = [span for span in spans if _form(span.of(text)) == form]
        known = gazetteer.lookup(alone[0].of(text))
        state = next((s for s in states() if known is not None and s.name == known.name), None)
        if state is None or any(span.start < first[form] or _is_a_place(text, span) for span in alone):
            continue
        others = {state.name, state.capital, *state.aliases, *state.adjectives} - {"", alone[0].of(text)}
        if not re.search(rf"\b(?:{one_of(others)})\b", text):
            found.add(form)
    return found


def _settled_type(
    text: str, span: NameSpan, weights: Mapping[str, _TypeWeights], surnames: set[str], gazetteer: Gazetteer
) -> str:
    form = _form(span.of(text))
    if form in surnames:
        known = gazetteer.lookup(span.of(text))
        if known is None or known.certainty != CERTAIN or _called_as_a_person(text, span, form, weights):
            return "PERSON"
    return weights[form].heaviest()


def _called_as_a_person(text: str, span: NameSpan, form: str, weights: Mapping[str, _TypeWeights]) -> bool:
    """Whether a known body's name is a surname of this text: `said Guardian` beside Ann Guardian, who has no `the`."""
    if " " in form or weights[form].heaviest() != "ORG" or _THE.search(text[max(0, span.start - 4) : span.start]):
        return False
    return any(full.endswith(f" {form}") and types.heaviest() == "PERSON" for full, types in weights.items())


def _ends(form: str) -> tuple[str, str]:
    parts = form.split()
    return parts[0], parts[-1]


def _context(text: str, span: NameSpan) -> dict[str, float]:
    """What the words around a name say of its type: one is in a place, and only people are Mr and Mrs.

    People have no `the`, unless it is that of a noun behind the name.
    """
    before = text[max(0, span.start - 16) : span.start]
    if span.entity_type == "PERSON" and before.endswith("n ") and _IN.search(before):
        return {"GPE": THRESHOLDS.context_vote}
    if span.entity_type == "PERSON" and _BODY_BEFORE.search(text[max(0, span.start - 24) : span.start]):
        return {"ORG": THRESHOLDS.apposed_vote}
    if span.entity_type == "PERSON" and (_OUTLET_BEFORE.search(before) or _EXPLAINED_AS_BODY.match(text, span.end)):
        return {"ORG": THRESHOLDS.context_vote}
    if (
        span.entity_type == "PERSON"
        and before.endswith("he ")
        and _THE.search(before)
        and not _NOUN_AFTER.match(text, span.end)
    ):
        return {"ORG": THRESHOLDS.context_vote}
    if span.entity_type != "PERSON" and before.endswith(" ") and _ADDRESSED.search(before):
        return {"PERSON": THRESHOLDS.context_vote}
    if span.entity_type != "PERSON" and _AGED.match(text, span.end) and _opens_with_given_name(span.of(text)):
        return {"PERSON": THRESHOLDS.context_vote}
    return {}
