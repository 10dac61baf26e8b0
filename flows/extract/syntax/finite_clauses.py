"""Whether words are a clause: whether their finite verb is their own, or that of a clause inside that depends on them.

By counting: each word that makes a clause depend takes one finite verb; a clause has one more. No parser, as in
`flows.extract.syntax.clauses`.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.extract.syntax.sentences import NOUN_PHRASE, Word, has_finite
from flows.extract.syntax.tags import APOSTROPHES, FINITE, MEASURES_OF_TIME, NOUN, PARTICIPLE, RELATIVE, SUBORDINATORS

_COUNTED = FINITE | RELATIVE | {"PRP"}
_MAY_DEPEND = SUBORDINATORS | {"that"}
"""Tags, and words of other tags, of which alone it depends whether words are a clause."""
_DEPENDING = frozenset({"whether", "if", "because"})
_INDIRECT = frozenset({"how", "why"})
"""Words that open an indirect question and no clause beside the main one, as "when" does."""
_BEHIND_BARE_WHEN = frozenset({"IN", "VBG", "VBN"})
_BEFORE_AS = frozenset({"such", "well"})
_INSIDE = APOSTROPHES | frozenset('.$“”"')
"""Marks that may stand inside a subject: "after St. Kitts’ owner left"."""


def is_clause(words: Sequence[Word]) -> bool:
    """Tell whether words have a finite verb of their own, and not only one inside a relative or other dependent clause.

    "the man who left" has one verb and one word that makes it depend; "the man who left is back" has a second verb, and
    "the man who left and paid" has not: that goes on with the clause inside.
    """
    if _gerund(words) or (words[0].form in _INDIRECT and not has_verb_beside_clauses(words)):
        return False
    finite, depending = 0, int(_asks(words) or _contact_clause(words))
    for index, word in enumerate(words):
        if word.tag not in _COUNTED and word.form not in _MAY_DEPEND:
            continue
        if _is_verb(words, index):
            finite += not (0 < finite <= depending and _joined(words, index))
        elif _is_subject(word) and _opens_contact_clause(words, index):
            depending += 1
        elif _bare(words, index):
            continue
        elif word.tag in RELATIVE or (index and (_subordinates(words, index) or _opens_that_clause(word))):
            depending += 1
            if finite > depending - 1:
                return True
    return finite > depending


def makes_depend(word: Word) -> bool:
    """Tell whether a word makes the clause that it opens depend on another: a relative word or a subordinator."""
    return word.tag in RELATIVE or word.form in SUBORDINATORS


def has_verb_beside_clauses(words: Sequence[Word]) -> bool:
    """Tell whether words from a relative word on have a verb more than clauses inside them take: "who paid [was] hard",
    and not "how he slept and dreamt".

    Verbs that are joined to another without a mark, or whose subject is a pronoun, are of a clause inside: "who paid
    and [left]", "why he slept and the dog [barked]".
    """
    inside = sum(makes_depend(word) or _opens_that_clause(word) for i, word in enumerate(words) if not _bare(words, i))
    finite, joined = 0, False
    for index, word in enumerate(words):
        before = words[index - 1] if index else word
        own = before.tag == "PRP" and not (index > 1 and makes_depend(words[index - 2]))
        if _is_verb(words, index):
            finite += not joined and not own
            joined = False
        elif word.tag == "CC" or word.form == ",":
            joined = word.tag == "CC" and finite > 0
    return finite > inside


def _joined(words: Sequence[Word], index: int) -> bool:
    """Tell whether a coordinator stands before a verb, adverbs passed over: "and never [paid]"."""
    before = next((word for word in reversed(words[:index]) if word.tag != "RB"), words[index])
    return before.tag == "CC"


def _is_verb(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word is a finite verb: of "who’s" the mark may have the verb's tag, too."""
    if words[index].tag not in FINITE:
        return False
    return words[index].form not in APOSTROPHES or all(word.tag not in FINITE for word in words[index + 1 : index + 2])


