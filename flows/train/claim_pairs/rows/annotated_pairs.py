"""Annotated pairs of statements as rows to train on, tune on, or keep closed.

A row says which answers are right: one, or several where the annotation leaves it open (`entails` is `first_more`; an
exchanged name is either a contradiction or another matter, never the same). Every corpus is split by what its pairs
share – event, sentence, question – so that nothing read in training comes back in what is scored.
"""

import itertools
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.resolve.claims.pairs.pair_input import word_form
from flows.train.closed_parts import events_by_part, part_of, read_lines

SAME, FIRST_MORE, SECOND_MORE, CONTRADICTS, OTHER = range(5)
NOT_SAME = (FIRST_MORE, SECOND_MORE, CONTRADICTS, OTHER)
APART = (CONTRADICTS, OTHER)

CROSSCLAIMS, INVENTED = "crossclaims", "invented"
"""The corpus of annotated events: its folder, and `Row.corpus` of its pairs."""

TRAINED_ON = {
    CROSSCLAIMS: "annotation ours; articles ECB+ (CC BY 3.0) and BASIL (their publishers')",
    "factor_news": "ODC-By",
    "conjnli": "MIT",
    "breaking_nli": "CC BY-SA 4.0",
    "summedits_news": "Apache-2.0",
    "nanco": "BSD-3-Clause",
    "sts_news": "headlines only: scores CC BY-SA 4.0, text from the European Media Monitor, which asks to be named",
    INVENTED: "ours, that of this repository",
}
"""Corpora whose licence allows weights that are given on; all others are measured on only."""


@dataclass(frozen=True)
class Row:
    """One pair: statements, right answers, corpus, part (train, tune, closed), kind, and how often an epoch has it."""

    a: str
    b: str
    answers: tuple[int, ...]
    corpus: str
    part: str
    kind: str = ""
    times: float = 1.0
    group: str = ""
    """What the pair is from: event, sentence, question."""


def read_rows(claims: Path) -> list[Row]:
    """Return all rows of the annotated corpora under `claims`."""
    readers = (crossclaims, factor_news, conjnli, breaking_nli, summedits_news, nanco, graded, paraphrases)
    return [row for reader in readers for row in reader(claims)]


def crossclaims(claims: Path) -> Iterator[Row]:
    """Yield every pair of statements of one event that is not marked as borderline; kinds same, trap, conflict, other.

    `in_one` is added to the kind where both are of one article.
    """
    folder = claims / CROSSCLAIMS / "dev"
    documents = list(read_lines(folder / "gold.jsonl"))
    pairs = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
    said, document, of_event = {}, {}, defaultdict(list)
    for found in documents:
        for claim in found["claims"]:
            said[claim["key"]] = " ".join(found["text"][s:e] for s, e in claim["content"])
            document[claim["key"]] = found["doc_id"]
            of_event[found["event"]].append(claim["key"])
    kind_of = labels_of_pairs(pairs)
    parts = events_by_part(of_event)
    for event, keys in of_event.items():
        for a, b in itertools.combinations(sorted(keys), 2):
            kind = kind_of(a, b)
            where = " in_one" if document[a] == document[b] else ""
            if kind != "open":
                answers = answers_of(kind, said[a], said[b])
                yield Row(said[a], said[b], answers, CROSSCLAIMS, parts[event], kind + where, 1.0, event)


def labels_of_pairs(given: dict) -> Callable[[str, str], str]:
    """Return what tells two statements' keys apart: same, trap, open, `conflict TYPE` or other.

    given: clusters of keys, and lists of pairs of keys that stand for their clusters.
    """
    cluster: dict[str, int | str] = {key: number for number, keys in enumerate(given["clusters"]) for key in keys}
    label: dict[frozenset[int | str], str] = {}
    for name, listed in (("trap", given["traps"]), ("open", given["open"]), ("conflict", given["conflict"])):
        for a, b, *about in listed:
            label[frozenset((cluster.get(a, a), cluster.get(b, b)))] = " ".join([name, *about[:1]])

    def kind_of(a: str, b: str) -> str:
        first, second = cluster.get(a, a), cluster.get(b, b)
        return "same" if first == second else label.get(frozenset((first, second)), "other")

    return kind_of


def answers_of(kind: str, a: str, b: str) -> tuple[int, ...]:
    """Right answers for a pair of one event; a statement nearly all of whose words are in the other may say less."""
    if kind == "same":
        return (SAME,)
    if kind.startswith("conflict"):
        return (CONTRADICTS,)
    first, second = content_words(a), content_words(b)
    if len(first) >= 3 and len(first & second) >= 0.8 * len(first):
        return (OTHER, SECOND_MORE)
    if len(second) >= 3 and len(first & second) >= 0.8 * len(second):
        return (OTHER, FIRST_MORE)
    return (OTHER,)


def content_words(text: str) -> set[str]:
    """Forms of the words that say something."""
    found = (word_form(word) for word in re.findall(r"\d+(?:[.,]\d+)*|\w+", text))
    return {form for form, kind in found if kind != "function"}


