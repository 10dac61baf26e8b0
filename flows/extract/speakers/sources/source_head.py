"""The name that a source is, and not one that only describes it (`the head of NATO`, `Putin's spokesman`)."""

import re
from collections.abc import Sequence

from flows.extract.mentions.gazetteer import WORD
from flows.extract.mentions.name_span import Mention
from flows.extract.mentions.titles_and_roles import roles, title_words
from flows.extract.speakers.sources.body_sources import called, named_first, only_qualifies, speaks
from flows.extract.speakers.thresholds import THRESHOLDS
from flows.extract.syntax.noun_phrases import head_noun
from flows.lexicons import one_of, word_list
from flows.spans import Span

_OWNED = re.compile(r"['’](?:s\b)?\s*\w")
_ONE_ROLE = one_of(noun for noun in roles() if noun.isalpha())
_BELONGS = re.compile(
    rf"(?<!along )(?<!together )\b(?:{one_of(word_list('owner_prepositions'))})\s+"
    rf"(?:(?:the|late|former|acting|outgoing)\s+){{0,3}}(?:(?:{_ONE_ROLE})\s+)?"
    r"(?:(?:[Pp]resident|[Mm]inister|[A-Z][a-z]{1,3}\.?)\s+)*$"
)
_EXAMPLE = re.compile(r"\b(?:including|such\s+as|like|than)\s+$")
_PEOPLE = re.compile(r"(?:[\w-]{1,20}\s){0,3}[a-z-]{2,20}s\s", re.IGNORECASE)
"""Several people without a name: `prosecutors in court against Ann Lee`."""
_IN_CLAUSE = re.compile(
    r"\w,? (?:who|whom|whose|that|which)\s(?![^,;]{0,60}\b(?:name|named|called|as)\s{1,3}$)[^,;]{1,60}$"
)
"""What opens a clause in front of a name: `an examiner who saw Ann Lee`, not `a woman who goes by the name Ann Lee`."""
_FROM = re.compile(r"\b(\w{1,30}) from $")
_WHOSE = re.compile(
    r"\s{1,4}([a-z][\w-]{0,40})(?:\s{1,4}[a-z][\w-]{0,40}){0,2}\s{0,4}"
    rf"(?:$|[,;(]|['’]s\b|\b(?:{one_of(word_list('after_a_possessed_noun'))})\b)"
)
_LINKS = re.compile(rf"[,;:()—–]|\s-+\s|\b(?:{one_of(word_list('source_links'))})\b")
_CLAUSE = word_list("clause_words")


def named_heads(text: str, source: Span, inside: Sequence[Mention]) -> list[Mention]:
    """Return the names, of those inside a source, that speak: one, or all who speak together, the first one first."""
    head = _named_head(text, source, inside)
    if head is None:
        return []
    heads = [head]
    describing = _describing(text, source, inside)
    for m in inside[inside.index(head) + 1 :]:
        if m in describing or not _stands_alone(text, source, m):
            continue
        linked = _linked(text, heads[-1], m) and not _explains(text, heads[-1], m)
        if linked or _joined_by_comma(text, heads[-1], m, source):
            heads.append(m)
    return heads


def _stands_alone(text: str, source: Span, m: Mention) -> bool:
    """Whether a name further on in a source is itself a speaker: a person, or no body that somebody is of."""
    after = text[m.end : source.end]
    if m.entity_type == "PERSON":
        return True
    before = text[source.start : m.start]
    opens = _OPENS_CONJUNCT.search(before) is not None
    return opens and m.entity_type in ("ORG", "GPE", "NORP") and _CLOSES_CONJUNCT.match(after) is not None


def _linked(text: str, left: Mention, right: Mention) -> bool:
    """Whether an `and` joins two names, nothing but what a person is called before the second one: not `Ann Lee, who
    ran and beat Kask`, nor `Ann Lee, an activist and author of Lake: Kask`.
    """
    found = [m.end() for m in _AND.finditer(text, left.end, right.start)]
    if not found:
        return False
    between = text[found[-1] : right.start]
    if left.entity_type == "PERSON" and right.entity_type != "PERSON":
        return between.lower() in ("", "the ")
    return _called_so(between)


def _called_so(between: str) -> bool:
    """Whether words before a person's name are what the person is called: `future secretary of State, `."""
    words = WORD.findall(between)
    of_another = _OF_ANOTHER.search(between) is not None or _RELATIVE.search(between) is not None
    if of_another or ":" in between:
        return False
    return not any(map(str.islower, words)) or bool(
        {w.lower() for w in words} & (roles().keys() | title_words() | _OWN)
    )


def _joined_by_comma(text: str, left: Mention, right: Mention, source: Span) -> bool:
    """`Russia, China and Brazil`, `Ann Lee (Lake), retired surgeon Kask and …`: nothing but a comma, and what a person
    is called, between two names, and an `and` later on.
    """
    alike = (left.entity_type == "PERSON") == (right.entity_type == "PERSON")
    listed = LISTED.match(text, left.end, right.start)
    if not alike or listed is None or _AND.search(text, right.end, source.end) is None:
        return False
    between = text[listed.end() : right.start]
    titled = (
        right.entity_type == "PERSON" and "," not in between and len(WORD.findall(between)) <= THRESHOLDS.title_words
    )
    return not between or (titled and _called_so(between))


