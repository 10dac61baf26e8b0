"""Attributions: who said what in plain cases, and well-formed spans in any case."""

import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract.attribution import viterbi
from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.attributions import _source, _with_inner_reports
from flows.extract.attribution.content_spans import by_line, kind_of, merged, widened
from flows.extract.attribution.phrase_boundaries import phrases_of
from flows.extract.attribution.quotations.quotation_marks import find_quotes
from flows.extract.attribution.quotations.quote_evidence import with_introducing_verbs
from flows.extract.attribution.unassigned_content import with_unassigned
from flows.extract.reader.reading import Reading
from flows.extract.reader.token_features import word_shape
from flows.spans import Span, joined


def parts(text, found):
    return [(joined(text, a.spans), a.source and a.source.of(text), a.cue and a.cue.of(text)) for a in found]


def test_speech_before_and_after_its_verb(read):
    text = (
        "Mayor Ilse Brandt said the ferry would return in June. "
        "“Nobody will lose a job,” the union leader told reporters."
    )
    found = read(text)
    contents, sources, cues = zip(*parts(text, found), strict=True)
    assert contents == ("the ferry would return in June", "“Nobody will lose a job,”")
    assert sources == ("Mayor Ilse Brandt", "the union leader")
    assert cues[0] == "said"
    assert cues[1].startswith("told")
    assert [a.kind for a in found] == ["indirect", "direct"]


def test_a_quotation_broken_by_its_verb_is_one_attribution(read):
    text = "“The ice is thin,” the warden said, “and it will not hold a car.”"
    found = read(text)
    assert len(found) == 1
    assert len(found[0].spans) == 2
    assert found[0].source.of(text) == "the warden"


def test_confidence_is_a_probability_and_plain_speech_is_trusted(read):
    text = "The minister said that the dam was safe."
    (found,) = read(text)
    assert 0.5 < found.confidence <= 1


def test_marks_and_commas_at_the_edge_belong_to_the_quotation():
    text = "She said “we go,” twice"
    assert widened(text, Span(10, 15)).of(text) == "“we go,”"


def test_pieces_without_a_word_between_them_are_one():
    text = "one, two three"
    assert merged(text, [Span(5, 8), Span(0, 3)]) == [Span(0, 8)]
    assert merged(text, [Span(9, 14), Span(0, 3)]) == [Span(0, 3), Span(9, 14)]


def test_paragraphs_of_one_quotation_are_spans_of_their_own():
    text = "“We stay.\n\n* * *\n\nWe fight,” she said"
    parts = list(by_line(text, Span(0, text.index(" she"))))
    assert [part.of(text) for part in parts] == ["“We stay.", "We fight,”"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("“all of it”", "direct"), ("some “of it”", "mixed"), ("none of it", "indirect")],
)
def test_kind_follows_the_marks(text, kind):
    assert kind_of(text, [Span(0, len(text))], find_quotes(text)) == kind


def test_one_stray_word_does_not_change_owner():
    emissions = [np.array([3.0, 3.0, -1.0, 3.0, -4.0, -4.0])]
    owners = viterbi.assign(emissions, [(0, 6)], 6, 2.0)
    assert owners.tolist() == [0, 0, 0, 0, -1, -1]


QUOTY = st.text(alphabet=st.sampled_from("\"“”„«»' \n.,"), max_size=12)
WORDS = st.sampled_from(
    [
        "said",
        "the minister",
        "that",
        "We will go",
        "according to",
        "Anna Berg",
        "told",
        "it is over",
        "warned",
        "\n\n",
    ]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(WORDS, QUOTY), max_size=40))
def test_any_arrangement_of_marks_gives_ordered_spans_inside_the_text(read, pieces):
    text = " ".join(word + marks for word, marks in pieces)
    for found in read(text):
        end = -1
        for span in found.spans:
            assert end <= span.start < span.end <= len(text)
            end = span.end
        for span in (found.source, found.cue):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert found.kind in ("direct", "indirect", "mixed")
        assert 0 <= found.confidence <= 1


@settings(max_examples=30)
@given(st.text(max_size=200))
def test_any_text_is_read(read, text):
    for found in read(text):
        assert found.spans
        assert all(0 <= s.start < s.end <= len(text) for s in found.spans)


def test_a_sure_source_right_before_its_verb_is_taken_though_no_link_was_found():
    text = "Rain fell. The old mayor said more."
    words = [(m.start(), m.end()) for m in re.finditer(r"\w+|\.", text)]
    sure = {"The", "old", "mayor"}
    heads = np.array([[0.1, 0.4, 0.5] if text[a:b] in sure else [0.9, 0.05, 0.05] for a, b in words])
    starts, ends = np.array(words).T
    none = np.zeros((len(words) + 1, 1))
    reading = Reading(text, starts, ends, np.ones(len(words), int), np.zeros(len(words), int), {"source": heads},
                      {}, none, none, {}, none)  # fmt: skip
    reading.tags = lambda: ["DT" if text[a:b] == "The" else "NN" for a, b in words]
    cue, content = Span(text.index("said"), text.index("said") + 4), Span(text.index("more"), len(text) - 1)
    found = Attribution((content,), None, cue, "", 0.9, nested=False)
    source = _source(phrases_of(reading, [cue, content]), found)
    assert source is not None
    assert source.of(text) == "The old mayor"


