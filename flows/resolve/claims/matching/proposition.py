"""What one claim mention asserts, as guards and conflicts read it: words, names, figures, dates."""

import math
import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from flows.lazily import lazily
from flows.lexicons import column, of_kind, one_of, word_list
from flows.lexicons.stems import CONTENT_WEIGHT, in_news, stem, weight
from flows.resolve.claims.matching.figure import Figure
from flows.resolve.claims.matching.hours import clock_times
from flows.resolve.claims.matching.opposites import opposites, with_opposed_form
from flows.resolve.claims.pairs.pair_input import word_forms
from schemas.vocabularies import Modality

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_PRONOUNS = one_of({*column("pronouns", "pronoun", "antecedent"), *word_list("anaphoric_words")})
_WORD = re.compile(r"\w+")
_EXPLAINED = re.compile(rf"\b({_PRONOUNS})((?:['’][a-z]{{1,2}})?) \[[^\[\]]*\]", re.IGNORECASE)


class Name(NamedTuple):
    """An entity that a proposition names: whom it stands for, its kind, and the words in the text."""

    entity: str
    kind: str
    surface: str


@dataclass(frozen=True)
class Proposition:
    """What one claim mention asserts, who says it, where and when.

    statement: its words, with those in brackets that a reader needs; modality: `schemas.vocabularies.Modality`; names
    in order of the text; figures, and dates as (ISO, surface), of its content; article and story (null: none known);
    speakers: everyone who speaks together, none where nobody is known; narrated: in the publisher's own voice; day:
    when it was said, else published; opening: whether it stands in the opening of its article; place: how far into it,
    0..1; early: how near it stands to its beginning, 1..0, nothing where the text is short; negated: whether
    its polarity is so, by its words or by who speaks.
    """

    statement: str
    modality: str
    names: tuple[Name, ...]
    figures: tuple[Figure, ...]
    dates: tuple[tuple[str, str], ...]
    article: str = ""
    story: str | None = None
    speakers: tuple[str, ...] = ()
    narrated: bool = False
    day: date | None = None
    opening: bool = False
    place: float = 0.0
    early: float = 0.0
    negated: bool = False

    @lazily
    def said(self) -> str:
        """The words that are said, in lower case, without those in brackets, which the article says elsewhere."""
        told = _BRACKETED.sub(" ", self.statement) if "[" in self.statement else self.statement
        return " ".join(told.split()).casefold()

    @lazily
    def said_words(self) -> frozenset[str]:
        """The same words, each once: what has none of a pattern's words need not be searched for it."""
        return frozenset(_WORD.findall(self.said))

    @lazily
    def unexplained(self) -> "Proposition | None":
        """The same without what brackets say of its pronouns; None where none of them is explained."""
        statement = _EXPLAINED.sub(r"\1\2", self.statement) if "[" in self.statement else self.statement
        return None if statement == self.statement else self._telling(statement)

    @lazily
    def outside_brackets(self) -> "Proposition":
        """The same without all that stands in brackets."""
        return self._telling(" ".join(_BRACKETED.sub(" ", self.statement).split()))

    @lazily
    def inside_brackets(self) -> frozenset[str]:
        """The words in brackets that say something, without names."""
        forms = word_forms(" ".join(_BRACKETED.findall(self.statement)))
        return frozenset(form for form, kind in forms if kind not in ("function", "name"))

    def _telling(self, statement: str) -> "Proposition":
        return replace(self, statement=statement, names=tuple(name for name in self.names if name.surface in statement))

    @lazily
    def in_first_person(self) -> bool:
        """Whether it is said in the first person, and all pronouns that brackets explain are of who speaks."""
        own = word_list("first_person")
        explained = {found[1].lower() for found in _EXPLAINED.finditer(self.statement)}
        return explained <= own and (bool(explained) or any(form in own for form, _ in self.forms))

    @lazily
    def forms(self) -> tuple[tuple[str, str], ...]:
        """Form and kind of each word: function, name, number, negation or word (`pair_input.word_form`)."""
        return tuple(word_forms(self.statement))

    @lazily
    def vocabulary(self) -> frozenset[str]:
        """The forms of all words."""
        return frozenset([form for form, _ in self.forms])

    @lazily
    def _by_kind(self) -> dict[str, list[str]]:
        """The forms of each kind in order, gone through once for all that follow."""
        found: dict[str, list[str]] = defaultdict(list)
        for at, (form, kind) in enumerate(self.forms):
            found["word" if at == 0 and kind == "name" and self._opens_with_a_word(form) else kind].append(form)
        return found

    def _opens_with_a_word(self, form: str) -> bool:
        """Whether the first word, which has a capital as any, is none of a name."""
        return self.opening_name is None and in_news(stem(form))

    @lazily
    def wording(self) -> tuple[str, ...]:
        """The words that say something, in order: two propositions with the same ones are one wording."""
        return tuple([form for form, kind in self.forms if kind != "function"])

    @lazily
    def words(self) -> frozenset[str]:
        """The same, each once."""
        return frozenset(self.wording)

    @lazily
    def turns(self) -> frozenset[str]:
        """Function words that turn a wording into another proposition: `by`, and whom a pronoun stands for."""
        return word_list("turning_words") & self.vocabulary

    @lazily
    def stems(self) -> frozenset[str]:
        """Stems of the words that say something."""
        named = self._by_kind["name"]
        return self.plain_stems.union([stem(form) or form for form in named]) if named else self.plain_stems

    @lazily
    def order(self) -> dict[str, int]:
        """The same in order, each where it stands first, by number."""
        kept = ("word", "name")
        found = dict.fromkeys([stem(form) or form for form, kind in self.forms if kind in kept])
        return {stemmed: at for at, stemmed in enumerate(found)}

    @lazily
    def weight(self) -> float:
        """How much the words say that say something, rare ones more."""
        return stems_weight(self.stems) if self._by_kind["name"] else self.plain_weight

    @lazily
    def plain_stems(self) -> frozenset[str]:
        """The same without those of names."""
        return frozenset([stem(form) or form for form in self._by_kind["word"]])

    @lazily
    def having_opposites(self) -> frozenset[str]:
        """Those of them that have an opposite."""
        known = opposites()
        return frozenset([found for found in self.plain_stems if found in known])

    @lazily
    def of_opposed_form(self) -> frozenset[str]:
        """Words with a beginning or an end of which one of two words has to have one that are opposites by form."""
        return with_opposed_form(self.vocabulary)

    @lazily
    def plain_weight(self) -> float:
        """How much these say."""
        return stems_weight(self.plain_stems)

    @lazily
    def content_stems(self) -> frozenset[str]:
        """Stems that are rare enough to say something by themselves."""
        return frozenset([found for found in self.stems if weight(found) >= CONTENT_WEIGHT])

    @lazily
    def numbers(self) -> frozenset[str]:
        """Figures, whatever they count or name."""
        return frozenset([form for form in self._by_kind["number"] if form[:1].isdigit()])

    @lazily
    def hours(self) -> dict[str, int]:
        """Clock times by their words, in minutes since midnight."""
        return clock_times(self.said) if self.numbers else {}

    @lazily
    def ordinals(self) -> frozenset[str]:
        """Words that tell which of several, as `fifth`."""
        return word_list("ordinals") & self.vocabulary

    @lazily
    def denied(self) -> bool:
        """Whether an odd number of words negate it; or none, and a verb does ("failed to", "denied") or who speaks."""
        by_others = not self._by_kind["negation"] and (self.negated or self._denied_by_verb)
        return self.negations % 2 == 1 or by_others

    @lazily
    def negations(self) -> int:
        """Words that negate, without those that bound a figure: no more than 40."""
        bounds = sum(kind == "negation" for figure in self.figures for _, kind in word_forms(figure.surface))
        return len(self._by_kind["negation"]) - bounds

    @lazily
    def _denied_by_verb(self) -> bool:
        withholds = of_kind("stance", "withholds")
        if not withholds.isdisjoint(self.vocabulary) and any(
            form in withholds and then == "to" for (form, _), (then, _) in pairwise(self.forms)
        ):
            return True
        return not of_kind("stance", "denies").isdisjoint(self.vocabulary)

    @lazily
    def guarded(self) -> tuple[Hashable, ...]:
        """What hard differences are made of, but for names and the order of words: of equal ones none differs."""
        return (
            self.denied,
            self.modality == Modality.POSSIBLE,
            self.numbers,
            self.ordinals,
            frozenset(self.hours.values()) if self.numbers else None,
            frozenset([(figure.value, figure.unit, figure.bound) for figure in self.figures]),
            self.dates,
            self.having_opposites,
            self.of_opposed_form,
        )

    @lazily
    def opening_name(self) -> Name | None:
        """The name that the statement begins with, behind a bracket, a quotation mark or an article."""
        opening = self.statement.lstrip("[(\"“‘' ").removeprefix("The ").removeprefix("the ")
        return self.names[0] if self.names and opening.startswith(self.names[0].surface) else None

    @lazily
    def entities(self) -> tuple[str, ...]:
        """Entities in order of their first naming."""
        return tuple(dict.fromkeys([name.entity for name in self.names]))

    @lazily
    def entity_set(self) -> frozenset[str]:
        """The same in no order."""
        return frozenset(self.entities)


