"""Marks of an article that goes to a file: brackets that close, and nothing of the text lost."""

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from flows.report.terminal.marks import article_view, bracketed

TEXT = "The pier is safe, Ada Brook said on Monday; nobody believed her and the boats stayed out."
RANGES = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(lambda r: (r[0], min(len(TEXT), sum(r))))


def mention(
    content: tuple[int, int], speaker: tuple[int, int] | None = None, cue: tuple[int, int] | None = None
) -> dict:
    speaker_start, speaker_end = speaker or (None, None)
    cue_start, cue_end = cue or (None, None)
    return {
        "spans": [{"start_char": content[0], "end_char": content[1]}],
        "start_char": content[0],
        "end_char": content[1],
        "attribution": "indirect",
        "speaker_start_char": speaker_start,
        "speaker_end_char": speaker_end,
        "cue_start_char": cue_start,
        "cue_end_char": cue_end,
        "speakers": ["Ada Brook"],
        "cue": "said",
        "polarity": "affirmed",
        "statement": "The pier is safe.",
    }


def test_claims_speakers_and_cues_have_brackets_of_their_own() -> None:
    shown = bracketed(TEXT, [mention((0, 16), (18, 27), (28, 32))])
    assert shown.startswith("[indirect: The pier is safe], {Ada Brook} <said> on Monday")


@given(st.lists(RANGES, max_size=6))
def test_what_opens_closes_and_the_text_stays(ranges: list[tuple[int, int]]) -> None:
    shown = bracketed(TEXT, [mention(content) for content in ranges])
    assert shown.count("[indirect: ") == shown.count("]") == len(set(ranges))
    assert shown.replace("[indirect: ", "").replace("]", "") == TEXT


def test_colours_on_a_terminal_brackets_in_a_file_and_where_colours_are_not_wanted() -> None:
    article = {"publisher": "Post", "author": None, "published_on": None, "url": None, "title": "Pier", "text": TEXT}
    shown = {}
    for name, options in (
        ("terminal", {"force_terminal": True, "color_system": "standard", "no_color": False}),
        ("no colour", {"force_terminal": True, "no_color": True}),
        ("file", {"force_terminal": False}),
    ):
        console = Console(width=100, file=io.StringIO(), _environ={}, **options)
        console.print(article_view(console, article, [mention((0, 16), (18, 27), (28, 32))]))
        shown[name] = console.file.getvalue()
    assert "[indirect: The pier" not in shown["terminal"]
    assert "\x1b[4;36m" in shown["terminal"]
    assert "[indirect: The pier is safe]" in shown["no colour"]
    assert "[indirect: The pier is safe]" in shown["file"]
