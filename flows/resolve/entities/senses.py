"""What a name means in one article where it can mean several: of which state a body is, which place, whose surname.

`Congress` in Lima is Peru's, `Georgia` with Atlanta is no country, a surname that its article does not explain is first
a person of that article.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter

import polars as pl

from flows import lexicons
from flows.lexicons.places import UNITED_STATES, cities, us_states
from flows.resolve.entities.article_countries import (
    ArticleCountries,
    article_countries,
    country_beside,
    country_of_form,
    country_of_place,
)
from flows.resolve.entities.forms import Forms
from flows.resolve.entities.mentions import NamedMention, Place, Sense, each
from flows.resolve.entities.namesake_places import find_containers, namesake_place_senses
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form
from flows.resolve.names.reference_entities import ReferenceEntity, lookup_words
from flows.resolve.names.state_bodies import StateBody, body_countries, reviewed_state_bodies, state_body

_CITY_BEFORE = re.compile(r"(?<![\w.'’-])([A-Z][\w.'’-]{1,15}(?: [A-Z][\w.'’-]{1,15}){0,2}), $")


def find_senses(
    mentions: pl.DataFrame, forms: Forms, texts: Sequence[str], linked: Mapping[Place, int]
) -> dict[Place, Sense]:
    """Return the sense of each place whose form does not mean the same in all articles.

    mentions: as `named_mentions` returns them. linked: places whose form means another of the article: they have the
    sense of that one.
    """
    several = [number for number in forms.other if _of_several_senses(forms.made[number])]
    asking = mentions.filter(pl.col("form").is_in(several))
    all_forms = (
        mentions.join(asking.select("article").unique(), on="article", how="semi").group_by("article").agg("form")
    )
    named = dict(all_forms.iter_rows())
    contained = {place: of for place, of in find_containers(mentions, forms, texts).items() if place not in linked}
    senses = namesake_place_senses(contained, forms)
    country_of = cache(lambda number: country_of_form(forms.made[number]))
    for article, found in groupby(each(asking), key=attrgetter("article")):
        open_: dict[int, list[NamedMention]] = defaultdict(list)
        for mention in found:
            if mention.place not in linked and mention.place not in contained:
                open_[mention.form].append(mention)
        countries: ArticleCountries | None = None
        for number, at in open_.items():
            form = forms.made[number]
            if form.single_token and not form.name.regnal:
                senses[article, number] = Sense(number, within=article)
                continue
            body = state_body(form)
            if countries is None:
                countries = article_countries(texts[article], map(country_of, named[article]))
            sense = (
                _body_sense(number, form, body, at, texts[article], countries)
                if body is not None
                else _place_sense(number, form, at, texts[article], countries)
            )
            if sense is not None:
                senses[article, number] = sense
    return senses


def _of_several_senses(form: Form) -> bool:
    """Whether a form does not mean the same in all articles: a surname, a body of any state, a place with namesakes."""
    alone = form.single_token and not form.name.regnal
    return alone or _may_be_namesake(form) or state_body(form) is not None


def _body_sense(
    number: int,
    form: Form,
    body: StateBody,
    at: Sequence[NamedMention],
    text: str,
    countries: ArticleCountries,
) -> Sense | None:
    """The state of a body whose name does not say it; a body of an article that leaves it open is of that article."""
    if body.country:
        return None
    reviewed = body_countries().get(form.reference.key, "") if form.reference else ""
    if form.reference is not None and not reviewed:
        return None  # of no state, as the United Nations' bodies
    beside = {country_beside(text, mention.start, mention.end) for mention in at} - {""}
    country = beside.pop() if len(beside) == 1 else "" if beside else _country_by_article(body, reviewed, countries)
    if not country:
        return Sense(number, within=at[0].article, reviewed=False)
    return Sense(number, country=country, reviewed=country == reviewed)


def _country_by_article(body: StateBody, reviewed: str, countries: ArticleCountries) -> str:
    """The state that an article is about; else that of the best known body of the name, if the article names it."""
    main = countries.main()
    if main:
        return main
    known = reviewed or next((b.country for b in reviewed_state_bodies() if b.office == body.office), "")
    return known if known and countries.share(known) >= THRESHOLDS.known_state else ""


def _may_be_namesake(form: Form) -> bool:
    return form.reference is not None and form.reference.key.startswith(("state:", "capital:"))


def _place_sense(
    number: int, form: Form, at: Sequence[NamedMention], text: str, countries: ArticleCountries
) -> Sense | None:
    """`Georgia` with Atlanta, `San Jose` with California: not the state or capital of that name."""
    reference = form.reference
    if reference is None:
        return None
    if reference.name in us_states():
        return _state_or_us_state(number, reference, at, text, countries)
    larger = _larger_namesakes().get(reference.key, "")
    if larger and not countries.named.get(reference.country_code, 0) and countries.dateline != reference.country_code:
        return Sense(number, country=larger, reviewed=False)
    return None


def _state_or_us_state(
    number: int, reference: ReferenceEntity, at: Sequence[NamedMention], text: str, countries: ArticleCountries
) -> Sense | None:
    before = (_CITY_BEFORE.search(text[max(0, m.start - 40) : m.start]) for m in at)
    beside = {country_of_place(city.group(1)) for city in before if city} - {""}
    if UNITED_STATES in beside:
        return Sense(number, country=UNITED_STATES, reviewed=False)
    named = countries.named
    if reference.country_code in beside or named.get(reference.country_code) or not named:
        return None if named or countries.dateline else Sense(number, within=at[0].article, reviewed=False)
    if named.get(UNITED_STATES) or countries.dateline == UNITED_STATES:
        return Sense(number, country=UNITED_STATES, reviewed=False)
    return None


@cache
def _larger_namesakes() -> dict[str, str]:
    """Keys of capitals that share their name with a larger city of another state, and that state's code."""
    largest: dict[str, str] = {}
    for city in cities(THRESHOLDS.city_population):
        largest.setdefault(lookup_words(city.name), city.country_code)
    return {
        f"capital:{state.capital}": code
        for state in lexicons.states()
        if state.capital and (code := largest.get(lookup_words(state.capital), "")) and code != state.code
    }
