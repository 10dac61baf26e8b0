"""Two statements of one story as their articles tell them: without whom brackets name.

Each article names whom a pronoun means in its own way, or not at all: `I [Ada Brandt] saw the ferry sink`, `I [a
passenger] saw the ferry sink` and `I saw the ferry sink` quote one person. Where the other words are nearly the same,
what stands in such brackets tells nothing; a model that weighs all words reads a contradiction there.
"""

from flows.resolve.claims.matching.pair_scores import nearly_one
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.thresholds import THRESHOLDS


def as_told(a: Proposition, b: Proposition) -> tuple[Proposition, Proposition]:
    """Return a and b without what brackets say of pronouns, where all else is nearly the same; else themselves.

    Likewise one long sentence whose brackets differ in names alone. "He was charged with murder" may be told of two
    men: what is not said in the first person has to be longer.
    """
    if a.story is None or a.story != b.story or not ("[" in a.statement or "[" in b.statement):
        return a, b
    one, other = (proposition.unexplained or proposition for proposition in (a, b))
    least = THRESHOLDS.quoted_words if a.in_first_person and b.in_first_person else THRESHOLDS.same_wording_words
    if (one is not a or other is not b) and len(one.words & other.words) >= least and nearly_one(one, other):
        return one, other
    return (a.outside_brackets, b.outside_brackets) if _one_sentence(a, b) else (a, b)


def _one_sentence(a: Proposition, b: Proposition) -> bool:
    """Whether both are one long sentence, with brackets that differ in names alone."""
    if a.inside_brackets != b.inside_brackets or a.denied != b.denied:
        return False
    one, other = a.outside_brackets.wording, b.outside_brackets.wording
    return one == other and len(one) >= THRESHOLDS.same_wording_words
