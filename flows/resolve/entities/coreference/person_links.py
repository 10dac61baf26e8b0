"""Names of persons within one article: a surname, a given name in short or a part is the one full name that it fits."""

from collections.abc import Iterator, Mapping, Sequence

from flows.resolve.entities.coreference.forms_in_article import FormInArticle, Link
from flows.resolve.entities.coreference.glosses import Glosses
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form
from flows.resolve.names.name_similarity import token_similarity
from flows.resolve.names.parse_name import given_gender, nickname_groups

RENAMED = "former name"
ALSO = "other name"


def person_links(persons: Sequence[FormInArticle], forms: Mapping[int, Form], glosses: Glosses) -> list[Link]:
    """Link the short, former and other names of persons in one article."""
    before = {former for _, former in glosses.renamed}
    today = [x for x in persons if x.form not in before] if before else persons
    return [
        *_renamed(persons, glosses.renamed),
        *_also(persons, forms, glosses.also),
        *_surnames(today, forms),
        *_given_names(today, forms),
        *_parts(today, forms),
    ]


def _renamed(persons: Sequence[FormInArticle], pairs: Sequence[tuple[int, int]]) -> list[Link]:
    """`Orla Castellan, formerly Orla Prentice`: what the text gives as a former name."""
    here = {x.form for x in persons}
    return [Link(before, now, 0.95, RENAMED) for now, before in pairs if now in here and before in here]


def _also(persons: Sequence[FormInArticle], forms: Mapping[int, Form], pairs: Sequence[tuple[int, int]]) -> list[Link]:
    """`Orla Castellan, better known as Lena Rand`: both names are hers, a full name rather than a single word."""
    here = {x.form for x in persons}
    ordered = [pair[::-1] if forms[pair[0]].single_token else pair for pair in pairs]
    return [Link(other, one, 0.95, ALSO) for one, other in ordered if {one, other} <= here and one != other]


def _surnames(persons: Sequence[FormInArticle], forms: Mapping[int, Form]) -> list[Link]:
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
                and _one_office(short, x, forms)
                and _one_rank(short, x)
            }
            found = _one_person(_of_one_generation(found, short, persons, forms), forms)
            if len(found) == 1:
                links.append(Link(short.form, min(found), score, reason))
            if found:
                break
    return links


def _one_gender(short: FormInArticle, long: FormInArticle, forms: Mapping[int, Form]) -> bool:
    """Whether nothing says that a surname is of a man and a full name of a woman: `Mrs Kask` is not Peeter Kask."""
    given = forms[long.form].name.tokens[0]
    gender = long.gender or given_gender(given) or ("f" if given.endswith("a") and not long.gender else "")
    return not (short.gender and gender and short.gender != gender)


def _one_rank(short: FormInArticle, long: FormInArticle) -> bool:
    """Whether nothing says that one is a lord and the other a knight: `Lord Kask` is not Sir Peeter Kask."""
    return not (short.ranks and long.ranks) or bool(short.ranks & long.ranks)


def _one_office(short: FormInArticle, long: FormInArticle, forms: Mapping[int, Form]) -> bool:
    """Whether a full name may be that of a president who was named by surname and office before it.

    Whoever is called `President Rand` first is not the Ivana Rand who comes later; she is of the family. Nor is he Otto
    Rand Jr., wherever that one comes.
    """
    held = {office for office, _ in long.offices}
    return all(
        office in held or (start > long.starts[0] and not forms[long.form].name.generation)
        for office, start in short.offices
    )


def _of_one_generation(
    found: set[int], short: FormInArticle, persons: Sequence[FormInArticle], forms: Mapping[int, Form]
) -> set[int]:
    """Of father and son, the one whose name stands without a mark is meant by the surname alone.

    Where the text goes on with the surname before it names him at all, it means the other, who was named by then. A
    president is known without being named, so an office beside the surname speaks against that.
    """
    unmarked = {form for form in found if not forms[form].name.generation}
    if not unmarked or unmarked == found:
        return found
    named = {x.form: x.starts[0] for x in persons}
    first = min(named[form] for form in unmarked)
    so_far = sum(start < first for start in short.starts)
    earlier = {form for form in found - unmarked if named[form] < short.starts[0]}
    return earlier if so_far >= THRESHOLDS.goes_on and earlier and not short.offices else unmarked


def _one_person(found: set[int], forms: Mapping[int, Form]) -> set[int]:
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


def _given_names(persons: Sequence[FormInArticle], forms: Mapping[int, Form]) -> list[Link]:
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


def _parts(persons: Sequence[FormInArticle], forms: Mapping[int, Form]) -> list[Link]:
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
