"""What a pronoun at the head of a clause stands for where nobody is named for it: the subject of the clause before.

News goes on about what it spoke of: the subject of one clause is mostly the subject of the next, and a pronoun says so
(centering: Grosz, Joshi and Weinstein 1995). Only a subject whose number and kind fit is taken, of the clause before
in the same sentence, or of the first clause of the sentence before in the same paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flows.extract.claims.statements.described_sources import IT, THEY, describes_person, head_of
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.mentions.name_span import Mention
from flows.extract.syntax.assembled_clauses import Clause
from flows.extract.syntax.clauses import clauses
from flows.extract.syntax.indexed_words import IndexedWords
from flows.extract.syntax.sentences import Word, speech_verbs
from flows.extract.syntax.tags import FINITE, MEASURES_OF_TIME, NOUN, PLURAL, RELATIVE, RELATIVE_PRONOUN, SUBORDINATORS
from flows.spans import Span

_NO_SUBJECT = frozenset({"IN", "RB", "TO", "VBG", "VBN", "WRB"})
"""Tags of words that open what stands before a subject: "In May, the bank …"."""
_NONE = frozenset({"no", "none", "neither", "nothing", "what"})
_INSIDE_NAMES = frozenset("’'&-.$")


@dataclass(frozen=True)
class Subjects:
    """The subjects of the clauses of one text. persons: the names of persons in it."""

    indexed: IndexedWords
    persons: Sequence[Mention]

    def continued(self, pronoun: Word, first: int = 0) -> Span | None:
        """Return what a pronoun that opens a clause goes on about; None where no subject before it fits.

        first: the character from which on a subject is looked for: a speaker goes on about what he spoke of.
        """
        number, at = self.indexed.sentence_number(pronoun.start), pronoun.start
        text, sentences = self.indexed.text, self.indexed.sentences
        if pronoun.form not in IT | THEY:
            return None
        for _ in range(THRESHOLDS.subjects_back):
            before = [clause for clause in self._clauses(number, first) if clause.words[0].start < at]
            before = [c for c in before if not (c.words[0].start <= at <= _verb(c.words).start)]
            if not before:
                number -= 1
                if number < 0 or "\n" in text[sentences[number].end : sentences[number + 1].start]:
                    return None
                asked = text[sentences[number].end - 1] == "?"
                before = [] if asked else [c for c in self._clauses(number, first) if c.kind == "main"][:1]
            found = _subject(before[-1].words) if before else ()
            if not found or self._speaks_of_another(before[-1].words, pronoun.form):
                return None
            if len(found) > 1 or found[0].form not in IT | THEY:
                return self._fitting(found, pronoun.form)
            if (found[0].form in IT) != (pronoun.form in IT):
                return None
            at = found[0].start
        return None

    def _clauses(self, number: int, first: int) -> list[Clause]:
        """Return the clauses of a sentence, from a character on, that have a subject of their own, in order."""
        whole = self.indexed.sentences[number]
        if first <= whole.start:
            every = self.indexed.clauses_of(number)
        else:
            rest = self.indexed.between(first, whole.end)
            every = clauses(rest) if rest else ()
        own = [clause for clause in every if clause.kind not in {"coordinate", "participle"} and clause.finite]
        return [clause for clause in own if clause.words[0].tag not in RELATIVE_PRONOUN]

    def _speaks_of_another(self, words: Sequence[Word], form: str) -> bool:
        """Tell whether a clause reports what somebody says, or has the pronoun behind its verb, too: "ranked it". A
        possessive there is mostly the subject's own: "The firm has grown and changed its name".
        """
        at = words.index(_verb(words))
        kind = IT if form in IT else THEY
        another = any(word.form in kind and word.tag != "PRP$" for word in words[at:])
        return words[at].form in speech_verbs("report") or another

    def _fitting(self, words: Sequence[Word], form: str) -> Span | None:
        """Return the range of a subject that a pronoun can stand for."""
        head = head_of(words)
        if head is None or head.form in MEASURES_OF_TIME or any(word.tag == "PRP" for word in words):
            return None
        if words[0].form in _NONE or (form in IT and any(word.tag in {"POS", "PRP$"} for word in words)):
            return None  # of "Bonn’s bank" it may be either
        several = head.tag in PLURAL or any(word.form == "and" for word in words)
        if several is not (form in THEY) or (form in IT and self._person(head)):
            return None
        return Span(words[0].start, words[-1].end)

    def _person(self, head: Word) -> bool:
        """Tell whether a noun names or describes a person."""
        return describes_person([head]) or any(person.start <= head.start < person.end for person in self.persons)


def _verb(words: Sequence[Word]) -> Word:
    """Return the first finite verb of a clause that has one."""
    return next(word for word in words if word.tag in FINITE)


def _subject(words: Sequence[Word]) -> Sequence[Word]:
    """Return the noun phrase or pronoun before the first finite verb of a clause; nothing where it is no plain one."""
    start = 1 if words[0].form in SUBORDINATORS or words[0].tag == "WRB" else 0
    end = words.index(_verb(words))
    while start < end and not words[start].form[0].isalnum():
        start += 1  # the mark that opens a quotation
    while end > start and (words[end - 1].tag == "RB" or words[end - 1].form == ","):
        end -= 1
    commas = [i for i in range(start, end) if words[i].form == ","]
    if commas and (words[0].tag in _NO_SUBJECT or words[start].tag in _NO_SUBJECT):
        start = commas[-1] + 1
    elif commas:
        end = commas[0]  # "the bank, an heir of …, has": the words before what is said of it
    found = words[start:end]
    return found if found and _is_plain(found) else ()


def _is_plain(words: Sequence[Word]) -> bool:
    """Tell whether words are a noun phrase or a pronoun, and no more than that."""
    if len(words) > THRESHOLDS.subject_words or words[0].tag in _NO_SUBJECT:
        return False
    if any(word.tag in FINITE or word.tag in RELATIVE for word in words):
        return False
    marks = any(not word.form[0].isalnum() and word.form not in _INSIDE_NAMES for word in words)
    return not marks and (any(word.tag in NOUN for word in words) or (len(words) == 1 and words[0].tag == "PRP"))
