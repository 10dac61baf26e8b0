"""Sentences that the next one attributes: found where it does nothing else, and only there."""

import pytest

from flows.extract.attribution.preceding_sentence import find_attributed_sentences, may_attribute_preceding
from flows.extract.syntax.sentences import sentences, without_opener
from flows.spans import Span
from tests.builders.tagged_text import attributed, tagged, words

BRIDGE = "The/DT old/JJ bridge/NN fell/VBD ./. "


def found(written: str) -> list[tuple[str, str, str]]:
    return attributed(find_attributed_sentences, written)


def test_what_was_reported_by_somebody_is_the_sentence_before():
    after = (
        "This/DT was/VBD also/RB reported/VBN by/IN the/DT Ministry/NNP of/IN Roads/NNPS of/IN Norland/NNP ,/, "
        "adding/VBG photographs/NNS ./."
    )
    assert found(BRIDGE + after) == [("The old bridge fell", "the Ministry of Roads of Norland", "was also reported")]


def test_what_somebody_announced_at_a_place_is_the_sentence_before():
    after = "Mayor/NNP Ilse/NNP Brandt/NNP announced/VBD this/DT on/IN Monday/NNP ./."
    assert found(BRIDGE + after) == [("The old bridge fell", "Mayor Ilse Brandt", "announced")]


@pytest.mark.parametrize(
    "after",
    [
        "This/DT was/VBD built/VBN by/IN the/DT ministry/NN ./.",  # no verb of saying
        "This/DT was/VBD reported/VBN on/IN Monday/NNP ./.",  # by nobody
        "The/DT ministry/NN said/VBD that/IN in/IN June/NNP it/PRP will/MD return/VB ./.",  # a conjunction
        "The/DT ministry/NN said/VBD this/DT bridge/NN was/VBD old/JJ ./.",  # a determiner
    ],
)
def test_other_sentences_attribute_nothing(after):
    assert found(BRIDGE + after) == []


def test_a_quotation_has_its_speaker_already():
    before = "“/`` The/DT old/JJ bridge/NN fell/VBD ,/, ”/'' he/PRP said/VBD ./. "
    assert found(before + "This/DT was/VBD reported/VBN by/IN the/DT ministry/NN ./.") == []


def test_a_text_without_a_pointer_is_not_looked_at():
    assert not may_attribute_preceding("The ministry said that the bridge fell.")
    assert may_attribute_preceding("The bridge fell. This was said by the ministry.")
    assert may_attribute_preceding("The bridge fell. The ministry said this on Monday.")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Recall/VB that/IN the/DT bridge/NN fell/VBD ./.", "the bridge fell."),
        ("Recall/VB ,/, the/DT bridge/NN fell/VBD ./.", "the bridge fell."),
        ("Recall/VB elections/NNS cost/VBP money/NN ./.", "Recall elections cost money."),
    ],
)
def test_words_to_the_reader_are_no_part_of_a_sentence(written, kept):
    text = tagged(written).text
    sentence = without_opener(sentences(text, words(written))[0])
    assert Span(sentence[0].start, sentence[-1].end).of(text) == kept
