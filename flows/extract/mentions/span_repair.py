"""Where names begin and end: spans of a reader that hold too much or too little, put right by what names look like."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flows.extract.mentions.gazetteer import CERTAIN, WORD, Gazetteer
from flows.extract.mentions.titles_and_roles import roles, title_words
from flows.lexicons import word_list


@dataclass(frozen=True)
class Draft:
    """A name that is still being repaired: `text[start:end]`, its type, and how sure the reader was."""

    start: int
    end: int
    entity_type: str
    score: float


INSTITUTIONS = word_list("institutions")
"""Words that head the name of an institution."""

_STATE_AND_PERSON = 3
"""Words of the shortest name of a state with a person's behind it."""

_JOINABLE = word_list("joinable_institutions")
_FUNCTION_END = re.compile(
    r"(?<![\s,])[\s,]+(?:of|to|in|for|the|and|at|on|by|a|an|with|from|as|or|but|is|was|said|’s|'s)$", re.IGNORECASE
)
_OF_SEVERAL = re.compile(
    r"(?:[A-Z][\w-]{1,40} )?(?:Institute|Ministry|Department|Cent(?:er|re)|Committee|Faculty|Office|Agency|Commission)"
    r" (?:of|for) "
)
"""An institution that may be named by two fields: `Institute for Strategic Studies and Forecasts`."""

_RESOLUTION = re.compile(r"(?<!\s)\s+(?:Resolution|resolution|Res\.)(?:\s+\S+)?$")


