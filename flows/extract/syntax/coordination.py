"""What a coordinator joins: whole clauses, predicates that share a subject, or less than that."""

from collections.abc import Sequence
from itertools import pairwise

from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.sentences import CLOSERS, Word, speech_verbs
from flows.extract.syntax.tags import COMPLEMENTISERS, DASHES, FINITE, NOMINAL, OF_MANY, SUBORDINATORS
from flows.lexicons import word_list

IN_NOUN_PHRASE = NOMINAL | {
    "JJ", "JJR", "JJS", "PRP$", "POS", "PDT", "RB", "IN", "TO", "HYPH", "''", "``", "$", "VBN", "VBG",
}  # fmt: skip
_COLLECTIVE = word_list("collective_nouns")
_NO_INFINITIVE = frozenset({"am", "are", "m", "re"})
_PASSIVE = frozenset({"be", "been", "is", "was", "are", "were"})
_SELDOM = frozenset({"or", "yet"})
_ONE_FORM = word_list("verbs_of_one_form")
_TIMES = word_list("measures_of_time") | word_list("months") | word_list("weekdays") | {"date", "today", "yesterday"}
_IN_TIME = frozenset({"CD", "DT", "JJ", "NN", "NNP", "NNS"})
"""Tags of words that say when, behind a preposition: "in early May"."""
_ALSO_OF_TIME = frozenset({"after", "before", "since", "then"})
"""Words tagged as subordinators are that say when, alone or before a time: "and [soon after] left"."""
_OPENS_NO_TIME = SUBORDINATORS - _ALSO_OF_TIME
_OPENS_SUBJECT = COMPLEMENTISERS | {"than", "sure"}
"""Words that a subject follows: "make sure [men and women] are …"."""
_LISTED = frozenset({"NNP", "NNS"})
_SINGULAR = frozenset({"NN", "CC", "DT", "JJ", "NNP", "PRP$"})


def coordination(sentence: Sequence[Word], index: int, so_far: Sequence[Word]) -> str | None:
    """Tell whether the coordinator at a place joins clauses ("main"), predicates ("coordinate"), or less (None).

    so_far: the words of the clause before it.
    """
    finite = [i for i, word in enumerate(so_far) if word.tag in FINITE]
    if not finite or any(word.form == "that" for word in so_far[finite[-1] :]):
        return None  # "warns that any reduction or repositioning would …" joins nouns
    if sentence[index].form == "nor" and _inverted(sentence, index + 1):
        return "main"
    if starts_predicate(sentence, index + 1) or _timed_predicate(sentence, index + 1):
        if _describes(sentence, index):
            return None
        if _waits_for_verb(so_far, finite) or _goes_on(sentence, index, so_far):
            return None
        if _in_that_clause(sentence, index, so_far, finite):
            return None
        if sentence[index].form == "and" and _ends_list(so_far):
            return None
        if sentence[index].form == "yet" and sentence[index - 1].form != ",":
            return None  # "that none has paid yet surely tells"
        long_enough = len(sentence) - index > LIMITS.coordinate_words
        return "coordinate" if long_enough and not _shares_object(sentence, index, so_far) else None
    return "main" if _opens_clause(sentence, index) and not _of_more(sentence, index) else None


