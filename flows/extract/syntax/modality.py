"""Modality of a content: the modal verb of its main clause, or an adverb or adjective to the same effect (after the
modality annotation of Ruppenhofer and Rehbein 2012, reduced to the six values of the contract).
"""

import itertools
import re
from collections.abc import Sequence

from flows.extract.syntax.main_clause import before_complement, main_clause
from flows.extract.syntax.sentences import Word, has_finite
from flows.extract.syntax.tags import FINITE
from flows.lexicons import of_kind, word_list
from schemas.vocabularies import Modality

_STRENGTH = (Modality.NECESSARY, Modality.POSSIBLE, Modality.FUTURE)
_BE = word_list("before_a_denial")


def modality(words: Sequence[Word], main: list[Word] | None = None) -> Modality:
    """Return the mode of a content's main clause. main: that clause, if known."""
    if not words:
        return Modality.ASSERTED
    main = main_clause(words) if main is None else main
    if not has_finite(main):
        return Modality.IMPERATIVE if _demands(main) else Modality.ASSERTED
    scope = before_complement(main)
    forms = [word.form for word in scope]
    said = {*forms, *map(" ".join, itertools.pairwise(forms))}
    kinds = (kind for kind in (*_STRENGTH, Modality.CONDITIONAL) if not said.isdisjoint(of_kind("modality", kind)))
    found = {kind for kind in kinds if _has(scope, kind)}
    if Modality.CONDITIONAL in found or (found & {Modality.FUTURE, Modality.POSSIBLE} and _hangs_on_condition(words)):
        return Modality.CONDITIONAL
    return next((kind for kind in _STRENGTH if kind in found), Modality.ASSERTED)


def _has(words: Sequence[Word], kind: Modality) -> bool:
    """Tell whether a word of this kind governs the clause: a modal, or an adjective or adverb beside the verb."""
    known = of_kind("modality", kind)
    for index, word in enumerate(words):
        pair = f"{word.form} {words[index + 1].form}" if index + 1 < len(words) else ""
        if pair in known:
            return True
        if word.form in known and (
            word.tag in FINITE or word.tag == "RB" or (index and words[index - 1].form in _BE) or word.form in {"need"}
        ):
            return True
    return False


def _hangs_on_condition(words: Sequence[Word]) -> bool:
    return any(word.form in {"if", "unless", "provided"} for word in words)


def _demands(words: Sequence[Word]) -> bool:
    """Tell whether a content without a finite verb asks for something: "the government to start talks", "join
    us".
    """
    first = words[0]
    if first.tag == "VB" and not re.fullmatch(r"\W*", first.form):
        return True
    return any(a.form == "to" and b.tag == "VB" for a, b in itertools.pairwise(words)) and _infinitive_governs(words)


def _infinitive_governs(words: Sequence[Word]) -> bool:
    """Tell whether only a noun phrase stands before the infinitive."""
    for word in words:
        if word.form == "to":
            return True
        if word.tag.startswith("VB") or word.form == "of":
            return False
    return False
