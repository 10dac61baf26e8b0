"""What a speaker does with a content: holds it, denies it, doubts it, asks whether it is so, or did not say it at all.

Read from the cue, what governs it ("declined to say", "had he said"), its negation, its subject ("nobody said"), and
from how the content begins. The words are those of `seeds/lexicons/stance.csv`. A belief that is negated is the belief
of the contrary ("did not believe that"): English moves the negation up to such verbs.
"""

from collections.abc import Sequence
from itertools import pairwise

from flows.extract.attribution.attribution import Stance
from flows.extract.attribution.reports.claimed_contents import (
    called_untrue,
    is_claim,
    names_claim,
    untrue_clause,
    without_verdict,
)
from flows.extract.attribution.reports.stance_words import NEGATORS, has, is_negated, kinds_of, verb_has
from flows.extract.attribution.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import NOUN_PHRASE, Word, has_finite, speech_verbs
from flows.extract.syntax.tags import APOSTROPHES, FINITE
from flows.lexicons import word_list

_GOVERNING = NEGATORS | APOSTROPHES | {"t", "short", "of", "unable"}
_NOBODY = word_list("nobody")
_APPROXIMATORS = word_list("approximators")
_NAMING = word_list("naming_participles")
_EMPTY = word_list("empty_contents")
_ASKED = word_list("question_words")
_SPEAKING = word_list("speaking") | speech_verbs("report", "announcement")
_SAID = word_list("said_nouns")
_PAUSES = frozenset({",", ";", ":", "—", "–"})
_CONDITIONS = frozenset({"if", "unless", "had"})
_AUXILIARIES = FINITE | {"VB", "VBN", "VBG", "RB", "TO", "RP"}
_SEEMING = word_list("verbs_of_seeming")
_DO_AND_HAVE = word_list("do_and_have")
_MISTAKEN = word_list("adverbs_of_error")
_BE = word_list("forms_of_be")
_PUT_FIRST = frozenset({"no", "nowhere", "neither", "rarely", "seldom", "hardly", "scarcely"})
_UNREAL = frozenset({"could", "should", "might", "may"})
_LEARNING = word_list("verbs_of_learning")
_SAY = word_list("forms_of_say")
_SPOKEN = word_list("spoken_formulas")


def find_stance(
    sentence: Sequence[Word], cue: tuple[int, int], source: tuple[int, int] | None, content: Sequence[Word]
) -> Stance:
    """Return what the speaker does with a content.

    sentence: the words of the cue's sentence; cue, source: half-open runs of its words, the source None where it
    stands elsewhere or nowhere; content: the content's words, marks left out.
    """
    cue = (cue[0], _verb_end(sentence, cue[1]))
    verb = [*governing(sentence, cue[0]), *sentence[cue[0] : cue[1]]]
    if not content or _says_nothing(content) or _names(sentence[cue[0] : cue[1]]) or _unreal(sentence, cue, source):
        return Stance.NOT_SAID
    if _of_what_is_disowned(sentence, cue[0]):
        return Stance.NOT_SAID
    if _put_to(sentence, cue, source, content) or (source is not None and _nobody(sentence, source)):
        return Stance.NOT_SAID
    put_first = source is not None and _put_first(sentence, source)
    if put_first and not has(verb, "beliefs"):
        return Stance.NOT_SAID
    if has(verb, "denies") and any(word.tag == "VBG" and word.form in _SPEAKING for word in verb):
        return Stance.NOT_SAID  # "denied saying [that …]"
    negated = is_negated(verb) or put_first
    if source is None and _mistaken(verb):
        return Stance.NOT_SAID
    if _takes_back(verb, content):
        return Stance.ASSERTS if negated or has(verb, "withholds") else Stance.NOT_SAID
    if not has_finite(content) and any(a.form == "no" and b.form in _SAID for a, b in pairwise(verb)):
        return Stance.NOT_SAID  # "made no mention of [the sale]"; a quotation behind it was said
    if _withheld(verb, content) or any(a.form == "yet" and b.form == "to" for a, b in pairwise(verb)):
        held_back = not is_negated([word for word in verb if word.form != "without"])
        return Stance.NOT_SAID if held_back else Stance.ASSERTS
    if has(verb, "withholds") and not negated:
        return Stance.DENIES if content[0].form == "to" or content[0].tag == "VBG" else Stance.ASSERTS
    stance = _of_cue(sentence[cue[0] : cue[1] + 1], content)
    return _negated(verb, stance) if negated else stance


def _negated(verb: Sequence[Word], stance: Stance) -> Stance:
    """Return what the negation of a verb makes of its stance: who did not say it did not claim it."""
    if stance is Stance.DOUBTS:
        return Stance.ASSERTS  # "does not doubt that"
    if verb_has(verb, "excludes"):
        return Stance.ASKS  # "does not rule out that": it may be so
    if stance is Stance.ASSERTS and any(word.form in _SEEMING for word in verb):
        return Stance.DOUBTS  # "it does not appear that": nobody says that it is not so
    speaks = any(word.form in _SPEAKING for word in verb) and not has(verb, "beliefs")
    return Stance.NOT_SAID if speaks or stance is not Stance.ASSERTS else Stance.DENIES


