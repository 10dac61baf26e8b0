"""Sentences cut into clauses, one proposition each, from part-of-speech tags and punctuation.

No parser: a clause begins at a coordinator or semicolon with a finite verb of its own behind it, at a
relative word after a comma (at "when" and "where" also without one), at a subordinator with a finite verb,
and at a participle after a comma; an insertion ends where the clause that it interrupts finds its verb. The
method is the clause segmentation of the CoNLL-2001 shared task in its rule form, on Penn Treebank tags.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.extract.syntax.assembled_clauses import OWN_RANK, Clause, assembled
from flows.extract.syntax.coordination import coordination, starts_predicate
from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.sentences import CLOSERS, Word, has_finite
from flows.extract.syntax.tags import (
    COORDINATORS,
    DASHES,
    FINITE,
    MEASURES_OF_TIME,
    NOMINAL,
    NOUN,
    PARTICIPLE,
    RELATIVE,
    SUBORDINATORS,
)
from flows.lexicons import word_list

_BREAKS = CLOSERS | DASHES | {",", "(", ";"}
_JOINTS = COORDINATORS | SUBORDINATORS
_TEMPORAL = frozenset({"after", "before", "since", "when"})
_QUANTIFIED = frozenset({"many", "much", "few", "little"})
_PREPOSITIONAL = word_list("prepositional_participles")


def clauses(sentence: Sequence[Word]) -> list[Clause]:
    """Return the clauses of one sentence, in the order in which they begin."""
    starts = _cuts(sentence)
    pieces = [
        (list(sentence[start:end]), kind)
        for (start, kind), end in zip(starts, [s for s, _ in starts[1:]] + [len(sentence)], strict=True)
    ]
    return assembled(sentence, pieces)


def _cuts(sentence: Sequence[Word]) -> list[tuple[int, str]]:
    """Return where a clause begins (index, kind); "resume" where the clause before an insertion goes on."""
    cuts: list[tuple[int, str]] = [(0, "subordinate" if _opens_subordinate(sentence) else "main")]
    for index, (before, word) in enumerate(pairwise(sentence), 1):
        # most words stand behind no mark and open nothing: no rule of _kind_of_cut is theirs
        opened = before.form in _BREAKS or (before.form in COORDINATORS and word.tag in RELATIVE)
        if not opened and word.form not in _JOINTS and word.form != "following":
            continue
        kind = _kind_of_cut(sentence, index, cuts[-1])
        if kind:
            cuts.append((index, kind))
    return cuts


def _opens_subordinate(sentence: Sequence[Word]) -> bool:
    counts = sentence[0].form == "as" and any(word.form in _QUANTIFIED for word in sentence[1:2])
    if sentence[0].form not in SUBORDINATORS or counts:
        return False  # "As many as 40 men left"
    comma = next((i for i, w in enumerate(sentence) if w.form == ","), 0)
    verb = next((i for i, w in enumerate(sentence[:comma]) if w.tag in FINITE or w.tag == "VBG"), 0)
    phrase = any(before.tag in NOUN and word.tag == "PRP" for before, word in pairwise(sentence[1:verb]))
    return verb > 0 and not phrase  # "Since the vote they have …" has a preposition


def _kind_of_cut(sentence: Sequence[Word], index: int, current: tuple[int, str]) -> str | None:
    """Return the kind of the clause that begins at a word, None where none does: the first rule that answers."""
    start, _ = current
    word, so_far = sentence[index], sentence[start:index]
    mark = _mark_before(sentence, index)
    after_mark = mark in {",", "("} or mark in DASHES
    if mark == ";":
        return "main"
    if word.tag == "WRB" and sentence[index - 1].form in {"is", "was"}:
        return None  # "A draw is when nobody wins"
    if after_mark and (ended := _end_of_insertion(sentence, index, current)):
        return ended
    if _opens_relative(sentence, index, so_far, after_mark):
        return "relative"
    if word.form in COORDINATORS and word.tag in {"CC", "RB", "IN"}:
        waits = current[1] == "relative" and not has_finite(sentence[:start])  # "Aas, who slept and dreamt, left"
        opened = coordination(sentence, index, so_far)
        inside = current[1] == "subordinate" and opened == "main" and mark != ","  # "if it rains and [towns flood]"
        return None if waits or inside else opened
    if word.form in SUBORDINATORS and (opened := _subordination(sentence, index, so_far, after_mark)):
        return opened
    return _participle(sentence, index, so_far, after_mark) if word.tag in PARTICIPLE else None


def _end_of_insertion(sentence: Sequence[Word], index: int, current: tuple[int, str]) -> str | None:
    """Return what goes on behind the mark that ends a clause before the main one ("main") or inside it ("resume")."""
    start, kind = current
    so_far = sentence[start:index]
    if kind in OWN_RANK | {"resume"} or len(so_far) <= LIMITS.insertion_words:
        return None
    if kind == "subordinate" and start == 0:
        return "main" if not _opens_another(sentence[index]) and _has_verb(so_far) else None
    whole = kind == "participle" or (kind == "relative" and has_finite(so_far))
    goes_on = starts_predicate(sentence, index) or (whole and _fronted(sentence, start))
    return "resume" if goes_on else None


def _opens_relative(sentence: Sequence[Word], index: int, so_far: Sequence[Word], after_mark: bool) -> bool:
    """Tell whether a relative clause begins: behind a mark, or at "when" and "where" behind a whole clause."""
    word = sentence[index]
    if word.tag not in RELATIVE or word.form in {"that", "what"}:
        return False
    if word.tag == "WRB" and index + 1 < len(sentence) and sentence[index + 1].tag in PARTICIPLE:
        return False  # "few rest when sailing, but Aas has slept"
    joined = index > 1 and sentence[index - 1].form in COORDINATORS and sentence[index - 2].form == ","
    opens = after_mark or joined or (word.form in {"when", "where"} and has_finite(so_far))
    return opens and _finite_ahead(sentence, index)


def _subordination(sentence: Sequence[Word], index: int, so_far: Sequence[Word], after_mark: bool) -> str | None:
    """Tell whether a subordinator opens a clause with a finite verb of its own."""
    word = sentence[index]
    if word.form in {"while", "whereas", "although"} and after_mark and _finite_ahead(sentence, index):
        return "subordinate"
    if word.tag not in {"IN", "WRB"} or not has_finite(so_far) or (word.form == "as" and not after_mark):
        return None
    return "subordinate" if _finite_near(sentence, index) and not measured_from(so_far[-1], word) else None


def measured_from(before: Word, word: Word) -> bool:
    """Tell whether a word opens what a time before it is counted from: "two days after the vote failed"."""
    return before.form in MEASURES_OF_TIME and word.form in _TEMPORAL


def _fronted(sentence: Sequence[Word], start: int) -> bool:
    """Tell whether what stands before an insertion still waits for its subject and verb: "In a letter, published
    …, he".
    """
    first = sentence[1] if sentence[0].tag == "CC" else sentence[0]
    return not has_finite(sentence[:start]) and first.tag == "IN"


def _participle(sentence: Sequence[Word], index: int, so_far: Sequence[Word], after_mark: bool) -> str | None:
    """Tell whether a participle begins a clause here: after a whole clause, or inside one that goes on behind it."""
    word = sentence[index]
    following = word.form == "following"
    if not (after_mark or following) or word.form in _PREPOSITIONAL or not _has_nominal(so_far):
        return None
    length = _length_to_mark(sentence, index)
    if has_finite(so_far):
        whole = after_mark and length >= LIMITS.insertion_words and not has_finite(sentence[index : index + length])
        return "participle" if whole or following else None  # a gerund that has a verb behind it is its subject
    end = index + length + 1
    while end < len(sentence) and sentence[end].form in CLOSERS:
        end += 1
    return "participle" if after_mark and end < len(sentence) and has_finite(sentence[end:]) else None


def _dash(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a mark is a dash between clauses and not the hyphen of a compound."""
    if sentence[index].form not in DASHES:
        return False
    return sentence[index].form != "-" or (index > 0 and sentence[index - 1].end < sentence[index].start)


