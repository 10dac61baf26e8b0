"""Whole documents: whatever the text and its quotation marks, every row lies in the text, in order and apart."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.statements import render

MARKS = st.text(alphabet=st.sampled_from("\"“”„«»'’` \n.,:"), max_size=6)
WORDS = st.sampled_from(
    [
        "said", "the minister", "that", "We will go", "according to", "Anna Berg", "told", "it is over", "warned",
        "Berg's spokesman", "the Estonian government", "because of", "BERG:", "KASK:", "Peeter Kask", "\n\n", "he",
        "the analyst", "who", "the ferry sank in June", "30 people",
    ]
)  # fmt: skip


def holds(text, found):
    names = {(m["start_char"], m["end_char"]) for m in found.mentions if m["mention_type"] == "name"}
    assert all(text[m["start_char"] : m["end_char"]] == m["surface"] for m in found.mentions)
    places = [(m["start_char"], m["end_char"]) for m in found.mentions]
    assert places == sorted(set(places))
    for claim in found.claims:
        spans = [(span["start_char"], span["end_char"]) for span in claim["spans"]]
        assert spans
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert (claim["start_char"], claim["end_char"]) == (spans[0][0], spans[-1][1])
        assert claim["text"] == " ".join(text[start:end] for start, end in spans)
        for part in ("speaker", "cue"):
            surface = claim["cue"] if part == "cue" else claim["speaker_surface"]
            start, end = claim[f"{part}_start_char"], claim[f"{part}_end_char"]
            assert (surface is None) == (start is None) == (end is None)
            assert surface is None or text[start:end] == surface != ""
        antecedents = [(span["start_char"], span["end_char"]) for span in claim["speaker_antecedents"]]
        assert set(antecedents) <= names
        assert claim["statement"] == render(text, claim["statement_parts"])
        assert claim["context_start_char"] <= claim["start_char"] < claim["end_char"] <= claim["context_end_char"]
        assert 0 <= claim["confidence"] <= 1


@settings(max_examples=80)
@given(st.lists(st.tuples(WORDS, MARKS), max_size=40))
def test_any_arrangement_of_marks_gives_rows_of_the_text(extract, pieces):
    text = " ".join(word + marks for word, marks in pieces)
    holds(text, extract(text))


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_text_gives_rows_of_the_text(extract, text):
    holds(text, extract(text))
