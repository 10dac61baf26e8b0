"""Who is on record with a content that has no verb of its own."""

import pytest

from flows.extract.claims.deeds import is_deed
from flows.extract.syntax.sentences import Word


def _words(tagged: str) -> list[Word]:
    pairs = [each.rsplit("/", 1) for each in tagged.split()]
    return [Word(at, at + 1, form.lower(), tag) for at, (form, tag) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("cue", "content", "voice", "deed"),
    [
        ("signed/VBD", "the/DT bill/NN", "indirect", True),
        ("sounded/VBD", "tired/JJ", "indirect", True),
        ("has/VBZ since/RB released/VBN", "her/PRP$ returns/NNS", "indirect", True),
        ("is/VBZ confident/JJ of/IN", "victory/NN", "indirect", False),
        ("took/VBD responsibility/NN for/IN", "the/DT raid/NN", "indirect", False),
        ("put/VBD", "the/DT toll/NN at/IN 40/CD", "indirect", False),
        ("projected/VBD", "2/CD percent/NN growth/NN", "indirect", False),
        ("praised/VBD", "the/DT bill/NN", "indirect", False),
        ("has/VBZ backed/VBN", "the/DT bill/NN", "indirect", False),
        ("denied/VBD", "the/DT charge/NN", "indirect", False),
        ("took/VBD a/DT stance/NN on/IN", "the/DT bill/NN", "indirect", False),
        ("voted/VBD", "to/TO pass/VB the/DT bill/NN", "indirect", False),
        ("signed/VBD", "a/DT “bad/JJ bill/NN ”/''", "mixed", False),
        ("according/RB to/IN", "the/DT worst/JJS flood/NN", "indirect", False),
    ],
)
def test_a_doing_puts_nobody_on_record(cue: str, content: str, voice: str, deed: bool) -> None:
    assert is_deed(_words(cue), _words(content), voice) is deed
