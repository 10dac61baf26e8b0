"""Whether two propositions name one: by the entity, by the words of the name, or by its initials."""

from functools import lru_cache

from flows.lexicons.stems import stem
from flows.resolve.claims.matching.proposition import Name, Proposition
from flows.resolve.claims.pairs.pair_input import word_forms


def lacks(proposition: Proposition, name: Name) -> bool:
    """Tell whether a proposition names nobody who could be meant by a name."""
    return name.entity not in proposition.entities and not _told_in_words(name, proposition)


def one_name(name: Name, other: Name) -> bool:
    """Tell whether two names are of one entity, or one is the initials of the other."""
    return name.entity == other.entity or (
        name.kind == other.kind
        and (_initials(other.surface) == _letters(name.surface) or _initials(name.surface) == _letters(other.surface))
    )


def _told_in_words(name: Name, other: Proposition) -> bool:
    """Whether the other has the words of a name next to each other, or their initials, whomever they stand for."""
    words, told = _words(name.surface), _stemmed(other.wording)
    if set(words).issubset(told):  # as of few names
        places = range(len(told) - len(words) + 1)
        if any(sorted(told[at : at + len(words)]) == sorted(words) for at in places):
            return True
    return any(one_name(name, n) for n in other.names)


@lru_cache(maxsize=1 << 14)
def _words(surface: str) -> tuple[str, ...]:
    return _stemmed(tuple([form for form, kind in word_forms(surface) if kind != "function"]))


@lru_cache(maxsize=1 << 14)
def _stemmed(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([stem(form) or form for form in forms])


@lru_cache(maxsize=1 << 14)
def _initials(surface: str) -> str | None:
    """The first letters of a name of several words, without `of`, `for`, `and`."""
    words = [form for form, kind in word_forms(surface) if kind != "function"]
    return "".join([word[0] for word in words]) if len(words) > 1 else None


@lru_cache(maxsize=1 << 14)
def _letters(surface: str) -> str:
    return surface.replace(".", "").casefold()
