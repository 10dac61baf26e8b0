"""Places of one name: an article that says what a place lies in (`PERTH, Scotland -`) says which of them it means.

It means that one wherever it names it. What such articles say over the whole corpus tells the namesakes apart; an
article that says nothing means the best known place of the name.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl

from flows.lexicons.places import UNITED_STATES, Division
from flows.resolve.entities.forms import Forms
from flows.resolve.entities.mentions import NamedMention, Place, Sense, each
from flows.resolve.entities.senses.article_countries import (
    container_of,
    country_of_place,
    states_of_both,
)
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form
from flows.resolve.names.state_bodies import country_of_words

_TOWN_IN = re.compile(
    r", (?:an?|the) (?:[a-z-]{3,15} )?(?:city|town|village|suburb|community) (?:in|of) ([A-Z][\w. ]{1,25})"
)
_OF_TOWN = re.compile(
    r"\b([A-Z][\w.]{1,20}(?: [A-Z][\w.]{1,20})?)(?:['’]s)? (?:[a-z-]{3,15} )?"
    r"(?:city|town|village|suburb|community) of $"
)
"""`the Ohio town of `."""
_PART = re.compile(r", (?:in )?([A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{1,20}){0,2})")
_ENDS = re.compile(r"[,.;:)\n]|\s?\(| [–—-]|$")
"""What follows the container of a place. `At Cardiff, Wales won` tells of no town in Wales."""
_NEXT = re.compile(r",? (?:and |or )?([A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{1,20})?)")
_NEXT_IN = re.compile(r",? (?:and |or )?in [A-Z]")
_BEFORE = re.compile(r"([A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{1,20})?),? (?:and |or )?$")
_SOMEWHERE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]f|[Ff]rom) $")
_PLACES = ["GPE", "LOC"]


def find_containers(mentions: pl.DataFrame, forms: Forms, texts: Sequence[str]) -> dict[Place, Division]:
    """Return what each place lies in whose article says it; nothing where it says two things.

    mentions: as `named_mentions` returns them.
    """
    named = mentions.filter(forms.of_group("NAMED")[mentions["form"].to_numpy()], pl.col("entity_type").is_in(_PLACES))
    beside = named.select("article", "start", "end").iter_rows()
    told = [texts[at].startswith(", ", end) or texts[at].endswith(" of ", 0, start) for at, start, end in beside]
    found: dict[Place, set[Division]] = defaultdict(set)
    for mention in each(named.filter(pl.Series(told, dtype=pl.Boolean))):
        container = _container(texts[mention.article], mention, forms.made[mention.form])
        if container is not None:
            found[mention.place].add(container)
    return {place: said.pop() for place, said in found.items() if len(said) == 1}


def _container(text: str, mention: NamedMention, form: Form) -> Division | None:
    """What a place lies in, where that stands right beside it."""
    before = _OF_TOWN.search(text, max(0, mention.start - THRESHOLDS.town_characters), mention.start)
    if before:
        whole = container_of(before.group(1), mention.surface)
        found = whole if whole.country_code else container_of(before.group(1).split()[-1], mention.surface)
        return found if found.country_code else None
    town = _TOWN_IN.match(text, mention.end)
    behind = town or _PART.match(text, mention.end)
    words = behind.group(1).split() if behind else []
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size]).rstrip(",")
        found = container_of(name, mention.surface)
        if behind and found.country_code:
            meant = town is not None or _is_meant(text, mention, form, name, behind.start(1) + len(name))
            return found if meant else None
    return None


def _is_meant(text: str, mention: NamedMention, form: Form, name: str, end: int) -> bool:
    """Whether the name behind a place is what the place lies in, and not the next one of a list."""
    in_state = container_of(name, mention.surface).country_code == UNITED_STATES
    if in_state and not _holds_places(mention.surface):
        return True
    following = _NEXT.match(text, end)
    before = _BEFORE.search(text[max(0, mention.start - 50) : mention.start])
    if text.startswith(", in ", mention.end):  # what is not one of a list
        return _ENDS.match(text, end) is not None and _NEXT_IN.match(text, end) is None
    listed = any(near and _holds_places(near.group(1)) for near in (following, before))
    if listed or not (in_state or _ENDS.match(text, end)):
        return False
    if not country_of_words(name):
        return True
    # `Cairo, Qatar,` are two states that speak, `in Tripoli, Lebanon,` is a town
    somewhere = mention.surface.isupper() or _SOMEWHERE.search(text, max(0, mention.start - 6), mention.start)
    return not _holds_places(mention.surface) and (form.reference is None or bool(somewhere))


def _holds_places(surface: str) -> bool:
    """Whether a name is of a state or a part of one: what places lie in."""
    name = surface.strip()
    return bool(container_of(name.title() if name.isupper() else name, "").country_code) or name in states_of_both()


def namesake_place_senses(contained: Mapping[Place, Division], forms: Forms) -> dict[Place, Sense]:
    """Return the senses of places whose articles say what they lie in."""
    of_form: dict[int, dict[Division, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (article, form), of in contained.items():
        of_form[form][of].append(article)
    senses: dict[Place, Sense] = {}
    for form, groups in of_form.items():
        for of, sense in _senses(forms.made[form], form, groups).items():
            senses |= {(article, form): sense for article in groups[of] if sense is not None}
    return senses


def _senses(form: Form, number: int, groups: Mapping[Division, Sequence[int]]) -> dict[Division, Sense | None]:
    """What a name means in each division that it is said to lie in; None for the reviewed place of the name.

    The usual place of the name lies in the best known country; in each country, in the part that most articles name.
    """
    common = sorted(groups, key=lambda of: (-len(groups[of]), min(groups[of])))
    usual = country_of_place(" ".join(form.name.tokens)) if form.reference is None else form.reference.country_code
    usual = usual or common[0].country_code
    main = {of.country_code: of.part for of in reversed(common) if of.part}
    articles: dict[Division, list[int]] = defaultdict(list)
    for of, named in groups.items():
        articles[of._replace(part=of.part or main.get(of.country_code, ""))] += named
    found: dict[Division, Sense | None] = {}
    for of in groups:
        country, first = of.country_code, of.part in ("", main.get(of.country_code, ""))
        if country == usual and first:
            found[of] = Sense(number, country=country) if form.reference is None else None
        elif form.reference is not None and first:
            found[of] = Sense(number, country=country, reviewed=False)
        else:
            within = min(articles[of._replace(part=of.part or main.get(country, ""))])
            found[of] = Sense(number, within, country, reviewed=False)
    return found
