"""Speech inside quotations, and inside what a paper reports: `“Norland’s parliament asks the government to act,” the
resolution says`, `the Lake Post reported that Foss had said it leaks`.

The reader marks few of them, for its annotators marked few; so they are read by their form alone: a sentence of a
quotation that opens with somebody's name and a verb of saying or thinking, and goes on with a clause or a demand. The
words are the outer speaker's report, hence indirect. On PolNeAR's development part it finds two, both rightly.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import NOUN_PHRASE, PARTICLES, Word, has_finite, sentences, speech_verbs
from flows.spans import Span

_MARKS = frozenset("“”\"‘’'„«")
_OPENING = _MARKS | {"that"}
_VERBS = frozenset({"VBD", "VBN", "VBP", "VBZ", "NNS"})  # "asks" and "claims" are taken for nouns at times


class NestedSpeech(NamedTuple):
    """A content within a quotation, who said it, by which word."""

    content: Span
    source: Span
    cue: Span


def find_nested_speech(text: str, quoted: Sequence[Word]) -> Iterator[NestedSpeech]:
    """Find what the sentences of a quotation report of others."""
    verbs = speech_verbs("report")
    for sentence in sentences(text, quoted):
        start = next((i for i, word in enumerate(sentence) if word.form not in _OPENING), len(sentence))
        end = next((i for i in range(start, len(sentence)) if not _names(sentence[i], verbs)), len(sentence))
        if not any(word.tag.startswith("NNP") for word in sentence[start:end]):
            continue
        verb = end
        while verb < len(sentence) - 1 and (sentence[verb].tag == "RB" or sentence[verb].form == "had"):
            verb += 1
        said = _from_that(_without_marks(sentence[verb + 1 :]))
        if said and sentence[verb].form in verbs and sentence[verb].tag in _VERBS and _states(said):
            yield NestedSpeech(_span(said), _span(sentence[start:end]), _span(sentence[verb : verb + 1]))


def _names(word: Word, verbs: frozenset[str]) -> bool:
    """Tell whether a word may be of the speaker's name; a plural that is a verb of saying is taken for that."""
    if word.tag == "NNS" and word.form in verbs:
        return False
    return word.tag in NOUN_PHRASE or word.form in PARTICLES or word.form == "and"


def _states(said: Sequence[Word]) -> bool:
    """Tell whether words are a clause ("that it will help") or a demand ("the government to act")."""
    demanded = any(a.form == "to" and b.tag == "VB" for a, b in pairwise(said))
    return len(said) >= THRESHOLDS.nested_words and (demanded or has_finite(said))


def _from_that(said: Sequence[Word]) -> Sequence[Word]:
    """Return words from the "that" on before which there is no clause: "[the council] that the mill leaks"."""
    at = next((at for at, word in enumerate(said) if word.form == "that"), 0)
    return said if has_finite(said[:at]) else said[at:]


def _without_marks(words: Sequence[Word]) -> Sequence[Word]:
    end = len(words)
    while end and not any(c.isalnum() for c in words[end - 1].form):
        end -= 1
    return words[:end]


def _span(words: Sequence[Word]) -> Span:
    return Span(words[0].start, words[-1].end)