def _mark_before(sentence: Sequence[Word], index: int) -> str:
    """Return the mark in front of a word, closing quotation marks passed over."""
    index -= 1
    first = max(0, index - LIMITS.closing_marks)
    while index > first and sentence[index].form in CLOSERS:
        index -= 1
    return "–" if _dash(sentence, index) else "" if sentence[index].form == "-" else sentence[index].form


def _opens_another(word: Word) -> bool:
    return word.tag in RELATIVE or word.tag in PARTICIPLE or word.form in _JOINTS


def _has_verb(words: Sequence[Word]) -> bool:
    return has_finite(words) or any(w.tag in PARTICIPLE for w in words)


def _has_nominal(words: Sequence[Word]) -> bool:
    return any(w.tag in NOMINAL for w in words)


def _finite_ahead(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a finite verb follows anywhere behind in this half of the sentence."""
    for word in sentence[index + 1 :]:
        if word.tag in FINITE or word.form == ";":
            return word.tag in FINITE
    return False


def _finite_near(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a finite verb follows before another clause can begin."""
    for at, word in enumerate(sentence[index + 1 :], index + 1):
        if word.tag in FINITE or word.form in {",", ";", "but"} or word.tag in RELATIVE:
            return word.tag in FINITE
        if word.form == "and" and starts_predicate(sentence, at + 1):
            return False  # "third after Ana Berg and also won in Bonn": who was third won
    return False


def _length_to_mark(sentence: Sequence[Word], index: int) -> int:
    for end in range(index, len(sentence)):
        form = sentence[end].form
        if form in {",", ";", "."} or (form in DASHES and _dash(sentence, end)):
            return end - index
    return len(sentence) - index
