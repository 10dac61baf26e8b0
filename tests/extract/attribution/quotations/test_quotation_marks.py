"""Quotation marks as witnesses: whatever their style and however many are lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.attribution.quotations.quotation_marks import find_quotes

MARKS = "\"“”„«»‟'`’"


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The mayor said, "We will rebuild," and left.', ['"We will rebuild,"']),
        ("The mayor said, “We will rebuild,” and left.", ["“We will rebuild,”"]),
        ("„We will rebuild“, the mayor said.", ["„We will rebuild“"]),
        ("«We will rebuild», the mayor said.", ["«We will rebuild»"]),
        ("»We will rebuild«, the mayor said.", ["»We will rebuild«"]),
        ("``We will rebuild,'' the mayor said.", ["``We will rebuild,''"]),
        ("“We will rebuild,’’ the mayor said.", ["“We will rebuild,’’"]),
        ("“We will rebuild ,”said the mayor.", ["“We will rebuild ,”"]),
        ('"One" and "two".', ['"One"', '"two"']),
    ],
)
def test_every_style_of_marks_is_a_quotation(text, expected):
    assert quoted(text) == expected
    assert all(q.certain for q in find_quotes(text))


def test_a_lost_mark_spoils_only_its_own_paragraph():
    text = '"Nobody closed this one.\n\nThe mayor said, "We will rebuild," and left.'
    found = find_quotes(text)
    assert [text[q.start : q.end] for q in found] == ['"Nobody closed this one.', '"We will rebuild,"']
    assert [q.certain for q in found] == [False, True]


def test_a_quotation_that_runs_over_paragraphs_is_one():
    text = "“We will rebuild.\n\nIt will take years,” said the mayor."
    assert quoted(text) == ["“We will rebuild.\n\nIt will take years,”"]


def test_a_quotation_inside_a_quotation_does_not_end_it():
    text = "“We stay.\n\nThe “old pact” binds us,” she said. “It does.”"
    assert quoted(text) == ["“We stay.\n\nThe “old pact” binds us,”", "“It does.”"]


def test_paragraphs_that_each_open_anew_are_quotations_of_their_own():
    text = "“We will rebuild.\n\n“It will take years,” said the mayor."
    assert quoted(text) == ["“We will rebuild.", "“It will take years,”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘We have no choice,’ said Ada Vik.", ["‘We have no choice,’"]),
        ("'We have no choice,' said Ada Vik. 'The guards left.'", ["'We have no choice,'", "'The guards left.'"]),
        ("‘It’s the workers’ pay that isn’t safe,’ he said.", ["‘It’s the workers’ pay that isn’t safe,’"]),
        ("They blame ‘the workers’ and ‘the bosses’ alike.", ["‘the workers’", "‘the bosses’"]),
        ("'James' plan is dead,' she said.", ["'James' plan is dead,'"]),
        ("`It is over,' he said.", ["`It is over,'"]),
        ("Vik said: 'Why? I don't know.'", ["'Why? I don't know.'"]),
        ("‘He said “never” to me,’ Vik said.", ["‘He said “never” to me,’"]),
        ("“He said ‘never’ to me,” Vik said.", ["“He said ‘never’ to me,”"]),
        ("Give 'em the '80s back, rock 'n' roll and the mayors' cars.", []),
        ("The ’90s and the farmers’ roads, the bakers’ shops.", []),
        ("He rose 6'2\" and the dogs' dinners 'twas.", []),
    ],
)
def test_single_marks_are_quotations_and_apostrophes_are_not(text, expected):
    assert quoted(text) == expected


def test_single_marks_over_paragraphs_open_each_of_them():
    text = "‘We will rebuild.\n\n‘It will take years,’ said the mayor."
    assert quoted(text) == ["‘We will rebuild.", "‘It will take years,’"]
    assert [q.certain for q in find_quotes(text)] == [False, True]


def test_the_apostrophe_of_a_plural_closes_no_quotation_that_goes_on_in_the_next_paragraph():
    text = "‘We left,’ he said. ‘The dogs’ feet bled.\n\n‘Then it thawed.’"
    assert quoted(text) == ["‘We left,’", "‘The dogs’ feet bled.", "‘Then it thawed.’"]
    assert quoted("He praised ‘the boys’ in it.\n\n‘Then it thawed.’") == ["‘the boys’", "‘Then it thawed.’"]


def test_an_apostrophe_is_no_quotation_mark():
    assert not find_quotes("The mayors' plan isn't the council's, and ’90s roofs weren't either.")


@given(st.text(alphabet=st.sampled_from(MARKS + " \nab,."), max_size=200))
def test_any_arrangement_gives_ordered_spans_inside_the_text(text):
    end = 0
    for quote in find_quotes(text):
        assert end <= quote.start < quote.end <= len(text)
        assert text[quote.start] in MARKS
        end = quote.end
