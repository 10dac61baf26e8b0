"""Names within one article: a surname is the person of the full name, an acronym the body of its long form.

An article is written to be understood by itself, so a short form means the one name of the same article that it
fits. Where it fits two, it stays by itself.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from flows.resolve.entities.coreference.forms_in_article import FormInArticle, Glosses, Link
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import PLACES, Form
from flows.resolve.names.name_similarity import token_similarity
from flows.resolve.names.parse_name import folded, given_gender, nickname_groups
from flows.resolve.names.reference_entities import head_words, long_names

PIECE = "begins or ends the one longer name"
RENAMED = "former name"


def links_in_article(here: Sequence[FormInArticle], forms: Sequence[Form], glosses: Glosses) -> list[Link]:
    """Link the short forms of one article to the longer ones that they mean."""
    persons = [x for x in here if forms[x.form].group == "PERSON"]
    named = [x for x in here if forms[x.form].group == "NAMED"]
    return [
        *_renamed(persons, glosses.renamed),
        *_surnames(persons, forms),
        *_given_names(persons, forms),
        *_parts(persons, forms),
        *_defined(forms, glosses.defined),
        *_shortened(named, forms, glosses.defined),
        *_halves(named, forms),
    ]


def _renamed(persons: Sequence[FormInArticle], pairs: Sequence[tuple[int, int]]) -> list[Link]:
    """`Orla Castellan, formerly Orla Prentice`: what the text gives as a former name."""
    here = {x.form for x in persons}
    return [Link(before, now, 0.95, RENAMED) for now, before in pairs if now in here and before in here]


def _surnames(persons: Sequence[FormInArticle], forms: Sequence[Form]) -> list[Link]:
    links = []
    for short in persons:
        if not forms[short.form].single_token:
            continue
        for fits, score, reason in (
            (_ends_with, 1.0, "surname of the one full name"),
            (_any_part, 0.95, "part of the one full name"),
            (_misspelt, 0.9, "surname spelt alike of the one full name"),
        ):
            found = {
                x.form
                for x in persons
                if fits(forms[short.form], forms[x.form])
                and short.introduced_by(x)
                and _one_gender(short, x, forms)
                and _one_office(short, x)
            }
            found = _one_person(_without_generation(found, forms), forms)
            if len(found) == 1:
                links.append(Link(short.form, min(found), score, reason))
            if found:
                break
    return links


def _one_gender(short: FormInArticle, long: FormInArticle, forms: Sequence[Form]) -> bool:
    """Whether nothing says that a surname is of a man and a full name of a woman: `Mrs Kask` is not Peeter Kask."""
    given = forms[long.form].name.tokens[0]
    gender = long.gender or given_gender(given) or ("f" if given.endswith("a") and not long.gender else "")
    return not (short.gender and gender and short.gender != gender)


def _one_office(short: FormInArticle, long: FormInArticle) -> bool:
    """Whether a full name may be that of a president who was named by surname and office before it.

    Whoever is called `President Rand` first is not the Ivana Rand who comes later; she is of the family.
    """
    held = {office for office, _ in long.offices}
    return all(office in held or start > long.starts[0] for office, start in short.offices)


def _without_generation(found: set[int], forms: Sequence[Form]) -> set[int]:
    """Of father and son, the one whose name stands without a mark is meant by the surname alone."""
    return {form for form in found if not forms[form].name.generation} or found


def _one_person(found: set[int], forms: Sequence[Form]) -> set[int]:
    """Full forms of which one holds all the others, given names in short aside, are one person: the longest stands
    for them.
    """
    longest = max(found, key=lambda f: (len(forms[f].name.tokens), len(forms[f].key), f), default=None)
    if longest is not None and all(
        forms[f].name.generation == forms[longest].name.generation
        and (set(forms[f].name.tokens) <= set(forms[longest].name.tokens) or _short_of(forms[f], forms[longest]))
        for f in found
    ):
        return {longest}
    return found


def _short_of(a: Form, b: Form) -> bool:
    """Whether two full names differ in the given name only, one of them short for the other (`Ken`, `Kenneth`)."""
    one, other = a.name.tokens, b.name.tokens
    groups = nickname_groups()
    nick = groups.get(one[0], frozenset()) & groups.get(other[0], frozenset())
    return one != other and one[1:] == other[1:] and bool(nick) and a.name.generation == b.name.generation


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


def _parts(persons: Sequence[FormInArticle], forms: Sequence[Form]) -> list[Link]:
    """`Ferrer Quiroga` or `Elena Ferrer` in an article about Elena Ferrer Quiroga: several words of a longer name."""
    full = [x for x in persons if not forms[x.form].single_token and forms[x.form].name.tokens]
    wholes: dict[tuple[tuple[str, ...], str], set[int]] = {}
    for x in full:
        name = forms[x.form].name
        for piece in _pieces(name.tokens) if len(name.tokens) > THRESHOLDS.fewest_of_part else ():
            wholes.setdefault((piece, name.generation), set()).add(x.form)
    links = []
    for short in full:
        part = forms[short.form].name
        found = _one_person(wholes.get((part.tokens, part.generation), set()), forms)
        if len(found) == 1:
            links.append(Link(short.form, min(found), 0.95, "several words of the one longer name"))
    return links


def _pieces(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield what a longer name is shortened to: words that begin or end it, or its first and its last."""
    yield tokens[0], tokens[-1]
    for size in range(THRESHOLDS.fewest_of_part, len(tokens)):
        yield tokens[:size]
        yield tokens[-size:]


