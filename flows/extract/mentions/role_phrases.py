"""Roles beside a person's name: "Kosovo's Prime Minister Albin Kurti", "Ann Lee, a researcher at the institute,".

A role is published as what a text states of a person, so it is a whole noun phrase with a role noun for its head or
nothing: never a piece of the sentence, of the dateline, or of what somebody is accused of.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from flows import lexicons
from flows.extract.mentions.name_span import Ranged
from flows.extract.mentions.thresholds import THRESHOLDS
from flows.extract.mentions.titles_and_roles import is_state_adjective, roles, title_words

_ABBREVIATIONS = "St|Gen|Lt|Col|Gov|Sen|Rep|Dr|Adm|Maj|Sgt|Capt|Mr|Mrs|Ms"
_TOKEN = re.compile(
    rf"(?:[A-Z]\.){{2,}}|(?:{_ABBREVIATIONS})\.(?= [A-Z])|[A-Z]&[A-Z]\b|" r"[^\W_]+(?:['’.-][^\W_]+)*|[^\s\w]|_"
)
_ABBREVIATED = re.compile(rf"(?:\b[A-Z]|\.[A-Z]|\b(?:{_ABBREVIATIONS}|Jr|Sr))$")
_GENITIVE = re.compile(r"['’]s?$")
_BREAK = re.compile(r"[.!?;:\n“”\"()\[\]«»—–•|]|\s-\s")
_DETERMINERS = lexicons.word_list("role_determiners")
_LINKS = frozenset({"of", "for"})
_JOINING = frozenset({"and", "the", "&"})
_AS = frozenset({"as", "like", "unlike"})
_COMPLEMENTS = lexicons.word_list("role_complements")
_AGE = re.compile(r",\s\d{1,3}(?=,)")
_LEAD = re.compile(rf",\s+(?:who is\s+|now\s+)?(?:(?P<determiner>{lexicons.one_of(_DETERMINERS)})\s+)?")

MODIFIERS = lexicons.word_list("role_modifiers")
"""Lower-case words that stand before a role noun, beside adjectives that are known by their endings."""

_RANKS = lexicons.word_list("words_of_rank")
_ADJECTIVE_ENDINGS = tuple(lexicons.word_list("role_adjective_endings"))
_ADJECTIVE_PREFIXES = ("anti-", "co-", "ex-", "non-", "pro-", "then-")
_NOT_OF_A_ROLE = lexicons.word_list("not_of_a_role")
_ENDS_APPOSITION = lexicons.word_list("words_after_a_role")
_SPEAKS = re.compile(rf" (?:{lexicons.one_of(_ENDS_APPOSITION - {'and'})})\b")
_ADDRESSES = lexicons.word_list("forms_of_address")
_INSTITUTIONS = lexicons.word_list("institutions")
_RELATIVE = lexicons.word_list("relative_pronouns")
_NO_MODIFIERS = _NOT_OF_A_ROLE | _ADDRESSES
_BEFORE_NAMES = _DETERMINERS | _LINKS | _JOINING
_ENDS_PHRASE = _COMPLEMENTS | _RELATIVE | _ENDS_APPOSITION


class _Token(NamedTuple):
    """A word or mark of a phrase: where it starts and ends in the text, its characters, these in lower case bare."""

    start: int
    end: int
    surface: str
    plain: str


def role_beside(text: str, mention: Ranged) -> str | None:
    """Return the role stated before or after a person's name, as the text has it without its article, or None.

    Where one stands in front with a comma, the next may be another: `with the mayor, Ann Lee, the minister said`.
    """
    before, after = role_before(text, mention.start), role_after(text, mention.end)
    if before and (
        text.endswith(", ", 0, mention.start)
        or (after and _SPEAKS.match(text, text.index(after, mention.end) + len(after)))
    ):
        return before  # "told the leader Ann Lee, the minister said": who speaks is another
    return after or before


def role_before(text: str, start: int) -> str | None:
    """Return the role that stands right before a name (`Foreign Minister of Estonia`), or None."""
    window = max(0, start - THRESHOLDS.longest_role)
    breaks = [found.end() for found in _BREAK.finditer(text, window, start) if not _abbreviates(text, found)]
    first = breaks[-1] if breaks else window
    if not text[first:start].strip() or not text[start - 1].isspace():
        return None
    tokens = _without_address(_tokens(text, first, start))
    opens = bool(breaks) or not window
    if tokens and tokens[-1].surface == ",":
        return _apposed_before(text, tokens[:-1], opens)
    phrase = _phrase_before(tokens, opens)
    return _written(text, phrase)


def _abbreviates(text: str, found: re.Match[str]) -> bool:
    """Whether a stop belongs to `U.S.` or `St.`, and so ends no sentence."""
    if found.group() != ".":
        return False
    return _ABBREVIATED.search(text[max(0, found.start() - 5) : found.start()]) is not None


def _tokens(text: str, first: int, last: int) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text, first, last):
        plain = _GENITIVE.sub("", match.group()).lower()
        plain = plain if plain.count(".") > 1 else plain.rstrip(".")
        found.append(_Token(match.start(), match.end(), match.group(), plain))
    return found


def _without_address(tokens: list[_Token]) -> list[_Token]:
    """Tokens without `Dr` or `Gen.` at their end."""
    last = len(tokens)
    while last and (tokens[last - 1].surface == "." or tokens[last - 1].plain in _ADDRESSES):
        last -= 1
    return tokens[:last]


def _phrase_before(tokens: Sequence[_Token], opens: bool) -> Sequence[_Token]:
    """The role that ends with the last token; `opens` where the first one opens a sentence."""
    head = _head_ending_at(tokens, len(tokens))
    if head is None:
        return _with_complement(tokens, opens)
    return tokens[_first_modifier(tokens, head, opens) :]


def _head_ending_at(tokens: Sequence[_Token], last: int) -> int | None:
    """Where the role noun starts that ends before token `last`, or None."""
    for size in (2, 1):
        if last >= size:
            words = [token.plain for token in tokens[last - size : last]]
            if " ".join(words) in roles() or (size == 1 and words[0].split("-")[-1] in roles()):
                return last - size
    return None


def _first_modifier(tokens: Sequence[_Token], head: int, opens: bool) -> int:
    """The first of the words before a role noun that belong to its phrase."""
    at = head
    while at and (_modifies(tokens[at - 1], first=opens and at == 1) or _inside_name(tokens, at)):
        at -= 1
    cut = at == 1 and opens and tokens[0].surface[0].isupper() and tokens[0].plain not in _NOT_OF_A_ROLE
    if not cut or not tokens[1].surface[0].isupper() or is_state_adjective(tokens[1].surface):
        return at
    titled = head  # of "Tartu Deputy Mayor" the town may be any word, but who is no mayor is called deputy
    while titled > at and tokens[titled - 1].plain in _RANKS:
        titled -= 1
    return titled


def _inside_name(tokens: Sequence[_Token], at: int) -> bool:
    """Whether the `of` of a body's name goes before: `Department of Lakes official`, but not `Mayor of Pärnu`."""
    if at < 2 or at == len(tokens) or tokens[at - 1].plain != "of" or not tokens[at].surface[0].isupper():
        return False
    return tokens[at - 2].surface[0].isupper() and tokens[at - 2].plain not in roles()


