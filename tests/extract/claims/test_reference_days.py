"""The day that relative dates count from: of publication, or of the entry of a live blog."""

from datetime import date

import pytest

from flows.extract.claims.dates.reference_days import ReferenceDays

OPENED = date(2021, 5, 1)
BLOG = "Storm live\n\n3 May 2021, 21:40\n\nThe bridge is shut.\n\n2 May 2021, 09:10\n\nThe ferry has left."


@pytest.mark.parametrize(
    ("words", "day"), [("Storm", OPENED), ("bridge", date(2021, 5, 3)), ("ferry", date(2021, 5, 2))]
)
def test_an_entry_has_a_day_of_its_own(words: str, day: date) -> None:
    assert ReferenceDays(BLOG, OPENED).at(BLOG.index(words)) == day


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is shut.",
        "3 May 2021\n\nThe bridge is shut.",
        "It was 3 May 2021 and 4 May 2021, 10:00 that counted.",
    ],
)
def test_one_date_or_dates_in_sentences_make_no_live_blog(text: str) -> None:
    assert ReferenceDays(text, OPENED).at(len(text) - 1) == OPENED


def test_no_day_is_no_day() -> None:
    assert ReferenceDays("The bridge is shut.", None).at(3) is None
    assert ReferenceDays("31 Foo 2021\n\n32 May 2021\n\nShut.", None).at(25) is None
