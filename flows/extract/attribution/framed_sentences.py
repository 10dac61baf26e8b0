"""Sentences that open with in whose words they go on, or close with who says them by a verb that the reader does not
know: "In the words of the warden, the dam is “a sieve”", "In the warden's opinion, it leaks"; "It leaks, averred Foss".
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from flows.extract.attribution.preceding_sentence import AttributedSentence
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.syntax.antecedents import in_noun_phrase
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import has_finite, speech_verbs
from flows.spans import Span

_QUOTES = frozenset('“”"«»')
_WORDS = r"(?:words|view|opinion|estimation)"
_FRAME = re.compile(rf"In (?:the {_WORDS} of (?=\S)|(?=[^\n,.]{{2,80}}['’]s? {_WORDS},))")


def find_framed_sentences(indexed: IndexedWords) -> Iterator[AttributedSentence]:
    """Find the sentences that open so: the source stands between the phrase and a comma, the content behind that."""
    for found in _FRAME.finditer(indexed.text):
        sentence = indexed.sentence(found.start())
        words = indexed.between(found.end(), sentence.end)
        source = [*takewhile(lambda word: word.form != ",", words)]
        content = words[len(source) + 1 :]
        owned = found[0] == "In "
        if owned:
            source = source[:-1]  # "the warden's"
        if sentence.start != found.start() or not 0 < len(source) <= THRESHOLDS.framing_words or has_finite(source):
            continue
        if has_finite(content) and content[-1].form == ".":
            spoken = Span(source[0].start, source[-1].end)
            noun = indexed.between(spoken.end, content[0].start)[0]
            cue = Span(noun.start, noun.end) if owned else Span(found.start(), found.end() - 1)
            yield AttributedSentence(Span(content[0].start, content[-2].end), spoken, cue)


def find_closed_sentences(indexed: IndexedWords) -> Iterator[AttributedSentence]:
    """Find the sentences that close with a verb of saying and a name behind a comma, all before that the content."""
    verbs = speech_verbs("report")
    for sentence in indexed.divided:
        at = next(
            (at for at, word in enumerate(sentence) if at and word.form in verbs and sentence[at - 1].form == ","), 0
        )
        if indexed.text[sentence[at].start].isupper():
            continue  # of a name
        source = [*takewhile(in_noun_phrase, sentence[at + 1 :])]
        behind = sentence[at + 1 + len(source) :]
        named = any(word.tag == "NNP" for word in source) and len(source) <= THRESHOLDS.framing_words
        quoted = any(word.form in _QUOTES for word in sentence)
        if (
            at > 1
            and named
            and not quoted
            and behind
            and behind[0].form in {",", "."}
            and has_finite(sentence[: at - 1])
        ):
            yield AttributedSentence(
                *(Span(part[0].start, part[-1].end) for part in (sentence[: at - 1], source, sentence[at : at + 1]))
            )