def governing(sentence: Sequence[Word], first: int) -> Sequence[Word]:
    """Return the auxiliaries, adverbs and verbs right before a cue that it hangs on: "[declined to] say"."""
    start = first
    before = sentence[first - 1] if first else None
    if before is not None and before.tag == "VBN" and before.form != "been" and sentence[first].tag in FINITE:
        return ()  # "an aide who asked not to be named said": two clauses meet
    while start > max(0, first - THRESHOLDS.governing_words):
        word = sentence[start - 1]
        if word.tag not in _AUXILIARIES and word.form not in _GOVERNING:
            break
        start -= 1
    return sentence[start:first]


def _verb_end(sentence: Sequence[Word], last: int) -> int:
    """Return one past the verb that a cue begins whose last word is an auxiliary: "did [not say]"."""
    if last > len(sentence) or sentence[last - 1].form not in _DO_AND_HAVE:
        return last
    while last < len(sentence) and (sentence[last].tag in {"RB", "VB", "VBN"} or sentence[last].form in NEGATORS):
        last += 1
    return last


def _of_cue(words: Sequence[Word], content: Sequence[Word]) -> Stance:
    """Return the stance that a cue itself tells. words: those of the cue, and the one behind it."""
    cue = [w for w in words[:-1] or words if w.tag[:2] in {"VB", "JJ"}]
    asked = content[0].form in _ASKED
    if _asks_to_know(words, content):
        return Stance.ASKS
    if has(cue, "denies") or untrue_clause(content):
        return Stance.DENIES
    claimed = is_claim(without_verdict(content)) or names_claim(words)
    if verb_has(words, "doubts") and (content[0].form in {"whether", "if"} or claimed):
        return Stance.DOUBTS
    denies = verb_has(words, "denies_claims")
    verdict = has(cue, "calls") and (has(cue, "untrue") or has(cue, "ridicules"))  # "called baseless [the claim]"
    if (denies or verdict) and claimed:
        return Stance.DENIES
    if (denies or has(cue, "calls")) and called_untrue(content):
        return Stance.DENIES
    return Stance.ASKS if asked and (has(cue, "asks") or has(cue, "doubts")) else Stance.ASSERTS


def _asks_to_know(cue: Sequence[Word], content: Sequence[Word]) -> bool:
    """Tell whether somebody only wants to learn something: "wanted [to know if …]", "demanded to know [who paid]"."""
    opened = content[0].form == "to" and len(content) > 2 and content[1].form in _LEARNING
    question = content[2] if opened else content[0]
    return question.form in _ASKED and (opened or any(word.form in _LEARNING and word.tag == "VB" for word in cue))


def _takes_back(verb: Sequence[Word], content: Sequence[Word]) -> bool:
    """Tell whether a speaker no longer holds a claim: "withdrew her claim that", "apologised for saying that"."""
    if verb_has(verb, "regrets"):
        spoken = content[1:2] if content[0].form == "having" else content[:1]
        return any(word.form in _SPEAKING and word.tag in {"VBG", "VBN"} for word in (*verb, *spoken))
    return verb_has(verb, "takes_back") and (is_claim(content, taken_back=True) or names_claim(verb, taken_back=True))


def _of_what_is_disowned(sentence: Sequence[Word], first: int) -> bool:
    """Tell whether a participle tells what stands in something that its source takes back or denies: "disowned a
    leaflet [saying] that".
    """
    if sentence[first].tag != "VBG" or sentence[first].form not in _SPEAKING:
        return False
    at = first
    while at and sentence[at - 1].tag in NOUN_PHRASE:
        at -= 1
    verb = sentence[at - 1 : at] if at < first else ()
    return has(verb, "takes_back") or has(verb, "denies")


def _mistaken(verb: Sequence[Word]) -> bool:
    """Tell whether the publisher calls a report of nobody in particular wrong: "it was wrongly stated that"."""
    return any(word.form in _MISTAKEN for word in verb) and any(word.form in _BE for word in verb)


def _says_nothing(content: Sequence[Word]) -> bool:
    """Tell whether a content is a word that stands for another one, or for nothing: "said so", "said nothing"."""
    return len(content) <= 2 and " ".join(word.form for word in content) in _EMPTY


def utters_words(verb: Sequence[Word], content: Sequence[Word]) -> bool:
    """Tell whether somebody only speaks words of a kind, which assert nothing: "said [a prayer]", "said [his vows]"."""
    phrase = content[-1].form in _SPOKEN and not any(word.tag.startswith("VB") for word in content)
    return phrase and verb[-1].form in _SAY


def _names(cue: Sequence[Word]) -> bool:
    """Tell whether a cue only gives a name: "a study titled “…”", "a rapper known as “…”"."""
    return any(word.form in _NAMING and word.tag in {"VBN", "VBD"} for word in cue)


