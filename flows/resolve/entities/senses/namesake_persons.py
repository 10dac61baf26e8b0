"""Full names that are of several people: articles that state lives or walks of life that no one person has.

Every article of such a name goes with those whose company and roles it shares. One that says nothing is of whoever is
known far best by the name, else of somebody of its own: a wrong name is worse than none.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from flows.resolve.entities.forms import Forms
from flows.resolve.entities.mentions import Place, Sense, each
from flows.resolve.entities.name_nodes import role_words
from flows.resolve.entities.senses.stated_lives import Life, described_life, stated_life, two_lives, two_walks, walks_of
from flows.resolve.entities.thresholds import THRESHOLDS
from schemas.vocabularies import MentionType


@dataclass
class _Namesake:
    """One of several people of a name: what is stated of them, the articles that tell of them, whom these name."""

    lives: set[Life] = field(default_factory=set)
    articles: list[int] = field(default_factory=list)
    company: set[int] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)


@dataclass
class _Told:
    """What the articles of a name tell: the life that each states, words of roles, other names."""

    lives: dict[int, Life] = field(default_factory=dict)
    roles: dict[int, frozenset[str]] = field(default_factory=lambda: defaultdict(frozenset))


def told_apart_senses(
    mentions: pl.DataFrame,
    forms: Forms,
    texts: Sequence[str],
    dates: Sequence[date | None],
    meaning: Mapping[Place, int],
    table: pl.DataFrame,
) -> dict[Place, Sense]:
    """Return the senses of full names of which two articles cannot be of one person.

    mentions: as `named_mentions` returns them. meaning: the form that a place means, where that is not its own.
    table: all mentions as `number_mentions` returns them, in the same order.
    """
    described = _described(table)
    means = _with_meaning(mentions, meaning)
    several = (
        means.filter(forms.full[means["means"].to_numpy()])
        .filter(pl.col("article").n_unique().over("means") > 1)
        .select(*mentions.columns, "means")
    )
    told: dict[int, _Told] = defaultdict(_Told)
    for mention, form in zip(each(several.select(mentions.columns)), several["means"], strict=True):
        of_form, article = told[form], mention.article
        day = dates[article]
        life = stated_life(texts[article], mention.start, mention.end, day.year if day else None)
        for surface in described.get(mention.mention_id, ()):
            of_form.roles[article] |= role_words(surface)
            life = life.with_more(described_life(surface, life.year))
        if mention.role:
            of_form.roles[article] |= role_words(mention.role)
            life = life.with_more(Life(life.year, walks=walks_of(mention.role)))
        known = of_form.lives.get(article)
        of_form.lives[article] = life if known is None else known.with_more(life)
    apart = {form: never for form, of_form in told.items() if (never := _both_walks(of_form)) is not None}
    if not apart:
        return {}
    company = _company(means, forms, {article for form in apart for article in told[form].lives})
    senses: dict[Place, Sense] = {}
    for form, never in apart.items():
        for article, within in _sorted_out(form, told[form], never, company).items():
            senses[article, form] = Sense(form, within=within)
    return senses


def _described(table: pl.DataFrame) -> dict[str, list[str]]:
    """The surfaces of descriptions, as `the 17-year-old` and `the keeper`, by the mention of whom they mean."""
    at = ["article_id", "start_char", "end_char"]
    meant = table.filter(mention_type=MentionType.NOMINAL, entity_type="PERSON").select(
        "article_id", described="surface", start_char="antecedent_start_char", end_char="antecedent_end_char"
    )
    found = table.filter(mention_type=MentionType.NAME).select(*at, "mention_id").join(meant, on=at)
    return dict(found.group_by("mention_id").agg("described").iter_rows())


def _with_meaning(mentions: pl.DataFrame, meaning: Mapping[Place, int]) -> pl.DataFrame:
    rows = [(article, form, long) for (article, form), long in meaning.items()]
    schema = {"article": pl.Int64, "form": pl.Int64, "long": pl.Int64}
    linked = mentions.join(
        pl.DataFrame(rows, schema, orient="row"), on=["article", "form"], how="left", maintain_order="left"
    )
    return linked.with_columns(means=pl.coalesce("long", "form")).drop("long")


def _both_walks(told: _Told) -> frozenset[tuple[str, str]] | None:
    """Walks that one article says the name goes together; None where all that is stated fits one person."""
    lives = set(told.lives.values())
    never = frozenset((a, b) for life in lives for a in life.walks for b in life.walks if a != b)
    stated = [life for life in lives if life != Life(life.year)]
    for at, a in enumerate(stated):
        if any(two_lives(a, b) or two_walks(a, b, never) for b in stated[:at]):
            return never
    return None


def _company(means: pl.DataFrame, forms: Forms, articles: set[int]) -> dict[int, set[int]]:
    """The other persons and bodies that articles name; places and reviewed names are in many stories."""
    reviewed = [number for number in forms.other if forms.made[number].reference is not None]
    named = means.filter(
        pl.col("article").is_in(list(articles)),
        ~pl.col("means").is_in(reviewed),
        pl.Series(forms.full)[means["means"].to_numpy()] | (means["entity_type"] == "ORG"),
    )
    return {article: set(found) for article, found in named.group_by("article").agg("means").iter_rows()}


def _sorted_out(
    form: int, told: _Told, never: frozenset[tuple[str, str]], company: Mapping[int, set[int]]
) -> dict[int, int]:
    """Each article of a form with the first article of the namesake that it is of.

    Nothing for those of whoever is known far best by the name: what the form means by itself.
    """
    namesakes: list[_Namesake] = []
    silent = []
    for article, life in sorted(told.lives.items()):
        around, roles = company.get(article, set()) - {form}, told.roles[article]
        if life == Life(life.year):
            silent.append((article, around, roles))
            continue
        fitting = [one for one in namesakes if _fits(life, around, one, never)]
        if not fitting:
            namesakes.append(_Namesake())
        best = max(
            fitting, key=lambda one: (_of_one_birth(life, one), _likeness(around, roles, one)), default=namesakes[-1]
        )
        best.lives.add(life)
        _add(best, article, around, roles)
    if len(namesakes) < 2:
        return {}
    alone = []
    for article, around, roles in silent:
        ranked = sorted(((_likeness(around, roles, one), -at) for at, one in enumerate(namesakes)), reverse=True)
        if ranked[0][0] > ranked[1][0]:
            _add(namesakes[-ranked[0][1]], article, around, roles)
        else:
            alone.append(article)
    most = max(namesakes, key=lambda one: len(one.articles))
    others = sum(len(one.articles) for one in namesakes) - len(most.articles)
    usual = len(most.articles) >= THRESHOLDS.usual_namesake * others
    found = {article: min(one.articles) for one in namesakes if not (usual and one is most) for article in one.articles}
    return found if usual else found | {article: article for article in alone}


def _add(one: _Namesake, article: int, around: set[int], roles: frozenset[str]) -> None:
    one.articles.append(article)
    one.company |= around
    one.roles |= roles


def _fits(life: Life, around: set[int], one: _Namesake, never: frozenset[tuple[str, str]]) -> bool:
    """Whether an article may be of a namesake: it is where both are of one story, whatever an age says."""
    if len(around & one.company) >= THRESHOLDS.same_company:
        return True
    if any(two_lives(life, other) for other in one.lives):
        return False
    return bool(around & one.company) or not any(two_walks(life, other, never) for other in one.lives)


def _of_one_birth(life: Life, one: _Namesake) -> bool:
    births = [other.birth for other in one.lives if other.birth is not None]
    return life.birth is not None and any(abs(life.birth - birth) < THRESHOLDS.years_apart for birth in births)


def _likeness(around: set[int], roles: frozenset[str], one: _Namesake) -> int:
    return len(around & one.company) + THRESHOLDS.shared_role * bool(roles & one.roles)
