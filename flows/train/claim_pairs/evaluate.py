"""How well a model does on what was kept closed.

    python -m flows.train.claim_pairs.evaluate CLAIMS FOLDER

Pairs of one event are all pairs of statements of two of its articles; of those with few words in common a sample is
read and counted for the rest.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from flows.resolve.claims.pairs.pair_model import CONTRADICTS, SAME, PairModel
from flows.train.claim_pairs.rows.annotated_pairs import CROSSCLAIMS, INVENTED, PARTLY, SAME_GRADE, Row, read_rows
from flows.train.claim_pairs.rows.invented_events import invented_events
from flows.train.claim_pairs.rows.mixture import OF_EVENTS, overlap
from flows.train.closed_parts import share

READ_OF_OTHERS = ((0.2, 0.04), (0.3, 0.25), (1.01, 1.0))
"""Share of a closed event's unrelated pairs that is read, by the words they have in common: below, share."""

SAME_FROM = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
CONFLICT_FROM = (0.5, 0.7, 0.8, 0.9, 0.95)


@dataclass
class Judged:
    """Closed rows with the model's answers; `times` of a row is how many pairs it stands for."""

    rows: list[Row]
    answers: np.ndarray

    def of(self, corpus: str, kind: str = "") -> "Judged":
        """Return the rows of one corpus, and of one kind by its first word."""
        chosen = [
            n for n, row in enumerate(self.rows) if row.corpus == corpus and (not kind or row.kind.split()[0] == kind)
        ]
        return Judged([self.rows[n] for n in chosen], self.answers[chosen])

    def share(self, answer: int, least: float) -> float:
        """Percentage of the rows that have `answer` with at least this probability."""
        return 100 * float((self.answers[:, answer] >= least).mean()) if len(self.rows) else 0.0


def closed_rows(rows: Sequence[Row]) -> list[Row]:
    """Return what is scored: closed rows across articles, a sample of the unrelated ones."""
    chosen = []
    for row in rows:
        if row.part != "closed" or " in_one" in row.kind:
            continue
        stands_for = 1.0
        if row.corpus in OF_EVENTS and row.kind == "other":
            found = overlap(row)
            read = next(read for below, read in READ_OF_OTHERS if found < below)
            if share("e" + row.a + row.b) >= read:
                continue
            stands_for = 1 / read
        chosen.append(replace(row, times=stands_for))
    return chosen


def judge(model: PairModel, rows: Sequence[Row]) -> Judged:
    """Return the model's answers on the rows."""
    return Judged(list(rows), model.judge([(row.a, row.b) for row in rows]))


def precision_recall(found: Judged, answer: int, kinds: tuple[str, ...], least: float) -> tuple[float, float]:
    """Precision and recall in percent of the pairs of some kinds (first words), superseding counts left out."""
    kept = np.array(["update" not in row.kind for row in found.rows])
    right = np.array([row.kind.split()[0] in kinds for row in found.rows])
    times = np.array([row.times for row in found.rows])
    said = (found.answers[:, answer] >= least) & kept
    hit = times[said & right].sum()
    return 100 * hit / max(times[said].sum(), 1e-9), 100 * hit / max(times[right & kept].sum(), 1e-9)


def figures(found: Judged) -> list[tuple[str, list[str]]]:
    """Rows of tables: a heading and its lines of Markdown."""
    events = found.of(CROSSCLAIMS)
    same = ["| from | precision | recall | traps merged |", "|---|---|---|---|"]
    for least in SAME_FROM:
        p, r = precision_recall(events, SAME, ("same",), least)
        same.append(f"| {least} | {p:.0f} | {r:.0f} | {found.of(CROSSCLAIMS, 'trap').share(SAME, least):.1f} |")
    return [
        ("Statements of one event, across outlets: same", same),
        ("Statements of one event, across outlets: contradictions", contradictions(events)),
        ("Statements of one invented event: contradictions", contradictions(found.of(INVENTED))),
        ("Sentences with one edit", edits(found)),
        ("Graded headlines", headlines(found)),
        ("Right answer most probable", [f"- {name}: {accuracy(found.of(name)):.0f} %" for name in
                                       ("breaking_nli", "conjnli", "summedits_news", "nanco")]),
    ]  # fmt: skip


def contradictions(events: Judged) -> list[str]:
    """Precision and recall of contradictions among all pairs of events."""
    lines = ["| from | precision | recall |", "|---|---|---|"]
    for least in CONFLICT_FROM:
        p, r = precision_recall(events, CONTRADICTS, ("conflict",), least)
        lines.append(f"| {least} | {p:.0f} | {r:.0f} |")
    return lines


def edits(found: Judged) -> list[str]:
    """Agency sentences and their edits, by the kind of edit."""
    lines = ["| edit | pairs | same from 0.5 | contradiction from 0.5 | from 0.9 |", "|---|---|---|---|---|"]
    for kind in ("number", "name", "word", "unchanged"):
        part = found.of("factor_news", kind)
        shares = (part.share(SAME, 0.5), part.share(CONTRADICTS, 0.5), part.share(CONTRADICTS, 0.9))
        lines.append(f"| {kind} | {len(part.rows)} | " + " | ".join(f"{value:.1f} %" for value in shares) + " |")
    return lines


def headlines(found: Judged) -> list[str]:
    """Headlines that people grade 4.5 and more, and less than 3."""
    graded = found.of("sts_news")
    grades = np.array([float(row.kind) for row in graded.rows])
    lines = ["| same from | of those graded 4.5 and more | of those graded below 3 |", "|---|---|---|"]
    for least in SAME_FROM[:6]:
        shares = [
            100 * (graded.answers[chosen, SAME] >= least).mean() for chosen in (grades >= SAME_GRADE, grades < PARTLY)
        ]
        lines.append(f"| {least} | " + " | ".join(f"{value:.0f} %" for value in shares) + " |")
    return lines


def accuracy(found: Judged) -> float:
    """Percentage of rows whose most probable answer is a right one."""
    best = found.answers.argmax(axis=1)
    return 100 * float(np.mean([answer in row.answers for answer, row in zip(best, found.rows, strict=True)]))


def main() -> None:
    claims, folder = map(Path, sys.argv[1:])
    rows = closed_rows([*read_rows(claims), *invented_events()])
    for heading, lines in figures(judge(PairModel.load(folder), rows)):
        print("\n".join([f"### {heading}", "", *lines, ""]))


if __name__ == "__main__":
    main()
