"""What a word stands for by its place: the noun phrase before it, and the one that a relative pronoun means."""

from collections.abc import Sequence

from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.sentences import NOUN_PHRASE, PARTICLES, Word
from flows.extract.syntax.tags import FINITE, INSIDE_NOUN_PHRASE, NOMINAL, OF_MANY, OF_ONE, PLURAL

_BETWEEN_NOUNS = frozenset({"IN", "VBG", "VBN", "TO"})


def in_noun_phrase(word: Word) -> bool:
    """Tell whether a word may stand in a noun phrase that names somebody: "the head of Foss’s mill"."""
    return word.tag in NOUN_PHRASE or word.tag == "PRP" or word.form in PARTICLES


def noun_phrase_end(words: Sequence[Word], start: int) -> int:
    """Return one past the noun phrase that goes on at a word behind its determiner: "the [large wooden boat]"."""
    end = start
    while end < len(words) and words[end].tag in INSIDE_NOUN_PHRASE:
        end += 1
    return end


def noun_phrase_before(words: Sequence[Word], end: int, behind_marks: bool = True) -> Sequence[Word]:
    """Return the noun phrase that ends before a place among words; nothing where none does.

    behind_marks: whether marks may stand between, as in "the bank, which …".
    """
    while behind_marks and end and not words[end - 1].form[0].isalnum():
        end -= 1
    start = end
    while start and end - start < LIMITS.noun_phrase_words and in_noun_phrase(words[start - 1]):
        if start < end and words[start].tag == "DT" and words[start - 1].form == "s":
            break  # "there’s [a plan] that": no article stands behind a genitive
        start -= 1
    found = words[start:end]
    return found if found and found[-1].tag in NOMINAL else ()


def relative_antecedent(indexed: IndexedWords, pronoun: Word, verb: Sequence[Word]) -> Sequence[Word]:
    """Return the noun phrase that a relative pronoun stands for: the nearest that its verb agrees with, "tests in the
    code, which show" are the tests; nothing where none does.
    """
    words, end = indexed.words, indexed.place(pronoun.start)
    finite = next((word for word in verb if word.tag in FINITE), None)
    last = start = end
    while found := noun_phrase_before(words, start, behind_marks=start == end):
        last = indexed.place(found[-1].start) + 1 if start == end else last
        start = indexed.place(found[0].start)
        if last - start > LIMITS.noun_phrase_words or start < indexed.place(indexed.sentence(pronoun.start).start):
            return ()
        if finite is None or agree(found[-1], finite):
            return words[start:last]
        while start and words[start - 1].tag in _BETWEEN_NOUNS:
            start -= 1  # "the men living in Bonn who say"
    return ()


def agree(noun: Word, verb: Word) -> bool:
    """Tell whether a noun can be the subject of a verb by its number: "tests show", "a test shows"."""
    several = verb.tag == "VBP" or verb.form in OF_MANY
    single = verb.tag == "VBZ" or verb.form in OF_ONE
    return not ((several and noun.tag in {"NN", "NNP"}) or (single and noun.tag in PLURAL))
