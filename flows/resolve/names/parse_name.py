"""Names as they are written: folded to one alphabet, cut into tokens, and reduced to a sound.

Folding takes any script to lower-case ASCII (`anyascii`), so that `Вучић`, `Vučić` and `Vucic` are one. The sound
goes further and removes what transliterations disagree on: `w` and `v`, `ck` and `k`, `sky` and `skyy`, doubled
letters. Two spellings of a name mostly share their sound; two names mostly do not.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from sys import intern
from typing import NamedTuple

from anyascii import anyascii

from flows import lexicons
from flows.resolve.names.spelling_variants import american, one_particle, with_digits

PARTICLES = lexicons.word_list("compared_particles")
"""Words inside a person's name that carry little: articles, prepositions, `son of`."""

PREFIXES = lexicons.word_list("surname_prefixes")
"""What begins a surname that has another capital inside."""

STOP_WORDS = lexicons.word_list("acronym_stop_words")
"""Words of an organisation's name that acronyms skip and comparison ignores."""

GENERIC = lexicons.word_list("generic_organisation_words")
"""Words that many organisations share; alone they do not make two names one."""

_APOSTROPHES = re.compile(r"['’ʼ`´ʹ‘]")
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
_WORD = re.compile(r"[a-z0-9]+")
_VOWELS = re.compile("[aeiou]")
_TWO_WORDS = re.compile(r"([^\W\d_a-z][a-z]+)([A-Z][a-z]{2,})$")

TWO_INITIALS = re.compile(r"^([A-Z])\.?-?([A-Z])\.?(\s+[A-Z][a-z])")
GENERATION = re.compile(r"(?:\s?,\s?|\s)(?:(?i:(jr|jnr|junior|sr|snr|senior)\b\.?)|([IVX]{1,5})\b\.?)$")
COMPANY_ENDS = frozenset({"sa", "llc", "inc"})
_GENERATION_ENDS = frozenset("rRIVX")
_GENERATIONS = {"jnr": "jr", "junior": "jr", "snr": "sr", "senior": "sr"}
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}", re.IGNORECASE)


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What is replaced in a folded token, in this order.

    Longest clusters come first: what one tradition writes with four letters (German `tsch`) another writes with one
    (`č`, folded to `c`).
    """
    return tuple(
        (re.compile(row["pattern"]), row["sound"])
        for row in lexicons.rows(lexicons.LEXICONS, "transliteration", ("pattern", "sound"))
    )


def folded(text: str) -> str:
    """Fold a name to lower-case ASCII: any script transliterated, accents and apostrophes dropped."""
    if text.isascii() and "'" not in text and "`" not in text:
        return text.lower()
    return anyascii(_APOSTROPHES.sub("", _POSSESSIVE.sub("", text))).lower()


def folded_words(text: str) -> list[str]:
    """Return the words of a text, folded; an apostrophe is no end of one, any other mark is."""
    return _WORD.findall(folded(text))


@lru_cache(maxsize=1 << 16)
def sound(token: str) -> str:
    """Return what spellings of one folded token have in common."""
    for pattern, replacement in _sounds():
        token = pattern.sub(replacement, token)
    return token


def sounds(tokens: Sequence[str]) -> list[str]:
    """Return `sound` of each token, all at once: a line a token, so that each pattern goes over one text."""
    lines = "\n".join(tokens)
    for pattern, replacement in _sounds_of_lines():
        lines = pattern.sub(replacement, lines)
    return lines.split("\n") if tokens else []


@cache
def _sounds_of_lines() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern.pattern, re.MULTILINE), replacement) for pattern, replacement in _sounds())


@lru_cache(maxsize=1 << 16)
def skeleton(token: str) -> str:
    """Return the first letter of a token's sound and its consonants: what survives vowels written by ear."""
    return consonants(sound(token))


def consonants(heard: str) -> str:
    """Return the first letter of a sound and its consonants."""
    first = "a" if heard[:1] in "aeiou" else heard[:1]
    return first + _VOWELS.sub("", heard[1:])


@cache
def honorifics() -> frozenset[str]:
    """Return the folded titles and forms of address that are no part of a name."""
    return frozenset(folded(word) for word in lexicons.column("honorifics", "word", "gender"))


@cache
def first_of_honorifics() -> frozenset[str]:
    """Return the first words of titles."""
    return frozenset(title.split()[0] for title in honorifics() if title)


@cache
def _genders() -> dict[str, str]:
    return {folded(name): gender for name, gender in lexicons.column("given_names", "name", "gender").items()}


def given_gender(token: str) -> str:
    """Return m or f where a folded given name tells, else nothing."""
    return _genders().get(token, "")


@cache
def nickname_groups() -> dict[str, frozenset[str]]:
    """Return, for each folded given name, the names that stand for the same one (`bill` and `william`)."""
    groups: dict[str, set[str]] = {}
    for name, variants in lexicons.column("nicknames", "name", "variants").items():
        for word in (name, *variants.split()):
            groups.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in groups.items()}


@cache
def _legal_forms() -> tuple[tuple[tuple[str, ...], str], ...]:
    forms = lexicons.column("legal_forms", "form", "canonical")
    return tuple(sorted(((tuple(k.split()), v) for k, v in forms.items()), key=lambda form: (-len(form[0]), form[0])))


