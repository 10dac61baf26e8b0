"""Who does it to whom, where no more than the order of the words tells.

`The chief insulted the governor` and `the governor insulted the chief` have one bag of words. Two words have changed
places about a third that has stayed between them: their roles are exchanged. `On Monday the chief left` and `the chief
left on Monday` move one part of the sentence, and nothing stays between.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from flows.lexicons import one_of, word_list
from flows.lexicons.stems import inflected_stems, stem
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.claims.matching.verb_forms import is_past

_ADJUNCT = rf"(?:{one_of(word_list('places_and_times_before'))}) (?:the |an? |his |her |its |their )?"
_BEFORE_A_VERB = re.compile(rf"\b(?:to|{one_of(word_list('negatable_auxiliaries'))})(?: not| never| \w+ly)? $")
_BE_BEFORE = re.compile(rf"\b(?:{one_of(word_list('forms_of_be'))})(?: not| \w+ly)? $")
_COMPARED = re.compile(r" than\b")
_JOINED = rf"(?:{one_of(word_list('coordinators'))}) |, ?"


def roles_turned(a: Proposition, b: Proposition) -> bool:
    """Tell whether two words of one, before and behind what is done, stand the other way round in the other.

    Words in a row of several ("bread, milk and cheese") and of what is done with each other ("met", "merged with")
    have no roles; in the passive of one side they stand the other way round and are the same.
    """
    if ("by" in a.turns) != ("by" in b.turns):
        return False
    place = b.order
    if a.order == place:
        return False
    shared = [word for word in a.order if word in place]
    places = [place[word] for word in shared]
    if places == sorted(places):
        return False
    return any(
        _done(between, a)
        and _passive(between, a) == _passive(between, b)
        and not (between in _mutual() or _row(between, a) or _aside(first, b) or _aside(last, a))
        for first, between, last in _exchanged(shared, place)
    )


def _exchanged(shared: Sequence[str], place: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    """Three words in order of one side that stand in the opposite order on the other."""
    for at, between in enumerate(shared):
        first = next((word for word in reversed(shared[:at]) if place[word] > place[between]), None)
        last = next((word for word in shared[at + 1 :] if place[word] < place[between]), None)
        if first is not None and last is not None:
            yield first, between, last


@lru_cache(maxsize=1)
def _mutual() -> frozenset[str]:
    """Stems of verbs of what two do with each other."""
    return frozenset().union(*map(inflected_stems, word_list("mutual_verbs")))


def _done(word: str, proposition: Proposition) -> bool:
    """Whether a word tells what is done or how two compare: by its form, or by what stands before or behind it."""
    return any(
        is_past(form) or form.endswith("ing") or _BEFORE_A_VERB.search(before) or _COMPARED.match(after)
        for before, form, after in _places(word, proposition)
    )


def _passive(word: str, proposition: Proposition) -> bool:
    """Whether a form of `be` makes a passive of a word."""
    return any(_BE_BEFORE.search(before) for before, _, _ in _places(word, proposition))


def _row(word: str, proposition: Proposition) -> bool:
    """Whether a word is one of several in a row."""
    return any(
        re.search(rf"(?:{_JOINED})$", before) or re.match(rf" ?(?:{_JOINED})", after)
        for before, _, after in _places(word, proposition)
    )


def _aside(word: str, proposition: Proposition) -> bool:
    """Whether a word tells where or when, behind a preposition of place or time."""
    return any(re.search(rf"\b{_ADJUNCT}(?:\w+ )?$", before) for before, _, _ in _places(word, proposition))


def _places(stemmed: str, proposition: Proposition) -> Iterator[tuple[str, str, str]]:
    """What stands before each word of a stem, the word, and what stands behind it."""
    told = proposition.said
    for found in re.finditer(r"[^\W\d_]+", told):
        if (stem(found[0]) or found[0]) == stemmed:
            yield told[: found.start()], found[0], told[found.end() :]
