"""The quality of rows: what is a sentence is rated above what is none, and half sentences are no rows."""

import pytest

from flows.extract.claims.statements.content_words import Part
from flows.extract.claims.statements.references import Said
from flows.extract.claims.statements.statement_quality import Around, Rated, is_fragment, quality
from flows.extract.claims.statements.statement_writer import Statement
from flows.extract.syntax.finite_clauses import is_clause
from flows.spans import Span
from schemas.vocabularies import Attribution as Voice
from schemas.vocabularies import StatementPart
from tests.builders.tagged_text import words


def rated(written: str, voice: Voice, sentence: bool = True, confidence: float = 0.8) -> Rated:
    said = words(written)
    part = Part(said[0].start, said[-1].end, StatementPart.VERBATIM)
    return Rated(Statement([part], sentence, said, is_clause(said)), Said([Span(0, 1)]), voice, confidence, 1)


CLAUSE = "the/DT dam/NN leaks/VBZ at/IN the/DT northern/JJ gate/NN"
PHRASE = "the/DT old/JJ dam/NN"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (rated(CLAUSE, Voice.INDIRECT), rated(PHRASE, Voice.INDIRECT, sentence=False)),
        (rated(CLAUSE, Voice.INDIRECT, confidence=0.9), rated(CLAUSE, Voice.INDIRECT, confidence=0.3)),
        (rated(CLAUSE, Voice.INDIRECT), rated(CLAUSE + " of/IN", Voice.INDIRECT)),
    ],
)
def test_a_sentence_that_was_surely_found_is_rated_above_a_piece(better, worse):
    assert 0 < quality(worse) < quality(better) < 1


@pytest.mark.parametrize(
    ("whole", "open_"),
    [
        ("[Mira Aas] paid the whole sum in May", "She paid the whole sum in May"),
        ("[The northern dam] needs a new gate", "It needs a new gate"),
        ("The council will repair the dam in May", "That is great"),
    ],
)
def test_a_statement_that_tells_whom_it_is_about_is_rated_above_a_pronoun_and_a_bare_evaluation(whole, open_):
    row = rated(CLAUSE, Voice.DIRECT)
    assert quality(row._replace(rendered=open_)) < quality(row._replace(rendered=whole))


STOP, NOUN, VERB, WAS, NAMED = (
    words(written)[0] for written in ("./.", "gate/NN", "broke/VBD", "was/VBD", "named/VBN")
)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Around(after=STOP), Around(after=NOUN)),  # cut before its last noun
        (Around(after=NOUN), Around(after=VERB)),  # the subject of what follows
        (Around(before=None), Around(before=NOUN)),  # cut behind its first noun
        (Around(cue=[VERB]), Around(cue=[WAS, NAMED])),  # "was named head of the dam": no statement of anybody's
    ],
)
def test_a_row_that_ends_where_its_sentence_does_is_rated_above_one_that_is_cut(better, worse):
    row = rated(CLAUSE, Voice.INDIRECT)
    assert quality(row._replace(around=worse)) < quality(row._replace(around=better))


def test_the_publishers_half_sentence_is_a_fragment_and_a_question_is_none():
    assert is_fragment(rated("came/VBD to/TO 15/CD million/CD euros/NNS", Voice.NARRATED))
    assert not is_fragment(rated("is/VBZ the/DT dam/NN safe/JJ ?/.", Voice.NARRATED))
    assert not is_fragment(rated(CLAUSE, Voice.NARRATED))
    noun = rated("a/DT dam/NN that/WDT cost/VBD 15/CD million/CD euros/NNS", Voice.NARRATED)
    assert is_fragment(noun)
    assert not is_fragment(noun._replace(around=Around(after=STOP)))  # whose verb no rule saw, mostly


def test_a_report_of_a_verb_without_a_subject_is_a_fragment_unless_it_may_be_a_name():
    assert is_fragment(rated("raises/VBZ many/JJ red/JJ flags/NNS", Voice.INDIRECT))
    assert not is_fragment(rated("IS/VBZ wants/VBZ 40/CD euros/NNS", Voice.INDIRECT))
    assert not is_fragment(rated("raises/VBZ many/JJ red/JJ flags/NNS", Voice.DIRECT))
