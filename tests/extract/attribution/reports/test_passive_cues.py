"""Passive cues: whose words they report."""

import pytest

from flows.extract.attribution.reports.passive_cues import source_of_passive
from flows.spans import Span
from tests.builders.tagged_text import words


@pytest.mark.parametrize(
    ("written", "cue", "source", "speaker"),
    [
        ("Aas/NNP was/VBD accused/VBN of/IN theft/NN", (1, 4), (0, 1), ""),
        ("Aas/NNP is/VBZ widely/RB said/VBN to/TO sleep/VB", (1, 4), (0, 1), ""),
        ("Aas/NNP was/VBD shocked/VBN to/TO hear/VB it/PRP", (1, 3), (0, 1), "aas"),
        ("Aas/NNP has/VBZ said/VBN it/PRP", (1, 3), (0, 1), "aas"),
        ("it/PRP was/VBD described/VBN by/IN Aas/NNP as/IN bad/JJ", (1, 3), (4, 5), "aas"),
        ("Aas/NNP was/VBD quoted/VBN as/IN saying/VBG by/IN the/DT Mail/NNP", (1, 5), (6, 8), "aas"),
        ("Aas/NNP was/VBD quoted/VBN as/IN saying/VBG on/IN Monday/NNP", (1, 5), (0, 1), "aas"),
    ],
)
def test_who_speaks_by_a_passive_cue(written, cue, source, speaker):
    sentence = words(written)
    given = Span(sentence[source[0]].start, sentence[source[1] - 1].end)
    found = source_of_passive(sentence, cue, given)
    inside = [word.form for word in sentence if found is not None and found.start <= word.start < found.end]
    assert " ".join(inside) == speaker
