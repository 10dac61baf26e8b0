"""Two statements as the pair model reads them: word pieces, each with a mark of what its word is to the other side.

A small model sees word pieces of one vocabulary and no case. The marks tell it what a reader sees at once: which names,
numbers and negations one statement has and the other has not. The same code makes the input in training and at run
time; marks and their numbers are part of a trained model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from flows import lexicons
from flows.resolve.claims.pairs.limits import LIMITS
from flows.runtime.onnx_models import special_pieces

MARKS = (
    "none",  # special pieces and punctuation
    "function",  # articles, prepositions, pronouns, auxiliaries
    "shared", "similar", "own",  # other words: on both sides, with the same beginning on both sides, on one only
    "shared name", "own name",
    "shared number", "own number",
    "shared negation", "own negation",
)  # fmt: skip

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[%$€£]")
_QUOTES = re.compile(r"[\[\]\"“”„«»‟]|\.\.\.|…")
_FIRST, _LAST = re.compile(r"^that\s+(?=\S+\s+\S+\s+\S)", re.IGNORECASE), " .,;:–—-"


@dataclass(frozen=True)
class Statement:
    """A statement's word pieces, and for each piece the word that it is part of: form to compare, and kind."""

    text: str
    pieces: tuple[int, ...]
    words: tuple[int, ...]  # number of the piece's word, -1 for punctuation
    forms: tuple[str, ...]  # by word: what is compared
    kinds: tuple[str, ...]  # by word: function, name, number, negation or word


def clean(text: str) -> str:
    """The statement without quotation marks, brackets around additions, an opening `that`, and stops at its end."""
    text = _QUOTES.sub(" ", text).replace("’", "'")
    text = " ".join(text.split()).strip(_LAST)
    if text[:4].lower() == "that":  # a pattern would look for it at every letter
        text = _FIRST.sub("", text)
    return text[:1].upper() + text[1:]


@cache
def _numbers() -> dict[str, str]:
    values, kinds = lexicons.column("numbers", "word", "value"), lexicons.column("numbers", "word", "kind")
    return {word: values[word] for word, kind in kinds.items() if kind in ("unit", "ten")}


@cache
def _scales() -> dict[str, float]:
    kinds, values = lexicons.column("numbers", "word", "kind"), lexicons.column("numbers", "word", "value")
    return {word: float(values[word]) for word, kind in kinds.items() if kind == "scale"}


@cache
def _words_of_scale() -> frozenset[str]:
    return frozenset(_scales())


@cache
def negations() -> frozenset[str]:
    """Return the words that negate a statement; those that end in `n't` do, too."""
    kinds = lexicons.column("negation", "word", "kind")
    return frozenset(w for w, kind in kinds.items() if kind in ("negator", "determiner")) | {"without"}


@cache
def _function_words() -> frozenset[str]:
    return lexicons.word_list("function_words")


@lru_cache(maxsize=1 << 16)
def word_form(word: str) -> tuple[str, str]:
    """Form and kind of one word: case, genitive and the spelling of numbers make no difference."""
    low = word.lower().removesuffix("'s").removesuffix("'")
    digits = _numbers().get(low, low).replace(",", "")
    if digits[:1].isdigit():
        return f"{float(digits):g}" if digits.replace(".", "", 1).isdigit() else digits, "number"
    if low in _scales() or low in "%$€£":
        return low, "number"
    if low in negations() or low.endswith("n't"):
        return "not", "negation"
    if low in _function_words():
        return low, "function"
    return low, "name" if word[0].isupper() else "word"


def word_forms(text: str) -> list[tuple[str, str]]:
    """Return form and kind of every word of a text in order."""
    return _forms(_WORD.findall(clean(text)))


def _forms(words: Sequence[str]) -> list[tuple[str, str]]:
    """Form and kind of each word in order; a number takes the size that follows it, `3 million` being one value."""
    found = [word_form(word) for word in words]
    if _words_of_scale().isdisjoint([form for form, _ in found]):  # as in most texts
        return found
    scales = _scales()
    for place, (form, kind) in enumerate(found[:-1]):
        following = found[place + 1][0]
        if kind == "number" and following in scales and form.replace(".", "", 1).isdigit():
            value = f"{float(form) * scales[following]:g}"
            found[place : place + 2] = (value, kind), (value, found[place + 1][1])
    return found


class PairInput:
    """Makes the model's input with one vocabulary."""

    def __init__(self, tokenizer_file: Path):
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.first, self.last, self.pad = special_pieces(self._tokenizer, "pair model")
        self.statement = lru_cache(maxsize=1 << 15)(self._statement)

    def _statement(self, text: str) -> Statement:
        text = clean(text)
        places = list(_WORD.finditer(text))
        found = _forms([m[0] for m in places])
        coded = self._tokenizer.encode(text, add_special_tokens=False)
        owner = [-1] * (len(text) + 1)
        for number, place in enumerate(places):
            owner[place.start() : place.end()] = [number] * (place.end() - place.start())
        words = [owner[start] for start, _ in coded.offsets]
        return Statement(
            text,
            tuple(coded.ids[: LIMITS.statement_pieces]),
            tuple(words[: LIMITS.statement_pieces]),
            tuple([form for form, _ in found]),
            tuple([kind for _, kind in found]),
        )

    def framed(self, statement: Statement) -> list[int]:
        """`[CLS] … [SEP]`: what the model reads of one statement."""
        return [self.first, *statement.pieces, self.last]


def in_order(a: Statement, b: Statement) -> bool:
    """Whether a is read first: the shorter one, so that both orders of a pair are one question."""
    return (len(a.pieces), a.text) <= (len(b.pieces), b.text)


def pair_marks(a: Statement, b: Statement) -> tuple[list[int], list[int]]:
    """Marks of the framed pieces of a, and of b; those of b are numbered after those of a."""
    left, right = _marks(a, b), _marks(b, a)
    return [0, *left, 0], [len(MARKS) + mark for mark in (0, *right, 0)]


def _marks(mine: Statement, other: Statement) -> list[int]:
    theirs = set(other.forms)
    beginnings = {form[: LIMITS.beginning_letters] for form in other.forms}
    by_word = []
    for form, kind in zip(mine.forms, mine.kinds, strict=True):
        if kind == "function":
            by_word.append(_MARK["function"])
            continue
        where = "shared" if form in theirs else "own"
        if kind != "word":
            where = f"{where} {kind}"
        elif where == "own" and form[: LIMITS.beginning_letters] in beginnings:
            where = "similar"
        by_word.append(_MARK[where])
    return [by_word[word] if word >= 0 else 0 for word in mine.words]


_MARK = {name: number for number, name in enumerate(MARKS)}
