"""What a snapshot says of an entity: its best name, its type, its aliases, its role as stated last."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from flows.resolve.entities.name_nodes import NamedMention
from flows.resolve.names.name_forms import Form, class_of
from flows.resolve.names.parse_name import PARTICLES, folded
from flows.resolve.names.reference_entities import ReferenceEntity

_CARELESS = str.maketrans("jyw", "iiv")
_KEPT = re.compile(r"[jywJYW'`]")
_ROMAN = re.compile(r"^[IVX]+$")


@dataclass(frozen=True)
class Profile:
    """What is published of an entity.

    name, entity_type: its best name and its type
    aliases            the surfaces of its names, most frequent first
    described_by       the named mention beside which its role was stated last, if any was
    """

    name: str
    entity_type: str
    aliases: list[str]
    described_by: NamedMention | None


def make_profile(
    seen: Sequence[NamedMention],
    forms: Sequence[Form],
    reference: ReferenceEntity | None,
    former: frozenset[int] = frozenset(),
) -> Profile:
    """Describe an entity by its named mentions in order; a reviewed entity keeps its reviewed name and type.

    forms: by the number that a mention has.
    former: forms of names that somebody had before; a person goes by another where there is one.
    """
    if reference is None and len({(s.surface, s.entity_type) for s in seen}) == 1:
        only = seen[0]
        name = " ".join(only.surface.split())
        name = _cased(name, set()) if only.entity_type == "PERSON" else name
        return Profile(name, only.entity_type, [only.surface], _stating_a_role(seen))
    counts = Counter(s.surface for s in seen)
    aliases = sorted(counts, key=lambda surface: (-counts[surface], surface))
    kinds = Counter(s.entity_type for s in seen)
    kind = min(kinds, key=lambda k: (-kinds[k], k))
    if reference is not None:
        return Profile(reference.name, reference.entity_type, aliases, None)
    now = [s for s in seen if s.form not in former] if former else seen
    name = _person_name(now or seen, forms) if class_of(kind) == "PERSON" else _best(seen)
    return Profile(name, kind, aliases, _stating_a_role(seen))


def _stating_a_role(seen: Sequence[NamedMention]) -> NamedMention | None:
    """The last of the mentions that have a role beside them."""
    return next((s for s in reversed(seen) if s.role), None)


def _spread(seen: Sequence[NamedMention]) -> dict[str, tuple[int, int]]:
    """Articles and mentions of each surface, white space made one space."""
    articles: dict[str, set[int]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for s in seen:
        surface = " ".join(s.surface.split())
        articles[surface].add(s.article)
        mentions[surface] += 1
    return {surface: (len(articles[surface]), mentions[surface]) for surface in mentions}


def _best(seen: Sequence[NamedMention]) -> str:
    """The full form in most articles; acronyms and single words only where there is nothing else."""
    spread = _spread(seen)
    full = [s for s in spread if " " in s] or list(spread)
    return min(full, key=lambda s: (s.isupper(), -spread[s][0], -spread[s][1], -len(s), s))


def _person_name(seen: Sequence[NamedMention], forms: Sequence[Form]) -> str:
    """The full name in most articles, surnames by themselves counted with it.

    Of spellings that are equally common the one that keeps most of what a transliteration drops (accents, `j`
    against `i`): it is nearer to how the person writes it.
    """
    spread = _spread(seen)
    words = {w for s in spread for w in s.split() if w[:1].isupper()}
    several = {" ".join(s.surface.split()) for s in seen if len(forms[s.form].name.tokens) > 1}
    full = [s for s in spread if s in several]
    if not full:
        return min(spread, key=lambda s: (-spread[s][0], -_kept(s), -spread[s][1], s))
    lone: Counter[str] = Counter()
    for s in seen:
        if " " not in s.surface:
            lone[s.surface.casefold()] += 1
    articles: dict[str, set[int]] = defaultdict(set)
    for s in seen:
        articles[s.surface.split()[-1].casefold()].add(s.article)
    best = min(
        full,
        key=lambda s: (
            s.isupper(),
            -len(articles[s.split()[-1].casefold()]),
            -spread[s][0],
            -_kept(s),
            -spread[s][1] - lone[s.split()[-1].casefold()],
            s.islower(),
            s,
        ),
    )
    return _cased(best, words)


def _kept(surface: str) -> int:
    """How many letters of a spelling a careless transliteration would change: accents, `j`, `y`, `w`."""
    if surface.isascii() and not _KEPT.search(surface):  # most names, of which nothing would be lost
        return 0
    return int(OSA.distance(surface.casefold(), folded(surface).translate(_CARELESS)))


def _cased(name: str, words: set[str]) -> str:
    """A name with capitals: `Armend mehaj` and `VJOSA OSMANI` as they are written elsewhere, or as names are."""
    return " ".join(_cased_word(word, words) for word in name.split())


def _cased_word(word: str, words: set[str]) -> str:
    if word.islower() and word not in PARTICLES:
        written = (w for w in sorted(words) if w.casefold() == word and not w.isupper())
        return next(written, word[:1].upper() + word[1:])
    if len(word) > 3 and word.isupper() and not _ROMAN.match(word):
        return "-".join(part.capitalize() for part in word.split("-"))
    return word
