"""Who is on record with a content that has no verb of its own."""

import pytest

from flows.extract.attribution.attribution import Attribution, Stance
from flows.extract.attribution.reports.deeds import is_deed
from flows.extract.attribution.reports.report_context import ReportContext
from flows.extract.syntax.sentences import Word
from flows.spans import Span


def _words(tagged: str) -> list[Word]:
    pairs = [each.rsplit("/", 1) for each in tagged.split()]
    return [Word(at, at + 1, form.lower(), tag) for at, (form, tag) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("cue", "content", "deed"),
    [
        ("signed/VBD", "the/DT bill/NN", True),
        ("sounded/VBD", "tired/JJ", True),
        ("has/VBZ since/RB released/VBN", "her/PRP$ returns/NNS", True),
        ("is/VBZ confident/JJ of/IN", "victory/NN", False),
        ("took/VBD responsibility/NN for/IN", "the/DT raid/NN", False),
        ("put/VBD", "the/DT toll/NN at/IN 40/CD", False),
        ("projected/VBD", "2/CD percent/NN growth/NN", False),
        ("praised/VBD", "the/DT bill/NN", False),
        ("has/VBZ backed/VBN", "the/DT bill/NN", False),
        ("denied/VBD", "the/DT charge/NN", False),
        ("quashed/VBD", "the/DT verdict/NN", True),
        ("appears/VBZ", "to/TO have/VB sold/VBN the/DT mill/NN", True),
        ("seemed/VBD to/TO suggest/VB", "that/IN the/DT mill/NN leaks/VBZ", False),
        ("met/VBD to/TO discuss/VB", "the/DT bill/NN", True),
        ("withdrew/VBD", "the/DT bid/NN", True),
        ("took/VBD a/DT stance/NN on/IN", "the/DT bill/NN", False),
        ("filed/VBD a/DT copy/NN of/IN", "the/DT will/NN", True),
        ("has/VBZ issued/VBN blanket/JJ", "bans/NNS", True),
        ("passed/VBD", "the/DT voting/VBG rights/NNS bill/NN", True),
        ("is/VBZ reportedly/RB relying/VBG", "on/IN Norby/NNP to/TO make/VB the/DT chip/NN", True),
        ("was/VBD reportedly/RB told/VBN", "of/IN the/DT raid/NN", False),
        ("made/VBD clear/JJ", "his/PRP$ doubts/NNS", False),
        ("learned/VBD", "that/IN the/DT mill/NN leaks/VBZ", True),
        ("has/VBZ learned/VBN", "that/IN the/DT mill/NN leaks/VBZ", False),
        ("witnessed/VBD", "the/DT rise/NN of/IN a/DT style/NN that/WDT became/VBD a/DT form/NN", True),
        ("witnessed/VBD", "the/DT mill/NN burned/VBD when/WRB it/PRP rained/VBD", False),
        ("is/VBZ seemingly/RB", "investing/VBG in/IN mills/NNS", True),
        ("voted/VBD", "to/TO pass/VB the/DT bill/NN", False),
        ("according/RB to/IN", "the/DT worst/JJS flood/NN", False),
    ],
)
def test_a_doing_puts_nobody_on_record(cue: str, content: str, deed: bool) -> None:
    assert is_deed(_words(cue), _words(content)) is deed


def _read(tagged: str, found: Attribution) -> list[Attribution]:
    pairs = [each.rsplit("/", 1) for each in tagged.split()]
    text = " ".join(form for form, _ in pairs)
    words = [Word(text.index(form), text.index(form) + len(form), form.lower(), tag) for form, tag in pairs]
    return ReportContext(text, words, [1] * len(words)).applied([found])


@pytest.mark.parametrize(("kind", "stance"), [("indirect", Stance.ACTS), ("mixed", Stance.ASSERTS)])
def test_words_in_quotation_marks_are_somebodys(kind: str, stance: Stance) -> None:
    found = Attribution((Span(12, 20),), Span(0, 4), Span(5, 11), kind, 0.9, False)
    (read,) = _read("Lake/NNP signed/VBD the/DT bill/NN", found)
    assert read.stance is stance


def test_what_somebody_did_not_do_is_nobodys_word() -> None:
    found = Attribution((Span(17, 25),), Span(0, 4), Span(5, 16), "indirect", 0.9, False)
    (read,) = _read("Lake/NNP did/VBD not/RB sign/VB the/DT bill/NN", found)
    assert read.stance is Stance.NOT_SAID