class Name(NamedTuple):
    """A name taken apart for comparison.

    tokens    what identifies, folded, in order
    minor     particles and stop words, folded
    legal     the legal form of a company in canonical words, or empty
    acronym   the letters of the whole name where it is one upper-case word
    initials  first letters of the tokens
    honorific the titles in front of a person's name
    generation what tells people of one name apart: `jr`, `sr`, or the number of a king, pope or grandson (`iii`)
    """

    tokens: tuple[str, ...]
    minor: tuple[str, ...]
    legal: str
    acronym: str
    initials: str
    honorific: str = ""
    generation: str = ""

    @property
    def regnal(self) -> bool:
        """Whether a number tells a king or pope from others of the name."""
        return bool(self.generation) and self.generation not in ("jr", "sr")

    @property
    def compact(self) -> str:
        """All tokens as one word, as a name without spaces is written."""
        return "".join(self.tokens)

    @property
    def heard(self) -> str:
        """The sound of all tokens as one word."""
        return "".join(map(sound, self.tokens))


def _initials_split(text: str) -> str:
    """`JC Juncker` and `J.-C. Juncker` with their initials as tokens: two or three capitals before a name."""
    return TWO_INITIALS.sub(r"\1 \2\3", text)


def _without_generation(text: str) -> tuple[str, str]:
    """A person's name without the mark at its end that tells father from son and king from king, and that mark.

    A single letter counts as a number after one word only: `Charles I`, `Malcolm X`, but not `Ada Kask V`.
    """
    if text.rstrip(".")[-1:] not in _GENERATION_ENDS:
        return text, ""
    found = GENERATION.search(text)
    if not found or not found.start():
        return text, ""
    rest, mark = text[: found.start()], found.group(1) or found.group(2)
    if found.group(2) and len(mark) == 1 and " " in rest.strip():
        return text, ""
    return rest, _GENERATIONS.get(mark.lower(), mark.lower())


def _two_words(text: str) -> str:
    """`MartaIlves` as two words; `LePage` and `McConnell` are one."""
    found = _TWO_WORDS.match(text)
    return f"{found.group(1)} {found.group(2)}" if found and found.group(1).lower() not in PREFIXES else text


def parse_person(text: str) -> Name:
    """Take a person's name apart: titles dropped, `Surname, Given` turned round, particles apart.

    A particle that is a given name, too, is one where it opens the name with a capital: `Ben Carson`, but `bin Laden`.
    Nothing is kept of it: those who ask about many names ask about each but once, and by columns (`plain_persons`).
    """
    text = text.strip()
    if text[1:2].isupper() or text[1:2] in (".", "-"):
        text = _initials_split(text)
    text, generation = _without_generation(text)
    if text.count(",") == 1 and not text.rstrip().endswith(","):
        family, given = text.split(",")
        text = f"{given} {family}"
    words = folded_words(text if " " in text else _two_words(text))
    titles: list[str] = []
    while len(words) > 1 and words[0] in first_of_honorifics():
        size = next((n for n in (3, 2, 1) if len(words) > n and " ".join(words[:n]) in honorifics()), 0)
        if not size:
            break
        titles.append(" ".join(words[:size]))
        words = words[size:]
    while len(words) > 2 and words[-1] in COMPANY_ENDS:
        words.pop()
    named = int(len(words) > 1 and bool(given_gender(words[0])) and words[0].capitalize() in text)
    tokens = tuple([intern(w) for at, w in enumerate(words) if at < named or w not in PARTICLES])
    minor = tuple(one_particle(w) for w in words[named:] if w in PARTICLES)
    if not tokens:
        tokens, minor = tuple(words), ()
    initials = intern("".join([w[0] for w in tokens]))
    return Name(tokens, minor, "", "", initials, " ".join(titles), generation)


@cache
def _legal_ends() -> tuple[frozenset[str], frozenset[str]]:
    """Words that a legal form begins with, and words that one ends with."""
    forms = [form for form, _ in _legal_forms()]
    return frozenset(form[0] for form in forms), frozenset(form[-1] for form in forms)


def _without_legal_form(words: list[str]) -> tuple[list[str], str]:
    first, last = _legal_ends()
    if not words or (words[0] not in first and words[-1] not in last):  # as most names
        return words, ""
    found: list[str] = []
    for form, canonical in _legal_forms():
        size = len(form)
        if len(words) <= size:
            continue
        if tuple(words[-size:]) == form:
            words, found = words[:-size], [*found, canonical]
        elif tuple(words[:size]) == form and canonical not in ("co", "as", "na", "sa"):
            words, found = words[size:], [*found, canonical]
    return words, " ".join(sorted(set(found)))


@lru_cache(maxsize=1 << 16)
def parse_organisation(text: str) -> Name:
    """Take the name of an organisation, place or thing apart: legal form and stop words apart, numbers as digits."""
    plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), text.replace("&", " and "))
    plain = re.sub(r"\b(AT) and (T)\b", r"\1\2", plain)
    words = folded_words(plain)
    words, legal = _without_legal_form(words)
    words = [american(w) for w in with_digits(words)]
    while len(words) > 1 and all(len(w) == 1 for w in words[:2]):
        words = [words[0] + words[1], *words[2:]]
    tokens = tuple(w for w in words if w not in STOP_WORDS) or tuple(words)
    letters = re.sub(r"[^\w]", "", text)
    acronym = letters.lower() if 2 <= len(letters) <= 8 and " " not in text.strip() and letters.isupper() else ""
    minor = tuple(w for w in words if w in STOP_WORDS)
    return Name(tokens, minor, legal, acronym, "".join(w[0] for w in tokens))


def parse_name(text: str, entity_type: str) -> Name:
    """Take a name apart the way its type is written."""
    return parse_person(text) if entity_type == "PERSON" else parse_organisation(text)
