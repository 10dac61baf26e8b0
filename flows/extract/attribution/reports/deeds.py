"""Contents that only name what their source does something to: "[Lake signed] the bill", "[Lake sounded] tired".

Annotators of attributions mark them, so they are rows with a source and a cue. But nobody is on record with such a
statement but the publisher, who tells of a deed; only words of speech and of stance put their source on record:
"[Lake praised] the bill".
"""

from collections.abc import Sequence
from functools import cache

from flows.extract.syntax.sentences import Word, speech_verbs
from flows.extract.syntax.tags import RELATIVE, SUBORDINATORS
from flows.lexicons import column, of_kind, word_list
from flows.lexicons.stems import inflected_stems, stem

_IMPRESSIONS = word_list("adverbs_of_seeming")
_OPENS_PHRASE = frozenset({"DT", "PRP$", "JJ", "NN", "NNS"})
PREDICATE = frozenset({"VB", "VBD", "VBP", "VBZ", "MD", "TO"})
"""Tags of a verb that is no participle, and of what stands before one."""


def is_deed(cue: Sequence[Word], content: Sequence[Word]) -> bool:
    """Tell whether a content in the publisher's words has no predicate of its own, and its cue is a verb of doing.

    A form of `be` with a noun or an adjective may be a stance: "is confident of". What somebody seems to do is the
    publisher's impression, "[Lake appears] to have sold the mill", and what he reportedly does is somebody else's.
    """
    if _only_seems(cue) or _only_hears(cue) or _is_impression(cue):
        return True
    if not any(word.tag.startswith("VB") for word in cue) or any(_on_record(word.form) for word in cue):
        return False
    described = any(word.tag[:2] in {"JJ", "NN"} for word in cue) and any(_is_be(word.form) for word in cue)
    if described:
        return False
    return _hearsay(cue) or not any(word.tag in PREDICATE for word in _before_clauses(content))


def _before_clauses(content: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a noun phrase before what is said of it; all words of a clause: "the rise of a style [that
    became a form]".
    """
    phrase = content[0].tag in _OPENS_PHRASE
    opened = (at for at, word in enumerate(content) if word.tag in RELATIVE or (at and word.form in SUBORDINATORS))
    return content[: next(opened, len(content))] if phrase else content


def _is_be(form: str) -> bool:
    return form in word_list("forms_of_be")


def _hearsay(cue: Sequence[Word]) -> bool:
    return any(word.form in word_list("hearsay_adverbs") for word in cue)


def _only_seems(cue: Sequence[Word]) -> bool:
    verbs = [word.form for word in cue if word.tag.startswith("VB")]
    seems = any(stem(form) in {"seem", "appear"} for form in verbs)
    return seems and not any(form in speech_verbs("report", "announcement") or stem(form) in _acts() for form in verbs)


def _is_impression(cue: Sequence[Word]) -> bool:
    """Tell whether a cue is only how something looks to the publisher: "[Lake is seemingly] investing in mills"."""
    plain = [word for word in cue if not _is_be(word.form)]
    return bool(plain) and all(word.form in _IMPRESSIONS for word in plain)


def _only_hears(cue: Sequence[Word]) -> bool:
    """Tell whether a source learns what others say: "[Lake learned] that the mill leaks"."""
    verbs = [word.form for word in cue if word.tag.startswith("VB")]
    return bool(verbs) and all(form in word_list("verbs_of_hearing") for form in verbs)


def _on_record(form: str) -> bool:
    return form in _speech_and_stance() or stem(form) in _acts()


@cache
def _speech_and_stance() -> frozenset[str]:
    """Return the words of speech and of stance, of whatever kind, without those that also name deeds ("quashed")."""
    stances = frozenset(column("stance", "word", "kind")) - of_kind("stance", "deeds") - of_kind("stance", "takes_back")
    return frozenset(column("speech_words", "word", "kind")) | stances


@cache
def _acts() -> frozenset[str]:
    return frozenset().union(*map(inflected_stems, word_list("speech_acts")))