def _inverted(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a verb and its subject behind it stand at a place: "nor [did she] testify"."""
    verb, subject = sentence[index : index + 1], sentence[index + 1 : index + 2]
    return bool(subject) and verb[0].tag in FINITE and (subject[0].tag in NOMINAL or subject[0].tag in {"DT", "PRP$"})


def _timed_predicate(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a predicate starts behind words that say when: "and [in 1999] became", "and [soon after] left"."""
    at = index
    while at < len(sentence) and sentence[at].tag == "RB":
        at += 1
    if at >= len(sentence) - 1 or sentence[at].tag not in {"IN", "TO"} or sentence[at].form in _OPENS_NO_TIME:
        return False
    end = next((i for i in range(at + 1, len(sentence)) if sentence[i].tag not in _IN_TIME), len(sentence))
    if end == len(sentence) or sentence[end].tag not in FINITE:
        return False
    if end == at + 1:
        return sentence[at].form in _ALSO_OF_TIME
    last = sentence[end - 1]
    return last.tag == "CD" or last.form in _TIMES


def _describes(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether what looks like a verb is a participle before a noun, as the word before the coordinator is: "its
    most loved and [celebrated] works".
    """
    if index < 2 or index + 2 >= len(sentence) or sentence[index + 1].tag != "VBD":
        return False
    alike = sentence[index - 1].tag in {"VBN", "JJ"} and sentence[index - 2].tag in {"RBS", "PRP$", "POS", "DT"}
    return alike and sentence[index + 2].tag in {"NN", "NNS"}


def _waits_for_verb(so_far: Sequence[Word], finite: Sequence[int]) -> bool:
    """Tell whether all verbs so far are inside the subject: "the news that he had paid and meant to stay came late"."""
    opened = next((i for i, word in enumerate(so_far) if i and _opens_in_subject(so_far[i - 1], word)), len(so_far))
    if opened > finite[0]:
        return False
    joints = ({",", "and", "or"} & {word.form for word in so_far[a:b]} for a, b in pairwise(finite))
    return all(joints)  # "the man who left died": the second verb is the one that was waited for


def _ends_list(so_far: Sequence[Word]) -> bool:
    """Tell whether the predicate before a coordinator is one of several, as a comma before its verb tells: "They met,
    sang and [left]".
    """
    at = next((i for i in range(len(so_far) - 1, 0, -1) if so_far[i].tag in FINITE), 0)
    return at > 1 and so_far[at - 1].form == "," and any(word.tag in FINITE for word in so_far[: at - 1])


def _in_that_clause(sentence: Sequence[Word], index: int, so_far: Sequence[Word], finite: Sequence[int]) -> bool:
    """Tell whether a predicate goes on with one inside a clause that "that" opens, no mark between: "So rare that towns
    sold them and [left] the rest". Who says that something is mostly does another thing, too: "said that it failed and
    left".
    """
    opened = any(word.form == "that" and word.tag == "IN" for word in so_far[finite[0] + 1 : finite[-1]])
    return opened and sentence[index - 1].form != "," and so_far[finite[0]].form not in speech_verbs("report")


def _opens_in_subject(before: Word, word: Word) -> bool:
    return before.tag in NOMINAL and word.form in {"that", "who", "which"} and word.tag in {"IN", "WDT", "WP"}


def _goes_on(sentence: Sequence[Word], index: int, so_far: Sequence[Word]) -> bool:
    """Tell whether the verb behind a coordinator goes on with one before it that is not finite, whatever its tag: "to
    meet and have a vigil", "was arrested in May and charged with".
    """
    verbs = [word for word in so_far if word.tag.startswith("VB") or word.tag == "MD"]
    word, following = sentence[index + 1 : index + 3] if index + 2 < len(sentence) else (sentence[index], None)
    if verbs[-1].tag == "VB":
        joined = sentence[index].form in {"and", "or"}
        return joined and word.tag == "VBP" and word.form not in _NO_INFINITIVE
    passive = len(verbs) > 1 and verbs[-1].tag == "VBN" and verbs[-2].form in _PASSIVE and verbs[-2].tag in FINITE
    governed = following is not None and (following.form == "by" or (passive and following.tag in {"IN", "TO"}))
    return governed and word.tag == "VBD" and word.form.endswith("ed") and any(v.form in _PASSIVE for v in verbs)


def _shares_object(sentence: Sequence[Word], index: int, so_far: Sequence[Word]) -> bool:
    """Tell whether two verbs have one object: "he shot and killed the guard", "met with — and thanked — the guard"."""
    last = len(so_far)
    while last and (so_far[last - 1].form in CLOSERS or so_far[last - 1].form in DASHES):
        last -= 1
    if not last or sentence[index + 1].tag not in FINITE:
        return False
    before = so_far[last - 1]
    if before.tag == "VB" and sentence[index + 1].form in _ONE_FORM:
        return True  # "asks to review and set aside"
    return before.tag in {"IN", "TO"} or (before.tag in FINITE - {"MD"} and last == len(so_far))


def _of_more(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a coordinator stands in "more and more", which is one word."""
    around = sentence[index - 1], sentence[index + 1] if index + 1 < len(sentence) else sentence[index]
    return around[0].tag in {"JJR", "RBR"} and around[0].form == around[1].form


def _opens_clause(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a subject and its verb follow a coordinator; "or" and "yet" join clauses behind a comma only."""
    if sentence[index].form in _SELDOM and sentence[index - 1].form != ",":
        return False  # "the first or even second time he has …"
    seen_nominal = passed = False
    for place in range(index + 1, len(sentence)):
        word = sentence[place]
        if word.tag in FINITE:
            one = _of_one_subject(sentence, index, place) or _of_a_noun(sentence[index + 1 : place])
            return seen_nominal and not one
        if word.form == "and" and _of_more(sentence, place):
            continue
        if word.form == "and" and seen_nominal and not passed:
            if any(w.tag == "PRP" for w in sentence[place + 1 : place + 2]) and _has_phrase(sentence[index:place]):
                return False  # "joins towns and cities in this fight and I will …": the later one opens a clause
            passed, seen_nominal = True, False  # "and Ana and Berta slept": two are the subject
            continue
        if word.tag not in IN_NOUN_PHRASE or word.form in SUBORDINATORS:
            return False
        if word.form == "that" and not seen_nominal and place > index + 1:
            return False  # "relieved and thankful that the vote failed": who is thankful is no subject of "failed"
        seen_nominal = seen_nominal or word.tag in NOMINAL
    return False


def _of_a_noun(words: Sequence[Word]) -> bool:
    """Tell whether words end in a noun and the pronoun of what is said of it: "and [parts of boats they] sold"."""
    if len(words) < 2 or words[0].tag in {"IN", "RB"} or words[-1].tag != "PRP":
        return False
    return words[-2].tag in {"NN", "NNS"} and words[-2].form not in _TIMES


def _has_phrase(words: Sequence[Word]) -> bool:
    return any(word.tag == "IN" for word in words)


def _of_one_subject(sentence: Sequence[Word], index: int, verb: int) -> bool:
    """Tell whether what stands on both sides of a coordinator is the subject of a verb: "the week the mayor and owner
    have met", "that men and women are", "after a fault in Rome, Oslo and Bonn cut the line", "work with state, local
    and federal judges has".
    """
    between = sentence[index + 1 : verb]
    single = (
        between[-1].tag == "NN" and between[-1].form not in _COLLECTIVE and all(w.tag in _SINGULAR for w in between)
    )
    plural = sentence[verb].form in OF_MANY and single
    alike = sentence[index - 1].tag
    listed = index > 2 and sentence[index - 2].form == "," and alike == sentence[index - 3].tag in _LISTED
    names = index > 3 and sentence[index - 1].form == sentence[index - 3].form == ","  # "Aas, Moe, and Lund were"
    names = names and all(word.tag == "NNP" for word in (sentence[index - 2], sentence[index - 4], *between))
    plural = plural or (names and sentence[verb].form in OF_MANY)
    described = index > 2 and sentence[index - 2].form == "," and alike == between[0].tag == "JJ"
    opened = index > 1 and sentence[index - 2].form in _OPENS_SUBJECT
    bare = opened and len(between) == 1 and alike == between[0].tag == "NNS"
    return plural or described or bare or (listed and all(word.tag == alike for word in between))


def starts_predicate(sentence: Sequence[Word], index: int) -> bool:
    """Tell whether a predicate starts at a place: a finite verb, adverbs before it passed over."""
    for word in sentence[index : index + 4]:
        if word.tag in FINITE:
            return True
        if word.tag != "RB":
            return False
    return False