def repaired(text: str, drafts: Sequence[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """Drafts with every rule applied in turn; each rule takes one draft to its pieces."""
    rules: tuple[Callable[[str, Draft, Gazetteer], list[Draft]], ...] = (
        _without_function_words,
        _without_resolution,
        _without_portfolio,
        _without_person,
        _institution_of_institution,
    )
    out = list(drafts)
    for rule in rules:
        out = [piece for draft in out for piece in rule(text, draft, gazetteer)]
    return joined(text, out, gazetteer)


def _without_function_words(text: str, draft: Draft, _: Gazetteer) -> list[Draft]:
    """`Russian Federation to` ends before the preposition."""
    if text[draft.start : draft.end].isalnum():
        return [draft]
    end = draft.end
    while found := _FUNCTION_END.search(text, draft.start, end):
        end = found.start()
    if end == draft.end:
        return [draft]
    return [replace(draft, end=end)] if end > draft.start else []


def _without_resolution(text: str, draft: Draft, gazetteer: Gazetteer) -> list[Draft]:
    """`UN Security Council Resolution 1244` names the body that passed it."""
    found = _RESOLUTION.search(text, draft.start, draft.end)
    if found and draft.entity_type in ("ORG", "LAW"):
        known = gazetteer.lookup(text[draft.start : found.start()])
        if known is not None and known.entity_type == "ORG":
            return [replace(draft, end=found.start(), entity_type="ORG")]
        if draft.entity_type == "ORG":
            return [replace(draft, entity_type="LAW")]
    return [draft]


def _without_portfolio(text: str, draft: Draft, gazetteer: Gazetteer) -> list[Draft]:
    """`Kosovo Defense` before `Minister` is the state; `Internal Affairs` after `Minister of` is nothing."""
    if draft.entity_type != "ORG":
        return [draft]
    words = list(WORD.finditer(text, draft.start, draft.end))
    titles = title_words()
    after = re.match(r"\s+([\w-]+)", text[draft.end : draft.end + 30])
    headed = after is not None and after.group(1).lower() in roles()
    only = [w for w in words if w.group().lower() not in titles]
    if not only:
        before = re.search(r"\b(\w+)\s+(?:of|for)\s+(?:the\s+)?$", text[max(0, draft.start - 40) : draft.start])
        titled = headed or (before is not None and before.group(1).lower() in roles())
        alone = len(words) == 1 and words[0].group() not in INSTITUTIONS and not words[0].group().isupper()
        return [] if titled or alone else [draft]
    if not headed:
        return [draft]
    end = next((w.end() for w in reversed(words) if w.group().lower() not in titles), draft.end)
    known = gazetteer.lookup(text[draft.start : end])
    if end < draft.end and known is not None:
        return [replace(draft, end=end, entity_type=known.entity_type)]
    return [draft]


def _without_person(text: str, draft: Draft, gazetteer: Gazetteer) -> list[Draft]:
    """`(Minister of) Kosovo Armend Mehai`, `(head of the) Office for Kosovo Marko Djuric`: the person apart."""
    words = list(WORD.finditer(text, draft.start, draft.end))
    if draft.entity_type not in ("ORG", "PERSON", "GPE") or len(words) < _STATE_AND_PERSON:
        return [draft]
    before = re.split(r"[.,;:!?\n“”\"()•]", text[max(0, draft.start - 60) : draft.start])[-1].lower()
    titled = re.search(r"^(.*)\b(?:of|for|to|in)\s+(?:\w+\s+){0,2}$", before)
    if not titled or not any(w in roles() for w in WORD.findall(titled.group(1))):
        return [draft]
    for left in (2, 3):
        if len(words) <= left:
            continue
        rest = words[-left:]
        if not all(w.group()[:1].isupper() and w.group() not in INSTITUTIONS for w in rest):
            continue
        for size in (1, 2, 3):
            if len(words) < left + size:
                break
            first = words[-left - size]
            known = gazetteer.lookup(text[first.start() : words[-left - 1].end()])
            if known is not None and known.entity_type == "GPE" and known.certainty == CERTAIN:
                whole = first.start() == draft.start
                kept = replace(draft, end=words[-left - 1].end(), entity_type="GPE" if whole else draft.entity_type)
                return [kept, replace(draft, start=rest[0].start(), entity_type="PERSON")]
    return [draft]


def _institution_of_institution(text: str, draft: Draft, _: Gazetteer) -> list[Draft]:
    """`Faculty of History of Moscow State University` is two: each side of an `of` is an institution by itself."""
    if draft.entity_type != "ORG":
        return [draft]
    for found in re.finditer(r"\s+(?:of|at|in)\s+(?:the\s+)?", text[draft.start : draft.end]):
        left = text[draft.start : draft.start + found.start()]
        right = text[draft.start + found.end() : draft.end]
        if _institution(left) and " " in left and _institution(right) and " " in right:
            end, start = draft.start + found.start(), draft.start + found.end()
            return [replace(draft, end=end), *_institution_of_institution(text, replace(draft, start=start), _)]
    return [draft]


def _institution(surface: str) -> bool:
    return any(w in INSTITUTIONS for w in WORD.findall(surface))


def joined(text: str, drafts: Sequence[Draft], gazetteer: Gazetteer) -> list[Draft]:
    """Neighbours that are one name: `Armed Forces | of | Ukraine`, `Russian | Civic Chamber`."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, d.end)):
        if out and _continues(text, out[-1], draft, gazetteer):
            score = max(out[-1].score, draft.score)
            out[-1] = Draft(out[-1].start, draft.end, "ORG", score)
        else:
            out.append(draft)
    return out


def _continues(text: str, left: Draft, right: Draft, gazetteer: Gazetteer) -> bool:
    if right.start < left.end:
        return False
    between = text[left.end : right.start]
    if between not in (" of ", " of the ", " and ", " "):
        return False
    a, b = text[left.start : left.end], text[right.start : right.end]
    words = WORD.findall(a)
    if left.entity_type == "ORG" and between in (" of ", " of the "):
        known = gazetteer.lookup(b)
        return bool(
            words
            and words[-1] in _JOINABLE
            and right.entity_type == "GPE"
            and known
            and known.certainty == CERTAIN
            and " " in a
        )
    if between == " and " and left.entity_type == right.entity_type == "ORG":
        return bool(_OF_SEVERAL.match(a)) and " " not in b and not b.isupper() and gazetteer.lookup(b) is None
    if between == " " and left.entity_type in ("NORP", "GPE") and right.entity_type == "ORG":
        known = gazetteer.lookup(a)
        head = WORD.findall(b)
        return bool(
            known
            and known.certainty == CERTAIN
            and len(head) > 1
            and (head[-1] in INSTITUTIONS or head[0] in INSTITUTIONS)
            and gazetteer.lookup(b) is None
        )
    return False