def _gerund(words: Sequence[Word]) -> bool:
    """Tell whether words open with a gerund, and have a verb in a relative clause only: "meeting the men who paid"."""
    if words[0].tag != "VBG":
        return False
    opened = next((i for i, word in enumerate(words) if word.tag in RELATIVE), len(words))
    behind = words[opened:]
    goes_on = any(a.form == "," or {a.tag, b.tag} <= FINITE for a, b in pairwise(behind))
    return not (has_finite(words[:opened]) or goes_on or has_verb_beside_clauses(behind))


def _bare(words: Sequence[Word], index: int) -> bool:
    """Tell whether a relative word opens what no finite verb belongs to: "[when] to stop", "[when] on the road"."""
    if words[index].tag not in RELATIVE or index + 1 == len(words):
        return False
    following = words[index + 1]
    return following.tag == "TO" or (words[index].form == "when" and following.tag in _BEHIND_BARE_WHEN)


def _asks(words: Sequence[Word]) -> bool:
    """Tell whether words open with what makes a clause depend whatever follows: "whether", "because", "if he".

    Other subordinators may be prepositions or adverbs at the head of a sentence: "Since May …", "Once the mill …".
    """
    passive = len(words) > 1 and words[1].tag in {"VBN", "JJ", "RB"}  # "If asked, he would leave"
    return bool(words) and words[0].form in _DEPENDING and not passive


def _is_subject(word: Word) -> bool:
    """Tell whether a word is a pronoun that can be a subject: "the board itself" is one noun phrase."""
    return word.tag == "PRP" and not word.form.endswith(("self", "selves"))


def _contact_clause(words: Sequence[Word]) -> bool:
    """Tell whether words open with a noun and what is said of it without "that": "the treatment he has received"."""
    if not words or words[0].tag not in {"DT", "PRP$"}:
        return False
    at = next((i for i, word in enumerate(words) if word.tag not in NOUN_PHRASE and word.form != "of"), len(words))
    if not 1 < at < len(words) - 1 or not _is_subject(words[at]) or words[at - 1].tag not in NOUN:
        return False
    verb = words[at + 1].tag in FINITE or words[at + 1].tag == "RB"
    return verb and words[at - 1].form not in MEASURES_OF_TIME


def _opens_contact_clause(words: Sequence[Word], index: int) -> bool:
    """Tell whether a pronoun opens what is said of the noun before it without "that": "to show papers they have"."""
    if not 0 < index < len(words) - 1 or words[index + 1].tag not in FINITE:
        return False
    if makes_depend(words[0]):
        return False  # "If prices rise in towns they will move"
    noun = words[index - 1]
    verbal = any(
        word.tag == "TO" or (word.tag.startswith("VB") and not (word.tag in PARTICIPLE and following.tag in NOUN))
        for word, following in pairwise(words[:index])
    )  # "In a televised speech he said": it describes the noun
    return verbal and noun.tag in {"NN", "NNS"} and noun.form not in MEASURES_OF_TIME


def _subordinates(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word makes the clause behind it depend: one with a subject and a finite verb, and no mark or other
    clause before that. "after leaving", "until October" and "if true" have none.
    """
    form, before = words[index].form, words[index - 1]
    following = words[index + 1] if index + 1 < len(words) else None
    if form not in SUBORDINATORS or following is None or following.tag == ("CD" if form == "as" else "VBG"):
        return False  # "as many as 40 men left" has one verb, and it is its own
    if form == "as" and (before.form in _BEFORE_AS or (before.tag == "VBN" and following.tag != "PRP")):
        return False
    for at, word in enumerate(words[index + 1 :]):
        mark = not word.form[0].isalnum() and word.form not in _INSIDE and word.tag != "HYPH"
        if word.tag in FINITE or mark or makes_depend(word):
            return at > 0 and word.tag in FINITE  # "The staff soon after told her" has one verb, and it is its own
    return False


def _opens_that_clause(word: Word) -> bool:
    """Tell whether a "that" behind other words opens a clause that depends on them, a noun, a participle or an
    adjective: "papers showing, for example, that …", "afraid that …".
    """
    return word.form == "that" and word.tag in {"IN", "WDT"}