def factor_news(claims: Path) -> Iterator[Row]:
    """Edits of one sentence that say something else, and each sentence beside itself."""
    seen = set()
    for row in read_lines(claims / "factor_news" / "dev.jsonl"):
        sentence = "-".join(row["id"].split("-")[:2])
        part = part_of(sentence)
        answers = APART if row["change"] == "name" else (CONTRADICTS,)
        yield Row(row["text1"], row["text2"], answers, "factor_news", part, row["change"], 1.5, sentence)
        if sentence not in seen:
            seen.add(sentence)
            yield Row(row["text1"], row["text1"], (SAME,), "factor_news", part, "unchanged", 0.5, sentence)


def conjnli(claims: Path) -> Iterator[Row]:
    """Names and numbers exchanged in coordinations. Its `other` holds the second that says more."""
    answers = {"entails": (FIRST_MORE,), "contradicts": (CONTRADICTS,), "other": (OTHER, SECOND_MORE)}
    for name, part in (("train", "train"), ("dev", "closed")):
        for row in read_lines(claims / "conjnli" / f"{name}.jsonl"):
            right = answers[row["label"]]
            if row["label"] == "entails" and content_words(row["text1"]) == content_words(row["text2"]):
                right = (SAME, FIRST_MORE)
            if row["label"] == "other" and content_words(row["text1"]) < content_words(row["text2"]):
                right = (SECOND_MORE,)
            yield Row(row["text1"], row["text2"], right, "conjnli", part, row["label"], 0.5, row["id"])


def breaking_nli(claims: Path) -> Iterator[Row]:
    """Yield the sentence with one word exchanged for a synonym or for a word that excludes it."""
    answers = {"entails": (SAME, FIRST_MORE), "contradicts": (CONTRADICTS,), "other": (OTHER, SECOND_MORE)}
    for row in read_lines(claims / "breaking_nli" / "train.jsonl"):
        part = part_of("breaking" + row["text1"])
        times = 1.0 if row["label"] == "entails" else 0.3
        yield Row(row["text1"], row["text2"], answers[row["label"]], "breaking_nli", part, row["label"], times)


def summedits_news(claims: Path) -> Iterator[Row]:
    """Summaries, reworded or made to say something else."""
    for row in read_lines(claims / "summedits_news" / "train.jsonl"):
        group = row["id"].split("_")[0]
        right: tuple[int, ...] = (SAME,) if row["label"] == "same" else NOT_SAME
        if row["label"] != "same" and "hallucinated_fact_insertion" not in row["edit_types"]:
            right = APART
        yield Row(row["text1"], row["text2"], right, "summedits_news", part_of(group), row["label"], 1.5, group)


def nanco(claims: Path) -> Iterator[Row]:
    """Answers of two outlets to one question, the question put before both; only where all annotators agree."""
    rows = [row for row in read_lines(claims / "nanco" / "dev.jsonl") if row["votes_same"] in (0, row["votes"])]
    sizes = Counter(row["question"] for row in rows)
    closed = min(sizes, key=lambda question: (sizes[question], question))
    for row in rows:
        part = "closed" if row["question"] == closed else "train"
        right = (SAME,) if row["label"] == "same" else NOT_SAME
        a, b = (f"{row['question'].rstrip('?')}: {row[name]}" for name in ("text1", "text2"))
        yield Row(a, b, right, "nanco", part, row["label"], 0.7, row["question"])


def graded(claims: Path) -> Iterator[Row]:
    """Headlines and sentences graded by people, 0 to 5. Only headlines are trained on: the others' text is not free."""
    for row in read_lines(claims / "sts_news" / "dev.jsonl"):
        part = "closed" if "headlines" not in row["id"] or part_of(row["id"]) == "closed" else "train"
        times = 2.0 if row["score"] >= SAME_GRADE else 1.5
        yield Row(
            row["text1"], row["text2"], answers_of_grade(row["score"]), "sts_news", part, str(row["score"]), times
        )


SAME_GRADE, NEARLY, PARTLY, HARDLY = 4.5, 4.0, 3.0, 1.5


def answers_of_grade(grade: float) -> tuple[int, ...]:
    """Right answers for a grade: 4 misses a detail, 3 says something else on one point, below are other matters."""
    if grade >= SAME_GRADE:
        return (SAME,)
    if grade >= NEARLY:
        return (SAME, FIRST_MORE, SECOND_MORE)
    if grade >= PARTLY:
        return NOT_SAME
    return APART if grade >= HARDLY else (OTHER,)


def paraphrases(claims: Path) -> Iterator[Row]:
    """Sentence pairs of MSRP dev; never trained on."""
    for row in read_lines(claims / "msrp" / "dev.jsonl"):
        right = (SAME,) if row["paraphrase"] else NOT_SAME
        yield Row(row["text1"], row["text2"], right, "msrp", "closed", str(row["paraphrase"]))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Rows as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)


def load_rows(path: Path) -> list[Row]:
    """Return what `write_rows` wrote."""
    return [Row(**{**row, "answers": tuple(row["answers"])}) for row in read_lines(path)]
