"""Stories: one event in several outlets, two like events, days apart, copies, and ids that last."""

from datetime import date, timedelta

import polars as pl
import pytest

from flows.resolve.stories.resolve_stories import resolve_stories
from schemas import ids
from schemas.articles import Articles
from schemas.tables import polars_schema

DAY = date(2031, 5, 4)
FERRY = (
    "The ferry Halvorsen Star ran aground off Brenna island with 212 passengers on board, the coast guard said.",
    "Rescue boats brought 212 passengers of the Halvorsen Star ashore after it hit a reef near Brenna island.",
)
QUAKE = (
    "A quake of magnitude 6.4 shook the province of Tesmar on Sunday and killed 31 people in Ondry, the governor said. "
    "Hospitals in Ondry treated 310 injured, and rescuers dug through the ruins of the Saint Maro cathedral.",
    "At least 31 people died in Ondry as a magnitude 6.4 quake struck the province of Tesmar, Oleg Tarn said. "
    "The Saint Maro cathedral collapsed; 310 injured were brought to hospitals in Ondry.",
)
LATER_QUAKE = (
    "A quake in the province of Tesmar damaged 14 houses on Friday in Kelvany, police said. "
    "Nobody was hurt, but the mayor Rua Benko closed the Kelvany dam for an inspection.",
    "Kelvany counted 14 damaged houses after a quake in the province of Tesmar. "
    "Engineers inspected the Kelvany dam, which mayor Rua Benko had closed; nobody was hurt.",
)
NAMES = ("Halvorsen Star", "Brenna", "Tesmar", "Ondry", "Kelvany", "Oleg Tarn", "Saint Maro", "Rua Benko")


def told(*texts: tuple[str, date | None], copies: dict[int, int] | None = None) -> pl.DataFrame:
    """Articles with these texts and days; `copies` says which is a near-copy of which."""
    rows = [
        {
            "article_id": ids.article_id(text), "title": None, "publisher": f"Paper {n}", "author": None,
            "published_on": day, "url": None, "language": "en", "text": text, "word_count": len(text.split()),
            "source_uri": f"{n}.txt", "source_sha256": "0" * 64,
            "duplicate_of": ids.article_id(texts[copies[n]][0]) if copies and n in copies else None,
            "revision_of": None, "story_id": None, "modified_on": None, "truncated": False,
        }
        for n, (text, day) in enumerate(texts)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=polars_schema(Articles))


def mentioned(articles: pl.DataFrame) -> pl.DataFrame:
    rows = [
        (
            article,
            ids.entity_id(name),
            "PERSON" if name in ("Oleg Tarn", "Rua Benko") else "GPE",
            name,
            text.index(name),
        )
        for article, text in articles.select("article_id", "text").iter_rows()
        for name in NAMES
        if name in text
    ]
    texts = dict.fromkeys(("article_id", "entity_id", "entity_type", "surface"), pl.String)
    return pl.DataFrame(rows, schema={**texts, "start_char": pl.Int32}, orient="row")


def stories(articles: pl.DataFrame, parent=None):
    return resolve_stories(articles, mentioned(articles), parent, "2.2.0")


def grouped(articles: pl.DataFrame) -> list[list[int]]:
    """Numbers of the articles of each story."""
    placed = stories(articles).articles.with_row_index("n")
    return sorted(placed.group_by("story_id").agg("n")["n"].list.sort().to_list())


def test_one_event_in_two_outlets_is_one_story_and_like_events_are_two() -> None:
    later = DAY + timedelta(days=5)
    articles = told(*((text, DAY) for text in (*FERRY, *QUAKE)), *((text, later) for text in LATER_QUAKE))
    assert grouped(articles) == [[0, 1], [2, 3], [4, 5]]


@pytest.mark.parametrize(("days", "count"), [(2, 1), (60, 2)])
def test_the_same_words_long_apart_tell_of_two_events(days: int, count: int) -> None:
    articles = told((FERRY[0], DAY), (FERRY[1], DAY + timedelta(days=days)))
    assert len(grouped(articles)) == count


def test_the_row_of_a_story() -> None:
    found = stories(told((QUAKE[0], DAY), (QUAKE[1], DAY + timedelta(days=1)))).stories
    row = found.row(0, named=True)
    assert (row["article_count"], row["independent_count"], row["publisher_count"]) == (2, 2, 2)
    assert (row["first_published_on"], row["last_published_on"]) == (DAY, DAY + timedelta(days=1))
    assert row["entity_ids"] == sorted(ids.entity_id(name) for name in ("Tesmar", "Ondry", "Saint Maro"))


def test_a_near_copy_is_of_the_story_of_its_original() -> None:
    articles = told((FERRY[0], DAY), ("Ferry aground, as it was printed elsewhere.", DAY), copies={1: 0})
    found = stories(articles).stories
    assert found.select("article_count", "independent_count").row(0) == (2, 1)


def test_an_article_alone_is_a_story_and_order_plays_no_part() -> None:
    articles = told((FERRY[0], DAY), (QUAKE[0], None), (QUAKE[1], None), ("Nothing else happened today.", None))
    found = stories(articles)
    assert found.stories.height == 3
    turned = stories(articles.reverse())
    assert turned.stories.equals(found.stories)
    assert turned.articles.sort("article_id").equals(found.articles.sort("article_id"))


def test_no_articles_give_no_stories() -> None:
    assert stories(told()).stories.is_empty()
