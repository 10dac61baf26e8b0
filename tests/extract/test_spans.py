"""Spans that are found by their place, beside looking at all of them."""

from hypothesis import given
from hypothesis import strategies as st

from flows.text import SortedSpans, Span

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=20)


@given(SPANS, st.integers(0, 40), st.integers(1, 9))
def test_the_spans_at_a_place_are_those_that_overlap_it(spans, start, size):
    place = Span(start, start + size)
    assert SortedSpans(spans).touching(*place) == sorted(span for span in spans if span.overlaps(place))


@given(SPANS)
def test_none_is_lost(spans):
    assert len(SortedSpans(spans)) == len(spans)
    assert SortedSpans(spans).touching(0, 100) == sorted(spans)
