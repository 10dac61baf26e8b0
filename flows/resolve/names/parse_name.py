"""Names as they are written: folded to one alphabet, cut into tokens, and reduced to a sound.

Folding takes any script to lower-case ASCII (`anyascii`), so that `Вучић`, `Vučić` and `Vucic` are one. The sound
goes further and removes what transliterations disagree on: `w` and `v`, `ck` and `k`, `sky` and `skyy`, doubled
letters. Two spellings of a name mostly share their sound; two names mostly do not.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from anyascii import anyascii

from flows import lexicons
from flows.resolve.names.spelling_variants import american, numbered

PARTICLES = lexicons.word_list("compared_particles")
"""Words inside a person's name that carry little: articles, prepositions, `son of`."""

ONE_PARTICLE = {"ibn": "bin", "ben": "bin", "el": "al", "ul": "al", "ur": "al", "ud": "al"}

STOP_WORDS = lexicons.word_list("acronym_stop_words")
"""Words of an organisation's name that acronyms skip and comparison ignores."""

GENERIC = lexicons.word_list("generic_organisation_words")
"""Words that many organisations share; alone they do not make two names one."""

_APOSTROPHES = re.compile(r"['’ʼ`´ʹ‘]")
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
_WORD = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}", re.IGNORECASE)

# Applied in order to a folded token. Longest clusters first: what one tradition writes with four letters
# (German `tsch`) another writes with one (`č`, folded to `c`).
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"schtsch|shch|szcz|stch|sjtj", "s"),
        (r"tsch|tch|tsj|cz|tj(?!$)", "c"),
        (r"dzh|dsch|dj|gj|dz", "j"),
        (r"sch|sh|sz|sj", "s"),
        (r"zh", "z"),
        (r"kh|gh", "h"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ch", "c"),
        (r"ck|q|c(?=[klrt])", "k"),
        (r"tz|ts", "c"),
        (r"x", "ks"),
        (r"(?<=[aeo])w$|ff$", "v"),
        (r"w", "v"),
        (r"c$", "c"),
        (r"^j(?=[aeou])|^y(?=[aeou])", "i"),
        (r"[yj]", "i"),
        (r"oe|oo|ou|uo", "u"),
        (r"ue", "u"),
        (r"ae|ai|ei|ey", "e"),
        (r"ie|ee|ii+", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[sck])[iy]+$", "i"),
        (r"h(?=[^aeiou]|$)", ""),
    )
)


def folded(text: str) -> str:
    """A name in lower-case ASCII: any script transliterated, accents and apostrophes dropped."""
    return anyascii(_APOSTROPHES.sub("", _POSSESSIVE.sub("", text))).lower()


@lru_cache(maxsize=1 << 18)
def sound(token: str) -> str:
    """What spellings of one folded token have in common."""
    for pattern, replacement in _SOUNDS:
        token = pattern.sub(replacement, token)
    return token


@lru_cache(maxsize=1 << 18)
def skeleton(token: str) -> str:
    """The first letter of a token's sound and its consonants: what survives vowels written by ear."""
    heard = sound(token)
    first = "a" if heard[:1] in "aeiou" else heard[:1]
    return first + re.sub("[aeiou]", "", heard[1:])


@cache
def honorifics() -> frozenset[str]:
    """Folded titles and forms of address that are no part of a name."""
    return frozenset(folded(word) for word in lexicons.column("honorifics", "word", "gender"))


@cache
def _genders() -> dict[str, str]:
    return {folded(name): gender for name, gender in lexicons.column("given_names", "name", "gender").items()}


def given_gender(token: str) -> str:
    """m or f where a folded given name tells, else nothing."""
    return _genders().get(token, "")


@cache
def nickname_groups() -> dict[str, frozenset[str]]:
    """For a folded given name, the names that stand for the same one (`bill` and `william`)."""
    groups: dict[str, set[str]] = {}
    for name, variants in lexicons.column("nicknames", "name", "variants").items():
        for word in (name, *variants.split()):
            groups.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in groups.items()}


@cache
def _legal_forms() -> tuple[tuple[tuple[str, ...], str], ...]:
    forms = lexicons.column("legal_forms", "form", "canonical")
    return tuple(sorted(((tuple(k.split()), v) for k, v in forms.items()), key=lambda form: (-len(form[0]), form[0])))


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart for comparison.

    tokens    what identifies, folded, in order
    minor     particles and stop words, folded
    legal     the legal form of a company in canonical words, or empty
    acronym   the letters of the whole name where it is one upper-case word
    initials  first letters of the tokens
    honorific the titles in front of a person's name
    compact   all tokens as one word, as a name without spaces is written; `heard` its sound
    """

    tokens: tuple[str, ...]
    minor: tuple[str, ...]
    legal: str
    acronym: str
    initials: str
    honorific: str = ""
    compact: str = field(init=False, compare=False)
    heard: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compact", "".join(self.tokens))
        object.__setattr__(self, "heard", "".join(map(sound, self.tokens)))


def _initials_split(text: str) -> str:
    """`JC Juncker` and `J.-C. Juncker` with their initials as tokens: two or three capitals before a name."""
    return re.sub(r"^([A-Z])\.?-?([A-Z])\.?(?=\s+[A-Z][a-z])", r"\1 \2", text)


@lru_cache(maxsize=1 << 18)
def person(text: str) -> Name:
    """A person's name: titles dropped, `Surname, Given` turned round, particles apart."""
    text = _initials_split(text)
    if text.count(",") == 1 and not text.rstrip().endswith(","):
        family, given = text.split(",")
        text = f"{given} {family}"
    if " " not in text.strip():
        text = _CAMEL.sub(" ", text)
    words = _WORD.findall(folded(text))
    titles: list[str] = []
    while len(words) > 1:
        size = next((n for n in (3, 2, 1) if len(words) > n and " ".join(words[:n]) in honorifics()), 0)
        if not size:
            break
        titles.append(" ".join(words[:size]))
        words = words[size:]
    while len(words) > 2 and words[-1] in ("jr", "sr", "sa", "llc", "inc"):
        words.pop()
    tokens = tuple(w for w in words if w not in PARTICLES)
    minor = tuple(ONE_PARTICLE.get(w, w) for w in words if w in PARTICLES)
    if not tokens:
        tokens, minor = tuple(words), ()
    return Name(tokens, minor, "", "", "".join(w[0] for w in tokens), " ".join(titles))


def _without_legal_form(words: list[str]) -> tuple[list[str], str]:
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


@lru_cache(maxsize=1 << 18)
def organisation(text: str) -> Name:
    """The name of an organisation, place or thing: legal form and stop words apart, numbers as digits."""
    plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), text.replace("&", " and "))
    plain = re.sub(r"\b(AT) and (T)\b", r"\1\2", plain)
    words = _WORD.findall(folded(plain))
    words, legal = _without_legal_form(words)
    words = [american(w) for w in numbered(words)]
    while len(words) > 1 and all(len(w) == 1 for w in words[:2]):
        words = [words[0] + words[1], *words[2:]]
    tokens = tuple(w for w in words if w not in STOP_WORDS) or tuple(words)
    letters = re.sub(r"[^\w]", "", text)
    acronym = letters.lower() if 2 <= len(letters) <= 8 and " " not in text.strip() and letters.isupper() else ""
    minor = tuple(w for w in words if w in STOP_WORDS)
    return Name(tokens, minor, legal, acronym, "".join(w[0] for w in tokens))


def parsed(text: str, entity_type: str) -> Name:
    """A name taken apart the way its type is written."""
    return person(text) if entity_type == "PERSON" else organisation(text)
