"""Who may contradict whom, and what becomes of figures of different days."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.proposition import Proposition
from flows.resolve.conflicts.spoken_rows import SpokenRows
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


def rows_of(*told: Proposition) -> SpokenRows:
    """Propositions as rows."""
    rows = [(p.article, p.story, list(p.speakers), p.narrated) for p in told]
    schema = {"article_id": pl.String, "story_id": pl.String, "speaker_ids": pl.List(pl.String), "narrated": pl.Boolean}
    return SpokenRows.of(pl.DataFrame(rows, schema, orient="row"), VOICES)


def may_by_columns(a: Proposition, b: Proposition) -> bool:
    return bool(rows_of(a, b).may_conflict(np.array([0]), np.array([1]))[0])


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
    assert may_by_columns(a, b) >= may
    assert may_by_columns(b, a) is may_by_columns(a, b)


def test_one_speaker_gives_figures_of_two_kinds():
    figure = (Figure(3, "EUR", None, "3 euros", measured=True),)
    gross = replace(told("a", "x"), statement="the gross profit was 3 euros", figures=figure)
    net = replace(told("b", "x"), statement="the net profit was 2 euros", figures=figure)
    assert not VOICES.may_conflict(gross, net)
    assert VOICES.may_conflict(gross, replace(net, speakers=("y",)))
    assert VOICES.may_conflict(gross, replace(net, statement="the profit was 2 euros"))


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


SAID = st.builds(
    lambda article, speaker, narrated, story: told(article, *speaker, narrated=narrated, story=story),
    st.sampled_from("abcde"), st.sampled_from([(), ("x",), ("y",)]), st.booleans(), st.sampled_from(["s", "t", None]),
)  # fmt: skip


@given(st.lists(st.tuples(SAID, st.integers(min_value=0, max_value=2)), min_size=1, max_size=7))
def test_no_row_is_left_out_that_may_conflict(given_rows):
    said, figures = zip(*given_rows, strict=True)
    rows, numbers = rows_of(*said), range(len(said))
    for a in numbers:
        for b in numbers:
            found = bool(rows.may_conflict(np.array([a]), np.array([b]))[0])
            assert found >= (a != b and VOICES.may_conflict(said[a], said[b]))
    in_stories = [row for row in numbers if said[row].story is not None]
    kept = rows.figured_against(pl.Series(in_stories, dtype=pl.Int64), pl.Series(figures)).to_list()
    assert all(figures[row] for row in kept)
    for a in in_stories:
        others = (b for b in in_stories if b != a and figures[b])
        if figures[a] and any(VOICES.may_conflict(said[a], said[b]) for b in others):
            assert a in kept