def _modifies(token: _Token, *, first: bool) -> bool:
    """Whether a word may stand before a role noun in its phrase; `first` where it opens the sentence."""
    if token.plain in _NO_MODIFIERS or not token.surface[0].isalpha():
        return False
    if any(c.isdigit() for c in token.surface):
        return False
    if token.plain in MODIFIERS or token.plain in title_words() or is_state_adjective(token.surface):
        return True
    if token.surface[0].isupper():
        return not first or token.surface.endswith(("'s", "’s")) or token.surface in _INSTITUTIONS or _acronym(token)
    adjective = len(token.plain) > 4 and token.plain.endswith(_ADJECTIVE_ENDINGS)
    return adjective or token.plain.startswith(_ADJECTIVE_PREFIXES) or token.surface.endswith(("'s", "’s"))


def _acronym(token: _Token) -> bool:
    return token.surface.replace(".", "").isupper() and len(token.surface) <= THRESHOLDS.acronym_letters


def _with_complement(tokens: Sequence[_Token], opens: bool) -> Sequence[_Token]:
    """`Minister for Women and Equalities`, `head of the Office for Estonia`: a role noun with what it is of or for."""
    if tokens and tokens[-1].plain in _BEFORE_NAMES:
        return []  # "secretary of the Lake bureau": what comes next is no name of a person
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].plain in _LINKS and at < len(tokens) - 1:
            head = _head_ending_at(tokens, at)
            if head is not None:
                return tokens[_first_modifier(tokens, head, opens) :]
        elif not _names_office(tokens[at]):
            return []
    return []


