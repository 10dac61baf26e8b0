"""Whose words a passive cue reports: not those of who "was accused of", but of who "was quoted as saying"."""

from collections.abc import Sequence

from flows.extract.syntax.antecedents import noun_phrase_before
from flows.extract.syntax.sentences import Word, speech_verbs
from flows.lexicons import word_list
from flows.spans import Span

_BE = word_list("forms_of_be")
_QUOTED = frozenset({"quoted", "cited"})
_OF_OTHERS = (word_list("said_of_subjects") | speech_verbs("report")) - _QUOTED
"""Participles of what others say of a subject: "is said", "was described", "were accused"."""


def source_of_passive(sentence: Sequence[Word], cue: tuple[int, int], source: Span) -> Span | None:
    """Return who speaks where a cue is passive, else the source as it is; None where nobody is named for it.

    sentence: the words of the cue's sentence; cue: a half-open run of them.
    """
    first, last = cue
    participle = _participle(sentence[first:last])
    if participle in _QUOTED and sentence[last : last + 1] and sentence[last].form == "by":
        quoted = noun_phrase_before(sentence, first)
        behind = source.start >= sentence[last].start
        return Span(quoted[0].start, quoted[-1].end) if behind and quoted else source
    of_others = participle in _OF_OTHERS and source.end <= sentence[first].start
    return None if of_others else source


def _participle(cue: Sequence[Word]) -> str:
    """Return the participle of a passive cue, adverbs between it and its auxiliary; nothing where it is active."""
    at = next((at for at, word in enumerate(cue) if word.tag == "VBN" and word.form not in _BE), 0)
    before = [word for word in cue[:at] if word.tag != "RB"]
    return cue[at].form if before and before[-1].form in _BE else ""
