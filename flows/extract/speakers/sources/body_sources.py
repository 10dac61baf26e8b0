"""Bodies and places as sources: their names as the head of a description, or with what explains them behind."""

import re
from collections.abc import Sequence

from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles
from flows.extract.speakers.discourse.name_words import OWNS
from flows.extract.syntax.noun_phrases import STATE_ORGANS
from flows.lexicons import one_of, word_list
from flows.spans import Span

_BODIES = word_list("organisation_nouns")
"""What may follow the name of an organisation and still be the organisation: `the Tanjug news agency`."""

_OWNER = re.compile(rf"{OWNS}\s")
_PREPOSITION = re.compile(rf"\b(?:{one_of(word_list('source_prepositions'))})\b")
_EXPLAINED = re.compile(rf"\s?,\s+(?:\w+ly\s+){{0,2}}(?:{one_of(word_list('explaining_words'))})\b")
_PART_OF = re.compile(r"(?:of|for|in|at)\b")
"""What follows a body that has its place or its owner behind it: `the Lake Office of the Senate`."""

_WITH_ANOTHER = re.compile(r"\s(?:and|&)\s(?:[A-Z][\w'’.-]{0,30}\s){1,5}[a-z]+s[\s,.]{0,3}$")
_OPENINGS = ("", "the", "according to", "according to the", "official", "and")
_OF_OWNER = re.compile(rf",\s(?:[A-Z][\w.-]{{0,20}}\s){{0,3}}[A-Z][\w.-]{{0,20}}{OWNS}\s")
"""What explains a body by whose it is: `the Lake Bet, Estonia’s secret service`."""
_SO_NAMED = re.compile(rf"an?\s(?:[\w-]{{1,20}}\s){{0,4}}(?:{one_of(_BODIES)})(?:,|\s(?:called|named))\s(?:the\s)?")
_GOES_ON = re.compile(
    r"^\s?\([^()]{1,20}\)|(?:,|\s[–—])\s(?:which|who|that|an?|the|[A-Z][\w-]{0,20}['’]s?)\s.*|\s(?:yesterday|today|on\s\w+day|\w+day)$",
    re.DOTALL,
)
"""What may follow a body's name that its description ends with: ` (LB)`, `, which …`, `, a …`, ` today`."""


def named_first(text: str, source: Span, inside: Sequence[Mention]) -> Mention | None:
    """`Priorities USA, a pro-Clinton group`: a body whose name opens the source and is then explained."""
    if not inside or inside[0].entity_type not in ("ORG", "GPE", "NORP"):
        return None
    opens = text[source.start : inside[0].start].strip().lower() in ("", "the", "according to", "according to the")
    explained = _EXPLAINED.match(text[inside[0].end : source.end])
    return inside[0] if opens and explained else None


def speaks(text: str, source: Span, m: Mention) -> bool:
    """Whether a body or place is the head of the source, as itself or through what acts for it."""
    before = text[source.start : max(m.start, source.start)].strip().lower()
    after = text[m.end : source.end]
    owned = re.match(r"['’]s\b", after)
    after = re.sub(r"^['’]s\b", "", after).lstrip().rstrip(' ,."”').lower()
    follows = WORD.findall(after)
    if re.fullmatch(r"(?:the\s+)?(?:[\w-]+\s+){0,3}(\w+)\s+of(?:\s+the)?", before) and m.entity_type == "GPE":
        return WORD.findall(before.removesuffix(" the"))[-2] in STATE_ORGANS
    if not only_qualifies(before) or _modifies_with_another(text[m.end : source.end]) or _one_of_a_people(text, m):
        return False
    if not after:
        return True
    if m.entity_type == "GPE" and follows and follows[-1] in STATE_ORGANS and len(follows) <= 2:
        return True
    if m.entity_type == "ORG" and not owned and follows and follows[-1] in _BODIES and len(follows) <= 2:
        return True
    if m.entity_type == "ORG" and before.startswith("the") and _PART_OF.match(after):
        return True
    explained = _EXPLAINED.match(text, m.end, source.end) or re.match(r"\(|which|who|and\b|in a\b|on \w+day", after)
    explained = explained or _OF_OWNER.match(text, m.end, source.end)
    return before in _OPENINGS and explained is not None


def _one_of_a_people(text: str, m: Mention) -> bool:
    """`The Republican`, `the Estonian` is one person, who is not named; `the Chinese` and `the Poles` are a people."""
    one = re.search(r"\b(?:[Tt]he|[Aa]n?) $", text[max(0, m.start - 4) : m.start])
    return m.entity_type == "NORP" and one is not None and not m.span.of(text).endswith(("s", "ch", "ese", "sh"))


def _modifies_with_another(after: str) -> bool:
    """`House and Senate candidates`: two bodies before a noun that means neither of them."""
    return _WITH_ANOTHER.match(after) is not None


def only_qualifies(before: str) -> bool:
    """Whether what stands before a name in its source only qualifies it: `the official`, `the militant group`."""
    before = re.sub(r"^according to\s*", "", before)
    if before in _OPENINGS:
        return True
    words = WORD.findall(before)
    return (
        0 < len(words) <= 4
        and words[0] in ("the", "official", "state", "militant", "rights", "news", "local")
        and not _PREPOSITION.search(before)
        and not any(w in roles() and w != "official" for w in words)
    )


def called(text: str, source: Span, m: Mention, owner: Mention | None) -> bool:
    """`Irish airline Ryanair`, `the South Korean newswire Yonhap`, `Estonia's Lake Board`: an organisation's name that
    ends its description, whose place or body may own it.
    """
    by_body = (
        owner is not None and owner.entity_type in ("GPE", "LOC", "ORG") and _OWNER.fullmatch(text, owner.end, m.start)
    )
    before = text[source.start : max(owner.start if owner and by_body else m.start, source.start)].lower()
    after = _GOES_ON.sub("", text[m.end : source.end]).strip(' ,."”')
    return (
        m.entity_type == "ORG"
        and not after
        and not _PREPOSITION.search(before)
        and not _OWNER.search(before)
        and not any(roles()[w].kind not in ("occupation", "expert") for w in WORD.findall(before) if w in roles())
        and (not re.match(r"(?:an?|some|many|several|both|most|all|no)\b", before) or bool(_SO_NAMED.fullmatch(before)))
    )