def _names_office(token: _Token) -> bool:
    """Whether a word can be of what a person heads: a name, or a portfolio."""
    return token.surface[0].isupper() or token.plain in _JOINING or token.plain in title_words()


def _apposed_before(text: str, tokens: Sequence[_Token], opens: bool) -> str | None:
    """`The president of Kosovo, Hashim Halaj, said`: a role with its article, and then the name."""
    starts = [i for i, token in enumerate(tokens) if token.plain in _DETERMINERS or token.surface == ","]
    if not starts or tokens[starts[-1]].surface == ",":
        if starts or not opens or not tokens or not tokens[0].surface.endswith(("'s", "’s")):
            return None
        return _written(text, _phrase_before(tokens, opens))
    if starts[-1] and tokens[starts[-1] - 1].plain in _AS:
        return None  # "As a student, Ann Lee": what she was at that time
    phrase = list(tokens[starts[-1] + 1 :])
    whole = _phrase_before(phrase, opens=False)
    return _written(text, whole) if len(whole) == len(phrase) else None


def role_after(text: str, end: int) -> str | None:
    """Return the role in apposition after a name (`, a leading researcher at the institute,`), or None."""
    age = _AGE.match(text, end)
    lead = _LEAD.match(text, age.end() if age else end)
    if not lead:
        return None
    stop = _BREAK.search(text, lead.end(), lead.end() + THRESHOLDS.longest_role)
    while stop and _abbreviates(text, stop):
        stop = _BREAK.search(text, stop.end(), lead.end() + THRESHOLDS.longest_role)
    last = stop.start() if stop else min(len(text), lead.end() + THRESHOLDS.longest_role)
    tokens = _tokens(text, lead.end(), last)
    size = _noun_phrase(tokens)
    head = _head_ending_at(tokens, size)
    if head is None or size > THRESHOLDS.role_words_after:
        return None
    first = _first_modifier(tokens, head, opens=False)
    if first and not lead.group("determiner"):
        return None
    following = tokens[size] if size < len(tokens) else None
    if following is not None and following.plain in ("and", "or", "&"):
        return None  # "the mayor and two others": a list of people
    size = _complements(tokens, size)
    return _written(text, tokens[first:size])


def _noun_phrase(tokens: Sequence[_Token]) -> int:
    """How many tokens a noun phrase has before its first complement, mark, relative clause or verb of speech."""
    for at, token in enumerate(tokens):
        if token.plain in _ENDS_PHRASE or not token.surface[0].isalnum():
            return at
    return len(tokens)


def _complements(tokens: Sequence[_Token], size: int) -> int:
    """How many tokens a role has with its complements (`at the Institute of Lakes`), up to what ends it for certain."""
    at = size
    while at < len(tokens) and tokens[at].plain in _COMPLEMENTS:
        last = at + 1
        while last < len(tokens) and (_inside_complement(tokens[last]) or _hyphened(tokens, last)):
            last += 1
        ended = last == len(tokens) or tokens[last].plain in _ENDS_PHRASE
        if last == at + 1 or not (ended or not tokens[last].surface[0].isalnum()):
            break
        at = last
    return at


def _hyphened(tokens: Sequence[_Token], at: int) -> bool:
    return tokens[at].surface in ("-", "&")


def _inside_complement(token: _Token) -> bool:
    """Whether a word can be inside the complement of a role: no verb that is known by its form, no mark."""
    if not token.surface[0].isalnum() or token.plain in _COMPLEMENTS or token.plain in _RELATIVE:
        return False
    if token.surface[0].isupper() or token.plain in _DETERMINERS or token.plain in ("and", "&"):
        return True
    ends = token.plain in _ENDS_APPOSITION or token.plain in _verbs()
    return not ends and not token.plain.endswith(("ed", "ing"))


@cache
def _verbs() -> frozenset[str]:
    return lexicons.word_list("finite_auxiliaries")


def _written(text: str, phrase: Sequence[_Token]) -> str | None:
    """The words of a phrase as the text has them; None where it is too long, or what somebody is accused of."""
    if not phrase or len(phrase) > THRESHOLDS.role_words_before:
        return None
    words = [token.plain for token in phrase]
    if any(word in roles() and roles()[word].kind == "accusation" for word in words) or "critic" in words[:-1]:
        return None
    return text[phrase[0].start : phrase[-1].end]
