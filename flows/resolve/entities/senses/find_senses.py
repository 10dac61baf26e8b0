"""What a name means in one article where it can mean several: of which state a body is, which place, whose surname.

`Congress` in Lima is Peru's, `Georgia` with Atlanta is no country, a surname that its article does not explain is first
a person of that article.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter

import polars as pl

from flows.lexicons.places import UNITED_STATES, Division, cities, divisions, us_states
from flows.resolve.entities.forms import Forms
from flows.resolve.entities.mentions import NamedMention, Place, Sense, each
from flows.resolve.entities.senses.article_countries import (
    ArticleCountries,
    article_countries,
    country_beside,
    country_of_form,
    country_of_place,
)
from flows.resolve.entities.senses.namesake_places import find_containers, namesake_place_senses
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.name_forms import Form
from flows.resolve.names.reference_entities import ReferenceEntity, lookup_words, states_by_shared_name
from flows.resolve.names.state_bodies import StateBody, body_countries, reviewed_state_bodies, state_body

_OF_US_STATE = (
    r"\b{0}(?:['’]s)? (?:[Ss]tate\b|Gov\.|Governor|Legislature|Supreme Court|Attorney General)|\b[Ss]tate of {0}\b"
)
"""What only the state has that has the name of a capital."""
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
            body, codes = state_body(form), states_by_shared_name().get(form.key, ())
            if countries is None:
                countries = article_countries(texts[article], map(country_of, named[article]))
            sense = (
                _one_of_states(number, codes, at[0].article, countries)
                if codes
                else _body_sense(number, form, body, at, texts[article], countries)
                if body is not None
                else _place_sense(number, form, at, texts[article], countries)
            )
            if sense is not None:
                senses[article, number] = sense
    return senses


def _of_several_senses(form: Form) -> bool:
    """Whether a form does not mean the same in all articles: a surname, a body of any state, a place with namesakes."""
    alone = form.single_token and not form.name.regnal
    return alone or _may_be_namesake(form) or form.key in states_by_shared_name() or state_body(form) is not None


def _one_of_states(number: int, codes: Sequence[str], article: int, countries: ArticleCountries) -> Sense:
    """`Congo` in an article that names Kinshasa, or one of its cities; of neither state where it names both or none."""
    named = [code for code in codes if countries.named.get(code)]
    code = countries.dateline if countries.dateline in codes else named[0] if len(named) == 1 else ""
    return Sense(number, country=code) if code else Sense(number, within=article)


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
    if reference.name in us_states() and reference.country_code != UNITED_STATES:
        return _state_or_us_state(number, reference, at, text, countries)
    if reference.key.startswith("capital:"):
        return _capital_or_namesake(number, form, at, text, countries)
    return None


def _capital_or_namesake(
    number: int, form: Form, at: Sequence[NamedMention], text: str, countries: ArticleCountries
) -> Sense | None:
    """`Hamilton` with Ontario, not Bermuda's; `TRIPOLI -` of an article about Lebanon, of whose state nothing tells.

    Of the state of a capital tells what the article names beside the capital itself.
    """
    reference = form.reference
    if reference is None:
        return None
    if reference.country_code == UNITED_STATES:
        told = any(re.search(_OF_US_STATE.format(re.escape(m.surface)), text) for m in at[:1])
        return Sense(number, country=UNITED_STATES, reviewed=False) if told else None
    others = _cities_of_name().get(lookup_words(reference.name), {})
    from_here = any(mention.surface.isupper() and mention.start < THRESHOLDS.opening_characters for mention in at)
    named = dict(countries.named)
    named[reference.country_code] = named.get(reference.country_code, 0) - len(at)
    elsewhere = countries.dateline != reference.country_code or from_here
    if not others or named[reference.country_code] > 0 or not elsewhere:
        return None
    main = ArticleCountries(+Counter(named), "").main()
    own, there = others.get(reference.country_code, 0), others.get(main, 0)
    if main and main == divisions().get(reference.name, Division("", "")).country_code:
        return Sense(number, country=main, reviewed=False)
    if there > own or (from_here and there > THRESHOLDS.namesake_share * own):
        return Sense(number, country=main, reviewed=False)
    largest = max(others, key=lambda code: (others[code], code))
    if largest == reference.country_code:
        return None
    return (
        Sense(number, country=largest, reviewed=False) if own else Sense(number, within=at[0].article, reviewed=False)
    )


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
def _cities_of_name() -> dict[str, dict[str, int]]:
    """Names of cities with the people of the largest in each state."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cities(THRESHOLDS.city_population):
        found[lookup_words(city.name)].setdefault(city.country_code, city.population)
    return found