def _explains(text: str, left: Mention, right: Mention) -> bool:
    """Whether a name after a person's is part of what explains the person: `Ann Lee, head of Lake and Sea`."""
    between = text[left.end : right.start]
    return left.entity_type == "PERSON" and right.entity_type != "PERSON" and between.count(",") == 1


def _named_head(text: str, source: Span, inside: Sequence[Mention]) -> Mention | None:
    """The first name, of those inside a source, that speaks."""
    persons = [m for m in inside if m.entity_type == "PERSON"]
    body = named_first(text, source, inside)
    if body is not None and persons:
        return body
    if persons and inside[0].entity_type in ("ORG", "GPE") and _speaks_beside(text, source, inside[0], persons[0]):
        return inside[0]
    if persons:
        describing = _describing(text, source, persons)
        return next((m for m in persons if m not in describing), None)
    for number, m in enumerate(inside):
        listed = number == 0 and len(inside) > 1 and only_qualifies(text[source.start : m.start].strip().lower())
        if (listed and _joined_by_comma(text, m, inside[1], source)) or speaks(text, source, m):
            return m
    outside = [m for m in inside if text[m.start - 1 : m.start] != "("]  # not its acronym
    last = outside[-1] if outside else None
    owner = outside[-2] if len(outside) > 1 else None
    return last if last is not None and called(text, source, last, owner) else None


def _speaks_beside(text: str, source: Span, body: Mention, person: Mention) -> bool:
    """`Estonia and Marta Ilves`: a body that opens the source, and a person after an `and`."""
    opens = text[source.start : body.start].strip().lower() in ("", "the", "both", "both the")
    return opens and re.fullmatch(r"\s+and\s+", text[body.end : person.start]) is not None


def _describing(text: str, source: Span, names: Sequence[Mention]) -> set[Mention]:
    """The persons, of the names in a source, that only describe it; who is joined to one by `and` does, too."""
    found: set[Mention] = set()
    previous = None
    for number, m in enumerate(names):
        joined = previous in found and text[previous.end : m.start] == " and " if previous else False
        if m.entity_type == "PERSON" and (joined or _describes(text, source, m, names[number + 1 : number + 2])):
            found.add(m)
        previous = m
    return found


def _describes(text: str, source: Span, m: Mention, following: Sequence[Mention]) -> bool:
    """Whether a person's name only says whose campaign, spokesman or adviser the source is."""
    before, after = text[source.start : max(m.start, source.start)], text[m.end : source.end]
    if _OWNED.match(after) or (not after and _OWNED.match(text, m.end)):  # the source is cut before what is owned
        return True
    bare = before.rstrip().removesuffix(m.role) if m.role else before  # "a jury called by special counsel Ann Lee"
    if (
        _EXAMPLE.search(before)
        or _IN_CLAUSE.search(before)
        or ((head_noun(bare) or _PEOPLE.match(bare)) and _BELONGS.search(bare))
    ):
        return True
    if before.endswith("-") or _of_firm(before):  # "a pro-Clinton group"
        return True
    if following and not _LINKS.search(text[m.end : following[0].start]):
        return True  # "Clinton campaign manager Robby Mook"
    noun = _WHOSE.match(after)
    if noun is None or noun.group(1) in _CLAUSE | {"a", "an"}:
        return False
    return noun.group(1) == "family" or not noun.group(1).endswith(("ing", "ed", "ly"))


def _of_firm(before: str) -> bool:
    """Whether people are from what has a person's name: `attorneys from Lee and Ray`."""
    found = _FROM.search(before)
    return found is not None and (
        found.group(1).lower() in roles() or found.group(1).lower().removesuffix("s") in roles()
    )


_AND = re.compile(r"\s(?:and|&|as well as|along with|together with)\s")
_OF_ANOTHER = re.compile(r"\b[a-z][\w-]{0,20}\s(?:of|for|to|by|with|from)\b[^,]{0,80}(?<!,) $")
_RELATIVE = re.compile(r"\b(?:who|which|that|whose)\b")
_OWN = frozenset(word_list("possessive_determiners")) | {"the"}
LISTED = re.compile(
    rf"\s?(?:\([^()]{{1,40}}\))?\s?,\s(?:the\s|(?:{one_of(word_list('forms_of_address'))})\.?\s)?", re.IGNORECASE
)
"""What stands between two names of a list: `Kask (Lake Party), Mrs. `."""

_OPENS_CONJUNCT = re.compile(r"(?:,|\band|&)\s{1,3}(?:the\s{1,3})?$")
_CLOSES_CONJUNCT = re.compile(r"['’]?[\s,.\"”]{0,6}(?:each|both|all)?$|,?\s{1,3}(?:and|&)\s|,\s")
