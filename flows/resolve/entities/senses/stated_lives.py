"""What an article states of a person's life: an age, the years of birth and death, a walk of life.

Two articles of one full name are of two people where no life fits both: 17 and 74 in one year, killed in 1917 and 34
today, a judge and a bowler at one time. An age may be that of an event told again years later ("the 18-year-old", who
was killed then), so the later article may state the same age.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Self

from flows import lexicons
from flows.resolve.entities.name_nodes import held_words
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.parse_name import folded
from flows.resolve.names.spelling_variants import with_digits

_YEAR = r"(1\d{3}|20\d\d)"
_IN_A_YEAR = rf" in (?:[A-Z][a-z]{{2,8}} )?{_YEAR}\b"
_AGE = re.compile(
    r", (?:aged |age |now |who is )?(\d{1,3})(?:[,.;]|$)| \((?:aged|age|now) (\d{1,3})\)"
    r"|, (?:an? |the )?([\w-]{1,15})[ -]year[ -]old\b"
)
_AGE_BEFORE = re.compile(r"(?<![\w-])([\w-]{1,15})-year-old ((?:[\w-]{1,15} ){0,4})$")
_DESCRIBED = re.compile(r"\b([\w-]{1,15})-year-old\b")
_OF_ANOTHER = frozenset({"and", "or", "of", "with", "by", "his", "her"})
_OPENING = re.compile(
    r"(?:[A-Z][A-Z .,'’-]{1,29} ?[-–—] )?An? ([\w-]{1,15})-year-old [a-z][^.!?\n]{0,200}[.!?]\s{1,3}$"
)
"""Whoever is described as the text opens, and named first as its second sentence opens."""
_AT_DEATH = re.compile(
    r",? (?:who )?(?:was (\d{1,3}) when s?he (?:died|fell|was (?:killed|shot|murdered|executed))"
    r"|(?:has |had )?died (?:aged|at|at the age of) (\d{1,3}))\b"
)
_BORN = re.compile(
    rf" \((?:b\.|born)(?: in)? (?:\d{{1,2}} )?(?:[A-Z][a-z]{{2,8}} )?{_YEAR}\)"
    rf"|,? (?:who )?(?:was )?born\b[^.!?;,()\n]{{0,40}}?{_IN_A_YEAR}"
)
_LIVED = re.compile(rf" \({_YEAR} ?[-–—] ?{_YEAR}\)")
_DIED = re.compile(
    r",? (?:who )?(?:had |was )?(?:died|killed|executed|murdered|drowned)\b[^.!?;\n]{0,60}?" + _IN_A_YEAR
)
_HIS_DEATH = re.compile(r"[^.!?;\n]{0,60}? (?:his|her) death\b[^.!?;\n]{0,60}?" + _IN_A_YEAR)
_TWO_CAPITALS = re.compile(r"[A-Z][\w'’-]{0,20} [A-Z]")


@dataclass(frozen=True)
class Life:
    """What an article states of a person.

    year      of the article, or None
    age       in that year, at least as it is told
    at_death  the age at death
    born      the year of birth
    died      the year of death
    walks     walks of life, `walks.csv`
    """

    year: int | None = None
    age: int | None = None
    at_death: int | None = None
    born: int | None = None
    died: int | None = None
    walks: frozenset[str] = frozenset()

    def with_more(self, other: Self) -> "Life":
        """Return what two mentions of one article state; nothing of what they state differently."""

        def one(a: int | None, b: int | None) -> int | None:
            return b if a is None else a if b is None or abs(a - b) < THRESHOLDS.years_apart else None

        return Life(
            self.year,
            one(self.age, other.age),
            one(self.at_death, other.at_death),
            one(self.born, other.born),
            one(self.died, other.died),
            self.walks | other.walks,
        )

    @property
    def birth(self) -> int | None:
        """The year of birth, as stated or by the age."""
        if self.born is not None:
            return self.born
        if self.died is not None and self.at_death is not None:
            return self.died - self.at_death
        return self.year - self.age if self.year is not None and self.age is not None else None


def stated_life(text: str, start: int, end: int, year: int | None) -> Life:
    """Return what stands right beside a person's name, from `start` to `end`."""
    after = text[end : end + THRESHOLDS.life_characters]
    age = _first(_AGE.match(after)) if after[:1] in {",", " "} else ""
    if not age and "year-old" in text[max(0, start - THRESHOLDS.life_characters) : start]:
        age = _age_before(text, start)
    lived = _LIVED.match(after)
    if lived:
        return Life(year, _age(age), None, int(lived.group(1)), int(lived.group(2)))
    born, died = _BORN.match(after), _DIED.match(after) or _HIS_DEATH.match(after) if "d" in after else None
    if died and _TWO_CAPITALS.search(after, 0, died.start(1)):
        died = None  # of somebody else
    return Life(year, _age(age), _age(_first(_AT_DEATH.match(after))), _number(born), _number(died))


