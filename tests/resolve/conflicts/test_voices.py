"""Who may contradict whom, and what becomes of figures of different days."""

from datetime import date

import polars as pl
import pytest

from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.conflicts.voices import Voices
from schemas.vocabularies import ConflictType

ARTICLES = pl.DataFrame(
    {
        "article_id": ["a", "b", "c", "d", "e"],
        "publisher": ["Norland Post", "Sud Wire", "Norland Post", None, None],
        "revision_of": [None, None, None, None, "d"],
    },
    schema={"article_id": pl.String, "publisher": pl.String, "revision_of": pl.String},
)
VOICES = Voices.of(ARTICLES, {"x": "Fire Service", "y": "Coast Guard", "z": "Fire Service"})
DAY, NEXT_DAY = date(2031, 3, 9), date(2031, 3, 10)


def told(article: str, *speakers: str, narrated: bool = False, day: date | None = DAY, story: str | None = "s"):
    return Proposition("It fell", "asserted", (), (), (), article, story, speakers, narrated, day)


@pytest.mark.parametrize(
    ("a", "b", "may"),
    [
        (told("a", narrated=True), told("b", narrated=True), True),
        (told("a", "x"), told("b", "x"), True),
        (told("a", "x"), told("a", "y"), True),
        (told("a", "x"), told("a", narrated=True), False),
        (told("a", "x"), told("a"), False),
        (told("a", narrated=True), told("c", narrated=True), False),
        (told("a", "x"), told("c", "x"), False),
        (told("a", "x"), told("c", "y"), True),
        (told("a", narrated=True), told("c", "y"), False),
        (told("a", "x"), told("c"), False),
        (told("d", "x"), told("e", "y"), False),
        (told("a", "x"), told("b", "y", story="t"), False),
        (told("a", "x", story=None), told("b", "y", story=None), False),
    ],
    ids=["two outlets", "one speaker in two outlets", "two speakers of a text", "a text and whom it quotes",
         "nobody knows who", "an outlet again", "an outlet and its speaker again", "two speakers of an outlet",
         "an outlet and its speaker", "an outlet and nobody known", "a corrected version", "two stories", "no story"],
)  # fmt: skip
def test_who_may_contradict_whom(a, b, may):
    assert VOICES.may_conflict(a, b) is may
    assert VOICES.may_conflict(b, a) is may


@pytest.mark.parametrize(
    ("kind", "a", "b", "expected"),
    [
        ("quantity", told("a", "x"), told("b", "y"), "quantity"),
        ("quantity", told("a", "x"), told("b", "y", day=NEXT_DAY), "update"),
        ("quantity", told("a", "x"), told("b", "x", day=NEXT_DAY), None),
        ("quantity", told("a", "x"), told("b", "z", day=NEXT_DAY), None),
        ("quantity", told("a", "x"), told("b", "z"), "quantity"),
        ("quantity", told("a", "x"), told("b", day=NEXT_DAY), None),
        ("quantity", told("a", "x"), told("c", "y", day=NEXT_DAY), None),
        ("quantity", told("a", "x"), told("b", "y", day=date(2031, 3, 30)), None),
        ("quantity", told("a", "x"), told("b", "y", day=None), "quantity"),
        ("polarity", told("a", "x"), told("b", "y", day=NEXT_DAY), "polarity"),
        ("date", told("a", "x"), told("b", "x", day=NEXT_DAY), "date"),
    ],
    ids=["one day", "next day", "one speaker", "one name", "one name on one day", "speaker unknown", "one outlet",
         "weeks apart", "day unknown", "denied",
         "a date stays"],
)  # fmt: skip
def test_what_time_makes_of_a_conflict(kind, a, b, expected):
    found = VOICES.in_time(ConflictType(kind), a, b)
    assert (found.value if found else None) == expected
