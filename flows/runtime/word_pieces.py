"""Word pieces of a text, with their places in it: what a BERT-style model reads. The vocabulary is a `tokenizer.json`.

Words stand between blanks, each mark of punctuation and each Chinese character by itself. A word is divided, from its
beginning, into the longest pieces that the vocabulary has, or is one unknown piece where that leads nowhere (WordPiece:
Wu et al. 2016, arXiv:1609.08144; the rules of characters: Devlin et al. 2019, arXiv:1810.04805). These are the pieces
of the library `tokenizers`, with which models are trained, and which installs the client of a model hub.
"""

import json
import re
import string
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from flows.errors import ModelError

_CHINESE = (
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF), (0x2F800, 0x2FA1F),
)  # fmt: skip
"""Blocks of Chinese characters, as models of this kind were trained with them."""
_LEFT_OUT = ("Cc", "Cf", "Co", "Cs")
"""Categories such as a soft hyphen's or a mark of direction's. What is newer than this Python's Unicode stays."""
_FLAGS = ("single_word", "lstrip", "rstrip", "normalized")


class Encoding(NamedTuple):
    """Word pieces in order: number in the vocabulary, characters start … end - 1 of the text, number of the word."""

    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    words: np.ndarray


class _Written(dict[int, str]):
    """How the model writes a character, by code point: without case and accents; as none, one, or several.

    uneven: characters that do not become one, after which places are not those of the text.
    """

    def __init__(self, lowercase: bool, without_accents: bool) -> None:
        super().__init__()
        self._lowercase, self._without_accents = lowercase, without_accents
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        found = self[code] = self._written(chr(code))
        if len(found) != 1:
            self.uneven.add(chr(code))
        return found

    def _written(self, char: str) -> str:
        if char in "\t\n\r":
            return " "
        if char == "\ufffd" or unicodedata.category(char) in _LEFT_OUT:
            return ""
        if char.isspace():
            return " "
        alone = any(first <= ord(char) <= last for first, last in _CHINESE)
        if self._without_accents:
            char = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn")
        if self._lowercase:
            char = "".join(map(str.lower, char))
        return f" {char} " if alone else char


class WordPieces:
    """Divides texts by one vocabulary, which gives each piece its number."""

    def __init__(self, file: Path) -> None:
        """Load a `tokenizer.json`. Raises ModelError where it is none, or its pieces are made in another way."""
        try:
            self._load(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise ModelError(f"{file} is no vocabulary of a BERT-style base: {error!r}") from error
        # nine in ten of a text's words were there before; they take 8 MiB
        self._remembered = lru_cache(maxsize=1 << 14)(self._divide)

    def _load(self, spec: dict[str, Any]) -> None:
        how, model, added = spec["normalizer"], spec["model"], spec["added_tokens"]
        kinds = model["type"], how["type"], spec["pre_tokenizer"]["type"]
        plain = how["clean_text"] and how["handle_chinese_chars"] and not any(t[f] for t in added for f in _FLAGS)
        if kinds != ("WordPiece", "BertNormalizer", "BertPreTokenizer") or not plain:
            raise ValueError(f"its pieces are made by {', '.join(kinds)}{'' if plain else ' with other settings'}")
        accents = how["lowercase"] if how["strip_accents"] is None else how["strip_accents"]
        self._written = _Written(how["lowercase"], accents)
        self._unknown: int = model["vocab"][model["unk_token"]]
        self._inner: str = model["continuing_subword_prefix"]
        self._longest: int = model["max_input_chars_per_word"]
        self.vocabulary: dict[str, int] = model["vocab"] | {token["content"]: token["id"] for token in added}
        names = sorted((token["content"] for token in added), key=len, reverse=True)
        self._names = re.compile(f"({'|'.join(map(re.escape, names))})") if names else None

    def encode(self, text: str) -> Encoding:
        """Return all pieces of a text, none added. A special piece that the text names is that piece."""
        parts = self._names.split(text) if self._names else [text]
        if len(parts) == 1:
            return self._encode(text)
        found, at, words = [], 0, 0
        for number, part in enumerate(parts):
            coded = self._named(part) if number % 2 else self._encode(part)
            found.append(Encoding(coded.ids, coded.starts + at, coded.ends + at, coded.words + words))
            at += len(part)
            words += int(coded.words[-1]) + 1 if len(coded.words) else 0
        return Encoding(*map(np.concatenate, zip(*found, strict=True)))

    def _named(self, name: str) -> Encoding:
        return Encoding(*(np.array([value]) for value in (self.vocabulary[name], 0, len(name), 0)))

    def _encode(self, text: str) -> Encoding:
        written = text.translate(self._written)
        chunks = written.split(" ")
        # what has no blanks may be as long as its file, and is not kept
        found = [self._remembered(c) if len(c) <= self._longest else self._divide(c) for c in chunks]
        sizes = [len(ids) for ids, _, _, _ in found]
        counts = [numbers[-1] + 1 if numbers else 0 for _, _, _, numbers in found]
        ids, starts, ends, words = (_joined([part[column] for part in found], sum(sizes)) for column in range(4))
        at = np.repeat(_sums_before([len(chunk) + 1 for chunk in chunks]), sizes)
        starts, ends = starts + at, ends + at
        if not self._written.uneven.isdisjoint(text):
            place = np.repeat(np.arange(len(text)), [len(self._written[ord(char)]) for char in text])
            starts, ends = place[starts], place[ends - 1] + 1
        return Encoding(ids, starts, ends, words + np.repeat(_sums_before(counts), sizes))

    def _divide(self, chunk: str) -> tuple[tuple[int, ...], ...]:
        """The columns of an Encoding of what stands between two blanks."""
        found = [
            (piece, first, last, number)
            for number, (start, end) in enumerate(_words(chunk))
            for piece, first, last in self._pieces(chunk, start, end)
        ]
        return tuple(zip(*found, strict=True)) or ((), (), (), ())

    def _pieces(self, chunk: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """Pieces of the word chunk[start:end] with their places in the chunk."""
        found: list[tuple[int, int, int]] = []
        at = start if end - start <= self._longest else end + 1
        while at < end:
            before = self._inner if found else ""
            for stop in range(end, at, -1):
                piece = self.vocabulary.get(before + chunk[at:stop])
                if piece is not None:
                    found.append((piece, at, stop))
                    at = stop
                    break
            else:
                break
        return found if at == end else [(self._unknown, start, end)]


def _words(chunk: str) -> Iterator[tuple[int, int]]:
    """Where the words of a chunk begin and end."""
    if chunk.isalnum():  # as most are
        yield 0, len(chunk)
        return
    start = 0
    for at, char in enumerate(chunk):
        if char in string.punctuation or unicodedata.category(char).startswith("P"):
            if start < at:
                yield start, at
            yield at, at + 1
            start = at + 1
    if start < len(chunk):
        yield start, len(chunk)


def _joined(rows: Sequence[Sequence[int]], size: int) -> np.ndarray:
    return np.fromiter(chain.from_iterable(rows), np.int64, size)


def _sums_before(sizes: Sequence[int]) -> np.ndarray:
    """The sum of all sizes before each."""
    return np.fromiter(accumulate(sizes[:-1], initial=0), np.int64, len(sizes))
