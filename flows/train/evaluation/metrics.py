"""How well a reader reads annotated text: the figures that settings are fitted by and the model card shows.

A content matches one of the gold's from token F1 0.5 up, one to one; a triple is right when source and cue
share a word with the gold's too. A name is right when its words and its class (PERSON, ORG, PLACE) are.
"""

import hashlib
import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.extract.attribution.attribution import Attribution
from flows.extract.attribution.attributions import attributions
from flows.extract.attribution.cue_linking import Decoding
from flows.extract.reader.model import Reader
from flows.extract.reader.name_decoding import named
from flows.extract.reader.reading import Reading
from flows.train.data.corpora import SCHEMES

_WORD = re.compile(r"\w+")
_CLASS = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}


class Words:
    """The words of a text by number, and which of them a span touches."""

    def __init__(self, text: str):
        found = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def of(self, *spans: Sequence[int]) -> frozenset[int]:
        """Return the numbers of the words in the spans."""
        return frozenset(
            number
            for start, end in spans
            for number in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )


@dataclass
class Gold:
    """A reading, the gold's attributions as sets of words (content, source, cue, optional), and its
    names.
    """

    reading: Reading
    words: Words
    rows: list[tuple[frozenset[int], frozenset[int] | None, frozenset[int] | None, bool]]
    kinds: list[str] = field(default_factory=list)
    names: dict[frozenset[int], str | None] | None = None
    doc_id: str = ""

    @property
    def fitted_on(self) -> bool:
        """Whether the document is in the half that settings are fitted on; the other half only measures."""
        return hashlib.sha256(self.doc_id.encode()).digest()[-1] % 2 == 0


def read_gold(path: Path, reader: Reader) -> list[Gold]:
    """Return every document of a gold file, read."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for doc in map(json.loads, lines):
            text = doc["text"]
            words = Words(text)
            rows = [
                (
                    words.of(*a["content"]),
                    words.of(a["source"]) if a["source"] else None,
                    words.of(a["cue"]) if a["cue"] else None,
                    bool(a.get("optional")),
                )
                for a in doc.get("attributions", [])
            ]
            kinds = [a["type"] for a in doc.get("attributions", [])]
            found.append(Gold(reader.read(text), words, rows, kinds, _names(doc, words), doc["doc_id"]))
    return found


def _names(doc: dict, words: Words) -> dict[frozenset[int], str | None] | None:
    """The classes of the gold's names, None for those of another class; None where names are not
    annotated.
    """
    if "entities" not in doc:
        return None
    kinds = {m["type"]: SCHEMES.get(m["type"], m["type"]) for m in doc["entities"]}
    return {words.of((m["start"], m["end"])): _CLASS.get(kinds[m["type"]] or "") for m in doc["entities"]}


@dataclass
class Verdict:
    """For each attribution: is its content right, is its triple (None: optional in the gold).

    `total`: how many there were to find; `hits`: which of the gold's contents were found.
    """

    content: list[bool | None]
    triple: list[bool | None]
    total: int
    hits: set[int]


def judge(gold: Gold, found: list[Attribution]) -> Verdict:
    """Return the verdict on one document's attributions."""
    words = gold.words
    contents = [words.of(*a.spans) for a in found]
    pairs = []
    for i, row in enumerate(gold.rows):
        for j, content in enumerate(contents):
            common = len(row[0] & content)
            if 4 * common >= len(row[0]) + len(content) and common:
                pairs.append((-2 * common / (len(row[0]) + len(content)), i, j))
    content_right: list[bool | None] = [False] * len(found)
    triple_right: list[bool | None] = [False] * len(found)
    used: set[int] = set()
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i in used or j in taken:
            continue
        used.add(i)
        taken.add(j)
        _, source, cue, optional = gold.rows[i]
        ours = (found[j].source, found[j].cue)
        same = all(
            (a is None and b is None) or bool(a is not None and b is not None and words.of(b) & a)
            for a, b in zip((source, cue), ours, strict=True)
        )
        content_right[j] = None if optional else True
        triple_right[j] = None if optional else same
    return Verdict(content_right, triple_right, sum(not row[3] for row in gold.rows), used)


@dataclass
class Figures:
    """Counts over documents: right contents, right triples, how many were found, how many were to find; by
    kind. `exact` counts distinct contents with exactly the gold's words, `either` those of ours and of the gold's.
    """

    content: int = 0
    triple: int = 0
    found: int = 0
    total: int = 0
    exact: int = 0
    either: int = 0
    kinds: Counter = field(default_factory=Counter)
    kinds_hit: Counter = field(default_factory=Counter)

    def f1(self, right: int) -> float:
        return 2 * right / max(1, self.found + self.total)

    def exact_f1(self) -> float:
        return 2 * self.exact / max(1, self.either)

    def prf(self, right: int) -> tuple[float, float, float]:
        return right / max(1, self.found), right / max(1, self.total), self.f1(right)


def attribution_figures(golds: list[Gold], decoding: Decoding) -> Figures:
    """Figures of the attributions found with these settings."""
    figures = Figures()
    for gold in golds:
        found = attributions(gold.reading, decoding)
        verdict = judge(gold, found)
        figures.content += verdict.content.count(True)
        figures.triple += verdict.triple.count(True)
        figures.found += len(verdict.content) - verdict.content.count(None)
        figures.total += verdict.total
        wanted = {row[0] for row in gold.rows if not row[3]}
        contents = {gold.words.of(*a.spans) for a in found} - ({row[0] for row in gold.rows} - wanted)
        figures.exact += len(wanted & contents)
        figures.either += len(wanted) + len(contents)
        counted = [i for i, row in enumerate(gold.rows) if not row[3]]
        figures.kinds.update(gold.kinds[i] for i in counted)
        figures.kinds_hit.update(gold.kinds[i] for i in counted if i in verdict.hits)
    return figures


def name_figures(golds: list[Gold]) -> dict[str, float]:
    """F1 of named mentions by class, and over all of them."""
    right, found, total = Counter[str](), Counter[str](), Counter[str]()
    for gold in golds:
        if gold.names is None:
            continue
        ours = {gold.words.of((n.start, n.end)): _CLASS.get(n.entity_type) for n in named(gold.reading)}
        total.update(kind for kind in gold.names.values() if kind)
        for place, kind in ours.items():
            if kind and gold.names.get(place, kind):
                found[kind] += 1
                right[kind] += gold.names.get(place) == kind
    by_class = {kind: 2 * right[kind] / (found[kind] + total[kind]) for kind in sorted(total)}
    if by_class:
        by_class["all"] = 2 * right.total() / (found.total() + total.total())
    return by_class
