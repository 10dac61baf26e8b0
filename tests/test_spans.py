"""Spans that are found by their place, beside looking at all of them, and texts in lower case."""

import re
from string import ascii_lowercase

from hypothesis import given
from hypothesis import strategies as st

from flows.spans import SortedSpans, Span, folded

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=20)


@given(SPANS, st.integers(0, 40), st.integers(1, 9))
def test_the_spans_at_a_place_are_those_that_overlap_it(spans, start, size):
    place = Span(start, start + size)
    assert SortedSpans(spans).touching(*place) == sorted(span for span in spans if span.overlaps(place))


@given(SPANS)
def test_none_is_lost(spans):
    assert len(SortedSpans(spans)) == len(spans)
    assert SortedSpans(spans).touching(0, 100) == sorted(spans)


def test_a_folded_text_is_what_a_pattern_that_ignores_case_compares():
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    plain = folded(every)
    assert len(plain) == len(every)
    for letter in ascii_lowercase:
        matched = {m.start() for m in re.finditer(letter, every, re.IGNORECASE)}
        assert matched == {m.start() for m in re.finditer(letter, plain)}
    for kind in (r"\w", r"\d", r"\s"):
        assert re.sub(kind, "#", every).count("#") == re.sub(kind, "#", plain).count("#")