def _withheld(verb: Sequence[Word], content: Sequence[Word]) -> bool:
    """Tell whether a speaker held back: "declined to say that", "stopped short of saying", "declined [to comment]",
    "avoided any suggestion that", "did not return a request for [comment]".
    """
    if len(content) == 1 and content[0].form in _SPEAKING:
        return True
    holding = next((at for at, word in enumerate(verb) if _holds_back(word, verb[at + 1 : at + 2])), None)
    if holding is None:
        return False
    if content[0].form in _ASKED or (content[0].form == "that" and content[0].tag == "IN"):
        return True  # "dodged questions about whether", "omitted that"
    spoken = any(word.tag.startswith("VB") for word in verb[holding + 1 :]) or names_claim(verb[holding + 1 :])
    to_speak = content[0].form == "to" and len(content) > 1 and content[1].form in _SPEAKING
    return spoken or to_speak or content[0].form in _SPEAKING


def _holds_back(word: Word, following: Sequence[Word]) -> bool:
    """Tell whether a word says that something was not done: "declined", "without", the "short" of "fell short of"."""
    return not kinds_of(word.form).isdisjoint({"withholds", "hesitates"}) or (
        word.form == "short" and any(w.form == "of" for w in following)
    )


def _nobody(sentence: Sequence[Word], source: tuple[int, int]) -> bool:
    """Tell whether a subject says that nobody spoke: "no minister", "few experts", "not a single witness"."""
    first, last = source
    forms = [word.form for word in sentence[first:last]]
    before = sentence[first - 1].form if first else ""
    if forms[0] in {"hardly", "scarcely", "barely"}:
        return len(forms) > 1 and (forms[1].startswith("any") or forms[1:3] in (["a", "soul"], ["a", "single"]))
    forms = forms[1:] if forms[0] in _APPROXIMATORS and len(forms) > 1 else forms
    if forms[0] == "no" or forms[:2] == ["not", "a"] or forms[:2] == ["not", "one"]:
        return not (len(forms) > 1 and (forms[1].isdigit() or forms[1] == "."))
    return forms[0] in _NOBODY or before in {"not", "nor", "neither", "hardly"}


def _put_first(sentence: Sequence[Word], source: tuple[int, int]) -> bool:
    """Tell whether a negation stands before a subject and its auxiliary: "at no time did [Foss] say", "nor did the
    mayor, [Foss], say".
    """
    auxiliary = source[0] - 1
    while auxiliary > 0 and (sentence[auxiliary].tag in NOUN_PHRASE or sentence[auxiliary].form == ","):
        auxiliary -= 1
    if auxiliary < 1 or not (sentence[auxiliary].tag == "MD" or sentence[auxiliary].form in _DO_AND_HAVE):
        return False
    first = auxiliary
    while first > max(0, auxiliary - THRESHOLDS.governing_words) and sentence[first - 1].form not in _PAUSES:
        first -= 1
    front = sentence[first:auxiliary]
    if any(word.form in {"only", "sooner", "until", "till"} for word in front):
        return False  # "not until May did she say so": then she did
    return is_negated(front) or any(word.form in _PUT_FIRST for word in front)


def _put_to(
    sentence: Sequence[Word], cue: tuple[int, int], source: tuple[int, int] | None, content: Sequence[Word]
) -> bool:
    """Tell whether a question is put to a source, who does not ask it: "Asked whether he would pay, Aas said", "Aas
    wept when [asked] whether he would pay".
    """
    if content[0].form in {"to", "for"}:
        return False
    if cue[0] and sentence[cue[0] - 1].form == "when" and "asks" in kinds_of(sentence[cue[0]].form):
        return True
    opened = [word for word in sentence[: cue[1]] if word.form[0].isalnum() and word.form != "when"]
    if not opened or opened[0].start < sentence[cue[0]].start or (source is not None and source[0] < cue[1]):
        return False  # somebody stands before the verb
    return opened[0].tag in {"VBN", "VBD"} and "asks" in kinds_of(opened[0].form)


def _unreal(sentence: Sequence[Word], cue: tuple[int, int], source: tuple[int, int] | None) -> bool:
    """Tell whether speech is only supposed: "if he had said", "would have said", "had he said"."""
    before_cue = governing(sentence, cue[0])
    verb = [word.form for word in (*before_cue, *sentence[slice(*cue)])]
    first = cue[0] - len(before_cue) if source is None else min(source[0], cue[0])
    before = sentence[first - 1].form if first else ""
    supposed = "have" in verb and any(modal in verb for modal in ("would", *_UNREAL))
    return before in _CONDITIONS or supposed or _only_thinkable(sentence, source, verb)


def _only_thinkable(sentence: Sequence[Word], source: tuple[int, int] | None, verb: Sequence[str]) -> bool:
    """Tell whether somebody may say something, and is not told to have: "Foss could say"; not "I should say"."""
    own = source is not None and sentence[source[0]].form in {"i", "we"}
    return not own and len(verb) > 1 and verb[-1] == "say" and verb[-2] in _UNREAL
