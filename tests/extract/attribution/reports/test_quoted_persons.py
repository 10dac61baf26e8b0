"""Who is quoted as saying something, where a paper quotes."""

import pytest

from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.reports.quoted_persons import said_by_whom_it_quotes
from flows.spans import Span


def attribution(marked: str) -> tuple[str, Attribution]:
    """A text and the attribution in it: content in [brackets], source in {braces}, cue in <angles>."""
    text, opened, spans = "", 0, {"]": [], "}": [], ">": []}
    for char in marked:
        if char in "[{<":
            opened = len(text)
        elif char in spans:
            spans[char].append(Span(opened, len(text)))
        else:
            text += char
    source = spans["}"][0] if spans["}"] else None
    return text, Attribution(tuple(spans["]"]), source, spans[">"][0], "", 0.9, False)


@pytest.mark.parametrize(
    ("marked", "source", "content"),
    [
        ("{The Lake Post} <quoted> [Ann Aas as saying that it rains].", "Ann Aas", ["that it rains"]),
        ("[“It rains,”] {the Lake Post} <quoted> [Ann Aas, 42, as saying]", "Ann Aas, 42", ["“It rains,”"]),
        (
            "{The Lake Post} quoted Ann Aas, its editor, as <saying>, [“It rains.”]",
            "Ann Aas, its editor",
            ["“It rains.”"],
        ),
        (
            "[“It rains,”] Ann Aas, a judge, <was quoted by> {the Lake Post} as saying.",
            "Ann Aas, a judge",
            ["“It rains,”"],
        ),
        ("It froze. Ann Aas was quoted by {the Post as} <saying>: [“It rains.”]", "Ann Aas", ["“It rains.”"]),
        ("It froze. Ann Aas was quoted in {The Hill} <as saying:> [“It rains.”]", "Ann Aas", ["“It rains.”"]),
        ("{The Lake Post} <quoted> [a poem about rain].", "The Lake Post", ["a poem about rain"]),
        ("{The mayor} <said> [the Post quoted Ann Aas as saying that it rains].", "The mayor", None),
    ],
)
def test_whom_a_paper_quotes_has_said_it(marked, source, content):
    """The words that tell who is quoted are no part of the content."""
    text, given = attribution(marked)
    found = said_by_whom_it_quotes(text, given)
    assert found is not None
    assert found.source is not None
    assert found.source.of(text) == source
    assert [span.of(text) for span in found.spans] == (content or [span.of(text) for span in given.spans])


def test_nothing_is_left_where_a_content_only_tells_who_is_quoted():
    text, given = attribution("{The Lake Post} <quoted> [Ann Aas as saying].")
    assert said_by_whom_it_quotes(text, given) is None
