"""Two people of one full name are told apart by the lives that their articles state, and by nothing less."""

import re
from datetime import date

import polars as pl
import pytest
from pandera.typing.polars import DataFrame

from flows.resolve.entities.resolve_entities import resolve_entities
from flows.resolve.entities.senses.stated_lives import Life, stated_life, two_lives, walks_of
from flows.settings import ResolveSettings
from schemas import ids
from schemas.intermediate import FoundMentions

NAME = "Ada Kask"


@pytest.mark.parametrize(
    ("text", "life"),
    [
        ("Ada Kask, 45, said no.", Life(2020, age=45)),
        ("Ada Kask, aged 45, said no.", Life(2020, age=45)),
        ("Ada Kask (aged 45) said no.", Life(2020, age=45)),
        ("The 45-year-old baker Ada Kask said no.", Life(2020, age=45)),
        ("Seventeen-year-old Ada Kask said no.", Life(2020, age=17)),
        ("A 17-year-old pupil won on Monday. Ada Kask said no.", Life(2020, age=17)),
        ("Ada Kask (born 12 May 1970) said no.", Life(2020, born=1970)),
        ("Ada Kask (1890-1917) wrote it.", Life(2020, born=1890, died=1917)),
        ("Ada Kask, who died in March 1974, wrote it.", Life(2020, died=1974)),
        ("Letters of Ada Kask were found after her death at sea in 1958.", Life(2020, died=1958)),
        ("Ada Kask was 20 when she died.", Life(2020, at_death=20)),
        # numbers, ages and deaths of others
        ("Ada Kask, 45 votes ahead, said no.", Life(2020)),
        ("Ada Kask, 2, slept.", Life(2020)),
        ("The 17-year-old and his aunt Ada Kask said no.", Life(2020)),
        ("A 17-year-old pupil lost. Ilo Rand won. Ada Kask said no.", Life(2020)),
        ("Ada Kask met Ilo Rand before his death in 1958.", Life(2020)),
    ],
)
def test_what_stands_beside_a_name_states_a_life(text: str, life: Life) -> None:
    start = text.index(NAME)
    assert stated_life(text, start, start + len(NAME), 2020) == life


@pytest.mark.parametrize(
    ("a", "b", "two"),
    [
        (Life(2020, age=17), Life(2020, age=74), True),
        (Life(2014, age=45), Life(2024, age=46), False),  # told again years later
        (Life(2014, age=45), Life(2024, age=55), False),
        (Life(2014, age=45), Life(2024, age=40), True),
        (Life(2014, age=20), Life(2024, age=50), True),
        (Life(2024, died=1917), Life(2024, age=34), True),
        (Life(2024, died=2020), Life(2018, age=34), False),
        (Life(2024, at_death=20), Life(2024, age=26), True),
        (Life(2024, born=1970), Life(2024, age=54), False),
        (Life(2024, born=1970), Life(2024, age=34), True),
        (Life(None, age=17), Life(None, age=74), False),  # of unknown years
    ],
)
def test_no_life_fits_two_articles(a: Life, b: Life, two: bool) -> None:
    assert two_lives(a, b) == two_lives(b, a) == two


def test_a_role_tells_a_walk_of_today_and_not_of_others() -> None:
    assert walks_of("fast bowler") == {"sport"}
    assert walks_of("judge at the lake court") == {"bench"}
    assert not walks_of("former bowler")
    assert not walks_of("spokesman of the judge")
    assert not walks_of("judge's spokesman")


def entities(*texts: str, days: list[date] | None = None, roles: dict[str, str] | None = None) -> list[str]:
    """The entity of `Ada Kask` in each article; other names are of two capitalised words."""
    rows, articles = [], []
    for number, text in enumerate(texts):
        article = ids.article_id(f"{number} {text}")
        day = days[number] if days else date(2024, 5, 1 + number)
        articles.append({"article_id": article, "text": text, "published_on": day, "revision_of": None})
        for found in re.finditer(r"(?:(?<=\s)|^)[A-Z][a-z]+ [A-Z][a-z]+", text):
            role = next((said for said in roles or {} if text[: found.start()].endswith(f"{said} ")), None)
            rows.append((article, *found.span(), found.group(), "name", "PERSON", None, None, role))
        described = re.search(r"The (?:\d+-year-old|bowler)(?= smiled)", text)
        if described:
            at, meant = described.span(), re.search(NAME, text)
            rows.append((article, *at, described.group(), "nominal", "PERSON", *(meant.span() if meant else at), None))
    schema = {name: column.dtype.type for name, column in FoundMentions.to_schema().columns.items()}
    mentions = DataFrame[FoundMentions](pl.DataFrame(rows, schema=schema, orient="row"))
    columns = {"article_id": pl.String, "text": pl.String, "published_on": pl.Date, "revision_of": pl.String}
    result = resolve_entities(pl.DataFrame(articles, schema=columns), mentions, None, [], ResolveSettings(), "1.0.0")
    of = dict(result.mentions.filter(surface=NAME).select("article_id", "entity_id").iter_rows())
    return [of[article["article_id"]] for article in articles]


def test_an_article_goes_with_the_namesake_whose_company_it_shares() -> None:
    baker, pupil, silent, stranger = entities(
        "Ada Kask, 45, met Ilo Rand.",
        "Ada Kask, 17, met Ene Tamm.",
        "She met Ilo Rand and Ada Kask.",
        "He met Uku Saar and Ada Kask.",
    )
    assert baker == silent
    assert len({baker, pupil, stranger}) == 3


def test_a_description_by_age_is_of_whom_it_means() -> None:
    assert len(set(entities("Ada Kask, 45, won.", "Ada Kask won. The 17-year-old smiled."))) == 2
    assert len(set(entities("Ada Kask, 45, won.", "Ada Kask won. The 45-year-old smiled."))) == 1
    roles = {"judge": ""}
    assert len(set(entities("The judge Ada Kask sat.", "Ada Kask won. The bowler smiled.", roles=roles))) == 2


def test_of_several_whom_an_age_fits_it_is_who_was_born_then() -> None:
    novelist, dancer, nearer = entities(
        "Ada Kask (1921-1999) wrote.", "Ada Kask (born 1985) danced.", "Ada Kask, 39, won."
    )
    assert nearer == dancer != novelist


def test_an_article_that_says_nothing_is_of_whoever_is_known_best() -> None:
    known = [f"Ada Kask, 45, won race {number}." for number in range(6)]
    *best, pupil, silent = entities(*known, "Ada Kask, 17, was late.", "Ada Kask was early.")
    assert {*best, silent} == {best[0]}
    assert pupil != silent


def test_an_age_that_a_story_in_common_contradicts_is_none() -> None:
    a, b = entities("Ada Kask, 45, met Ilo Rand and Ene Tamm.", "Ada Kask, 54, met Ilo Rand and Ene Tamm.")
    assert a == b


def test_walks_of_life_tell_apart_at_one_time_unless_somebody_goes_both() -> None:
    roles = {"bowler": "", "judge": "", "former bowler": ""}
    texts = ["The bowler Ada Kask won.", "The judge Ada Kask sat."]
    assert len(set(entities(*texts, roles=roles))) == 2
    assert len(set(entities(*texts, days=[date(2010, 1, 1), date(2020, 1, 1)], roles=roles))) == 1
    assert len(set(entities(*texts, "The bowler Ada Kask, and judge Ada Kask in winter, won.", roles=roles))) == 1
