"""Names within one article: a surname is the person of the full name, an acronym the body of its long form.

An article is written to be understood by itself, so a short form means the one name of the same article that it
fits. Where it fits two, it stays by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import PLACES, Form
from flows.resolve.names.name_similarity import token_similarity
from flows.resolve.names.parse_name import folded, nickname_groups
from flows.resolve.names.reference_entities import head_words, long_names

PIECE = "begins or ends the one longer name"


@dataclass(frozen=True)
class FormInArticle:
    """A form in an article: its number, the type that most of its mentions have, where they start in order."""

    form: int
    entity_type: str
    starts: tuple[int, ...]

    def introduced_by(self, other: "FormInArticle") -> bool:
        """Return whether most of these mentions come after the first of the other: a name is given in full first."""
        after = sum(start > other.starts[0] for start in self.starts)
        return 2 * after >= len(self.starts)


@dataclass(frozen=True)
class Link:
    """A short form that means a longer one in an article, and why."""

    short: int
    long: int
    score: float
    reason: str


def links_in_article(
    here: Sequence[FormInArticle], forms: Sequence[Form], brackets: Sequence[tuple[int, int]]
) -> list[Link]:
    """Link the short forms of one article; `brackets` are (long form, acronym) where an acronym follows in brackets."""
    persons = [x for x in here if forms[x.form].group == "PERSON"]
    named = [x for x in here if forms[x.form].group == "NAMED"]
    return [
        *_surnames(persons, forms),
        *_given_names(persons, forms),
        *_defined(forms, brackets),
        *_shortened(named, forms, brackets),
        *_halves(named, forms),
    ]


def _surnames(persons: Sequence[FormInArticle], forms: Sequence[Form]) -> list[Link]:
    single = [x for x in persons if forms[x.form].single_token]
    if not single:
        return []
    full = [
        x
        for x in persons
        if not forms[x.form].single_token and forms[x.form].name.tokens and "jr" not in forms[x.form].name.tokens
    ]
    links = []
    for short in single:
        part = forms[short.form].name.tokens
        for fits, score, reason in (
            (ends_with, 1.0, "surname of the one full name"),
            (_any_part, 0.95, "part of the one full name"),
            (_misspelt, 0.9, "surname spelt alike of the one full name"),
        ):
            found = {x.form for x in full if fits(part, forms[x.form].name.tokens) and short.introduced_by(x)}
            found = _one_person(found, forms)
            if len(found) == 1:
                links.append(Link(short.form, min(found), score, reason))
            if found:
                break
    return links


def _one_person(found: set[int], forms: Sequence[Form]) -> set[int]:
    """Full forms of which one holds all the others, given names in short aside, are one person: the longest stands
    for them.
    """
    longest = max(found, key=lambda f: (len(forms[f].name.tokens), len(forms[f].key), f), default=None)
    if longest is not None and all(
        set(forms[f].name.tokens) <= set(forms[longest].name.tokens) or _short_of(forms[f], forms[longest])
        for f in found
    ):
        return {longest}
    return found


def _short_of(a: Form, b: Form) -> bool:
    """Whether two full names differ in the given name only, one of them short for the other (`Ken`, `Kenneth`)."""
    one, other = a.name.tokens, b.name.tokens
    groups = nickname_groups()
    nick = groups.get(one[0], frozenset()) & groups.get(other[0], frozenset())
    return one != other and one[1:] == other[1:] and bool(nick)


def _given_names(persons: Sequence[FormInArticle], forms: Sequence[Form]) -> list[Link]:
    """`Ken Starr` in an article about Kenneth Starr: headlines shorten a given name."""
    family: dict[tuple[str, ...], list[int]] = {}
    for x in persons:
        if len(forms[x.form].name.tokens) > 1:
            family.setdefault(forms[x.form].name.tokens[1:], []).append(x.form)
    links = []
    for alike in family.values():
        for short in alike if len(alike) > 1 else ():
            longer = [
                long
                for long in alike
                if len(forms[long].key) > len(forms[short].key) and _short_of(forms[short], forms[long])
            ]
            if len(longer) == 1 and not forms[short].single_token:
                links.append(Link(short, longer[0], 0.9, "given name in short of the one full name"))
    return links


def ends_with(part: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    """Return whether a longer name ends with these words."""
    return len(tokens) > len(part) and tokens[-len(part) :] == part


def _any_part(part: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    groups, size = nickname_groups(), len(part)
    nick = size == 1 and groups.get(part[0], frozenset()) & groups.get(tokens[0], frozenset())
    return any(tokens[at : at + size] == part for at in range(len(tokens) - size + 1)) or bool(nick)


def _misspelt(part: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    if len(tokens) <= len(part):
        return False
    last = tokens[-len(part) :]
    return all(len(a) > 3 and token_similarity(a, b) >= THRESHOLDS.spelt_alike for a, b in zip(part, last, strict=True))


def _defined(forms: Sequence[Form], brackets: Sequence[tuple[int, int]]) -> list[Link]:
    links = []
    for long, short in brackets:
        if forms[long].group != forms[short].group or forms[long].key == forms[short].key:
            continue
        acronym, initials = forms[short].name.acronym, forms[long].name.initials
        if acronym and acronym[0] == initials[:1] and len(set(acronym) & set(initials)) * 2 >= len(set(acronym)):
            links.append(Link(short, long, 1.0, "acronym in brackets after its long form"))
    return links


def _shortened(
    named: Sequence[FormInArticle], forms: Sequence[Form], brackets: Sequence[tuple[int, int]]
) -> list[Link]:
    """Acronyms of a long form, heads (`the Alliance`) and first or last words of an organisation's name."""
    links = []
    done = {short for _, short in brackets}
    for short in named:
        form = forms[short.form]
        if form.reference is not None or short.form in done or short.entity_type in PLACES - {"FAC"}:
            continue
        others = [x for x in named if x.form != short.form and (x.entity_type == "ORG" or forms[x.form].reference)]
        for reason, score, fits in (
            ("initials of the one long form", 0.95, _initials),
            (PIECE, 0.9, _piece),
            ("head of the nearest name", 0.85, _head),
        ):
            found = [x for x in others if fits(form, forms[x.form]) and (fits is not _piece or short.introduced_by(x))]
            keys = {forms[x.form].key for x in found}
            if len(keys) == 1:
                links.append(Link(short.form, found[0].form, score, reason))
            if found:
                break
    return links


