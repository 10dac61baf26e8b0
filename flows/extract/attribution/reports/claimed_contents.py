"""Contents that can be true or false as a whole, so that a speaker can deny or take them back: "the claim that …"."""

from collections.abc import Sequence

from flows.extract.attribution.reports.stance_words import has, is_negated, kinds_of
from flows.extract.syntax.limits import LIMITS
from flows.extract.syntax.sentences import NOUN_PHRASE, Word, has_finite
from flows.extract.syntax.tags import FINITE, RELATIVE
from flows.lexicons import word_list

_CLAIM_NOUNS = word_list("claim_nouns")
_CLAIM_NOUNS_BEFORE_THAT = word_list("claim_nouns_before_that")
_ASKED = word_list("question_words")
_BEFORE_TOPIC = frozenset({"of", "about", "to", "on"})
_TAKEN_BACK = word_list("taken_back_nouns")
_DETERMINERS = word_list("determiners")
_SAY = word_list("forms_of_say")
_GENITIVE = frozenset({"s", "'s", "’s"})
_BE = frozenset({"is", "was", "were", "be", "being", "been", "'s", "’s"})


def is_claim(content: Sequence[Word], taken_back: bool = False) -> bool:
    """Tell whether a content is what can be true: a clause with "that", or a noun for what somebody claims.

    taken_back: whether nouns count of which one says that somebody takes them back: "testimony", "remark".
    """
    start = _behind_genitive(content)
    while start < len(content) - 1 and (content[start].form in _DETERMINERS or content[start].tag.startswith("JJ")):
        start += 1
    clause = content[0].form == "that" and content[0].tag == "IN"
    before_that = start + 1 < len(content) and content[start + 1].form == "that"
    return (
        clause
        or content[start].form in _CLAIM_NOUNS
        or (taken_back and content[start].form in _TAKEN_BACK)
        or (before_that and content[start].form in _CLAIM_NOUNS_BEFORE_THAT)
    )


def _behind_genitive(content: Sequence[Word]) -> int:
    """Return where a noun phrase goes on behind whose it is: "the union's [claim that …]"; 0 where it is nobody's.

    content: words without marks.
    """
    for at, word in enumerate(content[: LIMITS.untrue_words]):
        if at and word.form in _GENITIVE:
            return min(at + 1, len(content) - 1)
        if word.tag not in NOUN_PHRASE:
            return 0
    return 0


def names_claim(cue: Sequence[Word], taken_back: bool = False) -> bool:
    """Tell whether a cue holds the noun for a claim itself: "withdrew an allegation [that …]"."""
    return any(_is_claim_noun(word) or (taken_back and word.form in _TAKEN_BACK) for word in cue)


def _is_claim_noun(word: Word) -> bool:
    return word.form in _CLAIM_NOUNS


def reports_of_claims(cue: Sequence[Word]) -> bool:
    """Tell whether a cue took in the noun that its content begins with: "said [claims that the mill leaks] were
    false".
    """
    return len(cue) > 1 and _is_claim_noun(cue[-1]) and cue[-1].tag == "NNS" and cue[-2].form in _SAY


def without_verdict(content: Sequence[Word]) -> Sequence[Word]:
    """Return a content without what it is called before it is named: "[as nonsense] a report that …"."""
    verdict = next((at for at, word in enumerate(content[:3]) if at and has([word], "untrue")), 0)
    return content[verdict + 1 :] if content[0].form == "as" and verdict else content


def is_topic(words: Sequence[Word]) -> bool:
    """Tell whether words only name the claim that something else is said of: "of the claim that …"."""
    plain = [word for word in words if word.form[0].isalnum()]
    opened = plain[1:] if len(plain) > 1 and plain[0].form in _BEFORE_TOPIC else plain
    return bool(opened) and opened[0].form != "that" and is_claim(opened)


def is_question(words: Sequence[Word]) -> bool:
    """Tell whether a content is one question by its order of words: "“Who paid?”", not "“It is, isn't it?”"."""
    plain = [word for word in words if word.form[0].isalnum()]
    stops = [word for word in words if word.tag == "."]
    if not plain or len(stops) != 1 or stops[0].form != "?" or stops[0].start < plain[-1].start:
        return False
    return plain[0].tag in FINITE | RELATIVE or plain[0].form in _ASKED


def denied_clause(content: Sequence[Word]) -> int:
    """Return where the clause begins that is denied: behind "the claim" or "it false", at "that"; 0 where none is."""
    that = next((at for at, word in enumerate(content) if at and word.form == "that"), 0)
    head = content[:that]
    plain = that and not has_finite(head)
    claims = plain and (is_claim(content) or any(word.form in _CLAIM_NOUNS for word in head) or has(head, "untrue"))
    return that if claims or untrue_clause(content) else 0


def untrue_clause(content: Sequence[Word]) -> bool:
    """Tell whether a content only says of a clause that it is untrue: "it was false that the mill leaks"."""
    until = next((at for at, word in enumerate(content) if at and word.form == "that"), 0)
    head = content[:until]
    short = 2 < len(head) <= LIMITS.untrue_words and head[0].form == "it" and head[1].form in _BE
    return short and "untrue" in kinds_of(head[-1].form) and not is_negated(head)


def called_untrue(content: Sequence[Word]) -> bool:
    """Tell whether a content calls a clause untrue: "it false that …", "the claim a lie"."""
    until = next((at for at, word in enumerate(content) if word.form == "that"), len(content))
    head = content[:until]
    if head is not content and until < len(content) - 2 and has(content[-2:], "untrue"):
        return True  # "the story that she left a lie"
    claims = bool(head) and (
        head[0].form == "it" or is_claim(content) or any(word.form in _CLAIM_NOUNS for word in head[1:])
    )
    if is_claim(content) and has(content[-1:], "ridicules") and until < len(content) - 2:
        return True  # "the story that she left absurd"
    return claims and (has(head, "untrue") or has(head, "improbable")) and not is_negated(head)
