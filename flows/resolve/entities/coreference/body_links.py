"""Names of bodies and places within one article: an acronym, a head or a part is the one long form that it fits."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from flows.resolve.entities.coreference.forms_in_article import FormInArticle, Link
from flows.resolve.names.name_forms import Form
from flows.resolve.names.parse_name import folded
from flows.resolve.names.reference_entities import head_words, long_names
from schemas.vocabularies import PLACES

PIECE = "begins or ends the one longer name"


def body_links(
    named: Sequence[FormInArticle], forms: Mapping[int, Form], defined: Sequence[tuple[int, int]]
) -> list[Link]:
    """Link the short names of bodies and places in one article; defined: pairs of a long form and what it is called."""
    return [*_defined(forms, defined), *_shortened(named, forms, defined), *_halves(named, forms)]


def _defined(forms: Mapping[int, Form], pairs: Sequence[tuple[int, int]]) -> list[Link]:
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


def _shortened(
    named: Sequence[FormInArticle], forms: Mapping[int, Form], defined: Sequence[tuple[int, int]]
) -> list[Link]:
    """Acronyms of a long form, heads (`the Alliance`) and first or last words of an organisation's name."""
    links = []
    done = {short for _, short in defined}
    longs = [x for x in named if x.entity_type == "ORG" or forms[x.form].reference]
    edges = _edge_words(longs, forms)
    for short in named:
        form = forms[short.form]
        if short.form in done or (short.entity_type in PLACES - {"FAC"} and form.reference is None):
            continue
        for reason, score, fits in _ways(form, short.form, edges):
            others = [x for x in longs if x.form != short.form]
            found = [x for x in others if fits(form, forms[x.form]) and (fits is not _piece or short.introduced_by(x))]
            keys = {forms[x.form].key for x in found}
            if len(keys) == 1:
                links.append(Link(short.form, found[0].form, score, reason))
            if found:
                break
    return links


def _edge_words(longs: Sequence[FormInArticle], forms: Mapping[int, Form]) -> dict[str, set[int]]:
    """The forms whose name, in any way to write it, begins or ends with a word."""
    edges: dict[str, set[int]] = {}
    for x in longs:
        for name in _long_names(forms[x.form]):
            for word in (*name[:1], *name[-1:]):
                edges.setdefault(word, set()).add(x.form)
    return edges


def _ways(short: Form, number: int, edges: Mapping[str, set[int]]) -> "Iterator[_Way]":
    """Yield the ways in which a name may be short for another at all; a known acronym may be that of another body."""
    tokens = short.name.tokens
    if short.name.acronym:
        yield _BY_INITIALS
    if short.reference is None:
        if any(edges.get(word, set()) - {number} for word in (*tokens[:1], *tokens[-1:])):
            yield _BY_PIECE
        if len(tokens) == 1:
            yield _BY_HEAD


def _halves(named: Sequence[FormInArticle], forms: Mapping[int, Form]) -> list[Link]:
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


_Way = tuple[str, float, Callable[[Form, Form], bool]]
_BY_INITIALS: _Way = ("initials of the one long form", 0.95, _initials)
_BY_PIECE: _Way = (PIECE, 0.9, _piece)
_BY_HEAD: _Way = ("head of the nearest name", 0.85, _head)
"""How a name of a body is shortened, the surest way first."""
