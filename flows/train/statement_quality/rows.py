"""Rows as a build makes them, with what readers noted of them, as lines of JSON.

GOLD: a document a line, {"text", "event", "claims": [{"content": [[start, end], …], "bad"?}]}, statements of which
readers noted whether and why they are of no use. A row belongs to the statement with which it shares most words; it is
good where that is, and bad where its words are of no use, nearly all of them its own: a row of other words than the bad
statement is another one, and who spoke, or that there are several facts, is not in the words.
LABELS: `seeds/models/statement_labels.csv`, rows of NEWS that were read alone: whether each may be published, and why
not.
NEWS: a document a line, {"id", "source", "text"}; rows without a label are there for a teacher to read.
"""

import argparse
import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.claim_rows import ClaimRow, alone
from flows.extract.claims.statements.background_choice import Chosen
from flows.extract.claims.statements.statement_quality import Rated, features, wording_of
from flows.extract.document import extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.extract.reader.model import Reader
from flows.lexicons.paths import asset
from flows.settings import ExtractSettings
from flows.train.closed_parts import events_by_part, read_lines, share

_WORD = re.compile(r"\w+")
GOOD, BAD = 0.6, 0.85
"""F1 of words with a good, and with a bad statement, from which on a row is taken for that."""
NEWS = {"wikinews": 230, "fnc1": 900, "worldwide": 600}
"""Documents of each source of news that are read; research-only sources are none of them."""
CLOSED, FOLDS = 0.25, 5
"""Share of the labelled news that is only measured on, and in how many parts a teacher reads the rest."""
REFERS = "refers"
"""Why a row is of no use whose words are whole, but stand for something that is not in them."""
BEFORE, AFTER = 160, 120
"""Characters around a row that a teacher reads with it."""


class Label(NamedTuple):
    """Whether a row is good, None where nobody has read it, and what is wrong with it."""

    good: bool | None
    why_not: str


@dataclass(frozen=True)
class LabelledRow:
    """A row of a document.

    given, around: what a teacher reads: voice, source, cue and statement; and the text that it stands in. measured,
    wording: its features. corpus: `crossclaims` or `news`. good: None where nobody has read it; why_not: what is wrong
    with it. fold: in which part it is; closed: whether it is only measured on.
    """

    given: str
    around: str
    measured: dict[str, float]
    wording: list[str]
    corpus: str
    good: bool | None
    why_not: str
    closed: bool
    fold: int


@dataclass
class Recorder:
    """Rates rows with their number from 1 on, so that each is found again, and keeps their features."""

    rated: list[tuple[dict[str, float], list[str]]] = field(default_factory=list)

    def __call__(self, row: Rated) -> float:
        """Return the number of a row."""
        self.rated.append((features(row), list(wording_of(row))))
        return float(len(self.rated))


@dataclass
class Extraction:
    """Extracts documents with the shipped reader."""

    reader: Reader = field(default_factory=lambda: Reader(asset("models/reader")))

    def rows(self, texts: Sequence[str]) -> Iterator[list[tuple[ClaimRow, tuple[dict[str, float], list[str]]]]]:
        """Yield the rows of each text with their features; half sentences, which are no rows, left out."""
        gazetteer, decoding = load_gazetteer(), Decoding.of(self.reader.spec.decoding)
        for reading in self.reader.read_all(texts):
            recorder = Recorder()
            found = extract_document("art", reading, decoding, None, gazetteer, ExtractSettings(), recorder, as_found)
            yield [(row, recorder.rated[int(row["confidence"]) - 1]) for row in found.claims]


def as_found(confidence: float, _chosen: Chosen) -> float:
    """Return how surely a row is right and of use as it was found, whatever stands before it."""
    return confidence


