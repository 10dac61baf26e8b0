"""Rows that stand alone: full names where an article has them, and how surely a row can be read."""

import pytest

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.standing_alone import understood
from flows.extract.claims.statements.background_choice import Best, Choice, Chosen
from flows.extract.document import extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.settings import ExtractSettings
from flows.spans import Span

NOTHING = Choice({}, [])


@pytest.mark.parametrize(
    ("text", "about", "shown"),
    [
        (
            "Mayor Ana Horvat met Peter Lyle. The board said that Horvat had paid Lyle before Horvat left.",
            "had paid",
            "[Ana] Horvat had paid [Peter] Lyle before Horvat left",
        ),
        (
            "Ana Horvat ran in May. The board said that Ana Horvat beat him, and Horvat wept.",
            "beat",
            "Ana Horvat beat him, and Horvat wept",
        ),
        (  # two have that surname
            "Ana Lyle and Peter Lyle ran in May. The board said that Lyle won by ten votes.",
            "won",
            "Lyle won by ten votes",
        ),
        (  # a name that describes a noun is not the person
            "Mayor Ana Horvat opened a show in May. The board said that Horvat reruns had been sold to the north.",
            "reruns",
            "Horvat reruns had been sold to the north",
        ),
        (  # a saint is somebody else
            "In July 2013, Francis met 40 priests in Bonn. Francis's papal name comes from St. Francis of Assisi.",
            "July",
            "In July 2013, Francis met 40 priests in Bonn",
        ),
        (
            "Mayor Ana Horvat spoke. “I will not resign,” she said. The board said Mrs. Horvat lied.",
            "lied",
            "Mrs. [Ana] Horvat lied",
        ),
    ],
)
def test_a_surname_alone_gets_the_given_names_that_the_article_has(extract, text, about, shown):
    statement = next(claim["statement"] for claim in extract(text).claims if about in claim["text"])
    assert statement.endswith(shown)


@pytest.mark.parametrize(
    ("text", "about", "shown"),
    [
        (  # she is told before it, and is not all of "we"
            "Mayor Ana Horvat opened the bridge. The mayor said: “The town is safe. We will hold the dam.”",
            "hold the dam",
            "We will hold the dam",
        ),
        (
            "“We have lost the mill,” a spokeswoman for the Vale Bank said on Monday.",
            "lost the mill",
            "We [the Vale Bank] have lost the mill",
        ),
        (  # nothing before it tells who speaks
            "“We will hold the dam,” Mayor Ana Horvat said on Monday.",
            "hold the dam",
            "We [Ana Horvat] will hold the dam",
        ),
    ],
)
def test_the_name_behind_we_is_shown_where_nothing_before_it_tells_who_speaks(extract, text, about, shown):
    statement = next(claim["statement"] for claim in extract(text).claims if about in claim["text"])
    assert statement.rpartition(".] ")[2] == shown


def test_no_row_is_below_the_confidence_that_is_asked_for(reader):
    text = "Mayor Ana Horvat met Peter Lyle in May. The board said that Horvat had paid Lyle. “I will stay,” she said."
    decoding, gazetteer = Decoding.of(reader.spec.decoding), load_gazetteer()
    every, some = (
        extract_document("art", reader.read(text), decoding, None, gazetteer, ExtractSettings(min_confidence=least))
        for least in (0.0, 0.7)
    )
    assert {row["confidence"] >= 0.7 for row in every.claims} == {True, False}
    assert some.claims == [row for row in every.claims if row["confidence"] >= 0.7]
    assert len(some.claims) + len(some.dropped) == len(every.claims) + len(every.dropped)


def test_nothing_is_added_in_brackets_of_the_article(extract):
    text = "Mayor Ana Horvat spoke in May. “He said that he [Horvat] would sell the mill,” the guard said."
    assert not any("[ [" in claim["statement"] or "[[" in claim["statement"] for claim in extract(text).claims)


def test_what_was_added_is_no_part_of_what_is_compared(extract):
    text = "Mayor Ana Horvat met Peter Lyle. The board said that Horvat had paid Lyle before Horvat left."
    claim = next(claim for claim in extract(text).claims if "had paid" in claim["text"])
    assert claim["proposition"] == "Horvat had paid Lyle before Horvat left"


def test_a_row_is_surer_the_surer_its_background_is():
    given = [understood(0.8, Chosen((Span(0, 9),), Best((1,), 0.1, told), NOTHING)) for told in (0.2, 0.5, 0.8)]
    assert given == sorted(given)
    assert given[0] < given[-1]
