"""Words that bear on what a speaker does with a content: the table `seeds/lexicons/stance.csv`, and negations."""

from collections.abc import Sequence
from functools import cache

from flows.extract.syntax.sentences import Word
from flows.extract.syntax.tags import APOSTROPHES
from flows.lexicons import LEXICONS, rows, word_list

NEGATORS = word_list("stance_negators")


@cache
def _stance_words() -> dict[str, frozenset[str]]:
    """Return the kinds of each word that bears on a stance."""
    found: dict[str, set[str]] = {}
    for row in rows(LEXICONS, "stance", ("word", "kind")):
        found.setdefault(row["word"], set()).add(row["kind"])
    return {word: frozenset(kinds) for word, kinds in found.items()}


def kinds_of(form: str) -> frozenset[str]:
    """Return the kinds of a word by what it does to a content (`seeds/lexicons/stance.csv`), none of most words."""
    return _stance_words().get(form, frozenset())


def has(words: Sequence[Word], kind: str) -> bool:
    """Tell whether one of some words is of a kind."""
    return any(kind in kinds_of(word.form) for word in words)


def verb_has(words: Sequence[Word], kind: str) -> bool:
    """Tell whether a verb among some words is of a kind, by itself or with a particle: "rule … out", "shot down"."""
    return any(
        kind in kinds_of(word.form) or any(kind in kinds_of(f"{word.form} {other.form}") for other in words[at + 1 :])
        for at, word in enumerate(words)
        if word.tag[:2] in {"VB", "JJ"}
    )


def is_negated(verb: Sequence[Word]) -> bool:
    """Tell whether a verb with its auxiliaries is negated; "not only said" is not."""
    for at, word in enumerate(verb):
        if word.form == "without" and at and verb[at - 1].form in {"go", "goes", "going"}:
            continue  # "it goes without saying"
        cut = word.form == "t" and at > 0 and verb[at - 1].form in APOSTROPHES
        only = at + 1 < len(verb) and verb[at + 1].form in {"only", "just", "merely"}
        if (word.form in NEGATORS or cut) and not only:
            return True
    return False