def each_names_another(a: Proposition, b: Proposition) -> bool:
    """Tell whether each of two propositions names an entity that the other does not."""
    return not (a.entity_set <= b.entity_set or b.entity_set <= a.entity_set)


def stems_weight(stems: frozenset[str]) -> float:
    """Return the summed weights of stems, the same in whatever order they come."""
    return math.fsum(map(weight, stems))


def likeness(a: Proposition, b: Proposition) -> float:
    """Return the Dice coefficient of the content stems of two propositions, rare ones counting more."""
    return _dice((a.stems, a.weight), (b.stems, b.weight))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets of stems, rare ones counting more."""
    return _dice((a, stems_weight(a)), (b, stems_weight(b)))


def plain_likeness(a: Proposition, b: Proposition) -> float:
    """Return the same without the words of names: what is told, not of whom."""
    return _dice((a.plain_stems, a.plain_weight), (b.plain_stems, b.plain_weight))


def _dice(one: tuple[frozenset[str], float], other: tuple[frozenset[str], float]) -> float:
    """The Dice coefficient of weighted stems; where all of one are in common, what they weigh is known."""
    (a, weight_a), (b, weight_b) = one, other
    if not weight_a + weight_b:
        return 0.0
    shared = a & b
    known = weight_a if len(shared) == len(a) else weight_b if len(shared) == len(b) else stems_weight(shared)
    return 2 * known / (weight_a + weight_b)