def read_all(extraction: Extraction, gold: Path, labels: Path, news: Path) -> Iterator[LabelledRow]:
    """Yield the rows of GOLD that have a label, and all rows of NEWS."""
    annotated = list(read_lines(gold))
    parts = events_by_part(document["event"] for document in annotated)
    for document, rows in zip(annotated, extraction.rows([d["text"] for d in annotated]), strict=True):
        known = dict(_noted(document, [row for row, _ in rows]))
        closed, fold = parts[document["event"]] != "train", int(FOLDS * share(f"f{document['event']}"))
        for number, (row, found) in enumerate(rows):
            if number in known:
                yield _made(document["text"], row, found, "crossclaims", known[number], closed, fold)
    read = read_labels(labels)
    chosen = list(_documents(news))
    for document, rows in zip(chosen, extraction.rows([d["text"] for d in chosen]), strict=True):
        at = share(f"c{document['id']}")
        fold = int(FOLDS * (at - CLOSED) / (1 - CLOSED))
        for row, found in rows:
            label = read[document["id"]].get((row["start_char"], fingerprint(alone(row))), Label(None, ""))
            yield _made(document["text"], row, found, "news", label, at < CLOSED, fold)


def fingerprint(statement: str) -> str:
    """Return what tells one statement from another, without a word of it."""
    return hashlib.sha256(statement.encode()).hexdigest()[:12]


def read_labels(path: Path) -> dict[str, dict[tuple[int, str], Label]]:
    """Return by document the label of each statement that was read, at its first character."""
    found: dict[str, dict[tuple[int, str], Label]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["document"]][int(row["start_char"]), row["statement"]] = Label(
                row["usable"] == "1", row["why_not"]
            )
    return found


def _documents(news: Path) -> Iterator[dict]:
    """Yield the documents of each source of news, in an order that depends on nothing but their ids."""
    listed = sorted(read_lines(news), key=lambda document: share(f"gate1{document['id']}"))
    left = dict(NEWS)
    for document in listed:
        fits = 300 < len(document["text"]) < 12_000 and share(f"gate-closed{document['id']}") >= CLOSED
        if fits and left.get(document["source"], 0):
            left[document["source"]] -= 1
            yield document


def _made(
    text: str,
    row: ClaimRow,
    found: tuple[dict[str, float], list[str]],
    corpus: str,
    label: Label,
    closed: bool,
    fold: int,
) -> LabelledRow:
    start, end = row["start_char"], row["end_char"]
    low, high = max(row["context_start_char"], start - BEFORE), min(row["context_end_char"], end + AFTER)
    given = f"{row['attribution']} {row['speaker_surface'] or '-'} , {row['cue'] or '-'} : {alone(row)}"
    return LabelledRow(
        given.replace("\n", " "), text[low:high].replace("\n", " "), *found, corpus, *label, closed, fold
    )


def _noted(document: dict, rows: Sequence[ClaimRow]) -> Iterator[tuple[int, Label]]:
    """Yield the number of each row that is a statement of which the words are good or bad, and its label."""
    text = document["text"]
    statements = [(_tokens(text, claim["content"]), claim.get("bad", "")) for claim in document["claims"]]
    for number, row in enumerate(rows):
        words = _tokens(text, [(span["start_char"], span["end_char"]) for span in row["spans"]])
        shared = [
            (2 * len(words & said) / (len(words) + len(said)), -i) for i, (said, _) in enumerate(statements) if said
        ]
        best, place = max(shared, default=(0.0, 0))
        bad = statements[-place][1] if shared else ""
        of_words = not bad.startswith(("wrong speaker", "several facts"))
        if best >= (BAD if bad else GOOD) and of_words:
            yield number, Label(not bad, bad)


def _tokens(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    return {match.start() for start, end in spans for match in _WORD.finditer(text, start, end)}


def main() -> None:
    """Write the rows."""
    parser = argparse.ArgumentParser(prog="python -m flows.train.statement_quality.rows", description=__doc__)
    for name in ("gold", "labels", "news", "rows"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    with arguments.rows.open("w", encoding="utf-8") as sink:
        for row in read_all(Extraction(), arguments.gold, arguments.labels, arguments.news):
            sink.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