def _halves(named: Sequence[FormInArticle], forms: Sequence[Form]) -> list[Link]:
    """`the North` in an article about North Korea: the first word of the one divided state that it names."""
    links = []
    for short in named:
        if forms[short.form].name.tokens not in (("north",), ("south",)):
            continue
        half = forms[short.form].name.tokens[0]
        states = [
            x.form
            for x in named
            if (reference := forms[x.form].reference) is not None
            and reference.key.startswith("state:")
            and folded(reference.name).split()[0] == half
        ]
        if len(states) == 1:
            links.append(Link(short.form, states[0], 0.9, "half of a country that the article names"))
    return links


def _initials(short: Form, long: Form) -> bool:
    acronym = short.name.acronym
    return bool(acronym) and any(len(t) > 1 and acronym == "".join(w[0] for w in t) for t in _long_names(long))


def _long_names(form: Form) -> list[tuple[str, ...]]:
    """Every way to write a form: one, and for a reviewed entity all that the tables have."""
    return [form.name.tokens] if form.reference is None else [form.name.tokens, *long_names(form.reference.key)]


def _piece(short: Form, long: Form) -> bool:
    a = short.name.tokens
    if not a or (long.reference is not None and long.reference.entity_type in PLACES):
        return False
    for b in _long_names(long):
        rest = b[len(a) :] if b[: len(a)] == a else b[: -len(a)] if b[-len(a) :] == a and len(a) > 1 else ()
        if rest and not any(c.isdigit() for w in rest for c in w):
            return True
    return False


def _head(short: Form, long: Form) -> bool:
    if len(short.name.tokens) != 1:
        return False
    token = short.name.tokens[0]
    return token in head_words().get(long.key, frozenset()) or (
        long.reference is None and long.name.tokens[-1:] == (token,)
    )