def extends(short: Form, long: Form) -> bool:
    """Return whether a name is longer than another, by words or by the mark of a generation, and not against it."""
    more = len(long.name.tokens) > len(short.name.tokens) and not long.single_token
    marked = bool(long.name.generation) and not short.name.generation
    return long.group == "PERSON" and (more or marked) and short.name.generation in ("", long.name.generation)


def _ends_with(short: Form, long: Form) -> bool:
    return extends(short, long) and ends_with(short.name.tokens, long.name.tokens)


def ends_with(part: tuple[str, ...], tokens: tuple[str, ...]) -> bool:
    """Return whether a name ends with these words."""
    return len(tokens) >= len(part) and tokens[-len(part) :] == part


def _any_part(short: Form, long: Form) -> bool:
    if not extends(short, long) or len(long.name.tokens) <= len(short.name.tokens):
        return False
    part, tokens = short.name.tokens, long.name.tokens
    groups, size = nickname_groups(), len(part)
    nick = size == 1 and groups.get(part[0], frozenset()) & groups.get(tokens[0], frozenset())
    return any(tokens[at : at + size] == part for at in range(len(tokens) - size + 1)) or bool(nick)


def _misspelt(short: Form, long: Form) -> bool:
    part, tokens = short.name.tokens, long.name.tokens
    if not extends(short, long) or len(tokens) <= len(part):
        return False
    last = tokens[-len(part) :]
    return all(len(a) > 3 and token_similarity(a, b) >= THRESHOLDS.spelt_alike for a, b in zip(part, last, strict=True))


def _defined(forms: Sequence[Form], pairs: Sequence[tuple[int, int]]) -> list[Link]:
    """What a text puts in brackets after a long form, or says it is known as, wins over what a table has for it."""
    links = []
    for long, short in pairs:
        if forms[long].group != forms[short].group or forms[long].key == forms[short].key:
            continue
        acronym, initials = forms[short].name.acronym, forms[long].name.initials
        shared = sum((Counter(acronym) & Counter(initials)).values())
        if acronym and (2 * shared >= len(acronym) or forms[short].reference is None):
            links.append(Link(short, long, 1.0, "acronym in brackets after its long form"))
    return links


def _shortened(named: Sequence[FormInArticle], forms: Sequence[Form], defined: Sequence[tuple[int, int]]) -> list[Link]:
    """Acronyms of a long form, heads (`the Alliance`) and first or last words of an organisation's name."""
    links = []
    done = {short for _, short in defined}
    for short in named:
        form = forms[short.form]
        if short.form in done or (short.entity_type in PLACES - {"FAC"} and form.reference is None):
            continue
        others = [x for x in named if x.form != short.form and (x.entity_type == "ORG" or forms[x.form].reference)]
        for reason, score, fits in _WAYS if form.reference is None else _WAYS[:1]:
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


_WAYS = (
    ("initials of the one long form", 0.95, _initials),
    (PIECE, 0.9, _piece),
    ("head of the nearest name", 0.85, _head),
)
"""How a name of a body is shortened, the surest way first; a known acronym may be that of another body, too."""