def dense(emissions: list[np.ndarray], bounds: list[tuple[int, int]], size: int, change: float) -> np.ndarray:
    """The same path by the book: every state at every word."""
    table = np.full((size, len(bounds) + 1), -np.inf)
    table[:, -1] = 0.0
    for number, ((low, high), emission) in enumerate(zip(bounds, emissions, strict=True)):
        table[low:high, number] = emission
    best, came = table[0], []
    for row in table[1:]:
        step = np.where(best >= best.max() - change, np.arange(len(best)), int(best.argmax()))
        came.append(step)
        best = np.maximum(best, best.max() - change) + row
    path = [int(best.argmax())]
    for step in reversed(came):
        path.append(int(step[path[-1]]))
    owners = np.array(path[::-1])
    owners[owners == len(bounds)] = -1
    return owners


@pytest.mark.parametrize("change", [0.0, 0.4, 1.5, 6.0])
def test_the_best_path_is_found_without_looking_at_every_state(change: float) -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        size = int(rng.integers(1, 40))
        lows = rng.integers(0, size, int(rng.integers(0, 6)))
        bounds = [(int(low), int(min(size, low + rng.integers(1, 15)))) for low in lows]
        emissions = [rng.normal(0, 3, high - low) for low, high in bounds]
        found = viterbi.assign(emissions, bounds, size, change)
        assert found.tolist() == dense(emissions, bounds, size, change).tolist()


def _reading(text: str, content: Sequence[float], **heads: np.ndarray) -> Reading:
    """Words at single spaces with their probabilities of content; other heads as given."""
    pieces = text.split(" ")
    starts = np.cumsum([0] + [len(piece) + 1 for piece in pieces[:-1]])
    inside = np.array(content, np.float32)
    return Reading(
        text=text,
        starts=starts,
        ends=starts + [len(piece) for piece in pieces],
        gaps=np.ones(len(pieces), np.int64),
        shapes=np.array([word_shape(piece) for piece in pieces]),
        heads={"content": np.stack([1 - inside, inside], axis=1), **heads},
        labels={"content": ("O", "I"), "tag": ("VBG", "NN")},
        link_vectors=np.zeros((len(pieces), 4, 2)),
        first_pieces=np.arange(len(pieces) + 1),
        link_bias={},
        meaning_sums=np.zeros((len(pieces) + 1, 4)),
    )


@pytest.mark.parametrize(
    ("between", "owners"),
    [
        (0.4, [0, 0, 0, 0, 0, 0, 0, 0, 0]),  # weak words between them are part of it
        (0.1, [0, 0, -1, -1, 0, 0, 0, 0, 0]),  # others are not
    ],
)
def test_sure_content_that_no_cue_claims_goes_on_with_the_content_before_it(between, owners):
    content = [0.9, 0.9, between, between, 0.9, 0.9, 0.9, 0.9, 0.9]
    reading = _reading("it falls and shows that nobody has looked lately", content)
    assert with_unassigned(reading, np.array([0, 0, *[-1] * 7])).tolist() == owners


def test_few_or_unsure_words_are_nobodys():
    reading = _reading("it falls and shows that nobody has looked lately", [0.9] * 2 + [0.4] * 3 + [0.9] * 4)
    assert with_unassigned(reading, np.array([0, 0, *[-1] * 7])).tolist() == [0, 0, *[-1] * 7]


def test_sure_content_of_another_sentence_is_not_taken():
    reading = _reading("it falls . Nobody has looked at it lately", [0.9, 0.9, 0.5] + [0.9] * 6)
    assert with_unassigned(reading, np.array([0, 0, *[-1] * 7])).tolist() == [0, 0, *[-1] * 7]


def test_a_verb_before_the_quotation_of_a_clause_introduces_it():
    text = "flags reading “ we stand here ” waved"
    cue = np.array([0, 0.2, 0, 0, 0, 0, 0, 0])
    tag = np.array([[0, 1], [1, 0], *[[0, 1]] * 6])
    reading = _reading(text, [0.5] * 8, cue=np.stack([1 - cue, cue], axis=1), tag=tag)
    assert with_introducing_verbs(reading, [(2, 7)], []) == [(1, 2)]
    assert with_introducing_verbs(reading, [(2, 5)], []) == []  # a word or two in marks are a name or a term
    assert with_introducing_verbs(reading, [(2, 7)], [(1, 2)]) == [(1, 2)]


def _said(text: str, content: str, source: str, cue: str) -> Attribution:
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (content, source, cue)]
    return Attribution((spans[0],), spans[1], spans[2], "", 0.9, nested=False)


def test_a_content_that_ends_in_the_cue_of_another_goes_on_with_what_that_reports():
    text = "Berg said the town had asked whether the mill leaked"
    reading = _reading(text, [0.0] * len(text.split()))
    reading.tags = lambda: ["NN"] * len(reading)
    for source in ("the town", "Berg"):
        inner = _said(text, "whether the mill leaked", source, "had asked")
        said = [_said(text, "the town had asked", "Berg", "said"), inner]
        ended = _with_inner_reports(reading, said)[0].spans[-1].of(text)
        assert ended == "the town had asked whether the mill leaked"


def test_a_second_verb_of_one_source_ends_the_content_before_it():
    text = "Berg said the mill leaked and called it a ruin"
    reading = _reading(text, [0.0] * len(text.split()))
    reading.tags = lambda: ["CC" if word == "and" else "NN" for word in reading.surfaces]
    said = [_said(text, "the mill leaked and called", "Berg", "said"), _said(text, "it a ruin", "Berg", "called")]
    assert [a.spans[-1].of(text) for a in _with_inner_reports(reading, said)] == ["the mill leaked", "it a ruin"]
