"""What a source is that nobody is named for, and so which pronoun of its content means it: "the company said it …".

A pronoun is taken for the source where its number and kind fit and nothing else was named before it. "It" that stands
for nothing ("it was clear that …") means nobody.
"""

from collections.abc import Sequence
from functools import cache

from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.syntax.sentences import NOUN_PHRASE, PARTICLES, Word, speech_verbs
from flows.extract.syntax.tags import NOUN, PLURAL, RELATIVE
from flows.lexicons import LEXICONS, rows, word_list

THEY = frozenset({"they", "their", "them"})
WE = frozenset({"we", "us", "our", "ours"})
ONE = frozenset({"he", "she", "his"})
IT = frozenset({"it", "its"})
_DOCUMENTS = word_list("documents")
_IMPERSONAL = word_list("impersonal_adjectives")
_OF_MINDS = word_list("adjectives_of_minds")
_SEEMING = word_list("verbs_of_seeming")
_BE = frozenset({"is", "was", "be", "been", "'s", "s", "isn", "wasn", "remains", "remained", "became", "becomes"})
_LASTING = frozenset({"remains", "remained"})
_OPENING = frozenset({"that", "whether", "if", "to", "why", "how", "what", "which", "who", "where", "when"})
"""Words that open what "it" only announces: "it remains unclear why …"."""
_BODY_LISTS = (
    "company_nouns",
    "organisation_nouns",
    "institutions",
    "state_organs",
    "state_body_heads",
    "parts_of_bodies",
)
_PERSONS = word_list("persons_by_kind") | word_list("any_person")
_RUNNING = word_list("runs_a_company")
_PAST = word_list("past_tenure")
_NAMING = NOUN | {"JJ", "CC", "POS"}
"""Tags of what stands before a spokesperson and names the body."""
_MANY = word_list("bodies_of_many")


@cache
def _bodies() -> frozenset[str]:
    forms = {row["form"] for row in rows(LEXICONS, "legal_forms", ("form", "canonical"))}
    return frozenset({word.lower() for name in _BODY_LISTS for word in word_list(name)} | forms) - _MANY


def head_of(source: Sequence[Word]) -> Word | None:
    """Return the noun that a noun phrase is about: the last one before what describes it."""
    last = None
    for word in source:
        if last is not None and (word.tag in RELATIVE or word.tag in {"IN", "TO", "VBG", "VBN"}):
            break
        if word.tag in NOUN:
            last = word
    return last


def pronouns_of(source: Sequence[Word]) -> frozenset[str]:
    """Return the pronouns that can mean a source without a name: several, one, a body; none of a document."""
    head = head_of(source)
    if head is None or head.form in _DOCUMENTS:
        return frozenset()
    if head.tag in PLURAL or any(word.form == "and" for word in source):
        return THEY
    if head.form in _bodies():
        return IT
    return ONE if describes_person([head]) else frozenset()


def describes_person(words: Sequence[Word]) -> bool:
    """Tell whether words speak of one person by a common noun, whom a pronoun behind them may mean: "the driver"."""
    return any(word.tag == "NN" and (word.form in roles() or word.form in _PERSONS) for word in words)


def represented(source: Sequence[Word]) -> Sequence[Word]:
    """Return the words for the body that a source is the voice of: "a spokesman for [the bank]", "[Home Office]
    spokeswoman Ida Aas", "Aas, the CEO of [the Vale Bank]"; nothing where it is not named.
    """
    at = next((i for i in range(len(source)) if _office_words(source, i)), None)
    if at is None or any(word.form in _PAST for word in source[:at]):
        return ()
    last = at + _office_words(source, at)
    behind = source[last + 1 :] if source[last : last + 1] and source[last].form in {"for", "of"} else ()
    if behind:
        end = next((i for i, word in enumerate(behind) if not _in_name(word)), len(behind))
        found = behind[:end]
    else:
        start = at
        while start and source[start - 1].tag in _NAMING:
            start -= 1
        found = source[start:at]
        while found and (found[-1].tag == "POS" or not found[-1].form[0].isalnum() or found[-1].form == "s"):
            found = found[:-1]
    named = any(word.tag in {"NNP", "NNPS"} for word in found) or (behind and found[:1] and found[0].form == "the")
    return found if named and len(found) <= THRESHOLDS.subject_words and found[-1].tag in NOUN else ()


def _office_words(source: Sequence[Word], at: int) -> int:
    """Return how many words from one on say that a source speaks for a body: a spokesperson, who runs a company; 0 of
    other words.
    """
    forms = [word.form for word in source[at : at + 3]]
    if forms[:2] == ["chief", "executive"]:
        return 3 if forms[2:] == ["officer"] else 2
    return int(forms[0] in _RUNNING or (forms[0] in roles() and roles()[forms[0]].kind == "spokesperson"))


def _in_name(word: Word) -> bool:
    return word.tag in NOUN_PHRASE or word.form in PARTICLES


def speaks_for_itself(source: Sequence[Word]) -> bool:
    """Tell whether a source can say "I" or "we": no document does."""
    head = head_of(source)
    return head is not None and head.form not in _DOCUMENTS


def _reported(words: Sequence[Word]) -> bool:
    """Tell whether words only say that something was said: "[it] has been reported"."""
    passive = next((i for i, word in enumerate(words) if word.tag == "VBN" and word.form not in _BE), 0)
    return passive > 0 and words[passive].form in speech_verbs("report") and words[passive - 1].form in _BE


def expletive(words: Sequence[Word], index: int) -> bool:
    """Tell whether an "it" stands for nothing: "it was clear that", "it is time to", "it seems"."""
    rest = words[index + 1 : index + 1 + THRESHOLDS.expletive_words]
    forms = [word.form for word in rest]
    if not _SEEMING.isdisjoint(forms[:3]) or _reported(rest):
        return True
    at = next((i for i, form in enumerate(forms) if form in _OPENING), 0)
    if _BE.isdisjoint(forms[:3]) or not (at or "worth" in forms[:3]):
        return False
    before = forms[at - 1]
    if forms[at] == "to":  # "it is hard [for them] to", "it remains to be seen"
        return (
            before in _IMPERSONAL
            or before in _LASTING
            or ("for" in forms[:at] and not _IMPERSONAL.isdisjoint(forms[:at]))
        )
    return before not in _OF_MINDS