def described_life(surface: str, year: int | None) -> Life:
    """Return what `the 17-year-old keeper` tells of whoever is meant."""
    told = _DESCRIBED.search(surface)
    return Life(year, _age(told.group(1) if told else ""), walks=walks_of(surface))


def _age_before(text: str, start: int) -> str:
    """`45-year-old keeper Ada Kask`, `A 45-year-old keeper has won. Ada Kask …`."""
    before = _AGE_BEFORE.search(text, max(0, start - THRESHOLDS.life_characters), start)
    if before:
        return "" if _OF_ANOTHER & set(before.group(2).split()) else before.group(1)
    opening = _OPENING.fullmatch(text, 0, start) if start < THRESHOLDS.opening_characters else None
    return opening.group(1) if opening and not _TWO_CAPITALS.search(text, opening.end(1), start) else ""


def _first(found: re.Match[str] | None) -> str:
    return next((group for group in found.groups() if group), "") if found else ""


def _number(found: re.Match[str] | None) -> int | None:
    return int(_first(found)) if found else None


def _age(written: str) -> int | None:
    """An age in digits or words; None where it is none of a person who acts."""
    words = with_digits(folded(written).split("-")) if written else []
    number = int(words[0]) if len(words) == 1 and words[0].isdigit() else 0
    return number if THRESHOLDS.youngest <= number <= THRESHOLDS.oldest else None


def walks_of(role: str | None) -> frozenset[str]:
    """Return the walks of life that a role tells of somebody today."""
    held = held_words(role) if role else []
    if not held or not lexicons.word_list("past_tenure").isdisjoint(held):
        return frozenset()
    return frozenset({_walks()[held[-1]]} if held[-1] in _walks() else ())


@cache
def _walks() -> dict[str, str]:
    return {
        noun: row["walk"]
        for row in lexicons.rows(lexicons.LEXICONS, "walks", ("walk", "nouns", "apart_from"))
        for noun in lexicons.listed(row["nouns"])
    }


@cache
def _walks_apart() -> frozenset[tuple[str, str]]:
    return frozenset(
        pair
        for row in lexicons.rows(lexicons.LEXICONS, "walks", ("walk", "nouns", "apart_from"))
        for other in lexicons.listed(row["apart_from"])
        for pair in ((row["walk"], other), (other, row["walk"]))
    )


def two_lives(a: Life, b: Life) -> bool:
    """Return whether no life fits what two articles state."""
    return _of_two_ages(a, b) or _of_two_times(a, b) or _of_two_times(b, a)


def _far(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and abs(a - b) >= THRESHOLDS.years_apart


def _of_two_ages(a: Life, b: Life) -> bool:
    if _far(a.born, b.born) or _far(a.died, b.died) or _far(a.at_death, b.at_death):
        return True
    if a.age is None or b.age is None or a.year is None or b.year is None:
        return False
    years, grown = b.year - a.year, b.age - a.age
    if years < 0:
        years, grown = -years, -grown
    return not -THRESHOLDS.years_apart < grown < years + THRESHOLDS.years_apart


def _of_two_times(a: Life, b: Life) -> bool:
    """Whether one was dead before the other was born, is older than the other ever was, or of another birth."""
    if a.died is not None and b.birth is not None and b.birth > a.died:
        return True
    if a.at_death is not None and b.age is not None and b.age - a.at_death >= THRESHOLDS.years_apart:
        return True
    return a.born is not None and b.age is not None and a.died is None and _far(a.born, b.birth)


def two_walks(a: Life, b: Life, never: Iterable[tuple[str, str]] = ()) -> bool:
    """Return whether two articles of about one time state two walks of life that nobody goes at once.

    never: pairs of walks of which an article says that the name goes both.
    """
    years = abs(a.year - b.year) if a.year is not None and b.year is not None else 0
    if a.walks & b.walks or years > THRESHOLDS.years_of_a_walk:
        return False
    pairs = {(one, other) for one in a.walks for other in b.walks} - set(never)
    return not pairs.isdisjoint(_walks_apart())
